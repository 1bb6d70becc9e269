//! JSON Schema of a payload, derived from its table: of the canonical body (output), or of everything that is read as the payload
//! (input). A rule is either expressed or listed under `x-portform-not-expressed`; it never disappears silently.
//!
//! The schema is asked for rarely and the wasm is loaded always, so functions here are kept from being inlined: that takes the
//! writer from 47 KB of wasm to 31 KB.

mod condition;
mod patterns;
#[cfg(test)]
mod tests;
mod unsaid;
mod value;

use self::condition::has;
use self::unsaid::Unsaid;
use super::fields::{requirement, settled};
use super::json::{Object, array, one, quoted};
use crate::issue::Severity;
use crate::messages::pick;
use crate::options::{Locale, Options};
use crate::reading::kind_of;
use crate::table::{Field, Hops, Kind, Need, Payload, Record, RowRule, RowTest, When};

/// Which version of JSON Schema is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// JSON Schema 2020-12.
    Draft2020,
    /// JSON Schema draft-07: `contains` has no upper count.
    Draft07,
    /// The Schema Object of OpenAPI 3.0: no conditions, no `contains`, no type `null`.
    OpenApi30,
}

impl Target {
    /// Every target.
    pub const ALL: [Self; 3] = [Self::Draft2020, Self::Draft07, Self::OpenApi30];

    /// `draft-2020-12`, `draft-07` or `openapi-3.0`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft2020 => "draft-2020-12",
            Self::Draft07 => "draft-07",
            Self::OpenApi30 => "openapi-3.0",
        }
    }

    /// The target of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|target| target.as_str() == name)
    }
}

/// Which values a schema is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The canonical body: what a report's value is.
    Output,
    /// Everything that is read as the payload in lenient mode.
    Input,
}

impl Side {
    /// `output` or `input`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Output => "output",
            Self::Input => "input",
        }
    }

    /// The side of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Output, Self::Input].into_iter().find(|side| side.as_str() == name)
    }
}

/// The schema as JSON text; labels in the options' locale, spellings in their dialect.
pub fn json_schema(payload: &'static Payload, target: Target, side: Side, options: &Options) -> String {
    let mut schema = Schema {
        payload,
        target,
        side,
        options,
        locale: options.locale.unwrap_or(Locale::of(payload.system)),
        closed_everywhere: closed_everywhere(payload.root),
        unsaid: Vec::new(),
        shared: Vec::new(),
    };
    schema.leave_reading();
    let mut root = Object::default();
    match target {
        Target::Draft2020 => root.text("$schema", "https://json-schema.org/draft/2020-12/schema"),
        Target::Draft07 => root.text("$schema", "http://json-schema.org/draft-07/schema#"),
        Target::OpenApi30 => {}
    }
    root.text("title", pick(&payload.title, schema.locale));
    root.text("description", payload.source);
    root.text("type", "object");
    schema.rows(payload.root, "", &mut root);
    let shared = core::mem::take(&mut schema.shared);
    if !shared.is_empty() {
        let mut all = Object::default();
        shared.into_iter().for_each(|(name, schema)| all.put(&name, &schema));
        root.put(schema.definitions(), &all.end());
    }
    root.put("x-portform-not-expressed", &schema.unsaid_json());
    root.end()
}

const NO_CONDITIONS: &str = "openapi-3.0 has no if and then";

fn closed_everywhere(record: &'static Record) -> bool {
    let inner = |field: &Field| match field.kind {
        Kind::Object(inner) | Kind::List(inner) => inner.scalar || closed_everywhere(inner),
        _ => true,
    };
    record.closed && record.fields.iter().all(inner)
}

pub(super) struct Schema<'o> {
    payload: &'static Payload,
    target: Target,
    side: Side,
    options: &'o Options,
    locale: Locale,
    closed_everywhere: bool,
    unsaid: Vec<Unsaid>,
    /// Schemas that stand in more than one place, by name.
    shared: Vec<(String, String)>,
}

/// What holds of an object's rows under one condition.
struct Branch {
    condition: String,
    /// What the branch is when the condition holds (`then`), or when it does not (`else`).
    key: &'static str,
    required: Vec<&'static str>,
    rows: Object,
}

