//! The vocabulary in which a payload is written: rows with their kind, label, conditions and rule id, and the few checks
//! that need code. Everything is built by `const fn`, and every name that a condition or a check mentions is looked up while
//! the crate compiles, so a misspelt name does not build. Nothing here reads a draft: see `check` for that.

#![expect(clippy::indexing_slicing, clippy::panic, reason = "const functions that run while the crate compiles")]

use crate::issue::{Code, Severity};
use crate::view::{Fault, View};

/// A text in Russian, Ukrainian and English, in this order.
pub type Words = [&'static str; 3];

/// Which way a payload goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From the information system to the upstream: irrelevant fields are left out of the body.
    Outbound,
    /// From the upstream to the information system: every field is kept in the canonical reading.
    Inbound,
}

/// Which of the two interfaces a payload belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// The НМФО Portal.
    Portal,
    /// Ukrainian eHealth.
    Ehealth,
}

/// What the payload does to its object; some fields are expected on update only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// The object is new.
    Create,
    /// The object exists already.
    Update,
    /// Neither.
    Other,
}

/// Method and path of the upstream's endpoint, relative to a configurable base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// The HTTP method.
    pub method: &'static str,
    /// The path without a leading slash; `{name}` stands for a parameter.
    pub path: &'static str,
}

/// One payload of the source documents.
#[derive(Debug)]
pub struct Payload {
    pub(crate) name: &'static str,
    pub(crate) export: &'static str,
    pub(crate) title: Words,
    pub(crate) system: System,
    pub(crate) direction: Direction,
    pub(crate) operation: Operation,
    pub(crate) endpoint: Option<Endpoint>,
    pub(crate) source: &'static str,
    pub(crate) root: &'static Record,
}

impl Payload {
    /// The payload `name`, of which `export` is the JavaScript name, described in the section `source` of its document.
    pub const fn new(
        name: &'static str,
        export: &'static str,
        title: Words,
        source: &'static str,
        root: &'static Record,
    ) -> Self {
        Self {
            name,
            export,
            title,
            system: System::Portal,
            direction: Direction::Outbound,
            operation: Operation::Other,
            endpoint: None,
            source,
            root,
        }
    }

    /// Sent by POST with a JSON body to `path`.
    pub const fn post(mut self, path: &'static str) -> Self {
        self.endpoint = Some(Endpoint { method: "POST", path });
        self
    }

    /// Received as the answer to a GET of `path`.
    pub const fn get(mut self, path: &'static str) -> Self {
        self.endpoint = Some(Endpoint { method: "GET", path });
        self
    }

    /// Received, not sent.
    pub const fn inbound(mut self) -> Self {
        self.direction = Direction::Inbound;
        self
    }

    /// Belongs to eHealth.
    pub const fn ehealth(mut self) -> Self {
        self.system = System::Ehealth;
        self
    }

    /// Creates its object.
    pub const fn create(mut self) -> Self {
        self.operation = Operation::Create;
        self
    }

    /// Updates its object.
    pub const fn update(mut self) -> Self {
        self.operation = Operation::Update;
        self
    }

    /// The payload's name, such as `cycle.create`.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The payload's JavaScript name, such as `cycleCreate`.
    pub const fn export(&self) -> &'static str {
        self.export
    }

    /// What the payload is, for people, in the three languages.
    pub const fn title(&self) -> &Words {
        &self.title
    }

    /// Which of the two interfaces the payload belongs to.
    pub const fn system(&self) -> System {
        self.system
    }

    /// Whether the information system sends it.
    pub const fn outbound(&self) -> bool {
        matches!(self.direction, Direction::Outbound)
    }

    /// Method and path of the upstream's endpoint, where the payload has one.
    pub const fn endpoint(&self) -> Option<Endpoint> {
        self.endpoint
    }

    /// The section of the source document that describes the payload.
    pub const fn source(&self) -> &'static str {
        self.source
    }
}

