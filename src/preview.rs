//! The outgoing body: relevant fields only, canonical spellings, document order, the same bytes each time. Of an inbound payload it
//! is the canonical reading with every field. Whatever is left out is told, with the reason.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::check::{Checker, Found};
use crate::draft::{Cell, Draft, ROOT, RecordId};
use crate::issue::{Issue, Severity, Step, pointer};
use crate::issues;
use crate::json::quote;
use crate::kinds::decimal;
use crate::kinds::text::same_letters;
use crate::nothing::says_nothing;
use crate::options::{Locale, Options};
use crate::reading::{Read, Reading, kind_of, read, wire};
use crate::table::{DialectKey, Direction, Field, Kind, Payload};
use crate::watch::{Stage, Ticker, Watch};

/// Why a value is not in the body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The field is not relevant now.
    NotRelevant,
    /// The document has no such field.
    UnknownField,
    /// The value cannot be read.
    Unreadable,
}

impl Reason {
    /// `not_relevant`, `unknown_field` or `unreadable`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotRelevant => "not_relevant",
            Self::UnknownField => "unknown_field",
            Self::Unreadable => "unreadable",
        }
    }
}

/// What will be sent, and what will not.
#[derive(Clone, Debug)]
pub struct Preview {
    /// Whether the draft has no error.
    pub valid: bool,
    /// Method and URL, where the payload is sent.
    pub endpoint: Option<(&'static str, String)>,
    /// The exact text that is sent; of an invalid draft, what can be read of it.
    pub body: String,
    /// JSON pointers of what is left out, and why.
    pub left_out: Vec<(String, Reason)>,
    /// The notes: how values were read.
    pub readings: Vec<Issue>,
    /// Values that the server will take, as JSON texts at JSON pointers.
    pub server_fills: Vec<(String, String)>,
}

/// The preview of a draft whose findings are known.
pub(crate) fn preview(draft: &Draft<'_>, options: &Options, found: &[Found]) -> Preview {
    let (body, left_out) = body(draft, options);
    let notes = found.iter().filter(|found| found.severity == Severity::Note);
    Preview {
        valid: !found.iter().any(|found| found.severity == Severity::Error),
        endpoint: endpoint(draft.payload, options),
        body,
        left_out,
        readings: notes.map(|found| issues::issue(draft, found, options.dialect)).collect(),
        server_fills: crate::payloads::server_fills(draft, options),
    }
}

/// Method and URL of a payload's endpoint.
pub(crate) fn endpoint(payload: &'static Payload, options: &Options) -> Option<(&'static str, String)> {
    let endpoint = payload.endpoint.filter(|_| payload.direction == Direction::Outbound)?;
    let mut path = options.endpoint.path.clone().unwrap_or_else(|| endpoint.path.to_owned());
    for (name, value) in crate::payloads::endpoint_params(payload, options) {
        path = path.replace(&format!("{{{name}}}"), &encode(&value));
    }
    let base = options.endpoint.base.as_deref().unwrap_or_default().trim_end_matches('/');
    let path = path.trim_start_matches('/');
    Some((endpoint.method, if base.is_empty() { path.to_owned() } else { format!("{base}/{path}") }))
}

/// Percent-encodes one segment of a path.
fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The body alone, and what is left out of it.
pub(crate) fn body(draft: &Draft<'_>, options: &Options) -> (String, Vec<(String, Reason)>) {
    watched(draft, options, None)
}

/// As `body`, and tells how many items are written.
pub(crate) fn watched(
    draft: &Draft<'_>,
    options: &Options,
    watch: Option<Watch<'_>>,
) -> (String, Vec<(String, Reason)>) {
    let mut writer = Writer {
        draft,
        options,
        checker: Checker::shallow(draft, options),
        ticker: Ticker::new(watch, Stage::Writing),
        text: String::new(),
        left_out: Vec::new(),
    };
    if draft.odd(ROOT).is_some() {
        writer.left_out.push((String::new(), Reason::Unreadable));
        writer.text.push_str("{}");
    } else {
        writer.object(ROOT);
    }
    (writer.text, writer.left_out)
}

struct Writer<'d> {
    draft: &'d Draft<'d>,
    options: &'d Options,
    checker: Checker<'d>,
    ticker: Ticker<'d>,
    text: String,
    left_out: Vec<(String, Reason)>,
}

