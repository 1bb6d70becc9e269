//! The live form against the whole check: after any sequence of edits both find the same issues, states and body, and whoever
//! follows the form's `Changes` has the same issues too. A plain JSON value that gets the same edits is the model.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where its model and the form part"
)]

use std::collections::BTreeMap;

use portform::form::{Changes, Filter, Form, Misuse};
use portform::issue::Code;
use portform::{Issue, Locale, Mode, Options, Severity};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The kinds of rows that the model has to know to follow a pointer.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Leaf,
    Object,
    List,
}

/// The rows of a payload by pointer, `*` for any index.
struct Rows {
    kinds: BTreeMap<String, Kind>,
    leaves: Vec<String>,
    lists: Vec<String>,
}

impl Rows {
    /// Whether the items of the list are values, not objects.
    fn of_values(&self, list: &str) -> bool {
        self.kinds.contains_key(&format!("{list}/*"))
    }
}

fn rows(payload: &str, options: &Options) -> Rows {
    let fields = portform::export::fields(portform::payload(payload).unwrap(), options);
    let fields: Vec<Value> = serde_json::from_value(serde_json::to_value(fields).unwrap()).unwrap();
    let mut rows = Rows { kinds: BTreeMap::new(), leaves: Vec::new(), lists: Vec::new() };
    for field in fields {
        let pointer = field["pointer"].as_str().unwrap().to_owned();
        let kind = match field["type"].as_str().unwrap() {
            "object" => Kind::Object,
            "list" => Kind::List,
            _ => Kind::Leaf,
        };
        match kind {
            Kind::List => rows.lists.push(pointer.clone()),
            Kind::Leaf => rows.leaves.push(pointer.clone()),
            Kind::Object => {}
        }
        rows.kinds.insert(pointer, kind);
    }
    rows
}

#[derive(Clone, Debug)]
enum Edit {
    Set(prop::sample::Index, [prop::sample::Index; 3], Value),
    SetContainer(prop::sample::Index, [prop::sample::Index; 3], Value),
    Insert(prop::sample::Index, [prop::sample::Index; 4], Option<Value>),
    Remove(prop::sample::Index, [prop::sample::Index; 4]),
    Move(prop::sample::Index, [prop::sample::Index; 5]),
    Paste(prop::sample::Index, [prop::sample::Index; 4], Vec<[Value; 2]>),
    Replace(Value),
    Options(u8),
    Undo,
    Redo,
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => prop::sample::select(vec![
            json!(true), json!(false), json!("true"), json!(0), json!(1), json!(3), json!(5), json!(16), json!(36), json!(2.5), json!("12 000,50"),
            json!("1"), json!("2"), json!(""), json!(" "), json!("x"), json!("y"), json!(" x "), json!("FAILED"), json!("SUCCEED"),
            json!("NOT_TRAINED"), json!("failed"), json!("2019-12-01"), json!("2019-12-10"), json!("01.01.2020"), json!("2026-02-30"),
            json!("7ae1cf44-62f8-ee0f-7ce6-add76581886f"), json!("2922a240-63db-404e-b730-09222bfeb2dd"), json!("2922A240-63db-404e-b730-09222bfeb2de"),
            json!("remote"), json!("fulltime"), json!("cancelled"), json!("Терапия"), json!(-1), json!(1e300), json!("12,500"),
        ]),
        1 => Just(Value::Null),
        1 => Just(json!([])),
        1 => Just(json!({})),
        1 => Just(json!([1])),
        1 => Just(json!({"a": 1})),
    ]
}