impl PartialEq for Payload {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// An object's rows and the checks over them.
#[derive(Debug)]
pub struct Record {
    pub(crate) fields: &'static [Field],
    pub(crate) checks: &'static [Check],
    pub(crate) rows: &'static [RowRule],
    pub(crate) lift: Option<&'static Lift>,
    /// A key that the table does not have is an error.
    pub(crate) closed: bool,
    /// Not an object: one value, the item of a list of values.
    pub(crate) scalar: bool,
    /// Bits of the rows that are always required, always expected, and under some condition.
    pub(crate) required: u64,
    pub(crate) expected: u64,
    pub(crate) conditional: u64,
    /// Bits of the rows at which a check reports, whether or not they have a value.
    pub(crate) judged: u64,
    /// Bits of the rows at which a check or a rule over rows reports when they have a value.
    pub(crate) judged_filled: u64,
    /// Bits of the rows that hold other rows, or whose value is looked up or gone into.
    pub(crate) remarkable: u64,
    /// Bits of the rows that a condition reads, and of those that hold other rows.
    deciding: u64,
}

impl Record {
    /// An object with these rows.
    pub const fn new(fields: &'static [Field]) -> Self {
        assert!(fields.len() <= 64, "an object has at most 64 rows");
        let (mut required, mut expected, mut conditional, mut remarkable, mut deciding) = (0, 0, 0, 0, 0_u64);
        let mut at = 0;
        while at < fields.len() {
            if matches!(fields[at].kind, Kind::Object(_) | Kind::List(_) | Kind::Text(Format::SignedContent))
                || fields[at].dictionary.is_some()
            {
                remarkable |= 1 << at;
            }
            let mut other = at + 1;
            while other < fields.len() {
                assert!(!same(fields[at].name, fields[other].name), "two rows have one name");
                other += 1;
            }
            if matches!(fields[at].kind, Kind::Object(_) | Kind::List(_)) {
                deciding |= 1 << at;
            }
            let needs = [fields[at].required, fields[at].relevant, fields[at].expected];
            let mut which = 0;
            while which < 3 {
                if fields[at].reads[which] != NONE {
                    deciding |= 1 << fields[at].reads[which];
                }
                which += 1;
            }
            if matches!(needs, [Need::When(_), ..] | [_, Need::When(_), _] | [.., Need::When(_)]) {
                conditional |= 1 << at;
            }
            if matches!(fields[at].required, Need::Always) {
                required |= 1 << at;
            }
            if matches!(fields[at].expected, Need::Always) {
                expected |= 1 << at;
            }
            at += 1;
        }
        Self {
            fields,
            checks: &[],
            rows: &[],
            lift: None,
            closed: false,
            scalar: false,
            required,
            expected,
            conditional,
            judged: 0,
            judged_filled: 0,
            remarkable,
            deciding,
        }
    }

    /// An item that is one value, not an object.
    pub const fn value(field: &'static [Field; 1]) -> Self {
        let mut record = Self::new(field);
        record.scalar = true;
        record
    }

    /// The checks over the object's fields.
    pub const fn checks(mut self, checks: &'static [Check]) -> Self {
        let mut at = 0;
        while at < checks.len() {
            if matches!(checks[at].at.hops, Hops::Here) {
                let bit = 1 << checks[at].at.index;
                if checks[at].filled {
                    self.judged_filled |= bit;
                } else {
                    self.judged |= bit;
                }
            }
            at += 1;
        }
        self.checks = checks;
        self
    }

    /// Whether a value in the row can make other rows relevant or required.
    pub(crate) fn decides(&self, row: u8) -> bool {
        self.deciding & (1 << row) != 0
    }

    /// Whether a check reads the row, or something in it.
    pub(crate) fn reads(&self, row: u8) -> bool {
        let reads = |read: &Ref| read.hops == Hops::Here && read.index == row;
        self.checks.iter().any(|check| check.reads.iter().take(usize::from(check.count)).any(reads))
    }

    /// The rules over all items of a list of these objects.
    pub const fn rows(mut self, rows: &'static [RowRule]) -> Self {
        let mut at = 0;
        while at < rows.len() {
            self.judged_filled |= 1 << rows[at].row();
            at += 1;
        }
        self.rows = rows;
        self
    }

    /// One row may be sent in another's place.
    pub const fn lift(mut self, lift: &'static Lift) -> Self {
        self.lift = Some(lift);
        self
    }

    /// A key that the table does not have is an error, not a warning.
    pub const fn closed(mut self) -> Self {
        self.closed = true;
        self
    }

