//! English: one line per code.

use super::Template;
use crate::issue::Code;

pub(super) fn template(template: Template) -> &'static str {
    match template {
        Template::MoreThan => "{label} must be more than {n}.",
        Template::ExpectedWhen => "{label} is usually filled in when {when}.",
        Template::UnknownSuggested => "The document has no field {label}; it is ignored. Perhaps {name} was meant.",
        Template::WholeType => "The data do not look like this form. Load them as a whole or fill in the form.",
        Template::ItemRequired => "{label}: an empty row. Fill it in or remove it.",
        Template::RefusedQuoted => "The data were not accepted: {reason} The system says: “{quote}”.",
        Template::NotAmong => "{label}: this value is not among those of {name}.",
        Template::UsuallyAtLeast => "{label} is usually at least {n}. Check the value.",
        Template::UsuallyAtMost => "{label} is usually at most {n}. Check the value.",
        Template::Answer => "Answer yes or no: {label}.",
        Template::AnswerWhen => "Answer yes or no: {label} ({when}).",
        Template::NotCounted => "{label} is ignored: it is needed only when {when}.",
        Template::Named(Code::Checksum, name) => checksum(name),
        Template::Named(Code::Date, reason) => date(reason),
        Template::Named(_, name) => format(name),
        Template::Code(code) => match code {
            Code::Syntax => "The data could not be read: there is a mistake in line {line}, character {column}.",
            Code::DuplicateKey => "{label} is given twice. Keep one value.",
            Code::TooDeep => "{label} has too many nested levels (at most {n} are allowed).",
            Code::Type => "{label} must be {kind}.",
            Code::Required => "Fill in {label}.",
            Code::RequiredWhen => "Fill in {label}: {when}.",
            Code::Expected => "{label} is optional, but it is usually filled in.",
            Code::NotRelevant => "{label} will not be sent: it is needed only when {when}.",
            Code::UnknownField => "The document has no field {label}; it is ignored.",
            Code::Enum => "{label} must be one of these: {allowed}.",
            Code::Integer => "{label} must be a whole number.",
            Code::UnsafeNumber => "{label} is too large a number to be passed on exactly.",
            Code::DecimalPlaces => "{label} may have no more than {n} decimal places.",
            Code::TooSmall => "{label} must be at least {n}.",
            Code::TooLarge => "{label} must be at most {n}.",
            Code::TooShort => "{label} must have at least {n} characters.",
            Code::TooLong => "{label} must have at most {n} characters.",
            Code::TooFew => "{label}: the number of rows must be at least {n}.",
            Code::TooMany => "{label}: the number of rows must be at most {n}.",
            Code::Date => "{label}: there is no such date. Give the day, month and year (1900–2100).",
            Code::Format => "{label} is not written correctly.",
            Code::Checksum => "{label}: the check digits do not match. Check the number.",
            Code::Duplicate => "{label}: row {n} already has this value.",
            Code::ExactlyOne => "{label}: exactly one row must have the mark {name}.",
            Code::DateOrder => "{label} does not agree with {name}. Check the order of the dates.",
            Code::Exceeds => "{label}: a part cannot be larger than its whole ({name}).",
            Code::Mismatch => "{label} does not agree with {name}.",
            Code::Inconsistent => "{label}: check the value, it hardly goes together with {name}.",
            Code::UnknownReference => "{label}: the reference list does not have this value.",
            Code::StaleReference => "{label}: this teaching kit is no longer current.",
            Code::NotAllowedToChange => "{label}: this field of the contract may not be changed.",
            Code::WrongStatus => "{label}: the current status does not allow this. Allowed status: {allowed}.",
            Code::OutOfPeriod => "{label} must lie between {from} and {to}.",
            Code::Refused => "The data were not accepted: {reason}",
            Code::Coerced => "{label} is written in another form and was read as {kind}.",
            Code::Trimmed => "{label}: spaces at the ends are not sent.",
            Code::Renamed => {
                "{label}: the name of the field is spelt in another way in the data; the field was recognised."
            }
            Code::Unwrapped => "{label}: a list of one row was read as the row itself.",
            Code::Wrapped => "{label}: a single row was read as a list of one row.",
            Code::Alias => "{label}: another spelling was read as a value of the list.",
        },
    }
}

const CHECKSUM: &[(&str, &str)] = &[
    ("snils", "{label}: the check digits of the SNILS do not match. Check the number."),
    ("iban", "{label}: the check digits of the IBAN do not match. Check the number."),
];

fn checksum(name: &str) -> &'static str {
    super::said(CHECKSUM, name).unwrap_or("{label}: the check digits do not match. Check the number.")
}

const DATE: &[(&str, &str)] = &[
    ("unreadable", "{label}: the date was not understood. Write it like this: 2026-12-01."),
    ("no_such_day", "{label}: there is no such day in the calendar. Check the day and the month."),
    ("year", "{label}: the year must be from 1900 to 2100."),
];

fn date(reason: &str) -> &'static str {
    super::said(DATE, reason).unwrap_or("{label}: the date was not understood. Write it like this: 2026-12-01.")
}

const FORMAT: &[(&str, &str)] = &[
    ("url", "{label} does not look like a web address. Example: https://example.org/programme"),
    ("phone", "{label} does not look like a phone number. It needs 10 to 15 digits."),
    ("email", "{label} does not look like an e-mail address."),
    ("snils", "{label}: a SNILS has 11 digits."),
    ("uuid", "{label} does not look like an identifier such as 402c4e16-d18e-835a-851b-16c7b65c0950."),
    ("trimmed", "{label}: remove the spaces at the ends."),
    ("base64", "{label}: the content is not text encoded as base64."),
    (
        "cms",
        "{label}: this is not a signed container. A container with an electronic signature and one document in it is needed.",
    ),
    ("contract_number", "{label}: a contract number is written as 0000-AEHK-MPTX."),
    ("contract_number_legacy", "{label}: the contract number has an older form. Check it."),
    ("iban", "{label} must be an account number of digits or a Ukrainian IBAN (UA and 27 characters, without spaces)."),
    ("mfo", "{label}: the bank code (MFO) has six digits."),
    (
        "name",
        "{label} has characters that are not allowed (Ы, Ъ, Э, Ё, @, %, &, $, ^, #), a line break or a wrong first character.",
    ),
];

fn format(name: &str) -> &'static str {
    super::said(FORMAT, name).unwrap_or("{label} is not written correctly.")
}

const KIND: &[(&str, &str)] = &[
    ("text", "text"),
    ("number", "a number"),
    ("integer", "a whole number"),
    ("money", "an amount of money"),
    ("boolean", "yes or no"),
    ("date", "a date"),
    ("enum", "one of the listed values"),
    ("uuid", "an identifier"),
    ("object", "a group of fields"),
    ("list", "a list"),
];

pub(super) fn kind(name: &str) -> &'static str {
    super::said(KIND, name).unwrap_or("another value")
}

const STATUS: &[(&str, &str)] =
    &[("needs_revision", "“needs revision” («На доработке»)"), ("approved", "“approved” («Утвержден»)")];

/// A status as the Portal shows it.
pub(super) fn status(name: &str) -> Option<&'static str> {
    super::said(STATUS, name)
}

const REASON: &[(&str, &str)] = &[
    ("already_exists", "this record has already been added."),
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
    ("unavailable", "the system did not answer, or not clearly. What you entered is kept; try again later."),
    ("upstream_error", "there was an error in the system. What you entered is kept; try again later."),
];

pub(super) fn reason(name: &str) -> &'static str {
    super::said(REASON, name).unwrap_or("no reason was given.")
}
