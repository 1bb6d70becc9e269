//! The JSON cursor compared with serde_json, on texts that are made of pieces of JSON and on the kinds of the JSON test suites: the same
//! texts are JSON, they mean the same, and the others stop being JSON at the same place.

use proptest::prelude::*;
use serde_json::Value;

use super::json::{Json, Position, position, text};
use crate::tree::Tree;

/// Where a text stops being JSON, as serde_json has it; its columns count bytes, and end with the text.
enum Theirs {
    Json(Value),
    Stops(usize, usize),
    /// Numbers that no double comes near to are numbers all the same.
    Beyond,
}

fn theirs(bytes: &[u8]) -> Theirs {
    match serde_json::from_slice(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)) {
        Ok(value) => Theirs::Json(value),
        Err(error) if error.to_string().starts_with("number out of range") => Theirs::Beyond,
        Err(error) => Theirs::Stops(error.line(), error.column()),
    }
}

fn same(tree: &Tree, value: &Value) -> bool {
    match (tree, value) {
        (Tree::Null, Value::Null) => true,
        (Tree::Bool(one), Value::Bool(other)) => one == other,
        (Tree::Text(one), Value::String(other)) => one == other,
        (Tree::Number(one), Value::Number(other)) => {
            // serde_json's doubles may be off by one in the last place; `numbers_are_the_nearest_doubles` is exact.
            other.as_f64().is_some_and(|other| (one - other).abs() <= other.abs() * 1e-14 + 1e-300)
        }
        (Tree::List(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Tree::Object(one), Value::Object(other)) => {
            one.iter().all(|(key, _)| other.contains_key(key))
                && other.iter().all(|(key, value)| {
                    one.iter().rfind(|(name, _)| name == key).is_some_and(|(_, tree)| same(tree, value))
                })
        }
        _ => false,
    }
}

fn tree(bytes: &[u8]) -> Option<Tree> {
    Tree::json(text(bytes).ok()?)
}

/// Where our cursor stops, and at what.
fn ours(bytes: &[u8]) -> Result<(), (Position, Option<u8>)> {
    let (text, whole) = text(bytes).map_or_else(|before| (before, false), |text| (text, true));
    let mut json = Json::new(text);
    let passed = json.skip(1).and_then(|_| json.end());
    if whole && passed.is_ok() { Ok(()) } else { Err((position(text, json.at), text.as_bytes().get(json.at).copied())) }
}

fn agree(bytes: &[u8]) {
    let shown = String::from_utf8_lossy(bytes);
    let found = tree(bytes);
    assert_eq!(found.is_some(), ours(bytes).is_ok(), "{shown}");
    match (theirs(bytes), ours(bytes)) {
        (Theirs::Json(value), Ok(())) => assert!(found.is_some_and(|tree| same(&tree, &value)), "{shown}"),
        (Theirs::Beyond, _) => {}
        (Theirs::Stops(line, column), Err((place, at))) => {
            // Escapes by number we tell where they begin, serde_json somewhere behind.
            if shown.contains("\\u") {
                return;
            }
            // A line that ends within a text serde_json has passed already, and beyond the end it does not count.
            let (ended, over) = (usize::from(at == Some(b'\n')), usize::from(at.is_none()));
            assert_eq!(place.line as usize + ended, line, "{shown}");
            if bytes.is_ascii() && ended == 0 {
                assert_eq!(place.column as usize, column + over, "{shown}");
            }
        }
        (Theirs::Json(_), Err(_)) => panic!("JSON is not read: {shown}"),
        (Theirs::Stops(..), Ok(())) => panic!("read, and no JSON: {shown}"),
    }
}

const PIECES: [&str; 62] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    " ",
    "\n",
    "\t",
    "\r",
    "null",
    "true",
    "false",
    "nul",
    "tru",
    "0",
    "-",
    "1",
    "9",
    ".",
    "e",
    "E",
    "+",
    "-0",
    "1.5",
    "1e5",
    "1E-2",
    "01",
    "1.",
    ".5",
    "\"a\"",
    "\"\"",
    "\"a\":",
    "\"щ\"",
    "\"\\n\"",
    "\"\\u0041\"",
    "\"\\ud83d\\ude00\"",
    "\"\\ud83d\"",
    "\"\\ude00\"",
    "\"\\u12\"",
    "\"\\x\"",
    "\"\u{1f}\"",
    "\"\u{7f}\"",
    "\u{feff}",
    "щ",
    "/",
    "//",
    "'",
    "NaN",
    "Infinity",
    "{}",
    "[]",
    "[1,2]",
    "{\"a\":1}",
    "{\"a\":1,}",
    "\\u0022",
    "\"😀\"",
    "\"long enough for two words\"",
    "123456789012345678901234567890",
    "1e999",
];

