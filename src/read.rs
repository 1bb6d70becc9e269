//! Filling a draft from any serde deserializer by one seed that is driven by the table: no intermediate tree and no struct per
//! payload. Reading only stores what stands there; which value counts, and what is wrong with it, is decided by `reading`.

use core::fmt;
use std::collections::HashSet;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::draft::{Cell, Draft, ListId, MAX_DEPTH, NO_SLOT, Owner, ROOT, RecordId, Repeats, Unknown, What, inner};
use crate::table::{Kind, Payload, Record};

/// From so many unknown keys on, a set tells which of them repeat.
const MANY_KEYS: usize = 16;

/// Where a JSON text stops being JSON; lines and columns count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// Reads JSON text.
pub(crate) fn json<'s>(payload: &'static Payload, bytes: &'s [u8]) -> Result<Draft<'s>, Position> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = core::str::from_utf8(bytes).map_err(|error| place(bytes, error.valid_up_to()))?;
    let mut reader = Reader { draft: Draft::new(payload, text), json: true, exact: false, lossy: false };
    let result = parse(text, &mut reader);
    let out_of_range = result.as_ref().is_err_and(|error| error.to_string().starts_with("number out of range"));
    let result = if reader.lossy || out_of_range {
        // Some number does not fit a double as it is written: read again, with every number as text.
        reader = Reader { draft: Draft::new(payload, text), json: true, exact: true, lossy: false };
        parse(text, &mut reader)
    } else {
        result
    };
    match result {
        Ok(()) => Ok(reader.draft),
        Err(error) => Err(position(text, error.line(), error.column())),
    }
}

fn parse<'s>(text: &'s str, reader: &mut Reader<'s>) -> serde_json::Result<()> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let exact = reader.exact;
    if let Some(cell) = (Value { reader, target: Target::Root, depth: 1, raw: exact }).deserialize(&mut deserializer)? {
        reader.draft.extras_mut(ROOT).odd = Some(cell);
    }
    deserializer.end()
}

/// Reads a value from any deserializer into the root of an empty draft.
pub(crate) fn value<'s, D: Deserializer<'s>>(draft: Draft<'s>, deserializer: D) -> Result<Draft<'s>, D::Error> {
    let mut reader = Reader { draft, json: false, exact: false, lossy: false };
    if let Some(cell) =
        (Value { reader: &mut reader, target: Target::Root, depth: 1, raw: false }).deserialize(deserializer)?
    {
        reader.draft.extras_mut(ROOT).odd = Some(cell);
    }
    Ok(reader.draft)
}

/// Reads a value for one row of a record.
pub(crate) fn field<'s, D: Deserializer<'s>>(
    draft: Draft<'s>,
    record: RecordId,
    field: usize,
    deserializer: D,
) -> (Draft<'s>, Cell) {
    let kind = draft.spec(record).fields.get(field).map_or(Kind::Boolean, |field| field.kind);
    let mut reader = Reader { draft, json: false, exact: false, lossy: false };
    let target = Target::Field { record, field: u8::try_from(field).unwrap_or(u8::MAX), kind };
    let cell = Value { reader: &mut reader, target, depth: 1, raw: false }.deserialize(deserializer);
    (reader.draft, cell.ok().flatten().unwrap_or_default())
}

/// Reads a value as a new item of a list: the record stands in no list yet.
pub(crate) fn item<'s, D: Deserializer<'s>>(
    mut draft: Draft<'s>,
    spec: &'static Record,
    deserializer: D,
) -> (Draft<'s>, RecordId) {
    let record = draft.add_record(spec, Owner::None);
    let mut reader = Reader { draft, json: false, exact: false, lossy: false };
    // A deserializer of packed values fails on nothing that the packer writes; then the item stays empty.
    let _ = reader.item(record, 1, deserializer);
    (reader.draft, record)
}

/// What a foreign value is, and its slot, from its packed bytes.
pub(crate) fn foreign_parts(bytes: &[u8]) -> (What, u32) {
    let (what, slot) = match bytes {
        [what, a, b, c, d] => (*what, u32::from_le_bytes([*a, *b, *c, *d])),
        _ => (0, NO_SLOT),
    };
    let what = match what {
        1 => What::List,
        2 => What::Object,
        3 => What::Deep,
        _ => What::Scalar,
    };
    (what, slot)
}

/// Where the byte stands, in lines and letters.
fn place(bytes: &[u8], at: usize) -> Position {
    let before = bytes.get(..at).unwrap_or(bytes);
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
    let letters = String::from_utf8_lossy(before.get(start..).unwrap_or_default()).chars().count();
    Position { line: number(line), column: number(letters + 1) }
}

/// serde_json counts columns in bytes; people count letters.
fn position(text: &str, line: usize, column: usize) -> Position {
    let row = text.split('\n').nth(line.saturating_sub(1)).unwrap_or_default();
    let letters = row.char_indices().take_while(|(at, _)| *at < column).count();
    Position { line: number(line.max(1)), column: number(letters.max(1)) }
}

fn number(size: usize) -> u32 {
    u32::try_from(size).unwrap_or(u32::MAX)
}

struct Reader<'s> {
    draft: Draft<'s>,
    /// The source is JSON text, so texts may be borrowed and the digits of numbers decide.
    json: bool,
    /// Every number is read as it is written.
    exact: bool,
    /// A whole double stood where the digits may have had a fraction.
    lossy: bool,
}

