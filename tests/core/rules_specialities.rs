//! The rules of a programme's specialities, PRG-25 to PRG-33, of its status, PRG-34, and the context that they need: each tripped by
//! one test and left alone by another.

#![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use crate::support::Case;
use crate::support::programme::{programme, update};
use serde_json::{Value, json};

const HEART: &str = "7ae1cf44-62f8-ee0f-7ce6-add76581886f";
const VIRUS: &str = "0c3478c0-83bd-780e-11f0-56349e08e7f5";
const KIT_OLD: &str = "f2afe0be-92c2-05bc-0c04-74ec1f2a8fe6";
const KIT_NEW: &str = "073bc744-fb09-acf0-32d0-bdc574205b4e";
const BIRTH: &str = "50953965-12a2-1b3e-9e5e-6c7e855da909";
const CLOT: &str = "2231cdcd-ffbf-d79e-557e-fed3429abe55";
const SHARED: &str = "11111111-2222-3333-4444-555555555555";

/// One programme of the first speciality.
fn taught(programme: Value) -> Case {
    self::programme().set("/specialities/0/programmes", json!([programme]))
}

fn reference() -> Value {
    json!({ "programmes": [
        { "id": VIRUS, "name": "Вирусы", "speciality": "Вирусология", "umk": [] },
        { "id": HEART, "name": "Сердце", "speciality": "Кардиология", "umk": [
            { "id": KIT_NEW, "name": "2", "actual": true, "partitions": [{ "id": BIRTH }, { "id": SHARED }] },
            { "id": KIT_OLD, "name": "1", "actual": false, "partitions": [{ "id": CLOT, "name": "ТЭЛА" }, { "id": SHARED }] }
        ] }
    ] })
}

fn known(case: Case) -> Case {
    case.programmes(&reference())
}

const AT: &str = "/specialities/0/programmes/0";

#[test]
fn prg_25_trips_without_a_speciality() {
    programme().without("/specialities").trips("PRG-25", "/specialities", "required", "error");
    programme().set("/specialities", json!([])).trips("PRG-25", "/specialities", "too_few", "error");
    programme().set("/specialities/1", Value::Null).trips("PRG-25", "/specialities/1", "required", "error");
}

#[test]
fn prg_25_is_quiet_on_one_speciality() {
    programme().set("/specialities", json!([{ "name": "Терапия", "main": true }])).quiet("PRG-25");
}

#[test]
fn prg_26_trips_on_a_missing_double_or_unknown_name() {
    programme().without("/specialities/0/name").trips("PRG-26", "/specialities/0/name", "required", "error");
    programme().set("/specialities/1/name", "Кардиология ").trips(
        "PRG-26",
        "/specialities/1/name",
        "duplicate",
        "warning",
    );
    let list = json!({ "specialities": [{ "name": "Терапия" }] });
    let case = programme().specialities(&list);
    case.trips("PRG-26", "/specialities/0/name", "unknown_reference", "error");
    assert_eq!(case.shown("PRG-26").0, json!({ "list": "specialities" }));
    programme().specialities(&json!(["Терапия"])).trips("PRG-26", "/specialities/0/name", "unknown_reference", "error");
}

#[test]
fn prg_26_is_quiet_on_names_of_the_list() {
    programme().specialities(&json!(["Терапия", " Кардиология "])).quiet("PRG-26");
    programme().quiet("PRG-26");
}

#[test]
fn prg_27_trips_without_the_flag() {
    programme().without("/specialities/1/main").trips("PRG-27", "/specialities/1/main", "required", "error");
}

#[test]
fn prg_27_is_quiet_with_the_flag() {
    programme().set("/specialities/0/main", "true").quiet("PRG-27");
}

#[test]
fn prg_28_trips_unless_exactly_one_is_main() {
    let none = programme().set("/specialities/0/main", false);
    none.trips("PRG-28", "/specialities", "exactly_one", "error");
    assert_eq!(none.shown("PRG-28").0, json!({ "field": "main", "count": 0 }));
    let two = programme().set("/specialities/1/main", true);
    assert_eq!(two.shown("PRG-28").0, json!({ "field": "main", "count": 2 }));
}