impl<'d> Writer<'d> {
    fn object(&mut self, record: RecordId) {
        let (draft, dialect) = (self.draft, self.options.dialect);
        let spec = draft.spec(record);
        let cells = draft.cells(record);
        let reads: Vec<Read<'d>> =
            spec.fields.iter().zip(cells).map(|(field, cell)| self.checker.read(field, *cell)).collect();
        let inbound = draft.payload.direction == Direction::Inbound;
        let needs = self.checker.needs(spec, &reads);
        let lifted = self.checker.lift(record, spec, &reads, needs);
        self.text.push('{');
        let mut first = true;
        for (at, ((field, cell), value)) in spec.fields.iter().zip(cells).zip(&reads).enumerate() {
            if !inbound && needs.relevant & (1 << at) == 0 {
                let missing = matches!(value.value, Reading::Absent | Reading::Blank);
                if !missing || !says_nothing(draft, Some(field), *cell) {
                    self.leave_out(record, field, Reason::NotRelevant);
                }
                continue;
            }
            if let Some((from, to, text)) = &lifted
                && (at == *from || at == *to)
            {
                if at == *to {
                    self.key(field.name, &mut first);
                    self.text.push_str(text);
                }
                continue;
            }
            self.row(record, field, &value.value, &mut first);
            if let (Reading::Absent, Kind::Object(_)) = (&value.value, kind_of(field, dialect)) {
                self.leave_blank(*cell);
            }
        }
        self.leave_unknown(record);
        self.text.push('}');
    }

    /// What the document does not have in an object.
    fn leave_unknown(&mut self, record: RecordId) {
        let draft = self.draft;
        let unknown = draft.extras(record).into_iter().flat_map(|extras| &extras.unknown);
        for unknown in unknown.filter(|unknown| unknown.repeats.is_none()) {
            let mut steps = issues::path(draft, record, self.options.dialect);
            steps.push(Step::Key(unknown.key.to_string().into()));
            self.left_out.push((pointer(&steps), Reason::UnknownField));
        }
    }

    /// Of an object that counts as absent only what the document does not have is left out.
    fn leave_blank(&mut self, cell: Cell) {
        let draft = self.draft;
        for record in draft.items(cell).iter() {
            draft.cells(record).iter().for_each(|inner| self.leave_blank(*inner));
            self.leave_unknown(record);
        }
    }

    fn row(&mut self, record: RecordId, field: &'static Field, value: &Reading<'d>, first: &mut bool) {
        match value {
            Reading::Absent | Reading::Blank if let Some(text) = self.raw_choice(record, field.name) => {
                self.key(field.name, first);
                self.string(&text);
            }
            Reading::Absent | Reading::Blank if field.inherits.is_some() => {
                let inherited = field.inherits.and_then(|name| self.inherited(record, name));
                if let Some(text) = inherited {
                    self.key(field.name, first);
                    self.string(&text);
                }
            }
            Reading::Absent => {
                if field.absent_is_true_with.is_some_and(|name| self.filled(record, name)) {
                    self.key(field.name, first);
                    self.text.push_str("true");
                }
            }
            Reading::Unreadable => self.leave_out(record, field, Reason::Unreadable),
            value => {
                self.key(field.name, first);
                self.value(field, value);
            }
        }
    }

