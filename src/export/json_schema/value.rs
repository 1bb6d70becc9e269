//! The schema of one row's value: its canonical form, or every form that is read as it. Bounds and patterns apply to one type each,
//! so the forms of a value can stand side by side in one schema.

use super::patterns::{self, FILLED};
use super::{Presence, Schema, Side, Target};
use crate::export::fields::{max_length, sent};
use crate::export::json::Object;
use crate::table::{Choices, DialectKey, Field, Format, Kind, Record, Uuid};

/// The largest whole number that a double holds exactly.
const MAX_SAFE: i64 = 9_007_199_254_740_991;

/// One of the types that a value may have, with the keywords that apply to it.
pub(super) struct Form(&'static str, Object);

impl Schema<'_> {
    /// The schema of a row's value. A row that is required is neither null nor blank.
    pub(super) fn value(&mut self, field: &'static Field, kind: Kind, pointer: &str, required: bool) -> Object {
        let mut forms = match self.side {
            Side::Output => vec![self.canonical(field, kind, pointer, required)],
            Side::Input => self.lenient(field, kind, pointer, required),
        };
        if self.side == Side::Input && !required {
            if !forms.iter().any(|Form(name, _)| *name == "string") {
                let mut blank = Object::default();
                blank.text("pattern", &patterns::trimmed("", false));
                forms.push(Form("string", blank));
            }
            forms.push(Form("null", Object::default()));
        }
        let mut schema = self.together(forms);
        if let Some(only) = field.constant.filter(|_| matches!(kind, Kind::Boolean)) {
            match self.side {
                Side::Output => schema.put("enum", if only { "[true]" } else { "[false]" }),
                Side::Input => schema.put("not", &self.flag_value(!only)),
            }
        }
        schema
    }

    /// Forms as one schema.
    #[inline(never)]
    pub(super) fn together(&self, forms: Vec<Form>) -> Object {
        let mut schema = Object::default();
        let nullable = forms.iter().any(|Form(name, _)| *name == "null");
        if self.target == Target::OpenApi30 {
            let typed = |Form(name, keywords): Form| {
                let mut form = Object::default();
                form.text("type", name);
                if nullable {
                    form.put("nullable", "true");
                }
                form.join(keywords);
                form
            };
            let mut forms: Vec<_> = forms.into_iter().filter(|Form(name, _)| *name != "null").map(typed).collect();
            match forms.pop() {
                Some(only) if forms.is_empty() => return only,
                Some(last) => {
                    forms.push(last);
                    let forms: Vec<_> = forms.into_iter().map(Object::end).collect();
                    schema.list("anyOf", &forms);
                }
                None => {}
            }
            return schema;
        }
        match forms.as_slice() {
            [Form(name, _)] => schema.text("type", name),
            forms => schema.texts("type", forms.iter().map(|Form(name, _)| *name)),
        }
        for Form(_, keywords) in forms {
            schema.join(keywords);
        }
        schema
    }

    /// The form in which the value is sent.
    #[inline(never)]
    fn canonical(&mut self, field: &'static Field, kind: Kind, pointer: &str, required: bool) -> Form {
        let mut keywords = Object::default();
        let name = match kind {
            Kind::Text(format) => {
                self.text(field, format, required, &mut keywords);
                "string"
            }
            Kind::Money if self.price_as_text(field) => {
                keywords.text("pattern", &patterns::whole(patterns::PRICE));
                "string"
            }
            Kind::Number | Kind::Integer | Kind::Money => return self.number(field, kind),
            Kind::Boolean => "boolean",
            Kind::Date => {
                keywords.text("format", "date");
                keywords.text("pattern", &patterns::whole(patterns::DATE));
                "string"
            }
            Kind::Choice(choices) => {
                keywords.texts("enum", sent(choices, field, self.payload, self.options.dialect));
                "string"
            }
            Kind::Uuid(Uuid::Portal) => {
                keywords.text("pattern", FILLED);
                "string"
            }
            Kind::Uuid(Uuid::Ehealth) => {
                let [sent, _] = patterns::UUID;
                keywords.text("pattern", &patterns::whole(sent));
                "string"
            }
            Kind::Object(inner) => {
                self.rows(inner, pointer, Presence::Needed, &mut keywords);
                "object"
            }
            Kind::List(item) => {
                self.items(field, item, pointer, &mut keywords);
                "array"
            }
        };
        Form(name, keywords)
    }

    #[inline(never)]
    fn text(&self, field: &'static Field, format: Format, required: bool, keywords: &mut Object) {
        if let Some(max) = max_length(Kind::Text(format)) {
            keywords.number("maxLength", i64::from(max));
        }
        if let Some(codes) = field.dictionary.and_then(|name| self.options.context.dictionaries.get(name)) {
            let blank = (!required).then_some("");
            keywords.texts("enum", codes.iter().map(String::as_str).chain(blank));
        } else if let Some([sent, _]) = pattern(format) {
            let pattern = if required { patterns::whole(sent) } else { patterns::whole_or_empty(sent) };
            keywords.text("pattern", &pattern);
        } else if required {
            keywords.text("pattern", FILLED);
        }
    }

    /// A number with its bounds.
    fn number(&self, field: &'static Field, kind: Kind) -> Form {
        let mut keywords = Object::default();
        let integer = matches!(kind, Kind::Integer);
        let low = field.min.map(i64::from).or(matches!(kind, Kind::Money).then_some(0));
        match low {
            Some(low) if field.above && self.target == Target::OpenApi30 => {
                keywords.number("minimum", low);
                keywords.put("exclusiveMinimum", "true");
            }
            Some(low) if field.above => keywords.number("exclusiveMinimum", low),
            Some(low) => keywords.number("minimum", low),
            None if integer => keywords.number("minimum", -MAX_SAFE),
            None => {}
        }
        if let Some(high) = field.max.map(i64::from).or(integer.then_some(MAX_SAFE)) {
            keywords.number("maximum", high);
        }
        Form(if integer { "integer" } else { "number" }, keywords)
    }

    /// Every form that is read as the value.
    #[inline(never)]
    fn lenient(&mut self, field: &'static Field, kind: Kind, pointer: &str, required: bool) -> Vec<Form> {
        let text = |pattern: &str| {
            let mut keywords = Object::default();
            keywords.text("pattern", &patterns::trimmed(pattern, !required));
            Form("string", keywords)
        };
        match kind {
            Kind::Text(format) => {
                let written = match pattern(format) {
                    Some([_, read]) => text(read),
                    None => some_text(required),
                };
                vec![written, Form("number", Object::default())]
            }
            Kind::Number | Kind::Money => vec![self.number(field, kind), text(patterns::NUMBER)],
            Kind::Integer => vec![self.number(field, kind), text(patterns::INTEGER)],
            Kind::Boolean => vec![Form("boolean", Object::default()), text(&patterns::FLAGS.join("|"))],
            // Where there need be no date, 1C's way of saying so is one.
            Kind::Date if required => vec![text(patterns::LENIENT_DATE)],
            Kind::Date => vec![text(&[patterns::LENIENT_DATE, patterns::NO_DATE].join("|"))],
            Kind::Choice(choices) => vec![lenient_choice(choices, required, &text)],
            Kind::Uuid(Uuid::Portal) => vec![some_text(required)],
            Kind::Uuid(Uuid::Ehealth) => {
                let [_, read] = patterns::UUID;
                vec![text(read)]
            }
            Kind::Object(inner) => {
                self.unwrapped(inner, pointer, if required { Presence::Needed } else { Presence::Optional })
            }
            Kind::List(item) => {
                let mut list = Object::default();
                self.items(field, item, pointer, &mut list);
                let mut forms = vec![Form("array", list)];
                if !item.scalar {
                    let mut keywords = Object::default();
                    self.rows(item, &format!("{pointer}/*"), Presence::Needed, &mut keywords);
                    if let Some(marked) = item.rows.iter().find_map(|rule| self.marked(field, item, rule)) {
                        // A single object in the list's place is the one that has the flag.
                        let mut unmarked = Object::default();
                        unmarked.text("type", "object");
                        unmarked.put("not", &marked);
                        keywords.put("not", &unmarked.end());
                    }
                    forms.push(Form("object", keywords));
                }
                forms
            }
        }
    }

    /// An object, or a list of one; the list may be of nothing where the object may be absent.
    #[inline(never)]
    pub(super) fn unwrapped(&mut self, record: &'static Record, pointer: &str, presence: Presence) -> Vec<Form> {
        let mut keywords = Object::default();
        self.rows(record, pointer, presence, &mut keywords);
        let mut forms = vec![Form("object", keywords.clone())];
        if presence == Presence::Optional {
            let mut blank = Object::default();
            blank.text("pattern", &patterns::trimmed("", false));
            forms.extend([Form("string", blank), Form("null", Object::default())]);
        }
        let mut list = Object::default();
        list.put("items", &self.together(forms).end());
        if presence == Presence::Needed {
            list.number("minItems", 1);
        }
        list.number("maxItems", 1);
        vec![Form("object", keywords), Form("array", list)]
    }

    /// Whether the row is sent as a text although it is an amount.
    pub(super) fn price_as_text(&self, field: &Field) -> bool {
        field.dialect == Some(DialectKey::Price) && self.options.dialect.price_text
    }
}

fn lenient_choice(choices: &'static Choices, required: bool, text: &dyn Fn(&str) -> Form) -> Form {
    match super::condition::spellings(choices, &|_| true) {
        Some(pattern) if choices.open.is_none() => text(&pattern),
        _ => some_text(required),
    }
}

/// Any text; not a blank one where the row is required.
#[inline(never)]
fn some_text(required: bool) -> Form {
    let mut keywords = Object::default();
    if required {
        keywords.text("pattern", FILLED);
    }
    Form("string", keywords)
}

/// The patterns of a format that is an error: as it is sent, and as it is read.
fn pattern(format: Format) -> Option<[&'static str; 2]> {
    match format {
        Format::Mfo => Some([patterns::MFO; 2]),
        Format::PayerAccount => Some(patterns::PAYER_ACCOUNT),
        Format::EhealthName => Some([patterns::EHEALTH_NAME; 2]),
        Format::ContractNumber => Some(patterns::CONTRACT_NUMBER),
        Format::Any | Format::Url | Format::Phone | Format::Email | Format::Snils | Format::SignedContent => None,
    }
}
