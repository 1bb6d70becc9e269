//! What a person typed or pasted, in a live form: plain writings leave no note, the words of a sheet are read, rows in which nothing
//! stands are no rows, and what was typed comes back as it was. A program's values, and drafts as a whole, are read as ever.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests may fail loudly")]

use crate::support::programme::programme;
use crate::support::table;
use portform::form::{Changes, Filter, Form};
use portform::{Mode, Options, Packed, check};
use serde_json::{Value, json};

fn strict() -> Options {
    Options { mode: Mode::Strict, ..Options::default() }
}

fn cycle() -> Value {
    json!({
        "id": "c", "programme": "P", "begin_date": "2027-01-01", "end_date": "2027-02-01", "education_form": "fulltime",
        "is_budget": true, "is_paid": true, "is_paid_foms": false, "has_budget_places": true, "budget_places": 10,
        "price": 5, "has_paid_places": true, "paid_places": 5
    })
}

fn form(payload: &str, options: Options, value: Value) -> Form {
    Form::new(table(payload), options, Some(value))
}

/// Every issue as pointer and code.
fn found(form: &Form) -> Vec<(String, String)> {
    let issues = form.issues(&Filter::default()).unwrap();
    issues.iter().map(|issue| (issue.pointer(), issue.code.as_str().to_owned())).collect()
}

/// What is found at one place.
fn at(form: &Form, pointer: &str) -> Vec<String> {
    found(form).into_iter().filter(|(at, _)| at == pointer).map(|(_, code)| code).collect()
}

/// Sets a value in an otherwise valid cycle, lenient and strict: what is found there, and what is sent.
#[track_caller]
fn typed(pointer: &str, value: impl Into<Value>, lenient: &[&str], in_strict: &[&str]) -> Value {
    let value: Value = value.into();
    let mut sent = Value::Null;
    for (options, expected) in [(Options::default(), lenient), (strict(), in_strict)] {
        let mut form = form("cycle.create", options, cycle());
        form.set(pointer, value.clone()).unwrap();
        assert_eq!(at(&form, pointer), expected, "{value} at {pointer}, {:?}", form.options().mode);
        let body: Value = serde_json::from_str(&form.preview().body).unwrap();
        sent = body.pointer(pointer).cloned().unwrap_or_default();
    }
    sent
}

fn results(options: Options) -> Form {
    form("results.bulk_update", options, json!({ "cycle_id": "c", "results": [] }))
}

/// What is sent of the form's rows.
fn rows(form: &Form) -> Value {
    let body: Value = serde_json::from_str(&form.preview().body).unwrap();
    body["results"].clone()
}

fn paste(form: &mut Form, index: usize, rows: Value, columns: &[&str]) -> Changes {
    form.paste("/results", index, rows, columns).unwrap()
}

#[test]
fn gen_06_is_quiet_on_a_plain_number_that_was_typed() {
    for (text, sent) in [
        ("90", json!(90)),
        ("12000.50", json!(12000.5)),
        ("12000,5", json!(12000.5)),
        ("0012", json!(12)),
        ("12,0", json!(12)),
    ] {
        assert_eq!(typed("/price", text, &[], &[]), sent, "{text}");
    }
    assert_eq!(typed("/budget_places", "12", &[], &[]), 12);
    assert_eq!(typed("/budget_places", "12.0", &[], &[]), 12);
    typed("/price", "-5", &["too_small"], &["too_small"]);
    typed("/budget_places", "9007199254740992", &["unsafe_number"], &["unsafe_number"]);
    typed("/budget_places", "1,5", &["integer"], &["integer"]);
}

#[test]
fn gen_06_trips_on_a_number_that_was_typed_in_another_form() {
    for text in ["12 000,50", "12 000", "12000 руб.", "12'000"] {
        typed("/price", text, &["coerced"], &["type"]);
    }
    typed("/price", " 90", &["trimmed"], &["format"]);
    // Whether thousands were meant is asked of a person too.
    typed("/price", "12,500", &["inconsistent"], &["type"]);
}

