//! What a draft is made of: cells with what was typed, records and lists with what holds them, and what only few records have.

use super::{ListId, RecordId};
use crate::rows::Rows;
use crate::table::Record;

/// Where a text stands: in the input, or in the draft's own store; and who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(super) start: u32,
    pub(super) len: u32,
    pub(crate) by: By,
    /// Letters that are looked at may stand in it: see `letters::is_odd`.
    pub(crate) odd: bool,
}

/// Who wrote a value. A form's input has text for everything, and a sheet has the words of whoever keeps it, so what a person typed
/// is read as such; where a value goes or how often it is checked does not change who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(crate) enum By {
    /// A program: a payload, a draft as a whole.
    #[default]
    Data,
    /// A person, in a field of a form.
    Typing,
    /// A person, in a cell of a sheet that was pasted.
    Pasting,
    /// A spreadsheet, which counts days where people have dates.
    Counting,
}

/// What a value is that does not fit its row. Lists and objects say nothing where they hold nothing but nulls, blanks, zeros, false,
/// and lists and objects of such values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// What JSON does not have.
    Scalar,
    List,
    Object,
    /// It nests too deep.
    Deep,
    /// A list of more than one, where an object is meant.
    Many,
    /// A list or an object of nothing but values that say nothing.
    Void,
    /// A list of more than one, of nothing but such values.
    VoidMany,
    /// More than is read of one payload.
    Excess,
}

/// One value as it was given.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub(crate) enum Cell {
    #[default]
    Absent,
    Null,
    Bool(bool),
    Number(f64),
    /// A number that a double does not hold as it is written in JSON, where the digits decide.
    Written(Span),
    /// A number that a person gave where the row has a text, or pasted where it has a date.
    Entered(f64, By),
    Text(Span),
    Record(RecordId),
    List(ListId),
    /// A value that does not fit the row; the JavaScript side may keep it under this slot.
    Foreign(What, u32),
}

impl By {
    /// Its byte in the packed form.
    pub(crate) const fn byte(self) -> u8 {
        match self {
            Self::Data => 0,
            Self::Typing => 1,
            Self::Pasting => 2,
            Self::Counting => 3,
        }
    }

    /// What a byte of the packed form means.
    pub(crate) const fn of_byte(byte: u8) -> Self {
        match byte {
            1 => Self::Typing,
            2 => Self::Pasting,
            3 => Self::Counting,
            _ => Self::Data,
        }
    }
}

impl What {
    /// Whether the value says nothing.
    pub(crate) const fn says_nothing(self) -> bool {
        matches!(self, Self::Void | Self::VoidMany)
    }

    /// Its byte in the packed form.
    pub(crate) const fn byte(self) -> u8 {
        match self {
            Self::Scalar => 0,
            Self::List => 1,
            Self::Object => 2,
            Self::Deep => 3,
            Self::Many => 4,
            Self::Void => 5,
            Self::VoidMany => 6,
            Self::Excess => 7,
        }
    }

    /// What a byte of the packed form means.
    pub(crate) const fn of_byte(byte: u8) -> Self {
        match byte {
            1 => Self::List,
            2 => Self::Object,
            3 => Self::Deep,
            4 => Self::Many,
            5 => Self::Void,
            6 => Self::VoidMany,
            7 => Self::Excess,
            _ => Self::Scalar,
        }
    }
}

/// A form of many rows is mostly cells.
const _: () = assert!(size_of::<Cell>() == 16);

impl Cell {
    /// A text as written by somebody; another value stays as it is.
    pub(crate) fn text_by(self, by: By) -> Self {
        match self {
            Self::Text(span) => Self::Text(Span { by, ..span }),
            other => other,
        }
    }
}

/// What holds a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Owner {
    /// The root, or a record that was removed and can come back.
    None,
    /// The object in this row of this record.
    Field(RecordId, u8),
    /// An item of the list, in this block of its order.
    Item(ListId, u32),
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Slot {
    pub(crate) spec: &'static Record,
    pub(crate) base: u32,
    pub(crate) owner: Owner,
}

#[derive(Clone, Debug)]
pub(crate) struct List {
    pub(crate) item: &'static Record,
    pub(crate) owner: RecordId,
    pub(crate) field: u8,
    pub(crate) rows: Rows,
    /// Items that are counted and not kept, behind those that are.
    pub(crate) more: u32,
}

impl List {
    /// How many items it has.
    pub(crate) fn len(&self) -> usize {
        self.rows.len() + self.more as usize
    }
}

/// A key that the table does not have, or another spelling of one that stood there already.
#[derive(Clone, Debug)]
pub(crate) struct Unknown {
    pub(crate) key: Box<str>,
    pub(crate) value: Cell,
    /// The row whose key it is once more; or it stood there more than once itself.
    pub(crate) repeats: Option<Repeats>,
}

impl Unknown {
    /// The row that the key repeats.
    pub(crate) fn of_row(&self) -> Option<u8> {
        match self.repeats {
            Some(Repeats::Field(row)) => Some(row),
            Some(Repeats::Key) | None => None,
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeats {
    Field(u8),
    Key,
}

/// What few records have.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extras {
    pub(crate) unknown: Vec<Unknown>,
    /// Rows whose key was spelt in another way, with that spelling.
    pub(crate) renamed: Vec<(u8, Box<str>)>,
    /// The item or root is not an object at all.
    pub(crate) odd: Option<Cell>,
    /// The item was given as a list of one: of this object, or of the odd value; of nothing where that is absent.
    pub(crate) unwrapped: bool,
}

impl Extras {
    /// The cells that are kept here.
    pub(crate) fn cells_mut(&mut self) -> impl Iterator<Item = &mut Cell> {
        self.unknown.iter_mut().map(|unknown| &mut unknown.value).chain(self.odd.as_mut())
    }

    /// What is odd gives way to an object.
    pub(crate) fn make_object(&mut self) {
        self.unwrapped &= self.odd.is_none();
        self.odd = None;
    }

    /// Whether a key stands there that is no row of the table, or spells one in another way.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.unknown.iter().any(|unknown| &*unknown.key == key) || self.renamed.iter().any(|(_, other)| &**other == key)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.unknown.is_empty() && self.renamed.is_empty() && self.odd.is_none() && !self.unwrapped
    }
}

/// The items of a list.
pub(crate) enum Items<'d> {
    None,
    One(RecordId),
    Many(&'d List),
}

impl Items<'_> {
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::None => 0,
            Self::One(_) => 1,
            Self::Many(list) => list.len(),
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = RecordId> {
        let (one, many) = match self {
            Self::None => (None, None),
            Self::One(id) => (Some(*id), None),
            Self::Many(list) => (None, Some(&list.rows)),
        };
        one.into_iter().chain(many.into_iter().flat_map(Rows::iter))
    }
}
