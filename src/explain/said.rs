//! What an answer says, whatever its shape: words about the whole, and entries about places in what was sent. It reads the keys
//! under which servers put their words, and nothing else; the keys under which they repeat a rejected value are read only so that
//! the value can be taken out of the words.

use crate::kinds::decimal;
use crate::tree::{Object, Tree, is_word};

/// Words about the whole, and entries about places.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub(super) general: Vec<String>,
    /// The server's own name of the kind of refusal, such as `request_malformed`.
    pub(super) kind: String,
    pub(super) entries: Vec<Entry>,
}

/// What is said about one place.
#[derive(Debug, Default)]
pub(super) struct Entry {
    /// As the server writes it; "" where it names none.
    pub(super) place: String,
    pub(super) words: String,
    /// The short names of what is wrong, where there are no words.
    names: String,
}

/// Keys of sentences.
static SENTENCES: [&str; 11] = [
    "description",
    "message",
    "defaultMessage",
    "error_description",
    "details",
    "detail",
    "comment",
    "status_reason",
    "faultstring",
    "msg",
    "text",
];
/// Keys of short names, which are told where there is no sentence.
static NAMES: [&str; 3] = ["error", "title", "rule"];
/// Keys of a place.
static PLACES: [&str; 5] = ["entry", "path", "field", "pointer", "property"];
/// Keys of what is wrong: an answer in which one of them says something is no acceptance.
static FAULTS: [&str; 6] = ["error", "errors", "invalid", "violations", "fieldErrors", "fault"];
/// Keys under which more is said.
static NESTED: [&str; 4] = ["details", "detail", "message", "rules"];
/// Keys of a rejected value.
static REJECTED: [&str; 5] = ["invalidValue", "invalid_value", "rejectedValue", "rejected_value", "value"];

/// More entries than this are no longer told one by one.
const ENTRIES: usize = 100_000;
/// What is kept of one text; a message quotes less.
const KEPT: usize = 2_000;

impl Said {
    /// What the answer says.
    pub(super) fn of(answer: &Tree) -> Self {
        let mut said = Self::default();
        said.whole(answer);
        // Entries without a word or a place say nothing of their own where others do.
        let speaks = |entry: &Entry| !entry.place.is_empty() || !entry.words.is_empty();
        if said.entries.iter().any(speaks) {
            let listed = matches!(answer, Tree::List(_));
            said.entries.retain(|entry| listed || speaks(entry));
        } else if !said.general.is_empty() {
            said.entries.clear();
        } else {
            said.entries.retain(|entry| !entry.names.is_empty());
        }
        said
    }

    pub(super) fn says_nothing(&self) -> bool {
        self.general.is_empty() && self.entries.is_empty()
    }

    fn whole(&mut self, tree: &Tree) {
        match tree {
            Tree::Text(text) => add(&mut self.general, text),
            Tree::List(items) => self.items(items, ""),
            Tree::Object(_) => {
                if let Some(object) = tree.as_object() {
                    self.object(object);
                }
            }
            _ => {}
        }
    }

    /// Each item of a list is an entry of its own; bare sentences are about the whole.
    fn items(&mut self, items: &[Tree], place: &str) {
        for item in items.iter().take(ENTRIES) {
            match item {
                Tree::Text(text) if place.is_empty() => add(&mut self.general, text),
                item => self.entries.push(Entry::of(item, place)),
            }
        }
    }

    fn object(&mut self, object: Object<'_>) {
        if self.kind.is_empty() {
            object.text("type").clone_into(&mut self.kind);
        }
        let place = place(object);
        // An error page's own `path` is the address that was asked.
        let about_request = ["timestamp", "status", "error"].iter().any(|key| object.get(key).is_some());
        let about_value = REJECTED.iter().any(|key| object.get(key).is_some());
        if !place.is_empty() && (about_value || !about_request) {
            self.entries.push(Entry::about(object, place));
            return;
        }
        let (general, entries) = (self.general.len(), self.entries.len());
        for sentence in sentences(object) {
            add(&mut self.general, sentence);
        }
        let before = (self.general.len(), self.entries.len());
        for key in FAULTS.iter().chain(&NESTED) {
            match object.get(key) {
                Some(Tree::List(items)) => self.items(items, ""),
                Some(inner @ Tree::Object(_)) => self.inner(inner),
                _ => {}
            }
        }
        if (self.general.len(), self.entries.len()) == before && self.general.is_empty() {
            for key in NAMES {
                add(&mut self.general, object.text(key));
            }
        }
        let hidden = rejected(object);
        hide(self.general.get_mut(general..), &hidden);
        for entry in self.entries.get_mut(entries..).unwrap_or_default() {
            hide(Some(core::slice::from_mut(&mut entry.words)), &hidden);
        }
    }

