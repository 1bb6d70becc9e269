//! The tables: one file per payload, definitions and the bodies of their checks only.

pub mod ehealth;
pub mod nmfo;

use crate::contents;
use crate::draft::Draft;
use crate::options::Options;
use crate::table::Payload;

/// Every payload of both interfaces, in the order of the documents.
pub(crate) static ALL: &[&Payload] = &[
    &nmfo::programme::CREATE,
    &nmfo::programme::UPDATE,
    &nmfo::programme_status::REQUEST,
    &nmfo::cycle::CREATE,
    &nmfo::cycle::UPDATE,
    &nmfo::cycle::CANCEL,
    &nmfo::application::APPLICATION,
    &nmfo::application::COMMENT,
    &nmfo::programme_status::EXPERTISE,
    &nmfo::results::UPDATE,
    &nmfo::results::BULK_UPDATE,
    &nmfo::results::CONFIRM,
    &nmfo::reference::SPECIALITIES,
    &nmfo::reference::PROGRAMMES,
    &nmfo::answers::PROGRAMME,
    &nmfo::answers::CYCLE,
    &nmfo::programme_status::ANSWER,
    &nmfo::answers::RESULTS,
    &nmfo::answers::TOKEN,
    &nmfo::answers::APPLICATION,
    &ehealth::contract::CAPITATION,
    &ehealth::contract::REIMBURSEMENT,
    &ehealth::envelope::ENVELOPE,
];

/// Values that the server will take for what the draft leaves out, as JSON texts at JSON pointers.
pub(crate) fn server_fills(draft: &Draft<'_>, options: &Options) -> Vec<(String, String)> {
    contents::server_fills(draft, options)
}

/// The parameters of the endpoint's path.
pub(crate) fn endpoint_params(payload: &'static Payload, options: &Options) -> Vec<(String, String)> {
    if *payload == ehealth::envelope::ENVELOPE {
        ehealth::envelope::endpoint_params(options)
    } else {
        options.endpoint.params.clone()
    }
}