#[test]
fn gen_06_is_quiet_on_a_number_that_was_given_for_a_text() {
    assert_eq!(typed("/id", 12, &[], &[]), "12");
    assert_eq!(typed("/id", 1.5, &[], &[]), "1.5");
    assert_eq!(typed("/phone", 84_951_234_567_i64, &[], &[]), "84951234567");
    typed("/phone", 12, &["format"], &["format"]);
    // An identifier never changes silently.
    typed("/id", 9_007_199_254_740_992.0, &["unsafe_number"], &["unsafe_number"]);
    typed("/id", 1e20, &["unsafe_number"], &["unsafe_number"]);
}

#[test]
fn gen_06_is_quiet_on_a_day_that_was_typed() {
    for text in ["2027-02-03", "3.2.2027", "03.02.2027", "03.2.2027"] {
        assert_eq!(typed("/end_date", text, &[], &[]), "2027-02-03", "{text}");
    }
}

#[test]
fn gen_06_trips_on_a_day_that_was_typed_in_another_form() {
    for text in ["03.02.2027 г.", "2027-02-03T10:00", "03.02.2027 9:30", "2027-02-03T00:00:00Z"] {
        assert_eq!(typed("/end_date", text, &["coerced"], &["type"]), "2027-02-03", "{text}");
    }
    typed("/end_date", "2027-02-03T21:00:00Z", &["inconsistent"], &["type"]);
    typed("/end_date", " 3.2.2027", &["trimmed"], &["format"]);
    typed("/end_date", "01.01.0001", &["coerced", "required"], &["required"]);
    typed("/end_date", "46419", &["date"], &["date"]);
    typed("/end_date", 46_419, &["type"], &["type"]);
}

#[test]
fn gen_06_is_quiet_on_true_and_false_that_were_typed() {
    assert_eq!(typed("/is_outbound", "true", &[], &[]), true);
    assert_eq!(typed("/is_outbound", "false", &[], &[]), false);
    typed("/is_outbound", "TRUE", &["coerced"], &["type"]);
    for word in ["да", "yes", "+", "истина"] {
        typed("/is_outbound", word, &["type"], &["type"]);
    }
}

#[test]
fn gen_06_trips_on_spellings_whoever_wrote_them() {
    typed("/education_form", "FullTime", &["alias"], &["enum"]);
    typed("/education_form", "Очная", &["enum"], &["enum"]);
    typed("/id", "x ", &["trimmed"], &["format"]);
}

#[test]
fn gen_06_is_quiet_on_everything_in_an_item_that_was_inserted() {
    for options in [Options::default(), strict()] {
        let mut form = form("programme.create", options, json!({ "is_paid": true }));
        form.insert("/prices", 0, Some(json!({ "price": "12000,5", "start_date": "1.2.2027", "comment": 5 }))).unwrap();
        form.insert(
            "/specialities",
            0,
            Some(json!({ "name": 5, "main": "true", "programmes": [{ "id": "x", "umk": [{ "partitions": [] }] }] })),
        )
        .unwrap();
        let kept = |pointer: &str| {
            found(&form).iter().any(|(at, code)| at.starts_with(pointer) && ["coerced", "type"].contains(&&**code))
        };
        assert!(!kept("/prices/") && !kept("/specialities/"), "{:?}", found(&form));
    }
}

#[test]
fn gen_06_is_quiet_on_an_object_that_was_set_with_everything_in_it() {
    let simulation = json!({ "volume": "12,5", "equipment": "true", "description": 7 });
    let value = json!({ "is_simulation": true });
    let mut form = form("programme.create", strict(), value);
    form.set("/simulation", simulation.clone()).unwrap();
    assert_eq!(
        at(&form, "/simulation/volume").len()
            + at(&form, "/simulation/equipment").len()
            + at(&form, "/simulation/description").len(),
        0
    );
    form.set("", json!({ "is_simulation": "true", "simulation": simulation, "name": 5 })).unwrap();
    assert!(!found(&form).iter().any(|(_, code)| code == "type"), "{:?}", found(&form));
}

