//! What the identifiers among the text formats must look like: which verdict of a leaf format is an error and which a warning,
//! and what is repaired.

use std::borrow::Cow;

use super::contract_number::{Shape, repaired, shape};
use super::{Verdict, ehealth_name, iban, snils};
use crate::issue::{Code, Params, Severity};
use crate::reading::{Read, Reading};
use crate::table::Format;

/// Judges a text that is not blank.
pub(crate) fn judge<'d>(read: Read<'d>, format: Format, text: &str) -> Read<'d> {
    match format {
        Format::Snils => verdict(read, snils::judge(text), Severity::Warning, "snils"),
        Format::ContractNumber => contract_number(read, text),
        Format::EhealthName if !ehealth_name::valid(text) => wrong(read, Severity::Error, "name"),
        Format::Mfo if !iban::mfo(text) => wrong(read, Severity::Error, "mfo"),
        Format::PayerAccount if !text.bytes().all(|byte| byte.is_ascii_digit()) => account(read, text),
        _ => read,
    }
}

fn named(name: &'static str) -> Params {
    Params::Name("format", Cow::Borrowed(name))
}

fn wrong<'d>(read: Read<'d>, severity: Severity, name: &'static str) -> Read<'d> {
    read.or_fault(Code::Format, severity, named(name))
}

fn verdict<'d>(read: Read<'d>, verdict: Verdict, severity: Severity, name: &'static str) -> Read<'d> {
    match verdict {
        Verdict::Right => read,
        Verdict::Format => wrong(read, severity, name),
        Verdict::Checksum => read.or_fault(Code::Checksum, severity, named(name)),
    }
}

/// An IBAN that is only written in groups or in lower case is read as it is sent.
fn account<'d>(mut read: Read<'d>, text: &str) -> Read<'d> {
    let found = match iban::judge(text) {
        Verdict::Format => match iban::repaired(text) {
            Some(number) => {
                let found = iban::judge(&number);
                repair(&mut read, number);
                found
            }
            None => Verdict::Format,
        },
        found => found,
    };
    verdict(read, found, Severity::Error, "iban")
}

/// The text is read in another form than it is written in.
fn repair(read: &mut Read<'_>, text: String) {
    read.value = Reading::Text(Cow::Owned(text));
    read.note = read.note.or(Some(Code::Coerced));
}

/// A contract number that is only written with the wrong keyboard or in lower case is read as it was meant.
fn contract_number<'d>(mut read: Read<'d>, text: &str) -> Read<'d> {
    let mut found = shape(text);
    if found == Shape::Other {
        let number = repaired(text);
        found = shape(&number);
        if found != Shape::Other {
            repair(&mut read, number);
        }
    }
    match found {
        Shape::Published => read,
        Shape::Legacy => wrong(read, Severity::Warning, "contract_number_legacy"),
        Shape::Other => wrong(read, Severity::Error, "contract_number"),
    }
}
