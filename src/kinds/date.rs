//! Calendar dates as people and programs write them. YYYY-MM-DD is how they are sent; D.M.YYYY, date-times and times after a day are
//! read leniently, and of a time only the day counts. Nothing is guessed: 01/02/2027 is no date.

use chrono::{Datelike, Days, NaiveDate};

/// A text that is read as a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parsed {
    /// A day of the years 1900 to 2100.
    Day(NaiveDate, Written),
    /// How 1C writes that there is no date: the first of January of the year 1.
    Empty,
}

/// How a day was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// YYYY-MM-DD.
    Canonical,
    /// D.M.YYYY, as people write it.
    Plain,
    /// With a time, or with «г.».
    Longer,
    /// With a time other than midnight and an offset from UTC: where the person is, the day may be another one.
    Elsewhere,
}

/// Why a text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not in a form that is read.
    Unreadable,
    /// The calendar has no such day.
    NoSuchDay,
    /// The year is outside 1900–2100.
    Year,
}

impl Fault {
    /// The fault as it stands in an issue.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreadable => "unreadable",
            Self::NoSuchDay => "no_such_day",
            Self::Year => "year",
        }
    }
}

/// Reads a text without white space around it.
pub fn parse(text: &str) -> Result<Parsed, Fault> {
    let (day, written) = iso(text).or_else(|| dotted(text)).ok_or(Fault::Unreadable)?;
    let [year, month, number] = day;
    if day == [1, 1, 1] {
        return Ok(Parsed::Empty);
    }
    let year = i32::try_from(year).unwrap_or_default();
    match NaiveDate::from_ymd_opt(year, month, number) {
        None => Err(Fault::NoSuchDay),
        Some(date) => within(date).map(|date| Parsed::Day(date, written)),
    }
}

/// A day as Excel counts them, where the number may well be one.
pub fn counted(number: f64) -> Option<Result<NaiveDate, Fault>> {
    if !(20_000.0..=80_000.0).contains(&number) || number.fract() != 0.0 {
        return None;
    }
    // Day 60 of Excel's calendar is the 29th of February 1900, which there never was: from then on it counts from here.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number, far from any bound")]
    let days = Days::new(number as u64);
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(days).map(within)
}

/// As `counted`, of five digits.
pub fn counted_text(text: &str) -> Option<Result<NaiveDate, Fault>> {
    super::digits::<5>(text).and_then(|digits| counted(f64::from(digits.iter().fold(0, |sum, digit| sum * 10 + digit))))
}

fn within(date: NaiveDate) -> Result<NaiveDate, Fault> {
    if (1900..=2100).contains(&date.year()) { Ok(date) } else { Err(Fault::Year) }
}

/// Year, month and day in figures.
type Figures = [u32; 3];

/// YYYY-MM-DD, alone or with a time of day and perhaps an offset.
fn iso(text: &str) -> Option<(Figures, Written)> {
    let (day, rest) = text.split_at_checked(10)?;
    let [a, b, c, d, b'-', e, f, b'-', g, h] = day.as_bytes() else { return None };
    let figures = [number(&[*a, *b, *c, *d])?, number(&[*e, *f])?, number(&[*g, *h])?];
    if rest.is_empty() {
        return Some((figures, Written::Canonical));
    }
    let time = rest.strip_prefix(['T', 't', ' '])?;
    let (midnight, rest) = time_of_day(time, 2)?;
    let written = match rest {
        "" => Written::Longer,
        offset if is_offset(offset) => {
            if midnight {
                Written::Longer
            } else {
                Written::Elsewhere
            }
        }
        _ => return None,
    };
    Some((figures, written))
}

/// D.M.YYYY, alone, with «г.» or with a time of day.
fn dotted(text: &str) -> Option<(Figures, Written)> {
    let (day, rest) = text.split_once('.')?;
    let (month, rest) = rest.split_once('.')?;
    let (year, rest) = rest.split_at_checked(4)?;
    let short = |digits: &str| (1..=2).contains(&digits.len()).then(|| number(digits.as_bytes())).flatten();
    let figures = [number(year.as_bytes())?, short(month)?, short(day)?];
    if rest.is_empty() {
        return Some((figures, Written::Plain));
    }
    let after = rest.trim_start();
    let timed = || after.len() < rest.len() && matches!(time_of_day(after, 1), Some((_, "")));
    (matches!(after, "г" | "г.") || timed()).then_some((figures, Written::Longer))
}

fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + u32::from(digit - b'0')))
}

/// Hours, minutes and perhaps seconds at the beginning of the text: whether it is midnight, and what follows.
fn time_of_day(text: &str, least: usize) -> Option<(bool, &str)> {
    let (hour, rest) = text.split_once(':')?;
    let hour = Some(hour).filter(|hour| (least..=2).contains(&hour.len())).and_then(|hour| number(hour.as_bytes()))?;
    let (minute, rest) = pair(rest)?;
    let (mut midnight, mut rest) = (hour == 0 && minute == 0, rest);
    if let Some(after) = rest.strip_prefix(':') {
        let (second, after) = pair(after)?;
        // A leap second is written as 60.
        (midnight, rest) = (midnight && second == 0, (second <= 60).then_some(after)?);
        if let Some(fraction) = rest.strip_prefix('.') {
            let after = fraction.trim_start_matches(|letter: char| letter.is_ascii_digit());
            let digits = fraction.strip_suffix(after).filter(|digits| !digits.is_empty())?;
            (midnight, rest) = (midnight && digits.bytes().all(|digit| digit == b'0'), after);
        }
    }
    (hour <= 23 && minute <= 59).then_some((midnight, rest))
}

