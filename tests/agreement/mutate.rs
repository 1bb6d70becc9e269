//! Mutations of a payload: values of other types, spellings that lenient reading knows, keys that are missing, twice or misspelt, and
//! plain garbage.

use super::choices::Choices;
use super::json::Json;

const TEXTS: [&str; 52] = [
    "",
    " ",
    "\u{a0}\u{200b}",
    "  Тайна ",
    "true",
    "FALSE",
    "да",
    "12",
    "12 000,50",
    "1\u{a0}234.5 ₽",
    "12,500",
    "12,000",
    "-1",
    "1e3",
    "0x10",
    "5.",
    "2026-02-30",
    "31.03.2026",
    "29.02.2025",
    "2026-03-31T23:59:60.5+03:00",
    "2026-03-31T24:00:00Z",
    "1899-12-31",
    "2101-01-01",
    "FullTime",
    "success",
    "SUCCED",
    "rejected",
    "На доработке",
    "ab1c",
    "1234-aehk-мртх",
    "АЕ12-AEHK-MPTX-4",
    "7AE1CF44-62F8-EE0F-7CE6-ADD76581886F",
    "D290F1EE-6C54-4B01-90E6-D701748F0851",
    "Банк Ёлка",
    "\u{85}x\u{feff}",
    "{}",
    "not_trained\u{2028}",
    "999999999999999999999",
    "9007199254740991.5",
    "12000.505",
    "46419",
    "1.2.2027",
    "1.2.2027 г.",
    "01.02.2027 9:30",
    "01/02/2027",
    "2026-03-31T10:00",
    "0001-01-01T00:00:00",
    "1.01.0001 0:00:00",
    "1234 – aehk\u{a0}— мртх",
    "ua21 3223 1300 0002 6007 2335 6600 1",
    "+7 (495) 123–45–67 доб. 12",
    " 12,500 руб.\u{200b}",
];
const NUMBERS: [&str; 20] = [
    "0",
    "-0",
    "-1",
    "1.5",
    "2.0",
    "1e2",
    "0.001",
    "1.999",
    "100.001",
    "9007199254740991",
    "9007199254740992",
    "9007199254740993",
    "1e21",
    "1e308",
    "1e999",
    "-1E-7",
    "12.0000000000000000001",
    "4503599627370497.5",
    "0.1",
    "305299",
];
const KEYS: [&str; 8] = ["__proto__", "constructor", "тайный ключ", "a/b~c", "12", "", "is_payd", "Name"];

const DATES: [&str; 20] = [
    "2026-02-30",
    "2026-04-31",
    "2025-02-29",
    "1900-02-29",
    "2000-02-29",
    "2100-02-29",
    "1899-12-31",
    "2101-01-01",
    "31.03.2026",
    "29.02.2025",
    "2026-3-1",
    "2026-03-31T10:00:00Z",
    "2026-03-31T00:00:00+03:00",
    "2026-03-31 10:00",
    "1.3.2026",
    "1.03.2026 г.",
    "01.3.2026 9:05",
    "0001-01-01",
    "01.01.0001 0:00:00",
    "1800-02-30",
];

/// Changes one place.
pub fn mutate(value: &mut Json, choices: &mut Choices<'_>) {
    let size = value.size();
    let place = choices.under(size);
    let copied = choices.chance(10).then(|| value.nth(choices.under(size)).cloned()).flatten();
    let Some(target) = value.nth(place) else { return };
    if let Some(copied) = copied
        && copied.size() < 50
    {
        *target = copied;
        return;
    }
    match target {
        Json::Object(entries) if choices.chance(20) => entries.iter_mut().for_each(|(_, value)| empty(value, choices)),
        Json::Object(entries) if choices.chance(75) => keys(entries, choices),
        Json::List(items) if choices.chance(60) => list(items, choices),
        Json::Text(text) if choices.chance(50) => respell(text, choices),
        Json::Number(digits) if choices.chance(40) => *digits = choices.of(&NUMBERS).to_owned(),
        target => replace(target, choices),
    }
}

fn keys(entries: &mut Vec<(String, Json)>, choices: &mut Choices<'_>) {
    let at = choices.under(entries.len());
    match choices.under(6) {
        0 if !entries.is_empty() => {
            entries.remove(at);
        }
        1 if !entries.is_empty() => {
            let key = &mut entries[at].0;
            *key = match choices.under(4) {
                0 => key.to_uppercase(),
                1 => respelt(key, choices),
                2 => respelt(key, choices),
                _ => key.chars().rev().collect(),
            };
        }
        2 if !entries.is_empty() => {
            let (key, value) = entries[at].clone();
            let key = if choices.chance(50) { key } else { key.to_uppercase() };
            let place = choices.under(entries.len() + 1);
            entries.insert(place, (key, if choices.chance(50) { value } else { scalar(choices) }));
        }
        3 if entries.len() > 1 => {
            let other = choices.under(entries.len());
            entries.swap(at, other);
        }
        4 if !entries.is_empty() => entries[at].1 = scalar(choices),
        _ => {
            let value = if choices.chance(20) { deep(choices) } else { garbage(choices, 2) };
            entries.push((choices.of(&KEYS).to_string(), value));
        }
    }
}

