//! Payloads that look right: a value for each field by its type, format and options, taken from the payload's own list of fields. What
//! the checker still refuses is mended, so that many of them are valid.

use std::sync::OnceLock;

use portform::export::{FieldInfo, fields};
use portform::issue::{Code, Params, Severity, Step};
use portform::options::{Dialect, Options};
use portform::table::System;
use portform::{Payload, check_json, payloads};

use super::choices::{Choices, bytes};
use super::container::signed;
use super::json::Json;

/// A field with the fields below it.
#[derive(Debug)]
pub struct Node {
    info: FieldInfo,
    /// The same list of values as the other dialect spells it.
    other: Vec<String>,
    below: Vec<Node>,
}

/// The fields of a payload as a tree.
#[derive(Debug)]
pub struct Tree {
    pub payload: &'static Payload,
    top: Vec<Node>,
}

/// Every text that a case contains has this in it; no issue may.
pub const PRIVATE: &str = "Тайна";

const TEXTS: [&str; 6] =
    ["Тайна", "Тайна 7", "Тайна, с запятой", "Тайна «в кавычках»", "Тайна\"\\/\u{1f600}", "Тайна\n2"];
const IDS: [&str; 4] = ["17", "ТР-2", "ab_3", "000000000004"];
const UUIDS: [&str; 6] = [
    "09106b70-18b0-4726-b0ed-6bda1369fd52",
    "7c3da506-804d-4550-8993-bf17f9ee0402",
    "d290f1ee-6c54-4b01-90e6-d701748f0851",
    "f6d1a2b3-0c4d-4e5f-8a9b-1c2d3e4f5a6b",
    "b075f148-7f93-4fc2-b2ec-2d81b19a9b7b",
    "7ae1cf44-62f8-ee0f-7ce6-add76581886f",
];
const DATES: [&str; 6] = ["2026-03-02", "2026-03-31", "2026-12-31", "2024-02-29", "1900-01-01", "2100-12-31"];
const NUMBERS: [&str; 8] = ["2", "1", "3", "5", "0", "36", "16.5", "4.35"];
const INTEGERS: [&str; 7] = ["2", "1", "3", "5", "0", "2026", "100"];
const AMOUNTS: [&str; 6] = ["12000", "12000.5", "4.35", "0", "19.99", "1.13"];

impl Tree {
    pub fn of(payload: &'static Payload) -> Self {
        let table =
            Options { dialect: Dialect { result_status_table: true, ..Dialect::default() }, ..Options::default() };
        let other = fields(payload, &table);
        let mut top = Vec::new();
        for (info, other) in fields(payload, &Options::default()).into_iter().zip(other) {
            let other = other.options.unwrap_or_default().into_iter().map(|option| option.value).collect();
            let steps: Vec<String> = info.pointer.split('/').skip(1).map(str::to_owned).collect();
            let mut level: &mut Vec<Node> = &mut top;
            for step in steps.iter().take(steps.len() - 1).filter(|step| *step != "*") {
                level = &mut level.iter_mut().find(|node| node.info.name == step).unwrap().below;
            }
            level.push(Node { info, other, below: Vec::new() });
        }
        Self { payload, top }
    }

    /// The rule ids of the payload's fields.
    pub fn rules(&self) -> Vec<&'static str> {
        fn collect(nodes: &[Node], rules: &mut Vec<&'static str>) {
            for node in nodes {
                rules.extend(&node.info.rules);
                collect(&node.below, rules);
            }
        }
        let mut rules = Vec::new();
        collect(&self.top, &mut rules);
        rules
    }

    /// A payload that looks right; `fullness` of a hundred optional fields are there.
    pub fn plausible(&self, choices: &mut Choices<'_>) -> Json {
        let fullness = choices.of(&[20, 50, 80, 100]);
        object(&self.top, fullness, choices)
    }

    /// The same payload, mended where the checker refuses it.
    pub fn mended(&self, mut value: Json, options: &Options, choices: &mut Choices<'_>) -> Json {
        for _ in 0..6 {
            let text = value.write();
            let report = check_json(self.payload, text.as_bytes(), options);
            if report.valid() {
                break;
            }
            for issue in report.issues().iter().filter(|issue| issue.severity == Severity::Error).take(40) {
                // What is wrong inside a signed document is mended by another document.
                let path = if issue.inner > 0 { &issue.path[..usize::from(issue.inner)] } else { &issue.path };
                self.mend(&mut value, issue.code, &issue.params, path, choices);
            }
        }
        value
    }

    fn mend(&self, value: &mut Json, code: Code, params: &Params, path: &[Step], choices: &mut Choices<'_>) {
        let node = self.node(path);
        match (code, params, node) {
            (Code::ExactlyOne, Params::Count(flag, _), _) => {
                let Some(Json::List(items)) = value.at(path) else { return };
                for (at, item) in items.iter_mut().enumerate() {
                    item.put(&[Step::Key((*flag).into())], Json::Bool(at == 0));
                }
            }
            (Code::Duplicate, ..) if path.iter().any(|step| matches!(step, Step::Index(_))) => {
                let item = path.iter().rposition(|step| matches!(step, Step::Index(_))).unwrap_or_default();
                value.remove(&path[..=item]);
            }
            (Code::Required | Code::RequiredWhen, _, Some(node)) => value.put(path, node.value(100, choices)),
            (_, _, Some(node)) if node.info.required == "always" || choices.chance(50) => {
                value.put(path, node.value(50, choices));
            }
            _ => value.remove(path),
        }
    }

    /// The field at a path; the field itself also for an item of a list of values.
    fn node(&self, path: &[Step]) -> Option<&Node> {
        let mut level = &self.top;
        let mut found = None;
        for step in path {
            match step {
                Step::Key(key) => {
                    let node: &Node = level.iter().find(|node| node.info.name == key)?;
                    (level, found) = (&node.below, Some(node));
                }
                Step::Index(_) => {
                    if let Some(item) = level.iter().find(|node| node.info.name.is_empty()) {
                        found = Some(item);
                    }
                }
            }
        }
        found
    }
}