/// Two digits at the beginning of the text, and what follows.
fn pair(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    Some((number(digits.as_bytes())?, rest))
}

/// `Z`, or hours and minutes with a sign.
fn is_offset(text: &str) -> bool {
    let signed = |text: &str| {
        let (hours, rest) = pair(text)?;
        let (minutes, rest) = pair(rest.strip_prefix(':')?)?;
        Some(hours <= 23 && minutes <= 59 && rest.is_empty())
    };
    matches!(text, "Z" | "z") || text.strip_prefix(['+', '-']).and_then(signed) == Some(true)
}

#[cfg(test)]
mod tests {
    use super::{Fault, Parsed, Written, counted, counted_text, parse};

    fn read(text: &str) -> Result<(String, Written), Fault> {
        match parse(text)? {
            Parsed::Day(date, written) => Ok((date.to_string(), written)),
            Parsed::Empty => Ok(("empty".to_owned(), Written::Longer)),
        }
    }

    #[track_caller]
    fn day(text: &str, date: &str, written: Written) {
        assert_eq!(read(text), Ok((date.to_owned(), written)), "{text}");
    }

    #[test]
    fn reads_calendar_dates() {
        day("2019-12-01", "2019-12-01", Written::Canonical);
        day("2024-02-29", "2024-02-29", Written::Canonical);
        for text in ["01.12.2019", "1.12.2019"] {
            day(text, "2019-12-01", Written::Plain);
        }
        day("1.2.2027", "2027-02-01", Written::Plain);
        day("01.2.2027", "2027-02-01", Written::Plain);
    }

    #[test]
    fn of_a_time_only_the_day_counts() {
        for text in [
            "2019-12-01T10:00:00",
            "2019-12-01T10:00",
            "2019-12-01 10:00",
            "2019-12-01t23:59:60",
            "2019-12-01T10:00:00.125",
            "2019-12-01T00:00:00Z",
            "2019-12-01T00:00:00.000+03:00",
            "2019-12-01T00:00-05:30",
            "01.12.2019 г.",
            "01.12.2019 г",
            "1.12.2019г.",
            "1.12.2019\u{a0}г.",
            "01.12.2019 9:30",
            "01.12.2019 09:30:15",
            "1.12.2019 0:00:00",
        ] {
            day(text, "2019-12-01", Written::Longer);
        }
    }

    #[test]
    fn an_offset_may_stand_for_another_day() {
        for text in [
            "2019-12-01T23:30:00Z",
            "2019-12-01T00:30:00.125+03:00",
            "2019-12-01 10:00:00-05:30",
            "2019-12-01T00:00:00.001z",
            "2019-12-01T10:00-00:00",
        ] {
            day(text, "2019-12-01", Written::Elsewhere);
        }
    }

    #[test]
    fn the_first_day_of_all_is_no_date() {
        for text in ["0001-01-01", "01.01.0001", "0001-01-01T00:00:00", "01.01.0001 0:00:00", "0001-01-01T00:00:00Z"] {
            assert_eq!(parse(text), Ok(Parsed::Empty), "{text}");
        }
    }

    #[test]
    fn a_day_that_there_is_not_comes_before_a_year_out_of_bounds() {
        for text in [
            "2026-02-30",
            "2023-02-29",
            "31.11.2026",
            "0.1.2026",
            "32.01.2026",
            "1.13.2026",
            "0000-00-00",
            "1800-02-30",
            "2026-02-30T10:00:00Z",
            "30.02.2026 г.",
        ] {
            assert_eq!(read(text), Err(Fault::NoSuchDay), "{text}");
        }
        for text in ["1899-12-31", "2101-01-01", "0001-01-02", "31.12.1899", "1700-01-01T00:00:00Z"] {
            assert_eq!(read(text), Err(Fault::Year), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in [
            "2019-12-1",
            "12/01/2019",
            "01/02/2027",
            "1 декабря 2026",
            "01.12.19",
            "001.12.2019",
            "1.12.20199",
            "1.12.2019 года",
            "1.12.2019 г. 10:00",
            "1.12.201910:00",
            "1.12.2019T10:00",
            "1.12.2019 10:00Z",
            "2019-12-01T",
            "2019-12-01T9:00",
            "2019-12-01  10:00",
            "2019-12-01T25:00:00Z",
            "2019-12-01T10:60",
            "2019-12-01T10:00:61",
            "2019-12-01T10:00:00.Z",
            "2019-12-01T10:00.5",
            "2019-12-01T10:00:00+3:00",
            "2019-12-01T10:00:00+0300",
            "2019-12-01T10:00:00 +03:00",
            "2019-12-01T10:00:00+24:00",
            "2019-12-01Z",
            "20191201",
            "сегодня",
            "2019-12-0١",
            "",
        ] {
            assert_eq!(read(text), Err(Fault::Unreadable), "{text}");
        }
    }

    #[test]
    fn counts_days_as_excel_does() {
        let shown = |number| counted(number).map(|date| date.map(|date| date.to_string()));
        assert_eq!(shown(46_419.0), Some(Ok("2027-02-01".to_owned())));
        assert_eq!(shown(20_000.0), Some(Ok("1954-10-03".to_owned())));
        assert_eq!(shown(80_000.0), Some(Err(Fault::Year)));
        for number in [19_999.0, 80_001.0, 46_419.5, -46_419.0, f64::NAN, f64::INFINITY] {
            assert_eq!(shown(number), None, "{number}");
        }
        assert_eq!(counted_text("46419"), counted(46_419.0));
        for text in ["46419.0", "46 419", "19999", "046419", "4641", "٤٦٤١٩"] {
            assert_eq!(counted_text(text), None, "{text}");
        }
    }
}
