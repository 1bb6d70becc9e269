//! The fields of a payload as a flat list in document order, for forms and field references: type, label, bounds, conditions in
//! words and the rules that report there. Derived from the rows alone; it never looks at a draft.

use serde::Serialize;

use crate::messages::pick;
use crate::options::{Dialect, Locale, Options};
use crate::reading::{kind_of, longest, type_name, wire};
use crate::table::{Choices, Field, Format, Hops, Kind, Need, Operation, Payload, Record, Test, When};

/// One field of a payload, in one language; serializes as the JavaScript interface's `FieldInfo`.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FieldInfo {
    /// The JSON pointer, with `*` for the items of a list.
    pub pointer: String,
    /// The key; empty for the items of a list of values.
    pub name: &'static str,
    /// The type, as an issue's `expected` names it.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The format, as an issue's `format` names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<&'static str>,
    /// What a form writes beside the field.
    pub label: &'static str,
    /// A sentence of help.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<&'static str>,
    /// `always`, `never` or `conditional`.
    pub required: &'static str,
    /// When a conditional field is required, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required_when: Option<&'static str>,
    /// When the field is relevant, in words; always where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevant_when: Option<&'static str>,
    /// The values to choose from, as they are sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<OptionInfo>>,
    /// At least so much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min: Option<i16>,
    /// At most so much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max: Option<i16>,
    /// More than so much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusive_min: Option<i16>,
    /// At most so many code points.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u32>,
    /// At most so many decimal places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decimal_places: Option<u8>,
    /// At least so many items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_items: Option<u32>,
    /// At most so many items.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_items: Option<u32>,
    /// The ids of the rules that report at this field, the row's own first.
    pub rules: Vec<&'static str>,
    /// The section of the source document.
    pub source: &'static str,
    /// The row itself.
    #[serde(skip)]
    #[cfg_attr(target_arch = "wasm32", expect(dead_code, reason = "only the generated files ask for it"))]
    pub(crate) row: &'static Field,
}

/// One value to choose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OptionInfo {
    /// As it is sent.
    pub value: String,
    /// As a person reads it.
    pub label: String,
}

/// The fields of a payload, flat, in document order, in the options' locale and dialect.
pub fn fields(payload: &'static Payload, options: &Options) -> Vec<FieldInfo> {
    let locale = options.locale.unwrap_or(Locale::of(payload.system));
    let mut list = List { payload, options, locale, out: Vec::new() };
    list.record(payload.root, "", &[]);
    list.out
}

struct List<'o> {
    payload: &'static Payload,
    options: &'o Options,
    locale: Locale,
    out: Vec<FieldInfo>,
}

impl List<'_> {
    /// The rows of a record that stands at `base`; `outer` are the rules with which its holder reports at them.
    fn record(&mut self, record: &'static Record, base: &str, outer: &[(u8, &'static str)]) {
        for (at, field) in record.fields.iter().enumerate() {
            let pointer = if record.scalar { base.to_owned() } else { format!("{base}/{}", field.name) };
            let kind = kind_of(field, self.options.dialect);
            let rules = rules(record, at, kind, outer);
            self.out.push(self.info(field, kind, &pointer, rules));
            match kind {
                Kind::Object(inner) => {
                    let here = record.checks.iter().filter(|check| {
                        check.at.hops == Hops::Here && usize::from(check.at.index) == at && check.at.inner != u8::MAX
                    });
                    let outer: Vec<_> = here.map(|check| (check.at.inner, check.rule)).collect();
                    self.record(inner, &pointer, &outer);
                }
                Kind::List(item) => self.record(item, &format!("{pointer}/*"), &[]),
                _ => {}
            }
        }
    }

    fn info(&self, field: &'static Field, kind: Kind, pointer: &str, rules: Vec<&'static str>) -> FieldInfo {
        let words = |when: &'static When| pick(&when.words, self.locale);
        let operation = self.payload.operation;
        let (required, required_when) = match requirement(field, operation) {
            Need::Always => ("always", None),
            Need::Never => ("never", None),
            Need::When(when) => ("conditional", Some(words(when))),
        };
        let relevant_when = match settled(field.relevant, operation) {
            Need::When(when) => Some(words(when)),
            Need::Always | Need::Never => None,
        };
        let money = matches!(kind, Kind::Money);
        let low = field.min.or(money.then_some(0));
        let list = matches!(kind, Kind::List(_));
        FieldInfo {
            pointer: pointer.to_owned(),
            name: field.name,
            kind: type_name(kind),
            format: format_name(field.kind_format()),
            label: pick(&field.label, self.locale),
            hint: field.hint.map(|words| pick(words, self.locale)),
            required,
            required_when,
            relevant_when,
            options: self.choices(field),
            min: low.filter(|_| !field.above),
            max: field.max,
            exclusive_min: low.filter(|_| field.above),
            max_length: max_length(kind),
            decimal_places: money.then_some(2),
            min_items: Some(field.min_items).filter(|count| list && *count > 0),
            max_items: list.then_some(MAX_ITEMS),
            rules,
            source: self.payload.source,
            row: field,
        }
    }

    fn choices(&self, field: &'static Field) -> Option<Vec<OptionInfo>> {
        if let Kind::Choice(choices) = field.kind {
            let sent = sent(choices, field, self.payload, self.options.dialect);
            let labels = choices.items.iter().map(|item| pick(&item.label, self.locale).to_owned());
            return Some(
                sent.zip(labels).map(|(value, label)| OptionInfo { value: value.to_owned(), label }).collect(),
            );
        }
        let codes = self.options.context.dictionaries.get(field.dictionary?)?;
        Some(codes.iter().map(|code| OptionInfo { value: code.clone(), label: code.clone() }).collect())
    }
}

