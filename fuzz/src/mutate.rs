//! Mutations of an input as it stands: lines, JSON values and single bytes of it are changed, moved, repeated, left out, or taken from
//! another input.

use crate::agreement::choices::Choices;

/// Pieces that decide something somewhere.
const PIECES: [&str; 34] = [
    "null",
    "true",
    "{}",
    "[]",
    "\"\"",
    "\" \"",
    "0",
    "-0.0",
    "1e400",
    "9007199254740993",
    "12.50",
    "\"12,500\"",
    "\"\\ud800\"",
    "\"\u{fffd}\"",
    "\"и\u{306}\"",
    "\"\u{feff}x\"",
    "\"0001-01-01\"",
    "\"2026-02-30T25:00Z\"",
    "[[{}]]",
    "[null]",
    "[[],[]]",
    "\"__proto__\":1,",
    "\"да\"",
    "\"true\"",
    "\\u0000",
    "\\ud800",
    "\u{0}",
    "/0",
    "/-",
    "~1",
    "-1",
    "1",
    ",",
    "\n",
];

/// An input of the pool, changed in a few places.
pub fn mutate(pool: &[Vec<u8>], choices: &mut Choices<'_>) -> Vec<u8> {
    let mut input = pool[choices.under(pool.len())].clone();
    for _ in 0..1 + choices.under(4) {
        let other = &pool[choices.under(pool.len())];
        match choices.under(10) {
            0 | 1 => lines(&mut input, other, choices),
            2..=5 => values(&mut input, other, choices),
            6 => {
                let piece = choices.of(&PIECES).as_bytes();
                let at = choices.under(input.len() + 1);
                input.splice(at..at, piece.iter().copied());
            }
            7 => {
                let (from, to) = range(&input, choices);
                input.drain(from..to);
            }
            8 => {
                let (from, to) = range(&input, choices);
                let copy = input[from..to].to_vec();
                let at = choices.under(input.len() + 1);
                input.splice(at..at, copy);
            }
            _ => {
                let at = choices.under(input.len());
                if let Some(byte) = input.get_mut(at) {
                    *byte = if choices.chance(50) { *byte ^ (1 << choices.under(8)) } else { choices.byte() };
                }
            }
        }
    }
    input.truncate(200_000);
    input
}

/// A short stretch.
fn range(input: &[u8], choices: &mut Choices<'_>) -> (usize, usize) {
    let from = choices.under(input.len() + 1);
    let most = if choices.chance(80) { 12 } else { 400 };
    (from, (from + choices.under(most)).min(input.len()))
}

/// Leaves out a line, repeats it, moves it, or takes one from another input; never the first, which says what is tested.
fn lines(input: &mut Vec<u8>, other: &[u8], choices: &mut Choices<'_>) {
    let mut lines: Vec<Vec<u8>> = input.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect();
    let others: Vec<&[u8]> = other.split(|byte| *byte == b'\n').collect();
    let at = 1 + choices.under(lines.len().saturating_sub(1));
    match choices.under(4) {
        0 if at < lines.len() => drop(lines.remove(at)),
        1 if at < lines.len() => lines.insert(at, lines[at].clone()),
        2 if at < lines.len() => {
            let to = 1 + choices.under(lines.len() - 1);
            lines.swap(at, to);
        }
        _ => lines.insert(at.min(lines.len()), others[choices.under(others.len())].to_vec()),
    }
    *input = lines.join(&b'\n');
}

/// Puts a value in the place of another: a piece, or one of another input.
fn values(input: &mut Vec<u8>, other: &[u8], choices: &mut Choices<'_>) {
    let (from, to) = value(input, choices);
    let new = if choices.chance(60) {
        let (from, to) = value(other, choices);
        other[from..to].to_vec()
    } else {
        choices.of(&PIECES).as_bytes().to_vec()
    };
    input.splice(from..to, new);
}

/// Where a value or a key stands: from somewhere on the next text, number, word, list or object.
fn value(input: &[u8], choices: &mut Choices<'_>) -> (usize, usize) {
    let start = choices.under(input.len() + 1);
    let begins = |byte: &u8| matches!(byte, b'"' | b'[' | b'{' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n');
    let Some(from) = input[start..].iter().position(begins).map(|at| start + at) else { return (start, start) };
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for (at, byte) in input.iter().enumerate().skip(from) {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => {
                quoted = !quoted;
                if !quoted && depth == 0 {
                    return (from, at + 1);
                }
            }
            _ if quoted => {}
            b'[' | b'{' => depth += 1,
            b']' | b'}' if depth > 1 => depth -= 1,
            b']' | b'}' if depth == 1 => return (from, at + 1),
            b',' | b':' | b']' | b'}' | b'\n' if depth == 0 => return (from, at),
            _ => {}
        }
    }
    (from, input.len())
}