#[derive(Clone, Copy)]
enum Target {
    Root,
    Field { record: RecordId, field: u8, kind: Kind },
    Item { record: RecordId },
    Unknown,
}

/// Reads one value; gives the cell for it, or nothing where the root or an item was filled in place.
struct Value<'r, 's> {
    reader: &'r mut Reader<'s>,
    target: Target,
    depth: u32,
    raw: bool,
}

impl<'s> DeserializeSeed<'s> for Value<'_, 's> {
    type Value = Option<Cell>;

    fn deserialize<D: Deserializer<'s>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if self.raw {
            return self.exact(deserializer);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'s> Value<'_, 's> {
    /// Takes the value's own text first, so that a number is known digit by digit.
    fn exact<D: Deserializer<'s>>(mut self, deserializer: D) -> Result<Option<Cell>, D::Error> {
        let raw: &'s RawValue = Deserialize::deserialize(deserializer)?;
        let text = raw.get();
        if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            let number: f64 = text.parse().unwrap_or(f64::NAN);
            return Ok(Some(if number.fract() == 0.0 && !whole(text) {
                Cell::Lossy(number)
            } else {
                Cell::Number(number + 0.0)
            }));
        }
        if matches!(self.target, Target::Unknown) && text.starts_with(['[', '{']) {
            let what = if text.starts_with('[') { What::List } else { What::Object };
            return Ok(foreign(nests_too_deep(text, self.depth - 1), what));
        }
        self.raw = false;
        self.deserialize(&mut serde_json::Deserializer::from_str(text)).map_err(D::Error::custom)
    }

    fn number(self, number: f64) -> Option<Cell> {
        Some(Cell::Number(number + 0.0))
    }
}

/// A list or object that does not fit its row.
fn foreign(too_deep: bool, what: What) -> Option<Cell> {
    Some(Cell::Foreign(if too_deep { What::Deep } else { what }, NO_SLOT))
}

/// Whether a JSON number is whole digit by digit.
fn whole(text: &str) -> bool {
    let text = text.trim_start_matches('-');
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{integer}{fraction}");
    let significant = digits.trim_end_matches('0');
    if significant.is_empty() {
        return true;
    }
    let last = i64::try_from(significant.len()).unwrap_or(i64::MAX) - i64::try_from(integer.len()).unwrap_or(0);
    exponent.parse::<i64>().is_ok_and(|exponent| last <= exponent)
}

impl<'s> Visitor<'s> for Value<'_, 's> {
    type Value = Option<Cell>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Some(Cell::Null))
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(Some(Cell::Absent))
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
        Ok(Some(Cell::Bool(flag)))
    }

    #[expect(clippy::cast_precision_loss, reason = "a number beyond 2^53 is reported as such")]
    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(self.number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "a number beyond 2^53 is reported as such")]
    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(self.number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Self::Value, E> {
        if self.reader.json && number.fract() == 0.0 && matches!(self.target, Target::Field { kind: Kind::Integer, .. })
        {
            self.reader.lossy = true;
        }
        Ok(self.number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(self.reader.draft.keep(text)))
    }

    fn visit_borrowed_str<E>(self, text: &'s str) -> Result<Self::Value, E> {
        Ok(Some(if self.reader.json { self.reader.draft.borrow(text) } else { self.reader.draft.keep(text) }))
    }

    /// A value that JSON does not have, as the packed form tells of it: what it is, and its slot.
    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        let (what, slot) = foreign_parts(bytes);
        Ok(Some(Cell::Foreign(what, slot)))
    }

    fn visit_seq<A: SeqAccess<'s>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let Self { reader, target, depth, .. } = self;
        let Target::Field { record, field, kind } = target else {
            return Ok(foreign(skip_items(reader.json, &mut items, depth)?, What::List));
        };
        let Some(item) = inner(kind) else {
            return Ok(foreign(skip_items(reader.json, &mut items, depth)?, What::List));
        };
        let list = reader.draft.add_list(item, record, field);
        reader.draft.expect(item, items.size_hint().unwrap_or(0));
        while items.next_element_seed(Item { reader, list, depth: depth + 1 })?.is_some() {}
        Ok(Some(Cell::List(list)))
    }

    fn visit_map<A: MapAccess<'s>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let Self { reader, target, depth, .. } = self;
        let record = match target {
            Target::Root => ROOT,
            Target::Item { record } if !reader.draft.spec(record).scalar => record,
            Target::Field { record, field, kind } => match inner(kind) {
                Some(spec) if !spec.scalar => reader.draft.add_record(spec, Owner::Field(record, field)),
                _ => {
                    return Ok(foreign(skip_entries(reader.json, &mut entries, depth)?, What::Object));
                }
            },
            Target::Item { .. } | Target::Unknown => {
                return Ok(foreign(skip_entries(reader.json, &mut entries, depth)?, What::Object));
            }
        };
        reader.entries(record, depth, &mut entries)?;
        Ok(match target {
            Target::Field { .. } => Some(Cell::Record(record)),
            _ => None,
        })
    }
}

