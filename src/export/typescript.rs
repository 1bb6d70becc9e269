//! TypeScript: for each payload the type of the draft that a form library holds and of what is sent, with labels and rules as
//! documentation, and the declaration of the payload itself. Text only, for the package's sources; it is not part of the wasm.
//!
//! Both are plain, mutable type aliases: interfaces lack the index signature that some libraries ask for, and what is sent is given out as
//! the caller's own. Every field of a draft may be missing or null, because a form begins empty; `check` takes anything all the same. What is
//! sent is also a draft, so that one type will do where a library knows only one.

use super::fields::{requirement, sent, settled};
use crate::messages::pick;
use crate::options::{Dialect, Locale};
use crate::table::{DialectKey, Field, Kind, Need, Payload, Record, System};

const HEAD: &str = r#"// Generated from the payload tables by `cargo xtask generate`. Do not edit: change the table's row instead.
import { payload } from "./payload.js";
import type { Payload } from "./types.js";

"#;

const HELPERS: &str = r#"
/** A number, or what a person types: "12 000,50 ₽". */
export type NumberInput = number | string;
/** One of the listed values, or any other text: another spelling that the document uses, or the empty choice of a control. */
export type ChoiceInput<T extends string> = T | (string & {});
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
    text.push_str("\n/** Every payload under its name. */\nexport type Payloads = {\n");
    for payload in crate::payloads() {
        let name = capital(payload.export());
        text.push_str(&format!("  readonly \"{}\": Payload<{name}Input, {name}>;\n", payload.name()));
    }
    text.push_str("};\n");
    text
}

fn declarations(payload: &'static Payload) -> String {
    let name = capital(payload.export());
    let mut types = Types { payload, input: true, done: Vec::new(), text: String::new() };
    for input in [true, false] {
        types.input = input;
        let what = match (input, payload.outbound()) {
            (true, _) => "the draft as a form library holds it",
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
    /// Those that are written already.
    done: Vec<String>,
    text: String,
}

impl Types {
    /// The name of a record's type on this side.
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
            if self.input {
                value.push_str(" | null | undefined");
            }
            let optional = if always && !self.input { "" } else { "?" };
            body.push_str(&doc("  ", &self.about(field)));
            body.push_str(&format!("  {}{optional}: {value};\n", field.name));
        }
        self.text.push_str(&doc("", about));
        self.text.push_str(&format!("export type {full} = {{\n{body}}};\n"));
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
        if field.dialect == Some(DialectKey::Address) && !self.input {
            text.push_str(" A list of one in the dialect `address: \"list\"`.");
        }
        text
    }

    fn value(&mut self, field: &'static Field, base: &str) -> String {
        match field.kind {
            Kind::Text(_) => "string".to_owned(),
            Kind::Number | Kind::Integer => self.pick("NumberInput", "number"),
            Kind::Money if field.dialect == Some(DialectKey::Price) => self.pick("NumberInput", "number | string"),
            Kind::Money => self.pick("NumberInput", "number"),
            Kind::Boolean => match field.constant {
                Some(true) => self.pick("boolean", "true"),
                Some(false) => self.pick("boolean", "false"),
                None => "boolean".to_owned(),
            },
            Kind::Date => "string".to_owned(),
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
            Kind::Object(inner) => self.nested(field, inner, base),
            Kind::List(item) => match item.fields.first() {
                Some(value) if item.scalar => {
                    let value = self.value(value, base);
                    if value.contains('|') { format!("({value})[]") } else { format!("{value}[]") }
                }
                _ => format!("{}[]", self.nested(field, item, base)),
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
