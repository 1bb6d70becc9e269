//! Doubles from decimal digits and back, exactly: a text gives the nearest double, a double the shortest digits that give it back.
//! Short decimals take one multiplication or division; all others are worked out with whole numbers of any length, because the
//! tables of powers that make those fast would be a tenth of what a browser downloads.

use core::cmp::Ordering;

/// From so many significant digits on, a further one only tells whether anything follows.
const DIGITS: usize = 800;
/// Powers of ten up to this one are doubles.
const EXACT_POWER: u32 = 22;
/// Whole numbers up to 2^53 are doubles.
const EXACT_WHOLE: u64 = 1 << 53;
/// A decimal of so many digits is the only one of its length near its double.
const SURE: f64 = 1e15;

/// The double nearest to a decimal number with an optional minus, fraction and exponent; infinite beyond the largest.
#[inline(never)]
pub(crate) fn parse(text: &str) -> Option<f64> {
    let (negative, unsigned) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, self::exponent(exponent)?),
        None => (unsigned, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = || whole.bytes().chain(fraction.bytes());
    if digits().next().is_none() || digits().any(|digit| !digit.is_ascii_digit()) {
        return None;
    }
    let significant = digits().skip_while(|digit| *digit == b'0').count();
    let length = i64::try_from(significant).unwrap_or(i64::MAX);
    let last = exponent.saturating_sub(i64::try_from(fraction.len()).unwrap_or(i64::MAX));
    let number = match length.saturating_add(last) {
        _ if significant == 0 => 0.0,
        310.. => f64::INFINITY,
        ..-330 => 0.0,
        _ => nearest(digits().skip_while(|digit| *digit == b'0'), significant, last),
    };
    Some(if negative { -number } else { number })
}

fn exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || digits.bytes().any(|digit| !digit.is_ascii_digit()) {
        return None;
    }
    let size =
        digits.bytes().fold(0_i64, |size, digit| size.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    // Far beyond what any text could make up for with its digits.
    let size = size.min(i64::MAX / 4);
    Some(if text.starts_with('-') { -size } else { size })
}

/// The double nearest to the digits, of which the last stands for ones times 10^`last`.
fn nearest(digits: impl Iterator<Item = u8>, count: usize, last: i64) -> f64 {
    let mut digits = digits.map(|digit| u32::from(digit - b'0'));
    let power = u32::try_from(last.unsigned_abs()).unwrap_or(u32::MAX);
    if count <= 19 {
        let whole = digits.fold(0_u64, |whole, digit| whole * 10 + u64::from(digit));
        if whole <= EXACT_WHOLE && power <= EXACT_POWER {
            let (whole, power) = (double(whole), ten_to(power));
            return if last < 0 { whole / power } else { whole * power };
        }
        return quotient(Whole::from(whole), power, last < 0);
    }
    let mut whole = Whole::from(0);
    for digit in digits.by_ref().take(DIGITS) {
        whole.times_plus(10, digit);
    }
    let left_out = count.saturating_sub(DIGITS);
    if left_out == 0 {
        return quotient(whole, power, last < 0);
    }
    whole.times_plus(10, u32::from(digits.any(|digit| digit != 0)));
    let last = last.saturating_add(i64::try_from(left_out).unwrap_or(i64::MAX) - 1);
    quotient(whole, u32::try_from(last.unsigned_abs()).unwrap_or(u32::MAX), last < 0)
}

/// A whole number of at most 2^53 as a double.
#[expect(clippy::cast_precision_loss, reason = "the callers have compared it with 2^53")]
fn double(whole: u64) -> f64 {
    whole as f64
}

fn ten_to(power: u32) -> f64 {
    (0..power).fold(1.0, |ten, _| ten * 10.0)
}

/// The double nearest to `over` times or (`below`) divided by 10^`power`.
#[cold]
#[inline(never)]
fn quotient(mut over: Whole, power: u32, below: bool) -> f64 {
    let mut under = Whole::from(1);
    if below { &mut under } else { &mut over }.times_ten_to(power);
    // Both are brought to one size, so that the quotient is from 1 to 2.
    let mut exponent = over.bits() - under.bits();
    let shift = exponent.unsigned_abs();
    if exponent < 0 { &mut over } else { &mut under }.shift(shift);
    if over.cmp(&under) == Ordering::Less {
        over.shift(1);
        exponent -= 1;
    }
    if exponent > 1023 {
        return f64::INFINITY;
    }
    // The smallest doubles have fewer bits.
    let bits = (exponent + 1075).min(53);
    let mut whole = 0_u64;
    for _ in 0..bits {
        whole <<= 1;
        if over.cmp(&under) != Ordering::Less {
            over.less(&under);
            whole |= 1;
        }
        over.shift(1);
    }
    let half = if bits < 0 { Ordering::Less } else { over.cmp(&under) };
    whole += u64::from(half == Ordering::Greater || (half == Ordering::Equal && whole & 1 == 1));
    // Rounding up may reach the next power of two, which then is the next exponent.
    let biased = u64::try_from(exponent + 1022).unwrap_or(0);
    f64::from_bits((biased << 52) + whole)
}

