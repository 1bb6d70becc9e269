//! What the Portal sends, read and judged: bytes go in, a notice in its canonical form or a refusal comes out. It knows
//! the tables through the crate `portform`, and neither HTTP nor the database.

use std::collections::HashSet;

use chrono::NaiveDate;
use portform::issue::{Code, Step};
use portform::{Issue, Locale, Options, Severity};
use serde_json::{Map, Value, json};

use crate::callbacks::answer::Refusal;

/// So many warnings and notes are kept with a notice.
const KEPT_ISSUES: usize = 100;

/// So many errors are told in the description of a refusal.
const TOLD_ERRORS: usize = 5;

/// The longest description, in letters.
const DESCRIPTION: usize = 1000;

/// What has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A specialist has applied for a cycle.
    Application,
    /// An application was cancelled.
    Cancellation,
    /// A technical review has ended, or got a comment.
    Expertise,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Application, Self::Cancellation, Self::Expertise];

    /// As it stands in an item of the inbox.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Application => "application",
            Self::Cancellation => "cancellation",
            Self::Expertise => "expertise",
        }
    }

    /// The payload whose table the notice was checked with.
    pub fn payload(self) -> &'static str {
        match self {
            Self::Application | Self::Cancellation => "application",
            Self::Expertise => "programme.expertise",
        }
    }

    /// The kind of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A notice that its table accepts.
#[derive(Debug, Clone)]
pub struct Notice {
    /// What has happened.
    pub kind: Kind,
    /// The programme that it is about.
    pub programme: String,
    /// The cycle that it is about.
    pub cycle: Option<String>,
    /// Of a review the status that it ended with, in the table's spelling.
    pub status: Option<String>,
    /// The canonical form, a JSON object.
    pub value: String,
    /// What came in fields that the table does not have, a JSON object; nothing when there are none.
    pub unknown: Option<String>,
    /// Warnings and notes as JSON arrays in Russian, Ukrainian and English; nothing when there are none.
    pub issues: Option<[String; 3]>,
    /// What makes two notices the same.
    pub sameness: String,
}

/// What the Portal calls to send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// An application, made or cancelled.
    Applications,
    /// The outcome of a technical review.
    Expertise,
}

/// Fields of a cancelled application that still count (APP-01).
const OF_A_CANCELLATION: &[&str] = &["program_id", "cycle_id", "request_id", "snils", "request_number", "state"];

/// Reads and checks a body. `today` is for the rules that need a date.
pub fn read(service: Service, body: &[u8], today: NaiveDate) -> Result<Notice, Refusal> {
    let name = match service {
        Service::Applications => "application",
        Service::Expertise => "programme.expertise",
    };
    let Some(payload) = portform::payload(name) else {
        return Err(Refusal::IncorrectData(String::new()));
    };
    let options = Options { today: Some(today), seed: crate::check::seed(), ..Options::default() };
    let report = portform::check_json(payload, body, &options);
    let Some(value) = report.body() else {
        return Err(Refusal::IncorrectData(description(&report.issues())));
    };
    let Ok(Value::Object(fields)) = serde_json::from_str::<Value>(&value) else {
        return Err(Refusal::IncorrectData(String::new()));
    };
    let found = report.issues();
    let text = |key: &str| fields.get(key).and_then(Value::as_str).filter(|text| !text.is_empty());
    let kind = match service {
        Service::Expertise => Kind::Expertise,
        Service::Applications if text("state") == Some("cancelled") => Kind::Cancellation,
        Service::Applications => Kind::Application,
    };
    Ok(Notice {
        kind,
        programme: text("program_id").unwrap_or_default().to_owned(),
        cycle: text("cycle_id").map(str::to_owned),
        status: text("status").map(str::to_owned),
        unknown: unknown(body, &found),
        issues: issues(&found),
        sameness: sameness(kind, &fields),
        value,
    })
}

/// The canonical form without what makes no difference: values that are not there in either way of leaving them out,
/// the state of an application that is not cancelled, and all that no longer counts of one that is.
fn sameness(kind: Kind, fields: &Map<String, Value>) -> String {
    let counts = |key: &str, value: &Value| {
        let blank = value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
        let left_out = match kind {
            Kind::Application => key == "state",
            Kind::Cancellation => !OF_A_CANCELLATION.contains(&key),
            Kind::Expertise => false,
        };
        !blank && !left_out
    };
    // By the names of the fields, so that another order in a later version of the table makes no other notice.
    let mut pairs: Vec<(&String, &Value)> = fields.iter().filter(|(key, value)| counts(key, value)).collect();
    pairs.sort_unstable_by_key(|(key, _)| *key);
    json!([kind.as_str(), pairs]).to_string()
}