#[test]
fn gen_06_trips_on_a_draft_as_a_whole() {
    let mut value = cycle();
    value["price"] = json!("90");
    value["id"] = json!(7);
    value["end_date"] = json!("1.2.2027");
    let mut form = form("cycle.create", Options::default(), value.clone());
    let expected = [("/id", "coerced"), ("/end_date", "coerced"), ("/price", "coerced")];
    let expected = expected.map(|(at, code)| (at.to_owned(), code.to_owned()));
    assert_eq!(found(&form), expected);
    form.replace(cycle());
    assert_eq!(found(&form), []);
    form.replace(value);
    assert_eq!(found(&form), expected);
    form.set("/price", json!("91")).unwrap();
    assert_eq!(found(&form), expected[..2]);
}

#[test]
fn who_typed_a_value_is_remembered_wherever_it_goes() {
    let mut form = form(
        "programme.create",
        strict(),
        json!({ "is_paid": true, "prices": [{ "price": 1, "start_date": "2027-01-01" }] }),
    );
    let noted =
        |form: &Form| found(form).iter().filter(|(at, code)| at.starts_with("/prices") && code == "type").count();
    form.insert("/prices", 1, Some(json!({ "price": "12000,5", "start_date": "1.2.2027" }))).unwrap();
    form.move_item("/prices", 1, 0).unwrap();
    assert_eq!(noted(&form), 0);
    form.remove("/prices", 0).unwrap();
    form.undo().unwrap();
    assert_eq!(noted(&form), 0);
    form.set("/prices/0/price", json!("7,5")).unwrap();
    form.undo().unwrap();
    form.redo().unwrap();
    assert_eq!(noted(&form), 0);
    form.set_options(Options::default());
    form.set_options(strict());
    assert_eq!(noted(&form), 0);
    // Texts move when the store is put in order.
    for number in 0..40 {
        form.set("/annotation", json!("x".repeat(100_000 + number))).unwrap();
    }
    assert_eq!(noted(&form), 0);
    assert_eq!(form.report().issues(), form.issues(&Filter::default()).unwrap());
    // As data, the same values are no longer what a person typed.
    let data = form.value();
    let options = strict();
    assert!(!check(table("programme.create"), Packed::new(&data), &options).valid());
}

#[test]
fn a_snapshot_says_who_wrote_what() {
    let mut form = form("programme.create", strict(), json!({ "is_paid": true, "name": "7,5", "annotation": 7 }));
    form.insert("/prices", 0, Some(json!({ "price": "12000,5", "start_date": "1.2.2027", "comment": 5 }))).unwrap();
    form.paste("/prices", 1, json!([[46_419, "90"], [" 46419", "5,5"]]), &["start_date", "price"]).unwrap();
    form.set("/is_simulation", json!("true")).unwrap();
    for mode in [Mode::Strict, Mode::Lenient] {
        let options = Options { mode, ..Options::default() };
        form.set_options(options.clone());
        let again = Form::new(table("programme.create"), options, Some(Packed::new(&form.snapshot())));
        assert_eq!(found(&again), found(&form));
        assert_eq!(again.preview().body, form.preview().body);
        assert_eq!((again.value(), again.snapshot()), (form.value(), form.snapshot()));
    }
    let data = Form::new(table("programme.create"), strict(), Some(Packed::new(&form.value())));
    assert_ne!(found(&data), found(&form));
}

