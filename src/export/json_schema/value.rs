//! The schema of one row's value: its canonical form, or every form that is read as it. Bounds and patterns apply to one type each,
//! so the forms of a value can stand side by side in one schema.

use super::patterns::{self, FILLED};
use super::{Schema, Side, Target};
use crate::export::fields::{max_length, sent};
use crate::export::json::{Object, array, one};
use crate::reading::kind_of;
use crate::table::{Choices, DialectKey, Field, Format, Kind, Record, Uuid};

/// The largest whole number that a double holds exactly.
const MAX_SAFE: i64 = 9_007_199_254_740_991;

/// One of the forms of a value.
pub(super) enum Form {
    /// A type, with the keywords that apply to it.
    Typed(&'static str, Object),
    /// A schema of its own.
    Whole(String),
}
use Form::{Typed, Whole};

impl Schema<'_> {
    /// The schema of a row's value. A row that is required is neither null nor blank.
    pub(super) fn value(&mut self, field: &'static Field, kind: Kind, pointer: &str, required: bool) -> Object {
        let mut forms = match self.side {
            Side::Output => vec![self.canonical(field, kind, pointer, required)],
            Side::Input => self.lenient(field, kind, pointer, required),
        };
        if self.side == Side::Input && !required {
            if !forms.iter().any(|form| matches!(form, Typed("string", _))) {
                let mut blank = Object::default();
                blank.text("pattern", &patterns::trimmed("", false));
                forms.push(Typed("string", blank));
            }
            forms.push(Typed("null", Object::default()));
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
        let (mut typed, mut all) = (Vec::new(), Vec::new());
        for form in forms {
            match form {
                Typed(name, keywords) => typed.push((name, keywords)),
                Whole(schema) => all.push(schema),
            }
        }
        if self.target == Target::OpenApi30 {
            let nullable = typed.iter().any(|(name, _)| *name == "null");
            typed.retain(|(name, _)| *name != "null");
            let only = typed.len() == 1;
            for (name, keywords) in typed {
                let mut form = Object::default();
                form.text("type", name);
                if nullable {
                    form.put("nullable", "true");
                }
                form.join(keywords);
                if all.is_empty() && only {
                    return form;
                }
                all.push(form.end());
            }
        } else if !typed.is_empty() {
            let mut form = Object::default();
            match typed.as_slice() {
                [(name, _)] => form.text("type", name),
                typed => form.texts("type", typed.iter().map(|(name, _)| *name)),
            }
            for (_, keywords) in typed {
                form.join(keywords);
            }
            if all.is_empty() {
                return form;
            }
            all.push(form.end());
        }
        let mut schema = Object::default();
        schema.list("anyOf", &all);
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
                self.rows(inner, pointer, &mut keywords);
                "object"
            }
            Kind::List(item) => {
                self.items(field, item, pointer, &mut keywords);
                "array"
            }
        };
        Typed(name, keywords)
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
        Typed(if integer { "integer" } else { "number" }, keywords)
    }

    /// Every form that is read as the value.
    #[inline(never)]
    fn lenient(&mut self, field: &'static Field, kind: Kind, pointer: &str, required: bool) -> Vec<Form> {
        let text = |pattern: &str| {
            let mut keywords = Object::default();
            keywords.text("pattern", &patterns::trimmed(pattern, !required));
            Typed("string", keywords)
        };
        match kind {
            Kind::Text(format) => {
                let written = match pattern(format) {
                    Some([_, read]) => text(read),
                    None => some_text(required),
                };
                vec![written, Typed("number", Object::default())]
            }
            Kind::Number | Kind::Money => vec![self.number(field, kind), text(patterns::NUMBER)],
            Kind::Integer => vec![self.number(field, kind), text(patterns::INTEGER)],
            Kind::Boolean => vec![Typed("boolean", Object::default()), text(&patterns::FLAGS.join("|"))],
            // Where there need be no date, 1C's way of saying so is one.
            Kind::Date if required => vec![text(patterns::LENIENT_DATE)],
            Kind::Date => vec![text(&[patterns::LENIENT_DATE, patterns::NO_DATE].join("|"))],
            Kind::Choice(choices) => vec![lenient_choice(choices, required, &text)],
            Kind::Uuid(Uuid::Portal) => vec![some_text(required)],
            Kind::Uuid(Uuid::Ehealth) => {
                let [_, read] = patterns::UUID;
                vec![text(read)]
            }
            Kind::Object(inner) if required => self.unwrapped(inner, pointer),
            Kind::Object(inner) => self.unwrapped_or_blank(inner, pointer),
            Kind::List(item) => {
                let mut list = Object::default();
                self.items(field, item, pointer, &mut list);
                let mut forms = vec![Typed("array", list)];
                if !item.scalar {
                    let object = self.shared_object(item, &format!("{pointer}/*"));
                    // A single object in the list's place is the one that has the flag.
                    let marked = item.rows.iter().find_map(|rule| self.marked(field, item, rule));
                    forms.push(Whole(match marked {
                        Some(marked) => one("allOf", &array(&[object, marked])),
                        None => object,
                    }));
                }
                forms
            }
        }
    }

    /// An object, or a list of one.
    #[inline(never)]
    pub(super) fn unwrapped(&mut self, record: &'static Record, pointer: &str) -> Vec<Form> {
        let object = self.shared_object(record, pointer);
        let mut list = Object::default();
        list.put("items", &object);
        list.number("minItems", 1);
        list.number("maxItems", 1);
        vec![Whole(object), Typed("array", list)]
    }

    /// An object that may be left blank, or a list of one; the list may be of nothing.
    fn unwrapped_or_blank(&mut self, record: &'static Record, pointer: &str) -> Vec<Form> {
        let (object, blank) = (self.shared_object(record, pointer), self.blank_object(record, pointer));
        let mut list = Object::default();
        list.put("items", &any_of(&[object.clone(), blank.clone(), self.nothing()]));
        list.number("maxItems", 1);
        vec![Whole(object), Whole(blank), Typed("array", list)]
    }

    /// The object of a row or of a list's items.
    #[inline(never)]
    fn shared_object(&mut self, record: &'static Record, pointer: &str) -> String {
        self.share(&name(pointer), &mut |schema| schema.object(record, pointer).end())
    }

    /// The object with members that are all missing or blank.
    #[inline(never)]
    fn blank_object(&mut self, record: &'static Record, pointer: &str) -> String {
        self.share(&format!("{}.blank", name(pointer)), &mut |schema| {
            let mut members = Object::default();
            for field in record.fields {
                let kind = kind_of(field, schema.options.dialect);
                let blank = schema.blank_value(kind, &format!("{pointer}/{}", field.name));
                members.put(field.name, &blank);
            }
            let mut object = Object::default();
            object.text("type", "object");
            object.put("properties", &members.end());
            if record.closed {
                object.put("additionalProperties", "false");
            }
            object.end()
        })
    }

    /// A value that is blank, or that holds nothing but blanks.
    #[inline(never)]
    fn blank_value(&mut self, kind: Kind, pointer: &str) -> String {
        let nothing = self.nothing();
        let mut forms = vec![nothing.clone()];
        let list = |items: &str, only: bool| {
            let mut list = Object::default();
            list.text("type", "array");
            list.put("items", items);
            if only {
                list.number("maxItems", 1);
            }
            list.end()
        };
        match kind {
            Kind::Date => {
                let mut dates = Object::default();
                dates.text("type", "string");
                dates.text("pattern", &patterns::trimmed(patterns::NO_DATE, false));
                forms.push(dates.end());
            }
            Kind::List(item) if item.scalar => forms.push(list(&nothing, false)),
            Kind::Object(record) | Kind::List(record) => {
                let one_of_many = matches!(kind, Kind::List(_));
                let blank =
                    self.blank_object(record, &if one_of_many { format!("{pointer}/*") } else { pointer.to_owned() });
                forms.push(blank);
                let only = list(&any_of(&forms), true);
                if one_of_many {
                    // In a list an item may itself come in a list of one.
                    let mut items = forms.clone();
                    items.push(only);
                    forms.push(list(&any_of(&items), false));
                } else {
                    forms.push(only);
                }
            }
            _ => return nothing,
        }
        any_of(&forms)
    }

    /// Null, or a blank text.
    #[inline(never)]
    fn nothing(&mut self) -> String {
        self.share("nothing", &mut |schema| {
            let mut blank = Object::default();
            blank.text("pattern", &patterns::trimmed("", false));
            schema.together(vec![Typed("string", blank), Typed("null", Object::default())]).end()
        })
    }

    /// Whether the row is sent as a text although it is an amount.
    pub(super) fn price_as_text(&self, field: &Field) -> bool {
        field.dialect == Some(DialectKey::Price) && self.options.dialect.price_text
    }
}

fn any_of(schemas: &[String]) -> String {
    one("anyOf", &array(schemas))
}

/// What a row's object, or the object of a list's items, is called among the shared schemas.
fn name(pointer: &str) -> String {
    pointer.trim_start_matches('/').replace("/*", "").replace('/', ".")
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
    Typed("string", keywords)
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