    /// The index of the row of this name.
    pub(crate) fn find(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }
}

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// Text; the format is checked when the text is not blank.
    Text(Format),
    /// A finite number.
    Number,
    /// A whole number within ±(2^53 − 1).
    Integer,
    /// A number of at least 0 with at most two decimal places.
    Money,
    /// true or false.
    Boolean,
    /// A calendar date, YYYY-MM-DD.
    Date,
    /// One of the listed spellings.
    Choice(&'static Choices),
    /// 8-4-4-4-12 hexadecimal digits.
    Uuid(Uuid),
    /// An object.
    Object(&'static Record),
    /// A list of objects or of values.
    List(&'static Record),
}

/// What a text must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Any text.
    Any,
    /// An absolute http(s) URL; a warning.
    Url,
    /// 10–15 digits; a warning.
    Phone,
    /// An e-mail address; a warning.
    Email,
    /// SNILS with its check number; warnings.
    Snils,
    /// An eHealth contract number; repaired leniently.
    ContractNumber,
    /// Text that the eHealth schemas call a name.
    EhealthName,
    /// Six digits, the code of a bank.
    Mfo,
    /// Digits, or a UA IBAN.
    PayerAccount,
    /// Base64 of a signed container.
    SignedContent,
}

/// Which UUIDs are accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Uuid {
    /// Any version, variant and case; anything else is a warning (the Portal's own examples are not RFC 4122).
    Portal,
    /// The pattern of the published schemas; anything else is an error.
    Ehealth,
}

/// An enumeration.
#[derive(Debug)]
pub struct Choices {
    pub(crate) items: &'static [Choice],
    /// Any other text is read as the last item, and kept in the field of this name.
    pub(crate) open: Option<&'static str>,
}

impl Choices {
    /// The listed spellings and nothing else.
    pub const fn new(items: &'static [Choice]) -> Self {
        Self { items, open: None }
    }

    /// Any other text is read as the last choice; the raw text is kept in the field `raw`.
    pub const fn or_else(mut self, raw: &'static str) -> Self {
        self.open = Some(raw);
        self
    }

    /// The canonical value of the choice at `index`.
    pub(crate) fn value(&self, index: usize) -> &'static str {
        self.items.get(index).map_or("", |choice| choice.value)
    }
}

/// One spelling of an enumeration, and what else is read as it.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    pub(crate) value: &'static str,
    pub(crate) label: Words,
    /// How it is sent: by default, and in the other dialect.
    pub(crate) wire: [&'static str; 2],
    /// Read as this choice in any letter case, with a note.
    pub(crate) aliases: &'static [&'static str],
}

/// The choice `value`, sent as it stands.
pub const fn choice(value: &'static str, label: Words) -> Choice {
    Choice { value, label, wire: [value, value], aliases: &[] }
}

impl Choice {
    /// Sent as `example` by default, as `table` in the other dialect.
    pub const fn wire(mut self, example: &'static str, table: &'static str) -> Self {
        self.wire = [example, table];
        self
    }

    /// Other spellings that are read as this choice.
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }
}

/// A condition over one field of the same object.
#[derive(Clone, Copy, Debug)]
pub struct When {
    pub(crate) field: &'static str,
    pub(crate) test: Test,
    /// The condition as a person would say it: "the paid basis is chosen".
    pub(crate) words: Words,
}

/// What a condition asks of its field.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// The field is true.
    True,
    /// The field is one of these choices.
    OneOf(&'static [&'static str]),
    /// The field is not this choice; absent counts as not being it.
    Not(&'static str),
    /// The field is missing or blank.
    Blank,
    /// The field is neither missing nor blank.
    Filled,
    /// The field is false; absent decides nothing.
    False,
    /// The payload updates its object.
    Updating,
}

/// A condition: `when("is_paid", Test::True, …)`.
pub const fn when(field: &'static str, test: Test, words: Words) -> When {
    When { field, test, words }
}

/// The condition that the payload updates its object.
pub const UPDATING: When = when("", Test::Updating, ["вносятся изменения", "вносяться зміни", "changes are made"]);

