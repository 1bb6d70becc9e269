//! Scripts of edits, and a plain JSON value that gets the same edits as a form does: the model of what is in its draft. The scripts
//! reach for what hardly anybody types on purpose: values of other kinds where lists and objects belong, edits below them, keys that
//! stand there twice or are unknown, and edits after something was taken back.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where its model and the form part")]

use std::collections::BTreeMap;

use portform::{Locale, Mode, Options};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

/// The kinds of rows that the model has to know to follow a pointer.
#[derive(Clone, Copy, PartialEq)]
pub enum Kind {
    Leaf,
    Object,
    List,
}

/// The rows of a payload by pointer, `*` for any index.
pub struct Rows {
    pub kinds: BTreeMap<String, Kind>,
    pub leaves: Vec<String>,
    pub lists: Vec<String>,
    /// Objects, lists, and items of lists of objects.
    pub containers: Vec<String>,
}

impl Rows {
    pub fn of(payload: &str, options: &Options) -> Self {
        let fields = portform::export::fields(portform::payload(payload).unwrap(), options);
        let fields: Vec<Value> = serde_json::from_value(serde_json::to_value(fields).unwrap()).unwrap();
        let mut rows = Self { kinds: BTreeMap::new(), leaves: Vec::new(), lists: Vec::new(), containers: Vec::new() };
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
            if kind != Kind::Leaf {
                rows.containers.push(pointer.clone());
            }
            rows.kinds.insert(pointer, kind);
        }
        let items = rows.lists.iter().filter(|list| !rows.of_values(list)).map(|list| format!("{list}/*"));
        let items: Vec<String> = items.collect();
        rows.containers.extend(items);
        rows
    }

    /// Whether the items of the list are values, not objects.
    pub fn of_values(&self, list: &str) -> bool {
        self.kinds.contains_key(&format!("{list}/*"))
    }

    /// The names of all rows.
    pub fn names(&self) -> Vec<String> {
        let names = self.kinds.keys().filter_map(|pointer| pointer.rsplit('/').next()).map(str::to_owned);
        let mut names: Vec<String> = names.filter(|name| name != "*").collect();
        names.sort();
        names.dedup();
        names
    }

    /// The columns of a list, by which a block can be pasted.
    pub fn columns(&self, list: &str) -> Vec<String> {
        let prefix = format!("{list}/*/");
        let below = self.leaves.iter().filter_map(|leaf| leaf.strip_prefix(&prefix));
        below.filter(|rest| !rest.contains('/')).map(str::to_owned).collect()
    }
}

#[derive(Clone, Debug)]
pub enum Edit {
    Set(Index, [Index; 3], Value),
    Type(Index, [Index; 3], Value),
    /// The same field again.
    TypeOn(Value),
    SetContainer(Index, [Index; 3], Value),
    Insert(Index, [Index; 4], Option<Value>),
    Remove(Index, [Index; 4]),
    Move(Index, [Index; 5]),
    Paste(Index, [Index; 4], Vec<[Value; 2]>),
    Replace(Value),
    Options(u8),
    /// A front end's findings, one of two sources; a warning where the flag is set.
    Attach(bool, Vec<(Index, [Index; 3], bool)>),
    /// An upstream's refusal of some fields.
    Refuse(Vec<(Index, [Index; 3])>),
    Undo,
    Redo,
}

fn scalar() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!(true),
        json!(false),
        json!("true"),
        json!(0),
        json!(1),
        json!(3),
        json!(5),
        json!(16),
        json!(36),
        json!(2.5),
        json!("12 000,50"),
        json!("1"),
        json!("2"),
        json!(""),
        json!(" "),
        json!("x"),
        json!("y"),
        json!(" x "),
        json!("FAILED"),
        json!("SUCCEED"),
        json!("NOT_TRAINED"),
        json!("failed"),
        json!("2019-12-01"),
        json!("2019-12-10"),
        json!("01.01.2020"),
        json!("2026-02-30"),
        json!("7ae1cf44-62f8-ee0f-7ce6-add76581886f"),
        json!("2922a240-63db-404e-b730-09222bfeb2dd"),
        json!("2922A240-63db-404e-b730-09222bfeb2de"),
        json!("remote"),
        json!("fulltime"),
        json!("cancelled"),
        json!("Терапия"),
        json!(-1),
        json!(1e300),
        json!("12,500"),
    ])
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        6 => scalar(),
        1 => Just(Value::Null),
        1 => Just(json!([])),
        1 => Just(json!({})),
        1 => Just(json!([1])),
        1 => Just(json!({"a": 1})),
    ]
}

/// A key of the payload, perhaps in capitals or with one, or one that it does not have.
fn key(names: Vec<String>) -> impl Strategy<Value = String> {
    let capital = |name: String| {
        let mut letters = name.chars();
        letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
    };
    let name = || prop::sample::select(names.clone());
    prop_oneof![
        20 => name(),
        1 => name().prop_map(|name| name.to_uppercase()),
        1 => name().prop_map(capital),
        1 => Just("unknown".to_owned()),
        1 => Just("Неизвестный ключ".to_owned()),
    ]
}

