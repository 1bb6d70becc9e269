//! What is read as a text, a word or an identifier, whatever the payload: white space at the ends, blanks, spellings of listed values,
//! phone numbers, identifiers that are repaired, ids in any letter case, and names as they are written.

#![allow(clippy::unwrap_used, reason = "helpers of tests may fail loudly")]

use crate::support::contract::capitation;
use crate::support::programme::programme;
use crate::support::{Case, table};
use portform::form::Form;
use portform::options_read;
use portform::{Mode, Options};
use serde_json::{Value, json};

fn cycle() -> Case {
    let value = json!({
        "id": "c", "programme": "P", "begin_date": "2027-01-01", "end_date": "2027-02-01", "education_form": "fulltime",
        "is_budget": true, "is_paid": false, "is_paid_foms": false, "has_budget_places": true, "budget_places": 10
    });
    Case::new("cycle.create", value)
}

fn result(number: &str) -> Case {
    let row = json!({ "request_number": number, "result_status": "NOT_TRAINED" });
    Case::new("results.bulk_update", json!({ "cycle_id": "c", "results": [row] }))
}

/// The options of a JavaScript caller.
fn given(context: Value) -> Options {
    options_read::options(json!({ "context": context })).unwrap()
}

/// White space of every sort that people carry along.
const SPACES: [&str; 9] = [" ", "\t", "\n", "\u{a0}", "\u{2009}", "\u{202f}", "\u{3000}", "\u{200b}", "\u{feff}"];

#[test]
fn gen_06_trips_on_white_space_around_a_value_of_every_kind() {
    let uuid = "2922A240-63DB-404E-B730-09222BFEB2DD";
    let cases: [(Case, &str, &str); 9] = [
        (cycle(), "/id", "c"),
        (cycle(), "/budget_places", "10"),
        (cycle(), "/is_budget", "TRUE"),
        (cycle(), "/begin_date", "01.01.2027"),
        (cycle(), "/begin_date", "2027-01-01"),
        (cycle(), "/education_form", "FULLTIME"),
        (capitation(), "/nhs_contract_price", "12 000,5 грн"),
        (capitation(), "/contractor_owner_id", uuid),
        (capitation(), "/contract_number", "0000-9eax-xt7x"),
    ];
    for space in SPACES {
        for (case, pointer, value) in &cases {
            for given in [format!("{space}{value}"), format!("{value}{space}"), format!("{space}{space}{value}{space}")]
            {
                let case = case.clone().set(pointer, given);
                case.finds("GEN-06", &[(pointer, "trimmed", "note")]);
                let strict = case.strict();
                strict.finds("GEN-06", &[(pointer, "format", "error")]);
                assert_eq!(strict.shown("GEN-06").0, json!({ "format": "trimmed" }));
            }
        }
    }
    let five =
        programme().set("/specialities/0/programmes", json!([{ "id": " 7ae1cf44-62f8-ee0f-7ce6-add76581886f " }]));
    five.finds("GEN-06", &[("/specialities/0/programmes/0/id", "trimmed", "note")]);
    Case::new("status.answer", json!({ "success": true, "status": " approved" }))
        .finds("GEN-06", &[("/status", "trimmed", "note")]);
}

#[test]
fn gen_06_is_quiet_where_what_white_space_stands_around_cannot_be_read() {
    for (pointer, given) in [
        ("/budget_places", " десять "),
        ("/is_budget", " да "),
        ("/begin_date", " завтра "),
        ("/begin_date", " 2027-02-30"),
        ("/begin_date", " 1800-01-01"),
        ("/education_form", " очная "),
    ] {
        cycle().set(pointer, given).quiet("GEN-06");
        cycle().set(pointer, given).strict().quiet("GEN-06");
    }
    capitation().set("/contractor_owner_id", " не знаю ").quiet("GEN-06");
    // A word that is read, and not the one that is allowed, counts as read.
    let signed = capitation().set("/contractor_signed", " true");
    signed.finds("GEN-06", &[("/contractor_signed", "trimmed", "note")]);
    signed.trips("CTR-05", "/contractor_signed", "enum", "error");
}

#[test]
fn a_note_on_white_space_stands_beside_what_is_wrong_with_the_rest() {
    let phone = cycle().set("/phone", " 12 ");
    phone.finds("GEN-06", &[("/phone", "trimmed", "note")]);
    phone.trips("CYC-17", "/phone", "format", "warning");
    let strict = cycle().set("/phone", " 12 ").strict();
    strict.finds("GEN-06", &[("/phone", "format", "error")]);
    strict.quiet("CYC-17");
    capitation().set("/contractor_payment_details/MFO", " 35 ").trips(
        "CTR-20",
        "/contractor_payment_details/MFO",
        "format",
        "error",
    );
}