    /// An object under a key of faults: one that speaks as a whole, else names of fields with what is wrong with each.
    fn inner(&mut self, tree: &Tree) {
        let before = (self.general.len(), self.entries.len(), self.kind.len());
        self.whole(tree);
        if before == (self.general.len(), self.entries.len(), self.kind.len()) {
            self.by_field(tree, "", 0);
        }
    }

    fn by_field(&mut self, tree: &Tree, above: &str, depth: usize) {
        let Tree::Object(fields) = tree else { return };
        for (name, value) in fields.iter().filter(|(name, _)| !is_rejected(name)) {
            let place = if above.is_empty() { name.clone() } else { format!("{above}.{name}") };
            match value {
                Tree::Object(inner) if depth < 8 && !inner.iter().any(|(name, _)| is_rejected(name)) => {
                    self.by_field(value, &place, depth + 1);
                }
                value => {
                    let entry = Entry::of(value, &place);
                    if !entry.words.is_empty() {
                        self.entries.push(entry);
                    }
                }
            }
        }
    }
}

impl Entry {
    /// What is told of the entry, where `whole` is what is said of everything.
    pub(super) fn told<'t>(&'t self, whole: &'t str) -> &'t str {
        [&self.words, whole, &self.names].into_iter().find(|words| !words.is_empty()).unwrap_or_default()
    }

    fn of(item: &Tree, place: &str) -> Self {
        match item.as_object() {
            Some(object) => Self::about(object, self::place(object)).at(place),
            None => {
                let mut words = Vec::new();
                gather(item, &mut words);
                Self { place: place.to_owned(), words: words.join("; "), names: String::new() }
            }
        }
    }

    fn at(mut self, place: &str) -> Self {
        if self.place.is_empty() {
            place.clone_into(&mut self.place);
        }
        self
    }

    fn about(object: Object<'_>, place: &str) -> Self {
        let (mut words, mut names) = (Vec::new(), Vec::new());
        speak(object, &mut words);
        name(object, &mut names);
        hide(Some(&mut names), &rejected(object));
        Self { place: place.to_owned(), words: words.join("; "), names: names.join("; ") }
    }
}

/// Whether something is said to be wrong: `{"error": null}` and `{"errors": []}` say nothing.
pub(super) fn has_faults(object: Object<'_>) -> bool {
    FAULTS.iter().any(|key| object.get(key).is_some_and(|fault| !is_nothing(fault)))
}

fn is_nothing(tree: &Tree) -> bool {
    match tree {
        Tree::Nothing | Tree::Null | Tree::Odd | Tree::Bool(false) => true,
        Tree::Bool(true) => false,
        Tree::Number(number) => *number == 0.0,
        Tree::Text(text) => crate::kinds::text::trim(text).is_empty(),
        Tree::List(items) => items.is_empty(),
        Tree::Object(entries) => entries.is_empty(),
    }
}

fn place<'t>(object: Object<'t>) -> &'t str {
    PLACES.iter().map(|key| object.text(key)).find(|place| !place.is_empty()).unwrap_or_default()
}

fn sentences<'t>(object: Object<'t>) -> impl Iterator<Item = &'t str> {
    SENTENCES.iter().map(move |key| object.text(key)).filter(|sentence| !sentence.is_empty())
}

/// The sentences of an entry and of whatever lies in it, without the values that it rejects.
fn speak(object: Object<'_>, words: &mut Vec<String>) {
    let before = words.len();
    for sentence in sentences(object) {
        add(words, sentence);
    }
    for key in NESTED.iter().chain(&FAULTS) {
        if let Some(inner @ (Tree::List(_) | Tree::Object(_))) = object.get(key) {
            gather(inner, words);
        }
    }
    hide(words.get_mut(before..), &rejected(object));
}