#[test]
fn prg_28_is_quiet_on_one_main_and_while_a_flag_is_missing_or_unreadable() {
    programme().quiet("PRG-28");
    programme().set("/specialities/0/main", "?").quiet("PRG-28");
    programme().set("/specialities/1/main", true).without("/specialities/0/main").quiet("PRG-28");
    programme().set("/specialities", json!([])).quiet("PRG-28");
}

#[test]
fn prg_29_trips_on_what_is_no_flag() {
    let at = "/specialities/0/all_partitions";
    programme().set(at, json!({})).trips("PRG-29", at, "type", "error");
}

#[test]
fn prg_29_is_quiet_on_a_flag() {
    programme().set("/specialities/0/all_partitions", true).quiet("PRG-29");
}

#[test]
fn prg_30_trips_when_all_partitions_are_chosen_and_some_are_listed() {
    let case = taught(json!({ "id": HEART })).set("/specialities/0/all_partitions", true);
    case.trips("PRG-30", "/specialities/0/programmes", "inconsistent", "warning");
    programme().set("/specialities/0/programmes", 5).trips("PRG-30", "/specialities/0/programmes", "type", "error");
}

#[test]
fn prg_30_is_quiet_on_one_of_the_two() {
    taught(json!({ "id": HEART })).set("/specialities/0/all_partitions", false).quiet("PRG-30");
    programme()
        .set("/specialities/0/programmes", json!([]))
        .set("/specialities/0/all_partitions", true)
        .quiet("PRG-30");
    let wrapped = programme().set("/specialities/0/programmes", json!({ "id": HEART }));
    wrapped.quiet("PRG-30");
    wrapped.trips("GEN-06", "/specialities/0/programmes", "wrapped", "note");
    assert_eq!(wrapped.body()["specialities"][0]["programmes"], json!([{ "id": HEART }]));
}

#[test]
fn prg_31_trips_on_a_programme_that_is_missing_double_unknown_or_of_another_speciality() {
    let at = "/specialities/0/programmes/0/id";
    taught(json!({ "umk": [] })).trips("PRG-31", at, "required", "error");
    taught(json!({ "id": "x" })).trips("PRG-31", at, "format", "warning");
    let twice = programme().set("/specialities/0/programmes", json!([{ "id": HEART }, { "id": HEART }]));
    twice.trips("PRG-31", "/specialities/0/programmes/1/id", "duplicate", "warning");
    known(taught(json!({ "id": KIT_OLD }))).trips("PRG-31", at, "unknown_reference", "error");
    known(taught(json!({ "id": VIRUS }))).trips("PRG-31", at, "mismatch", "warning");
    // One id in another letter case is the same id.
    let twice = programme().set("/specialities/0/programmes", json!([{ "id": HEART }, { "id": HEART.to_uppercase() }]));
    twice.trips("PRG-31", "/specialities/0/programmes/1/id", "duplicate", "warning");
}

#[test]
fn prg_31_is_quiet_on_a_programme_of_the_speciality() {
    known(taught(json!({ "id": HEART.to_uppercase() }))).quiet("PRG-31");
    taught(json!({ "id": VIRUS })).quiet("PRG-31");
    known(taught(json!({ "id": VIRUS })).set("/specialities/0/name", Value::Null)).quiet("PRG-31");
}

