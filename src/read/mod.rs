//! Filling a draft from any serde deserializer by one seed that is driven by the table: no intermediate tree and no struct per
//! payload. Reading only stores what stands there; which value counts, and what is wrong with it, is decided by `reading`.

mod json;
mod key;
mod skip;

use core::fmt;
use std::collections::HashSet;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

pub(crate) use json::{Position, json, watched};

use crate::draft::{Cell, Draft, ListId, NO_SLOT, Owner, ROOT, RecordId, Repeats, Slot, Unknown, What, inner};
use crate::nothing::{object_says_nothing, says_nothing};
use crate::table::{Field, Kind, Record};
use crate::watch::{Stage, Ticker};
use json::whole;
use key::{Found, Key};
use skip::Skipped;

/// From so many unknown keys on, a set tells which of them repeat.
const MANY_KEYS: usize = 16;

/// Reads a value from any deserializer into the root of an empty draft.
pub(crate) fn value<'s, D: Deserializer<'s>>(draft: Draft<'s>, deserializer: D) -> Result<Draft<'s>, D::Error> {
    let mut reader = Reader::of(draft, false);
    reader.root(deserializer)?;
    Ok(reader.draft)
}

/// Reads a value into the root of a draft whose root is empty; of one that ends in an error, what came before that.
pub(crate) fn root<'s, D: Deserializer<'s>>(draft: Draft<'s>, deserializer: D) -> Draft<'s> {
    let mut reader = Reader::of(draft, false);
    let _ = reader.root(deserializer);
    reader.draft
}

/// Reads a value for one row of a record.
pub(crate) fn field<'s, D: Deserializer<'s>>(
    draft: Draft<'s>,
    record: RecordId,
    field: usize,
    deserializer: D,
) -> (Draft<'s>, Cell) {
    let Some(row) = draft.spec(record).fields.get(field) else { return (draft, Cell::Absent) };
    let mut reader = Reader::of(draft, false);
    let target = Target::Field { record, field: short(field), row };
    let read = Value { reader: &mut reader, target, depth: 1, raw: false }.deserialize(deserializer);
    let cell = read.ok().and(reader.cell).unwrap_or_default();
    (reader.draft, cell)
}

/// Reads a value as a new item of a list: the record stands in no list yet.
pub(crate) fn item<'s, D: Deserializer<'s>>(
    mut draft: Draft<'s>,
    spec: &'static Record,
    deserializer: D,
) -> (Draft<'s>, RecordId) {
    let record = draft.add_record(spec, Owner::None);
    let mut reader = Reader::of(draft, false);
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
        4 => What::Many,
        5 => What::Void,
        6 => What::VoidMany,
        _ => What::Scalar,
    };
    (what, slot)
}

struct Reader<'s> {
    draft: Draft<'s>,
    /// The value that was read last; nothing where the root or an item was filled in place. It stands here and is not returned
    /// because a result that is nothing or an error fits a register.
    cell: Option<Cell>,
    /// The source is JSON text, so texts may be borrowed and the digits of numbers decide.
    json: bool,
    /// Every number is read as it is written.
    exact: bool,
    /// A whole double stood where the digits may have had a fraction.
    lossy: bool,
    ticker: Ticker<'s>,
    /// Where the text stands that was read last.
    at: usize,
}

#[derive(Clone, Copy)]
enum Target {
    Root,
    Field {
        record: RecordId,
        field: u8,
        row: &'static Field,
    },
    Item {
        record: RecordId,
    },
    /// The one item of a list that stands in an item's place.
    Only {
        record: RecordId,
    },
    Unknown,
}

/// Reads one value; the reader has its cell then.
struct Value<'r, 's> {
    reader: &'r mut Reader<'s>,
    target: Target,
    depth: u32,
    raw: bool,
}

