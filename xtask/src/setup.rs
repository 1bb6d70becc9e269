//! What a fresh machine lacks: the wasm target, the browser with its driver, PostgreSQL and the front servers. Rust and Node have to
//! be there already; everything is looked for before it is installed.

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::process::call;
use crate::step::step;

/// The target of the browser's build.
pub const WASM: &str = "wasm32-unknown-unknown";

const OLDEST_NODE: u32 = 20;

/// Chromium and its driver.
pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
    /// Chromium refuses its own sandbox to root, as in most containers.
    pub as_root: bool,
}

/// Adds the wasm target to the toolchain when it is not there.
pub fn wasm_target() -> Outcome {
    let remedy = "install the target by hand: `rustup target add wasm32-unknown-unknown`, or your system's package of Rust's wasm target";
    let libraries = call("rustc", remedy).args(["--print", "target-libdir", "--target", WASM]).read()?;
    if PathBuf::from(libraries.trim()).exists() {
        return Ok(());
    }
    step("rust: wasm target", || call("rustup", remedy).args(["target", "add", WASM]).run())
}

/// Checks that Node is there and not too old.
pub fn node() -> Outcome {
    let remedy = "install Node.js 20 or newer with npm, and run the command again";
    let text = call("node", remedy).arg("--version").read()?;
    let version = text.trim();
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => Err(Failure::new(format!("Node {version} is too old"), remedy)),
    }
}

/// Finds Chromium and its driver; on Debian and its kin installs them, when run as root.
pub fn browser() -> Outcome<Browser> {
    if let Some(found) = find_browser() {
        return Ok(found);
    }
    let remedy = "install Chromium and ChromeDriver (Debian: `apt-get install chromium chromium-driver`) so that both are on the PATH, and run the command again";
    if on_path("apt-get").is_none() {
        return Err(Failure::new(
            "Chromium or its driver is missing, and this system has no apt-get to install them with",
            remedy,
        ));
    }
    if !is_root() {
        return Err(Failure::new("Chromium or its driver is missing, and installing them needs root", remedy));
    }
    step("chromium: apt-get", || {
        call("apt-get", remedy).args(["update", "--quiet"]).run()?;
        call("apt-get", remedy)
            .args(["install", "--quiet", "--yes", "--no-install-recommends"])
            .args(["chromium", "chromium-driver"])
            .env("DEBIAN_FRONTEND", "noninteractive")
            .run()
    })?;
    find_browser().ok_or_else(|| Failure::new("Chromium was installed but is not on the PATH", remedy))
}

/// Where Debian's packages put a version's programs.
const POSTGRESQL: &str = "/usr/lib/postgresql";

/// Sees that PostgreSQL is there, whose server the proxy's tests start; on Debian and its kin installs it, when run as
/// root. Without a cluster: the tests make one of their own.
pub fn postgresql() -> Outcome {
    let debian = std::fs::read_dir(POSTGRESQL).into_iter().flatten().flatten();
    if debian.map(|version| version.path().join("bin/initdb")).any(|program| program.is_file())
        || on_path("initdb").is_some()
    {
        return Ok(());
    }
    let remedy = "install PostgreSQL (Debian: `apt-get install postgresql`), and run the command again";
    if on_path("apt-get").is_none() || !is_root() {
        return Err(Failure::new("PostgreSQL is missing, and installing it needs apt-get and root", remedy));
    }
    step("postgresql: apt-get", || {
        call("apt-get", remedy).args(["update", "--quiet"]).run()?;
        call("apt-get", remedy)
            .args(["install", "--quiet", "--yes", "--no-install-recommends", "postgresql"])
            .env("DEBIAN_FRONTEND", "noninteractive")
            .run()
    })
}

/// Sees that what the proxy's examples of deployment are for is there, so that its tests can start them: nginx, Caddy, and
/// what reads systemd's units. On Debian and its kin installs them, when run as root.
pub fn front_servers() -> Outcome {
    let packages = [("nginx", "nginx-light"), ("caddy", "caddy"), ("systemd-analyze", "systemd")];
    let is_there = |program: &str| on_path(program).is_some() || PathBuf::from("/usr/sbin").join(program).is_file();
    let missing: Vec<&str> =
        packages.into_iter().filter(|(program, _)| !is_there(program)).map(|(_, package)| package).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let remedy = "install nginx, Caddy and systemd (Debian: `apt-get install nginx-light caddy systemd`), and run the command again";
    if on_path("apt-get").is_none() || !is_root() {
        return Err(Failure::new(
            format!("{} missing, and installing needs apt-get and root", missing.join(", ")),
            remedy,
        ));
    }
    step("front servers: apt-get", || {
        call("apt-get", remedy).args(["update", "--quiet"]).run()?;
        call("apt-get", remedy)
            .args(["install", "--quiet", "--yes", "--no-install-recommends"])
            .args(missing.iter().copied())
            .env("DEBIAN_FRONTEND", "noninteractive")
            .run()
    })
}

fn find_browser() -> Option<Browser> {
    let chromium = ["chromium", "chromium-browser", "google-chrome"].into_iter().find_map(on_path)?;
    Some(Browser { chromium, driver: on_path("chromedriver")?, as_root: is_root() })
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn is_root() -> bool {
    call("id", "").arg("-u").read().is_ok_and(|id| id.trim() == "0")
}
