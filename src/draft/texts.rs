//! The texts of a draft: in the source that it was read from, or in its own store, from which texts that no cell refers to any more
//! are dropped now and then.

use super::cell::Span;
use super::{By, Cell, Draft, Extras, NO_SLOT, What, index};
use crate::kinds::letters;

/// The bit of a place in the draft's own store.
const OWN: u32 = 1 << 31;
/// Places in a store are below this.
pub(super) const MAX_STORE: usize = OWN as usize - 1;

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
            if let Cell::Text(span) | Cell::Written(span) = cell {
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
    #[inline]
    pub(crate) fn keep(&mut self, text: &str) -> Cell {
        let odd = letters::is_odd(text);
        self.kept(text, odd).map_or(Cell::Foreign(What::Scalar, NO_SLOT), Cell::Text)
    }

    /// Keeps a text that is written into the store.
    pub(crate) fn keep_with(&mut self, write: impl FnOnce(&mut String)) -> Cell {
        let mut text = String::new();
        write(&mut text);
        self.keep(&text)
    }

    /// Keeps a number as it is written.
    pub(crate) fn keep_written(&mut self, number: &str) -> Cell {
        self.kept(number, false).map_or(Cell::Foreign(What::Scalar, NO_SLOT), Cell::Written)
    }

    /// Nothing where there is no room for it: then it is a value that cannot be read, and not another one.
    #[inline]
    fn kept(&mut self, text: &str, odd: bool) -> Option<Span> {
        let start = self.own.len();
        if start + text.len() > MAX_STORE {
            return None;
        }
        self.own.push_str(text);
        Some(Span { start: index(start) | OWN, len: index(text.len()), by: By::Data, odd })
    }

    /// Refers to a text that stands in the source, without copying it.
    #[inline]
    pub(crate) fn borrow(&self, start: usize, len: usize, odd: bool) -> Cell {
        Cell::Text(Span { start: index(start), len: index(len), by: By::Data, odd })
    }

    /// Refers to a number that stands in the source, as it is written.
    pub(crate) fn borrow_written(&self, start: usize, len: usize) -> Cell {
        Cell::Written(Span { start: index(start), len: index(len), by: By::Data, odd: false })
    }

    pub(crate) fn text(&self, span: Span) -> &str {
        let (store, start) = if span.start & OWN == 0 {
            (self.source, span.start as usize)
        } else {
            (self.own.as_str(), (span.start & !OWN) as usize)
        };
        store.get(start..start + span.len as usize).unwrap_or_default()
    }
}
