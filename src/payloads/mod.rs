//! The tables: one file per payload, definitions and the bodies of their checks only.

pub mod nmfo;

use crate::draft::{Draft, RecordId};
use crate::options::Options;
use crate::table::Payload;

/// Every payload of both interfaces, in the order of the documents.
pub(crate) static ALL: &[&Payload] = &[&nmfo::cycle::CREATE, &nmfo::results::BULK_UPDATE];

/// Values that the server will take for what the draft leaves out, as JSON texts at JSON pointers.
pub(crate) fn server_fills(_draft: &Draft<'_>, _options: &Options) -> Vec<(String, String)> {
    Vec::new()
}

/// The parameters of the endpoint's path.
pub(crate) fn endpoint_params(_payload: &'static Payload, options: &Options) -> Vec<(String, String)> {
    options.endpoint.params.clone()
}

/// A row that is written in another form than it was given: its name, and the text in its place.
pub(crate) fn lifted(
    _draft: &Draft<'_>,
    _options: &Options,
    _record: RecordId,
) -> Option<(&'static str, Option<String>)> {
    None
}
