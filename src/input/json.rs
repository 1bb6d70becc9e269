//! A cursor over JSON text (RFC 8259), which stands where the text stops being JSON when it does. Texts without escapes and numbers
//! are given as they stand in it; what nobody wants is passed over, however deep it nests.

use super::idle::Idle;
use super::{Part, Parts};
use crate::draft::MAX_DEPTH;
use crate::kinds::letters;

/// The text is no JSON from the cursor's place on.
#[derive(Debug)]
pub(crate) struct Stop;

/// Where a JSON text stops being JSON; lines and columns count from 1, columns in letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Position {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

/// The text of the bytes without a byte order mark; where they stop being UTF-8, what stands before.
pub(crate) fn text(bytes: &[u8]) -> Result<&str, &str> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    core::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        core::str::from_utf8(before).unwrap_or_default()
    })
}

/// Whether a text is JSON, and nothing else.
pub(crate) fn is_json(text: &str) -> bool {
    let mut json = Json::new(text);
    json.skip(1).and_then(|_| json.end()).is_ok()
}

/// The line and column of a byte of the text.
pub(crate) fn position(text: &str, at: usize) -> Position {
    let before = text.get(..at).unwrap_or(text);
    let row = before.rsplit('\n').next().unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let number = |size: usize| u32::try_from(size).unwrap_or(u32::MAX);
    Position { line: number(line), column: number(row.chars().count() + 1) }
}

/// A text as it stands between its quotes.
#[derive(Clone, Copy)]
pub(crate) struct Quoted<'s> {
    pub(crate) raw: &'s str,
    /// Where it stands in the text.
    pub(crate) at: usize,
    pub(crate) escaped: bool,
    /// It may hold letters that are looked at: see `letters::is_odd`.
    pub(crate) odd: bool,
}

/// A number as it is written.
#[derive(Clone, Copy)]
pub(crate) struct Written<'s> {
    pub(crate) raw: &'s str,
    /// Where it stands in the text.
    pub(crate) at: usize,
    /// Its double where that is exactly what is written, as it is of numbers with at most fifteen digits and no exponent.
    pub(crate) exact: Option<f64>,
}

/// What a value is that was passed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Passed {
    /// It nests too deep.
    pub(crate) deep: bool,
    /// It says nothing: see `Idle`.
    pub(crate) idle: bool,
    /// How many items it has, or entries.
    pub(crate) items: u32,
}

/// The cursor.
#[derive(Clone, Copy)]
pub(crate) struct Json<'s> {
    pub(crate) text: &'s str,
    pub(crate) at: usize,
}

const TENS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