/// Reads one item of a list.
struct Item<'r, 's> {
    reader: &'r mut Reader<'s>,
    list: ListId,
    depth: u32,
}

impl<'s> DeserializeSeed<'s> for Item<'_, 's> {
    type Value = ();

    fn deserialize<D: Deserializer<'s>>(self, deserializer: D) -> Result<(), D::Error> {
        let record = self.reader.draft.push_item(self.list);
        self.reader.item(record, self.depth, deserializer)
    }
}

impl<'s> Reader<'s> {
    fn item<D: Deserializer<'s>>(&mut self, record: RecordId, depth: u32, deserializer: D) -> Result<(), D::Error> {
        let spec = self.draft.spec(record);
        let raw = self.exact;
        let target = match spec.fields.first() {
            Some(field) if spec.scalar => Target::Field { record, field: 0, kind: field.kind },
            _ => Target::Item { record },
        };
        let cell = Value { reader: self, target, depth, raw }.deserialize(deserializer)?;
        match cell {
            Some(cell) if spec.scalar => self.draft.set_cell(record, 0, cell),
            Some(cell) => self.draft.extras_mut(record).odd = Some(cell),
            None => {}
        }
        Ok(())
    }

    fn entries<A: MapAccess<'s>>(&mut self, record: RecordId, depth: u32, entries: &mut A) -> Result<(), A::Error> {
        let spec = self.draft.spec(record);
        // Bits of the rows that were read already.
        let (mut seen, mut next) = (0_u64, 0);
        // The unknown keys, when there are so many that searching them one by one would never end.
        let mut keys = HashSet::new();
        while let Some(key) = entries.next_key_seed(Key { spec, next })? {
            match key {
                Found::Row(field) => {
                    let bit = 1_u64 << field;
                    let value = self.row(record, field, depth, entries)?;
                    if seen & bit != 0 {
                        // The exact spelling wins; of two exact ones the later, as in every JSON parser.
                        let earlier = self.draft.cell(record, field);
                        let renamed = self.forget_renaming(record, field);
                        let key = renamed.unwrap_or_else(|| spec.fields.get(field).map_or("", |row| row.name).into());
                        self.repeat(record, key, earlier, field);
                    }
                    seen |= bit;
                    self.draft.set_cell(record, field, value);
                    next = field + 1;
                }
                Found::Renamed(field, key) => {
                    let bit = 1_u64 << field;
                    let value = self.row(record, field, depth, entries)?;
                    if seen & bit != 0 {
                        self.repeat(record, key, value, field);
                    } else {
                        seen |= bit;
                        self.draft.set_cell(record, field, value);
                        self.draft.extras_mut(record).renamed.push((short(field), key));
                    }
                    next = field + 1;
                }
                Found::Unknown(key) => {
                    let raw = self.json;
                    let value = Value { reader: self, target: Target::Unknown, depth: depth + 1, raw };
                    let value = entries.next_value_seed(value)?.unwrap_or_default();
                    let unknown = &mut self.draft.extras_mut(record).unknown;
                    if unknown.len() >= MANY_KEYS && keys.is_empty() {
                        keys.extend(unknown.iter().map(|other| other.key.clone()));
                    }
                    let repeats = if unknown.len() < MANY_KEYS {
                        unknown.iter().any(|other| other.key == key)
                    } else {
                        !keys.insert(key.clone())
                    };
                    unknown.push(Unknown { key, value, repeats: repeats.then_some(Repeats::Key) });
                }
            }
        }
        Ok(())
    }

    fn row<A: MapAccess<'s>>(
        &mut self,
        record: RecordId,
        field: usize,
        depth: u32,
        entries: &mut A,
    ) -> Result<Cell, A::Error> {
        let kind = self.draft.spec(record).fields.get(field).map_or(Kind::Boolean, |row| row.kind);
        let raw = self.exact;
        let target = Target::Field { record, field: short(field), kind };
        Ok(entries.next_value_seed(Value { reader: self, target, depth: depth + 1, raw })?.unwrap_or_default())
    }

    fn repeat(&mut self, record: RecordId, key: Box<str>, value: Cell, field: usize) {
        // What a repeated key held does not count; a nested value is only remembered as one.
        let value = match value {
            Cell::Record(_) | Cell::List(_) => {
                self.draft.release(value);
                Cell::Foreign(What::Object, NO_SLOT)
            }
            other => other,
        };
        self.draft.extras_mut(record).unknown.push(Unknown { key, value, repeats: Some(Repeats::Field(short(field))) });
    }

    fn forget_renaming(&mut self, record: RecordId, field: usize) -> Option<Box<str>> {
        let extras = self.draft.extras_mut(record);
        let at = extras.renamed.iter().position(|(row, _)| usize::from(*row) == field);
        let key = at.map(|at| extras.renamed.remove(at).1);
        self.draft.tidy_extras(record);
        key
    }
}