#[test]
fn typed_values_are_what_conditions_and_rules_read() {
    let mut form = form("cycle.create", strict(), cycle());
    form.set("/is_paid", json!("false")).unwrap();
    let state = form.states().into_iter().find(|state| state.pointer == "/price").unwrap();
    assert!(!state.relevant);
    form.set("/is_paid", json!("true")).unwrap();
    form.set("/end_date", json!("31.12.2026")).unwrap();
    assert_eq!(at(&form, "/end_date"), ["date_order"]);
}

const COLUMNS: [&str; 3] = ["request_number", "attended", "result_status"];

#[test]
fn gen_06_is_quiet_on_the_words_of_a_pasted_sheet() {
    for options in [Options::default(), strict()] {
        let words = [
            ("Да", true),
            ("ДА", true),
            ("нет", false),
            ("Так", true),
            ("ні", false),
            ("Ні", false),
            ("Yes", true),
            ("NO", false),
            ("+", true),
            ("-", false),
            ("–", false),
            ("—", false),
            ("−", false),
            ("ИСТИНА", true),
            ("ложь", false),
            ("ІСТИНА", true),
            ("Хибність", false),
            ("TRUE", true),
            ("False", false),
        ];
        for (word, flag) in words {
            let mut form = results(options.clone());
            paste(&mut form, 0, json!([["1", word, "не проходил обучение"]]), &COLUMNS);
            assert_eq!(rows(&form)[0]["attended"], flag, "{word}");
            assert_eq!(rows(&form)[0]["result_status"], "NOT_TRAINED");
            assert_eq!(at(&form, "/results/0/attended"), [""; 0], "{word}");
            assert_eq!(at(&form, "/results/0/result_status"), [""; 0]);
        }
    }
}

#[test]
fn gen_06_is_quiet_on_labels_that_are_pasted_in_any_language_and_letter_case() {
    for (label, sent) in [
        ("Прошёл обучение", "SUCCEED"),
        ("ПРОШЕЛ ОБУЧЕНИЕ", "SUCCEED"),
        ("пройшов навчання", "SUCCEED"),
        ("Passed", "SUCCEED"),
        ("passed", "SUCCEED"),
        ("Не прошел обучение", "FAILED"),
        ("не прошёл обучение", "FAILED"),
        ("Не пройшов навчання", "FAILED"),
        ("Failed", "FAILED"),
        ("fAILED", "FAILED"),
        ("Не проходил обучение", "NOT_TRAINED"),
        ("did not attend", "NOT_TRAINED"),
    ] {
        for options in [Options::default(), strict()] {
            let mut form = results(options);
            paste(&mut form, 0, json!([["1", "", label]]), &COLUMNS);
            assert_eq!(rows(&form)[0]["result_status"], sent, "{label}");
            assert_eq!(at(&form, "/results/0/result_status"), [""; 0], "{label}");
        }
    }
    // What is no label is read as it is elsewhere.
    for (word, lenient, in_strict) in [
        ("Succeed", "alias", "enum"),
        ("success", "alias", "enum"),
        (" Passed", "trimmed", "format"),
        ("зачтено", "enum", "enum"),
    ] {
        for (options, code) in [(Options::default(), lenient), (strict(), in_strict)] {
            let mut form = results(options);
            paste(&mut form, 0, json!([["1", "", word]]), &COLUMNS);
            assert_eq!(at(&form, "/results/0/result_status"), [code], "{word}");
        }
    }
}

