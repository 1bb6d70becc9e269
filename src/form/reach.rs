//! Following a pointer: to a field, an item, or what is there beside the table; with a batch, whatever is missing on the way is made
//! by it. A call that makes no sense is told as such.

use std::borrow::Cow;

use super::batch::Change;
use super::{Form, ListKey};
use crate::draft::{Cell, Extras, Owner, ROOT, RecordId};
use crate::table::{Format, Kind, Record};

/// A call that makes no sense; bad data never does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misuse {
    /// A JavaScript `TypeError`.
    Type(String),
    /// A JavaScript `RangeError`.
    Range(String),
}

impl core::fmt::Display for Misuse {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Type(text) | Self::Range(text) => formatter.write_str(text),
        }
    }
}

impl core::error::Error for Misuse {}

/// Where a pointer leads.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Spot {
    Root,
    Field {
        record: RecordId,
        field: usize,
    },
    Item {
        list: ListKey,
        record: RecordId,
    },
    /// A row of the table whose object or item is not there.
    Missing {
        spec: &'static Record,
        field: usize,
    },
    /// A key that is no row of the table, or spells one in another way, as an object has it.
    Beside {
        record: RecordId,
        /// The place in the pointer of the last segment.
        key: usize,
    },
    /// In what is signed in a field.
    Inside {
        record: RecordId,
        field: usize,
    },
}

/// The segments of a JSON pointer (RFC 6901).
pub(crate) fn segments(pointer: &str) -> Result<Vec<Cow<'_, str>>, Misuse> {
    if pointer.is_empty() {
        return Ok(Vec::new());
    }
    let Some(rest) = pointer.strip_prefix('/') else {
        return Err(Misuse::Type("A pointer is empty or begins with a slash (RFC 6901).".to_owned()));
    };
    let unescaped = |segment| match segment {
        plain if !str::contains(plain, '~') => Cow::Borrowed(plain),
        escaped => Cow::Owned(escaped.replace("~1", "/").replace("~0", "~")),
    };
    Ok(rest.split('/').map(unescaped).collect())
}

pub(super) fn unknown(pointer: &str) -> Misuse {
    Misuse::Type(format!("The payload has no field at {pointer}."))
}

pub(super) fn out_of_range(pointer: &str) -> Misuse {
    Misuse::Range(format!("The list has no item at {pointer}."))
}

fn list_index(segment: &str) -> Option<usize> {
    let plain = segment == "0" || (!segment.starts_with('0') && segment.bytes().all(|byte| byte.is_ascii_digit()));
    if plain { segment.parse().ok() } else { None }
}

pub(super) fn short(field: usize) -> u8 {
    u8::try_from(field).unwrap_or(u8::MAX)
}

impl Form {
    /// Follows a pointer, and makes what is missing on the way; what was made for nothing is given back.
    pub(super) fn make_way(&mut self, pointer: &str) -> Result<(Spot, Vec<Change>), Misuse> {
        let mut batch = Vec::new();
        match self.reach(pointer, Some(&mut batch)) {
            Ok(spot) => Ok((spot, batch)),
            Err(misuse) => {
                self.forget(batch);
                Err(misuse)
            }
        }
    }

    /// Follows a pointer. With a batch, whatever is missing on the way is made by it.
    pub(crate) fn reach(&mut self, pointer: &str, mut make: Option<&mut Vec<Change>>) -> Result<Spot, Misuse> {
        let parts = segments(pointer)?;
        let mut record = ROOT;
        let mut at = 0;
        while let Some(name) = parts.get(at) {
            // What is no object gives way to one; so does a list in a list that stands where an object is meant.
            let odd = |extras: &&Extras| extras.odd.is_some() || (extras.unwrapped && self.item_of(record).is_none());
            if let (Some(batch), Some(extras)) = (make.as_deref_mut(), self.draft.extras(record).filter(odd)) {
                let mut extras = extras.clone();
                extras.make_object();
                extras.unwrapped &= self.item_of(record).is_some();
                batch.push(Change::Extras { record, extras: Some(Box::new(extras)) });
            }
            let spec = self.draft.spec(record);
            let Some(field) = spec.find(name).filter(|_| !spec.scalar) else {
                let beside = make.is_none()
                    && at + 1 == parts.len()
                    && self.draft.extras(record).is_some_and(|extras| extras.has(name));
                return if beside { Ok(Spot::Beside { record, key: at }) } else { Err(unknown(pointer)) };
            };
            at += 1;
            if at == parts.len() {
                return Ok(Spot::Field { record, field });
            }
            let cell = self.draft.cell(record, field);
            match self.kind(record, short(field)) {
                Kind::Object(inner) => match (self.draft.object(cell), make.as_deref_mut()) {
                    (Some(found), _) => record = found,
                    (None, Some(batch)) => {
                        let new = self.draft.add_record(inner, Owner::Field(record, short(field)));
                        batch.push(Change::Set { record, field: short(field), cell: Cell::Record(new) });
                        record = new;
                    }
                    (None, None) => return missing(inner, parts.get(at..).unwrap_or_default(), pointer),
                },
                Kind::List(item) => {
                    let list = (record, short(field));
                    let len = self.draft.items(cell).len();
                    let segment = parts.get(at).map_or("", |part| part);
                    let index = if segment == "-" && make.is_some() { Some(len) } else { list_index(segment) };
                    let index = index.ok_or_else(|| unknown(pointer))?;
                    record = match (self.item(list, index), make.as_deref_mut()) {
                        (Some(found), _) => found,
                        (None, Some(batch)) if index == len => {
                            let new = self.draft.add_record(item, Owner::None);
                            self.grow(list, item, batch);
                            batch.push(Change::Insert { list, index, records: vec![new] });
                            new
                        }
                        _ => return Err(out_of_range(pointer)),
                    };
                    at += 1;
                    if at == parts.len() {
                        return Ok(Spot::Item { list, record });
                    }
                }
                Kind::Text(Format::SignedContent) if make.is_none() => return Ok(Spot::Inside { record, field }),
                _ => return Err(unknown(pointer)),
            }
        }
        Ok(Spot::Root)
    }

    /// Makes a list of what is not one yet.
    pub(super) fn grow(&mut self, (record, field): ListKey, item: &'static Record, batch: &mut Vec<Change>) {
        match self.draft.cell(record, usize::from(field)) {
            Cell::List(_) => {}
            Cell::Record(_) => batch.push(self.wrapping((record, field), item)),
            _ => {
                let list = self.draft.add_list(item, record, field);
                batch.push(Change::Set { record, field, cell: Cell::List(list) });
            }
        }
    }

    /// The change that makes a list of one of a single object.
    pub(super) fn wrapping(&mut self, list: ListKey, item: &'static Record) -> Change {
        Change::Wrap { list, shell: self.draft.add_list(item, list.0, list.1) }
    }
}

/// Follows the rest of a pointer through the table alone.
fn missing(mut spec: &'static Record, parts: &[Cow<'_, str>], pointer: &str) -> Result<Spot, Misuse> {
    let mut found: Option<(&'static Record, usize)> = None;
    for part in parts {
        if let Some((outer, field)) = found {
            let Some(Kind::Object(inner)) = outer.fields.get(field).map(|row| row.kind) else {
                return Err(out_of_range(pointer));
            };
            spec = inner;
        }
        found = Some((spec, spec.find(part).ok_or_else(|| unknown(pointer))?));
    }
    let (spec, field) = found.ok_or_else(|| unknown(pointer))?;
    Ok(Spot::Missing { spec, field })
}