fn object(nodes: &[Node], fullness: u32, choices: &mut Choices<'_>) -> Json {
    let mut entries = Vec::new();
    for node in nodes {
        if node.info.required == "always" || choices.chance(fullness) {
            entries.push((node.info.name.to_owned(), node.value(fullness, choices)));
        }
    }
    Json::Object(entries)
}

impl Node {
    fn value(&self, fullness: u32, choices: &mut Choices<'_>) -> Json {
        let info = &self.info;
        if let Some(options) = &info.options {
            let other = &self.other;
            let at = choices.under(options.len());
            let text = if choices.chance(20) { other.get(at) } else { None };
            return Json::text(text.map_or(options[at].value.as_str(), String::as_str));
        }
        match info.kind {
            "number" => Json::number(self.bounded(&NUMBERS, choices)),
            "integer" => Json::number(self.bounded(&INTEGERS, choices)),
            "money" => Json::number(choices.of(&AMOUNTS)),
            "boolean" => Json::Bool(choices.chance(50)),
            "date" => Json::text(choices.of(&DATES)),
            "uuid" => Json::text(choices.of(&UUIDS)),
            "object" => object(&self.below, fullness, choices),
            "list" => {
                let most = if choices.chance(10) { 6 } else { 3 };
                let count = choices.under(most).max(info.min_items.unwrap_or(0) as usize);
                let item = |choices: &mut Choices<'_>| match self.below.as_slice() {
                    [only] if only.info.name.is_empty() => only.value(fullness, choices),
                    below => object(below, fullness, choices),
                };
                Json::List((0..count).map(|_| item(choices)).collect())
            }
            _ => text(info, choices),
        }
    }

    fn bounded<'t>(&self, list: &[&'t str], choices: &mut Choices<'_>) -> &'t str {
        let fits = |text: &&&str| {
            let number: f64 = text.parse().unwrap();
            let info = &self.info;
            info.min.is_none_or(|min| number >= f64::from(min))
                && info.max.is_none_or(|max| number <= f64::from(max))
                && info.exclusive_min.is_none_or(|min| number > f64::from(min))
        };
        let fitting: Vec<&str> = list.iter().filter(fits).copied().collect();
        if fitting.is_empty() { list[0] } else { choices.of(&fitting) }
    }
}

/// Signed containers with contents that are valid and some that are not.
fn containers() -> &'static [String] {
    static CONTAINERS: OnceLock<Vec<String>> = OnceLock::new();
    CONTAINERS.get_or_init(|| {
        let contents = payloads()
            .iter()
            .filter(|payload| payload.system() == System::Ehealth)
            .filter(|payload| fields(payload, &Options::default()).iter().all(|field| field.format != Some("base64")));
        let mut list = vec!["eyJhIjogMX0=".to_owned()];
        for payload in contents {
            for number in 0..10 {
                let bytes = bytes(7, number, 600);
                let (tree, mut choices) = (Tree::of(payload), Choices::new(&bytes));
                let value = tree.plausible(&mut choices);
                let value = if number < 8 { tree.mended(value, &Options::default(), &mut choices) } else { value };
                list.push(signed(value.write()));
            }
        }
        list
    })
}

fn text(info: &FieldInfo, choices: &mut Choices<'_>) -> Json {
    let list: &[&str] = match info.format {
        Some("url") => &["https://example.org/тайна", "http://пример.рф"],
        Some("phone") => &["+7 (495) 123-45-67", "0441234567"],
        Some("email") => &["тайна@пример.рф", "a@b.ru"],
        Some("snils") => &["112-233-445 95", "11223344595", "087-654-303 00"],
        Some("contract_number") => &["0000-AEHK-1234", "1234-MPTX-0000", "AE12-AEHK-MPTX-4"],
        Some("name") => &["Банк \"Тайна\"", "№ 5", "Uкраїна"],
        Some("mfo") => &["305299", "300711"],
        Some("iban") => &["26005012345678", "UA213223130000026007233566001"],
        Some("base64") => &containers().iter().map(String::as_str).collect::<Vec<_>>(),
        _ if info.name == "id" || info.name.ends_with("_id") || info.name.ends_with("number") => &IDS,
        _ => &TEXTS,
    };
    Json::text(choices.of(list))
}
