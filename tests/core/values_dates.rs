//! What is read as a date, whatever the payload: every writing, the reason where there is none, times with an offset, and 1C's way of
//! saying that there is no date.

use crate::support::Case;
use crate::support::contract::capitation;
use serde_json::{Value, json};

fn cycle(end: impl Into<Value>) -> Case {
    let value = json!({
        "id": "c", "programme": "P", "begin_date": "2027-01-01", "end_date": end.into(), "education_form": "fulltime",
        "is_budget": true, "is_paid": false, "is_paid_foms": false, "has_budget_places": true, "budget_places": 10
    });
    Case::new("cycle.create", value)
}

/// An application, in which the date may be missing.
fn born(date: &str) -> Case {
    let value = json!({
        "program_id": "p", "cycle_id": "c", "request_id": "1", "snils": "112-233-445 95", "request_number": "1",
        "first_name": "А", "last_name": "Б", "patronymic": "В", "birth_date": date, "is_budget": true, "is_paid": false,
        "is_paid_foms": false, "is_work": false, "payer": "сам"
    });
    Case::new("application", value)
}

const END: &str = "/end_date";

#[test]
fn gen_06_is_quiet_on_a_date_as_it_is_sent() {
    cycle("2027-02-01").fine();
    cycle("2027-02-01").strict().fine();
}

#[test]
fn gen_06_trips_on_every_other_writing_of_a_date() {
    for text in [
        "1.2.2027",
        "01.2.2027",
        "1.02.2027",
        "01.02.2027",
        "01.02.2027 г.",
        "01.02.2027г",
        "1.2.2027\u{a0}г.",
        "2027-02-01T10:00:00",
        "2027-02-01T10:00",
        "2027-02-01 10:00:00.5",
        "2027-02-01T00:00:00Z",
        "2027-02-01T00:00:00+03:00",
        "1.2.2027 9:30",
        "01.02.2027 09:30:15",
    ] {
        cycle(text).finds("GEN-06", &[(END, "coerced", "note")]);
        assert_eq!(cycle(text).body()["end_date"], "2027-02-01", "{text}");
        cycle(text).strict().finds("GEN-06", &[(END, "type", "error")]);
        cycle(text).strict().quiet("CYC-04");
    }
}

#[test]
fn gen_06_trips_where_an_offset_may_stand_for_another_day() {
    for text in
        ["2027-01-31T21:00:00Z", "2027-01-31T00:30+03:00", "2027-01-31 23:59:60-05:00", "2027-01-31T00:00:00.1z"]
    {
        let case = cycle(text);
        case.finds("GEN-06", &[(END, "inconsistent", "warning")]);
        assert_eq!(case.body()["end_date"], "2027-01-31", "{text}");
        let (params, message) = case.shown("GEN-06");
        assert_eq!(params, json!({}));
        assert!(message.contains("часов"), "{message}");
        case.promote("GEN-06").finds("GEN-06", &[(END, "inconsistent", "error")]);
        cycle(text).strict().finds("GEN-06", &[(END, "type", "error")]);
    }
    // In place of the note, and ahead of the row's later warnings.
    let case = cycle("2027-02-01").set("/begin_date", "2027-01-31T21:00:00Z").today("2027-02-01");
    case.finds("GEN-06", &[("/begin_date", "inconsistent", "warning")]);
    case.quiet("CYC-03");
    let late = cycle("2026-12-31T21:00:00Z");
    late.trips("CYC-05", END, "date_order", "error");
    late.trips("GEN-06", END, "inconsistent", "warning");
}

#[test]
fn cyc_04_trips_with_the_reason_why_there_is_no_date() {
    for (text, reason) in [
        ("01/02/2027", "unreadable"),
        ("1 февраля 2027", "unreadable"),
        ("01.02.27", "unreadable"),
        ("2027-2-1", "unreadable"),
        ("2027-02-01T25:00", "unreadable"),
        ("20270201", "unreadable"),
        ("2026-02-30", "no_such_day"),
        ("31.11.2026", "no_such_day"),
        ("31.11.2026 г.", "no_such_day"),
        ("2026-13-01T10:00:00Z", "no_such_day"),
        ("1800-02-30", "no_such_day"),
        ("0000-00-00", "no_such_day"),
        ("1899-12-31", "year"),
        ("1.1.2101", "year"),
        ("0001-01-02", "year"),
        ("2101-01-01T00:00:00Z", "year"),
    ] {
        for text in [text.to_owned(), format!(" {text}\u{a0}")] {
            for case in [cycle(&*text), cycle(&*text).strict()] {
                case.trips("CYC-04", END, "date", "error");
                case.quiet("GEN-06");
                assert_eq!(case.shown("CYC-04").0, json!({ "reason": reason }), "{text}");
            }
        }
    }
    let said = |text: &str| cycle(text).shown("CYC-04").1;
    assert_ne!(said("01/02/2027"), said("31.11.2026"));
    assert_ne!(said("31.11.2026"), said("31.10.1826"));
}

#[test]
fn cyc_04_trips_on_anything_but_text_as_on_another_type() {
    for value in [json!(46_419), json!(true), json!([]), json!({ "year": 2027 })] {
        cycle(value.clone()).trips("CYC-04", END, "type", "error");
        cycle(value).quiet("GEN-06");
    }
}

#[test]
fn gen_06_trips_on_the_empty_date_of_1c_which_is_absent() {
    for text in
        ["0001-01-01", "01.01.0001", "1.1.0001", "0001-01-01T00:00:00", "0001-01-01T00:00:00Z", "01.01.0001 0:00:00"]
    {
        let case = cycle(text);
        assert_eq!(
            case.issues().iter().map(|(at, code, ..)| (&**at, &**code)).collect::<Vec<_>>(),
            [(END, "coerced"), (END, "required")],
            "{text}"
        );
        // A missing value comes before how it was written.
        cycle(text).strict().finds("CYC-04", &[(END, "required", "error")]);
        cycle(text).strict().quiet("GEN-06");

        let optional = born(text);
        optional.finds("GEN-06", &[("/birth_date", "coerced", "note")]);
        assert_eq!(optional.body().get("birth_date"), None, "{text}");
        born(text).strict().finds("GEN-06", &[("/birth_date", "type", "error")]);
    }
    born(" 0001-01-01").finds("GEN-06", &[("/birth_date", "trimmed", "note")]);
}

#[test]
fn gen_06_is_quiet_on_a_date_that_is_blank() {
    for blank in ["", " ", "\u{200b}"] {
        born(blank).quiet("GEN-06");
        cycle(blank).finds("CYC-04", &[(END, "required", "error")]);
    }
}

#[test]
fn rules_over_dates_read_every_writing() {
    cycle("31.12.2026 г.").trips("CYC-05", END, "date_order", "error");
    cycle("1.1.2027").quiet("CYC-05");
    capitation().set("/start_date", "1.1.2027").set("/end_date", "31.12.2026").trips(
        "CTR-13",
        "/end_date",
        "date_order",
        "error",
    );
    born("1.1.2030").today("2029-12-31").trips("APP-08", "/birth_date", "date_order", "warning");
}