#[test]
fn prg_32_trips_on_kits_and_partitions_that_do_not_belong() {
    let kit = |kit: Value| taught(json!({ "id": HEART, "umk": [kit] }));
    let at = format!("{AT}/umk/0/id");
    kit(json!({})).trips("PRG-32", &at, "required", "error");
    kit(json!({ "id": KIT_NEW, "partitions": [{}] })).trips(
        "PRG-32",
        &format!("{AT}/umk/0/partitions/0/id"),
        "required",
        "error",
    );
    known(kit(json!({ "id": KIT_OLD }))).trips("PRG-32", &at, "stale_reference", "warning");
    known(kit(json!({ "id": VIRUS }))).trips("PRG-32", &at, "unknown_reference", "error");
    known(taught(json!({ "id": VIRUS, "umk": [{ "id": KIT_NEW }] }))).trips(
        "PRG-32",
        &at,
        "unknown_reference",
        "error",
    );
    known(kit(json!({ "id": KIT_NEW, "partitions": [{ "id": CLOT }] }))).trips(
        "PRG-32",
        &format!("{AT}/umk/0/partitions/0/id"),
        "unknown_reference",
        "error",
    );
}

#[test]
fn prg_32_is_quiet_on_kits_and_partitions_that_belong() {
    let given = json!({ "id": HEART, "umk": [{ "id": KIT_NEW.to_uppercase(), "partitions": [{ "id": BIRTH.to_uppercase() }] }] });
    known(taught(given.clone())).fine();
    taught(given).fine();
    known(taught(json!({ "id": KIT_OLD, "umk": [{ "id": KIT_NEW }] }))).quiet("PRG-32");
    known(taught(json!({ "id": HEART, "umk": {"id": KIT_NEW} }))).quiet("PRG-32");
}

#[test]
fn prg_33_trips_on_flat_partitions() {
    let at = format!("{AT}/partitions");
    let flat = |ids: &[&str]| {
        let partitions: Vec<_> = ids.iter().map(|id| json!({ "id": id })).collect();
        taught(json!({ "id": HEART, "partitions": partitions }))
    };
    flat(&[BIRTH]).trips("PRG-33", &at, "inconsistent", "warning");
    assert_eq!(flat(&[BIRTH]).body()["specialities"][0]["programmes"][0]["partitions"], json!([{ "id": BIRTH }]));
    for ids in [&[SHARED][..], &[BIRTH, SHARED], &[BIRTH, VIRUS]] {
        let case = known(flat(ids));
        case.trips("PRG-33", &at, "inconsistent", "warning");
        assert!(case.body()["specialities"][0]["programmes"][0].get("umk").is_none());
    }
    let case = known(flat(&[CLOT, BIRTH]));
    case.quiet("PRG-33");
    case.trips("GEN-06", &at, "alias", "note");
    assert_eq!(case.shown("GEN-06").0, json!({ "to": "umk" }));
    assert_eq!(
        case.body()["specialities"][0]["programmes"][0],
        json!({ "id": HEART, "umk": [
            { "id": KIT_OLD, "partitions": [{ "id": CLOT }] },
            { "id": KIT_NEW, "partitions": [{ "id": BIRTH }] }
        ] })
    );
    // One of the kits that result is not current: told of the lifted ones as of those that were given.
    case.trips("PRG-32", &at, "stale_reference", "warning");
    known(flat(&[BIRTH])).quiet("PRG-32");
    let strict = case.clone().strict();
    strict.trips("GEN-06", &at, "enum", "error");
    strict.quiet("PRG-32");
    let promoted = case.clone().promote("PRG-32");
    promoted.trips("PRG-32", &at, "stale_reference", "error");
    let again = known(Case::new("programme.create", case.body()));
    again.quiet("PRG-33");
    again.quiet("GEN-06");
    again.trips("PRG-32", &format!("{AT}/umk/0/id"), "stale_reference", "warning");
    assert_eq!(again.body(), case.body());
    taught(json!({ "id": HEART, "partitions": [{}] })).trips("PRG-33", &format!("{at}/0/id"), "required", "error");
    let both = taught(json!({ "id": HEART, "umk": [{ "id": KIT_NEW }], "partitions": [{ "id": BIRTH }] }));
    both.trips("PRG-33", &at, "not_relevant", "warning");
    assert!(both.body()["specialities"][0]["programmes"][0].get("partitions").is_none());
}