#[test]
fn gen_06_trips_on_excels_day_numbers_in_a_pasted_sheet() {
    for given in [json!(46_419), json!("46419")] {
        let mut form = form("programme.create", Options::default(), json!({ "is_paid": true }));
        form.paste("/prices", 0, json!([[given]]), &["start_date"]).unwrap();
        assert_eq!(at(&form, "/prices/0/start_date"), ["coerced"], "{given}");
        let body: Value = serde_json::from_str(&form.preview().body).unwrap();
        assert_eq!(body["prices"][0]["start_date"], "2027-02-01");
        form.set_options(strict());
        assert_eq!(at(&form, "/prices/0/start_date"), ["type"]);
    }
    for (given, code) in [
        (json!(19_999), "type"),
        (json!(80_001), "type"),
        (json!(46_419.5), "type"),
        (json!("19999"), "date"),
        (json!("46419,5"), "date"),
        (json!("46 419"), "date"),
        (json!(80_000), "date"),
        (json!(true), "type"),
        (json!(" 46419"), "trimmed"),
    ] {
        let mut form = form("programme.create", Options::default(), json!({ "is_paid": true }));
        form.paste("/prices", 0, json!([[given]]), &["start_date"]).unwrap();
        assert_eq!(at(&form, "/prices/0/start_date"), [code], "{given}");
    }
    // A number is a day in a date's column only.
    let mut form = results(strict());
    paste(&mut form, 0, json!([[46_419, null, "FAILED"]]), &COLUMNS);
    assert_eq!(rows(&form)[0]["request_number"], "46419");
    assert_eq!(at(&form, "/results/0/request_number"), [""; 0]);
}

#[test]
fn gen_06_is_quiet_on_plain_values_that_are_pasted() {
    let mut form = form("programme.create", strict(), json!({ "is_paid": true }));
    form.paste(
        "/prices",
        0,
        json!([["12000,50", "1.2.2027", 7], [90, "2027-03-01", "x"]]),
        &["price", "start_date", "comment"],
    )
    .unwrap();
    assert!(!found(&form).iter().any(|(at, _)| at.starts_with("/prices")), "{:?}", found(&form));
    form.paste("/prices", 0, json!([["12 000", "1.2.2027 г."]]), &["price", "start_date"]).unwrap();
    assert_eq!([at(&form, "/prices/0/price"), at(&form, "/prices/0/start_date")], [["type"], ["type"]]);
}

#[test]
fn rows_in_which_nothing_stands_are_no_rows() {
    let blank = json!([["", ""], [" ", null], ["\u{a0}", "\u{200b}"], []]);
    let mut none = form("results.bulk_update", Options::default(), json!({}));
    let before = none.version();
    let changes = none.paste("/results", 0, blank.clone(), &COLUMNS[..2]).unwrap();
    assert_eq!((changes.added.len(), changes.removed.len(), none.version()), (0, 0, before));
    assert!(none.undo().is_none(), "it is no step");
    assert_eq!(none.length("/results").unwrap(), 0);

    let mut form = results(Options::default());
    paste(&mut form, 0, json!([["1", "да"], ["", ""], ["2", "нет"], ["", " "]]), &COLUMNS[..2]);
    assert_eq!(form.length("/results").unwrap(), 2);
    assert_eq!((&rows(&form)[0]["request_number"], &rows(&form)[1]["request_number"]), (&json!("1"), &json!("2")));
    // Over rows that are there: a blank row takes none of them.
    paste(&mut form, 0, json!([["", ""], ["3", "да"], ["", ""], ["4", "да"], ["5", "да"]]), &COLUMNS[..2]);
    let numbers: Vec<Value> = rows(&form).as_array().unwrap().iter().map(|row| row["request_number"].clone()).collect();
    assert_eq!(numbers, ["3", "4", "5"]);
    // What stands beside the columns goes nowhere, and makes no row.
    paste(&mut form, 3, json!([["", "", "примечание"]]), &COLUMNS[..2]);
    assert_eq!(form.length("/results").unwrap(), 3);
    // A zero, a no and a thing that is no value are something.
    paste(&mut form, 3, json!([[0, null], [null, false], [[], null]]), &COLUMNS[..2]);
    assert_eq!(form.length("/results").unwrap(), 6);
}

