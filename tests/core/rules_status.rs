//! The rules of a programme's review, STA-01 to STA-03 and EXP-01 to EXP-03: each tripped by one test and left alone by another.

use crate::support::Case;
use serde_json::{Value, json};

#[test]
fn sta_01_trips_without_a_programme() {
    Case::new("programme.status", json!({})).trips("STA-01", "/program_id", "required", "error");
}

#[test]
fn sta_01_is_quiet_with_a_programme() {
    Case::new("programme.status", json!({ "program_id": "P" })).fine();
}

fn status(value: Value) -> Case {
    Case::new("status.answer", value)
}

#[test]
fn sta_02_trips_on_an_answer_that_says_nothing() {
    status(json!({})).trips("STA-02", "/success", "required_when", "error");
    status(json!({ "success": "да" })).trips("STA-02", "/success", "type", "error");
    status(json!({ "success": true })).trips("STA-02", "/status", "required_when", "error");
    status(json!({ "success": true, "status": "" })).trips("STA-02", "/status", "required_when", "error");
    status(json!({ "success": false, "comment": 1.5, "reason": "unknown_program" })).quiet("STA-02");
    status(json!({ "success": false, "comment": true })).trips("STA-02", "/comment", "type", "error");
}

#[test]
fn sta_02_is_quiet_when_a_status_stands_for_success() {
    let case = status(json!({ "status": "not_approved", "status_reason": "требуется дополнительная информация" }));
    case.quiet("STA-02");
    let read = json!({ "success": true, "status": "needs_revision", "comment": "требуется дополнительная информация" });
    assert_eq!(case.body(), read);
    assert_eq!(status(read.clone()).body(), read);
    let case = status(json!({ "success": false, "description": "нет", "reason": "unknown_program" }));
    assert_eq!(case.body(), json!({ "success": false, "reason": "unknown_program", "comment": "нет" }));
}

#[test]
fn sta_03_trips_without_a_status_or_with_another_word() {
    status(json!({ "success": true })).quiet("STA-03");
    status(json!({ "status": "на рассмотрении" })).trips("STA-03", "/status", "enum", "error");
}

#[test]
fn sta_03_is_quiet_on_every_spelling_of_the_document() {
    for (given, read) in [
        ("in_progress", "in_progress"),
        ("Подано на экспертизу", "in_progress"),
        ("В работе", "in_progress"),
        ("approved", "approved"),
        ("Проверено", "approved"),
        ("УТВЕРЖДЕНО", "approved"),
        ("rejected", "needs_revision"),
        ("not_approved", "needs_revision"),
        ("На доработке", "needs_revision"),
        ("Отклонено", "declined"),
        ("declined", "declined"),
        ("Closed", "closed"),
        ("closed", "closed"),
        ("В архиве", "closed"),
    ] {
        assert_eq!(status(json!({ "success": true, "status": given })).body()["status"], read, "{given}");
    }
    for given in ["in_progress", "approved", "rejected", "Closed"] {
        status(json!({ "success": true, "status": given })).strict().fine();
    }
    status(json!({ "success": false })).quiet("STA-03");
}

fn expertise(value: Value) -> Case {
    Case::new("programme.expertise", value)
}

#[test]
fn exp_01_trips_without_a_programme() {
    expertise(json!({ "status": "approved" })).trips("EXP-01", "/program_id", "required", "error");
}

#[test]
fn exp_01_is_quiet_with_a_programme() {
    expertise(json!({ "program_id": "P", "status": "approved" })).fine();
}

#[test]
fn exp_02_trips_without_a_status() {
    expertise(json!({ "program_id": "P" })).trips("EXP-02", "/status", "required", "error");
    expertise(json!({ "program_id": "P", "status": "?" })).trips("EXP-02", "/status", "enum", "error");
}

#[test]
fn exp_02_is_quiet_on_a_status() {
    expertise(json!({ "program_id": "P", "status": "Отклонено" })).quiet("EXP-02");
}

#[test]
fn exp_03_trips_when_nothing_says_what_to_revise() {
    expertise(json!({ "program_id": "P", "status": "rejected" })).trips("EXP-03", "/comment", "required_when", "error");
}

#[test]
fn exp_03_is_quiet_when_it_is_said_or_nothing_is_to_be_revised() {
    expertise(json!({ "program_id": "P", "status": "На доработке", "comment": "объём" })).quiet("EXP-03");
    expertise(json!({ "program_id": "P", "status": "approved" })).quiet("EXP-03");
}

#[test]
fn sta_03_is_quiet_on_a_narrative_spelling_and_says_what_it_is_read_as() {
    let case = status(json!({ "status": "На доработке" }));
    case.quiet("STA-03");
    assert_eq!(case.shown("GEN-06").0, json!({ "to": "needs_revision" }));
    assert_eq!(case.body()["status"], "needs_revision");
}
