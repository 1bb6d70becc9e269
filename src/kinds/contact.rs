//! Whether a text looks like a web address, a phone number or an e-mail address. These rules only warn, so they are broad:
//! Cyrillic domains and mailboxes are addresses too.

use validator::ValidateNonControlCharacter;

use super::text::{blank, dash, same_letters};

fn plain(text: &str) -> bool {
    text.validate_non_control_character() && !text.contains(char::is_whitespace)
}

/// An absolute http or https URL.
pub fn url(text: &str) -> bool {
    let rest = ["http://", "https://"].iter().find_map(|scheme| {
        let (head, rest) = text.split_at_checked(scheme.len())?;
        head.eq_ignore_ascii_case(scheme).then_some(rest)
    });
    let Some(rest) = rest else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') => {
            if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) {
                return false;
            }
            name
        }
        _ => host,
    };
    let bracketed = name.starts_with('[') && name.ends_with(']') && name.len() > 2;
    plain(text) && !text.contains(['<', '>', '"', '\\', '^', '`', '{', '|', '}']) && (bracketed || labels(name))
}

/// 10–15 digits once `+ ( )`, spaces and dashes of any kind are left out; an extension («доб. 12», ext. 12, #12) may follow.
pub fn phone(text: &str) -> bool {
    let mut digits = 0;
    for letter in without_extension(text).chars() {
        match letter {
            '0'..='9' => digits += 1,
            '+' | '(' | ')' => {}
            other if blank(other) || dash(other) => {}
            _ => return false,
        }
    }
    (10..=15).contains(&digits)
}

/// The words before the digits of an extension.
const EXTENSIONS: [&str; 5] = ["доб.", "доб", "ext.", "ext", "#"];

/// The text up to its extension, where it has one; that may stand in parentheses or after a comma.
fn without_extension(text: &str) -> &str {
    let inside = text.strip_suffix(')').unwrap_or(text);
    let before = inside.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let word = before.trim_end_matches(blank);
    let head = EXTENSIONS.iter().find_map(|extension| {
        let (at, _) = word.char_indices().rev().nth(extension.chars().count() - 1)?;
        let (head, tail) = word.split_at_checked(at)?;
        same_letters(tail, extension).then_some(head)
    });
    match head.filter(|_| before.len() < inside.len()) {
        Some(head) if inside.len() < text.len() => head.trim_end_matches(blank).strip_suffix('(').unwrap_or(text),
        Some(head) => head.trim_end_matches(blank).trim_end_matches(','),
        None => text,
    }
}

/// One mailbox at one domain; both may be Cyrillic.
pub fn email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    plain(text)
        && !local.is_empty()
        && local.chars().count() <= 64
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|letter| letter.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(letter))
        && domain.contains('.')
        && labels(domain)
        && domain
            .rsplit('.')
            .next()
            .is_some_and(|top| top.chars().count() >= 2 && !top.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Labels of letters, digits and inner hyphens, with dots between them.
fn labels(name: &str) -> bool {
    name.chars().count() <= 253
        && name.split('.').all(|label| {
            !label.is_empty()
                && label.chars().count() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
        })
}

#[cfg(test)]
mod tests {
    use super::{email, phone, url};

    #[test]
    fn web_addresses() {
        for text in
            ["http://edu.rosminzdrav.ru", "HTTPS://пример.рф/курс?a=1#b", "https://host:8080/x", "http://[::1]/"]
        {
            assert!(url(text), "{text}");
        }
        for text in [
            "edu.rosminzdrav.ru",
            "ftp://a.b",
            "http://",
            "http:///x",
            "https://a b.ru",
            "http://a..b",
            "http://a:b/",
            "javascript:alert(1)",
        ] {
            assert!(!url(text), "{text}");
        }
    }

    #[test]
    fn phone_numbers() {
        for text in [
            "+7 (495) 123-45-67",
            "+7 (495) 123–45–67",
            "8‑800—200−00‒00",
            "8 800\u{a0}200 00 00",
            "4951234567",
            "84951234567 доб. 12",
            "84951234567 доб.12",
            "84951234567, Доб 12",
            "84951234567#12",
            "+7 495 123 45 67 ext. 5",
            "+7 495 123 45 67 (доб. 5)",
        ] {
            assert!(phone(text), "{text}");
        }
        for text in [
            "asdfasdada",
            "123-45-67",
            "123-45-67 доб. 12345",
            "1234567890123456",
            "84951234567 доб.",
            "84951234567 доб. пять",
            "84951234567 или 84951234568",
            "84951234567 12 доб",
            "доб. 12",
            "84951234567 доб. 12)",
            "",
        ] {
            assert!(!phone(text), "{text}");
        }
    }

    #[test]
    fn mail_addresses() {
        for text in ["a@b.ru", "иван.петров@почта.рф", "first+tag@sub.domain.org", "o'neil@x-y.ua"] {
            assert!(email(text), "{text}");
        }
        for text in ["asadaa", "a@b", "@b.ru", "a@", "a@@b.ru", "a b@c.ru", "a@-b.ru", "a@b..ru", ".a@b.ru", "a@1.2"] {
            assert!(!email(text), "{text}");
        }
    }
}
