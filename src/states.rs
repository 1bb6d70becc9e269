//! Which fields of a draft are relevant, required and expected now. Per record the rows are told in the fixed order of its table,
//! nested objects in place, so that a live form can compare an edit's record before and after byte by byte.

use serde::Serialize;

use crate::check::{Checker, Needs};
use crate::draft::{Cell, Draft, ROOT, RecordId};
use crate::input::Packed;
use crate::issue::{Step, pointer};
use crate::options::{Dialect, Options};
use crate::reading::{Read, Reading, kind_of};
use crate::table::{Kind, Payload, Record};
use crate::{read as reader, report};

/// The state of one field of a draft; serializes as the JavaScript interface's `FieldState`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldState {
    /// The field's JSON pointer.
    pub pointer: String,
    /// Whether the field will be sent when it has a value.
    pub relevant: bool,
    /// Whether it is an error to leave it out now.
    pub required: bool,
    /// Whether it is usually filled now.
    pub expected: bool,
}

/// The states of every field of a JSON text; of a text that is not JSON, those of an empty payload.
pub fn states_json(payload: &'static Payload, bytes: &[u8], options: &Options) -> Vec<FieldState> {
    match reader::json(payload, bytes) {
        Ok(draft) => states(&draft, options),
        Err(_) => states(&Draft::new(payload, ""), options),
    }
}

/// The states of every field of a value.
pub fn states_of<'v>(payload: &'static Payload, value: impl Into<Packed<'v>>, options: &Options) -> Vec<FieldState> {
    states(&report::packed_draft(payload, &value.into()), options)
}

/// The state of one row: three bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct State(u8);

impl State {
    fn new(needs: Needs, at: usize, around: Around) -> Self {
        let bit = |needs: u64| needs & (1 << at) != 0;
        let relevant = around.relevant && bit(needs.relevant);
        let required = relevant && around.present && bit(needs.required);
        let expected = relevant && around.present && bit(needs.expected);
        Self(u8::from(relevant) | u8::from(required) << 1 | u8::from(expected) << 2)
    }

    pub(crate) const fn relevant(self) -> bool {
        self.0 & 1 != 0
    }

    const fn required(self) -> bool {
        self.0 & 2 != 0
    }

    const fn expected(self) -> bool {
        self.0 & 4 != 0
    }

    /// Relevant 1, required 2, expected 4.
    #[cfg(feature = "wasm")]
    pub(crate) const fn bits(self) -> u8 {
        self.0
    }

    /// The state as it is told, of the field at the pointer.
    pub(crate) fn at(self, pointer: String) -> FieldState {
        FieldState { pointer, relevant: self.relevant(), required: self.required(), expected: self.expected() }
    }
}

/// Appends the states of a record's rows, those of its nested objects after the row that holds them (also while the object is
/// absent), but not those of list items. `around` is what stands around the record.
pub(crate) fn record_states(
    draft: &Draft<'_>,
    record: RecordId,
    options: &Options,
    around: Around,
    out: &mut Vec<State>,
) {
    Walk::new(draft, options).rows(draft.spec(record), Some(record), around, out);
}

/// What stands around a record.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Around {
    /// Whether the record itself will be sent when it has a value.
    pub(crate) relevant: bool,
    /// Whether the object that it stands in, or is, counts as there: one that is left blank does not.
    pub(crate) present: bool,
}

/// The place of a row among those for which `record_states` appends a state; `trail` are the rows that lead to it. The one row of a
/// value that is an item has none.
pub(crate) fn row_of(spec: &'static Record, dialect: Dialect, trail: &[u8]) -> Option<usize> {
    let Some((row, below)) = trail.split_first() else { return spec.scalar.then_some(0) };
    // So many rows are in the objects that stand before.
    let mut nested = 0;
    for (at, field) in spec.fields.iter().enumerate() {
        let inner = match kind_of(field, dialect) {
            Kind::Object(inner) => Some(inner),
            _ => None,
        };
        if at == usize::from(*row) {
            return match (below, inner) {
                ([], _) => Some(at + nested),
                (below, Some(inner)) => row_of(inner, dialect, below).map(|deeper| at + nested + 1 + deeper),
                _ => None,
            };
        }
        if let Some(inner) = inner {
            record_rows(inner, dialect, &mut |_| nested += 1);
        }
    }
    None
}

