//! TypeScript: for each payload the type of what may be given (with the lenient readings) and of what is sent, with labels and rules
//! as documentation, and the declaration of the payload itself. Text only, for the package's sources; it is not part of the wasm.

use super::fields::{requirement, sent, settled};
use crate::messages::pick;
use crate::options::{Dialect, Locale};
use crate::table::{DialectKey, Field, Kind, Need, Payload, Record, System};

const HEAD: &str = r#"// Generated from the payload tables by `cargo xtask generate`. Do not edit: change the table's row instead.
import { payload } from "./payload.js";
import type { Payload } from "./types.js";

"#;

const HELPERS: &str = r#"
/** Text; a number is read as its decimal text. */
export type TextInput = string | number;
/** A number, or text such as "12 000,50 ₽". */
export type NumberInput = number | string;
/** true, false, or the same as text in any letter case. */
export type BooleanInput = boolean | "true" | "false" | "True" | "False" | "TRUE" | "FALSE";
/** "2026-03-31", "31.03.2026", or a date and time, of which the date as written is taken. */
export type DateInput = string;
/** One of the listed values, in any letter case, or another spelling that the document uses. */
export type ChoiceInput<T extends string> = T | (string & {});
/** A list; a single object is read as a list of one. */
export type ListInput<T> = readonly T[] | T;
/** An object; a list of one is read as its item, an empty one as nothing. */
export type ObjectInput<T> = T | readonly [T] | readonly [];
"#;

/// The generated module of the package.
pub(super) fn module() -> String {
    let mut text = HEAD.to_owned();
    text.push_str("/** The version of the rules and of the package. */\n");
    text.push_str(&format!("export const version: string = \"{}\";\n", env!("CARGO_PKG_VERSION")));
    text.push_str(HELPERS);
    for payload in crate::payloads() {
        text.push('\n');
        text.push_str(&declarations(payload));
    }
    text
}

fn declarations(payload: &'static Payload) -> String {
    let name = capital(payload.export());
    let mut types = Types { payload, input: true, done: Vec::new(), text: String::new() };
    for input in [true, false] {
        types.input = input;
        let what = match (input, payload.outbound()) {
            (true, _) => "what may be given; the lenient readings are allowed",
            (false, true) => "the outgoing body",
            (false, false) => "the canonical reading",
        };
        types.interface(payload.root, &name, &format!("`{}`: {what}.", payload.name()));
    }
    let [ru, uk, en] = payload.title;
    let title = if payload.system() == System::Ehealth { uk } else { ru };
    let direction = if payload.outbound() { "outbound" } else { "inbound" };
    let endpoint = match payload.endpoint() {
        Some(endpoint) => format!(", \"{}\", \"{}\"", endpoint.method, endpoint.path),
        None => String::new(),
    };
    let (export, key) = (payload.export(), payload.name());
    types.text.push_str(&doc("", &format!("`{key}`: {title} ({en}). Source: «{}».", payload.source())));
    types.text.push_str(&format!(
        "export const {export}: Payload<{name}Input, {name}> = /* @__PURE__ */ payload(\"{key}\", \"{direction}\"{endpoint});\n"
    ));
    types.text
}

struct Types {
    payload: &'static Payload,
    input: bool,
    /// The interfaces that are written already.
    done: Vec<String>,
    text: String,
}

impl Types {
    /// The name of a record's interface on this side.
    fn side(&self, name: &str) -> String {
        if self.input { format!("{name}Input") } else { name.to_owned() }
    }

    fn interface(&mut self, record: &'static Record, name: &str, about: &str) {
        let full = self.side(name);
        if self.done.contains(&full) {
            return;
        }
        self.done.push(full.clone());
        let mut body = String::new();
        for field in record.fields {
            let always = matches!(requirement(field, self.payload.operation), Need::Always);
            let mut value = self.value(field, name);
            if self.input && !always {
                value.push_str(" | null | undefined");
            }
            let readonly = if self.input { "" } else { "readonly " };
            let optional = if always { "" } else { "?" };
            body.push_str(&doc("  ", &self.about(field)));
            body.push_str(&format!("  {readonly}{}{optional}: {value};\n", field.name));
        }
        self.text.push_str(&doc("", about));
        self.text.push_str(&format!("export interface {full} {{\n{body}}}\n"));
    }

