//! The texts of a draft: in the source that it was read from, or in its own store, from which texts that no cell refers to any more
//! are dropped now and then.

use super::cell::Span;
use super::{By, Cell, Draft, Extras, index};

/// The bit of a place in the draft's own store.
const OWN: u32 = 1 << 31;

/// Copies a text into another store.
fn relocate(span: Span, source: &str, mine: &str, own: &mut String) -> Span {
    let (store, start) =
        if span.start & OWN == 0 { (source, span.start as usize) } else { (mine, (span.start & !OWN) as usize) };
    let text = store.get(start..start + span.len as usize).unwrap_or_default();
    let start = index(own.len()) | OWN;
    own.push_str(text);
    Span { start, ..span }
}

impl<'s> Draft<'s> {
    /// The same draft with every text in its own store.
    pub(crate) fn owned(mut self) -> Draft<'static> {
        let mut own = String::new();
        let (source, mine) = (self.source, core::mem::take(&mut self.own));
        self.move_texts(core::iter::empty(), |span| relocate(span, source, &mine, &mut own));
        self.own = own;
        self.unborrowed()
    }

    /// Gives every text a new place, in the draft and in the cells that its history holds.
    fn move_texts<'c>(&mut self, held: impl Iterator<Item = &'c mut Cell>, mut place: impl FnMut(Span) -> Span) {
        let mut move_text = |cell: &mut Cell| {
            if let Cell::Text(span) = cell {
                *span = place(*span);
            }
        };
        self.cells.iter_mut().for_each(&mut move_text);
        self.extras.values_mut().flat_map(Extras::cells_mut).for_each(&mut move_text);
        held.for_each(&mut move_text);
    }

    /// Drops texts that no cell refers to any more, once they may be most of the store.
    pub(crate) fn compact_when_worth_it<'c>(&mut self, held: impl Iterator<Item = &'c mut Cell>) {
        const SMALL: usize = 1 << 20;
        if self.own.len() < SMALL.max(2 * self.compact) {
            return;
        }
        let mut own = String::new();
        let (source, mine) = (self.source, core::mem::take(&mut self.own));
        self.move_texts(held, |span| relocate(span, source, &mine, &mut own));
        self.compact = own.len();
        self.own = own;
    }

    /// Keeps a text that does not stand in the source.
    pub(crate) fn keep(&mut self, text: &str) -> Cell {
        let start = index(self.own.len()) | OWN;
        self.own.push_str(text);
        Cell::Text(Span { start, len: index(text.len()), by: By::Data })
    }

    /// Refers to a text that stands in the source, without copying it.
    pub(crate) fn borrow(&mut self, text: &'s str) -> Cell {
        let start = (text.as_ptr() as usize).wrapping_sub(self.source.as_ptr() as usize);
        if start.checked_add(text.len()).is_some_and(|end| end <= self.source.len() && end < OWN as usize) {
            Cell::Text(Span { start: index(start), len: index(text.len()), by: By::Data })
        } else {
            self.keep(text)
        }
    }

    pub(crate) fn text(&self, span: Span) -> &str {
        let (store, start) = if span.start & OWN == 0 {
            (self.source, span.start as usize)
        } else {
            (self.own.as_str(), (span.start & !OWN) as usize)
        };
        store.get(start..start + span.len as usize).unwrap_or_default()
    }

    /// Where the source stands in memory, and its length.
    pub(crate) fn source_range(&self) -> (usize, usize) {
        (self.source.as_ptr().addr(), self.source.len())
    }
}