/// The shortest digits that give back a positive double, without zeros at the end, and how many stand before the point.
pub(crate) fn shortest(number: f64) -> (String, i32) {
    let mut power = 1.0;
    for places in 0..=EXACT_POWER.cast_signed() {
        let moved = (number * power).round();
        if moved >= SURE {
            break;
        }
        if moved / power == number {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number below 10^15")]
            let digits = (moved as u64).to_string();
            let point = i32::try_from(digits.len()).unwrap_or(0) - places;
            return (digits.trim_end_matches('0').to_owned(), point);
        }
        power *= 10.0;
    }
    dragon(number)
}

/// The same for every positive double, with whole numbers: Steele and White's «dragon», as Burger and Dybvig give it.
#[cold]
#[inline(never)]
fn dragon(number: f64) -> (String, i32) {
    let bits = number.to_bits();
    let fraction = bits & ((1 << 52) - 1);
    let biased = i32::try_from(bits >> 52 & 0x7ff).unwrap_or(0);
    let (mantissa, exponent) = if biased == 0 { (fraction, -1074) } else { (fraction | 1 << 52, biased - 1075) };
    let even = mantissa & 1 == 0;
    // The double below a power of two is nearer than the one above.
    let narrow = u32::from(fraction == 0 && biased > 1);
    let (up, down) = (exponent.max(0).unsigned_abs(), (-exponent).max(0).unsigned_abs());
    let shifted = |whole: u64, by: u32| {
        let mut whole = Whole::from(whole);
        whole.shift(by);
        whole
    };
    // The number is rest/unit; whatever is less than above/unit over it or below/unit under it is read as the same double.
    let (mut rest, mut unit) = (shifted(mantissa, up + 1 + narrow), shifted(1, down + 1 + narrow));
    let (mut above, mut below) = (shifted(1, up + narrow), shifted(1, up));
    let length = 64 - i32::try_from(mantissa.leading_zeros()).unwrap_or(0);
    // Right, or one too few.
    #[expect(clippy::cast_possible_truncation, reason = "between -324 and 309")]
    let mut point = (f64::from(exponent + length - 1) * core::f64::consts::LOG10_2 - 1e-10).ceil() as i32;
    let power = point.unsigned_abs();
    if point >= 0 {
        unit.times_ten_to(power);
    } else {
        for whole in [&mut rest, &mut above, &mut below] {
            whole.times_ten_to(power);
        }
    }
    let reaches = |rest: &Whole, above: &Whole, unit: &Whole| match rest.plus(above).cmp(unit) {
        Ordering::Less => false,
        Ordering::Equal => even,
        Ordering::Greater => true,
    };
    if reaches(&rest, &above, &unit) {
        point += 1;
    } else {
        for whole in [&mut rest, &mut above, &mut below] {
            whole.times_plus(10, 0);
        }
    }
    let mut digits = String::new();
    loop {
        let mut digit = b'0';
        while rest.cmp(&unit) != Ordering::Less {
            rest.less(&unit);
            digit += 1;
        }
        let low = match rest.cmp(&below) {
            Ordering::Less => true,
            Ordering::Equal => even,
            Ordering::Greater => false,
        };
        let high = reaches(&rest, &above, &unit);
        if low || high {
            let nearer_above = rest.plus(&rest).cmp(&unit) != Ordering::Less;
            digits.push(char::from(digit + u8::from(high && (!low || nearer_above))));
            return (digits, point);
        }
        digits.push(char::from(digit));
        for whole in [&mut rest, &mut above, &mut below] {
            whole.times_plus(10, 0);
        }
    }
}

/// A whole number of any length, the lowest 32 bits first, without zeros at the end.
struct Whole(Vec<u32>);

impl From<u64> for Whole {
    fn from(number: u64) -> Self {
        let mut whole = Self(vec![low(number), low(number >> 32)]);
        whole.tidy();
        whole
    }
}

/// The low half.
#[expect(clippy::cast_possible_truncation, reason = "the other half is left out on purpose")]
const fn low(number: u64) -> u32 {
    number as u32
}

