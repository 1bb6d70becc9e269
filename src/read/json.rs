//! The driver of JSON text: what stands where the table has a row is put there, and whatever it does not describe is passed over.

use super::key::{self, Found};
use super::{Keys, Place, Reader, begin, digits_decide, misfit, repeats, short};
use crate::draft::{Cell, Draft, MAX_DEPTH, MAX_ITEMS, MAX_SOURCE, NO_SLOT, ROOT, RecordId, What};
use crate::input::json::{Json, Position, Quoted, Stop, Written, position, text};
use crate::kinds::written;
use crate::table::{Payload, Record};
use crate::watch::{Stage, Ticker, Watch};

/// Reads JSON text; of a list that is too long the items beyond its limit are only counted.
pub(crate) fn json<'s>(payload: &'static Payload, bytes: &'s [u8]) -> Result<Draft<'s>, Position> {
    read(payload, bytes, MAX_ITEMS, None)
}

/// Reads JSON text with every item of it.
pub(crate) fn whole_json<'s>(payload: &'static Payload, bytes: &'s [u8]) -> Result<Draft<'s>, Position> {
    read(payload, bytes, usize::MAX, None)
}

/// Reads JSON text as `json` does, and tells how many of its bytes are read.
pub(crate) fn watched<'s>(
    payload: &'static Payload,
    bytes: &'s [u8],
    watch: Option<Watch<'s>>,
) -> Result<Draft<'s>, Position> {
    read(payload, bytes, MAX_ITEMS, watch)
}

fn read<'s>(
    payload: &'static Payload,
    bytes: &'s [u8],
    most: usize,
    watch: Option<Watch<'s>>,
) -> Result<Draft<'s>, Position> {
    // What stands before the first byte that is no UTF-8 may stop being JSON earlier.
    let (whole, text) = text(bytes).map_or_else(|before| (false, before), |text| (true, text));
    // A longer text ends here.
    let (whole, text) = match text.get(..text.floor_char_boundary(MAX_SOURCE)) {
        Some(cut) if cut.len() < text.len() => (false, cut),
        _ => (whole, text),
    };
    let mut json = Json::new(text);
    let ticker = Ticker::new(watch, Stage::Reading);
    let mut reader = Reader { ticker, ..Reader::of(Draft::new(payload, text), most) };
    match reader.json_root(&mut json).and_then(|()| json.end()) {
        Ok(()) if whole => Ok(reader.draft),
        _ => Err(position(text, json.at)),
    }
}

impl<'s> Reader<'s> {
    pub(super) fn json_root(&mut self, json: &mut Json<'s>) -> Result<(), Stop> {
        if json.next() == Some(b'{') {
            return self.json_entries(json, ROOT, 1);
        }
        let cell = self.json_value(json, None, 1)?;
        self.odd(ROOT, cell);
        Ok(())
    }

    /// Reads a value for a row, or one that no row describes.
    pub(super) fn json_value(&mut self, json: &mut Json<'s>, place: Option<Place>, level: u32) -> Result<Cell, Stop> {
        match json.next() {
            Some(b'"') => {
                let quoted = json.quoted()?;
                Ok(self.json_text(quoted))
            }
            Some(b'-' | b'0'..=b'9') => {
                let number = json.number()?;
                Ok(self.json_number(number, place))
            }
            Some(b't') => json.word("true").map(|()| Cell::Bool(true)),
            Some(b'f') => json.word("false").map(|()| Cell::Bool(false)),
            Some(b'n') => json.word("null").map(|()| Cell::Null),
            Some(b'{') => match place.and_then(|place| self.nested(place)) {
                Some(record) => {
                    self.json_entries(json, record, level)?;
                    Ok(Cell::Record(record))
                }
                None => Self::json_misfit(json, What::Object, level),
            },
            Some(b'[') => match place.and_then(|place| self.list(place)) {
                Some(list) => {
                    let mut more = !json.open(b']');
                    let mut count = 0;
                    while more {
                        let (at, len) = (json.at, json.text.len());
                        match self.item(list, count, || (at, len)) {
                            Some(record) => self.json_item(json, record, level + 1)?,
                            None => drop(json.skip(level + 1)?),
                        }
                        count += 1;
                        more = json.more(b']')?;
                    }
                    Ok(Cell::List(list))
                }
                None => Self::json_misfit(json, What::List, level),
            },
            _ => Err(Stop),
        }
    }

    #[inline]
    fn json_text(&mut self, quoted: Quoted<'s>) -> Cell {
        if quoted.escaped {
            return self.draft.keep_with(|store| quoted.decode(store));
        }
        self.draft.borrow(quoted.at, quoted.raw.len(), quoted.odd)
    }

    #[inline]
    fn json_number(&mut self, number: Written<'s>, place: Option<Place>) -> Cell {
        match number.exact {
            Some(exact) => Cell::Number(exact),
            None => self.long_number(number, place),
        }
    }

    #[cold]
    fn long_number(&mut self, number: Written<'s>, place: Option<Place>) -> Cell {
        if place.is_some_and(|place| digits_decide(place.row)) {
            return match written::held(number.raw) {
                Some(double) => Cell::Number(double),
                None => self.draft.borrow_written(number.at, number.raw.len()),
            };
        }
        Cell::Number(written::nearest(number.raw))
    }

    fn json_misfit(json: &mut Json<'s>, what: What, level: u32) -> Result<Cell, Stop> {
        let passed = json.skip(level)?;
        Ok(Cell::Foreign(misfit(what, passed), NO_SLOT))
    }