/// Fields of the Portal that its document does not have: what somebody wrote there must not be lost.
fn unknown(body: &[u8], found: &[Issue]) -> Option<String> {
    let names: HashSet<&str> = found
        .iter()
        .filter(|issue| issue.code == Code::UnknownField)
        .filter_map(|issue| match issue.path.as_slice() {
            [Step::Key(key)] => Some(key.as_ref()),
            _ => None,
        })
        .collect();
    if names.is_empty() {
        return None;
    }
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    let mut fields: Map<String, Value> = serde_json::from_slice(body).ok()?;
    fields.retain(|key, _| names.contains(key.as_str()));
    (!fields.is_empty()).then(|| Value::Object(fields).to_string())
}

/// The first errors in the words of the table, each with its field. An issue never has the value in it.
fn description(issues: &[Issue]) -> String {
    let errors: Vec<_> = issues.iter().filter(|issue| issue.severity == Severity::Error).collect();
    let mut told: Vec<String> = Vec::new();
    for issue in errors.iter().take(TOLD_ERRORS) {
        let message = issue.message(Locale::Ru);
        let pointer = issue.pointer();
        told.push(if pointer.is_empty() { message } else { format!("{pointer}: {message}") });
    }
    if let Some(more) = errors.len().checked_sub(TOLD_ERRORS).filter(|more| *more > 0) {
        told.push(format!("Всего ошибок: {}.", more + TOLD_ERRORS));
    }
    let told: String = told.join(" ").chars().take(DESCRIPTION).collect();
    // A cut may fall behind a space, which is no part of a text.
    told.trim_end().to_owned()
}