/// An object with keys of the payload, some of them misspelt, at any depth.
pub fn object(names: Vec<String>, depth: u32) -> BoxedStrategy<Value> {
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
    prop::collection::btree_map(key(names), value, 0..10)
        .prop_map(|entries| Value::Object(entries.into_iter().collect()))
        .boxed()
}

/// Anything that may stand where an object or a list belongs.
fn container(names: Vec<String>) -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => object(names.clone(), 2),
        3 => prop::collection::vec(object(names, 1), 0..4).prop_map(Value::Array),
        2 => leaf(),
        1 => prop::collection::vec(leaf(), 0..3).prop_map(Value::Array),
    ]
}

fn edit(names: Vec<String>) -> impl Strategy<Value = Edit> {
    let index = any::<Index>;
    let four = || any::<[Index; 4]>();
    let three = || any::<[Index; 3]>();
    prop_oneof![
        10 => (index(), three(), leaf()).prop_map(|(row, at, value)| Edit::Set(row, at, value)),
        2 => (index(), three(), scalar()).prop_map(|(row, at, value)| Edit::Type(row, at, value)),
        3 => scalar().prop_map(Edit::TypeOn),
        5 => (index(), three(), container(names.clone())).prop_map(|(row, at, value)| Edit::SetContainer(row, at, value)),
        4 => (index(), four(), prop::option::of(prop_oneof![4 => object(names.clone(), 1), 1 => leaf()]))
            .prop_map(|(row, at, item)| Edit::Insert(row, at, item)),
        3 => (index(), four()).prop_map(|(row, at)| Edit::Remove(row, at)),
        2 => (index(), any::<[Index; 5]>()).prop_map(|(row, at)| Edit::Move(row, at)),
        2 => (index(), four(), prop::collection::vec([leaf(), leaf()], 0..5)).prop_map(|(row, at, rows)| Edit::Paste(row, at, rows)),
        1 => prop_oneof![4 => object(names, 3), 1 => leaf()].prop_map(Edit::Replace),
        1 => (0..8_u8).prop_map(Edit::Options),
        2 => (any::<bool>(), prop::collection::vec((index(), three(), any::<bool>()), 0..5))
            .prop_map(|(source, findings)| Edit::Attach(source, findings)),
        1 => prop::collection::vec((index(), three()), 0..4).prop_map(Edit::Refuse),
        3 => Just(Edit::Undo),
        2 => Just(Edit::Redo),
    ]
}

/// A draft and edits of it.
pub fn script(payload: &str, edits: usize) -> impl Strategy<Value = (Value, Vec<Edit>)> + use<> {
    let names = Rows::of(payload, &Options::default()).names();
    (object(names.clone(), 3), prop::collection::vec(edit(names), 1..edits))
}

pub fn options(variant: u8) -> Options {
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
pub fn place<'m>(value: &'m mut Value, pointer: &str, rows: &Rows) -> &'m mut Value {
    reach(value, pointer, rows, false)
}

fn reach<'m>(mut value: &'m mut Value, pointer: &str, rows: &Rows, edited: bool) -> &'m mut Value {
    let mut pattern = String::new();
    let mut parts = pointer.split('/').skip(1).peekable();
    while let Some(part) = parts.next() {
        pattern.push('/');
        pattern.push_str(part);
        if !value.is_object() {
            *value = json!({});
        }
        let object = value.as_object_mut().unwrap();
        if edited && parts.peek().is_none() {
            drop_other_spellings(object, part);
        }
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
pub fn only_object(value: &mut Value) -> Option<&mut Value> {
    value.as_array_mut().filter(|items| items.len() == 1)?.first_mut().filter(|item| item.is_object())
}

/// Puts a value at the model's pointer.
pub fn put(model: &mut Value, pointer: &str, value: Value, rows: &Rows) {
    let item = pointer.rsplit_once('/').filter(|(_, index)| index.parse::<usize>().is_ok());
    if let Some((above, _)) = item.filter(|_| !value.is_object()) {
        // The only item of a list: something else in the place of the list would not be an item of it.
        let above = place(model, above, rows);
        if above.is_object() {
            *above = json!([above.take()]);
        }
    }
    *reach(model, pointer, rows, true) = value;
}

/// An edited field stands under its own key.
pub fn drop_other_spellings(object: &mut Map<String, Value>, name: &str) {
    object.retain(|key, _| key == name || !key.eq_ignore_ascii_case(name));
}

/// The key under which a field that is passed through stands: of several the exact one, else the first.
pub fn spelling(object: &Map<String, Value>, name: &str) -> String {
    let other = || object.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned();
    if object.contains_key(name) { name.to_owned() } else { other().unwrap_or_else(|| name.to_owned()) }
}

/// A value as a list: a single object becomes its only item (not in a list of values), anything else gives way.
pub fn list(value: &mut Value, of_values: bool) -> &mut Vec<Value> {
    if value.is_object() && !of_values {
        *value = json!([value.take()]);
    } else if !value.is_array() {
        *value = json!([]);
    }
    value.as_array_mut().unwrap()
}

/// A concrete pointer for a row: every `*` becomes an index that the list has, or its next one.
pub fn concrete(model: &Value, pattern: &str, at: &[Index], rows: &Rows) -> String {
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
            let last = if matches!(value, Some(Value::Object(_))) { 0 } else { len };
            let index = at.next().map_or(0, |at| at.index(len + 1)).min(last);
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