fn gather(tree: &Tree, words: &mut Vec<String>) {
    match tree {
        Tree::Text(text) => add(words, text),
        Tree::List(items) => items.iter().take(16).for_each(|item| gather(item, words)),
        Tree::Object(_) => {
            if let Some(object) = tree.as_object() {
                speak(object, words);
            }
        }
        _ => {}
    }
}

/// The short names in an entry that has no sentence, such as those of its broken rules.
fn name(object: Object<'_>, words: &mut Vec<String>) {
    for key in NAMES {
        add(words, object.text(key));
    }
    for rule in object.get("rules").and_then(Tree::as_list).unwrap_or_default().iter().take(16) {
        match rule.as_object() {
            Some(rule) => add(words, rule.text("rule")),
            None => gather(rule, words),
        }
    }
}

/// Adds a sentence that was not said yet, as far as it may be shown.
fn add(words: &mut Vec<String>, text: &str) {
    let text = plain(text);
    if !text.is_empty() && words.len() < 16 && !words.contains(&text) {
        words.push(text);
    }
}

/// The text on one line, without marks that steer a page or a terminal; nothing of a whole page.
pub(super) fn plain(text: &str) -> String {
    let mut shown = String::new();
    let mut inside = false;
    let mut letters = text.chars().peekable();
    if is_page(text) {
        return shown;
    }
    while let Some(letter) = letters.next() {
        if shown.len() >= KEPT * 4 {
            break;
        }
        match letter {
            '>' if inside => inside = false,
            _ if inside => {}
            '<' if letters.peek().is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')) => {
                inside = true;
                shown.push(' ');
            }
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
            letter if letter.is_control() => shown.push(' '),
            letter => shown.push(letter),
        }
    }
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is a page, not a sentence.
fn is_page(text: &str) -> bool {
    let head: String = text.chars().take(1_000).collect::<String>().to_ascii_lowercase();
    ["<html", "<!doctype", "<body", "<?xml"].iter().any(|mark| head.contains(mark))
}

/// The rejected values that an entry repeats, as texts.
fn rejected(object: Object<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for key in REJECTED {
        if let Some(value) = object.get(key) {
            leaves(value, &mut found);
        }
    }
    // The longest first, so that a part does not break up the whole.
    found.sort_by_key(|value: &String| usize::MAX - value.len());
    found
}

fn leaves(value: &Tree, found: &mut Vec<String>) {
    if found.len() >= 64 {
        return;
    }
    match value {
        Tree::Text(text) => {
            let text = plain(text);
            if !text.is_empty() {
                found.push(text);
            }
        }
        Tree::Number(number) => found.push(decimal::shortest(*number)),
        Tree::List(items) => items.iter().for_each(|item| leaves(item, found)),
        Tree::Object(entries) => entries.iter().for_each(|(_, value)| leaves(value, found)),
        Tree::Nothing | Tree::Null | Tree::Odd | Tree::Bool(_) => {}
    }
}

fn is_rejected(key: &str) -> bool {
    REJECTED.iter().any(|rejected| is_word(key, rejected))
}

fn hide(words: Option<&mut [String]>, hidden: &[String]) {
    if !hidden.is_empty() {
        words.unwrap_or_default().iter_mut().for_each(|words| *words = without(words, hidden));
    }
}

/// The words with "…" where they repeat one of the values.
fn without(words: &str, hidden: &[String]) -> String {
    let mut shown = words.to_owned();
    for value in hidden {
        let mut kept = String::new();
        let mut rest = shown.as_str();
        while let Some((before, after)) = rest.split_once(value.as_str()) {
            let joins = |letter: Option<char>| letter.is_some_and(char::is_alphanumeric);
            let whole = !joins(before.chars().next_back()) && !joins(after.chars().next());
            kept.push_str(before);
            kept.push_str(if whole { "…" } else { value });
            rest = after;
        }
        kept.push_str(rest);
        shown = kept;
    }
    shown
}
