//! Places of the form: the field that an upstream's path names, however it writes it, and the field that its words are about.

use std::borrow::Cow;

use crate::issue::Step;
use crate::kinds::text::lower;
use crate::options::{Dialect, Options};
use crate::payloads::ehealth::envelope;
use crate::reading::kind_of;
use crate::table::{Kind, Payload, Record, Words};

/// A place in the form.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    pub(super) path: Vec<Step>,
    /// Rows and indexes on the way, by which issues are put in order.
    pub(super) rank: Vec<u32>,
    /// How many steps lead into what is signed, and which payload that is.
    pub(super) inner: u8,
    pub(super) payload: Option<&'static Payload>,
}

/// The place that an upstream's path names, as far as the form has it; in an envelope also in what is signed.
pub(super) fn place(payload: &'static Payload, options: &Options, path: &str) -> Place {
    let mut place = Place::default();
    walk(payload.root, options.dialect, path, &mut place);
    if place.path.is_empty() && *payload == envelope::ENVELOPE {
        let contents = envelope::contents_payload(options);
        let above = vec![Step::Key("signed_content".into())];
        let mut inner = Place { path: above, rank: vec![0], inner: 1, payload: Some(contents) };
        walk(contents.root, options.dialect, path, &mut inner);
        if inner.path.len() > 1 {
            return inner;
        }
    }
    place
}

/// Follows `$.a.[0].b`, `a[0].b`, `$['a'][0]`, `#/a/0/b` and `/a/0/b` alike, in any letter case, with or without underscores. Steps
/// before the first that the table knows are passed over; the first that it does not know ends the way.
fn walk(root: &'static Record, dialect: Dialect, path: &str, place: &mut Place) {
    let (mut record, mut list, mut begun) = (root, false, false);
    for part in path.split(['.', '/', '[', ']']).map(|part| part.trim_matches(['$', '#', '"', '\'', ' '])) {
        if part.is_empty() {
            continue;
        }
        if let Ok(index) = part.parse::<u32>() {
            if list {
                place.path.push(Step::Index(index));
                place.rank.push(index);
                list = false;
            }
            continue;
        }
        let found = record.fields.iter().position(|field| same_key(field.name, part));
        let Some((at, field)) = found.and_then(|at| Some((at, record.fields.get(at)?))) else {
            if begun {
                return;
            }
            continue;
        };
        if list {
            // Which row is meant is not said.
            return;
        }
        begun = true;
        place.path.push(Step::Key(Cow::Borrowed(field.name)));
        place.rank.push(u32::try_from(at).unwrap_or(u32::MAX));
        match kind_of(field, dialect) {
            Kind::Object(inner) => record = inner,
            Kind::List(inner) => (record, list) = (inner, true),
            _ => return,
        }
    }
}

/// Whether two spellings are of one key: `programNumber` and `program_number`.
fn same_key(one: &str, other: &str) -> bool {
    fn letters(key: &str) -> impl Iterator<Item = u8> {
        key.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase())
    }
    !one.is_empty() && letters(one).eq(letters(other))
}

/// Words that stand for a field in other forms than its label; they may go on.
static STEMS: [(&str, &str); 6] = [
    ("специальност", "specialities"),
    ("спеціальн", "specialities"),
    ("specialit", "specialities"),
    ("платная основа фомс", "is_paid_foms"),
    ("договорная основа за счет средств фомс", "is_paid_foms"),
    ("договорная основа (за счет средств фомс", "is_paid_foms"),
];

/// What is read of a description.
const READ: usize = 2_000;

/// The field whose key or label a text contains, the longest first; a field of a list's items stands for its list, unless the text
/// names the row.
pub(super) fn mentioned(payload: &'static Payload, options: &Options, text: &str) -> Vec<Step> {
    let text: String = text.chars().take(READ).collect();
    let folded = fold(&text);
    let mut best: (usize, Vec<Step>) = (0, Vec::new());
    let mut consider = |name: &str, path: &[Step]| {
        let name = fold(name);
        let length = name.chars().count();
        if length > best.0 && stands_in(&folded, &name) {
            best = (length, path.to_vec());
        }
    };
    for (stem, field) in STEMS {
        if payload.root.find(field).is_some() {
            consider(stem, &[Step::Key(Cow::Borrowed(field))]);
        }
    }
    each_field(payload.root, options.dialect, "", &mut Vec::new(), false, &mut |name, label, path| {
        consider(name, path);
        for label in label {
            // A unit after a comma and a remark in brackets are parts of the label, not of the name.
            consider(label, path);
            consider(label.split([',', '(']).next().unwrap_or(label), path);
            if let Some((before, after)) = label.split_once('(').and_then(|(before, rest)| {
                let (other, after) = rest.split_once(')')?;
                Some(([before, other], after)).filter(|_| !after.trim().is_empty())
            }) {
                // Another word for the one before: «Платная (договорная) основа».
                for word in before {
                    consider(&format!("{word}{after}"), path);
                }
            }
        }
    });
    let named = text.split(|letter: char| letter.is_whitespace() || "\"'«»“”`,;:!?()".contains(letter));
    let deepest = named
        .filter(|word| word.contains(['.', '[', '/']))
        .map(|word| place(payload, options, word).path)
        .max_by_key(Vec::len)
        .unwrap_or_default();
    // A path that goes on from the place of the longest name says which row it is.
    if deepest.len() > best.1.len() && deepest.starts_with(&best.1) { deepest } else { best.1 }
}

/// Visits every row with its name as the documents write it (`address.region`), its label and its place.
fn each_field(
    record: &'static Record,
    dialect: Dialect,
    above: &str,
    path: &mut Vec<Step>,
    in_list: bool,
    visit: &mut dyn FnMut(&str, &'static Words, &[Step]),
) {
    for field in record.fields {
        if !in_list {
            path.push(Step::Key(Cow::Borrowed(field.name)));
        }
        visit(field.name, &field.label, path);
        let name = if above.is_empty() { field.name.to_owned() } else { format!("{above}.{}", field.name) };
        if !above.is_empty() {
            visit(&name, &field.label, path);
        }
        match kind_of(field, dialect) {
            Kind::Object(inner) => each_field(inner, dialect, &name, path, in_list, visit),
            Kind::List(inner) => each_field(inner, dialect, &name, path, true, visit),
            _ => {}
        }
        if !in_list {
            path.pop();
        }
    }
}

/// The text as it is compared: small letters, е for ё, keys without their underscores, one space between words.
fn fold(text: &str) -> String {
    let letters: String = lower(text)
        .chars()
        .filter(|letter| !matches!(letter, '_' | '\u{301}' | '\u{306}' | '\u{308}'))
        .map(|letter| match letter {
            'ё' => 'е',
            'й' => 'и',
            'ї' => 'і',
            '’' | 'ʼ' | '`' => '\'',
            letter => letter,
        })
        .collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether the name stands in the text as words of its own; a stem may go on.
fn stands_in(text: &str, name: &str) -> bool {
    let stem = STEMS.iter().any(|(stem, _)| *stem == name);
    let part = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
    !name.is_empty()
        && text.match_indices(name).any(|(at, _)| {
            let (before, rest) = text.split_at_checked(at).unwrap_or_default();
            let after = rest.strip_prefix(name).unwrap_or_default();
            !part(before.chars().next_back()) && (stem || !part(after.chars().next()))
        })
}
