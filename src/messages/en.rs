//! English: one line per code.

use super::Template;
use crate::issue::Code;

pub(super) fn template(template: Template) -> &'static str {
    match template {
        Template::MoreThan => "{label} must be more than {n}.",
        Template::ExpectedWhen => "{label} is usually filled in when {when}.",
        Template::UnknownNotCounted => "The description of {system} has no field {label}; it is ignored.{perhaps}",
        Template::UnknownNotAllowed => {
            "The description of {system} has no field {label}.{perhaps} Correct the name or remove the field."
        }
        Template::WholeType => "The data do not look like this form. Load them as a whole or fill in the form.",
        Template::ItemRequired => "{label}: an empty row. Fill it in or remove it.",
        Template::RefusedQuoted => "The data were not accepted: {reason} The system says: {said}",
        Template::RefusedSaid => "The data were not accepted. The system says: {said}",
        Template::Unknown => {
            "It is not known whether the data were accepted: there is no answer, or not a clear one. Before you send them again, check whether the record is there."
        }
        Template::UnknownQuoted => {
            "It is not known whether the data were accepted. The system says: {said} Before you send them again, check whether the record is there."
        }
        Template::Unanswered => "There is no answer, or not a clear one. Ask again later.",
        Template::UnansweredQuoted => "The system could not answer the request: {said} Ask again later.",
        Template::NotAmong => "{label}: this value is not in the list {name}.",
        Template::UsuallyAtLeast => "{label} is usually at least {n}. Check the value.",
        Template::UsuallyAtMost => "{label} is usually at most {n}. Check the value.",
        Template::Answer => "{label}: choose Yes or No.",
        Template::AnswerWhen => "{label}: choose Yes or No ({when}).",
        Template::Rows => "{label}: add at least one row.",
        Template::Group => "Fill in the section {label}.",
        Template::NotCounted => "{label} is ignored: it is needed only when {when}.",
        Template::Named(code, name) => named(code, name),
        Template::Code(code) => match code {
            Code::Syntax => "The data could not be read: there is a mistake in line {line}, character {column}.",
            Code::DuplicateKey => "{label} is given twice. Keep one value.",
            Code::TooDeep => "{label} has too many nested levels (at most {n} are allowed).",
            Code::TooManyIssues => "Not every issue is shown; there are {n} more. Mend those shown and check again.",
            Code::Type => "{label}: check how the value is written.",
            Code::Required => "Fill in {label}.",
            Code::RequiredWhen => "Fill in {label}: {when}.",
            Code::Expected => "{label} is optional, but it is usually filled in.",
            Code::NotRelevant => "{label} will not be sent: it is needed only when {when}.",
            Code::UnknownField => "The description of {system} has no field {label}; it will not be sent.{perhaps}",
            Code::Enum => "{label} must be one of these: {allowed}.",
            Code::Integer => "{label} must be a whole number, without a fraction.",
            Code::UnsafeNumber => "{label} has too many digits to be passed on exactly.",
            Code::DecimalPlaces => "{label} may have no more than {n} decimal places.",
            Code::TooSmall => "{label} must be at least {n}.",
            Code::TooLarge => "{label} must be at most {n}.",
            Code::TooShort => "{label} must have at least {n} characters.",
            Code::TooLong => "{label} must have at most {n} characters.",
            Code::TooFew => "{label}: the number of rows must be at least {n}.",
            Code::TooMany => "{label}: the number of rows must be at most {n}.",
            Code::Date => "{label}: check the date. Write it like this: 01.12.2026.",
            Code::Format => "{label} is not written correctly.",
            Code::Checksum => "{label}: the check digits do not match. Check the number.",
            Code::Duplicate => "{label}: row {n} already has this value.",
            Code::ExactlyOne => "{label}: mark {name} in exactly one row.",
            Code::DateOrder => "{label} must not be earlier than {name}.",
            Code::Exceeds => "{label} cannot be more than {name}.",
            Code::Mismatch => "{label} does not agree with {name}.",
            Code::Inconsistent => "{label}: check this field together with {name}.",
            Code::UnknownReference => "{label}: the reference list does not have this value.",
            Code::StaleReference => {
                "{label}: this teaching kit (УМК) is no longer current. Check whether there is a newer one."
            }
            Code::NotAllowedToChange => {
                "{label} may not be changed in a contract that is in force. Put the previous value back."
            }
            Code::WrongStatus => "{label}: the current status does not allow this. Allowed status: {allowed}.",
            Code::OutOfPeriod => "{label} must not be earlier than {from} nor later than {to}.",
            Code::Refused => "The data were not accepted: {reason}",
            Code::Attached => "Check this field.",
            Code::Coerced => "{label}: what was written was recognised.",
            Code::Trimmed => "{label}: spaces at the ends are not sent.",
            Code::Renamed => {
                "{label}: the name of the field is spelt in another way in the data; the field was recognised."
            }
            Code::Unwrapped => "{label}: a list of one row was read as the row itself.",
            Code::Wrapped => "{label}: the only row was read.",
            Code::Alias => "{label}: another spelling was read as a value of the list.",
        },
    }
}

