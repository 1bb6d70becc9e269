//! Calendar dates: YYYY-MM-DD, and leniently DD.MM.YYYY or an RFC 3339 date-time, of which the date as written is taken.

use chrono::{Datelike, NaiveDate};

/// A date, and whether it was written as YYYY-MM-DD.
pub fn parse(text: &str) -> Option<(NaiveDate, bool)> {
    let bytes = text.as_bytes();
    match bytes {
        [a, b, c, d, b'-', e, f, b'-', g, h] => Some((calendar([a, b, c, d], [e, f], [g, h])?, true)),
        [g, h, b'.', e, f, b'.', a, b, c, d] => Some((calendar([a, b, c, d], [e, f], [g, h])?, false)),
        [a, b, c, d, b'-', e, f, b'-', g, h, b'T' | b't' | b' ', time @ ..] => {
            let date = calendar([a, b, c, d], [e, f], [g, h])?;
            time_of_day(time).then_some((date, false))
        }
        _ => None,
    }
}

fn calendar(year: [&u8; 4], month: [&u8; 2], day: [&u8; 2]) -> Option<NaiveDate> {
    let number = |digits: &[&u8]| {
        digits.iter().try_fold(0_u32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(**digit - b'0')))
    };
    let year = i32::try_from(number(&year)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, number(&month)?, number(&day)?)?;
    (1900..=2100).contains(&date.year()).then_some(date)
}

/// Whether the bytes are the time and offset of an RFC 3339 date-time.
fn time_of_day(bytes: &[u8]) -> bool {
    let Ok(text) = core::str::from_utf8(bytes) else {
        return false;
    };
    let Some((clock, rest)) = text.split_at_checked(8) else {
        return false;
    };
    let rest = match rest.strip_prefix('.') {
        Some(fraction) => {
            let offset = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
            if offset.len() == fraction.len() {
                return false;
            }
            offset
        }
        None => rest,
    };
    let offset = match rest.as_bytes() {
        [b'Z' | b'z'] => true,
        [b'+' | b'-', offset @ ..] => {
            matches!(offset, [a, b, b':', c, d] if [a, b, c, d].iter().all(|digit| digit.is_ascii_digit()) && [*a, *b] <= *b"23" && *c <= b'5')
        }
        _ => false,
    };
    let digits = clock.bytes().enumerate().all(
        |(at, byte)| {
            if at == 2 || at == 5 { byte == b':' } else { byte.is_ascii_digit() }
        },
    );
    let within = |at: usize, last: &str| clock.get(at..at + 2).is_some_and(|part| part <= last);
    // A leap second is written as 60.
    offset && digits && within(0, "23") && within(3, "59") && within(6, "60")
}

#[cfg(test)]
mod tests {
    use super::parse;

    fn read(text: &str) -> Option<(String, bool)> {
        parse(text).map(|(date, exact)| (date.to_string(), exact))
    }

    #[test]
    fn reads_calendar_dates() {
        assert_eq!(read("2019-12-01"), Some(("2019-12-01".to_owned(), true)));
        assert_eq!(read("2024-02-29"), Some(("2024-02-29".to_owned(), true)));
        for text in ["01.12.2019", "2019-12-01T23:30:00Z", "2019-12-01T00:30:00.125+03:00", "2019-12-01 10:00:00-05:30"]
        {
            assert_eq!(read(text), Some(("2019-12-01".to_owned(), false)), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "2026-02-30",
            "2023-02-29",
            "1899-12-31",
            "2101-01-01",
            "2019-12-1",
            "12/01/2019",
            "2019-12-01T",
            "0000-00-00",
            "2019-12-01T25:00:00Z",
            "2019-12-01T10:00Z",
            "2019-12-01T10:00:00",
            "2019-12-01T10:00:00.Z",
            "сегодня",
            "",
            "2019-12-01T10:00:00+3:00",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