impl<'s> DeserializeSeed<'s> for Value<'_, 's> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'s>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.raw {
            return self.exact(deserializer);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'s> Value<'_, 's> {
    /// Takes the value's own text first, so that a number is known digit by digit.
    #[cold]
    fn exact<D: Deserializer<'s>>(mut self, deserializer: D) -> Result<(), D::Error> {
        let raw: &'s RawValue = Deserialize::deserialize(deserializer)?;
        let text = raw.get();
        if text.starts_with(|first: char| first == '-' || first.is_ascii_digit()) {
            let number: f64 = text.parse().unwrap_or(f64::NAN);
            let lossy = number.fract() == 0.0 && !whole(text);
            self.put(if lossy { Cell::Lossy(number) } else { Cell::Number(number + 0.0) });
            return Ok(());
        }
        if matches!(self.target, Target::Unknown) && text.starts_with(['[', '{']) {
            let what = if text.starts_with('[') { What::List } else { What::Object };
            let mut skipped = Skipped::default();
            skipped.text(text, self.depth - 1);
            self.foreign(&skipped, what);
            return Ok(());
        }
        self.raw = false;
        self.deserialize(&mut serde_json::Deserializer::from_str(text)).map_err(D::Error::custom)
    }

    #[inline]
    fn put(self, cell: Cell) {
        self.reader.cell = Some(cell);
    }

    /// A list or object that does not fit its row.
    fn foreign(self, skipped: &Skipped, what: What) {
        self.put(Cell::Foreign(skipped.what(what), NO_SLOT));
    }

    /// A list in the place of an item that is an object: its one item is read there.
    #[cold]
    fn only<A: SeqAccess<'s>>(self, record: RecordId, mut items: A) -> Result<(), A::Error> {
        let Self { reader, depth, .. } = self;
        let (target, raw) = (Target::Only { record }, reader.exact);
        let first = items.next_element_seed(Value { reader: &mut *reader, target, depth: depth + 1, raw })?;
        // Nothing where an object was read into the record.
        let only = reader.cell.take();
        let mut skipped = Skipped::default();
        skipped.items(reader.json, &mut items, depth)?;
        if skipped.count > 0 {
            let draft = &mut reader.draft;
            skipped.deep |= matches!(only, Some(Cell::Foreign(What::Deep, _)));
            skipped.something |= match only {
                Some(cell) => !says_nothing(draft, None, cell),
                None => !object_says_nothing(draft, record),
            };
            draft.empty_record(record);
            reader.cell = Some(Cell::Foreign(skipped.what(What::Many), NO_SLOT));
        } else if let Some(Cell::Foreign(What::List | What::Deep | What::Void, _)) = only {
            // A list in the list is no object.
            reader.cell = only;
        } else {
            reader.draft.extras_mut(record).unwrapped = true;
            reader.cell = if first.is_some() { only } else { Some(Cell::Absent) };
        }
        Ok(())
    }
}

impl<'s> Visitor<'s> for Value<'_, 's> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.put(Cell::Null);
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.put(Cell::Absent);
        Ok(())
    }

    fn visit_bool<E>(self, flag: bool) -> Result<(), E> {
        self.put(Cell::Bool(flag));
        Ok(())
    }

    #[expect(clippy::cast_precision_loss, reason = "a number beyond 2^53 is reported as such")]
    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.put(Cell::Number(number as f64));
        Ok(())
    }

    #[expect(clippy::cast_precision_loss, reason = "a number beyond 2^53 is reported as such")]
    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.put(Cell::Number(number as f64));
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        let integer = matches!(self.target, Target::Field { row, .. } if matches!(row.kind, Kind::Integer));
        if integer && self.reader.json && number.fract() == 0.0 {
            self.reader.lossy = true;
        }
        // Minus zero is read as zero.
        self.put(Cell::Number(number + 0.0));
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        let cell = self.reader.draft.keep(text);
        self.put(cell);
        Ok(())
    }

    fn visit_borrowed_str<E>(self, text: &'s str) -> Result<(), E> {
        self.reader.at = text.as_ptr().addr();
        let draft = &mut self.reader.draft;
        let cell = if self.reader.json { draft.borrow(text) } else { draft.keep(text) };
        self.put(cell);
        Ok(())
    }

    /// A value that JSON does not have, as the packed form tells of it: what it is, and its slot.
    fn visit_bytes<E>(self, bytes: &[u8]) -> Result<(), E> {
        let (what, slot) = foreign_parts(bytes);
        self.put(Cell::Foreign(what, slot));
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'s>>(self, mut items: A) -> Result<(), A::Error> {
        let (record, field, item) = match self.target {
            Target::Field { record, field, row } if let Some(item) = inner(row.kind) => (record, field, item),
            Target::Item { record } => return self.only(record, items),
            _ => {
                let mut skipped = Skipped::default();
                skipped.items(self.reader.json, &mut items, self.depth)?;
                self.foreign(&skipped, What::List);
                return Ok(());
            }
        };
        let Self { reader, depth, .. } = self;
        let list = reader.draft.add_list(item, record, field);
        reader.draft.expect(item, items.size_hint().unwrap_or(0));
        while items.next_element_seed(Item { reader, list, depth: depth + 1 })?.is_some() {}
        reader.cell = Some(Cell::List(list));
        Ok(())
    }

    fn visit_map<A: MapAccess<'s>>(self, mut entries: A) -> Result<(), A::Error> {
        let draft = &mut self.reader.draft;
        let record = match self.target {
            Target::Root => Some(ROOT),
            Target::Item { record } | Target::Only { record } => Some(record),
            Target::Field { record, field, row } => inner(row.kind)
                .filter(|spec| !spec.scalar)
                .map(|spec| draft.add_record(spec, Owner::Field(record, field))),
            Target::Unknown => None,
        };
        let Some(record) = record else {
            let mut skipped = Skipped::default();
            skipped.entries(self.reader.json, &mut entries, self.depth)?;
            self.foreign(&skipped, What::Object);
            return Ok(());
        };
        self.reader.entries(record, self.depth, &mut entries)?;
        self.reader.cell = matches!(self.target, Target::Field { .. }).then_some(Cell::Record(record));
        Ok(())
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
        self.reader.tell();
        self.reader.item(record, self.depth, deserializer)
    }
}

