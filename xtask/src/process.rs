//! Starting other programs. A call either succeeds or comes back as a `Failure` that carries the
//! caller's advice; output is passed through as it comes, also when it is read on the way.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome};
use crate::workspace;

/// A program that will run in the workspace root.
pub struct Call {
    command: Command,
    shown: String,
    remedy: String,
}

/// A call of `program` (found on the PATH) with the given advice for the case that it fails.
pub fn call(program: impl AsRef<OsStr>, remedy: &str) -> Call {
    let program = program.as_ref();
    let mut command = Command::new(program);
    command.current_dir(workspace::root());
    let shown = Path::new(program).file_name().unwrap_or(program).to_string_lossy().into_owned();
    Call { command, shown, remedy: remedy.to_owned() }
}

/// The cargo that runs xtask, so that a toolchain chosen with `cargo +x` stays chosen.
pub fn cargo(remedy: &str) -> Call {
    let mut call = call(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), remedy);
    // Set by the outer `cargo run` for xtask alone; an inner build that inherits them would see its
    // fingerprints change between `cargo xtask` and plain `cargo`, and compile everything again.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_MANIFEST_PATH", "CARGO_PKG_NAME"] {
        call.command.env_remove(name);
    }
    call
}

impl Call {
    /// Adds one argument.
    pub fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        let argument = argument.as_ref();
        self.shown.push(' ');
        self.shown.push_str(&argument.to_string_lossy());
        self.command.arg(argument);
        self
    }

    /// Adds several arguments.
    pub fn args<A: AsRef<OsStr>>(self, arguments: impl IntoIterator<Item = A>) -> Self {
        arguments.into_iter().fold(self, Call::arg)
    }

    /// Runs in another folder of the workspace.
    pub fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Sets one variable of the program's environment.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs with the terminal's own output.
    pub fn run(mut self) -> Outcome {
        let status = self.command.status();
        self.judge(status)
    }

    /// Runs and returns the lines of standard output, which are printed as they come.
    pub fn run_reading(mut self) -> (Vec<String>, Outcome) {
        let mut lines = Vec::new();
        let status = self.command.stdout(Stdio::piped()).spawn().and_then(|mut child| {
            if let Some(output) = child.stdout.take() {
                let mut reader = BufReader::new(output);
                let mut line = Vec::new();
                while reader.read_until(b'\n', &mut line)? > 0 {
                    std::io::stdout().write_all(&line)?;
                    lines.push(String::from_utf8_lossy(&line).trim_end().to_owned());
                    line.clear();
                }
            }
            child.wait()
        });
        let outcome = self.judge(status);
        (lines, outcome)
    }

    /// Runs silently and returns standard output whole.
    pub fn read(mut self) -> Outcome<String> {
        let output = self.command.stderr(Stdio::inherit()).output();
        let text = output.as_ref().map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
        let text = text.unwrap_or_default();
        self.judge(output.map(|output| output.status)).map(|()| text)
    }

    /// Hands this process over to the program: it gets the signals of the terminal itself.
    pub fn replace_this_process(mut self) -> Outcome {
        #[cfg(unix)]
        {
            let error = std::os::unix::process::CommandExt::exec(&mut self.command);
            self.judge(Err(error))
        }
        #[cfg(not(unix))]
        self.run()
    }

    fn judge(self, status: std::io::Result<std::process::ExitStatus>) -> Outcome {
        let what = match status {
            Ok(status) if status.success() => return Ok(()),
            Ok(status) => format!("`{}` ended with {status}", self.shown),
            Err(error) => format!("`{}` could not be started: {error}", self.shown),
        };
        Err(Failure::new(what, self.remedy))
    }
}