#[test]
fn prg_33_trips_without_a_reference_and_without_a_readable_programme() {
    let at = format!("{AT}/partitions");
    for id in [json!(5), json!(null), json!(" "), json!([]), json!("x")] {
        let case = taught(json!({ "id": id, "partitions": [{ "id": BIRTH }] }));
        case.trips("PRG-33", &at, "inconsistent", "warning");
        known(case).trips("PRG-33", &at, "inconsistent", "warning");
    }
    // A umk that cannot be read is there; so these are not relevant.
    let both = taught(json!({ "id": HEART, "umk": 5, "partitions": [{ "id": BIRTH }] }));
    both.trips("PRG-33", &at, "not_relevant", "warning");
    // The reference may name a kit twice.
    let mut twice = reference();
    let kits = twice["programmes"][1]["umk"].as_array_mut().unwrap();
    let mut again = kits[0].clone();
    again["id"] = json!(KIT_NEW.to_uppercase());
    kits.push(again);
    let case = taught(json!({ "id": HEART, "partitions": [{ "id": BIRTH }] })).programmes(&twice);
    case.trips("GEN-06", &at, "alias", "note");
}

#[test]
fn prg_33_is_quiet_while_a_partition_cannot_be_read() {
    for partition in [json!({ "id": 5 }), json!({}), json!(null), json!("x"), json!({ "id": " " })] {
        let case = taught(json!({ "id": HEART, "partitions": [{ "id": BIRTH }, partition] }));
        for case in [case.clone(), known(case)] {
            let at = format!("{AT}/partitions");
            assert!(!case.issues().iter().any(|(pointer, ..)| *pointer == at), "{:?}", case.issues());
        }
    }
}

#[test]
fn prg_33_is_quiet_without_flat_partitions() {
    for partitions in [json!([]), json!(null)] {
        known(taught(json!({ "id": HEART, "umk": [{ "id": KIT_NEW }], "partitions": partitions }))).fine();
        taught(json!({ "id": HEART, "umk": [], "partitions": partitions })).fine();
    }
}

#[test]
fn prg_34_trips_on_an_update_of_a_programme_that_is_not_in_revision() {
    for status in ["approved", "Утверждено", "В работе", "В архиве", "какой-то"] {
        update().status(status).trips("PRG-34", "", "wrong_status", "error");
    }
    assert_eq!(update().status("approved").shown("PRG-34").0, json!({ "allowed": ["needs_revision"] }));
}

#[test]
fn prg_34_is_quiet_in_revision_and_on_a_new_programme() {
    for status in ["На доработке", "rejected", "not_approved", "needs_revision"] {
        update().status(status).quiet("PRG-34");
    }
    update().quiet("PRG-34");
    programme().status("approved").quiet("PRG-34");
}

#[test]
fn a_part_of_the_context_of_another_shape_is_named() {
    let mut context = portform::context::Context::default();
    for odd in [json!(5), json!("x"), json!({}), json!({ "specialities": 5 }), json!([1.5, {}]), json!([null])] {
        let error = context.set_specialities(&odd).unwrap_err().to_string();
        assert!(error.contains("context.specialities"), "{odd}: {error}");
    }
    for odd in [json!(5), json!([]), json!({}), json!({ "programmes": [{ "umk": [] }] }), json!({ "programmes": [5] })]
    {
        let error = context.set_programmes(&odd).unwrap_err().to_string();
        assert!(error.contains("context.programmes"), "{odd}: {error}");
    }
    for odd in [json!(5), json!([]), json!({ "is_paid": "maybe" }), json!({ "education_form": "?" })] {
        let error = context.set_programme(&odd).unwrap_err().to_string();
        assert!(error.contains("context.programme"), "{odd}: {error}");
    }
    context.set_programme(json!({})).unwrap();
    context.set_programme(json!({ "specialities": 5, "zzz": 1 })).unwrap();
    context.set_specialities(json!([])).unwrap();
}