fn list(items: &mut Vec<Json>, choices: &mut Choices<'_>) {
    let at = choices.under(items.len());
    match choices.under(9) {
        0 => items.clear(),
        1 if !items.is_empty() => {
            items.remove(at);
        }
        4 | 5 if !items.is_empty() => {
            let item = core::mem::replace(&mut items[at], Json::Null);
            items[at] = Json::List(if choices.chance(80) { vec![item] } else { vec![item.clone(), item] });
        }
        6 if !items.is_empty() => {
            items[at] = choices.of(&[BLANK, NOTHING, NO_ITEMS])();
            if choices.chance(40) {
                items[at] = Json::List(vec![items[at].clone()]);
            }
        }
        7 if !items.is_empty() => empty(&mut items[at], choices),
        2 if !items.is_empty() => items.push(items[at].clone()),
        3 => items.push(garbage(choices, 2)),
        _ if items.len() > 1 => {
            let other = choices.under(items.len());
            items.swap(at, other);
        }
        _ => items.push(Json::Null),
    }
}

const BLANK: fn() -> Json = || Json::text(" ");
const NOTHING: fn() -> Json = || Json::Null;
const NO_ITEMS: fn() -> Json = || Json::List(Vec::new());

/// Leaves nothing in a value that says anything: blanks, or now and then zero and false as they may be written.
fn empty(value: &mut Json, choices: &mut Choices<'_>) {
    match value {
        Json::List(items) if choices.chance(70) => items.iter_mut().for_each(|item| empty(item, choices)),
        Json::Object(entries) if choices.chance(90) => entries.iter_mut().for_each(|(_, value)| empty(value, choices)),
        other => {
            *other = match choices.under(12) {
                0..=3 => Json::text(""),
                4..=6 => Json::Null,
                7 => Json::text("\u{a0} "),
                8 => Json::number(choices.of(&["0", "-0.0", "0e3"])),
                9 => Json::Bool(false),
                10 => Json::text(choices.of(&["0,00", "FALSE", "0 ₽", "0001-01-01", "000"])),
                _ => choices.of(&[NO_ITEMS, || Json::Object(Vec::new())])(),
            }
        }
    }
}

/// A key with some of its letters in the other case.
fn respelt(key: &str, choices: &mut Choices<'_>) -> String {
    let letter = |letter: char| if choices.chance(30) { letter.to_ascii_uppercase() } else { letter };
    key.chars().map(letter).collect()
}

/// The same text in another form.
fn respell(text: &mut String, choices: &mut Choices<'_>) {
    if text.len() == 10 && text.as_bytes()[4] == b'-' {
        *text = choices.of(&DATES).to_owned();
        return;
    }
    *text = match choices.under(7) {
        0 => text.to_uppercase(),
        1 => format!(" {text}\u{a0}"),
        2 => text.to_lowercase(),
        3 => format!("{text}\u{200b}"),
        4 => text.chars().skip(1).collect(),
        5 => "ё".repeat(10_001),
        _ => text.repeat(2),
    };
}

fn replace(target: &mut Json, choices: &mut Choices<'_>) {
    let old = core::mem::replace(target, Json::Null);
    *target = match (choices.under(6), old) {
        (0, Json::Number(digits)) => Json::Text(digits),
        (0, Json::Bool(flag)) => Json::Text(if flag { "True" } else { "false" }.to_owned()),
        (0, Json::Text(text))
            if text.bytes().all(|byte| byte.is_ascii_digit())
                && (1..9).contains(&text.len())
                && !text.starts_with('0') =>
        {
            Json::Number(text)
        }
        (1, Json::List(mut items)) if items.len() == 1 => items.remove(0),
        (1, old) => Json::List(vec![old]),
        (2, Json::Bool(flag)) => Json::Bool(!flag),
        (2 | 3, _) => scalar(choices),
        (4, old) => old,
        _ => garbage(choices, 3),
    };
}

fn scalar(choices: &mut Choices<'_>) -> Json {
    match choices.under(5) {
        0 => Json::Null,
        1 => Json::Bool(choices.chance(50)),
        2 => Json::number(choices.of(&NUMBERS)),
        _ => Json::text(choices.of(&TEXTS)),
    }
}

/// Any JSON.
pub fn garbage(choices: &mut Choices<'_>, depth: usize) -> Json {
    match if depth == 0 { 0 } else { choices.under(6) } {
        4 => Json::List((0..choices.under(4)).map(|_| garbage(choices, depth - 1)).collect()),
        5 => {
            let entry = |choices: &mut Choices<'_>| (choices.of(&KEYS).to_string(), garbage(choices, depth - 1));
            Json::Object((0..choices.under(4)).map(|_| entry(choices)).collect())
        }
        _ => scalar(choices),
    }
}

/// Nested about as deep as is allowed.
fn deep(choices: &mut Choices<'_>) -> Json {
    let mut value = Json::Null;
    for _ in 0..25 + choices.under(12) {
        value = if choices.chance(50) { Json::List(vec![value]) } else { Json::Object(vec![("a".to_owned(), value)]) };
    }
    value
}

/// Damage to the text itself, so that it may no longer be JSON.
pub fn damage(text: &mut String, choices: &mut Choices<'_>) {
    let mut at = choices.under(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    match choices.under(4) {
        0 => text.truncate(at),
        1 => text.insert(at, choices.of(&['}', ']', '"', ',', '\\', 'x', '\u{1}', '7'])),
        2 => text.insert(0, '\u{feff}'),
        _ => text.push_str(choices.of(&[" ", "}", "null", "\n\n,"])),
    }
}