const FORMAT: &[(&str, &str)] = &[
    ("unicode", "{label}: some letters are lost. The file was probably read in a wrong encoding."),
    ("url", "{label} must begin with https:// or http://, as in https://example.org/programme"),
    ("phone", "{label} needs 10 to 15 digits, as in +7 495 123-45-67."),
    ("email", "{label}: write it like this: name@example.org"),
    ("snils", "{label} must have 11 digits."),
    ("uuid", "{label}: write it like this: 402c4e16-d18e-835a-851b-16c7b65c0950."),
    ("trimmed", "{label}: remove the spaces at the ends."),
    ("base64", "{label}: the file is damaged or was not pasted whole. Enclose it again."),
    (
        "cms",
        "{label}: this is not a signed container. A container with an electronic signature and one contract request in it is needed.",
    ),
    ("contract_number", "{label}: write it like this: 0000-AEHK-MPTX."),
    ("contract_number_legacy", "{label} has an older form. Check it."),
    ("iban", "{label} must be digits only or a Ukrainian IBAN (UA and 27 characters)."),
    ("mfo", "{label} must have six digits."),
    (
        "name",
        "{label} has characters that are not allowed (Ы, Ъ, Э, Ё, @, %, &, $, ^, #), a line break or a wrong first character.",
    ),
];

const TYPE: &[(&str, &str)] = &[
    ("text", "{label}: write words or digits."),
    ("number", "{label}: enter it in digits, as in 36 or 36.5."),
    ("integer", "{label}: enter it in digits, without a fraction."),
    ("money", "{label}: enter an amount in digits, as in 12 000.50."),
    ("boolean", "{label}: choose Yes or No."),
    ("date", "{label}: enter the date like this: 01.12.2026."),
    ("enum", "{label}: choose a value of the list."),
    ("uuid", "{label}: write it like this: 402c4e16-d18e-835a-851b-16c7b65c0950."),
    ("object", "{label}: fill in the fields of this section."),
    ("list", "{label}: add the rows one by one."),
];

const COERCED: &[(&str, &str)] = &[
    ("text", "{label}: the digits were taken unchanged, as text."),
    ("number", "{label} was recognised as a number."),
    ("integer", "{label} was recognised as a number."),
    ("money", "{label} was recognised as an amount."),
    ("boolean", "{label} was recognised as Yes or No."),
    ("date", "{label} was recognised as a date."),
    ("uuid", "{label}: letters were made small."),
    ("contract_number", "{label}: letters were made Latin capitals, with hyphens between them."),
    ("iban", "{label}: letters were made capitals, and spaces were left out."),
];

const DATE: &[(&str, &str)] = &[
    ("unreadable", "{label}: the date was not recognised. Enter it like this: 01.12.2026."),
    ("no_such_day", "{label}: the calendar has no such date. Check the day and the month."),
    ("year", "{label}: the year must be from 1900 to 2100."),
];

fn named(code: Code, name: &str) -> &'static str {
    let (list, other) = match code {
        Code::Type => (TYPE, "{label}: check how the value is written."),
        Code::Coerced => (COERCED, "{label}: what was written was recognised."),
        Code::Date => (DATE, "{label}: check the date. Write it like this: 01.12.2026."),
        _ => (FORMAT, "{label} is not written correctly."),
    };
    super::said(list, name).unwrap_or(other)
}

const STATUS: &[(&str, &str)] =
    &[("needs_revision", "“needs revision” («На доработке»)"), ("approved", "“approved” («Утвержден»)")];

/// A status as the Portal shows it.
pub(super) fn status(name: &str) -> Option<&'static str> {
    super::said(STATUS, name)
}

const REASON: &[(&str, &str)] = &[
    ("already_exists", "this record is there already. Perhaps these data were accepted earlier."),
    ("cycle_not_found", "the cycle was not found."),
    ("not_found", "the programme was not found."),
    ("program_not_found", "the programme was not found."),
    ("unknown_program", "the programme was not found."),
    ("record_not_found", "the record was not found."),
    ("unknown_request", "the application was not found."),
    ("incomplete_data", "some of the necessary data are missing."),
    ("incorrect_data", "some of the data are wrong."),
    ("incorrect_pin", "the PIN is wrong."),
    ("already_completed", "the results have already been entered."),
    ("unauthorized", "not signed in, or the sign-in has expired. Ask your administrator."),
    ("access_denied", "access denied."),
    ("invalid_scopes", "the account lacks the necessary rights."),
    ("client_blocked", "the account of the information system is blocked."),
    ("client_not_active", "the account of the information system is not active."),
    ("not_nhs", "only the National Health Service of Ukraine may do this."),
    ("forbidden", "this is not allowed."),
    ("invalid_edrpou", "the EDRPOU code in the signature is not that of the organisation."),
    ("conflict", "this contradicts the state of the record."),
    ("malformed", "the request could not be read."),
    ("validation_failed", "the value did not pass the check."),
    ("too_large", "there is more data than the system takes."),
    ("too_many_requests", "too many requests in a row. Try again in a few minutes."),
];

pub(super) fn reason(name: &str) -> &'static str {
    super::said(REASON, name).unwrap_or("no reason was given.")
}

/// Between words of our own and what a system said.
pub(super) const ANSWERED: &str = " The system says: ";