#[test]
fn white_space_alone_is_a_blank_without_a_note() {
    for space in SPACES {
        for mode in [Mode::Lenient, Mode::Strict] {
            let set = |pointer: &str| cycle().set(pointer, space).with(|options| options.mode = mode);
            set("/id").finds("CYC-01", &[("/id", "required", "error")]);
            set("/begin_date").finds("CYC-03", &[("/begin_date", "required", "error")]);
            set("/budget_places").finds("CYC-12", &[("/budget_places", "required_when", "error")]);
            set("/education_form").finds("CYC-06", &[("/education_form", "required", "error")]);
            set("/notes").fine();
            assert_eq!(set("/notes").body()["notes"], "");
            assert_eq!(set("/is_outbound").body().get("is_outbound"), None);
            set("/id").quiet("GEN-06");
        }
    }
}

#[test]
fn gen_06_trips_on_true_and_false_as_text() {
    for (text, flag) in [("true", true), ("TRUE", true), ("False", false)] {
        cycle().set("/is_outbound", text).finds("GEN-06", &[("/is_outbound", "coerced", "note")]);
        assert_eq!(cycle().set("/is_outbound", text).body()["is_outbound"], flag);
        cycle().set("/is_outbound", text).strict().finds("GEN-06", &[("/is_outbound", "type", "error")]);
    }
    for value in [json!("да"), json!("yes"), json!("+"), json!(1), json!("1"), json!("истина")] {
        cycle().set("/is_outbound", value.clone()).trips("CYC-16", "/is_outbound", "type", "error");
    }
}

#[test]
fn gen_06_trips_on_listed_values_in_another_spelling() {
    let status = |word: &str| {
        let row = json!({ "request_number": "1", "result_status": word, "test_mark": 4 });
        Case::new("results.bulk_update", json!({ "cycle_id": "c", "results": [row] }))
    };
    for word in ["SUCCEED", "succeed", "succed"] {
        status(word).quiet("GEN-06");
        status(word).strict().fine();
    }
    for word in ["Succeed", "success", "SUCCED", "Success"] {
        status(word).finds("GEN-06", &[("/results/0/result_status", "alias", "note")]);
        assert_eq!(status(word).shown("GEN-06").0, json!({ "to": "SUCCEED" }));
        status(word).strict().finds("GEN-06", &[("/results/0/result_status", "enum", "error")]);
    }
    // Labels are read where a sheet is pasted, and nowhere else.
    for word in ["Прошёл обучение", "passed", "да"] {
        status(word).trips("RES-04", "/results/0/result_status", "enum", "error");
    }
}

#[test]
fn cyc_17_is_quiet_on_phone_numbers_as_people_write_them() {
    for phone in [
        "+7 (495) 123-45-67",
        "+7 (495) 123–45–67",
        "8—800−200‑00‐00",
        "84951234567 доб. 12",
        "84951234567 доб 12",
        "84951234567 ДОБ.12",
        "84951234567, доб. 12",
        "84951234567 ext. 12",
        "84951234567 #12",
        "84951234567#12",
        "+7\u{a0}495\u{a0}123\u{a0}45\u{a0}67",
        "+7 (495) 123-45-67 (доб. 12)",
        "+380 44 123 45 67",
    ] {
        cycle().set("/phone", phone).fine();
        cycle().set("/phone", phone).strict().fine();
        assert_eq!(cycle().set("/phone", phone).body()["phone"], phone);
    }
}

#[test]
fn cyc_17_trips_on_what_is_no_phone_number() {
    for phone in [
        "123-45-67",
        "12345678901234567",
        "нет",
        "84951234567 доб.",
        "84951234567 доб. пять",
        "84951234567; 84951234568",
        "123-45-67 доб. 1234",
    ] {
        cycle().set("/phone", phone).trips("CYC-17", "/phone", "format", "warning");
    }
}

#[test]
fn cyc_18_is_quiet_on_cyrillic_addresses() {
    for address in ["иванов@больница.рф", "ivanov@больница.рф", "приймальня@лікарня.укр", "a.b+c@d-e.org"]
    {
        cycle().set("/email", address).fine();
    }
}

#[test]
fn cyc_18_trips_on_what_is_no_address() {
    for address in ["иванов", "иванов@", "@больница.рф", "иванов@больница", "иван ов@больница.рф", "а@б@в.рф"]
    {
        cycle().set("/email", address).trips("CYC-18", "/email", "format", "warning");
    }
}

const NUMBER: &str = "/contract_number";