#[test]
fn rows_in_which_nothing_stands_are_none_across_the_parts_of_a_paste() {
    let block = [
        json!(["1", "да"]),
        json!(["", ""]),
        json!(["2", "да"]),
        json!([null, " "]),
        json!(["3", "нет"]),
        json!(["4", "нет"]),
    ];
    let mut whole = results(Options::default());
    paste(&mut whole, 0, json!(block), &COLUMNS[..2]);
    for size in 1..=block.len() {
        let mut parts = results(Options::default());
        for (at, rows) in block.chunks(size).enumerate() {
            parts.paste_part("/results", at * size, json!(rows), &COLUMNS[..2]).unwrap();
        }
        parts.finish();
        assert_eq!(parts.value(), whole.value(), "parts of {size}");
        assert_eq!(found(&parts), found(&whole));
    }
    let mut none = results(Options::default());
    none.paste_part("/results", 0, json!([["", ""]]), &COLUMNS[..2]).unwrap();
    none.finish();
    assert!(none.undo().is_none() && none.version() == 0);
}

#[test]
fn a_blank_cell_clears_what_stood_there() {
    let row = json!({ "request_number": "1", "attended": true, "result_status": "SUCCEED", "test_mark": 5, "certificate": "A" });
    for blank in [json!(""), json!(" "), json!(null), json!("\u{a0}")] {
        let mut form = form("results.bulk_update", Options::default(), json!({ "cycle_id": "c", "results": [row] }));
        paste(
            &mut form,
            0,
            json!([["1", blank, blank, blank]]),
            &["request_number", "attended", "test_mark", "certificate"],
        );
        let sent = &rows(&form)[0];
        assert_eq!((sent.get("attended"), sent.get("test_mark")), (None, None), "{blank}");
        assert_ne!(sent["certificate"], "A");
        assert_eq!(at(&form, "/results/0/test_mark"), ["required_when"]);
        form.undo().unwrap();
        assert_eq!(rows(&form)[0]["certificate"], "A");
    }
    // A row that is too short for a column has no cell there.
    let mut form = form("results.bulk_update", Options::default(), json!({ "cycle_id": "c", "results": [row] }));
    paste(&mut form, 0, json!([["2"]]), &COLUMNS);
    assert_eq!((&rows(&form)[0]["request_number"], &rows(&form)[0]["attended"]), (&json!("2"), &json!(true)));
}

/// The form gives back just these rows.
#[track_caller]
fn keeps(form: &Form, rows: &Value) {
    let same = self::form("results.bulk_update", Options::default(), json!({ "cycle_id": "c", "results": rows }));
    assert!(form.value() == same.value(), "{:?}", String::from_utf8_lossy(&form.value()));
}

#[test]
fn a_word_that_is_read_gives_way_to_its_value_and_one_that_is_not_stays() {
    let mut form = results(Options::default());
    let block = json!([
        ["1", "Так", "прошел обучение"],
        ["2", "может быть", "зачтено"],
        ["3", " нет ", "Did not attend "],
        ["4", "true", "FAILED"],
        ["5", "TRUE", "success"]
    ]);
    paste(&mut form, 0, block, &COLUMNS);
    let expected = json!([
        { "request_number": "1", "attended": true, "result_status": "SUCCEED" },
        { "request_number": "2", "attended": "может быть", "result_status": "зачтено" },
        // A note tells how these are read.
        { "request_number": "3", "attended": " нет ", "result_status": "Did not attend " },
        { "request_number": "4", "attended": "true", "result_status": "FAILED" },
        { "request_number": "5", "attended": true, "result_status": "success" },
    ]);
    keeps(&form, &expected);
    let codes = |row: usize| {
        found(&form)
            .into_iter()
            .filter(move |(at, _)| at.starts_with(&format!("/results/{row}/")))
            .map(|(_, code)| code)
    };
    assert_eq!(codes(0).collect::<Vec<_>>(), ["required_when"]);
    assert_eq!(codes(1).collect::<Vec<_>>(), ["type", "enum"]);
    assert_eq!(codes(2).collect::<Vec<_>>(), ["trimmed", "trimmed"]);
    assert_eq!(codes(4).collect::<Vec<_>>(), ["alias", "required_when"]);
    form.undo().unwrap();
    keeps(&form, &json!([]));
    form.redo().unwrap();
    keeps(&form, &expected);
    let mut table = results(Options::default());
    let mut options = Options::default();
    options.dialect.result_status_table = true;
    table.set_options(options);
    paste(&mut table, 0, json!([["1", "", "Прошёл обучение"]]), &COLUMNS);
    keeps(&table, &json!([{ "request_number": "1", "attended": "", "result_status": "succed" }]));
    // A value set in its place is read as typed, no longer as pasted.
    form.set("/results/2/attended", json!(" да ")).unwrap();
    assert_eq!(at(&form, "/results/2/attended"), ["type"]);
}

