//! A script of edits: after the first line a draft as JSON, then an edit to a line, such as `["set","/price","12"]`. After each step
//! the form says what a whole check of what it holds says, and undo and redo lead back and forth. A line that is no edit is none.

use portform::explain::explain;
use portform::form::{Changes, Filter, Finding, Form, Misuse};
use portform::issue::{Code, Step};
use portform::options::{Mode, Options};
use portform::{FieldState, Input, Issue, Packed, Payload, Severity, check, options_read, states_of};
use serde_json::Value;

use super::copy::Copy;
use super::{head, headed, hold, holds, some_options, some_tree};
use crate::agreement::choices::Choices;
use crate::agreement::json::Json;
use crate::agreement::mutate::{garbage, mutate};
use crate::agreement::plausible::Tree;
use crate::engine::Said;

pub fn generate(choices: &mut Choices<'_>) -> Vec<u8> {
    let tree = some_tree(choices);
    let mut script = head(tree.payload, &some_options(tree, choices));
    let mut draft = tree.plausible(choices);
    for _ in 0..choices.under(4) {
        mutate(&mut draft, choices);
    }
    script.push_str(&draft.write());
    for _ in 0..1 + choices.under(10) {
        script.push('\n');
        script.push_str(&Json::List(edit(tree, choices)).write());
    }
    script.into_bytes()
}

fn index(choices: &mut Choices<'_>) -> usize {
    if choices.chance(60) { 0 } else { choices.under(4) }
}

/// A pointer of a row of the table, with indexes for the `*`, and the steps to it.
fn pointer(tree: &Tree, lists: bool, choices: &mut Choices<'_>) -> (String, Vec<Step>) {
    let fields = portform::export::fields(tree.payload, &Options::default());
    let rows: Vec<&str> =
        fields.iter().filter(|field| !lists || field.kind == "list").map(|field| field.pointer.as_str()).collect();
    let Some(row) = (!rows.is_empty()).then(|| choices.of(&rows)) else { return (String::new(), Vec::new()) };
    let mut steps = Vec::new();
    for part in row.split('/').skip(1) {
        steps.push(match part {
            "*" => Step::Index(u32::try_from(index(choices)).unwrap_or(0)),
            key => Step::Key(key.to_owned().into()),
        });
    }
    // Items of lists, too.
    if !lists && choices.chance(10) && fields.iter().any(|field| field.kind == "list" && field.pointer == row) {
        steps.push(Step::Index(u32::try_from(index(choices)).unwrap_or(0)));
    }
    (portform::issue::pointer(&steps), steps)
}

/// A value for a place: what may well stand there, or something else.
fn value(tree: &Tree, steps: &[Step], choices: &mut Choices<'_>) -> Json {
    let mut other = tree.plausible(choices);
    if choices.chance(40) {
        mutate(&mut other, choices);
    }
    if choices.chance(70)
        && let Some(found) = other.at(steps)
    {
        return found.clone();
    }
    match choices.under(3) {
        0 => other.nth(choices.under(other.size())).map_or(Json::Null, |found| found.clone()),
        _ => garbage(choices, 2),
    }
}

fn edit(tree: &Tree, choices: &mut Choices<'_>) -> Vec<Json> {
    let number = |index: usize| Json::number(index.to_string());
    let named = |name: &str, rest: Vec<Json>| [vec![Json::text(name)], rest].concat();
    match choices.under(25) {
        0..=7 => {
            let (pointer, steps) = pointer(tree, false, choices);
            named("set", vec![Json::text(pointer), value(tree, &steps, choices)])
        }
        8 | 9 => {
            let (pointer, steps) = pointer(tree, false, choices);
            named("type", vec![Json::text(pointer), value(tree, &steps, choices)])
        }
        10..=12 => {
            let (list, mut steps) = pointer(tree, true, choices);
            steps.push(Step::Index(0));
            named("insert", vec![Json::text(list), number(index(choices)), value(tree, &steps, choices)])
        }
        13 => named("remove", vec![Json::text(pointer(tree, true, choices).0), number(index(choices))]),
        14 => {
            let (from, to) = (index(choices), index(choices));
            named("move", vec![Json::text(pointer(tree, true, choices).0), number(from), number(to)])
        }
        15 | 24 => {
            let (list, steps) = pointer(tree, true, choices);
            let below = format!("{}/*/", list.replace(|letter: char| letter.is_ascii_digit(), "*"));
            let fields = portform::export::fields(tree.payload, &Options::default());
            let columns = fields.iter().filter_map(|field| field.pointer.strip_prefix(&below));
            let columns: Vec<&str> = columns.filter(|rest| !rest.contains('/') && choices.chance(60)).collect();
            let cell = |name: &str, choices: &mut Choices<'_>| {
                let words = ["да", "ні", "+", "Прошел обучение", "46419", " ", "", "12 000,50", "1.2.2027"];
                if choices.chance(40) {
                    return Json::text(choices.of(&words));
                }
                value(tree, &[&steps[..], &[Step::Index(0), Step::Key(name.to_owned().into())]].concat(), choices)
            };
            let rows =
                (0..1 + choices.under(3)).map(|_| Json::List(columns.iter().map(|name| cell(name, choices)).collect()));
            let rows = rows.collect();
            let block = vec![Json::text(list), number(index(choices)), Json::List(rows), Json::texts(&columns)];
            if choices.chance(40) {
                return named("parts", [block, vec![Json::Bool(choices.chance(70))]].concat());
            }
            named("paste", block)
        }
        16 => named("replace", vec![value(tree, &[], choices)]),
        17 => named("options", vec![some_options(tree, choices)]),
        18 => {
            let finding = |choices: &mut Choices<'_>| Json::text(pointer(tree, false, choices).0);
            named("attach", vec![Json::List((0..choices.under(3)).map(|_| finding(choices)).collect())])
        }
        19 => {
            let path = pointer(tree, false, choices).0;
            named(
                "explain",
                vec![Json::Object(vec![
                    ("path".to_owned(), Json::text(path)),
                    ("message".to_owned(), Json::text("no")),
                ])],
            )
        }
        20..=22 => named("undo", Vec::new()),
        _ => named("redo", Vec::new()),
    }
}

