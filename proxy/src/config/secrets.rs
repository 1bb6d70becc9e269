//! Secrets come from the environment or from a file, and are shown nowhere.

use std::path::Path;

use crate::secret::Secret;

/// A secret from the environment, or from the file that the variable with `_FILE` names, without a byte order mark and its
/// last line end. Nothing but white space is no secret: whoever gives that has forgotten the secret, or lost it on the way.
pub fn read_secret(lookup: &impl Fn(&str) -> Option<String>, name: &str) -> Result<Option<Secret>, String> {
    let given = lookup(name);
    if let Some(text) = given.as_ref().filter(|text| !text.is_empty()) {
        return kept(text).map(Some).ok_or_else(|| format!("{name} is empty"));
    }
    let file = format!("{name}_FILE");
    match (lookup(&file).filter(|path| !path.is_empty()), given) {
        (Some(path), _) => {
            let text = std::fs::read_to_string(Path::new(&path))
                .map_err(|error| format!("the file that {file} names cannot be read: {error}"))?;
            kept(&text).map(Some).ok_or_else(|| format!("the file that {file} names is empty"))
        }
        (None, Some(_)) => Err(format!("{name} is empty")),
        (None, None) => Ok(None),
    }
}

fn kept(text: &str) -> Option<Secret> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_end_matches(['\r', '\n']);
    (!text.trim().is_empty()).then(|| Secret::new(text))
}

#[cfg(test)]
mod tests {
    use super::read_secret;

    const NAME: &str = "PORTFORM_PORTAL_PASSWORD";
    const FILE: &str = "PORTFORM_PORTAL_PASSWORD_FILE";

    /// What is read of a variable and of a file, where there are any.
    fn read(variable: Option<&str>, file: Option<&[u8]>) -> Result<Option<String>, String> {
        let directory = tempfile::tempdir().map_err(|error| error.to_string())?;
        let path = directory.path().join("secret");
        if let Some(bytes) = file {
            std::fs::write(&path, bytes).map_err(|error| error.to_string())?;
        }
        let lookup = |name: &str| match name {
            NAME => variable.map(str::to_owned),
            FILE => file.map(|_| path.display().to_string()),
            _ => None,
        };
        read_secret(&lookup, NAME).map(|secret| secret.map(|secret| secret.expose().to_owned()))
    }

    #[test]
    fn a_file_is_read_without_its_byte_order_mark_and_its_last_line_end() {
        for bytes in [&b"word"[..], b"word\n", b"word\r\n", b"\xef\xbb\xbfword\r\n"] {
            assert_eq!(read(None, Some(bytes)), Ok(Some("word".to_owned())), "{bytes:?}");
        }
        // A space may be part of it.
        assert_eq!(read(None, Some(b" two words \n")), Ok(Some(" two words ".to_owned())));
        assert_eq!(read(Some("\u{feff}word"), None), Ok(Some("word".to_owned())));
    }

    #[test]
    fn a_variable_wins_over_a_file_and_an_empty_one_does_not() {
        assert_eq!(read(Some("variable"), Some(b"file")), Ok(Some("variable".to_owned())));
        assert_eq!(read(Some(""), Some(b"file")), Ok(Some("file".to_owned())));
        assert_eq!(read(None, None), Ok(None));
    }

    #[test]
    fn an_empty_secret_is_refused_and_named() {
        for variable in ["", " ", "\n", "\u{feff}"] {
            assert_eq!(read(Some(variable), None), Err(format!("{NAME} is empty")), "{variable:?}");
        }
        for bytes in [&b""[..], b"\n", b"  \r\n", b"\xef\xbb\xbf\n"] {
            assert!(read(None, Some(bytes)).is_err_and(|said| said.contains(FILE)), "{bytes:?}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let lookup = |name: &str| (name == FILE).then(|| "/there/is/no/such/file".to_owned());
        assert!(read_secret(&lookup, NAME).is_err_and(|said| said.contains(FILE) && said.contains("cannot be read")));
    }
}