impl Schema<'_> {
    /// The keywords of an object with these rows.
    fn rows(&mut self, record: &'static Record, base: &str, out: &mut Object) {
        let (mut properties, mut required, mut branches) = (Object::default(), Vec::new(), Vec::new());
        for (at, field) in record.fields.iter().enumerate() {
            let pointer = format!("{base}/{}", field.name);
            let kind = kind_of(field, self.options.dialect);
            self.leave_row(field, kind, &pointer);
            for check in record.checks.iter().filter(|check| check.at.hops == Hops::Here) {
                if usize::from(check.at.index) == at {
                    let inner = record.fields.get(at).map(|field| field.kind);
                    let inner = match inner {
                        Some(Kind::Object(inner)) => inner.fields.get(usize::from(check.at.inner)),
                        _ => None,
                    };
                    let place = inner.map_or(pointer.clone(), |inner| format!("{pointer}/{}", inner.name));
                    self.leave_check(check, &place);
                }
            }
            let need = requirement(field, self.operation());
            let always = matches!(need, Need::Always);
            if always {
                required.push(field.name);
            }
            let value = self.value(field, kind, &pointer, always);
            let described = self.described(field, value, &pointer, record, &mut branches);
            properties.put(field.name, &described);
            self.requirement(record, field, need, &pointer, &mut branches);
        }
        for check in record.checks.iter().filter(|check| check.at.hops == Hops::Whole) {
            self.leave_check(check, base);
        }
        out.put("properties", &properties.end());
        out.texts("required", required);
        if record.closed {
            out.put("additionalProperties", "false");
        }
        out.list("allOf", &branches.into_iter().map(Branch::json).collect::<Vec<_>>());
    }

    /// The row's schema with its label, unless the row may be irrelevant: then what holds of it moves into a branch.
    #[inline(never)]
    fn described(
        &mut self,
        field: &'static Field,
        mut value: Object,
        pointer: &str,
        record: &'static Record,
        branches: &mut Vec<Branch>,
    ) -> String {
        if let Need::When(when) = settled(field.relevant, self.operation()) {
            let irrelevant = self.condition(record, when, false);
            match (irrelevant, self.target) {
                (None, _) => {}
                (Some(_), Target::OpenApi30) => {
                    if self.left_out_when_irrelevant() {
                        self.leave(field.rule, "not_relevant", pointer, NO_CONDITIONS);
                    } else {
                        self.leave(
                            field.rule,
                            None,
                            pointer,
                            "openapi-3.0 has no if and then: whatever is not relevant is not judged",
                        );
                        value = Object::default();
                    }
                }
                (Some(irrelevant), _) if self.left_out_when_irrelevant() => {
                    branch(branches, irrelevant, "then", |branch| branch.rows.put(field.name, "false"));
                }
                (Some(irrelevant), _) => {
                    let value = core::mem::take(&mut value).end();
                    branch(branches, irrelevant, "else", |branch| branch.rows.put(field.name, &value));
                }
            }
        }
        let mut described = Object::default();
        described.text("title", pick(&field.label, self.locale));
        if let Some(hint) = field.hint {
            described.text("description", pick(hint, self.locale));
        }
        described.text("x-portform-rule", field.rule);
        described.join(value);
        described.end()
    }

    /// An outgoing body has no irrelevant field; what is read may have anything there.
    fn left_out_when_irrelevant(&self) -> bool {
        self.side == Side::Output && self.payload.outbound()
    }

    /// The branch in which a row is required.
    #[inline(never)]
    fn requirement(
        &mut self,
        record: &'static Record,
        field: &'static Field,
        need: Need,
        pointer: &str,
        branches: &mut Vec<Branch>,
    ) {
        let Need::When(when) = need else { return };
        if self.target == Target::OpenApi30 {
            self.leave(field.presence_rule(), "required_when", pointer, NO_CONDITIONS);
            // A row that is always required while it is relevant reports `required`.
            self.leave(field.presence_rule(), "required", pointer, NO_CONDITIONS);
            return;
        }
        let Some(mut condition) = self.condition(record, when, true) else {
            return;
        };
        if let Need::When(relevant) = settled(field.relevant, self.operation())
            && !same(relevant, when)
            && let Some(relevant) = self.condition(record, relevant, true)
        {
            condition = one("allOf", &array(&[condition, relevant]));
        }
        let present = self.present(field);
        branch(branches, condition, "then", |branch| {
            branch.required.push(field.name);
            if !present.is_empty() {
                branch.rows.put(field.name, &present.end());
            }
        });
    }

    /// The keywords of a list with such items.
    fn items(&mut self, field: &'static Field, item: &'static Record, pointer: &str, out: &mut Object) {
        let below = format!("{pointer}/*");
        let items = match item.fields.first() {
            Some(value) if item.scalar => {
                let kind = kind_of(value, self.options.dialect);
                self.leave_row(value, kind, &below);
                let required = matches!(requirement(value, self.operation()), Need::Always);
                self.value(value, kind, &below, required)
            }
            _ if self.side == Side::Input => {
                let forms = self.unwrapped(item, &below);
                self.together(forms)
            }
            _ => self.object(item, &below),
        };
        out.put("items", &items.end());
        if field.min_items > 0 {
            out.number("minItems", i64::from(field.min_items));
        }
        #[expect(clippy::cast_possible_wrap, reason = "a hundred thousand")]
        out.number("maxItems", crate::draft::MAX_ITEMS as i64);
        for rule in item.rows {
            let at = match rule.reported().and_then(|at| item.fields.get(at)) {
                Some(row) if !item.scalar => format!("{below}/{}", row.name),
                Some(_) => below.clone(),
                None => pointer.to_owned(),
            };
            if let Some(marked) = self.marked(field, item, rule) {
                out.put("contains", &marked);
                if self.target == Target::Draft2020 {
                    out.number("minContains", 1);
                    out.number("maxContains", 1);
                } else {
                    self.leave_rows(rule, &at);
                }
            } else if matches!(rule.test, RowTest::Unique)
                && rule.severity == Severity::Error
                && item.scalar
                && self.side == Side::Output
            {
                out.put("uniqueItems", "true");
            } else {
                self.leave_rows(rule, &at);
            }
        }
    }

    /// The items that have the flag of which a list needs exactly one, where the target can count them.
    fn marked(&self, field: &Field, item: &'static Record, rule: &RowRule) -> Option<String> {
        let [flag, _] = rule.fields;
        let flag = item.fields.get(usize::from(flag))?;
        // A list that may be empty needs none.
        let counted = matches!(rule.test, RowTest::ExactlyOne) && field.min_items > 0;
        if !counted || self.target == Target::OpenApi30 {
            return None;
        }
        let marked = has(flag, &self.flag_value(true));
        if self.side == Side::Output {
            return Some(marked);
        }
        // The item itself, or the one item of a list in its place.
        let typed = |name: &str| {
            let mut item = Object::default();
            item.text("type", name);
            item
        };
        let mut object = typed("object");
        object.list("allOf", &[marked]);
        let object = object.end();
        let mut list = typed("array");
        list.put("items", &object);
        list.number("minItems", 1);
        Some(one("anyOf", &array(&[object, list.end()])))
    }

    #[inline(never)]
    fn object(&mut self, record: &'static Record, pointer: &str) -> Object {
        let mut object = Object::default();
        object.text("type", "object");
        self.rows(record, pointer, &mut object);
        object
    }

    /// A schema that stands in more than one place: written once, where the target has a place for it, and referred to.
    #[inline(never)]
    fn share(&mut self, name: &str, write: &mut dyn FnMut(&mut Self) -> String) -> String {
        if self.target == Target::OpenApi30 {
            return write(self);
        }
        if !self.shared.iter().any(|(known, _)| known == name) {
            let at = self.shared.len();
            self.shared.push((name.to_owned(), String::new()));
            let schema = write(self);
            if let Some(entry) = self.shared.get_mut(at) {
                entry.1 = schema;
            }
        }
        one("$ref", &quoted(&format!("#/{}/{name}", self.definitions())))
    }

    /// Where shared schemas stand.
    fn definitions(&self) -> &'static str {
        if self.target == Target::Draft07 { "definitions" } else { "$defs" }
    }
}

impl Branch {
    #[inline(never)]
    fn json(self) -> String {
        let mut inside = Object::default();
        inside.texts("required", self.required);
        if !self.rows.is_empty() {
            inside.put("properties", &self.rows.end());
        }
        let mut branch = Object::default();
        branch.put("if", &self.condition);
        branch.put(self.key, &inside.end());
        branch.end()
    }
}

/// Adds to the branch of this condition, so that rows that share one share a branch.
#[inline(never)]
fn branch(branches: &mut Vec<Branch>, condition: String, key: &'static str, add: impl FnOnce(&mut Branch)) {
    let known = branches.iter().position(|branch| branch.key == key && branch.condition == condition);
    let at = known.unwrap_or_else(|| {
        branches.push(Branch { condition, key, required: Vec::new(), rows: Object::default() });
        branches.len() - 1
    });
    if let Some(branch) = branches.get_mut(at) {
        add(branch);
    }
}

fn same(one: &When, other: &When) -> bool {
    one.expression() == other.expression()
}