fn any_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(&PIECES[..]), 0..12).prop_map(|pieces| pieces.concat())
}

/// A JSON text, in which perhaps a piece stands in place of something.
fn nearly_json() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|flag| flag.to_string()),
        any::<f64>().prop_filter("finite", |number| number.is_finite()).prop_map(|number| format!("{number:e}")),
        any::<i64>().prop_map(|number| number.to_string()),
        ".{0,20}".prop_map(|text| serde_json::to_string(&text).unwrap_or_default()),
    ];
    let value = leaf.prop_recursive(4, 40, 6, |inner| {
        let key = "[a-c]{0,2}";
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(|items| format!("[{}]", items.join(" ,"))),
            proptest::collection::vec((key, inner), 0..5).prop_map(|entries| {
                let entries: Vec<String> =
                    entries.into_iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
                format!("{{{}\n}}", entries.join(",\n"))
            }),
        ]
    });
    (value, any::<proptest::sample::Index>(), proptest::sample::select(&PIECES[..]), 0..4_usize).prop_map(
        |(mut text, at, piece, how)| {
            let at = text.floor_char_boundary(at.index(text.len() + 1));
            match how {
                0 => text.insert_str(at, piece),
                1 => text.truncate(at),
                2 if at < text.len() => drop(text.remove(at)),
                _ => {}
            }
            text
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    #[test]
    fn texts_of_pieces_are_read_as_serde_json_reads_them(text in any_text()) {
        agree(text.as_bytes());
    }

    #[test]
    fn what_is_nearly_json_is_read_as_serde_json_reads_it(text in nearly_json()) {
        agree(text.as_bytes());
    }

    #[test]
    fn bytes_are_read_as_serde_json_reads_them(text in nearly_json(), at in any::<proptest::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = text.into_bytes();
        if !bytes.is_empty() {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        // Where bytes are no UTF-8, serde_json looks at texts only.
        if core::str::from_utf8(&bytes).is_ok() {
            agree(&bytes);
        } else {
            assert!(tree(&bytes).is_none() && ours(&bytes).is_err());
        }
    }

    #[test]
    fn numbers_are_the_nearest_doubles(whole in "-?(0|[1-9][0-9]{0,20})", fraction in "(\\.[0-9]{1,20})?", exponent in "([eE][+-]?[0-9]{1,3})?") {
        let text = [whole, fraction, exponent].concat();
        let nearest: f64 = text.parse().unwrap_or(f64::NAN);
        prop_assert_eq!(tree(text.as_bytes()), Some(Tree::Number(nearest + 0.0)), "{}", text);
    }

    #[test]
    fn doubles_are_read_back(bits in any::<u64>()) {
        let number = f64::from_bits(bits);
        if number.is_finite() {
            for text in [format!("{number}"), format!("{number:e}"), serde_json::to_string(&number).unwrap_or_default()] {
                prop_assert_eq!(tree(text.as_bytes()), Some(Tree::Number(number + 0.0)), "{}", text);
            }
        }
    }
}

/// The kinds of the JSON test suites: what has to be read (y), what must not be (n), and what may be either way (i), of which we
/// read only what is Unicode.
#[test]
fn the_kinds_of_the_test_suites_are_read_as_they_have_to_be() {
    let deep = "[".repeat(100_000);
    let read: &[&str] = &[
        "[[]   ]",
        "[\"\"]",
        "[]",
        "[\"a\"]",
        "[false]",
        "[null, 1, \"1\", {}]",
        "[null]",
        "[1\n]",
        " [1]",
        "[1,null,null,null,2]",
        "[2] ",
        "[123e65]",
        "[0e+1]",
        "[0e1]",
        "[ 4]",
        "[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]\n",
        "[20e1]",
        "[-0]",
        "[-123]",
        "[-1]",
        "[1E22]",
        "[1E-2]",
        "[1E+2]",
        "[123e45]",
        "[123.456e78]",
        "[1e-2]",
        "[1e+2]",
        "[123]",
        "[123.456789]",
        "{\"asd\":\"sdf\", \"dfg\":\"fgh\"}",
        "{\"asd\":\"sdf\"}",
        "{\"a\":\"b\",\"a\":\"c\"}",
        "{\"a\":\"b\",\"a\":\"b\"}",
        "{}",
        "{\"\":0}",
        "{\"foo\\u0000bar\": 42}",
        "{ \"min\": -1.0e+28, \"max\": 1.0e+28 }",
        "{\"a\":[]}",
        "{\"title\":\"\\u041f\\u043e\\u043b\\u0442\\u043e\\u0440\\u0430\" }",
        "{\n\"a\": \"b\"\n}",
        "[\"\\u0060\\u012a\\u12AB\"]",
        "[\"\\uD801\\udc37\"]",
        "[\"\\ud83d\\ude39\\ud83d\\udc8d\"]",
        "[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]",
        "[\"\\\\u0000\"]",
        "[\"\\\"\"]",
        "[\"a/*b*/c/*d//e\"]",
        "[\"\\\\a\"]",
        "[\"\\\\n\"]",
        "[\"\\u0012\"]",
        "[\"\\uFFFF\"]",
        "[\"asd\"]",
        "[ \"asd\"]",
        "[\"\\uDBFF\\uDFFF\"]",
        "[\"new\\u00A0line\"]",
        "[\"\u{10ffff}\"]",
        "[\"\u{ffff}\"]",
        "[\"\\u0000\"]",
        "[\"\\u002c\"]",
        "[\"π\"]",
        "[\"\u{1bfff}\"]",
        "[\"asd \"]",
        "\" \"",
        "[\"\\uD834\\uDd1e\"]",
        "[\"\\u0821\"]",
        "[\"\\u0123\"]",
        "[\"\u{2028}\"]",
        "[\"\u{2029}\"]",
        "[\"\\u0061\\u30af\\u30EA\\u30b9\"]",
        "[\"new\\u000Aline\"]",
        "[\"\u{7f}\"]",
        "[\"\\uA66D\"]",
        "[\"\\u005C\"]",
        "[\"⍂㈴⍂\"]",
        "[\"\\uDBFF\\uDFFE\"]",
        "[\"\\uD83F\\uDFFE\"]",
        "[\"\\u200B\"]",
        "[\"\\u2064\"]",
        "[\"\\uFDD0\"]",
        "[\"\\uFFFE\"]",
        "[\"\\u0022\"]",
        "[\"€𝄞\"]",
        "[\"a\u{7f}a\"]",
        "false",
        "42",
        "-0.1",
        "null",
        "\"asd\"",
        "true",
        "\"\"",
        "[\"a\"]\n",
        "[true]",
        " [] ",
        "[123.456e-789]",
        "[0.4e00669999999999999999999999999999969999999006]",
        "[-1e+9999]",
        "[1.5e+9999]",
        "[-123123e100000]",
        "[123123e100000]",
        "[123123e-10000000]",
        "[-123123123123123123123123123123]",
        "[100000000000000000000]",
        "[-237462374673276894279832749832423479823246327846]",
        "\u{feff}{}",
    ];
    for text in read {
        assert!(ours(text.as_bytes()).is_ok(), "{text}");
        assert!(tree(text.as_bytes()).is_some(), "{text}");
    }
    let refused: &[&[u8]] = &[
        b"[1 true]",
        b"[a\xe5]",
        b"[\"\": 1]",
        b"[\"\"],",
        b"[,1]",
        b"[1,,2]",
        b"[\"x\",,]",
        b"[\"x\"]]",
        b"[\"\",]",
        b"[\"x\"",
        b"[x",
        b"[3[4]]",
        b"[\xff]",
        b"[1:2]",
        b"[,]",
        b"[-]",
        b"[   , \"\"]",
        b"[\"a\",\n4\n,1,",
        b"[1,]",
        b"[\"\x0ba\"\\f]",
        b"[*]",
        b"[\"\"",
        b"[1,",
        b"[1,\n1\n,1",
        b"[{}",
        b"[fals]",
        b"[nul]",
        b"[tru]",
        b"123\0",
        b"[++1234]",
        b"[+1]",
        b"[+Inf]",
        b"[-01]",
        b"[-1.0.]",
        b"[-2.]",
        b"[-NaN]",
        b"[.-1]",
        b"[.2e-3]",
        b"[0.1.2]",
        b"[0.3e+]",
        b"[0.3e]",
        b"[0.e1]",
        b"[0E+]",
        b"[0E]",
        b"[0e+]",
        b"[0e]",
        b"[1.0e+]",
        b"[1.0e-]",
        b"[1.0e]",
        b"[1 000.0]",
        b"[1eE2]",
        b"[2.e+3]",
        b"[2.e-3]",
        b"[2.e3]",
        b"[9.e+]",
        b"[Inf]",
        b"[NaN]",
        b"[\xef\xbc\x91]",
        b"[1+2]",
        b"[0x1]",
        b"[0x42]",
        b"[Infinity]",
        b"[0e+-1]",
        b"[-123.123foo]",
        b"[123\xe5]",
        b"[1e1\xe5]",
        b"[0\xe5]\n",
        b"[-Infinity]",
        b"[-foo]",
        b"[- 1]",
        b"[-012]",
        b"[-.123]",
        b"[-1x]",
        b"[1ea]",
        b"[1e\xe5]",
        b"[1.]",
        b"[.123]",
        b"[1.2a-3]",
        b"[1.8011670033376514H-308]",
        b"[012]",
        b"[\"x\", truth]",
        b"{[: \"x\"}\n",
        b"{\"x\", null}",
        b"{\"x\"::\"b\"}",
        b"{\xf0\x9f\x87\xa8\xf0\x9f\x87\xad}",
        b"{\"a\":\"a\" 123}",
        b"{key: 'value'}",
        b"{\"\xb9\":\"0\",}",
        b"{\"a\" b}",
        b"{:\"b\"}",
        b"{\"a\" \"b\"}",
        b"{\"a\":",
        b"{\"a\"",
        b"{1:1}",
        b"{9999E9999:1}",
        b"{null:null,null:null}",
        b"{\"id\":0,,,,,}",
        b"{'a':0}",
        b"{\"id\":0,}",
        b"{\"a\":\"b\"}/**/",
        b"{\"a\":\"b\"}/**//",
        b"{\"a\":\"b\"}//",
        b"{\"a\":\"b\"}/",
        b"{\"a\":\"b\",,\"c\":\"d\"}",
        b"{a: \"b\"}",
        b"{\"a\":\"a",
        b"{ \"foo\" : \"bar\", \"a\" }",
        b"{\"a\":\"b\"}#",
        b" ",
        b"[\"\\uD800\\\"]",
        b"[\"\\uD800\\u\"]",
        b"[\"\\uD800\\u1\"]",
        b"[\"\\uD800\\u1x\"]",
        b"[\xc3\xa9]",
        b"[\"\\x00\"]",
        b"[\"\\\\\\\"]",
        b"[\"\\\t\"]",
        b"[\"\\\xf0\x9f\x8c\x80\"]",
        b"[\"\\\"]",
        b"[\"\\u00A\"]",
        b"[\"\\uD834\\uDd\"]",
        b"[\"\\uD800\\uD800\\x\"]",
        b"[\"\\u\xe5\"]",
        b"[\"\\a\"]",
        b"[\"\\uqqqq\"]",
        b"[\"\\\xe5\"]",
        b"[\\u0020\"asd\"]",
        b"[\\n]",
        b"\"",
        b"['single quote']",
        b"abc",
        b"[\"\\",
        b"[\"a\0a\"]",
        b"[\"new\nline\"]",
        b"[\"\t\"]",
        b"\"\\UA66D\"",
        b"\"\"x",
        b"[\xe2\x81\xa0]",
        b"\xef\xbb\xbf",
        b"<.>",
        b"[<null>]",
        b"[1]x",
        b"[1]]",
        b"[\"asd]",
        b"a\xc3\xa5",
        b"[True]",
        b"1]",
        b"{\"x\": true,",
        b"[][]",
        b"]",
        b"\xef\xbb{}",
        b"\xe5",
        b"[",
        b"",
        b"[\0]",
        b"2@",
        b"{}}",
        b"{\"\":",
        b"{\"a\":/*comment*/\"b\"}",
        b"{\"a\": true} \"x\"",
        b"['",
        b"[\"a",
        b"[\"a\"",
        b"[,",
        b"[{",
        b"{]",
        b"{,",
        b"{[",
        b"{\"a",
        b"{'a'",
        b"[\"\\{[\"\\{[\"\\{[\"\\{",
        b"*",
        b"{\"a\":\"b\"}#{}",
        b"[\\u000A\"\"]",
        b"[1",
        b"[ false, nul",
        b"[ true, fals",
        b"[ false, tru",
        b"{\"asd\":\"asd\"",
        b"\xc3\xa5",
        b"[\xe2\x81\xa0]",
        b"[\x0c]",
        // Either way: what is no Unicode.
        b"[\"\\uDADA\"]",
        b"[\"\\uD888\\u1234\"]",
        b"[\"\\uD800\\n\"]",
        b"[\"\\uDd1ea\"]",
        b"[\"\\uD800\\uD800\\n\"]",
        b"[\"\\ud800\"]",
        b"[\"\\ud800abc\"]",
        b"[\"\xff\"]",
        b"[\"\\uDd1e\\uD834\"]",
        b"[\"\\uDFAA\"]",
        b"[\"\x81\"]",
        b"[\"\xf4\xbf\xbf\xbf\"]",
        b"[\"\xc0\xaf\"]",
        b"[\"\xed\xa0\x80\"]",
        b"\xff\xfe[\0\"\0\xe9\0\"\0]\0",
        b"\0[\0\"\0\xe9\0\"\0]",
        b"\xef\xbb\xbf\xef\xbb\xbf{}",
    ];
    for bytes in refused.iter().copied().chain([deep.as_bytes()]) {
        assert!(ours(bytes).is_err(), "{}", String::from_utf8_lossy(bytes));
        assert!(tree(bytes).is_none(), "{}", String::from_utf8_lossy(bytes));
    }
    assert!(ours([deep.as_str(), &"]".repeat(100_000)].concat().as_bytes()).is_ok());
}

/// Places are those of the offending token, whatever stands around it.
#[test]
fn a_text_stops_where_its_first_fault_is() {
    let places: &[(&[u8], (u32, u32))] = &[
        (b"", (1, 1)),
        (b"  \n ", (2, 2)),
        (b"{", (1, 2)),
        (b"{\"a\":1", (1, 7)),
        (b"{\"a\":1}\n x", (2, 2)),
        (b"{\"a\":1,}", (1, 8)),
        (b"\xef\xbb\xbf{\"a\" 1}", (1, 6)),
        (b"{\"a\":\n[1,\n2 3]}", (3, 3)),
        ("{\"цикл\":x}".as_bytes(), (1, 9)),
        (b"{\"a\":\"\\ud800\"}", (1, 7)),
        (b"{\"a\":\"\\ud800\\n\"}", (1, 7)),
        (b"{\"a\":\"x\\q\"}", (1, 9)),
        (b"{\"a\":\"b\nc\"}", (1, 8)),
        (b"{\"a\":\"\xff\"}", (1, 7)),
        (b"{\"a\" \"\xff\"}", (1, 6)),
        (b"{\"a\":\"\xd0", (1, 7)),
        (b"[01]", (1, 3)),
        (b"[1.x]", (1, 4)),
        (b"nul", (1, 4)),
        (b"nope", (1, 2)),
    ];
    for (bytes, (line, column)) in places {
        let shown = String::from_utf8_lossy(bytes);
        assert_eq!(ours(bytes).unwrap_err().0, Position { line: *line, column: *column }, "{shown}");
    }
}
