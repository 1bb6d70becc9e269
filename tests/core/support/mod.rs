//! What the rule tests share: a payload with a value and options, and the question which issues it has. Nothing here knows a rule.

#![allow(dead_code, reason = "each test file uses its own part")]
#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot be set up has failed"
)]

#[path = "../../agreement/container.rs"]
pub mod container;
pub mod contract;
pub mod programme;
pub mod unpacked;

use std::fmt::Display;

use portform::{Mode, Options, Payload, check_json, payload};
use serde_json::Value;

/// An issue: pointer, code, severity, rule.
pub type Row = (String, String, String, String);

/// The payload of this name.
pub fn table(name: &str) -> &'static Payload {
    payload(name).unwrap_or_else(|| panic!("there is no payload {name}"))
}

/// The issues of a JSON text, in order.
pub fn issues(name: &str, json: impl Display, options: &Options) -> Vec<Row> {
    let text = json.to_string();
    check_json(table(name), text.as_bytes(), options)
        .issues()
        .iter()
        .map(|issue| {
            (
                issue.pointer(),
                issue.code.as_str().to_owned(),
                issue.severity.as_str().to_owned(),
                issue.rule.to_string(),
            )
        })
        .collect()
}

/// One of the documents' own examples.
pub fn example(name: &str) -> String {
    let path = format!("{}/tests/fixtures/examples/{name}.json", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// A payload with a value and options.
#[derive(Clone)]
pub struct Case {
    name: &'static str,
    value: Value,
    options: Options,
}

impl Case {
    /// The value as a payload of this name.
    pub fn new(name: &'static str, value: Value) -> Self {
        Self { name, value, options: Options::default() }
    }

    /// Puts a value at the JSON pointer; the last step may be new.
    pub fn set(mut self, pointer: &str, value: impl Into<Value>) -> Self {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        match self.value.pointer_mut(parent).unwrap_or_else(|| panic!("nothing at {parent}")) {
            Value::Object(entries) => {
                entries.insert(key.to_owned(), value.into());
            }
            Value::Array(items) => {
                let at: usize = key.parse().unwrap();
                if at == items.len() {
                    items.push(value.into());
                } else {
                    *items.get_mut(at).unwrap() = value.into();
                }
            }
            other => panic!("{parent} is {other}"),
        }
        self
    }

    /// Leaves out what stands at the JSON pointer.
    pub fn without(mut self, pointer: &str) -> Self {
        let (parent, key) = pointer.rsplit_once('/').unwrap();
        let entries = self.value.pointer_mut(parent).and_then(Value::as_object_mut).unwrap();
        entries.remove(key).unwrap_or_else(|| panic!("nothing at {pointer}"));
        self
    }

    /// The value as it is now.
    pub fn value(&self) -> Value {
        self.value.clone()
    }

    /// Changes the options.
    pub fn with(mut self, change: impl FnOnce(&mut Options)) -> Self {
        change(&mut self.options);
        self
    }

    /// The day that counts as today.
    pub fn today(self, day: &str) -> Self {
        self.with(|options| options.today = Some(day.parse().unwrap()))
    }

    /// The current status of the payload's object.
    pub fn status(self, status: &str) -> Self {
        self.with(|options| options.context.status = Some(status.to_owned()))
    }

    /// The programme that a cycle belongs to.
    pub fn programme(self, programme: &Value) -> Self {
        self.with(|options| options.context.set_programme(programme).unwrap())
    }

    /// The reference list of specialities.
    pub fn specialities(self, names: &Value) -> Self {
        self.with(|options| options.context.set_specialities(names).unwrap())
    }

    /// The reference list of five-year programmes.
    pub fn programmes(self, programmes: &Value) -> Self {
        self.with(|options| options.context.set_programmes(programmes).unwrap())
    }

    /// Nothing is read leniently.
    pub fn strict(self) -> Self {
        self.with(|options| options.mode = Mode::Strict)
    }

    /// The warnings of this rule count as errors.
    pub fn promote(self, rule: &str) -> Self {
        self.with(|options| options.promote.push(rule.to_owned()))
    }

    /// The issues, in order.
    pub fn issues(&self) -> Vec<Row> {
        issues(self.name, &self.value, &self.options)
    }

    /// The value of the report: the outgoing body, or the canonical reading.
    pub fn body(&self) -> Value {
        let text = self.value.to_string();
        let body = check_json(table(self.name), text.as_bytes(), &self.options).body();
        let body = body.unwrap_or_else(|| panic!("not valid: {:?}", self.issues()));
        serde_json::from_str(&body).unwrap()
    }

    /// The rule finds exactly this: pointer, code, severity.
    #[track_caller]
    pub fn trips(&self, rule: &str, pointer: &str, code: &str, severity: &str) {
        self.finds(rule, &[(pointer, code, severity)]);
    }

    /// The rule finds exactly these, in this order.
    #[track_caller]
    pub fn finds(&self, rule: &str, expected: &[(&str, &str, &str)]) {
        let all = self.issues();
        let found: Vec<_> = all
            .iter()
            .filter(|(.., id)| id == rule)
            .map(|(pointer, code, severity, _)| (pointer.as_str(), code.as_str(), severity.as_str()))
            .collect();
        assert_eq!(found, expected, "{rule} in {all:?} of {}", self.value);
    }

    /// The rule finds nothing.
    #[track_caller]
    pub fn quiet(&self, rule: &str) {
        self.finds(rule, &[]);
    }

    /// There is no issue at all.
    #[track_caller]
    pub fn fine(&self) {
        assert_eq!(self.issues(), [], "of {}", self.value);
    }

    /// The parameters and the message of the first issue of this rule, as JavaScript sees them.
    pub fn shown(&self, rule: &str) -> (Value, String) {
        let text = self.value.to_string();
        let json = check_json(table(self.name), text.as_bytes(), &self.options).issues_json();
        let issues: Vec<Value> = serde_json::from_str(&json).unwrap();
        let issue = issues.iter().find(|issue| issue["rule"] == rule).unwrap_or_else(|| panic!("{rule} finds nothing"));
        (issue["params"].clone(), issue["message"].as_str().unwrap_or_default().to_owned())
    }
}
