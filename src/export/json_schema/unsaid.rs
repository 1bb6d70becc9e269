//! The list of what a schema does not say, so that nothing of a table is dropped silently: each rule that has to be checked by
//! other means, where it reports, with which code, and why the schema leaves it out.

use crate::export::fields::{format_name, settled};
use crate::export::json::{Object, array};
use crate::payloads::ehealth::envelope;
use crate::table::{Check, Field, Format, Hops, Kind, Need, Operation, Record, RowRule, RowTest, Uuid};

use super::{Schema, Side, Target};

const WARNS: &str = "a warning, which never refuses a payload";

/// One rule that the schema does not say.
pub(super) struct Unsaid {
    rule: &'static str,
    code: Option<&'static str>,
    why: String,
    at: Vec<String>,
}

impl Schema<'_> {
    pub(super) fn leave(&mut self, rule: &'static str, code: impl Into<Option<&'static str>>, at: &str, why: &str) {
        let code = code.into();
        let known = self.unsaid.iter_mut().find(|known| known.rule == rule && known.code == code && known.why == why);
        match known {
            Some(known) if known.at.iter().any(|other| other == at) => {}
            Some(known) => known.at.push(at.to_owned()),
            None => self.unsaid.push(Unsaid { rule, code, why: why.to_owned(), at: vec![at.to_owned()] }),
        }
    }

    /// The list as JSON.
    pub(super) fn unsaid_json(&self) -> String {
        let entry = |unsaid: &Unsaid| {
            let mut object = Object::default();
            object.text("rule", unsaid.rule);
            if let Some(code) = unsaid.code {
                object.text("code", code);
            }
            object.texts("at", unsaid.at.iter().map(String::as_str));
            object.text("why", &unsaid.why);
            object.end()
        };
        array(&self.unsaid.iter().map(entry).collect::<Vec<_>>())
    }

    /// Rules of reading that belong to no row.
    pub(super) fn leave_reading(&mut self) {
        self.leave("GEN-01", "syntax", "", "a schema judges values, not JSON text");
        self.leave("GEN-02", "duplicate_key", "", "a parsed value has each key once");
        self.leave("GEN-03", "too_deep", "", "the depth of unknown fields is not limited");
        if !self.closed_everywhere {
            self.leave("GEN-04", "unknown_field", "", WARNS);
        }
        match self.side {
            Side::Output => {
                self.leave("GEN-06", "format", "", "white space at the ends of a text is not refused");
                self.leave("GEN-06", "unknown_field", "", "a key in another spelling is an unknown field, not refused");
            }
            Side::Input => {
                self.leave(
                    "GEN-06",
                    None,
                    "",
                    "keys are known in one spelling only: in another one they count as unknown",
                );
            }
        }
    }

    /// What is not said of a row's own rule.
    pub(super) fn leave_row(&mut self, field: &'static Field, kind: Kind, at: &str) {
        let rule = field.rule;
        if !matches!(settled(field.expected, self.operation()), Need::Never) {
            self.leave(rule, "expected", at, WARNS);
        }
        if !self.left_out_when_irrelevant() && matches!(settled(field.relevant, self.operation()), Need::When(_)) {
            self.leave(rule, "not_relevant", at, WARNS);
        }
        if field.soft_min.is_some() {
            self.leave(rule, "too_small", at, WARNS);
        }
        if field.soft_max.is_some() {
            self.leave(rule, "too_large", at, WARNS);
        }
        let given = |name| self.side == Side::Output && self.options.context.dictionaries.contains_key(name);
        if field.dictionary.is_some_and(|name| !given(name)) {
            self.leave(rule, "enum", at, "the values come from a dictionary that is not given here");
        }
        match kind {
            Kind::Text(format) => {
                self.leave_format(if field.format_rule.is_empty() { rule } else { field.format_rule }, format, at)
            }
            Kind::Uuid(Uuid::Portal) => self.leave(rule, "format", at, WARNS),
            Kind::Money => {
                let said = self.side == Side::Output && self.price_as_text(field);
                if !said {
                    let why = "multipleOf counts in binary fractions and would refuse amounts such as 4.35";
                    self.leave(rule, "decimal_places", at, why);
                }
            }
            _ => {}
        }
        if self.side == Side::Input {
            self.leave_lenient(field, kind, at);
        }
    }

    /// Bounds that a lenient reading carries into a text, where a schema cannot count.
    fn leave_lenient(&mut self, field: &'static Field, kind: Kind, at: &str) {
        let why = "of a number written as text";
        let bounded = matches!(kind, Kind::Number | Kind::Integer | Kind::Money);
        if bounded && (field.min.is_some() || matches!(kind, Kind::Money)) {
            self.leave(field.rule, "too_small", at, why);
        }
        if bounded && field.max.is_some() {
            self.leave(field.rule, "too_large", at, why);
        }
        if bounded || matches!(kind, Kind::Date) {
            self.leave("GEN-06", "inconsistent", at, WARNS);
        }
        if bounded && !matches!(kind, Kind::Integer) {
            self.leave(field.rule, "type", at, "of a number beyond every double, written as text");
        }
        if matches!(kind, Kind::Integer) {
            self.leave(field.rule, "unsafe_number", at, why);
        }
        if matches!(kind, Kind::Text(_)) {
            self.leave(field.rule, "unsafe_number", at, "of a number that is not given as JSON text");
        }
        // Of an enumeration that is open, the text itself is kept.
        if matches!(kind, Kind::Text(_)) || matches!(kind, Kind::Choice(choices) if choices.open.is_some()) {
            self.leave(field.rule, "too_long", at, "the length counts without white space at the ends");
        }
    }

    fn leave_format(&mut self, rule: &'static str, format: Format, at: &str) {
        let judged_by_code = "needs code";
        match format {
            Format::Any | Format::Mfo | Format::EhealthName => {}
            Format::Url | Format::Phone | Format::Email => self.leave(rule, "format", at, WARNS),
            Format::Snils => {
                self.leave(rule, "format", at, WARNS);
                self.leave(rule, "checksum", at, WARNS);
            }
            Format::ContractNumber => {
                let why = "the older form is a warning, which never refuses a payload";
                self.leave(rule, "format", at, why);
            }
            Format::PayerAccount => self.leave(rule, "checksum", at, judged_by_code),
            Format::SignedContent => {
                self.leave(rule, None, at, judged_by_code);
                self.leave_contents(envelope::contents_payload(self.options).root, at);
            }
        }
        if self.side == Side::Input && format_name(format).is_some() {
            self.leave(rule, "format", at, "of a number in place of a text");
        }
    }

    /// The rules of signed contents, which are a text here.
    fn leave_contents(&mut self, record: &'static Record, at: &str) {
        let rules = record.fields.iter().flat_map(|field| [field.rule, field.format_rule]);
        let rules = rules.chain(record.checks.iter().map(|check| check.rule));
        let rules: Vec<_> = rules.chain(record.rows.iter().map(|rule| rule.rule)).chain(["GEN-04", "GEN-06"]).collect();
        for rule in rules.into_iter().filter(|rule| !rule.is_empty()) {
            self.leave(rule, None, at, "about the signed contents, which are encoded here");
        }
        for inner in record.fields.iter().filter_map(|field| crate::draft::inner(field.kind)) {
            self.leave_contents(inner, at);
        }
    }

    /// A check that needs code.
    pub(super) fn leave_check(&mut self, check: &'static Check, at: &str) {
        let names: Vec<_> =
            check.reads.iter().take(usize::from(check.count)).map(|read| written(read.name, read.hops)).collect();
        let why = match names.as_slice() {
            [] => "depends on what is known besides the payload".to_owned(),
            [name] => format!("needs code or the context (reads {name})"),
            names => format!("relates fields to one another (reads {})", names.join(", ")),
        };
        self.leave(check.rule, None, at, &why);
    }

    /// A rule over a list's items that the schema does not say.
    pub(super) fn leave_rows(&mut self, rule: &'static RowRule, at: &str) {
        let why = match (rule.test, self.target) {
            (RowTest::ExactlyOne, Target::Draft07) => "draft-07 has no maxContains: more than one is not refused",
            (RowTest::ExactlyOne, _) => "openapi-3.0 has no contains",
            (RowTest::Unique, _) => "compares the items of a list by some of their fields",
            (RowTest::Member(_), _) => "compares a value with another list of the payload",
        };
        self.leave(rule.rule, rule.code().as_str(), at, why);
    }

    pub(super) fn operation(&self) -> Operation {
        self.payload.operation
    }
}

fn written(name: &str, hops: Hops) -> String {
    match hops {
        Hops::Parent => format!("^{name}"),
        Hops::Root => format!("/{name}"),
        Hops::Here | Hops::Whole => name.to_owned(),
    }
}