/// An object with keys of the payload, some of them misspelt, at any depth.
fn object(names: Vec<String>, depth: u32) -> BoxedStrategy<Value> {
    let value: BoxedStrategy<Value> = if depth == 0 {
        leaf().boxed()
    } else {
        prop_oneof![
            6 => leaf(),
            2 => object(names.clone(), depth - 1),
            2 => prop::collection::vec(object(names.clone(), depth - 1), 0..4).prop_map(Value::Array),
            1 => prop::collection::vec(leaf(), 0..4).prop_map(Value::Array),
            1 => prop::collection::vec(prop::collection::vec(object(names.clone(), depth - 1), 0..3).prop_map(Value::Array), 0..3)
                .prop_map(Value::Array),
        ]
        .boxed()
    };
    let key =
        prop_oneof![20 => prop::sample::select(names), 1 => Just("Price".to_owned()), 1 => Just("unknown".to_owned())];
    prop::collection::btree_map(key, value, 0..10)
        .prop_map(|entries| Value::Object(entries.into_iter().collect()))
        .boxed()
}

fn edit(names: Vec<String>) -> impl Strategy<Value = Edit> {
    let index = any::<prop::sample::Index>;
    let four = || any::<[prop::sample::Index; 4]>();
    let three = || any::<[prop::sample::Index; 3]>();
    prop_oneof![
        12 => (index(), three(), leaf()).prop_map(|(row, at, value)| Edit::Set(row, at, value)),
        3 => (index(), three(), prop_oneof![object(names.clone(), 2), prop::collection::vec(object(names.clone(), 1), 0..4).prop_map(Value::Array), leaf()])
            .prop_map(|(row, at, value)| Edit::SetContainer(row, at, value)),
        4 => (index(), four(), prop::option::of(prop_oneof![4 => object(names.clone(), 1), 1 => leaf()])).prop_map(|(row, at, item)| Edit::Insert(row, at, item)),
        3 => (index(), four()).prop_map(|(row, at)| Edit::Remove(row, at)),
        2 => (index(), any::<[prop::sample::Index; 5]>()).prop_map(|(row, at)| Edit::Move(row, at)),
        2 => (index(), four(), prop::collection::vec([leaf(), leaf()], 0..5)).prop_map(|(row, at, rows)| Edit::Paste(row, at, rows)),
        1 => object(names, 3).prop_map(Edit::Replace),
        1 => (0..8_u8).prop_map(Edit::Options),
        2 => Just(Edit::Undo),
        2 => Just(Edit::Redo),
    ]
}

fn options(variant: u8) -> Options {
    let mut options = Options { locale: Some(Locale::ALL[usize::from(variant % 3)]), ..Options::default() };
    if variant & 1 != 0 {
        options.today = "2019-12-05".parse().ok();
    }
    if variant == 5 {
        options.mode = Mode::Strict;
    }
    if variant & 2 != 0 {
        options.context.status = Some("На доработке".to_owned());
        options.context.request_numbers = Some(std::sync::Arc::new(["1".to_owned(), "x".to_owned()].into()));
        options.promote = vec!["RES-12".to_owned(), "CYC-08".to_owned()];
    }
    if variant == 7 {
        options.dialect.address_list = true;
        options.dialect.result_status_table = true;
    }
    options
}

/// The value that the model's pointer leads to, made where it is missing, just as the form makes it.
fn place<'m>(mut value: &'m mut Value, pointer: &str, rows: &Rows) -> &'m mut Value {
    let mut pattern = String::new();
    let mut parts = pointer.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        pattern.push('/');
        pattern.push_str(part);
        if !value.is_object() {
            *value = json!({});
        }
        let object = value.as_object_mut().unwrap();
        drop_other_spellings(object, part, parts.peek().is_none());
        let key = spelling(object, part);
        value = object.entry(key).or_insert(Value::Null);
        match (rows.kinds.get(&pattern), parts.peek()) {
            (Some(Kind::Object), Some(_)) => {
                if value.as_array().is_some_and(|items| items.len() == 1) {
                    if let Some(inner) = only_object(&mut value[0]) {
                        value[0] = inner.take();
                    }
                    value = &mut value[0];
                } else if !value.is_object() {
                    *value = json!({});
                }
            }
            (Some(Kind::List), Some(_)) => {
                pattern.push_str("/*");
                let of_values = rows.kinds.contains_key(&pattern);
                let index: usize = parts.next().unwrap().parse().unwrap();
                if value.is_object() && index == 0 && !of_values {
                    continue;
                }
                let items = list(value, of_values);
                if index == items.len() {
                    items.push(if parts.peek().is_some() { json!({}) } else { Value::Null });
                }
                value = &mut items[index];
                // An item that is an object may stand in a list of one.
                if parts.peek().is_some() && only_object(value).is_some() {
                    value = &mut value[0];
                }
            }
            _ => {}
        }
    }
    value
}

