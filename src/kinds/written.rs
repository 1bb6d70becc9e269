//! Numbers as JSON writes them: which of them a double holds as they stand, whether they are whole, and the digits that are meant
//! where a text is wanted. The digits decide, however many there are.

use std::borrow::Cow;

use super::decimal;

/// The largest whole number up to which a double holds every one.
pub(crate) const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

/// A decimal number: its digits without zeros at either end, and how many places stand before the point.
#[derive(PartialEq)]
struct Decimal {
    negative: bool,
    digits: String,
    point: i64,
}

impl Decimal {
    fn of(written: &str) -> Self {
        let unsigned = written.strip_prefix('-').unwrap_or(written);
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = [whole, fraction].concat();
        let significant = all.trim_start_matches('0');
        let size = |text: &str| i64::try_from(text.len()).unwrap_or(i64::MAX);
        // More than fits is beyond everything, one way or the other.
        let beyond = if exponent.starts_with('-') { i64::MIN / 2 } else { i64::MAX / 2 };
        let exponent = exponent.parse::<i64>().unwrap_or(beyond).clamp(i64::MIN / 2, i64::MAX / 2);
        let digits = significant.trim_end_matches('0').to_owned();
        if digits.is_empty() {
            return Self { negative: false, digits, point: 0 };
        }
        let point = exponent.saturating_add(size(whole)).saturating_sub(size(&all) - size(significant));
        Self { negative: unsigned.len() < written.len(), digits, point }
    }

    fn is_whole(&self) -> bool {
        i64::try_from(self.digits.len()).is_ok_and(|places| places <= self.point)
    }
}

/// The double that is nearest to a number.
pub(crate) fn nearest(written: &str) -> f64 {
    // Minus zero is read as zero.
    written.parse::<f64>().unwrap_or(f64::NAN) + 0.0
}

/// Whether the shortest decimal of the double is the number that is written.
fn says(double: f64, written: &str) -> bool {
    double.is_finite() && Decimal::of(&decimal::shortest(double)) == Decimal::of(written)
}

/// The double of a number that says all that is written.
pub(crate) fn held(written: &str) -> Option<f64> {
    Some(nearest(written)).filter(|double| double.abs() <= MAX_SAFE && says(*double, written))
}

/// Whether a number is zero.
pub(crate) fn is_zero(written: &str) -> bool {
    written.bytes().take_while(|byte| !matches!(byte, b'e' | b'E')).all(|byte| !matches!(byte, b'1'..=b'9'))
}

/// Whether a number is whole.
pub(crate) fn is_whole(written: &str) -> bool {
    Decimal::of(written).is_whole()
}

/// A number as a text: its digits where it is written with nothing else, or the shortest decimal where that is the number. Nothing
/// where the text would be another number than what is written.
pub(crate) fn digits(written: &str) -> Option<Cow<'_, str>> {
    if !written.contains(['.', 'e', 'E']) {
        return Some(Cow::Borrowed(if written == "-0" { "0" } else { written }));
    }
    let double = nearest(written);
    says(double, written).then(|| Cow::Owned(decimal::shortest(double)))
}

#[cfg(test)]
mod tests {
    use super::{digits, held, is_whole};

    #[test]
    fn the_digits_decide_whether_a_number_is_whole() {
        for text in [
            "12",
            "12.0",
            "-3",
            "1e2",
            "1.50e1",
            "0.000",
            "120e-1",
            "1E+2",
            "1e400",
            "0e-400",
            "1e99999999999999999999",
        ] {
            assert!(is_whole(text), "{text}");
        }
        for text in [
            "12.5",
            "4503599627370497.00000001",
            "15e-1",
            "1e-400",
            "0.99999999999999999999",
            "1e-99999999999999999999",
        ] {
            assert!(!is_whole(text), "{text}");
        }
    }

    #[test]
    fn a_double_holds_what_its_shortest_decimal_says() {
        for text in
            ["0", "-0", "0.0", "12.50", "1e2", "9007199254740991", "9007199254740991.0", "-9007199254740991", "0.1e1"]
        {
            assert!(held(text).is_some(), "{text}");
        }
        for text in [
            "9007199254740992",
            "9007199254740990.6",
            "0.10000000000000001",
            "1e400",
            "1e-400",
            "1e20",
            "99999999999999.99",
        ] {
            assert!(held(text).is_none(), "{text}");
        }
        assert!(held("-0").is_some_and(f64::is_sign_positive));
    }

    #[test]
    fn digits_are_those_that_are_written_or_none() {
        for (text, expected) in [
            ("20270100000000001", Some("20270100000000001")),
            ("-20270100000000001", Some("-20270100000000001")),
            ("-0", Some("0")),
            ("1e20", Some("100000000000000000000")),
            ("1.50", Some("1.5")),
            ("498891.45442284644", Some("498891.45442284644")),
            ("1e400", None),
            ("1e-400", None),
            ("20270100000000001.0", None),
            ("99999999999999.99", None),
        ] {
            assert_eq!(digits(text).as_deref(), expected, "{text}");
        }
    }
}