    /// The text of a choice that the document does not list, which is kept in the row `name` as that row reads it.
    fn raw_choice(&self, record: RecordId, name: &str) -> Option<Cow<'d, str>> {
        let draft = self.draft;
        let holds = |field: &Field| matches!(field.kind, Kind::Choice(choices) if choices.open == Some(name));
        let spec = draft.spec(record);
        let at = spec.fields.iter().position(holds)?;
        let (field, cell) = (spec.fields.get(at)?, draft.cell(record, at));
        let (Kind::Choice(choices), Reading::Choice(choice)) = (field.kind, self.checker.read(field, cell).value)
        else {
            return None;
        };
        let Reading::Text(text) = self.checker.read(spec.fields.get(spec.find(name)?)?, cell).value else {
            return None;
        };
        let choice = usize::from(choice);
        let unlisted = choice + 1 == choices.items.len() && !same_letters(&text, choices.value(choice));
        unlisted.then_some(text)
    }

    fn value(&mut self, field: &'static Field, value: &Reading<'d>) {
        match value {
            Reading::Absent | Reading::Unreadable => {}
            Reading::Blank => self.text.push_str("\"\""),
            Reading::Bool(flag) => self.text.push_str(if *flag { "true" } else { "false" }),
            Reading::Number(number) => {
                let text = decimal::shortest(*number);
                if field.dialect == Some(DialectKey::Price) && self.options.dialect.price_text {
                    self.string(&text);
                } else {
                    self.text.push_str(&text);
                }
            }
            Reading::Text(text) | Reading::Id(text) => self.string(text),
            Reading::Date(date) => self.string(&date.to_string()),
            Reading::Choice(choice) => {
                if let Kind::Choice(choices) = field.kind {
                    let choice = usize::from(*choice);
                    let inbound = self.draft.payload.direction == Direction::Inbound;
                    self.string(if inbound {
                        choices.value(choice)
                    } else {
                        wire(choices, choice, field, self.options.dialect)
                    });
                }
            }
            Reading::Object(record) => {
                if self.draft.odd(*record).is_some() {
                    self.text.push_str("{}");
                } else {
                    self.object(*record);
                }
            }
            Reading::List(cell) => self.list(field, *cell),
        }
    }

    fn list(&mut self, field: &'static Field, cell: Cell) {
        self.text.push('[');
        let mut first = true;
        let draft = self.draft;
        for row in draft.items(cell).iter() {
            self.ticker.tick(|items| (items, draft.records()));
            let spec = draft.spec(row);
            let dialect = self.options.dialect;
            if spec.scalar {
                let Some(item) = spec.fields.first() else {
                    continue;
                };
                let value = read(draft, item, draft.cell(row, 0), dialect).value;
                if matches!(value, Reading::Absent | Reading::Blank | Reading::Unreadable) {
                    self.leave_out_at(row);
                    continue;
                }
                self.comma(&mut first);
                self.value(item, &value);
            } else if draft.odd(row).is_some() {
                self.leave_out_at(row);
            } else {
                self.comma(&mut first);
                self.object(row);
            }
        }
        debug_assert!(matches!(kind_of(field, self.options.dialect), Kind::List(_)));
        self.text.push(']');
    }

    /// Whether the row of this name has a value that can be read.
    fn filled(&self, record: RecordId, name: &str) -> bool {
        let spec = self.draft.spec(record);
        let Some((at, field)) = spec.find(name).and_then(|at| Some((at, spec.fields.get(at)?))) else {
            return false;
        };
        let value = self.checker.read(field, self.draft.cell(record, at)).value;
        !matches!(value, Reading::Absent | Reading::Blank | Reading::Unreadable)
    }

    /// The text that an item inherits from the object whose list holds it.
    fn inherited(&self, record: RecordId, name: &str) -> Option<String> {
        if !issues::is_item(self.draft, record, self.options.dialect) {
            return None;
        }
        let (holder, _) = self.draft.holder(record)?;
        let spec = self.draft.spec(holder);
        let at = spec.find(name)?;
        match read(self.draft, spec.fields.get(at)?, self.draft.cell(holder, at), self.options.dialect).value {
            Reading::Text(text) | Reading::Id(text) => Some(text.into_owned()),
            _ => None,
        }
    }

    fn key(&mut self, name: &str, first: &mut bool) {
        self.comma(first);
        self.string(name);
        self.text.push(':');
    }

    fn comma(&mut self, first: &mut bool) {
        if !core::mem::take(first) {
            self.text.push(',');
        }
    }

    fn string(&mut self, text: &str) {
        quote(&mut self.text, text);
    }

    fn leave_out(&mut self, record: RecordId, field: &'static Field, reason: Reason) {
        let mut steps = issues::path(self.draft, record, self.options.dialect);
        steps.push(Step::Key(field.name.into()));
        self.left_out.push((pointer(&steps), reason));
    }

    fn leave_out_at(&mut self, record: RecordId) {
        let steps = issues::path(self.draft, record, self.options.dialect);
        self.left_out.push((pointer(&steps), Reason::Unreadable));
    }
}

/// A preview in one language; serializes as the JavaScript interface's `Preview`.
#[derive(Clone, Copy, Debug)]
pub struct LocalizedPreview<'a>(pub &'a Preview, pub Locale);

impl Serialize for LocalizedPreview<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Endpoint<'a> {
            method: &'a str,
            url: &'a str,
            content_type: &'a str,
        }
        #[derive(serde::Serialize)]
        struct LeftOut<'a> {
            pointer: &'a str,
            reason: &'a str,
        }
        #[derive(serde::Serialize)]
        struct Fill<'a> {
            pointer: &'a str,
            value: &'a str,
        }
        let Self(preview, locale) = self;
        let endpoint = preview.endpoint.as_ref();
        let endpoint = endpoint.map(|(method, url)| Endpoint { method, url, content_type: "application/json" });
        let left_out: Vec<_> =
            preview.left_out.iter().map(|(pointer, reason)| LeftOut { pointer, reason: reason.as_str() }).collect();
        let readings: Vec<_> = preview.readings.iter().map(|issue| issue.localized(*locale)).collect();
        let fills: Vec<_> = preview
            .server_fills
            .iter()
            // So far each of them is a date, in which nothing is escaped.
            .map(|(pointer, value)| Fill { pointer, value: value.trim_matches('"') })
            .collect();
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("valid", &preview.valid)?;
        if let Some(endpoint) = endpoint {
            map.serialize_entry("endpoint", &endpoint)?;
        }
        map.serialize_entry("body", &preview.body)?;
        map.serialize_entry("leftOut", &left_out)?;
        map.serialize_entry("readings", &readings)?;
        map.serialize_entry("serverFills", &fills)?;
        map.end()
    }
}