/// How much a field is needed.
#[derive(Clone, Copy, Debug)]
pub enum Need {
    /// It may be left out.
    Never,
    /// It is needed whatever the rest says.
    Always,
    /// It is needed when the condition holds.
    When(&'static When),
}

/// One row of a table.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) label: Words,
    pub(crate) hint: Option<&'static Words>,
    pub(crate) rule: &'static str,
    /// The rule that the format's own faults cite, where it is another one.
    pub(crate) format_rule: &'static str,
    pub(crate) required: Need,
    pub(crate) relevant: Need,
    pub(crate) expected: Need,
    /// The fields that the three conditions above read, in this order, and the choices that they ask for.
    pub(crate) reads: [u8; 3],
    pub(crate) asks: [u32; 3],
    pub(crate) min: Option<i16>,
    pub(crate) max: Option<i16>,
    pub(crate) above: bool,
    pub(crate) soft_min: Option<i16>,
    pub(crate) soft_max: Option<i16>,
    pub(crate) min_items: u32,
    pub(crate) aliases: &'static [&'static str],
    /// What an absent boolean counts as in a condition.
    pub(crate) absent_is_false: bool,
    /// An absent boolean is read as true when this row is filled.
    pub(crate) absent_is_true_with: Option<&'static str>,
    /// Which dialect decides how the field is sent.
    pub(crate) dialect: Option<DialectKey>,
    /// The only value that is allowed.
    pub(crate) constant: Option<bool>,
    /// The name of the eHealth dictionary that lists the allowed texts.
    pub(crate) dictionary: Option<&'static str>,
    /// In an item, a missing value is that of this field of the object that holds the list.
    pub(crate) inherits: Option<&'static str>,
}

/// The fields of `Dialect`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DialectKey {
    /// Spelling of a result's status.
    ResultStatus,
    /// Prices as numbers or texts.
    Price,
    /// Address as an object or a list.
    Address,
}

const NONE: u8 = u8::MAX;

const fn field(name: &'static str, kind: Kind, label: Words) -> Field {
    Field {
        name,
        kind,
        label,
        hint: None,
        rule: "",
        format_rule: "",
        required: Need::Never,
        relevant: Need::Always,
        expected: Need::Never,
        reads: [NONE; 3],
        asks: [0; 3],
        min: None,
        max: None,
        above: false,
        soft_min: None,
        soft_max: None,
        min_items: 0,
        aliases: &[],
        absent_is_false: false,
        absent_is_true_with: None,
        dialect: None,
        constant: None,
        dictionary: None,
        inherits: None,
    }
}

/// A row of text.
pub const fn text(name: &'static str, label: Words) -> Field {
    field(name, Kind::Text(Format::Any), label)
}
/// A row with a number.
pub const fn number(name: &'static str, label: Words) -> Field {
    field(name, Kind::Number, label)
}
/// A row with a whole number.
pub const fn integer(name: &'static str, label: Words) -> Field {
    field(name, Kind::Integer, label)
}
/// A row with an amount of money.
pub const fn money(name: &'static str, label: Words) -> Field {
    field(name, Kind::Money, label)
}
/// A row with true or false.
pub const fn boolean(name: &'static str, label: Words) -> Field {
    field(name, Kind::Boolean, label)
}
/// A row with a calendar date.
pub const fn date(name: &'static str, label: Words) -> Field {
    field(name, Kind::Date, label)
}
/// A row with one of the listed spellings.
pub const fn one_of(name: &'static str, choices: &'static Choices, label: Words) -> Field {
    field(name, Kind::Choice(choices), label)
}
/// A row with a UUID.
pub const fn uuid(name: &'static str, uuid: Uuid, label: Words) -> Field {
    field(name, Kind::Uuid(uuid), label)
}
/// A row with an object.
pub const fn object(name: &'static str, record: &'static Record, label: Words) -> Field {
    assert!(!record.scalar, "an object has named rows");
    field(name, Kind::Object(record), label)
}
/// A row with a list of objects or of values.
pub const fn list(name: &'static str, item: &'static Record, label: Words) -> Field {
    field(name, Kind::List(item), label)
}