impl<'s> Json<'s> {
    pub(crate) const fn new(text: &'s str) -> Self {
        Self { text, at: 0 }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The next byte that is no white space.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other,
            }
        }
    }

    /// Steps over this byte, which has to come next.
    #[inline]
    pub(crate) fn step(&mut self, wanted: u8) -> Result<(), Stop> {
        if self.next() == Some(wanted) {
            self.at += 1;
            return Ok(());
        }
        Err(Stop)
    }

    /// Nothing follows any more.
    pub(crate) fn end(&mut self) -> Result<(), Stop> {
        if self.next().is_none() { Ok(()) } else { Err(Stop) }
    }

    /// Steps over `true`, `false` or `null`.
    pub(crate) fn word(&mut self, word: &str) -> Result<(), Stop> {
        for byte in word.bytes() {
            if self.byte() != Some(byte) {
                return Err(Stop);
            }
            self.at += 1;
        }
        Ok(())
    }

    /// Steps over an opening bracket; tells whether the closing one follows at once, and steps over that, too.
    #[inline]
    pub(crate) fn open(&mut self, close: u8) -> bool {
        self.at += 1;
        let empty = self.next() == Some(close);
        self.at += usize::from(empty);
        empty
    }

    /// Steps over what follows a value in a list or object; tells whether it goes on.
    #[inline]
    pub(crate) fn more(&mut self, close: u8) -> Result<bool, Stop> {
        let more = match self.next() {
            Some(b',') => true,
            Some(byte) if byte == close => false,
            _ => return Err(Stop),
        };
        self.at += 1;
        Ok(more)
    }

    /// Steps over a key and the colon after it.
    pub(crate) fn key(&mut self) -> Result<Quoted<'s>, Stop> {
        if self.next() != Some(b'"') {
            return Err(Stop);
        }
        let key = self.quoted()?;
        self.step(b':')?;
        Ok(key)
    }

    /// Steps over the key with this name, and the colon, where they come next.
    #[inline]
    pub(crate) fn key_is(&mut self, name: &str) -> bool {
        if self.next() != Some(b'"') {
            return false;
        }
        let rest = self.text.as_bytes().get(self.at + 1..).unwrap_or_default();
        let Some((key, rest)) = rest.split_at_checked(name.len()) else { return false };
        if rest.first() != Some(&b'"') || !letters::same_bytes(key, name.as_bytes()) {
            return false;
        }
        let before = self.at;
        self.at += name.len() + 2;
        if self.step(b':').is_err() {
            self.at = before;
            return false;
        }
        true
    }

    /// Steps over a text, at whose opening quote the cursor stands.
    #[inline]
    pub(crate) fn quoted(&mut self) -> Result<Quoted<'s>, Stop> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let (mut from, mut escaped, mut odd) = (start, false, false);
        loop {
            let at = letters::next_special(bytes, from);
            self.at = at;
            match bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    from = self.escape()?;
                }
                Some(byte) if *byte >= 0x80 => {
                    odd = true;
                    from = at + 1;
                }
                // A control character, or the end.
                _ => return Err(Stop),
            }
        }
        let raw = self.text.get(start..self.at).unwrap_or_default();
        self.at += 1;
        Ok(Quoted { raw, at: start, escaped, odd })
    }

    /// Where the text goes on after an escape, which is right.
    #[cold]
    fn escape(&mut self) -> Result<usize, Stop> {
        let bytes = self.text.as_bytes();
        match bytes.get(self.at + 1) {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => return Ok(self.at + 2),
            Some(b'u') => {}
            other => {
                self.at += usize::from(other.is_some());
                return Err(Stop);
            }
        }
        let unit = |at: usize| bytes.get(at..).and_then(hexadecimal);
        match unit(self.at + 2) {
            Some(0xd800..=0xdbff) => {
                let low = bytes.get(self.at + 6..self.at + 8).filter(|escape| *escape == b"\\u");
                match low.and_then(|_| unit(self.at + 8)) {
                    Some(0xdc00..=0xdfff) => Ok(self.at + 12),
                    _ => Err(Stop),
                }
            }
            Some(0xdc00..=0xdfff) => Err(Stop),
            Some(_) => Ok(self.at + 6),
            None => {
                let digits = bytes.get(self.at + 2..).unwrap_or_default();
                self.at += 2 + digits.iter().take_while(|digit| digit.is_ascii_hexdigit()).count().min(3);
                Err(Stop)
            }
        }
    }

    /// Steps over a number.
    #[inline]
    pub(crate) fn number(&mut self) -> Result<Written<'s>, Stop> {
        let start = self.at;
        let negative = self.byte() == Some(b'-');
        self.at += usize::from(negative);
        let mut mantissa = 0_u64;
        let first = self.at;
        let whole = self.digits(&mut mantissa);
        // A zero stands alone.
        if whole > 1 && self.text.as_bytes().get(first) == Some(&b'0') {
            self.at = first + 1;
            return Err(Stop);
        }
        if whole == 0 {
            return Err(Stop);
        }
        let mut fraction = 0;
        if self.byte() == Some(b'.') {
            self.at += 1;
            fraction = self.digits(&mut mantissa);
            if fraction == 0 {
                return Err(Stop);
            }
        }
        let exponent = matches!(self.byte(), Some(b'e' | b'E'));
        if exponent {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), Some(b'+' | b'-')));
            if self.digits(&mut 0) == 0 {
                return Err(Stop);
            }
        }
        let raw = self.text.get(start..self.at).unwrap_or_default();
        let exact = if exponent || whole + fraction > 15 {
            None
        } else {
            // Both are exact as doubles, and so few digits have a shortest decimal that is what is written.
            #[expect(clippy::cast_precision_loss, reason = "below 10^15")]
            let value = mantissa as f64 / TENS.get(fraction).copied().unwrap_or(1.0);
            // Minus zero is read as zero.
            Some(if negative { 0.0 - value } else { value })
        };
        Ok(Written { raw, at: start, exact })
    }

    /// Steps over digits; gives how many they are.
    #[inline]
    fn digits(&mut self, value: &mut u64) -> usize {
        let start = self.at;
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            *value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        self.at - start
    }

    /// Steps over a value whose own bracket is on this level.
    #[inline(never)]
    pub(crate) fn skip(&mut self, level: u32) -> Result<Passed, Stop> {
        // Whether each bracket that is open now is an object's.
        let mut open: Vec<bool> = Vec::new();
        let mut idle = Idle::default();
        let (mut deepest, mut items) = (0, 0_u32);
        'value: loop {
            match self.next() {
                Some(bracket @ (b'{' | b'[')) => {
                    let object = bracket == b'{';
                    deepest = deepest.max(open.len() + 1);
                    if !self.open(if object { b'}' } else { b']' }) {
                        items += u32::from(open.is_empty());
                        open.push(object);
                        if object {
                            self.key()?;
                        }
                        continue 'value;
                    }
                }
                Some(b'"') => {
                    let quoted = self.quoted()?;
                    idle.quoted(quoted);
                }
                Some(b't') => {
                    self.word("true")?;
                    idle.says();
                }
                Some(b'f') => self.word("false")?,
                Some(b'n') => self.word("null")?,
                Some(b'-' | b'0'..=b'9') => {
                    let number = self.number()?;
                    idle.number(number.raw);
                }
                _ => return Err(Stop),
            }
            loop {
                let Some(object) = open.last().copied() else {
                    let levels = u32::try_from(deepest).unwrap_or(u32::MAX);
                    let deep = levels.saturating_add(level - 1) > MAX_DEPTH;
                    return Ok(Passed { deep, idle: !deep && idle.is_idle(), items });
                };
                if self.more(if object { b'}' } else { b']' })? {
                    items = items.saturating_add(u32::from(open.len() == 1));
                    if object {
                        self.key()?;
                    }
                    continue 'value;
                }
                open.pop();
            }
        }
    }

    /// The parts of an object.
    pub(super) fn parts(&mut self) -> Result<Parts<'s>, Stop> {
        match self.next() {
            Some(b'{') => {
                let mut entries = Vec::new();
                let mut more = !self.open(b'}');
                while more {
                    let key = self.key()?.decoded();
                    entries.push((key, self.part()?));
                    more = self.more(b'}')?;
                }
                Ok(Parts::Object(entries))
            }
            _ => Ok(Parts::Other),
        }
    }

    fn part(&mut self) -> Result<Part<'s>, Stop> {
        let part = Part::Json(*self);
        self.skip(1)?;
        Ok(part)
    }
}