fn short(field: usize) -> u8 {
    u8::try_from(field).unwrap_or(u8::MAX)
}

enum Found {
    Row(usize),
    Renamed(usize, Box<str>),
    Unknown(Box<str>),
}

/// Finds the row of a key; objects mostly come in the order of the table, so the next row is tried first.
#[derive(Clone, Copy)]
struct Key {
    spec: &'static Record,
    next: usize,
}

impl<'s> DeserializeSeed<'s> for Key {
    type Value = Found;

    fn deserialize<D: Deserializer<'s>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Found;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a key")
    }

    fn visit_u64<E>(self, index: u64) -> Result<Found, E> {
        Ok(Found::Row(usize::try_from(index).unwrap_or(usize::MAX).min(self.spec.fields.len().saturating_sub(1))))
    }

    fn visit_str<E>(self, key: &str) -> Result<Found, E> {
        if self.spec.fields.get(self.next).is_some_and(|row| row.name == key) {
            return Ok(Found::Row(self.next));
        }
        if let Some(at) = self.spec.find(key) {
            return Ok(Found::Row(at));
        }
        let matches = |name: &str| name.eq_ignore_ascii_case(key);
        let renamed =
            self.spec.fields.iter().position(|row| matches(row.name) || row.aliases.iter().any(|alias| matches(alias)));
        Ok(match renamed {
            Some(at) => Found::Renamed(at, key.into()),
            None => Found::Unknown(key.into()),
        })
    }
}

/// Reads past the items of a list that does not fit, and tells whether they nest too deep.
fn skip_items<'s, A: SeqAccess<'s>>(json: bool, items: &mut A, depth: u32) -> Result<bool, A::Error> {
    let mut deep = false;
    if json {
        while let Some(item) = items.next_element::<&'s RawValue>()? {
            deep |= nests_too_deep(item.get(), depth);
        }
    } else {
        while items.next_element::<IgnoredAny>()?.is_some() {}
    }
    Ok(deep)
}

/// Reads past the entries of an object that does not fit, and tells whether they nest too deep.
fn skip_entries<'s, A: MapAccess<'s>>(json: bool, entries: &mut A, depth: u32) -> Result<bool, A::Error> {
    let mut deep = false;
    while entries.next_key::<IgnoredAny>()?.is_some() {
        if json {
            deep |= nests_too_deep(entries.next_value::<&'s RawValue>()?.get(), depth);
        } else {
            entries.next_value::<IgnoredAny>()?;
        }
    }
    Ok(deep)
}

/// Whether a JSON text inside `depth` levels opens more levels than are allowed.
fn nests_too_deep(text: &str, depth: u32) -> bool {
    let (mut open, mut in_text, mut escaped) = (depth, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'[' | b'{' if !in_text => {
                open += 1;
                if open > MAX_DEPTH {
                    return true;
                }
            }
            b']' | b'}' if !in_text => open -= 1,
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::{nests_too_deep, whole};

    #[test]
    fn the_digits_decide_whether_a_number_is_whole() {
        for text in ["12", "12.0", "-3", "1e2", "1.50e1", "0.000", "120e-1", "1E+2"] {
            assert!(whole(text), "{text}");
        }
        for text in ["12.5", "4503599627370497.00000001", "15e-1", "1e-400", "0.99999999999999999999"] {
            assert!(!whole(text), "{text}");
        }
    }

    #[test]
    fn brackets_in_texts_do_not_nest() {
        assert!(!nests_too_deep(&format!("{}{}", "[".repeat(31), "]".repeat(31)), 1));
        assert!(nests_too_deep(&format!("{}{}", "[".repeat(32), "]".repeat(32)), 1));
        assert!(!nests_too_deep(&format!("\"{}\\\"{}\"", "[".repeat(40), "{".repeat(40)), 1));
    }
}
