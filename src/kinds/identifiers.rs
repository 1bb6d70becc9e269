//! What the identifiers among the text formats must look like.

use std::borrow::Cow;

use crate::issue::{Code, Params, Severity};
use crate::reading::Read;
use crate::table::Format;

/// Judges a text that is not blank.
pub(crate) fn judge<'d>(read: Read<'d>, format: Format, text: &str) -> Read<'d> {
    let named = |name| Params::Name("format", Cow::Borrowed(name));
    match format {
        Format::Mfo if text.len() != 6 || !text.bytes().all(|byte| byte.is_ascii_digit()) => {
            read.or_fault(Code::Format, Severity::Error, named("mfo"))
        }
        _ => read,
    }
}
