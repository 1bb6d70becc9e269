//! Numbers as people write them: "12 000,50 ₽". Reading follows a narrow grammar, so that nothing is guessed; writing gives the
//! shortest decimal that reads back as the same number.

/// A number read from text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parsed {
    /// The nearest double; infinite where the digits are beyond all of them.
    pub value: f64,
    /// Exactly three digits follow the comma or dot: "12,500" may mean twelve and a half or twelve thousand five hundred.
    pub ambiguous: bool,
    /// The digits have a fraction other than zero, even where the nearest number has none.
    pub fraction: bool,
    /// Digits, perhaps with a minus and one comma or dot: no groups and no unit.
    pub plain: bool,
}

const UNITS: [&str; 5] = ["₽", "руб.", "руб", "грн", "%"];

/// Reads an optional minus, digits (or groups of three apart by one kind of space or apostrophe), an optional fraction after a
/// comma or dot, and an optional unit. Anything else is `None`.
pub fn parse(text: &str) -> Option<Parsed> {
    // The hyphen of the keyboard, or the sign that text processors make of it.
    let unsigned = text.strip_prefix(['-', '\u{2212}']).unwrap_or(text);
    let number = UNITS
        .iter()
        .find_map(|unit| unsigned.strip_suffix(unit))
        .map_or(unsigned, |rest| rest.trim_end_matches(super::text::blank));
    let (whole, fraction) = match number.split_once([',', '.']) {
        Some((whole, fraction)) if digits(fraction) => (whole, Some(fraction)),
        Some(_) => return None,
        None => (number, None),
    };
    let mut plain = String::with_capacity(text.len());
    if text.len() > unsigned.len() {
        plain.push('-');
    }
    group(whole, &mut plain)?;
    if let Some(fraction) = fraction {
        plain.push('.');
        plain.push_str(fraction);
    }
    let value: f64 = plain.parse().ok()?;
    Some(Parsed {
        value: value + 0.0,
        ambiguous: fraction.is_some_and(|fraction| fraction.len() == 3),
        fraction: fraction.is_some_and(|fraction| fraction.bytes().any(|digit| digit != b'0')),
        plain: plain.len() == text.len(),
    })
}

/// Whether the text is an amount as the Portal's documents write one: digits, then perhaps a dot and one or two more.
pub fn is_price(text: &str) -> bool {
    let (whole, fraction) = match text.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let fine = |fraction: &str| digits(fraction) && fraction.len() <= 2;
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(fine)
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Appends the digits of `whole`, which may be in groups of three.
fn group(whole: &str, plain: &mut String) -> Option<()> {
    let separator = whole.chars().find(|letter| !letter.is_ascii_digit());
    let Some(separator) = separator else {
        plain.push_str(whole);
        return digits(whole).then_some(());
    };
    if !matches!(separator, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '\'') {
        return None;
    }
    for (at, part) in whole.split(separator).enumerate() {
        let right_length = if at == 0 { (1..=3).contains(&part.len()) } else { part.len() == 3 };
        if !right_length || !digits(part) {
            return None;
        }
        plain.push_str(part);
    }
    Some(())
}

/// The shortest decimal text that reads back as the number, without an exponent.
#[inline(never)]
pub fn shortest(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "a whole number below 10^15")]
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{}", number as i64);
    }
    let sign = if number < 0.0 { "-" } else { "" };
    let written = format!("{:e}", number.abs());
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let digits = mantissa.replace('.', "");
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    let zeros = |count: usize| "0".repeat(count);
    let size = point.unsigned_abs() as usize;
    if point <= 0 {
        return [sign, "0.", &zeros(size), &digits].concat();
    }
    match digits.split_at_checked(size) {
        Some((whole, "")) => [sign, whole].concat(),
        Some((whole, fraction)) => [sign, whole, ".", fraction].concat(),
        None => [sign, &digits, &zeros(size - digits.len())].concat(),
    }
}