/// Calls `visit` with the names that lead from the record to each row for which `record_states` appends a state, in that order.
pub(crate) fn record_rows(spec: &'static Record, dialect: Dialect, visit: &mut impl FnMut(&[&'static str])) {
    fn go(
        spec: &'static Record,
        dialect: Dialect,
        path: &mut Vec<&'static str>,
        visit: &mut dyn FnMut(&[&'static str]),
    ) {
        for field in spec.fields {
            if !spec.scalar {
                path.push(field.name);
            }
            visit(path);
            if let Kind::Object(inner) = kind_of(field, dialect) {
                go(inner, dialect, path, visit);
            }
            if !spec.scalar {
                path.pop();
            }
        }
    }
    go(spec, dialect, &mut Vec::new(), visit);
}

/// The states of every field of a draft, list items by their index.
pub(crate) fn states(draft: &Draft<'_>, options: &Options) -> Vec<FieldState> {
    let mut told = Told { path: Vec::new(), out: Vec::new() };
    Walk::new(draft, options).rows(draft.spec(ROOT), Some(ROOT), Around { relevant: true, present: true }, &mut told);
    told.out
}

/// What a walk over the rows tells.
trait Sink {
    /// The next row; the names of scalar items are empty.
    fn row(&mut self, name: &'static str, state: State);
    /// The items of the row's list.
    fn items(&mut self, walk: &Walk<'_>, cell: Cell, around: Around);
    /// The row and everything below it is told.
    fn end(&mut self, name: &'static str);
}

impl Sink for Vec<State> {
    fn row(&mut self, _: &'static str, state: State) {
        self.push(state);
    }
    fn items(&mut self, _: &Walk<'_>, _: Cell, _: Around) {}
    fn end(&mut self, _: &'static str) {}
}

struct Told {
    path: Vec<Step>,
    out: Vec<FieldState>,
}

impl Sink for Told {
    fn row(&mut self, name: &'static str, state: State) {
        if !name.is_empty() {
            self.path.push(Step::Key(name.into()));
        }
        self.out.push(state.at(pointer(&self.path)));
    }

    fn items(&mut self, walk: &Walk<'_>, cell: Cell, around: Around) {
        let draft = walk.0.draft;
        for (index, row) in (0_u32..).zip(draft.items(cell).iter()) {
            self.path.push(Step::Index(index));
            walk.rows(draft.spec(row), Some(row), around, self);
            self.path.pop();
        }
    }

    fn end(&mut self, name: &'static str) {
        if !name.is_empty() {
            self.path.pop();
        }
    }
}

struct Walk<'d>(Checker<'d>);

impl<'d> Walk<'d> {
    fn new(draft: &'d Draft<'d>, options: &'d Options) -> Self {
        Self(Checker::shallow(draft, options))
    }

    /// The readings of a record's rows; where there is no record, every row is absent.
    fn reads(&self, spec: &'static Record, record: Option<RecordId>) -> Vec<Read<'d>> {
        match record {
            Some(id) => {
                let rows = spec.fields.iter().zip(self.0.draft.cells(id));
                rows.map(|(field, cell)| self.0.read(field, *cell)).collect()
            }
            None => spec.fields.iter().map(|_| Read::plain(Reading::Absent)).collect(),
        }
    }

    fn rows(&self, spec: &'static Record, record: Option<RecordId>, around: Around, sink: &mut impl Sink) {
        let (draft, dialect) = (self.0.draft, self.0.options.dialect);
        let reads = self.reads(spec, record);
        let needs = self.0.needs(spec, &reads);
        for (at, (field, read)) in spec.fields.iter().zip(&reads).enumerate() {
            let state = State::new(needs, at, around);
            let name = if spec.scalar { "" } else { field.name };
            sink.row(name, state);
            let within = Around { relevant: state.relevant(), ..around };
            match (kind_of(field, dialect), &read.value) {
                (Kind::Object(inner), Reading::Object(id)) => self.rows(inner, Some(*id), within, sink),
                (Kind::Object(inner), _) => {
                    // One that is left blank counts as absent, but what is in it has its place.
                    let blank = record.and_then(|id| draft.object(draft.cell(id, at)));
                    let blank = blank.filter(|id| matches!(read.value, Reading::Absent) && draft.odd(*id).is_none());
                    self.rows(inner, blank, Around { present: false, ..within }, sink);
                }
                (_, Reading::List(cell)) => sink.items(self, *cell, within),
                _ => {}
            }
            sink.end(name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Around, State, record_rows, record_states, states_json};
    use crate::draft::ROOT;
    use crate::options::Options;
    use crate::{payload, read};

    fn told(name: &str, json: &str) -> Vec<(String, String)> {
        let letter = |flag: bool, letter: &'static str| if flag { letter } else { "" };
        states_json(payload(name).unwrap(), json.as_bytes(), &Options::default())
            .into_iter()
            .map(|state| {
                let flags = [letter(state.relevant, "r"), letter(state.required, "q"), letter(state.expected, "e")];
                (state.pointer, flags.concat())
            })
            .collect()
    }

    fn state(list: &[(String, String)], pointer: &str) -> String {
        list.iter().find(|(at, _)| at == pointer).unwrap().1.clone()
    }

    #[test]
    fn a_condition_decides_only_when_its_field_is_readable() {
        for (json, expected) in [
            (r#"{"is_paid": true}"#, "rq"),
            (r#"{"is_paid": false}"#, ""),
            (r#"{"is_paid": "maybe"}"#, "r"),
            ("{}", "r"),
            ("not JSON", "r"),
        ] {
            assert_eq!(state(&told("cycle.create", json), "/price"), expected, "{json}");
        }
    }

    #[test]
    fn rows_of_an_absent_object_are_told_and_not_required() {
        let absent = told("cycle.create", r#"{"is_outbound": true}"#);
        assert_eq!(state(&absent, "/address"), "re");
        assert_eq!(state(&absent, "/address/city"), "r");
        assert_eq!(state(&told("cycle.create", r#"{"address": {"city": "x"}}"#), "/address/region"), "rq");
        for blank in
            [r#"{"address": {}}"#, r#"{"address": {"city": " ", "region": null}}"#, r#"{"address": [{"city": ""}]}"#]
        {
            assert_eq!(state(&told("cycle.create", blank), "/address/region"), "r", "{blank}");
        }
    }

    #[test]
    fn items_come_by_their_index() {
        let list = told(
            "results.bulk_update",
            r#"{"results": [{}, {"result_status": "failed"}, {"result_status": "not_trained"}]}"#,
        );
        assert_eq!(state(&list, "/results/0/test_mark"), "r");
        assert_eq!(state(&list, "/results/1/test_mark"), "rq");
        assert_eq!(state(&list, "/results/2/test_mark"), "");
        assert_eq!(list.len(), 2 + 3 * 12);
    }

    #[test]
    fn a_records_states_come_in_the_order_of_its_rows() {
        let payload = payload("cycle.create").unwrap();
        let draft = read::json(payload, br#"{"is_paid": true, "address": {"city": "x"}}"#).unwrap();
        let options = Options::default();
        let (mut flags, mut rows): (Vec<State>, Vec<String>) = (Vec::new(), Vec::new());
        record_states(&draft, ROOT, &options, Around { relevant: true, present: true }, &mut flags);
        record_rows(draft.spec(ROOT), options.dialect, &mut |names| rows.push(format!("/{}", names.join("/"))));
        let whole = super::states(&draft, &options);
        let joined: Vec<_> = flags.into_iter().zip(rows).map(|(flags, row)| flags.at(row)).collect();
        assert_eq!(joined, whole);
    }
}