impl Field {
    /// The rule's stable id.
    pub const fn rule(mut self, id: &'static str) -> Self {
        self.rule = id;
        self
    }
    /// A sentence of help under the label.
    pub const fn hint(mut self, words: &'static Words) -> Self {
        self.hint = Some(words);
        self
    }
    /// Always required.
    pub const fn required(mut self) -> Self {
        self.required = Need::Always;
        self
    }
    /// Required when the condition holds.
    pub const fn required_when(mut self, when: &'static When) -> Self {
        self.required = Need::When(when);
        self
    }
    /// Relevant only when the condition holds.
    pub const fn relevant_when(mut self, when: &'static When) -> Self {
        self.relevant = Need::When(when);
        self
    }
    /// Optional in the source, but usually filled.
    pub const fn expected(mut self) -> Self {
        self.expected = Need::Always;
        self
    }
    /// Usually filled when the condition holds.
    pub const fn expected_when(mut self, when: &'static When) -> Self {
        self.expected = Need::When(when);
        self
    }
    /// At least so much.
    pub const fn min(mut self, min: i16) -> Self {
        self.min = Some(min);
        self
    }
    /// More than so much.
    pub const fn above(mut self, min: i16) -> Self {
        self.min = Some(min);
        self.above = true;
        self
    }
    /// At most so much.
    pub const fn max(mut self, max: i16) -> Self {
        self.max = Some(max);
        self
    }
    /// A warning under so much.
    pub const fn usually_from(mut self, min: i16) -> Self {
        self.soft_min = Some(min);
        self
    }
    /// A warning over so much.
    pub const fn usually_to(mut self, max: i16) -> Self {
        self.soft_max = Some(max);
        self
    }
    /// At least so many items.
    pub const fn at_least(mut self, items: u32) -> Self {
        self.min_items = items;
        self
    }
    /// The text's format.
    pub const fn format(mut self, format: Format) -> Self {
        self.kind = Kind::Text(format);
        self
    }
    /// The rule that the format's own faults cite, where it is not the row's.
    pub const fn format_rule(mut self, id: &'static str) -> Self {
        self.format_rule = id;
        self
    }
    /// Other keys that are read as this one.
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }
    /// In a condition, a missing value counts as false.
    pub const fn absent_is_false(mut self) -> Self {
        self.absent_is_false = true;
        self
    }
    /// A missing value is read as true when the row of this name is filled.
    pub const fn absent_is_true_with(mut self, name: &'static str) -> Self {
        self.absent_is_true_with = Some(name);
        self
    }
    /// Sent as this dialect says.
    pub const fn dialect(mut self, key: DialectKey) -> Self {
        self.dialect = Some(key);
        self
    }
    /// The only value that is allowed.
    pub const fn only(mut self, value: bool) -> Self {
        self.constant = Some(value);
        self
    }
    /// With the dictionary given as context, one of its texts.
    pub const fn dictionary(mut self, name: &'static str) -> Self {
        self.dictionary = Some(name);
        self
    }
    /// In an item, a missing value is that of this field of the object that holds the list.
    pub const fn inherits(mut self, field: &'static str) -> Self {
        self.inherits = Some(field);
        self
    }
}

/// The rows of an object, with the fields that their conditions read looked up.
pub const fn fields<const N: usize>(mut rows: [Field; N]) -> [Field; N] {
    let mut at = 0;
    while at < N {
        let needs = [rows[at].required, rows[at].relevant, rows[at].expected];
        let mut which = 0;
        while which < 3 {
            if let Need::When(when) = needs[which]
                && !matches!(when.test, Test::Updating)
            {
                let read = index(&rows, when.field);
                rows[at].reads[which] = read;
                rows[at].asks[which] = choices_of(&rows[read as usize], when.test);
            }
            which += 1;
        }
        assert!(!rows[at].rule.is_empty(), "a row has no rule id");
        at += 1;
    }
    rows
}

/// The row of this name, for a table that shares it.
pub const fn row(rows: &[Field], name: &str) -> Field {
    rows[index(rows, name) as usize]
}

/// One list after the other; `N` is the length of both.
pub const fn concat<T: Copy, const A: usize, const B: usize, const N: usize>(one: [T; A], other: [T; B]) -> [T; N] {
    assert!(A + B == N, "the length is not that of both lists");
    let mut all = [one[0]; N];
    let mut at = 0;
    while at < N {
        all[at] = if at < A { one[at] } else { other[at - A] };
        at += 1;
    }
    all
}

/// Bits of the choices that a condition names.
const fn choices_of(row: &Field, test: Test) -> u32 {
    let Kind::Choice(choices) = row.kind else { return 0 };
    assert!(choices.items.len() <= 32, "an enumeration has at most 32 choices");
    let mut bits = 0;
    let mut at = 0;
    while at < choices.items.len() {
        let value = choices.items[at].value;
        match test {
            Test::OneOf(names) => {
                let mut name = 0;
                while name < names.len() {
                    if same(value, names[name]) {
                        bits |= 1 << at;
                    }
                    name += 1;
                }
            }
            Test::Not(name) if same(value, name) => bits |= 1 << at,
            _ => {}
        }
        at += 1;
    }
    assert!(
        bits != 0 || !matches!(test, Test::OneOf(_) | Test::Not(_)),
        "a condition names a choice that does not exist"
    );
    bits
}