/// The object of a list of one.
fn only_object(value: &mut Value) -> Option<&mut Value> {
    value.as_array_mut().filter(|items| items.len() == 1)?.first_mut().filter(|item| item.is_object())
}

/// An edited field stands under its own key.
fn drop_other_spellings(object: &mut Map<String, Value>, name: &str, edited: bool) {
    if edited {
        object.retain(|key, _| key == name || !key.eq_ignore_ascii_case(name));
    }
}

/// The key under which a field that is passed through stands.
fn spelling(object: &Map<String, Value>, name: &str) -> String {
    let other = || object.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned();
    if object.contains_key(name) { name.to_owned() } else { other().unwrap_or_else(|| name.to_owned()) }
}

/// A value as a list: a single object becomes its only item (not in a list of values), anything else gives way.
fn list(value: &mut Value, of_values: bool) -> &mut Vec<Value> {
    if value.is_object() && !of_values {
        *value = json!([value.take()]);
    } else if !value.is_array() {
        *value = json!([]);
    }
    value.as_array_mut().unwrap()
}

/// A concrete pointer for a row: every `*` becomes an index that the list has, or its next one.
fn concrete(model: &Value, pattern: &str, at: &[prop::sample::Index], rows: &Rows) -> String {
    let (mut pointer, mut so_far, mut value) = (String::new(), String::new(), Some(model));
    let mut at = at.iter();
    for part in pattern.split('/').skip(1) {
        if part == "*" {
            if rows.of_values(&so_far) && matches!(value, Some(Value::Object(_))) {
                value = None;
            }
            let len = match value {
                Some(Value::Array(items)) => items.len(),
                Some(Value::Object(_)) => 1,
                _ => 0,
            };
            let index = at.next().map_or(0, |at| at.index(len + 1)).min(if matches!(value, Some(Value::Object(_))) {
                0
            } else {
                len
            });
            value = match value {
                Some(Value::Array(items)) => items.get(index),
                other => other,
            };
            pointer.push_str(&format!("/{index}"));
        } else {
            value = value.and_then(|value| {
                let object = value.as_object()?;
                object.get(&spelling(object, part))
            });
            pointer.push_str(&format!("/{part}"));
        }
        so_far.push('/');
        so_far.push_str(part);
        if rows.kinds.get(&so_far) == Some(&Kind::Object)
            && let Some(Value::Array(items)) = value
            && items.len() == 1
        {
            value = items.first();
        }
    }
    pointer
}

fn found(form: &Form) -> Value {
    let issues = form.issues(&Filter::default()).unwrap();
    let locale = form.locale();
    Value::Array(issues.iter().map(|issue| serde_json::to_value(issue.localized(locale)).unwrap()).collect())
}

