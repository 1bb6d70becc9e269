//! The boundary as JavaScript calls it: bytes in, bytes out, errors thrown.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that cannot be set up has failed")]

use js_sys::{JSON, Object, RangeError, Reflect, TypeError, Uint8Array, WebAssembly};
use portform::{Locale, Mode, Options, check_json, payload, wasm};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::wasm_bindgen_test;

const CYCLE: &str = include_str!("../fixtures/examples/cycle.create.json");
const RESULTS: &str = include_str!("../fixtures/examples/results.bulk_update.json");

fn memory() -> Uint8Array {
    Uint8Array::new(&wasm_bindgen::memory().unchecked_into::<WebAssembly::Memory>().buffer())
}

/// Puts bytes where JavaScript puts them; gives their length.
fn input(bytes: &[u8]) -> usize {
    let at = wasm::input(bytes.len()).unwrap();
    memory().subarray(u32::try_from(at).unwrap(), u32::try_from(at + bytes.len()).unwrap()).copy_from(bytes);
    bytes.len()
}

/// Takes the output as JavaScript takes it.
fn output(len: usize) -> Vec<u8> {
    let at = wasm::output();
    memory().subarray(u32::try_from(at).unwrap(), u32::try_from(at + len).unwrap()).to_vec()
}

fn number_of(name: &str) -> usize {
    wasm::find(input(name.as_bytes())).unwrap()
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).map(|word| u32::from_le_bytes(word.try_into().unwrap())).collect()
}

fn text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend(u32::try_from(text.len()).unwrap().to_le_bytes());
    bytes.extend(text.as_bytes());
}

/// An object of texts under keys as text, packed.
fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut bytes = vec![7];
    bytes.extend(u32::try_from(entries.len()).unwrap().to_le_bytes());
    for (key, value) in entries {
        bytes.push(0xff);
        text(&mut bytes, key);
        bytes.push(5);
        text(&mut bytes, value);
    }
    bytes
}

#[wasm_bindgen_test]
fn the_documents_examples_are_read_without_an_error() {
    for (name, json) in [("cycle.create", CYCLE), ("results.bulk_update", RESULTS)] {
        let (payload, options) = (payload(name).unwrap(), Options::default());
        let report = check_json(payload, json.as_bytes(), &options);
        assert!(report.valid(), "{name}: {}", report.issues_json());
        let body = report.body().unwrap();
        assert_eq!(check_json(payload, body.as_bytes(), &options).body().unwrap(), body);
        assert_eq!(wasm::check_text(number_of(name), 0, input(json.as_bytes())) & 1, 1);
        let len = wasm::body(number_of(name), 0, input(json.as_bytes()), true);
        assert_eq!(output(len), body.as_bytes());
    }
}

#[wasm_bindgen_test]
fn every_payload_is_found_by_its_name_and_describes_its_objects() {
    for (at, payload) in portform::payloads().iter().enumerate() {
        assert_eq!(number_of(payload.name()), at);
        let described = JSON::parse(&String::from_utf8(output(wasm::describe(at))).unwrap()).unwrap();
        let shapes: js_sys::Array = Reflect::get(&described, &"shapes".into()).unwrap().unchecked_into();
        assert!(shapes.length() > 0);
        for shape in shapes.iter() {
            let length = |name: &str| {
                Reflect::get(&shape, &name.into()).unwrap().unchecked_into::<js_sys::Array<JsValue>>().length()
            };
            assert_eq!(length("keys"), length("child"));
        }
    }
    assert_eq!(wasm::find(input(b"no.such")), None);
}

