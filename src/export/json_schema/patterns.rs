//! Regular expressions (ECMA-262, without look-behind) that match exactly the texts that reading accepts. They are written for
//! validators in other languages, so white space is listed letter by letter: engines do not agree on `\s`.

/// What trimming takes away: white space, the zero-width space, the byte order mark.
macro_rules! blank {
    () => {
        r"\t-\r \u0085\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff"
    };
}
/// White space alone.
macro_rules! space {
    () => {
        r"[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
    };
}
/// Month and day of a year that is no leap year, with a separator.
macro_rules! days {
    () => {
        "(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|1[0-9]|2[0-8])"
    };
}
/// The leap years from 1900 to 2100.
macro_rules! leap_years {
    () => {
        "(?:19(?:0[48]|[2468][048]|[13579][26])|20(?:[02468][048]|[13579][26]))"
    };
}
macro_rules! iso_date {
    () => {
        concat!("(?:(?:19[0-9]{2}|20[0-9]{2}|2100)-(?:", days!(), ")|", leap_years!(), "-02-29)")
    };
}

/// Some letter that is not white space.
pub(super) const FILLED: &str = concat!("[^", blank!(), "]");
/// What may stand around a text that is read leniently.
pub(super) const AROUND: &str = concat!("[", blank!(), "]*");
/// A calendar date of the years 1900 to 2100.
pub(super) const DATE: &str = iso_date!();
/// Hours, minutes and perhaps seconds.
macro_rules! clock {
    ($hours:literal) => {
        concat!("(?:", $hours, r"|2[0-3]):[0-5][0-9](?::(?:[0-5][0-9]|60)(?:\.[0-9]+)?)?")
    };
}
/// What may follow YYYY-MM-DD.
macro_rules! iso_time {
    () => {
        concat!("(?:[Tt ]", clock!("[01][0-9]"), "(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])?)?")
    };
}
/// What may follow D.M.YYYY.
macro_rules! dotted_time {
    () => {
        concat!("(?:", space!(), r"*г\.?|", space!(), "+", clock!("[01]?[0-9]"), ")?")
    };
}
/// The same, also as D.M.YYYY, and with a time of day.
pub(super) const LENIENT_DATE: &str = concat!(
    iso_date!(),
    iso_time!(),
    r"|(?:(?:(?:0?[1-9]|[12][0-9]|3[01])\.(?:0?[13578]|1[02])|(?:0?[1-9]|[12][0-9]|30)\.(?:0?[469]|11)|(?:0?[1-9]|1[0-9]|2[0-8])\.0?2)",
    r"\.(?:19[0-9]{2}|20[0-9]{2}|2100)|29\.0?2\.",
    leap_years!(),
    ")",
    dotted_time!(),
);
/// The day with which 1C says that there is none.
pub(super) const NO_DATE: &str = concat!("0001-01-01", iso_time!(), r"|0?1\.0?1\.0001", dotted_time!());
/// Digits, or groups of three apart by one kind of space or apostrophe.
macro_rules! digits {
    () => {
        r"[-\u2212]?(?:[0-9]+|[0-9]{1,3}([ \u00a0\u2009\u202f'])[0-9]{3}(?:\1[0-9]{3})*)"
    };
}
macro_rules! unit {
    () => {
        concat!("(?:[", blank!(), r"]*(?:₽|руб\.?|грн|%))?")
    };
}
/// A number as people write it.
pub(super) const NUMBER: &str = concat!(digits!(), "(?:[.,][0-9]+)?", unit!());
/// The same without a fraction other than zero.
pub(super) const INTEGER: &str = concat!(digits!(), "(?:[.,]0+)?", unit!());
/// The shortest decimal of an amount of money.
pub(super) const PRICE: &str = r"(?:0|[1-9][0-9]*)(?:\.[0-9]?[1-9])?";
/// `true` or `false` in any letter case.
pub(super) const FLAGS: [&str; 2] = ["[fF][aA][lL][sS][eE]", "[tT][rR][uU][eE]"];
/// The UUIDs of the eHealth schemas, as they are sent and as they are read.
pub(super) const UUID: [&str; 2] = [
    "[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}",
    "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-5][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}",
];
/// Six digits.
pub(super) const MFO: &str = "[0-9]{6}";
/// Digits, or a Ukrainian IBAN, as it is sent and as it is read.
pub(super) const PAYER_ACCOUNT: [&str; 2] = [
    "[0-9]+|UA[0-9]{8}[0-9A-Z]{19}",
    concat!("[0-9]+|[uU][", blank!(), "]*[aA](?:[", blank!(), "]*[0-9]){8}(?:[", blank!(), "]*[0-9A-Za-z]){19}"),
];
/// A name of the eHealth schemas.
pub(super) const EHEALTH_NAME: &str =
    concat!("(?![ЫЪЭЁыъэё^])[0-9A-Za-zА-яҐЇІЄґїіє№\"!*)\\]\\[(._-]", r"[^ЫЪЭЁыъэё@%&$\^#\n\r\u2028\u2029]*");