/// Follows the changes as a page would.
fn follow(copy: &mut Vec<Value>, changes: &Changes, locale: Locale) -> Result<(), TestCaseError> {
    for issue in &changes.removed {
        let gone = serde_json::to_value(issue.localized(locale)).unwrap();
        let same = |other: &Value| {
            other["pointer"] == gone["pointer"] && other["code"] == gone["code"] && other["rule"] == gone["rule"]
        };
        let at = copy.iter().position(same);
        prop_assert!(
            at.is_some(),
            "removed what was not there: {} among {:?}",
            gone,
            copy.iter().map(|issue| issue["pointer"].clone()).collect::<Vec<_>>()
        );
        copy.remove(at.unwrap());
    }
    for shift in &changes.shifted {
        let depth = shift.pointer.split('/').count() - 1;
        for issue in copy.iter_mut() {
            let pointer = issue["pointer"].as_str().unwrap().to_owned();
            let mut parts: Vec<String> = pointer.split('/').map(str::to_owned).collect();
            let inside = pointer.starts_with(&format!("{}/", shift.pointer));
            if let Some(index) = parts.get_mut(depth + 1).filter(|_| inside)
                && let Ok(number) = index.parse::<usize>()
                && number >= shift.from
            {
                *index = number.saturating_add_signed(shift.by).to_string();
                issue["pointer"] = json!(parts.join("/"));
            }
        }
    }
    for issue in &changes.added {
        copy.push(serde_json::to_value(issue.localized(locale)).unwrap());
    }
    Ok(())
}

fn keys(issues: &[Value]) -> Vec<String> {
    let mut keys: Vec<String> = issues
        .iter()
        .map(|issue| format!("{} {} {} {}", issue["pointer"], issue["code"], issue["rule"], issue["severity"]))
        .collect();
    keys.sort();
    keys
}

struct World {
    payload: &'static str,
    rows: Rows,
    form: Form,
    options: Options,
    model: Value,
    past: Vec<Value>,
    future: Vec<Value>,
    copy: Vec<Value>,
}

impl World {
    fn new(payload: &'static str, start: Value) -> Self {
        let options = options(0);
        let form = Form::new(portform::payload(payload).unwrap(), options.clone(), Some(start.clone()));
        let copy = found(&form).as_array().unwrap().clone();
        Self {
            payload,
            rows: rows(payload, &options),
            form,
            options,
            model: start,
            past: Vec::new(),
            future: Vec::new(),
            copy,
        }
    }