    fn json_item(&mut self, json: &mut Json<'s>, record: RecordId, level: u32) -> Result<(), Stop> {
        if let Some(place) = self.scalar_item(record) {
            let cell = self.json_value(json, Some(place), level)?;
            self.draft.set_cell(record, 0, cell);
            return Ok(());
        }
        let cell = match json.next() {
            Some(b'{') => return self.json_entries(json, record, level),
            Some(b'[') => {
                // A list where an object is meant: of one it is that one, unless that is a list again.
                let mut ahead = *json;
                let passed = ahead.skip(level)?;
                let only = if json.open(b']') { None } else { json.next() };
                match only {
                    _ if passed.items > 1 => {
                        *json = ahead;
                        Cell::Foreign(misfit(What::Many, passed), NO_SLOT)
                    }
                    Some(b'[') => {
                        let list = Self::json_misfit(json, What::List, level + 1)?;
                        json.step(b']')?;
                        list
                    }
                    Some(b'{') => {
                        self.json_entries(json, record, level + 1)?;
                        self.unwrapped(record);
                        return json.step(b']');
                    }
                    Some(_) => {
                        let cell = self.json_value(json, None, level + 1)?;
                        self.unwrapped(record);
                        json.step(b']')?;
                        cell
                    }
                    None => {
                        self.unwrapped(record);
                        Cell::Absent
                    }
                }
            }
            _ => self.json_value(json, None, level)?,
        };
        self.odd(record, cell);
        Ok(())
    }

    /// Reads the entries of an object.
    fn json_entries(&mut self, json: &mut Json<'s>, record: RecordId, level: u32) -> Result<(), Stop> {
        debug_assert!(level <= MAX_DEPTH);
        let (spec, base, mut keys) = begin(&self.draft, record);
        let mut more = !json.open(b'}');
        while more {
            let expected = spec.fields.get(keys.next);
            let (field, key) = if expected.is_some_and(|row| json.key_is(row.name)) {
                (keys.next, None)
            } else {
                match Self::json_key(json, spec, &keys)? {
                    Found::Row(field) => (field, None),
                    Found::Renamed(field, key) => (field, Some(key)),
                    Found::Unknown(key) => {
                        let value = self.json_value(json, None, level + 1)?;
                        self.unknown(record, &mut keys, key, value);
                        more = json.more(b'}')?;
                        continue;
                    }
                }
            };
            let Some(row) = spec.fields.get(field) else { return Err(Stop) };
            let place = Place { record, field: short(field), row };
            let left = self.left;
            let mut value = self.json_value(json, Some(place), level + 1)?;
            if record == ROOT {
                value = self.whole(value, left);
            }
            self.put(record, base, &mut keys, field, key, value);
            more = json.more(b'}')?;
        }
        if keys.odd {
            repeats::settle(&mut self.draft, record);
        }
        Ok(())
    }

    fn json_key(json: &mut Json<'s>, spec: &'static Record, keys: &Keys) -> Result<Found, Stop> {
        let quoted = json.key()?;
        if quoted.escaped {
            return Ok(key::find(spec, keys.next, &quoted.decoded()));
        }
        Ok(key::find(spec, keys.next, quoted.raw))
    }
}

#[cfg(test)]
mod tests {
    use super::{json, whole_json};
    use crate::draft::{Cell, MAX_ALL_ITEMS, MAX_ITEMS, NO_SLOT, ROOT, What};
    use crate::payload;

    fn batch(count: usize) -> String {
        format!(r#"{{"results":[{}]}}"#, vec!["0"; count].join(","))
    }

    #[test]
    fn items_beyond_the_limit_are_counted_and_not_kept() {
        let payload = payload("results.bulk_update").unwrap();
        let text = batch(MAX_ITEMS + 7);
        let (limited, whole) = (json(payload, text.as_bytes()).unwrap(), whole_json(payload, text.as_bytes()).unwrap());
        let list = payload.root.find("results").unwrap();
        for (draft, kept) in [(limited, MAX_ITEMS), (whole, MAX_ITEMS + 7)] {
            let Cell::List(id) = draft.cell(ROOT, list) else { panic!("no list") };
            assert_eq!(draft.items(Cell::List(id)).len(), MAX_ITEMS + 7);
            assert_eq!(draft.list(id).unwrap().rows.len(), kept);
        }
    }
    #[test]
    fn of_a_row_with_more_items_in_all_than_may_be_nothing_is_kept_and_the_next_row_is_read() {
        let payload = payload("programme.create").unwrap();
        let programmes = vec!["0"; MAX_ITEMS].join(",");
        let specialities = |lists: usize| vec![format!(r#"{{"programmes":[{programmes}]}}"#); lists].join(",");
        let few = MAX_ALL_ITEMS / MAX_ITEMS;
        for (lists, read) in [(few, true), (few + 1, false)] {
            let text = format!(r#"{{"specialities":[{}],"prices":[0]}}"#, specialities(lists));
            let draft = json(payload, text.as_bytes()).unwrap();
            let cell = draft.cell(ROOT, payload.root.find("specialities").unwrap());
            assert_eq!(cell == Cell::Foreign(What::Excess, NO_SLOT), !read);
            let prices = draft.cell(ROOT, payload.root.find("prices").unwrap());
            assert_eq!(draft.items(prices).len(), 1);
        }
    }
}
