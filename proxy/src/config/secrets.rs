//! Secrets come from the environment or from a file, and are shown nowhere.

use std::path::Path;

use crate::secret::Secret;

/// A secret from the environment, or from the file that the variable with `_FILE` names, without a byte order mark and its
/// last line end. An empty file is no secret.
pub fn read_secret(lookup: &impl Fn(&str) -> Option<String>, name: &str) -> Result<Option<Secret>, String> {
    if let Some(text) = lookup(name).filter(|text| !text.is_empty()) {
        return Ok(Some(Secret::new(text)));
    }
    let Some(path) = lookup(&format!("{name}_FILE")).filter(|path| !path.is_empty()) else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(Path::new(&path))
        .map_err(|error| format!("the file that {name}_FILE names cannot be read: {error}"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text).trim_end_matches(['\r', '\n']);
    if text.trim().is_empty() {
        return Err(format!("the file that {name}_FILE names is empty"));
    }
    Ok(Some(Secret::new(text)))
}