    fn apply(&mut self, edit: Edit) -> Result<(), TestCaseError> {
        let before = self.model.clone();
        let list_pattern =
            |row: prop::sample::Index| (!self.rows.lists.is_empty()).then(|| row.get(&self.rows.lists).clone());
        let changes: Result<Changes, Misuse> = match edit {
            Edit::Set(row, at, value) => {
                let pointer = concrete(&self.model, row.get(&self.rows.leaves).as_str(), &at, &self.rows);
                *place(&mut self.model, &pointer, &self.rows) = value.clone();
                self.form.set(&pointer, value)
            }
            Edit::SetContainer(row, at, value) => {
                let containers: Vec<&String> = self
                    .rows
                    .kinds
                    .iter()
                    .filter(|(_, kind)| **kind != Kind::Leaf)
                    .map(|(pointer, _)| pointer)
                    .collect();
                if containers.is_empty() {
                    return Ok(());
                }
                let pointer = concrete(&self.model, row.get(&containers).as_str(), &at, &self.rows);
                *place(&mut self.model, &pointer, &self.rows) = value.clone();
                self.form.set(&pointer, value)
            }
            Edit::Insert(row, at, item) => {
                let Some(pattern) = list_pattern(row) else { return Ok(()) };
                let pointer = concrete(&self.model, &pattern, &at[..3], &self.rows);
                let items = list(place(&mut self.model, &pointer, &self.rows), self.rows.of_values(&pattern));
                let index = at[3].index(items.len() + 1);
                let scalar = self.rows.of_values(&pattern);
                items.insert(index, item.clone().unwrap_or(if scalar { Value::Null } else { json!({}) }));
                self.form.insert(&pointer, index, item)
            }
            Edit::Remove(row, at) => {
                let Some(pattern) = list_pattern(row) else { return Ok(()) };
                let pointer = concrete(&self.model, &pattern, &at[..3], &self.rows);
                let mut model = self.model.clone();
                let items = list(place(&mut model, &pointer, &self.rows), self.rows.of_values(&pattern));
                if items.is_empty() {
                    prop_assert!(matches!(self.form.remove(&pointer, 0), Err(Misuse::Range(_))));
                    return Ok(());
                }
                let index = at[3].index(items.len());
                items.remove(index);
                self.model = model;
                self.form.remove(&pointer, index)
            }
            Edit::Move(row, at) => {
                let Some(pattern) = list_pattern(row) else { return Ok(()) };
                let pointer = concrete(&self.model, &pattern, &at[..3], &self.rows);
                let mut model = self.model.clone();
                let items = list(place(&mut model, &pointer, &self.rows), self.rows.of_values(&pattern));
                if items.is_empty() {
                    return Ok(());
                }
                let (from, to) = (at[3].index(items.len()), at[4].index(items.len()));
                let item = items.remove(from);
                items.insert(to, item);
                self.model = model;
                self.form.move_item(&pointer, from, to)
            }
            Edit::Paste(row, at, block) => {
                let Some(pattern) = list_pattern(row) else { return Ok(()) };
                let prefix = format!("{pattern}/*/");
                let columns: Vec<String> = self
                    .rows
                    .leaves
                    .iter()
                    .filter_map(|leaf| leaf.strip_prefix(&prefix).filter(|rest| !rest.contains('/')).map(str::to_owned))
                    .collect();
                if columns.len() < 2 {
                    return Ok(());
                }
                let start = at[2].index(columns.len() - 1);
                let columns = [columns[start].as_str(), columns[start + 1].as_str()];
                let pointer = concrete(&self.model, &pattern, &at[..3], &self.rows);
                // Rows in which nothing stands are no rows.
                let blank = |cell: &Value| cell.is_null() || cell.as_str().is_some_and(|text| text.trim().is_empty());
                let rows: Vec<_> = block.iter().filter(|cells| !cells.iter().all(blank)).collect();
                let before = self.model.clone();
                let index = {
                    let items = list(place(&mut self.model, &pointer, &self.rows), self.rows.of_values(&pattern));
                    let index = at[3].index(items.len() + 1);
                    for (row, cells) in rows.iter().enumerate() {
                        if index + row == items.len() {
                            items.push(json!({}));
                        }
                        let item = &mut items[index + row];
                        if !item.is_object() {
                            *item = json!({});
                        }
                        let object = item.as_object_mut().unwrap();
                        for (column, cell) in columns.iter().zip(cells.iter()) {
                            drop_other_spellings(object, column, true);
                            object.insert((*column).to_owned(), cell.clone());
                        }
                    }
                    index
                };
                if rows.is_empty() {
                    self.model = before;
                    let changes = self.form.paste(&pointer, index, json!(block), &columns).unwrap();
                    prop_assert_eq!(changes.summary, self.form.summary());
                    return Ok(());
                }
                self.form.paste(&pointer, index, json!(block), &columns)
            }
            Edit::Replace(value) => {
                self.model = value.clone();
                Ok(self.form.replace(value))
            }
            Edit::Options(variant) => {
                self.options = options(variant);
                self.rows = rows(self.payload, &self.options);
                let changes = self.form.set_options(self.options.clone());
                follow(&mut self.copy, &changes, self.form.locale())?;
                return Ok(());
            }
            Edit::Undo => {
                let changes = self.form.undo();
                prop_assert_eq!(changes.is_some(), !self.past.is_empty());
                let Some(changes) = changes else { return Ok(()) };
                let now = std::mem::replace(&mut self.model, self.past.pop().unwrap());
                self.future.push(now);
                return follow(&mut self.copy, &changes, self.form.locale());
            }
            Edit::Redo => {
                let changes = self.form.redo();
                prop_assert_eq!(changes.is_some(), !self.future.is_empty());
                let Some(changes) = changes else { return Ok(()) };
                let now = std::mem::replace(&mut self.model, self.future.pop().unwrap());
                self.past.push(now);
                return follow(&mut self.copy, &changes, self.form.locale());
            }
        };
        let changes = changes.map_err(|misuse| TestCaseError::fail(misuse.to_string()))?;
        self.past.push(before);
        self.future.clear();
        follow(&mut self.copy, &changes, self.form.locale())
    }