const fn index(rows: &[Field], name: &str) -> u8 {
    let mut at = 0;
    while at < rows.len() {
        if same(rows[at].name, name) {
            return at as u8;
        }
        at += 1;
    }
    panic!("a condition or a check names a field that the table does not have")
}

const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    if one.len() != other.len() {
        return false;
    }
    let mut at = 0;
    while at < one.len() {
        if one[at] != other[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// A field that a check reads or reports at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ref {
    pub(crate) hops: Hops,
    pub(crate) name: &'static str,
    /// Index of the row in the object.
    pub(crate) index: u8,
    /// Index of a row in the object nested there, or in every item of the list there.
    pub(crate) inner: u8,
}

impl Ref {
    /// Whether it is a row of the object itself.
    pub(crate) fn is_near(&self) -> bool {
        self.hops == Hops::Here && self.inner == NONE
    }
}

/// Where a field that a check reads stands, seen from the object of the check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hops {
    /// In the object itself, or in an object nested in it.
    Here,
    /// In the object whose list has this item (`^name`).
    Parent,
    /// In the payload's root (`/name`).
    Root,
    /// The object as a whole.
    Whole,
}

pub(crate) const READS: usize = 6;

/// A rule over fields that needs code.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    pub(crate) rule: &'static str,
    pub(crate) at: Ref,
    pub(crate) reads: [Ref; READS],
    pub(crate) count: u8,
    /// There is nothing to say while the row at which it reports has no value.
    pub(crate) filled: bool,
    pub(crate) body: fn(&View<'_, '_>) -> Option<Fault>,
}

impl Check {
    /// The check has nothing to say while the row at which it reports has no value: in a batch of many rows it need not run.
    pub const fn of_a_value(mut self) -> Self {
        self.filled = true;
        self
    }
}

const NOWHERE: Ref = Ref { hops: Hops::Whole, name: "", index: NONE, inner: NONE };

/// A check that reports at the field `at` ("" is the object as a whole) and may read the fields `reads`, in this order.
///
/// `^name` is a field of the object whose list holds this item, `/name` one of the root, `a.b` one of a nested object, or the field
/// `b` of every item of the list `a`.
/// It does not run while one of the fields it reads is unreadable.
pub const fn check(
    rule: &'static str,
    at: &'static str,
    reads: &'static [&'static str],
    body: fn(&View<'_, '_>) -> Option<Fault>,
) -> Check {
    assert!(reads.len() <= READS, "a check reads at most six fields");
    let mut refs = [NOWHERE; READS];
    let mut at_read = 0;
    while at_read < reads.len() {
        refs[at_read].name = reads[at_read];
        at_read += 1;
    }
    Check { rule, at: Ref { name: at, ..NOWHERE }, reads: refs, count: reads.len() as u8, filled: false, body }
}

/// The checks of an object with these rows, with every name looked up.
pub const fn checks<const M: usize>(rows: &[Field], mut list: [Check; M]) -> [Check; M] {
    let mut at = 0;
    while at < M {
        list[at].at = resolve(rows, list[at].at.name);
        let mut read = 0;
        while read < list[at].count as usize {
            list[at].reads[read] = resolve(rows, list[at].reads[read].name);
            read += 1;
        }
        at += 1;
    }
    list
}

const fn resolve(rows: &[Field], name: &'static str) -> Ref {
    let bytes = name.as_bytes();
    if bytes.is_empty() {
        return NOWHERE;
    }
    if bytes[0] == b'^' || bytes[0] == b'/' {
        let (_, rest) = bytes.split_at(1);
        let hops = if bytes[0] == b'^' { Hops::Parent } else { Hops::Root };
        return Ref { hops, name: utf8(rest), index: NONE, inner: NONE };
    }
    let mut dot = 0;
    while dot < bytes.len() && bytes[dot] != b'.' {
        dot += 1;
    }
    if dot == bytes.len() {
        return Ref { hops: Hops::Here, name, index: index(rows, name), inner: NONE };
    }
    let (outer, rest) = bytes.split_at(dot);
    let (_, inner) = rest.split_at(1);
    let outer = index(rows, utf8(outer));
    match rows[outer as usize].kind {
        Kind::Object(record) | Kind::List(record) => {
            Ref { hops: Hops::Here, name, index: outer, inner: index(record.fields, utf8(inner)) }
        }
        _ => panic!("a check reads into a field that has none"),
    }
}