#[wasm_bindgen_test]
fn a_block_counts_its_issues_and_its_templates_are_told_in_three_languages() {
    let cycle = number_of("cycle.create");
    let verdict = wasm::check(cycle, 0, input(&packed(&[("id", "1"), ("unheard of", "x")])));
    assert_eq!(verdict & 1, 0);
    let block = output(verdict >> 1);
    let words = words(&block);
    let (count, errors, warnings, notes) = (words[0], words[1], words[2], words[3]);
    assert_eq!(count, errors + warnings + notes);
    assert_eq!((errors, warnings), (7, 1));
    let number = words[6] & 0xff_ffff;
    let messages: Vec<String> =
        (0..3).map(|locale| String::from_utf8(output(wasm::template(number, locale))).unwrap()).collect();
    for message in &messages {
        assert!(
            message.starts_with(r#"{"path":["programme"],"code":"required","severity":"error","rule":"CYC-02""#),
            "{message}"
        );
    }
    assert_ne!(messages[0], messages[1]);
    assert_ne!(messages[1], messages[2]);
    assert_eq!(wasm::template(0xff_ffff, 0), 0);
    // The key of the unknown field stands in the block as it was given.
    assert!(block.windows(10).any(|part| part == b"unheard of"));
}

#[wasm_bindgen_test]
fn options_come_packed_or_from_any_javascript_object() {
    let number = wasm::options_new(input(&packed(&[("locale", "en"), ("mode", "strict")]))).unwrap();
    let fields = wasm::fields(number_of("cycle.create"), number);
    let label = Reflect::get(&Reflect::get_u32(&fields, 0).unwrap(), &"label".into()).unwrap();
    assert_eq!(label.as_string().unwrap(), "Cycle id");
    wasm::options_free(number);
    assert_eq!(wasm::options_new(input(&packed(&[]))).unwrap(), number);

    let given = r#"{"locale":"uk","mode":"strict","today":"2026-01-31","promote":["CYC-08"]}"#;
    let read = portform::options_read::options(portform::Input::Text(given.as_bytes())).unwrap();
    assert_eq!((read.locale, read.mode), (Some(Locale::Uk), Mode::Strict));
    assert_eq!(read.promote, ["CYC-08"]);

    for (key, value) in [("locale", "fr"), ("today", "soon"), ("unheard of", "x")] {
        let error = wasm::options_new(input(&packed(&[(key, value)]))).unwrap_err();
        assert!(error.is_instance_of::<TypeError>());
        let message = error.unchecked_into::<TypeError>().message();
        assert!(message.includes(key, 0), "{message}");
        assert!(!message.includes(value, 0) || value == "x", "{message}");
    }
}

#[wasm_bindgen_test]
fn a_form_lives_under_its_number_until_it_is_freed() {
    let batch = number_of("results.bulk_update");
    let form = wasm::form_new(batch, 0, 0);
    let other = wasm::form_new(batch, 0, 0);
    assert_ne!(form, other);
    let set = |pointer: &str, value: &str| {
        let mut bytes = pointer.as_bytes().to_vec();
        bytes.push(5);
        text(&mut bytes, value);
        wasm::form_set(form, pointer.len(), input(&bytes), false)
    };
    let changes = words(&output(set("/cycle_id", "1").unwrap()));
    let (errors, version, removed) = (changes[0], changes[3], changes[5]);
    assert_eq!((errors, version), (1, 1));
    assert!(removed > 0);
    set("/results/0/request_number", "7").unwrap();
    assert_eq!(wasm::form_length(form, input(b"/results")).unwrap(), 1);
    assert_eq!(wasm::form_length(other, input(b"/results")).unwrap(), 0);
    assert!(set("/nothing", "1").unwrap_err().is_instance_of::<TypeError>());
    assert!(wasm::form_remove(form, input(b"/results"), 3).unwrap_err().is_instance_of::<RangeError>());
    wasm::form_free(form);
    assert!(set("/cycle_id", "2").unwrap_err().is_instance_of::<TypeError>());
    assert_eq!(wasm::form_new(batch, 0, 0), form);
    wasm::form_free(form);
    wasm::form_free(other);
}

#[wasm_bindgen_test]
fn broken_packed_bytes_are_answered_with_issues() {
    let cycle = number_of("cycle.create");
    for bytes in [&b""[..], &[7], &[7, 255, 255, 255, 255], &[99], &[5, 9, 0, 0, 0, 1], &[7, 1, 0, 0, 0, 0]] {
        let verdict = wasm::check(cycle, 0, input(bytes));
        assert_eq!(verdict & 1, 0, "{bytes:?}");
        assert!(words(&output(verdict >> 1))[0] > 0);
    }
}

#[wasm_bindgen_test]
fn an_answer_is_explained_on_the_fields() {
    let cycle = number_of("cycle.create");
    let refused = br#"{"success":false,"reason":"already_exists"}"#;
    let block = output(wasm::explain(cycle, 0, 200, input(refused), true));
    assert_eq!(words(&block)[..2], [1, 1]);
    let accepted = output(wasm::explain(cycle, 0, 200, input(br#"{"success":true}"#), true));
    assert_eq!(words(&accepted)[0], 0);
}

#[wasm_bindgen_test]
fn a_schema_is_an_object_of_the_wanted_target() {
    let cycle = number_of("cycle.create");
    let len = wasm::json_schema(cycle, 0, input(b"draft-2020-12,output")).unwrap();
    let schema = JSON::parse(&String::from_utf8(output(len)).unwrap()).unwrap();
    assert!(schema.is_instance_of::<Object>());
    assert_eq!(Reflect::get(&schema, &"type".into()).unwrap().as_string().unwrap(), "object");
    assert_eq!(wasm::json_schema(cycle, 0, input(b"draft-04,output")), None);
}
