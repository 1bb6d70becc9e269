//! Values that say nothing: null, blank text, zero and false as they may be written, 1C's empty date, and lists and objects of nothing
//! else. They are left out of what is sent without a word, and a list or an object of them counts as not filled.

use crate::draft::{Cell, Draft, RecordId};
use crate::kinds::{decimal, text, written};
use crate::options::Dialect;
use crate::reading::{Reading, read};
use crate::table::Field;

/// Whether the value says nothing, as the value of the row where it is one.
pub(crate) fn says_nothing(draft: &Draft<'_>, field: Option<&Field>, cell: Cell) -> bool {
    match cell {
        Cell::Absent | Cell::Null => true,
        Cell::Bool(flag) => !flag,
        Cell::Number(number) | Cell::Entered(number, _) => number == 0.0,
        Cell::Written(span) => written::is_zero(draft.text(span)),
        Cell::Record(record) => object_says_nothing(draft, record),
        Cell::List(_) => draft.items(cell).iter().all(|item| object_says_nothing(draft, item)),
        Cell::Foreign(what, _) => what.says_nothing(),
        // 1C's empty date is nothing in a date, «нет» is false where it was pasted.
        Cell::Text(span) => {
            is_naught(draft.text(span))
                || field.is_some_and(|field| {
                    let value = read(draft, field, cell, Dialect::default()).value;
                    matches!(value, Reading::Absent | Reading::Bool(false)) || value == Reading::Number(0.0)
                })
        }
    }
}

/// Whether an object, or an odd value in its place, says nothing.
pub(crate) fn object_says_nothing(draft: &Draft<'_>, record: RecordId) -> bool {
    let (spec, cells) = draft.object_cells(record);
    let extras = draft.extras(record);
    if let Some(odd) = extras.and_then(|extras| extras.odd) {
        return says_nothing(draft, None, odd);
    }
    // A key that stands twice has the value that counts in its row.
    let unknown = extras.into_iter().flat_map(|extras| &extras.unknown).filter(|unknown| unknown.of_row().is_none());
    unknown.map(|unknown| unknown.value).all(|value| says_nothing(draft, None, value))
        && spec.fields.iter().zip(cells).all(|(field, cell)| says_nothing(draft, Some(field), *cell))
}

/// Whether a text is blank, `false`, or zero in any writing that is read as a number.
pub(crate) fn is_naught(given: &str) -> bool {
    let given = text::trim(given);
    given.is_empty()
        || given.eq_ignore_ascii_case("false")
        || (!given.bytes().any(|byte| matches!(byte, b'1'..=b'9')) && decimal::parse(given).is_some())
}

#[cfg(test)]
mod tests {
    use super::is_naught;

    #[test]
    fn zero_and_false_say_nothing_in_any_writing() {
        for text in
            ["", " \u{a0}", "0", " 0 ", "-0", "0,00", "0.000", "000", "0 000", "0 ₽", "0,0 руб.", "FALSE", "false"]
        {
            assert!(is_naught(text), "{text:?}");
        }
        for text in ["1", "0,01", "true", "нет", "0x0", "0e0", "-", ",0", "0 00", "."] {
            assert!(!is_naught(text), "{text:?}");
        }
    }
}