    fn agrees(&mut self) -> Result<(), TestCaseError> {
        let text = self.model.to_string();
        let payload = self.form.payload();
        let live = self.form.issues(&Filter::default()).unwrap();

        // A check of the model, which is data, differs from the form in notes on readings alone.
        if self.options.mode == Mode::Lenient {
            let report = portform::check_json(payload, text.as_bytes(), &self.options);
            let whole = report.issues();
            prop_assert_eq!(lasting(&live), lasting(&whole), "of {}", text);
            prop_assert_eq!(self.form.valid(), report.valid());
            prop_assert_eq!(self.form.preview().body, report.preview().unwrap().body, "of {}", text);
            let states = portform::states_json(payload, text.as_bytes(), &self.options);
            prop_assert_eq!(self.form.states(), states, "of {}", text);
        }

        // A whole check of what was typed as such finds just what the edits have found one by one.
        let report = self.form.report();
        prop_assert_eq!(&live, &report.issues(), "of {}", text);
        prop_assert_eq!(self.form.valid(), report.valid());
        prop_assert_eq!(self.form.preview().body, report.preview().unwrap().body, "of {}", text);
        let summary = self.form.summary();
        let count = |severity| live.iter().filter(|issue| issue.severity == severity).count();
        prop_assert_eq!(
            [summary.errors, summary.warnings, summary.notes].map(|count| count as usize),
            [Severity::Error, Severity::Warning, Severity::Note].map(count)
        );
        let shown = found(&self.form);
        prop_assert_eq!(keys(&self.copy), keys(shown.as_array().unwrap()), "the followed changes, of {}", text);
        Ok(())
    }

    /// What the form gives back is what the model has.
    fn gives_back(&self) -> Result<(), TestCaseError> {
        let (typed, text) = (self.form.value(), self.model.to_string());
        let given = portform::check_packed(self.form.payload(), &typed, &self.options);
        let report = portform::check_json(self.form.payload(), text.as_bytes(), &self.options);
        prop_assert_eq!(given.issues_json(), report.issues_json(), "of {}", text);
        prop_assert_eq!(given.preview().unwrap().body, report.preview().unwrap().body, "of {}", text);
        Ok(())
    }
}

/// The issues but for the notes on readings, which a person's plain writing does not leave.
fn lasting(issues: &[Issue]) -> Vec<&Issue> {
    issues.iter().filter(|issue| issue.code != Code::Coerced).collect()
}

fn names(payload: &str) -> Vec<String> {
    let rows = rows(payload, &Options::default());
    let mut names: Vec<String> =
        rows.kinds.keys().filter_map(|pointer| pointer.rsplit('/').next()).map(str::to_owned).collect();
    names.retain(|name| name != "*");
    names.sort();
    names.dedup();
    names
}

fn run(payload: &'static str, cases: u32) {
    let config =
        ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 4000, ..ProptestConfig::default() };
    let names = names(payload);
    let strategy = (object(names.clone(), 3), prop::collection::vec(edit(names), 1..14));
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let result = runner.run(&strategy, |(start, edits)| {
        let mut world = World::new(payload, start);
        world.agrees()?;
        for edit in edits {
            world.apply(edit)?;
            world.agrees()?;
        }
        world.gives_back()
    });
    match result {
        Ok(()) => {}
        Err(proptest::test_runner::TestError::Fail(why, (start, edits))) => {
            panic!("{payload}: {why}\nfrom {start}\nby {edits:?}")
        }
        Err(other) => panic!("{payload}: {other}"),
    }
}

#[test]
fn the_form_of_every_payload_agrees_with_the_whole_check() {
    let payloads = portform::payloads();
    let cases = std::env::var("PORTFORM_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(10_000);
    for payload in payloads {
        run(payload.name(), cases / u32::try_from(payloads.len()).unwrap());
    }
}