pub fn run(input: &[u8], said: &mut Said) -> Result<(), String> {
    let Some((payload, options, rest)) = headed(input) else { return Ok(()) };
    let mut lines = rest.split(|byte| *byte == b'\n');
    let draft = lines.next().unwrap_or_default();
    let Some(draft) = value_of(draft) else { return Ok(()) };
    let form = Form::new(payload, options, Some(&draft));
    let copy = Copy::of(&form);
    let mut script = Script { form, copy, typed: true };
    script.agrees(said)?;
    for (number, line) in lines.enumerate() {
        let Some(Value::Array(edit)) = value_of(line) else { continue };
        let told = |why: String| format!("edit {}: {why}", number + 1);
        script.step(&edit, said).map_err(told)?;
        script.agrees(said).map_err(told)?;
    }
    Ok(())
}

/// A value as JavaScript has it: each key once, and numbers that are doubles.
fn value_of(json: &[u8]) -> Option<Value> {
    let mut value: Value = serde_json::from_slice(json).ok()?;
    doubles(&mut value);
    Some(value)
}

fn doubles(value: &mut Value) {
    match value {
        Value::Number(number) if number.as_f64().is_some_and(|double| double.abs() > 9_007_199_254_740_991.0) => {
            *value = Value::from(number.as_f64());
        }
        Value::Array(items) => items.iter_mut().for_each(doubles),
        Value::Object(entries) => entries.values_mut().for_each(doubles),
        _ => {}
    }
}

struct Script {
    form: Form,
    copy: Copy,
    /// Whether what the form holds can be read as data: words of a sheet cannot.
    typed: bool,
}

/// What a form is, but for what others say of it.
#[derive(PartialEq)]
struct Shot {
    value: Vec<u8>,
    issues: String,
    body: String,
    states: Vec<FieldState>,
}

impl Script {
    fn step(&mut self, edit: &[Value], said: &mut Said) -> Result<(), String> {
        let (before, version) = (self.shot(), self.form.version());
        let Some((Value::String(name), rest)) = edit.split_first() else { return Ok(()) };
        let (done, undone) = match (name.as_str(), rest) {
            ("undo", []) => (Ok(self.form.undo()), false),
            ("redo", []) => (Ok(self.form.redo()), false),
            _ => {
                (self.edit(name, rest).transpose(), !matches!(name.as_str(), "type" | "options" | "attach" | "explain"))
            }
        };
        let changes = match done {
            Ok(Some(changes)) => changes,
            Ok(None) => return Ok(()),
            Err(misuse) => {
                let sentence = misuse.to_string();
                said.insert(format!("{name}: {}", sentence.split('/').next().unwrap_or_default()));
                // A pointer that it names stands there as it was given.
                hold!(sentence.ends_with('.'), "no sentence: {sentence}");
                hold!(
                    self.form.version() == version && self.shot() == before,
                    "a call that is refused changes the form"
                );
                return Ok(());
            }
        };
        said.insert(format!("{name} of {}", self.form.payload().name()));
        hold!(changes.summary == self.form.summary(), "the changes and the form count differently");
        self.copy.follow(&changes)?;
        self.copy.agrees(&self.form)?;
        let after = self.shot();
        if self.form.version() == version {
            hold!(after == before, "the form changes and its version does not");
        } else if undone {
            let back = self.form.undo();
            hold!(back.is_some() && self.shot() == before, "undo does not lead back");
            let forth = self.form.redo();
            hold!(forth.is_some() && self.shot() == after, "redo does not lead forth");
            for changes in back.iter().chain(&forth) {
                self.copy.follow(changes)?;
            }
            self.copy.agrees(&self.form)?;
        }
        Ok(())
    }

