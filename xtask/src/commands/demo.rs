//! `cargo xtask demo`: everything a person needs to try the project, on one address on loopback: the
//! demo page, the proxy, and the sandbox of the upstreams behind it.

use std::net::TcpListener;

use super::{build, unknown_arguments};
use crate::failure::{Failure, Outcome};
use crate::process::{call, cargo};
use crate::step::step;
use crate::{node, workspace};

const DEFAULT_PORT: u16 = 8787;

/// Builds and serves until Ctrl-C.
pub fn run(arguments: &[String]) -> Outcome {
    let port = port(arguments)?;
    let listen = format!("127.0.0.1:{port}");
    // Asked now, so that nobody waits for a build only to learn that the port is taken.
    if let Err(error) = TcpListener::bind(&listen) {
        return Err(Failure::new(
            format!("cannot listen on {listen}: {error}"),
            "end what listens there, or choose another port with `cargo xtask demo --port N`",
        ));
    }
    build::package()?;
    page()?;
    let proxy = proxy()?;
    let database = workspace::target_dir()?.join("demo.sqlite");
    eprintln!("\nThe demo: http://{listen}/   (Ctrl-C ends it; the sandbox keeps its state in {})", database.display());
    call(proxy, "read the error above; `--port N` chooses another port")
        .arg("--sandbox")
        .arg("--sandbox-db")
        .arg(database)
        .arg("--www")
        .arg(workspace::at("www/dist"))
        .args(["--listen", &listen])
        .replace_this_process()
}

/// Builds the demo page over the package in `pkg/`.
pub fn page() -> Outcome {
    let www = workspace::existing("www", "restore it: it is the demo")?;
    node::install(&www)?;
    step("demo page: type check and bundle", || {
        call("npm", "mend what is reported above in www/src").args(["run", "--silent", "build"]).within(&www).run()
    })
}

/// Builds the proxy and returns its path. Unoptimised: it compiles in a fraction of the time and the
/// demo does not notice.
pub fn proxy() -> Outcome<std::path::PathBuf> {
    step("proxy: cargo", || {
        cargo("mend the compiler's errors above").args(["build", "--package", "portform-proxy"]).run()
    })?;
    let name = format!("debug/portform-proxy{}", std::env::consts::EXE_SUFFIX);
    Ok(workspace::target_dir()?.join(name))
}

fn port(arguments: &[String]) -> Outcome<u16> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let text = match arguments.as_slice() {
        [] => return Ok(DEFAULT_PORT),
        ["--port", text] => *text,
        [one] if one.starts_with("--port=") => one.trim_start_matches("--port="),
        _ => {
            return Err(unknown_arguments("demo", &arguments.iter().map(ToString::to_string).collect::<Vec<_>>()));
        }
    };
    text.parse().map_err(|_| {
        Failure::new(
            format!("`{text}` is not a port"),
            "give a number from 1 to 65535, as in `cargo xtask demo --port 8080`",
        )
    })
}