/// A dash of any kind, and the spaces around it.
macro_rules! hyphen {
    () => {
        concat!("[", blank!(), r"]*[-\u2010-\u2015\u2043\u2212\ufe58\ufe63\uff0d][", blank!(), "]*")
    };
}
/// A letter or digit of a contract number, in the wrong case and on the wrong keyboard too.
macro_rules! sign {
    () => {
        "[0-9AEHKMPTXaehkmptxАЕНКМРТХаенкмртх]"
    };
}
/// A contract number, as it is sent and as it is read.
pub(super) const CONTRACT_NUMBER: [&str; 2] = [
    "[0-9]{4}(?:-[0-9AEHKMPTX]{4}){2}|[0-9AEHKMPTX]{4}(?:-[0-9AEHKMPTX]{4}){2}-[0-9AEHKMPTX]{1,4}",
    concat!(
        concat!("[0-9]{4}(?:", hyphen!(), sign!(), "{4}){2}"),
        concat!("|", sign!(), "{4}(?:", hyphen!(), sign!(), "{4}){2}", hyphen!(), sign!(), "{1,4}")
    ),
];

/// The whole text is the pattern.
#[inline(never)]
pub(super) fn whole(pattern: &str) -> String {
    format!("^(?:{pattern})$")
}

/// The whole text is the pattern, or nothing.
#[inline(never)]
pub(super) fn whole_or_empty(pattern: &str) -> String {
    format!("^(?:{pattern})?$")
}

/// The text is the pattern once it is trimmed; blank as well when it may be.
#[inline(never)]
pub(super) fn trimmed(pattern: &str, may_be_blank: bool) -> String {
    let optional = if may_be_blank { "?" } else { "" };
    format!("^{AROUND}(?:(?:{pattern}){AROUND}){optional}$")
}

/// The text in any letter case, with nothing in it that a regular expression would read as more than a letter.
#[inline(never)]
pub(super) fn any_case(text: &str) -> String {
    let mut pattern = String::new();
    for letter in text.chars() {
        let (lower, upper) = cases(letter);
        if lower != upper {
            pattern.extend(['[', lower, upper, ']']);
        } else {
            if r"^$\.*+?()[]{}|/".contains(letter) {
                pattern.push('\\');
            }
            pattern.push(letter);
        }
    }
    pattern
}

/// The small and the capital form of an ASCII or Cyrillic letter; spellings have no others.
fn cases(letter: char) -> (char, char) {
    let shifted = |by: i32| {
        let code = i32::try_from(u32::from(letter)).unwrap_or_default() + by;
        u32::try_from(code).ok().and_then(char::from_u32).unwrap_or(letter)
    };
    match letter {
        'А'..='Я' => (shifted(0x20), letter),
        'а'..='я' => (letter, shifted(-0x20)),
        'Ѐ'..='Џ' => (shifted(0x50), letter),
        'ѐ'..='џ' => (letter, shifted(-0x50)),
        other => (other.to_ascii_lowercase(), other.to_ascii_uppercase()),
    }
}