    /// The label in the document's language and in English, the rule, and when the field is required.
    fn about(&self, field: &'static Field) -> String {
        let locale = Locale::of(self.payload.system());
        let (label, english) = (pick(&field.label, locale), pick(&field.label, Locale::En));
        let mut text = if label == english { format!("{label}. ") } else { format!("{label} ({english}). ") };
        text.push_str(field.rule);
        text.push('.');
        let operation = self.payload.operation;
        if let Need::When(when) = requirement(field, operation) {
            text.push_str(&format!(" Required when {}.", pick(&when.words, Locale::En)));
        }
        if let Need::When(when) = settled(field.relevant, operation) {
            let consequence = if self.payload.outbound() { "Sent only" } else { "Relevant only" };
            text.push_str(&format!(" {consequence} when {}.", pick(&when.words, Locale::En)));
        }
        text
    }

    fn value(&mut self, field: &'static Field, base: &str) -> String {
        match field.kind {
            Kind::Text(_) => self.pick("TextInput", "string"),
            Kind::Number | Kind::Integer => self.pick("NumberInput", "number"),
            Kind::Money if field.dialect == Some(DialectKey::Price) => self.pick("NumberInput", "number | string"),
            Kind::Money => self.pick("NumberInput", "number"),
            Kind::Boolean => match field.constant {
                Some(true) => self.pick("true | \"true\"", "true"),
                Some(false) => self.pick("false | \"false\"", "false"),
                None => self.pick("BooleanInput", "boolean"),
            },
            Kind::Date => self.pick("DateInput", "string"),
            Kind::Uuid(_) => "string".to_owned(),
            Kind::Choice(choices) => {
                let table = Dialect { result_status_table: true, ..Dialect::default() };
                let mut spellings: Vec<&str> = Vec::new();
                for dialect in [Dialect::default(), table] {
                    for text in sent(choices, field, self.payload, dialect) {
                        if !spellings.contains(&text) {
                            spellings.push(text);
                        }
                    }
                }
                let union: Vec<_> = spellings.iter().map(|text| format!("\"{text}\"")).collect();
                let union = union.join(" | ");
                if self.input { format!("ChoiceInput<{union}>") } else { union }
            }
            Kind::Object(inner) => {
                let name = self.nested(field, inner, base);
                match (field.dialect == Some(DialectKey::Address), self.input) {
                    (true, true) => format!("ListInput<{name}>"),
                    (true, false) => format!("{name} | readonly {name}[]"),
                    (false, true) => format!("ObjectInput<{name}>"),
                    (false, false) => name,
                }
            }
            Kind::List(item) => match item.fields.first() {
                Some(value) if item.scalar => {
                    let value = self.value(value, base);
                    if value.contains('|') { format!("readonly ({value})[]") } else { format!("readonly {value}[]") }
                }
                _ => {
                    let name = self.nested(field, item, base);
                    if self.input { format!("ListInput<{name}>") } else { format!("readonly {name}[]") }
                }
            },
        }
    }

    fn pick(&self, input: &str, output: &str) -> String {
        if self.input { input } else { output }.to_owned()
    }

    /// Writes the interface of a nested record, and gives its name.
    fn nested(&mut self, field: &'static Field, record: &'static Record, base: &str) -> String {
        let name = format!("{base}{}", camel(field.name));
        self.interface(record, &name, &self.about(field));
        self.side(&name)
    }
}

/// A documentation comment.
fn doc(indent: &str, text: &str) -> String {
    format!("{indent}/** {} */\n", text.replace("*/", "*\u{200b}/"))
}

fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// `request_number` as `RequestNumber`.
fn camel(name: &str) -> String {
    name.split('_').map(capital).collect()
}