const MAX_ITEMS: u32 = 100_000;
const _: () = assert!(MAX_ITEMS as usize == crate::draft::MAX_ITEMS);

/// The spellings with which an enumeration's values are written: as sent in the dialect, or as read of an inbound payload.
pub(crate) fn sent(
    choices: &'static Choices,
    field: &'static Field,
    payload: &Payload,
    dialect: Dialect,
) -> impl Iterator<Item = &'static str> {
    let outbound = payload.outbound();
    (0..choices.items.len()).map(move |at| if outbound { wire(choices, at, field, dialect) } else { choices.value(at) })
}

/// A need in which the condition of updating is decided: the operation is the payload's own.
pub(crate) fn settled(need: Need, operation: Operation) -> Need {
    match need {
        Need::When(when) if matches!(when.test, Test::Updating) => {
            if operation == Operation::Update {
                Need::Always
            } else {
                Need::Never
            }
        }
        other => other,
    }
}

/// When the field is required; never while it is not relevant.
pub(crate) fn requirement(field: &Field, operation: Operation) -> Need {
    match (settled(field.required, operation), settled(field.relevant, operation)) {
        (Need::Always, relevant) => relevant,
        (_, Need::Never) => Need::Never,
        (required, _) => required,
    }
}

/// How many code points a text may have.
pub(crate) fn max_length(kind: Kind) -> Option<u32> {
    match kind {
        Kind::Text(format) => u32::try_from(longest(format)).ok(),
        _ => None,
    }
}

/// The name of a format, as an issue's `format` has it.
pub(crate) const fn format_name(format: Format) -> Option<&'static str> {
    Some(match format {
        Format::Any => return None,
        Format::Url => "url",
        Format::Phone => "phone",
        Format::Email => "email",
        Format::Snils => "snils",
        Format::ContractNumber => "contract_number",
        Format::EhealthName => "name",
        Format::Mfo => "mfo",
        Format::PayerAccount => "iban",
        Format::SignedContent => "base64",
    })
}

/// The rules that report at the row: its own, those of checks, and those over rows.
fn rules(record: &'static Record, at: usize, kind: Kind, outer: &[(u8, &'static str)]) -> Vec<&'static str> {
    let mut rules = Vec::new();
    // How a value was read is said of every row.
    let mut add = |rule: &'static str| {
        if !rules.contains(&rule) && !rule.starts_with("GEN-") {
            rules.push(rule);
        }
    };
    if let Some(field) = record.fields.get(at) {
        add(field.rule);
        for rule in [field.needed_by, field.format_rule].into_iter().filter(|rule| !rule.is_empty()) {
            add(rule);
        }
    }
    for (_, rule) in outer.iter().filter(|(inner, _)| usize::from(*inner) == at) {
        add(rule);
    }
    for check in record.checks {
        if check.at.hops == Hops::Here && usize::from(check.at.index) == at && check.at.inner == u8::MAX {
            add(check.rule);
        }
    }
    for rule in record.rows.iter().filter(|rule| rule.reported() == Some(at)) {
        add(rule.rule);
    }
    if let Kind::List(item) = kind {
        for rule in item.rows.iter().filter(|rule| rule.reported().is_none()) {
            add(rule.rule);
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::fields;
    use crate::options::{Dialect, Locale, Options};
    use crate::payload;

    #[test]
    fn rows_come_flat_in_document_order_with_their_rules() {
        let payload = payload("cycle.create").unwrap();
        let options = Options { locale: Some(Locale::En), ..Options::default() };
        let list = fields(payload, &options);
        let find = |pointer: &str| list.iter().find(|field| field.pointer == pointer).unwrap();
        assert_eq!(list.first().unwrap().pointer, "/id");
        assert_eq!(find("/end_date").rules, ["CYC-04", "CYC-05"]);
        assert_eq!(find("/price").required, "conditional");
        assert_eq!(find("/price").required_when, Some("the paid basis is chosen"));
        assert_eq!((find("/price").min, find("/price").decimal_places), (Some(0), Some(2)));
        assert_eq!(find("/address/city").required, "always");
        assert_eq!(find("/phone").format, Some("phone"));
        let value = &find("/education_form").options.as_ref().unwrap()[0];
        assert_eq!((value.value.as_str(), value.label.as_str()), ("fulltime", "Full-time"));
        let json = serde_json::to_string(find("/price")).unwrap();
        assert!(json.contains(r#""type":"money""#) && json.contains(r#""requiredWhen":"the paid"#), "{json}");
    }

    #[test]
    fn the_dialect_decides_kinds_and_spellings() {
        let dialect = Dialect { address_list: true, result_status_table: true, ..Dialect::default() };
        let options = Options { dialect, ..Options::default() };
        let cycle = fields(payload("cycle.create").unwrap(), &options);
        assert!(cycle.iter().any(|field| field.pointer == "/address" && field.kind == "list"));
        assert!(cycle.iter().any(|field| field.pointer == "/address/*/city"));
        let results = fields(payload("results.bulk_update").unwrap(), &options);
        let status = results.iter().find(|field| field.pointer == "/results/*/result_status").unwrap();
        assert_eq!(status.options.as_ref().unwrap()[2].value, "succed");
        let number = results.iter().find(|field| field.pointer == "/results/*/request_number").unwrap();
        assert_eq!(number.rules, ["RES-02", "RES-15", "RES-11"]);
    }
}