#[test]
fn ctr_08_is_quiet_on_a_number_that_is_only_written_otherwise() {
    for text in [
        "0000-9eax-xt7x",
        "0000-9еах-хт7х",
        "0000-9ЕАХ-ХТ7Х",
        "0000–9EAX–XT7X",
        "0000 - 9EAX - XT7X",
        "0000 – 9еах − ХТ7Х",
        "0000—9eax\u{a0}‑\u{2009}xt7x",
    ] {
        let case = capitation().set(NUMBER, text);
        case.finds("GEN-06", &[(NUMBER, "coerced", "note")]);
        case.quiet("CTR-08");
        assert_eq!(case.body()["contract_number"], "0000-9EAX-XT7X", "{text}");
        case.strict().finds("GEN-06", &[(NUMBER, "type", "error")]);
    }
    capitation().set(NUMBER, "0000-9EAX-XT7X").strict().quiet("CTR-08");
    let legacy = capitation().set(NUMBER, "аехт – 9еах – хт7х – 3");
    legacy.finds("GEN-06", &[(NUMBER, "coerced", "note")]);
    legacy.trips("CTR-08", NUMBER, "format", "warning");
    assert_eq!(legacy.shown("CTR-08").0, json!({ "format": "contract_number_legacy" }));
    assert_eq!(legacy.body()["contract_number"], "AEXT-9EAX-XT7X-3");
}

#[test]
fn ctr_08_trips_on_any_other_number() {
    for text in [
        "0000 9EAX XT7X",
        "0000/9EAX/XT7X",
        "00 00-9EAX-XT7X",
        "0000--9EAX-XT7X",
        "0000-9BAX-XT7X",
        "0000-9ВАХ-ХТ7Х",
        "0000-9EAX",
        "0000-9EAX-XT7X-",
    ] {
        capitation().set(NUMBER, text).trips("CTR-08", NUMBER, "format", "error");
        capitation().set(NUMBER, text).quiet("GEN-06");
    }
}

const ACCOUNT: &str = "/contractor_payment_details/payer_account";

#[test]
fn ctr_20_is_quiet_on_an_iban_in_groups_or_in_lower_case() {
    let sent = "UA653510050000032009102701026";
    for text in [
        "ua653510050000032009102701026",
        "UA65 3510 0500 0003 2009 1027 0102 6",
        "ua65 3510 0500 0003 2009 1027 0102 6",
        "UA65\u{a0}351005\u{a0}0000032009102701026",
    ] {
        let case = capitation().set(ACCOUNT, text).set("/contractor_payment_details/MFO", "351005");
        case.finds("GEN-06", &[(ACCOUNT, "coerced", "note")]);
        case.quiet("CTR-20");
        assert_eq!(case.body()["contractor_payment_details"]["payer_account"], sent, "{text}");
        case.clone().strict().finds("GEN-06", &[(ACCOUNT, "type", "error")]);
        case.set("/contractor_payment_details/MFO", "322313").trips("CTR-20", ACCOUNT, "mismatch", "warning");
    }
}

#[test]
fn ctr_20_trips_on_wrong_digits_and_on_other_shapes() {
    let wrong = capitation().set(ACCOUNT, "ua65 3510 0500 0003 2009 1027 0102 7");
    wrong.finds("GEN-06", &[(ACCOUNT, "coerced", "note")]);
    wrong.trips("CTR-20", ACCOUNT, "checksum", "error");
    for text in
        ["2600 7233 566001", "UA65-3510-0500-0003-2009-1027-0102-6", "UA65 3510", "DE89 3704 0044 0532 0130 00", "нет"]
    {
        capitation().set(ACCOUNT, text).trips("CTR-20", ACCOUNT, "format", "error");
        capitation().set(ACCOUNT, text).quiet("GEN-06");
    }
}

#[test]
fn ctr_05_is_quiet_on_an_id_in_capitals() {
    let lower = "2922a240-63db-404e-b730-09222bfeb2dd";
    let case = capitation().set("/contractor_owner_id", lower.to_uppercase());
    case.finds("GEN-06", &[("/contractor_owner_id", "coerced", "note")]);
    assert_eq!(case.body()["contractor_owner_id"], lower);
    case.strict().finds("GEN-06", &[("/contractor_owner_id", "type", "error")]);
}

#[test]
fn ctr_05_trips_on_what_is_no_id_of_ehealth() {
    for id in [
        "7ae1cf44-62f8-ee0f-7ce6-add76581886f",
        "2922a24063db404eb73009222bfeb2dd",
        "{2922a240-63db-404e-b730-09222bfeb2dd}",
    ] {
        capitation().set("/contractor_owner_id", id).trips("CTR-05", "/contractor_owner_id", "format", "error");
    }
}