impl<'s> Reader<'s> {
    fn of(draft: Draft<'s>, json: bool) -> Self {
        Self { draft, cell: None, json, exact: false, lossy: false, ticker: Ticker::new(None, Stage::Reading), at: 0 }
    }

    fn tell(&mut self) {
        let Self { ticker, draft, at, .. } = self;
        ticker.tick(|_| {
            let (begin, len) = draft.source_range();
            (at.saturating_sub(begin).min(len), len)
        });
    }

    fn root<D: Deserializer<'s>>(&mut self, deserializer: D) -> Result<(), D::Error> {
        let raw = self.exact;
        Value { reader: self, target: Target::Root, depth: 1, raw }.deserialize(deserializer)?;
        if let Some(cell) = self.cell.take() {
            self.draft.extras_mut(ROOT).odd = Some(cell);
        }
        Ok(())
    }

    fn item<D: Deserializer<'s>>(&mut self, record: RecordId, depth: u32, deserializer: D) -> Result<(), D::Error> {
        let spec = self.draft.spec(record);
        let raw = self.exact;
        let target = match spec.fields.first() {
            Some(row) if spec.scalar => Target::Field { record, field: 0, row },
            _ => Target::Item { record },
        };
        Value { reader: self, target, depth, raw }.deserialize(deserializer)?;
        match self.cell.take() {
            Some(cell) if spec.scalar => self.draft.set_cell(record, 0, cell),
            Some(cell) => self.draft.extras_mut(record).odd = Some(cell),
            None => {}
        }
        Ok(())
    }

    fn entries<A: MapAccess<'s>>(&mut self, record: RecordId, depth: u32, entries: &mut A) -> Result<(), A::Error> {
        let Slot { spec, base, .. } = self.draft.slot(record);
        // Bits of the rows that were read already.
        let (mut seen, mut next) = (0_u64, 0);
        // The unknown keys, when there are so many that searching them one by one would never end.
        let mut keys = None;
        while let Some(key) = entries.next_key_seed(Key { spec, next })? {
            let (field, key) = match key {
                Found::Row(field) => (field, None),
                Found::Renamed(field, key) => (field, Some(key)),
                Found::Unknown(key) => {
                    let raw = self.json;
                    entries.next_value_seed(Value { reader: self, target: Target::Unknown, depth: depth + 1, raw })?;
                    self.unknown(record, key, &mut keys);
                    continue;
                }
            };
            let Some(row) = spec.fields.get(field) else { continue };
            let bit = 1_u64 << field;
            let raw = self.exact;
            let target = Target::Field { record, field: short(field), row };
            entries.next_value_seed(Value { reader: self, target, depth: depth + 1, raw })?;
            let value = self.cell.take().unwrap_or_default();
            next = field + 1;
            if seen & bit == 0 && key.is_none() {
                self.draft.put(base, field, value);
            } else {
                self.odd_key(record, field, key, value, seen & bit != 0);
            }
            seen |= bit;
        }
        Ok(())
    }

    /// A row whose key is spelt in another way, or that stood there already.
    #[cold]
    fn odd_key(&mut self, record: RecordId, field: usize, key: Option<Box<str>>, value: Cell, again: bool) {
        match (key, again) {
            (None, _) => {
                // The exact spelling wins; of two exact ones the later, as in every JSON parser.
                let earlier = self.draft.cell(record, field);
                let renamed = self.forget_renaming(record, field);
                let name = || self.draft.spec(record).fields.get(field).map_or("", |row| row.name).into();
                let key = renamed.unwrap_or_else(name);
                self.repeat(record, key, earlier, field);
                self.draft.set_cell(record, field, value);
            }
            (Some(key), true) => self.repeat(record, key, value, field),
            (Some(key), false) => {
                self.draft.set_cell(record, field, value);
                self.draft.extras_mut(record).renamed.push((short(field), key));
            }
        }
    }

    /// A key that the table does not have; its value was read last.
    #[cold]
    fn unknown(&mut self, record: RecordId, key: Box<str>, keys: &mut Option<HashSet<Box<str>>>) {
        let value = self.cell.take().unwrap_or_default();
        let unknown = &mut self.draft.extras_mut(record).unknown;
        let repeats = if unknown.len() < MANY_KEYS {
            unknown.iter().any(|other| other.key == key)
        } else {
            let all = || unknown.iter().map(|other| other.key.clone()).collect();
            !keys.get_or_insert_with(all).insert(key.clone())
        };
        unknown.push(Unknown { key, value, repeats: repeats.then_some(Repeats::Key) });
    }

    fn repeat(&mut self, record: RecordId, key: Box<str>, value: Cell, field: usize) {
        // What a repeated key held does not count, but is kept as it was typed.
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
