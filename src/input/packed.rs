//! A cursor over packed values: a byte per kind, then the value; keys as the index of their row where the table has them. `wasm` has
//! the whole of the form.

use super::idle::Idle;
use super::json::Passed;
use super::{Part, Parts};
use crate::draft::{By, MAX_DEPTH, NO_SLOT, What};

/// The bytes end early, or have a kind that there is not.
#[derive(Debug)]
pub(crate) struct Broken;

/// The key of an unknown row, and of one whose key is spelt in another way.
const UNKNOWN: u8 = 0xff;
const RENAMED: u8 = 0xfe;

/// A value; of a list or object, how many items or entries follow.
#[derive(Clone, Copy)]
pub(crate) enum Token<'b> {
    Absent,
    Null,
    Bool(bool),
    Number(f64),
    /// A number that a double does not hold, as it is written in JSON.
    Written(&'b str),
    Text(&'b str),
    /// A text and a number with who wrote them.
    TextBy(&'b str, By),
    NumberBy(f64, By),
    List(u32),
    Object(u32),
    Foreign(What, u32),
}

/// A key.
#[derive(Clone, Copy)]
pub(crate) enum Name<'b> {
    Row(u8),
    Text(&'b str),
}

/// The cursor.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'b> {
    rest: &'b [u8],
}

impl<'b> Cursor<'b> {
    pub(crate) const fn new(rest: &'b [u8]) -> Self {
        Self { rest }
    }

    /// How many bytes are left: no more values than these can follow.
    pub(crate) const fn left(&self) -> usize {
        self.rest.len()
    }

    fn take(&mut self, count: usize) -> Result<&'b [u8], Broken> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Broken)?;
        self.rest = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Broken> {
        let (first, rest) = self.rest.split_first().ok_or(Broken)?;
        self.rest = rest;
        Ok(*first)
    }

    fn count(&mut self) -> Result<u32, Broken> {
        let (bytes, rest) = self.rest.split_first_chunk::<4>().ok_or(Broken)?;
        self.rest = rest;
        Ok(u32::from_le_bytes(*bytes))
    }

    fn short_text(&mut self) -> Result<&'b str, Broken> {
        let count = usize::from(self.byte()?);
        core::str::from_utf8(self.take(count)?).map_err(|_| Broken)
    }

    fn text(&mut self) -> Result<&'b str, Broken> {
        let count = self.count()? as usize;
        core::str::from_utf8(self.take(count)?).map_err(|_| Broken)
    }

    /// The next value.
    #[inline]
    pub(crate) fn value(&mut self) -> Result<Token<'b>, Broken> {
        Ok(match self.byte()? {
            0 => Token::Absent,
            1 => Token::Null,
            2 => Token::Bool(false),
            3 => Token::Bool(true),
            4 => {
                let (bytes, rest) = self.rest.split_first_chunk::<8>().ok_or(Broken)?;
                self.rest = rest;
                match f64::from_le_bytes(*bytes) {
                    // Minus zero is read as zero.
                    number if number.is_finite() => Token::Number(number + 0.0),
                    _ => Token::Foreign(What::Scalar, NO_SLOT),
                }
            }
            5 => Token::Text(self.text()?),
            6 => Token::List(self.count()?),
            7 => Token::Object(self.count()?),
            8 => {
                let what = What::of_byte(self.byte()?);
                Token::Foreign(what, self.count()?)
            }
            9 => Token::Number(f64::from(self.byte()?)),
            10 => Token::Text(self.short_text()?),
            11 => Token::Written(self.text()?),
            12 => {
                let by = By::of_byte(self.byte()?);
                Token::TextBy(self.text()?, by)
            }
            13 => {
                let by = By::of_byte(self.byte()?);
                let (bytes, rest) = self.rest.split_first_chunk::<8>().ok_or(Broken)?;
                self.rest = rest;
                Token::NumberBy(f64::from_le_bytes(*bytes), by)
            }
            _ => return Err(Broken),
        })
    }

    /// The next key.
    #[inline]
    pub(crate) fn key(&mut self) -> Result<Name<'b>, Broken> {
        match self.byte()? {
            UNKNOWN => Ok(Name::Text(self.text()?)),
            RENAMED => {
                self.byte()?;
                Ok(Name::Text(self.text()?))
            }
            row => Ok(Name::Row(row)),
        }
    }

    /// Steps over a value whose own bracket is on this level.
    pub(crate) fn skip(&mut self, level: u32) -> Result<Passed, Broken> {
        let value = self.value()?;
        self.skip_rest(value, level)
    }

    /// Steps over what follows of a value.
    #[inline(never)]
    pub(crate) fn skip_rest(&mut self, mut value: Token<'b>, level: u32) -> Result<Passed, Broken> {
        // Whether each list or object that is open now is an object, and how many items or entries are left in it.
        let mut open: Vec<(bool, u32)> = Vec::new();
        let mut idle = Idle::default();
        let (mut deepest, mut deep) = (0, false);
        let items = match value {
            Token::List(items) | Token::Object(items) => items,
            _ => 0,
        };
        loop {
            match value {
                Token::Absent | Token::Null | Token::Bool(false) => {}
                Token::Bool(true) => idle.says(),
                Token::Number(number) | Token::NumberBy(number, _) => idle.double(number),
                Token::Written(number) => idle.number(number),
                Token::Text(text) | Token::TextBy(text, _) => idle.text(text),
                Token::List(count) => open.push((false, count)),
                Token::Object(count) => open.push((true, count)),
                Token::Foreign(what, _) => {
                    deep |= what == What::Deep;
                    if !what.says_nothing() {
                        idle.says();
                    }
                }
            }
            deepest = deepest.max(open.len());
            loop {
                let Some((object, left)) = open.last_mut() else {
                    let levels = u32::try_from(deepest).unwrap_or(u32::MAX);
                    deep |= levels.saturating_add(level - 1) > MAX_DEPTH;
                    return Ok(Passed { deep, idle: !deep && idle.is_idle(), items });
                };
                if *left == 0 {
                    open.pop();
                    continue;
                }
                *left -= 1;
                if *object {
                    self.key()?;
                }
                break;
            }
            value = self.value()?;
        }
    }

    /// The parts of an object.
    pub(super) fn parts(&mut self) -> Result<Parts<'b>, Broken> {
        match self.value()? {
            Token::Absent => Ok(Parts::Nothing),
            Token::Object(count) => {
                let mut entries = Vec::new();
                for _ in 0..count {
                    let key = match self.key()? {
                        Name::Text(key) => key.to_owned(),
                        Name::Row(_) => String::new(),
                    };
                    entries.push((key, self.part()?));
                }
                Ok(Parts::Object(entries))
            }
            _ => Ok(Parts::Other),
        }
    }

    fn part(&mut self) -> Result<Part<'b>, Broken> {
        let part = Part::Packed(*self);
        self.skip(1)?;
        Ok(part)
    }
}
