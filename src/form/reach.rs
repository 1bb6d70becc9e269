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
#[derive(Clone, Debug)]
pub(crate) enum Spot {
    Root,
    Field {
        record: RecordId,
        field: u8,
    },
    Item {
        list: ListKey,
        record: RecordId,
    },
    /// A row of the table whose object is not there.
    Missing {
        /// The nearest record that is there, and the rows that lead on from it.
        record: RecordId,
        rows: Vec<u8>,
        kind: Kind,
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
        field: u8,
        /// The place in the pointer from where on it leads inside.
        from: usize,
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
    /// Follows a pointer to what is there.
    pub(crate) fn find(&self, pointer: &str) -> Result<Spot, Misuse> {
        let parts = segments(pointer)?;
        let mut record = ROOT;
        let mut at = 0;
        while let Some(name) = parts.get(at) {
            let spec = self.draft.spec(record);
            let Some(field) = spec.find(name).filter(|_| !spec.scalar).map(short) else {
                let beside = at + 1 == parts.len() && self.has_beside(record, name);
                return if beside { Ok(Spot::Beside { record, key: at }) } else { Err(unknown(pointer)) };
            };
            at += 1;
            let Some(next) = parts.get(at) else { return Ok(Spot::Field { record, field }) };
            let cell = self.draft.cell(record, usize::from(field));
            record = match self.kind(record, field) {
                Kind::Object(inner) => match self.draft.object(cell) {
                    Some(found) => found,
                    None => {
                        let (below, kind) = rows(inner, parts.get(at..).unwrap_or_default(), pointer)?;
                        return Ok(Spot::Missing { record, rows: [vec![field], below].concat(), kind });
                    }
                },
                Kind::List(_) => {
                    let list = (record, field);
                    let index = list_index(next).ok_or_else(|| unknown(pointer))?;
                    let item = self.item(list, index).ok_or_else(|| out_of_range(pointer))?;
                    at += 1;
                    if at == parts.len() {
                        return Ok(Spot::Item { list, record: item });
                    }
                    item
                }
                Kind::Text(Format::SignedContent) => return Ok(Spot::Inside { record, field, from: at }),
                _ => return Err(unknown(pointer)),
            };
        }
        Ok(Spot::Root)
    }

    /// Follows a pointer to a place for a value, and makes what is missing on the way; what was made for nothing is given back.
    pub(super) fn make_way(&mut self, pointer: &str) -> Result<(Spot, Vec<Change>), Misuse> {
        let mut batch = Vec::new();
        match self.made_way(pointer, &mut batch) {
            Ok(spot) => Ok((spot, batch)),
            Err(misuse) => {
                self.forget(batch);
                Err(misuse)
            }
        }
    }

    fn made_way(&mut self, pointer: &str, batch: &mut Vec<Change>) -> Result<Spot, Misuse> {
        let parts = segments(pointer)?;
        let mut record = ROOT;
        let mut at = 0;
        while let Some(name) = parts.get(at) {
            // What is no object gives way to one; so does a list in a list that stands where an object is meant.
            let odd = |extras: &&Extras| extras.odd.is_some() || (extras.unwrapped && self.item_of(record).is_none());
            if let Some(extras) = self.draft.extras(record).filter(odd) {
                let mut extras = extras.clone();
                extras.make_object();
                extras.unwrapped &= self.item_of(record).is_some();
                batch.push(Change::Extras { record, extras: Some(Box::new(extras)) });
            }
            let spec = self.draft.spec(record);
            let field = spec.find(name).filter(|_| !spec.scalar).map(short).ok_or_else(|| unknown(pointer))?;
            at += 1;
            let Some(next) = parts.get(at) else { return Ok(Spot::Field { record, field }) };
            let cell = self.draft.cell(record, usize::from(field));
            record = match self.kind(record, field) {
                Kind::Object(inner) => match self.draft.object(cell) {
                    Some(found) => found,
                    None => {
                        let new = self.draft.add_record(inner, Owner::Field(record, field));
                        batch.push(Change::Set { record, field, cell: Cell::Record(new) });
                        new
                    }
                },
                Kind::List(item) => {
                    let list = (record, field);
                    let len = self.draft.items(cell).len();
                    let index = if next == "-" { Some(len) } else { list_index(next) };
                    let index = index.ok_or_else(|| unknown(pointer))?;
                    let found = match self.item(list, index) {
                        Some(found) => found,
                        None if index == len => {
                            let new = self.draft.add_record(item, Owner::None);
                            self.grow(list, item, batch);
                            batch.push(Change::Insert { list, index, records: vec![new] });
                            new
                        }
                        None => return Err(out_of_range(pointer)),
                    };
                    at += 1;
                    if at == parts.len() {
                        return Ok(Spot::Item { list, record: found });
                    }
                    found
                }
                _ => return Err(unknown(pointer)),
            };
        }
        Ok(Spot::Root)
    }

    /// Whether an object has such a key that is no row of its table, or something is said of one.
    fn has_beside(&self, record: RecordId, key: &str) -> bool {
        self.draft.extras(record).is_some_and(|extras| extras.has(key)) || self.is_remarked(record, key)
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

/// Follows the rest of a pointer through the table alone: its rows, and what the last is.
fn rows(mut spec: &'static Record, parts: &[Cow<'_, str>], pointer: &str) -> Result<(Vec<u8>, Kind), Misuse> {
    let mut rows = Vec::new();
    let mut kind = None;
    for part in parts {
        match kind {
            None => {}
            Some(Kind::Object(inner)) => spec = inner,
            Some(Kind::List(_)) => return Err(out_of_range(pointer)),
            Some(_) => return Err(unknown(pointer)),
        }
        let at = spec.find(part).ok_or_else(|| unknown(pointer))?;
        rows.push(short(at));
        kind = spec.fields.get(at).map(|field| field.kind);
    }
    Ok((rows, kind.ok_or_else(|| unknown(pointer))?))
}