/// The number of four hexadecimal digits.
fn hexadecimal(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.first_chunk::<4>()?;
    digits.iter().try_fold(0, |unit, digit| {
        let digit = char::from(*digit).to_digit(16)?;
        Some(unit << 4 | u16::try_from(digit).ok()?)
    })
}

impl Quoted<'_> {
    /// The text that is meant.
    pub(crate) fn decoded(&self) -> String {
        let mut out = String::new();
        self.decode(&mut out);
        out
    }

    /// Appends the text that is meant; its escapes are right.
    pub(crate) fn decode(&self, out: &mut String) {
        let mut rest = self.raw;
        while let Some((before, after)) = rest.split_once('\\') {
            out.push_str(before);
            let Some(letter) = after.bytes().next() else { break };
            let mut length = 1;
            let unit = |at: usize| after.as_bytes().get(at..).and_then(hexadecimal);
            out.push(match letter {
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'n' => '\n',
                b'r' => '\r',
                b't' => '\t',
                b'u' => {
                    let units = [unit(1).unwrap_or_default(), unit(7).unwrap_or_default()];
                    let letter = char::decode_utf16(units).next().and_then(Result::ok).unwrap_or_default();
                    length = if letter.len_utf16() == 2 { 11 } else { 5 };
                    letter
                }
                plain => char::from(plain),
            });
            rest = after.get(length..).unwrap_or_default();
        }
        out.push_str(rest);
    }
}
