//! The live form against the whole check: after any sequence of edits both find the same issues, states and body, the form has what
//! was typed, and whoever follows its `Changes` has the same issues too.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where its model and the form part"
)]

use portform::explain::explain;
use portform::form::{Changes, Filter, Finding, Form, Misuse};
use portform::input::Input;
use portform::issue::{Code, Params};
use portform::{Issue, Locale, Mode, Options, Severity};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::script::{Edit, Rows, concrete, drop_other_spellings, list, only_object, options, place, put, script};
use crate::support::unpacked;

fn found(form: &Form) -> Vec<Value> {
    let issues = form.issues(&Filter::default()).unwrap();
    issues.iter().map(|issue| serde_json::to_value(issue.localized(form.locale())).unwrap()).collect()
}

/// Follows the changes as a page would.
fn follow(copy: &mut Vec<Value>, changes: &Changes, form: &Form) -> Result<(), TestCaseError> {
    let locale = form.locale();
    for issue in &changes.removed {
        let gone = serde_json::to_value(issue.localized(locale)).unwrap();
        let same = |other: &Value| {
            ["pointer", "code", "rule", "severity", "source"].iter().all(|part| other[*part] == gone[*part])
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
    prop_assert_eq!(changes.summary, form.summary());
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

/// Whether what a form holds is what was typed; of a value that fits no row natively no more is kept than that it was there.
fn typed(held: &Value, model: &Value) -> bool {
    match (held, model) {
        (Value::String(text), Value::Array(_) | Value::Object(_)) => text == unpacked::FOREIGN,
        (Value::Array(held), Value::Array(model)) => {
            held.len() == model.len() && held.iter().zip(model).all(|(held, model)| typed(held, model))
        }
        (Value::Object(held), Value::Object(model)) => {
            held.len() == model.len()
                && model.iter().all(|(key, value)| held.get(key).is_some_and(|held| typed(held, value)))
        }
        (Value::Number(held), Value::Number(model)) => held.as_f64() == model.as_f64(),
        _ => held == model,
    }
}

struct World {
    payload: &'static str,
    rows: Rows,
    form: Form,
    options: Options,
    model: Value,
    past: Vec<Value>,
    future: Vec<Value>,
    typing: Option<String>,
    copy: Vec<Value>,
}

impl World {
    fn new(payload: &'static str, start: Value) -> Self {
        let options = options(0);
        let form = Form::new(portform::payload(payload).unwrap(), options.clone(), Some(start.clone()));
        let copy = found(&form);
        Self {
            payload,
            rows: Rows::of(payload, &options),
            form,
            options,
            model: start,
            past: Vec::new(),
            future: Vec::new(),
            typing: None,
            copy,
        }
    }

    /// A list's pointer, and the model with a list there.
    fn at_list(&self, row: prop::sample::Index, at: &[prop::sample::Index]) -> Option<(String, String, Value)> {
        if self.rows.lists.is_empty() {
            return None;
        }
        let pattern = row.get(&self.rows.lists).clone();
        let pointer = concrete(&self.model, &pattern, at, &self.rows);
        let mut model = self.model.clone();
        list(place(&mut model, &pointer, &self.rows), self.rows.of_values(&pattern));
        Some((pattern, pointer, model))
    }

    fn apply(&mut self, edit: Edit) -> Result<(), TestCaseError> {
        let (before, version) = (self.model.clone(), self.form.version());
        let mut typing = None;
        let changes: Result<Changes, Misuse> = match edit {
            Edit::Set(row, at, value) => {
                let pointer = concrete(&self.model, row.get(&self.rows.leaves).as_str(), &at, &self.rows);
                put(&mut self.model, &pointer, value.clone(), &self.rows);
                self.form.set(&pointer, value)
            }
            Edit::Type(row, at, value) => {
                let pointer = concrete(&self.model, row.get(&self.rows.leaves).as_str(), &at, &self.rows);
                put(&mut self.model, &pointer, value.clone(), &self.rows);
                typing = Some(pointer.clone());
                self.form.set_typing(&pointer, value)
            }
            Edit::TypeOn(value) => {
                let Some(pointer) = self.typing.clone() else { return Ok(()) };
                put(&mut self.model, &pointer, value.clone(), &self.rows);
                typing = Some(pointer.clone());
                self.form.set_typing(&pointer, value)
            }
            Edit::SetContainer(row, at, value) => {
                if self.rows.containers.is_empty() {
                    return Ok(());
                }
                let pointer = concrete(&self.model, row.get(&self.rows.containers).as_str(), &at, &self.rows);
                put(&mut self.model, &pointer, value.clone(), &self.rows);
                self.form.set(&pointer, value)
            }
            Edit::Insert(row, at, item) => {
                let Some((pattern, pointer, mut model)) = self.at_list(row, &at[..3]) else { return Ok(()) };
                let scalar = self.rows.of_values(&pattern);
                let items = list(place(&mut model, &pointer, &self.rows), scalar);
                let index = at[3].index(items.len() + 1);
                items.insert(index, item.clone().unwrap_or(if scalar { Value::Null } else { json!({}) }));
                self.model = model;
                self.form.insert(&pointer, index, item)
            }
            Edit::Remove(row, at) => {
                let Some((pattern, pointer, mut model)) = self.at_list(row, &at[..3]) else { return Ok(()) };
                let items = list(place(&mut model, &pointer, &self.rows), self.rows.of_values(&pattern));
                if items.is_empty() {
                    prop_assert!(matches!(self.form.remove(&pointer, 0), Err(Misuse::Range(_))));
                    prop_assert_eq!(self.form.version(), version);
                    return Ok(());
                }
                let index = at[3].index(items.len());
                items.remove(index);
                self.model = model;
                self.form.remove(&pointer, index)
            }
            Edit::Move(row, at) => {
                let Some((pattern, pointer, mut model)) = self.at_list(row, &at[..3]) else { return Ok(()) };
                let items = list(place(&mut model, &pointer, &self.rows), self.rows.of_values(&pattern));
                if items.is_empty() {
                    return Ok(());
                }
                let (from, to) = (at[3].index(items.len()), at[4].index(items.len()));
                if from != to {
                    let item = items.remove(from);
                    items.insert(to, item);
                    self.model = model;
                }
                self.form.move_item(&pointer, from, to)
            }
            Edit::Paste(row, at, block) => {
                let Some((pattern, pointer, mut model)) = self.at_list(row, &at[..3]) else { return Ok(()) };
                let columns = self.rows.columns(&pattern);
                if columns.len() < 2 {
                    return Ok(());
                }
                let start = at[2].index(columns.len() - 1);
                let columns = [columns[start].as_str(), columns[start + 1].as_str()];
                let items = list(place(&mut model, &pointer, &self.rows), self.rows.of_values(&pattern));
                let index = at[3].index(items.len() + 1);
                // Rows in which nothing stands are no rows.
                let blank = |cell: &Value| cell.is_null() || cell.as_str().is_some_and(|text| text.trim().is_empty());
                let rows: Vec<_> = block.iter().filter(|cells| !cells.iter().all(blank)).collect();
                for (row, cells) in rows.iter().enumerate() {
                    if index + row == items.len() {
                        items.push(json!({}));
                    }
                    let mut item = &mut items[index + row];
                    // An item that is an object may stand in a list of one.
                    if only_object(item).is_some() {
                        item = &mut item[0];
                    }
                    if !item.is_object() {
                        *item = json!({});
                    }
                    let object = item.as_object_mut().unwrap();
                    for (column, cell) in columns.iter().zip(cells.iter()) {
                        drop_other_spellings(object, column);
                        object.insert((*column).to_owned(), cell.clone());
                    }
                }
                if !rows.is_empty() {
                    self.model = model;
                }
                self.form.paste(&pointer, index, json!(block), &columns)
            }
            Edit::Replace(value) => {
                self.model = value.clone();
                Ok(self.form.replace(value))
            }
            Edit::Options(variant) => {
                self.options = options(variant);
                self.rows = Rows::of(self.payload, &self.options);
                let changes = self.form.set_options(self.options.clone());
                // Typing goes on; in another dialect an address is an item.
                let list = self.options.dialect.address_list;
                let moved = |pointer: String| {
                    let plain = pointer.replace("/address/0/", "/address/");
                    if list { plain.replace("/address/", "/address/0/") } else { plain }
                };
                self.typing = self.typing.take().map(moved);
                return follow(&mut self.copy, &changes, &self.form);
            }
            Edit::Attach(source, places) => {
                let places = places.iter().map(|(row, at, warning)| (self.place_of(*row, at), *warning));
                let places: Vec<_> = places.filter_map(|(place, warning)| Some((place?, warning))).collect();
                let findings: Vec<Finding> = places
                    .iter()
                    .map(|((pointer, message), warning)| Finding {
                        pointer,
                        message,
                        severity: if *warning { Severity::Warning } else { Severity::Error },
                        code: None,
                    })
                    .collect();
                let source = if source { "one" } else { "other" };
                let changes = self.form.attach(source, &findings).unwrap();
                follow(&mut self.copy, &changes, &self.form)?;
                let version = self.form.version();
                let again = self.form.attach(source, &findings).unwrap();
                prop_assert!(again.added.is_empty() && again.removed.is_empty() && self.form.version() == version);
                return Ok(());
            }
            Edit::Refuse(places) => {
                let places: Vec<_> = places.iter().filter_map(|(row, at)| self.place_of(*row, at)).collect();
                let entries = places.iter().map(|(pointer, message)| json!({ "path": pointer, "message": message }));
                let body = Value::Array(entries.collect()).to_string();
                let answer = Input::Text(body.as_bytes());
                let refused = explain(self.form.payload(), &self.options, 400, answer);
                let refused = if places.is_empty() { Vec::new() } else { refused };
                let changes = self.form.refuse(refused);
                return follow(&mut self.copy, &changes, &self.form);
            }
            Edit::Undo => return self.history(false),
            Edit::Redo => return self.history(true),
        };
        let changes = changes.map_err(|misuse| TestCaseError::fail(misuse.to_string()))?;
        if self.form.version() == version {
            prop_assert!(typed(&before, &self.model), "an edit was left out: {} by {}", before, self.model);
            prop_assert!(changes.added.is_empty() && changes.removed.is_empty() && changes.states().is_empty());
            self.model = before;
            return Ok(());
        }
        prop_assert_eq!(self.form.version(), version + 1);
        self.future.clear();
        let goes_on = typing.is_some() && self.typing == typing && !self.past.is_empty();
        self.typing = typing;
        if !goes_on {
            self.past.push(before);
        } else if self.past.last() == Some(&self.model) {
            // What was typed is gone again.
            self.past.pop();
            self.typing = None;
        }
        follow(&mut self.copy, &changes, &self.form)
    }

    /// A place that is there, and the item in which it is: its key, and the way from there.
    fn place_of(&self, row: prop::sample::Index, at: &[prop::sample::Index; 3]) -> Option<(String, String)> {
        let pointer = concrete(&self.model, row.get(&self.rows.leaves).as_str(), at, &self.rows);
        self.form.state(&pointer).ok()?;
        let identity = self.identity(&pointer);
        Some((pointer, identity))
    }

    /// The key of the innermost item that a pointer leads through, and the rest of the way.
    fn identity(&self, pointer: &str) -> String {
        let mut found = format!("root {pointer}");
        for (at, _) in pointer.match_indices('/').chain([(pointer.len(), "")]) {
            let Some((item, rest)) = pointer.split_at_checked(at) else { continue };
            if let Ok(key) = self.form.key_of(item) {
                found = format!("{key} {rest}");
            }
        }
        found.replace("/address/0", "/address")
    }

    /// Whatever is said of an item is said of that item still.
    fn remarks_stay(&self, live: &[Issue]) -> Result<(), TestCaseError> {
        for issue in live {
            let said = match (&issue.code, &issue.params) {
                (Code::Attached, _) => issue.message(Locale::En),
                (Code::Refused, Params::Refused(_, _, said)) => said.clone(),
                _ => continue,
            };
            let pointer = issue.pointer();
            // In another dialect an address is an item.
            if !pointer.starts_with("/address") {
                // What a server said is quoted without white space around it.
                let stands = self.identity(&pointer);
                prop_assert_eq!(stands.trim(), said.trim(), "a remark strayed to {}", pointer);
            }
        }
        Ok(())
    }

    /// Pages are parts of the whole.
    fn pages(&self, live: &[Issue]) -> Result<(), TestCaseError> {
        let mut unders: Vec<String> = vec![String::new(), "/results".to_owned(), "/specialities/0".to_owned()];
        unders.extend(live.iter().step_by(5).map(Issue::pointer));
        for (at, under) in unders.into_iter().enumerate() {
            let severity = [None, Some(Severity::Error), Some(Severity::Warning), Some(Severity::Note)][at % 4];
            let (offset, limit) = (at % 3, 1 + at % 7);
            let below = |issue: &&Issue| {
                let pointer = issue.pointer();
                pointer == under || under.is_empty() || pointer.starts_with(&format!("{under}/"))
            };
            let wanted = live.iter().filter(below).filter(|issue| severity.is_none_or(|only| issue.severity == only));
            let wanted: Vec<Issue> = wanted.skip(offset).take(limit).cloned().collect();
            let filter = Filter { severity, under: Some(under.clone()), offset, limit: Some(limit) };
            match self.form.issues(&filter) {
                Ok(page) => prop_assert_eq!(page, wanted, "{:?}", filter),
                Err(_) => prop_assert!(wanted.is_empty(), "{:?}", filter),
            }
        }
        Ok(())
    }

    fn history(&mut self, forth: bool) -> Result<(), TestCaseError> {
        let changes = if forth { self.form.redo() } else { self.form.undo() };
        let (from, to) = if forth { (&mut self.future, &mut self.past) } else { (&mut self.past, &mut self.future) };
        prop_assert_eq!(changes.is_some(), !from.is_empty());
        let Some(changes) = changes else { return Ok(()) };
        to.push(std::mem::replace(&mut self.model, from.pop().unwrap()));
        self.typing = None;
        follow(&mut self.copy, &changes, &self.form)
    }

    fn agrees(&mut self) -> Result<(), TestCaseError> {
        let text = self.model.to_string();
        let held = unpacked::value(&self.form.value());
        prop_assert!(typed(&held, &self.model), "the form holds {} in place of {}", held, text);
        let payload = self.form.payload();
        let all = self.form.issues(&Filter::default()).unwrap();
        let own = |issue: &&Issue| !matches!(issue.code, Code::Attached | Code::Refused);
        let live: Vec<Issue> = all.iter().filter(own).cloned().collect();
        let clean = !all.iter().any(|issue| issue.code == Code::Attached && issue.severity == Severity::Error);

        // A check of the model, which is data, differs from the form in notes on readings alone.
        if self.options.mode == Mode::Lenient {
            let report = portform::check(payload, &self.model, &self.options);
            let whole = report.issues();
            prop_assert_eq!(lasting(&live), lasting(&whole), "of {}", text);
            prop_assert_eq!(self.form.valid(), clean && report.valid());
            prop_assert_eq!(self.form.preview().body, report.preview().unwrap().body, "of {}", text);
            let states = portform::states_of(payload, &self.model, &self.options);
            prop_assert_eq!(self.form.states(), states, "of {}", text);
        }

        // A whole check of what was typed as such finds just what the edits have found one by one.
        let report = self.form.report();
        prop_assert_eq!(&live, &report.issues(), "of {}", text);
        prop_assert_eq!(self.form.valid(), clean && report.valid());
        prop_assert_eq!(self.form.preview().body, report.preview().unwrap().body, "of {}", text);
        let summary = self.form.summary();
        let count = |severity| all.iter().filter(|issue| issue.severity == severity).count();
        prop_assert_eq!(
            [summary.errors, summary.warnings, summary.notes].map(|count| count as usize),
            [Severity::Error, Severity::Warning, Severity::Note].map(count)
        );
        prop_assert_eq!(keys(&self.copy), keys(&found(&self.form)), "the followed changes, of {}", text);
        self.remarks_stay(&all)?;
        self.pages(&all)?;
        for issue in &all {
            let pointer = issue.pointer();
            let (_, at) = self.form.state(&pointer).map_err(|misuse| TestCaseError::fail(misuse.to_string()))?;
            prop_assert!(at.contains(issue), "{} has its issue, of {}", pointer, text);
        }
        Ok(())
    }
}

/// The issues but for the notes on readings, which a person's plain writing does not leave.
fn lasting(issues: &[Issue]) -> Vec<&Issue> {
    issues.iter().filter(|issue| issue.code != Code::Coerced).collect()
}

fn run(payload: &'static str, cases: u32) {
    let config =
        ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 4000, ..ProptestConfig::default() };
    let mut runner = proptest::test_runner::TestRunner::new(config);
    let result = runner.run(&script(payload, 14), |(start, edits)| {
        let mut world = World::new(payload, start);
        world.agrees()?;
        for edit in edits {
            world.apply(edit)?;
            world.agrees()?;
        }
        Ok(())
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
