//! The npm packages of the workspace: installing exactly what a lock file names.

use std::fs;
use std::path::Path;

use crate::failure::{Failure, Outcome};
use crate::process::call;
use crate::step::step;
use crate::workspace;

/// `npm ci` in `folder`, unless the last one there was of the same manifest and lock file.
pub fn install(folder: &Path) -> Outcome {
    let wanted = inputs(folder)?;
    let stamp = folder.join("node_modules/.installed");
    if fs::read_to_string(&stamp).is_ok_and(|done| done == wanted) {
        return Ok(());
    }
    let name = folder.strip_prefix(workspace::root()).unwrap_or(folder);
    step(&format!("npm ci in {}", name.display()), || {
        call("npm", "check that the npm registry is reachable; if package.json and its lock file disagree, run `npm install` there and commit the lock file")
            .args(["ci", "--no-fund", "--no-audit", "--loglevel", "error"])
            .within(folder)
            .run()
    })?;
    fs::write(&stamp, wanted).map_err(|error| workspace::cannot("write", &stamp, &error))
}

fn inputs(folder: &Path) -> Outcome<String> {
    let mut all = String::new();
    for name in ["package.json", "package-lock.json", ".npmrc"] {
        let path = folder.join(name);
        all += &fs::read_to_string(&path).map_err(|error| {
            Failure::new(
                format!("cannot read {}: {error}", path.display()),
                "restore it: every npm package here has a manifest, a lock file and an .npmrc",
            )
        })?;
    }
    Ok(all)
}