/// How many decimal places the shortest decimal has.
pub fn places(number: f64) -> usize {
    if number.fract() == 0.0 {
        return 0;
    }
    shortest(number).split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

#[cfg(test)]
mod tests {
    use super::{is_price, parse, places, shortest};

    fn value(text: &str) -> Option<f64> {
        parse(text).map(|parsed| parsed.value)
    }

    #[test]
    fn reads_what_people_write() {
        for (text, number) in [
            ("12", 12.0),
            ("-5", -5.0),
            ("\u{2212}5,5", -5.5),
            ("12 000,50", 12000.5),
            ("12\u{a0}000", 12000.0),
            ("1\u{2009}234\u{2009}567.5", 1_234_567.5),
            ("1\u{202f}000", 1000.0),
            ("12'000", 12000.0),
            ("15000 ₽", 15000.0),
            ("15000руб.", 15000.0),
            ("15000 руб", 15000.0),
            ("700 грн", 700.0),
            ("24%", 24.0),
            ("-0", 0.0),
        ] {
            assert_eq!(value(text), Some(number), "{text}");
        }
        assert!(value("-0").is_some_and(f64::is_sign_positive));
    }

    #[test]
    fn reads_nothing_else() {
        for text in [
            "",
            "-",
            "1e3",
            "0x10",
            "+5",
            ".5",
            "5.",
            "1.234,56",
            "12,500.00",
            "Infinity",
            "NaN",
            "1 2 3",
            "12 00",
            "1234 567",
            "1 000'000",
            " 5",
            "5 шт",
            "--5",
            "–5",
            "1\u{2007}000",
            "٣",
            "12 000 руб. руб.",
        ] {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn three_digits_after_the_comma_are_ambiguous() {
        assert!(parse("12,500").is_some_and(|parsed| parsed.ambiguous && parsed.value == 12.5));
        assert!(parse("12,50").is_some_and(|parsed| !parsed.ambiguous));
    }

    #[test]
    fn plain_is_what_has_neither_groups_nor_a_unit() {
        for text in ["90", "-90", "12000.50", "12000,5", "0012", "12,500"] {
            assert!(parse(text).is_some_and(|parsed| parsed.plain), "{text}");
        }
        for text in ["\u{2212}90", "12 000", "12\u{a0}000", "12'000", "90%", "90 руб.", "90₽"] {
            assert!(parse(text).is_some_and(|parsed| !parsed.plain), "{text}");
        }
    }

    #[test]
    fn digits_beyond_every_double_are_a_number_still() {
        assert_eq!(value(&"9".repeat(310)), Some(f64::INFINITY));
        assert_eq!(value(&format!("-{}", "9".repeat(310))), Some(f64::NEG_INFINITY));
        assert!(parse(&format!("{},5", "9".repeat(310))).is_some_and(|parsed| parsed.fraction));
    }

    #[test]
    fn prices_have_up_to_two_places_after_a_dot() {
        for text in ["0", "12000", "12000.5", "12000.50", "0.05", "12000.00"] {
            assert!(is_price(text), "{text}");
        }
        for text in ["", "-1", "012", "12000,5", "12000.505", "12000.", ".5", "12 000", "1.5.5", "12000 "] {
            assert!(!is_price(text), "{text}");
        }
    }

    #[test]
    fn counts_decimal_places_on_the_shortest_decimal() {
        for (number, count) in [(1.13, 2), (4.35, 2), (19.99, 2), (12.5, 1), (12.0, 0), (0.1 + 0.2, 17), (1e300, 0)] {
            assert_eq!(places(number), count, "{number}");
        }
    }

    #[test]
    fn writes_the_shortest_decimal() {
        assert_eq!(shortest(12000.0), "12000");
        assert_eq!(shortest(-0.0), "0");
        assert_eq!(shortest(0.1), "0.1");
        assert_eq!(shortest(-12000.5), "-12000.5");
        assert_eq!(shortest(1e300).len(), 301);
        assert_eq!(shortest(1.5e-7), "0.00000015");
        assert_eq!(shortest(5e-324).len(), 326);
    }

    proptest::proptest! {
        #[test]
        fn writes_any_number_as_rust_does(number in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL) {
            proptest::prop_assert_eq!(shortest(number), format!("{number}"));
        }

        #[test]
        fn writes_prices_as_rust_does(cents in -1_000_000_000_i64..1_000_000_000) {
            let price = cents as f64 / 100.0;
            proptest::prop_assert_eq!(shortest(price), format!("{price}"));
        }
    }
}