impl Whole {
    fn tidy(&mut self) {
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn bits(&self) -> i32 {
        let top = self.0.last().map_or(0, |part| 32 - part.leading_zeros());
        i32::try_from(self.0.len().saturating_sub(1) * 32).unwrap_or(i32::MAX) + top.cast_signed()
    }

    #[inline(never)]
    fn times_plus(&mut self, factor: u32, mut carry: u32) {
        for part in &mut self.0 {
            let product = u64::from(*part) * u64::from(factor) + u64::from(carry);
            *part = low(product);
            carry = low(product >> 32);
        }
        if carry > 0 {
            self.0.push(carry);
        }
    }

    #[inline(never)]
    fn times_ten_to(&mut self, power: u32) {
        for _ in 0..power / 9 {
            self.times_plus(1_000_000_000, 0);
        }
        self.times_plus(10_u32.pow(power % 9), 0);
    }

    /// Times 2^`by`.
    #[inline(never)]
    fn shift(&mut self, by: u32) {
        if self.0.is_empty() {
            return;
        }
        self.times_plus(1 << (by % 32), 0);
        self.0.splice(0..0, core::iter::repeat_n(0, (by / 32) as usize));
    }

    #[inline(never)]
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    #[inline(never)]
    fn plus(&self, other: &Self) -> Self {
        let (long, short) = if self.0.len() < other.0.len() { (other, self) } else { (self, other) };
        let mut carry = 0;
        let mut short = short.0.iter();
        let mut sum = Self(long.0.clone());
        for part in &mut sum.0 {
            carry += u64::from(*part) + u64::from(short.next().copied().unwrap_or(0));
            *part = low(carry);
            carry >>= 32;
        }
        if carry > 0 {
            sum.0.push(low(carry));
        }
        sum
    }

    /// Minus another one that is not larger.
    #[inline(never)]
    fn less(&mut self, other: &Self) {
        let mut borrow = false;
        let mut parts = other.0.iter();
        for part in &mut self.0 {
            let (rest, first) = part.overflowing_sub(parts.next().copied().unwrap_or(0));
            let (rest, second) = rest.overflowing_sub(u32::from(borrow));
            *part = rest;
            borrow = first || second;
        }
        self.tidy();
    }
}

#[cfg(test)]
mod tests {
    use super::{dragon, parse, shortest};
    use proptest::prelude::*;

    /// The nearest double as the standard library has it, by its bits.
    fn bits(text: &str) -> Option<u64> {
        text.parse::<f64>().ok().map(f64::to_bits)
    }

    #[test]
    fn the_hard_ones() {
        let long = format!("0.{}1", "0".repeat(900));
        let half = "2.4703282292062327208299661159e-324";
        for text in [
            "0",
            "-0",
            "1",
            "9007199254740993",
            "9007199254740991.5",
            "1e22",
            "1e23",
            "8.5e22",
            "123456789012345678901",
            "1.7976931348623157e308",
            "1.7976931348623158e308",
            "1.7976931348623159e308",
            "1e309",
            "1e999999999999999999999",
            "2.2250738585072014e-308",
            "2.2250738585072011e-308",
            "4.9e-324",
            "5e-324",
            "2.4703282292062328e-324",
            half,
            "2.4703282292062327e-324",
            "1e-400",
            "-1e-99999999999999999999",
            "0.1",
            "0.30000000000000004",
            "0e5",
            "1E+2",
            "100000000000000016777215",
            "100000000000000016777216",
            "0.500000000000000166533453693773481063544750213623046875",
            "3.518437208883201171875e13",
            "62.5364939768271845828",
            "8.10109172351e-10",
            "1.50000000000000011102230246251565",
            &long,
            "1.00000000000000011102230246251565404236316680908203125",
            "1.00000000000000011102230246251565404236316680908203124",
            "1.00000000000000033306690738754696212708950042724609375",
        ] {
            assert_eq!(parse(text).map(f64::to_bits), bits(text), "{text}");
        }
        for digits in [765, 799, 800, 801, 802, 900] {
            let tie = format!("1.00000000000000011102230246251565404236316680908203125{}1", "0".repeat(digits));
            assert_eq!(parse(&tie).map(f64::to_bits), bits(&tie), "{digits}");
        }
        for text in ["", "-", ".", "1e", "1e+", "e5", "1.2.3", "0x1", "Infinity", "NaN", "1_0", " 1"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn powers_of_two_have_uneven_neighbours() {
        let small = (0..52).map(|bit| f64::from_bits(1 << bit));
        for number in small.chain((1..2047).map(|exponent| f64::from_bits(exponent << 52))) {
            let (digits, point) = dragon(number);
            assert_eq!(format!("{digits}e{}", point - 1), written(number));
        }
    }

    /// The shortest digits as the standard library has them.
    fn written(number: f64) -> String {
        format!("{number:e}").replace('.', "")
    }

    proptest! {
        #[test]
        fn reads_as_the_standard_library(text in "-?[0-9]{1,25}(\\.[0-9]{1,30})?(e-?[0-9]{1,3})?") {
            prop_assert_eq!(parse(&text).map(f64::to_bits), bits(&text));
        }

        #[test]
        fn reads_what_is_written(number in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL) {
            for text in [format!("{number}"), format!("{number:e}"), format!("{number:.17e}"), format!("{number:.900}")] {
                prop_assert_eq!(parse(&text).map(f64::to_bits), bits(&text));
            }
        }

        #[test]
        fn writes_as_the_standard_library(number in proptest::num::f64::POSITIVE | proptest::num::f64::SUBNORMAL) {
            let number = number.abs();
            prop_assume!(number > 0.0 && number.is_finite());
            for (digits, point) in [shortest(number), dragon(number)] {
                prop_assert_eq!(format!("{digits}e{}", point - 1), written(number));
            }
        }
    }
}
