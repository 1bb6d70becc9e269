//! One case of the agreement tests: a payload, options and a text, all decided by a sequence of bytes. Valid, mutated and garbage
//! texts of every payload come from the tables; no payload is named here, but those that the context is made of.

use std::fmt;
use std::sync::OnceLock;

use portform::issue::Step;
use portform::options::Options;
use portform::{Input, Payload, options_read, payloads};

use super::choices::Choices;
use super::json::Json;
use super::mutate::{damage, garbage, mutate};
use super::plausible::Tree;

/// One case.
pub struct Case {
    pub payload: &'static Payload,
    /// The options as the JavaScript interface has them.
    pub options: String,
    pub text: String,
    /// Whether the text is JSON and `JSON.parse` loses nothing of it that decides.
    pub lossless: bool,
}

impl fmt::Debug for Case {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} with {}\n{}", self.payload.name(), self.options, self.text)
    }
}

pub fn trees() -> &'static [Tree] {
    static TREES: OnceLock<Vec<Tree>> = OnceLock::new();
    TREES.get_or_init(|| payloads().iter().map(|payload| Tree::of(payload)).collect())
}

fn named(name: &str) -> Option<&'static Tree> {
    trees().iter().find(|tree| tree.payload.name() == name)
}

impl Case {
    /// The case that the bytes decide.
    pub fn of(bytes: &[u8]) -> Self {
        let mut choices = Choices::new(bytes);
        let choices = &mut choices;
        let tree = &trees()[choices.under(trees().len())];
        let mut chosen = options(tree, choices);
        let value = tree.plausible(choices);
        let mut value = if choices.chance(20) {
            value
        } else {
            let mended = tree.mended(value, &read(&chosen.write()), choices);
            // What no payload can satisfy under this context may pass without it.
            if portform::check_json(tree.payload, mended.write().as_bytes(), &read(&chosen.write())).valid()
                || choices.chance(30)
            {
                mended
            } else {
                chosen.remove(&[Step::Key("context".into())]);
                tree.mended(mended, &read(&chosen.write()), choices)
            }
        };
        match choices.under(20) {
            0..=6 => {}
            7..=12 => mutate(&mut value, choices),
            13..=16 => (0..2 + choices.under(3)).for_each(|_| mutate(&mut value, choices)),
            17 | 18 => (0..5 + choices.under(10)).for_each(|_| mutate(&mut value, choices)),
            _ => value = garbage(choices, 4),
        }
        let mut text = value.write();
        let mut lossless = value.lossless();
        if choices.chance(4) {
            damage(&mut text, choices);
            lossless = false;
        }
        Self { payload: tree.payload, options: chosen.write(), text, lossless }
    }

    /// The options as the checker takes them.
    pub fn options(&self) -> Options {
        read(&self.options)
    }
}

fn read(options: &str) -> Options {
    options_read::options(Input::Text(options.as_bytes())).unwrap()
}

pub fn options(tree: &Tree, choices: &mut Choices<'_>) -> Json {
    let mut entries = Vec::new();
    let mut put = |key: &str, value: Json| entries.push((key.to_owned(), value));
    if choices.chance(60) {
        put("locale", Json::text(choices.of(&["ru", "uk", "en"])));
    }
    if choices.chance(50) {
        put("mode", Json::text(choices.of(&["strict", "lenient"])));
    }
    if choices.chance(50) {
        put("today", Json::text(choices.of(&["2026-03-01", "2026-12-31", "2024-02-29"])));
    }
    if choices.chance(8) {
        put("promote", Json::texts(&[choices.of(&tree.rules()), "GEN-04"]));
    }
    if choices.chance(30) {
        let mut dialect = Vec::new();
        let parts =
            [("resultStatus", ["example", "table"]), ("price", ["number", "text"]), ("address", ["object", "list"])];
        for (part, words) in parts {
            dialect.push((part.to_owned(), Json::text(choices.of(&words))));
        }
        put("dialect", Json::Object(dialect));
    }
    if choices.chance(30) {
        put("context", context(choices));
    }
    Json::Object(entries)
}

fn context(choices: &mut Choices<'_>) -> Json {
    let mut entries = Vec::new();
    let mut put = |key: &str, value: Json| entries.push((key.to_owned(), value));
    if choices.chance(50) {
        put("status", Json::text(choices.of(&["Утвержден", "На доработке", "approved", "closed", "иное"])));
    }
    if choices.chance(40) {
        put("requestNumbers", Json::texts(&["17", "ТР-2"]));
    }
    if choices.chance(30) {
        put("specialities", Json::texts(&["Тайна", "Тайна 7"]));
    }
    if choices.chance(30) {
        put("contractType", Json::text(choices.of(&["CAPITATION", "REIMBURSEMENT"])));
    }
    if choices.chance(20) {
        let dictionary = ("CONTRACT_TYPE".to_owned(), Json::texts(&["GENERAL", "PMD_1"]));
        put("dictionaries", Json::Object(vec![dictionary]));
    }
    for (part, name) in [
        ("programme", "programme.create"),
        ("programmes", "reference.programmes"),
        ("previous", "contract_request.capitation"),
    ] {
        if let Some(tree) = named(name)
            && choices.chance(25)
        {
            let mut body = tree.mended(tree.plausible(choices), &Options::default(), choices);
            if let (Json::Object(entries), "previous") = (&mut body, part) {
                entries.push(("status".to_owned(), Json::text(choices.of(&["VERIFIED", "TERMINATED"]))));
                entries.push(("is_suspended".to_owned(), Json::Bool(choices.chance(20))));
                if choices.chance(30) {
                    // A contract is told by its number.
                    body.put(&[Step::Key("contract_number".into())], Json::text("0000-AEHK-1234"));
                    body = Json::Object(vec![("data".to_owned(), body)]);
                }
            }
            put(part, body);
        }
    }
    Json::Object(entries)
}