    /// Makes an edit; nothing where it is none.
    fn edit(&mut self, name: &str, rest: &[Value]) -> Option<Result<Changes, Misuse>> {
        let at = |value: &Value| value.as_u64().and_then(|at| usize::try_from(at).ok());
        let form = &mut self.form;
        Some(match (name, rest) {
            ("set", [Value::String(pointer), value]) => form.set(pointer, value),
            ("type", [Value::String(pointer), value]) => form.set_typing(pointer, value),
            ("insert", [Value::String(list), index, item]) => form.insert(list, at(index)?, Some(item)),
            ("remove", [Value::String(list), index]) => form.remove(list, at(index)?),
            ("move", [Value::String(list), from, to]) => form.move_item(list, at(from)?, at(to)?),
            ("paste", [Value::String(list), index, rows, Value::Array(columns)]) => {
                self.typed = false;
                let columns: Vec<&str> = columns.iter().filter_map(Value::as_str).collect();
                form.paste(list, at(index)?, rows, &columns)
            }
            // In two parts, finished or given up.
            ("parts", [Value::String(list), index, Value::Array(rows), Value::Array(columns), Value::Bool(keep)]) => {
                self.typed &= !*keep;
                let (index, columns) = (at(index)?, columns.iter().filter_map(Value::as_str).collect::<Vec<_>>());
                let (first, rest) = rows.split_at(rows.len() / 2);
                let pasted = form.paste_part(list, index, Value::from(first), &columns).and_then(|()| {
                    form.advance(1, false);
                    form.paste_part(list, index + first.len(), Value::from(rest), &columns)
                });
                match pasted {
                    Ok(()) if *keep => {
                        while form.advance(3, true) > 0 {}
                        Ok(form.finish())
                    }
                    other => {
                        form.abandon();
                        // What is attached by nobody changes nothing.
                        other.and_then(|()| form.attach("nobody", &[]))
                    }
                }
            }
            ("replace", [value]) => Ok(form.replace(value)),
            ("options", [options]) => Ok(form.set_options(options_read::options(options).ok()?)),
            ("attach", [Value::Array(pointers)]) => {
                let finding = |pointer| Finding { pointer, message: "no", severity: Severity::Warning, code: None };
                let findings: Vec<Finding<'_>> = pointers.iter().filter_map(Value::as_str).map(finding).collect();
                form.attach("front end", &findings)
            }
            ("explain", [body]) => {
                let refused = explain(form.payload(), form.options(), 400, Input::from(body));
                Ok(form.refuse(refused))
            }
            _ => return None,
        })
    }

    fn own(&self) -> (Vec<Issue>, Vec<Issue>) {
        let all = self.form.issues(&Filter::default()).unwrap_or_default();
        let own = all.iter().filter(|issue| !matches!(issue.code, Code::Attached | Code::Refused)).cloned().collect();
        (all, own)
    }

    fn shot(&self) -> Shot {
        Shot {
            value: self.form.value(),
            issues: holds::written(&self.own().1),
            body: self.form.preview().body,
            states: self.form.states(),
        }
    }

    fn agrees(&self, said: &mut Said) -> Result<(), String> {
        let (payload, options): (&'static Payload, &Options) = (self.form.payload(), self.form.options());
        let (all, own) = self.own();
        holds::issues(&all, said)?;
        let (shot, report) = (self.shot(), self.form.report());
        let whole = holds::written(&report.issues());
        hold!(shot.issues == whole, "the form says\n{}a check\n{whole}", shot.issues);
        let sent = report.preview().map(|preview| preview.body);
        hold!(sent.as_ref() == Some(&shot.body), "the form sends {}, a check {sent:?}", shot.body);
        for issue in &all {
            let at = self.form.state(&issue.pointer()).map_err(|misuse| misuse.to_string())?;
            hold!(at.1.contains(issue), "{} does not have its issue", issue.pointer());
        }
        if let Some(body) = report.body() {
            holds::sent(payload, &body, options)?;
        }
        let snapshot = self.form.snapshot();
        let again = Form::new(payload, options.clone(), Some(Packed::new(&snapshot)));
        let issues = holds::written(&again.issues(&Filter::default()).map_err(|misuse| misuse.to_string())?);
        hold!(issues == shot.issues, "the form says\n{}one of its snapshot\n{issues}", shot.issues);
        hold!(again.snapshot() == snapshot && again.value() == shot.value, "a snapshot changes when it is read");
        if !self.typed || options.mode == Mode::Strict {
            return Ok(());
        }
        // As data a value differs in notes on readings alone.
        let report = check(payload, Packed::new(&shot.value), options);
        let (own, whole) = (lasting(own), lasting(report.issues()));
        hold!(own == whole, "the form says\n{own}a check of its value\n{whole}");
        let sent = report.preview().map(|preview| preview.body);
        hold!(sent.as_ref() == Some(&shot.body), "the form sends {}, a check of its value {sent:?}", shot.body);
        hold!(states_of(payload, Packed::new(&shot.value), options) == shot.states, "states of form and value differ");
        Ok(())
    }
}

fn lasting(issues: Vec<Issue>) -> String {
    holds::written(&issues.into_iter().filter(|issue| issue.code != Code::Coerced).collect::<Vec<_>>())
}