#[test]
fn what_is_there_already_is_no_change_whoever_wrote_it() {
    let mut value = cycle();
    value["price"] = json!("90");
    let mut form = form("cycle.create", Options::default(), value);
    let version = form.version();
    assert!(form.set("/price", json!("90")).unwrap().removed.is_empty());
    assert_eq!((form.version(), at(&form, "/price")), (version, vec!["coerced".to_owned()]));

    let mut rows = results(Options::default());
    paste(&mut rows, 0, json!([["1", "да", ""]]), &COLUMNS);
    let version = rows.version();
    paste(&mut rows, 0, json!([["1", "ДА", ""]]), &COLUMNS);
    rows.set("/results/0/attended", json!(true)).unwrap();
    assert_eq!(rows.version(), version);
    // Pasted, the same text says more than it did.
    rows.set("/results/0/attended", json!(" нет")).unwrap();
    assert_eq!(at(&rows, "/results/0/attended"), ["type"]);
    paste(&mut rows, 0, json!([["1", " нет", ""]]), &COLUMNS);
    assert_eq!(at(&rows, "/results/0/attended"), ["trimmed"]);
}

#[test]
fn an_excel_day_gives_way_to_the_date_and_is_noted_until_it_is_edited() {
    let mut form = form("programme.create", strict(), json!({ "is_paid": true }));
    form.paste("/prices", 0, json!([[46_419], ["46419"], [80_000], [" 46419"]]), &["start_date"]).unwrap();
    let day = |form: &mut Form, row: usize| {
        String::from_utf8_lossy(&form.get(&format!("/prices/{row}/start_date")).unwrap()).into_owned()
    };
    assert!(day(&mut form, 0).ends_with("2027-02-01") && day(&mut form, 1).ends_with("2027-02-01"));
    assert!(day(&mut form, 3).ends_with(" 46419"));
    assert_eq!(
        [0, 1, 2, 3].map(|row| at(&form, &format!("/prices/{row}/start_date"))[0].clone()),
        ["type", "type", "date", "format"]
    );
    form.set_options(Options::default());
    assert_eq!(at(&form, "/prices/0/start_date"), ["coerced"]);
    // The same date, written by a person, is another thing.
    form.set("/prices/0/start_date", json!("2027-02-01")).unwrap();
    assert_eq!(at(&form, "/prices/0/start_date"), [""; 0]);
    form.undo().unwrap();
    assert_eq!(at(&form, "/prices/0/start_date"), ["coerced"]);
}

#[test]
fn a_programme_that_is_typed_field_by_field_is_sent_without_a_note() {
    let whole = programme();
    let body = whole.body();
    let mut form = form("programme.create", strict(), json!({}));
    for (name, value) in body.as_object().unwrap() {
        let typed = match value {
            Value::Number(number) => json!(number.to_string().replace('.', ",")),
            Value::Bool(flag) => json!(flag.to_string()),
            other => other.clone(),
        };
        form.set(&format!("/{name}"), typed).unwrap();
    }
    assert_eq!(found(&form), []);
    assert_eq!(serde_json::from_str::<Value>(&form.body().unwrap()).unwrap(), body);
}