fn issues(found: &[Issue]) -> Option<[String; 3]> {
    let kept: Vec<_> = found.iter().take(KEPT_ISSUES).collect();
    (!kept.is_empty()).then(|| {
        Locale::ALL.map(|locale| {
            let localized: Vec<_> = kept.iter().map(|issue| issue.localized(locale)).collect();
            serde_json::to_string(&localized).unwrap_or_else(|_| "[]".to_owned())
        })
    })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use serde_json::{Value, json};

    use super::{Kind, Notice, Refusal, Service, read};

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 12, 1).unwrap_or_default()
    }

    fn application() -> Value {
        json!({
            "program_id": "TEST-1234", "cycle_id": "c-1", "request_id": "r-1", "request_number": "4",
            "snils": "112-233-445 95", "first_name": "Вера", "last_name": "Выдуманова", "patronymic": "Ильинична",
            "birth_date": "1980-02-29", "is_budget": true, "is_paid": false, "is_paid_foms": false, "is_work": false,
            "payer": "Организация"
        })
    }

    fn with(value: &Value, fields: &[(&str, Value)]) -> Value {
        let mut value = value.clone();
        for (key, field) in fields {
            if let Some(object) = value.as_object_mut() {
                object.insert((*key).to_owned(), field.clone());
            }
        }
        value
    }

    fn applied(value: &Value) -> Result<Notice, Refusal> {
        read(Service::Applications, value.to_string().as_bytes(), today())
    }

    fn reviewed(value: &Value) -> Result<Notice, Refusal> {
        read(Service::Expertise, value.to_string().as_bytes(), today())
    }

    fn refused(outcome: Result<Notice, Refusal>) -> String {
        match outcome {
            Err(Refusal::IncorrectData(description)) => description,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn an_application_and_its_cancellation_are_told_apart_by_the_state() -> Result<(), Refusal> {
        for (state, kind) in [
            (json!("actual"), Kind::Application),
            (json!(null), Kind::Application),
            (json!(" CANCELLED "), Kind::Cancellation),
        ] {
            let notice = applied(&with(&application(), &[("state", state)]))?;
            assert_eq!((notice.kind, notice.programme.as_str()), (kind, "TEST-1234"));
            assert_eq!(notice.cycle.as_deref(), Some("c-1"));
        }
        Ok(())
    }

    #[test]
    fn a_cancellation_needs_no_more_than_the_keys() -> Result<(), Refusal> {
        let keys = json!({
            "program_id": "TEST-1234", "cycle_id": "c-1", "request_id": "r-1", "request_number": 4, "state": "cancelled"
        });
        let notice = applied(&keys)?;
        assert_eq!((notice.kind, notice.issues.is_some()), (Kind::Cancellation, true));
        let whole = with(&application(), &[("state", json!("cancelled"))]);
        assert_ne!(applied(&whole)?.sameness, notice.sameness, "another SNILS is another key");
        assert_eq!(applied(&with(&keys, &[("first_name", json!("Вера"))]))?.sameness, notice.sameness);
        Ok(())
    }

    #[test]
    fn the_same_notice_in_another_writing_is_the_same() -> Result<(), Refusal> {
        let first = applied(&application())?;
        let fields = application();
        let mut turned: Vec<String> = Vec::new();
        for (key, value) in fields.as_object().into_iter().flatten() {
            turned.push(format!("\t{}:\r\n {value}", json!(key.to_uppercase())));
        }
        turned.reverse();
        let turned = format!("\u{feff}{{ {} }}", turned.join(" ,"));
        assert_eq!(read(Service::Applications, turned.as_bytes(), today())?.sameness, first.sameness);
        for same in [
            [("state", json!("actual")), ("comment", json!(null))],
            [("state", json!("Actual")), ("comment", json!(" "))],
            [("request_number", json!(4)), ("birth_date", json!("29.02.1980"))],
            [("is_budget", json!("true")), ("additional_info", json!(""))],
        ] {
            assert_eq!(applied(&with(&fields, &same))?.sameness, first.sameness, "{same:?}");
        }
        for other in [
            [("state", json!("cancelled"))],
            [("request_id", json!("r-2"))],
            [("comment", json!("Вечерняя группа"))],
            [("is_budget", json!(false))],
        ] {
            assert_ne!(applied(&with(&fields, &other))?.sameness, first.sameness, "{other:?}");
        }
        Ok(())
    }

    #[test]
    fn a_refusal_names_the_fields_and_never_their_values() {
        let wrong = with(
            &application(),
            &[("payer", json!("")), ("birth_date", json!("Выдуманова")), ("is_work", json!("112-233-445 95"))],
        );
        let description = refused(applied(&wrong));
        for field in ["/payer: ", "/birth_date: ", "/is_work: "] {
            assert!(description.contains(field), "{description}");
        }
        assert!(!description.contains("Выдуманова") && !description.contains("112"), "{description}");
        let empty = refused(applied(&json!({})));
        assert!(empty.contains("/program_id: ") && empty.contains("Всего ошибок: "), "{empty}");
        for text in ["", "{", "[]", "null", "\u{0}", "{\"program_id\":"] {
            assert!(!refused(read(Service::Applications, text.as_bytes(), today())).is_empty(), "{text}");
        }
        assert!(refused(read(Service::Expertise, b"\xff\xfe", today())).len() <= 2 * super::DESCRIPTION);
    }

    #[test]
    fn a_review_is_read_in_every_spelling_of_its_status() -> Result<(), Refusal> {
        for (written, status) in [
            ("approved", "approved"),
            ("rejected", "needs_revision"),
            ("На доработке", "needs_revision"),
            ("Отклонено", "declined"),
            ("В архиве", "closed"),
        ] {
            let notice = reviewed(&json!({ "program_id": "P", "status": written, "comment": "Уточните объём" }))?;
            assert_eq!((notice.kind, notice.status.as_deref()), (Kind::Expertise, Some(status)));
        }
        let uncommented = refused(reviewed(&json!({ "program_id": "P", "status": "rejected" })));
        assert!(uncommented.contains("/comment: "), "{uncommented}");
        Ok(())
    }

    #[test]
    fn what_the_table_does_not_have_is_kept_beside_and_makes_no_other_notice() -> Result<(), Box<dyn std::error::Error>>
    {
        let read = |value: &Value| applied(value).map_err(|refusal| format!("{refusal:?}"));
        let plain = read(&application())?;
        assert_eq!(plain.unknown, None);
        let more =
            [("e_mail", json!("a@b.example")), ("Attempt", json!({ "number": 2 })), ("PAYER", json!("Организация"))];
        let mut fields = application();
        fields.as_object_mut().and_then(|fields| fields.remove("payer")).ok_or("a payer")?;
        let written = format!("\u{feff}{}", with(&fields, &more));
        let notice = super::read(Service::Applications, written.as_bytes(), today());
        let notice = notice.map_err(|refusal| format!("{refusal:?}"))?;
        assert_eq!(notice.sameness, plain.sameness);
        let unknown: Value = serde_json::from_str(&notice.unknown.ok_or("there is something")?)?;
        assert_eq!(unknown, json!({ "e_mail": "a@b.example", "Attempt": { "number": 2 } }));
        Ok(())
    }

    #[test]
    fn warnings_and_notes_are_kept_in_three_languages_up_to_a_bound() -> Result<(), Box<dyn std::error::Error>> {
        let clean = applied(&application()).map_err(|refusal| format!("{refusal:?}"))?;
        assert_eq!(clean.issues, None);
        let unknown: Vec<(String, Value)> = (0..300).map(|at| (format!("unknown_{at}"), json!(1))).collect();
        let fields: Vec<(&str, Value)> = unknown.iter().map(|(key, value)| (key.as_str(), value.clone())).collect();
        let notice = applied(&with(&application(), &fields)).map_err(|refusal| format!("{refusal:?}"))?;
        let [ru, uk, en] = notice.issues.ok_or("there are issues")?;
        for text in [&ru, &uk, &en] {
            let issues: Vec<Value> = serde_json::from_str(text)?;
            assert_eq!(issues.len(), super::KEPT_ISSUES);
            assert_eq!(issues.first().and_then(|issue| issue.get("severity")), Some(&json!("warning")));
        }
        assert!(ru != uk && uk != en);
        Ok(())
    }
}