const fn utf8(bytes: &'static [u8]) -> &'static str {
    match core::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => panic!("a name is not UTF-8"),
    }
}

/// A row that is sent in another's place: where a document gives a list in two forms, the one that it means.
#[derive(Clone, Copy, Debug)]
pub struct Lift {
    pub(crate) from: u8,
    pub(crate) to: u8,
    pub(crate) reads: [Ref; READS],
    pub(crate) count: u8,
    pub(crate) body: fn(&View<'_, '_>) -> Option<String>,
}

/// The row `from` is sent as the row `to` whenever `body`, which reads the fields `reads`, gives the JSON text to send there.
pub const fn lift(
    rows: &[Field],
    from: &'static str,
    to: &'static str,
    reads: &'static [&'static str],
    body: fn(&View<'_, '_>) -> Option<String>,
) -> Lift {
    assert!(reads.len() <= READS, "a lift reads at most six fields");
    let mut refs = [NOWHERE; READS];
    let mut at = 0;
    while at < reads.len() {
        refs[at] = resolve(rows, reads[at]);
        at += 1;
    }
    Lift { from: index(rows, from), to: index(rows, to), reads: refs, count: reads.len() as u8, body }
}

/// A rule over all items of a list; the live form keeps an index for it.
#[derive(Clone, Copy, Debug)]
pub struct RowRule {
    pub(crate) rule: &'static str,
    pub(crate) severity: Severity,
    pub(crate) test: RowTest,
    pub(crate) fields: [u8; 2],
}

/// What a rule over rows asks.
#[derive(Clone, Copy, Debug)]
pub(crate) enum RowTest {
    /// The fields together are unique; each later place is `duplicate`, at the last of the fields.
    Unique,
    /// Exactly one item has the flag: else `exactly_one` at the list.
    ExactlyOne,
    /// The field is an item of the root's list of this name: else `unknown_reference`.
    Member(&'static str),
}

/// The values of `names` together are unique within the list; a later one is reported at the last of the names.
pub const fn unique(rule: &'static str, severity: Severity, rows: &[Field], names: &[&'static str]) -> RowRule {
    let first = index(rows, names[0]);
    let second = if names.len() > 1 { index(rows, names[1]) } else { NONE };
    RowRule { rule, severity, test: RowTest::Unique, fields: [first, second] }
}

/// Exactly one item of the list has the flag `name`.
pub const fn exactly_one(rule: &'static str, rows: &[Field], name: &'static str) -> RowRule {
    RowRule { rule, severity: Severity::Error, test: RowTest::ExactlyOne, fields: [index(rows, name), NONE] }
}

/// The value of `name` is an item of the root's list `list`.
pub const fn member(rule: &'static str, rows: &[Field], name: &'static str, list: &'static str) -> RowRule {
    RowRule { rule, severity: Severity::Error, test: RowTest::Member(list), fields: [index(rows, name), NONE] }
}

impl When {
    /// The condition as a stable text, for `params.when`.
    pub(crate) fn expression(&self) -> String {
        let field = self.field;
        match self.test {
            Test::True => format!("{field} = true"),
            Test::False => format!("{field} = false"),
            Test::OneOf(names) => format!("{field} in ({})", names.join(", ")),
            Test::Not(name) => format!("{field} != {name}"),
            Test::Blank => format!("{field} is blank"),
            Test::Filled => format!("{field} is not blank"),
            Test::Updating => "update".to_owned(),
        }
    }
}

impl RowRule {
    /// The row of an item that the rule is about, the last where it reads two.
    pub(crate) const fn row(&self) -> u8 {
        let [first, second] = self.fields;
        if second == NONE { first } else { second }
    }

    /// The row of an item at which the rule reports; `None` is the list itself.
    pub(crate) const fn reported(&self) -> Option<usize> {
        let [first, second] = self.fields;
        match self.test {
            RowTest::ExactlyOne => None,
            RowTest::Unique | RowTest::Member(_) => Some(if second == NONE { first } else { second } as usize),
        }
    }

    /// The code that the rule reports.
    pub(crate) const fn code(&self) -> Code {
        match self.test {
            RowTest::Unique => Code::Duplicate,
            RowTest::ExactlyOne => Code::ExactlyOne,
            RowTest::Member(_) => Code::UnknownReference,
        }
    }
}
