//! What stands inside a signed envelope: it is checked as the contract request that it is, and its issues get paths that lead
//! through the envelope's field. The envelope's own rules are those of its table.

use crate::check::Checker;
use crate::draft::{Draft, ROOT};
use crate::issue::{Issue, Step};
use crate::options::Options;
use crate::payloads::ehealth::envelope;
use crate::reading::{self, Reading};
use crate::table::System;
use crate::{issues, read, report};

/// The issues of the contents of the envelope's field `name`, and how many there are beyond, of each severity. What is signed goes out byte for byte, so nothing is read leniently.
pub(crate) fn issues(name: &'static str, text: &str, options: &Options) -> (Vec<Issue>, [u32; 3]) {
    let Some(bytes) = envelope::contents(text) else {
        return (Vec::new(), [0; 3]);
    };
    let payload = envelope::contents_payload(options);
    let (mut issues, more): (Vec<Issue>, _) = match read::json(payload, &bytes) {
        Ok(draft) => {
            let out = Checker::sealed(&draft, options);
            (out.found.iter().map(|found| issues::issue(&draft, found, options.dialect)).collect(), out.more)
        }
        Err(position) => (vec![report::syntax(payload, position)], [0; 3]),
    };
    for issue in &mut issues {
        issue.path.insert(0, Step::Key(name.into()));
        issue.inner = 1;
    }
    (issues, more)
}

/// Values that the server will take for what a contract request leaves out (CTR-15), as JSON texts at JSON pointers.
pub(crate) fn server_fills(draft: &Draft<'_>, options: &Options) -> Vec<(String, String)> {
    let Some(end) = options.context.previous.as_ref().and_then(|previous| previous.date("end_date")) else {
        return Vec::new();
    };
    let absent = |draft: &Draft<'_>| reading(draft, "end_date", options) == Some(Reading::Absent);
    let fill = |pointer: &str| vec![(pointer.to_owned(), format!("\"{end}\""))];
    if draft.payload.system != System::Ehealth {
        return Vec::new();
    }
    if *draft.payload != envelope::ENVELOPE {
        return if absent(draft) { fill("/end_date") } else { Vec::new() };
    }
    let Some(Reading::Text(text)) = reading(draft, "signed_content", options) else {
        return Vec::new();
    };
    let bytes = envelope::contents(&text).unwrap_or_default();
    match read::json(envelope::contents_payload(options), &bytes) {
        Ok(contents) if absent(&contents) => fill("/signed_content/end_date"),
        _ => Vec::new(),
    }
}

fn reading<'d>(draft: &'d Draft<'_>, name: &str, options: &Options) -> Option<Reading<'d>> {
    let spec = draft.spec(ROOT);
    let at = spec.find(name)?;
    Some(reading::read(draft, spec.fields.get(at)?, draft.cell(ROOT, at), options.dialect).value)
}