const ID: &str = "7ae1cf44-62f8-ee0f-7ce6-add76581886f";

#[test]
fn prg_31_trips_on_one_id_in_two_letter_cases() {
    let five =
        |ids: [&str; 2]| programme().set("/specialities/0/programmes", json!([{ "id": ids[0] }, { "id": ids[1] }]));
    let upper = ID.to_uppercase();
    let twice = five([ID, &upper]);
    twice.finds("PRG-31", &[("/specialities/0/programmes/1/id", "duplicate", "warning")]);
    // Each is sent as it was written.
    assert_eq!(twice.body()["specialities"][0]["programmes"][1]["id"], upper);
    assert!(twice.issues().iter().all(|(.., rule)| rule != "GEN-06"));

    let mut form = Form::new(
        table("programme.create"),
        Options::default(),
        Some(json!({ "specialities": [{ "programmes": [{ "id": ID }] }] })),
    );
    let changes = form.insert("/specialities/0/programmes", 1, Some(json!({ "id": upper }))).unwrap();
    assert!(
        changes
            .added
            .iter()
            .any(|issue| issue.pointer() == "/specialities/0/programmes/1/id" && issue.code.as_str() == "duplicate")
    );
}

#[test]
fn prg_31_is_quiet_on_a_reference_in_another_letter_case() {
    let list = json!({ "programmes": [{ "id": ID.to_uppercase(), "name": "n", "speciality": "Кардиология" }] });
    let case = programme().set("/specialities/0/programmes", json!([{ "id": ID }])).programmes(&list);
    case.quiet("PRG-31");
}

#[test]
fn prg_26_trips_on_names_in_another_letter_case() {
    programme().specialities(&json!(["КАРДИОЛОГИЯ", "Терапия"])).trips(
        "PRG-26",
        "/specialities/0/name",
        "unknown_reference",
        "error",
    );
}

#[test]
fn prg_26_is_quiet_on_names_with_white_space_in_the_list() {
    programme().specialities(&json!([" Кардиология\u{a0}", "Терапия "])).quiet("PRG-26");
    programme()
        .specialities(&json!({ "specialities": [{ "name": "Кардиология " }, { "name": "\u{200b}Терапия" }] }))
        .quiet("PRG-26");
}

#[test]
fn res_15_is_quiet_on_request_numbers_with_white_space_around_them() {
    let known = given(json!({ "requestNumbers": [" 1", "2\u{a0}", 3] }));
    for number in ["1", " 1", "2", "3"] {
        result(number).with(|options| options.context = known.context.clone()).quiet("RES-15");
    }
}

#[test]
fn letters_of_two_characters_are_composed_in_what_the_context_gives_as_well() {
    let (composed, decomposed) = ("йёїЙ", "и\u{306}е\u{308}і\u{308}И\u{306}");
    for (known, given_number) in [(composed, decomposed), (decomposed, composed), (decomposed, decomposed)] {
        let numbers = given(json!({ "requestNumbers": [known] }));
        result(given_number).with(|options| options.context = numbers.context.clone()).quiet("RES-15");
        for dictionary in [json!([known]), json!({ known: "x" })] {
            let codes = given(json!({ "dictionaries": { "CONTRACT_TYPE": dictionary } }));
            let contract = capitation().set("/id_form", given_number);
            contract.with(|options| options.context = codes.context.clone()).quiet("CTR-19");
        }
        programme().set("/specialities/0/name", given_number).specialities(&json!([known, "Терапия"])).quiet("PRG-26");
    }
    let numbers = given(json!({ "requestNumbers": ["и"] }));
    result("й").with(|options| options.context = numbers.context.clone()).trips(
        "RES-15",
        "/results/0/request_number",
        "unknown_reference",
        "warning",
    );
}

#[test]
fn res_15_trips_on_another_number() {
    let known = given(json!({ "requestNumbers": [" 1", "a"] }));
    for number in ["11", "2", "A"] {
        result(number).with(|options| options.context = known.context.clone()).trips(
            "RES-15",
            "/results/0/request_number",
            "unknown_reference",
            "warning",
        );
    }
}

#[test]
fn ctr_19_is_quiet_on_codes_with_white_space_around_them() {
    for dictionary in [json!([" PMD_1 ", "X"]), json!({ "PMD_1 ": "Первичка" })] {
        let known = given(json!({ "dictionaries": { "CONTRACT_TYPE": dictionary } }));
        capitation().set("/id_form", "PMD_1").with(|options| options.context = known.context.clone()).quiet("CTR-19");
    }
}
