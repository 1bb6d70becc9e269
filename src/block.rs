//! Issues as they cross to JavaScript: numbers that point into a store of templates, so that a report of 100,000 issues costs a few
//! words each and no message is written before somebody looks. It knows bytes and issues; nothing of JavaScript.
//!
//! A *template* is an issue without its indexes: all it says but in which rows, and under which unknown key. Templates that only the
//! tables decide are kept for good, under a number; one that holds something of the data is written into the block itself.
//!
//! The block: six u32 (issues, errors, warnings, notes, where the keys begin, where the templates begin or 0), then per issue a head
//! and its numbers, then the keys, then the block's own templates as a JSON array. The head: bits 0–23 the template, 24–27 how many
//! numbers follow, 28–29 the severity, 30 whether there is a key, 31 whether the template is the block's own. The numbers, each a u32:
//! the indexes for the nulls of the template's path, the index `first` where there is one, and of a key where it begins and its length.

use std::borrow::Cow;
use std::collections::HashMap;

use chrono::Datelike;
use rustc_hash::{FxHashMap, FxHashSet as HashSet};
use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::check::{Found, WHOLE, too_many};
use crate::draft::{Draft, ListId, Owner, RecordId};
use crate::form::{Filter, Form, Misuse, Told};
use crate::issue::{Issue, Params, Says, Severity, Step};
use crate::issues;
use crate::json;
use crate::options::{Dialect, Locale};
use crate::reading::kind_of;
use crate::report::Report;
use crate::row_key::{Keyed, Seed};
use crate::table::Kind;

/// Stands for an index in a template; a message tells it as the number after it, 4294967296.
const OPEN: u32 = u32::MAX;
/// Stands for an unknown key in a template.
const OPEN_KEY: &str = "\u{1}";
/// Stands for the index `first`; a message tells it as 4294967295.
const OPEN_FIRST: u32 = u32::MAX - 1;
/// A template of the block itself.
const OWN: u32 = 1 << 31;
/// The last step of the path is a key of its own.
const KEYED: u32 = 1 << 30;
const HEADER: usize = 24;
/// From so many findings on, the places of all rows of a list are noted at once.
const MANY: usize = 64;

/// Every template that the tables alone decide.
#[derive(Debug, Default)]
pub(crate) struct Templates {
    known: FxHashMap<Box<[u8]>, u32>,
    issues: Vec<Issue>,
    /// The number of the first.
    begin: u32,
}

impl Templates {
    /// Empty templates are numbered from here on.
    pub(crate) fn begin_at(&mut self, number: u32) {
        if self.issues.is_empty() {
            self.begin = number;
        }
    }

    /// The number that the next template will have.
    pub(crate) fn end(&self) -> u32 {
        self.begin + u32::try_from(self.issues.len()).unwrap_or(0)
    }

    /// The template of this number as JSON.
    pub(crate) fn json(&self, number: u32, locale: Locale) -> Option<String> {
        let issue = self.issues.get(number.checked_sub(self.begin)? as usize)?;
        Some(json::text(&Template(issue, locale)))
    }
}

/// Writes the issues of a report as a block.
pub(crate) fn report(templates: &mut Templates, report: &Report<'_>, out: &mut Vec<u8>) {
    let mut block = Block::new(templates, report.locale(), report.options.seed, out);
    if let Some(issue) = &report.syntax {
        block.issue(issue);
    }
    if let Some(draft) = &report.draft {
        let mut places = Places::default();
        let many = report.found.len() >= MANY;
        for found in &report.found {
            block.found(draft, found, report.options.dialect, if many { Some(&mut places) } else { None });
        }
    }
    block.finish();
}

/// Writes issues as a block.
pub(crate) fn issues(templates: &mut Templates, issues: &[Issue], locale: Locale, out: &mut Vec<u8>) {
    let mut block = Block::new(templates, locale, Seed::default(), out);
    for issue in issues {
        block.issue(issue);
    }
    block.finish();
}

/// Writes what a form tells as a block. Of a `report` what an upstream refused is no part, and of too many issues the last says so.
pub(crate) fn told(
    templates: &mut Templates,
    form: &Form,
    filter: &Filter,
    report: bool,
    out: &mut Vec<u8>,
) -> Result<(), Misuse> {
    let mut block = Block::new(templates, form.locale(), form.options.seed, out);
    let few = filter.limit.is_some_and(|limit| limit < MANY);
    let mut places = Places { few, ..Places::default() };
    let mut more = if report { form.reported() } else { [0; 3] };
    let most = form.options.most_issues();
    let many = more.iter().map(|count| *count as usize).sum::<usize>() > most;
    let mut left = if many { most - 1 } else { usize::MAX };
    let result = form.tell(filter, &mut |told, way| {
        if left == 0 || (report && matches!(&told, Told::Remark(_, remark) if remark.is_refusal())) {
            return;
        }
        left -= 1;
        let severity = match &told {
            Told::Remark(_, remark) => remark.severity(),
            Told::Found(found) => found.severity,
        };
        if let Some(count) = more.get_mut(severity as usize) {
            *count = count.saturating_sub(1);
        }
        match told {
            Told::Found(found) => {
                places.known.clear();
                places.known.extend_from_slice(way);
                block.found(&form.draft, found, form.options.dialect, Some(&mut places));
            }
            Told::Remark(..) => block.issue(&form.issue(&told, way)),
        }
    });
    if many {
        block.found(&form.draft, &too_many(more), form.options.dialect, None);
    }
    block.finish();
    result
}

/// The indexes of rows in their lists, noted list by list.
#[derive(Default)]
struct Places {
    /// Indexes that are known anyway.
    known: Vec<(RecordId, u32)>,
    /// Other indexes are wanted of few rows only: they are looked up one by one.
    few: bool,
    lists: HashSet<ListId>,
    index: Vec<u32>,
}

impl Places {
    fn index(&mut self, draft: &Draft<'_>, record: RecordId) -> Option<u32> {
        if let Some((_, index)) = self.known.iter().find(|(item, _)| *item == record) {
            return Some(*index);
        }
        let looked_up = || draft.item_index(record).and_then(|index| u32::try_from(index).ok());
        let Owner::Item(list, _) = draft.slot(record).owner else { return looked_up() };
        if self.few {
            return looked_up();
        }
        let rows = &draft.list(list)?.rows;
        if rows.len() < MANY {
            return looked_up();
        }
        if self.lists.insert(list) {
            for (index, row) in rows.iter().enumerate() {
                let row = row as usize;
                if self.index.len() <= row {
                    self.index.resize(row + 1, 0);
                }
                if let Some(place) = self.index.get_mut(row) {
                    *place = u32::try_from(index).unwrap_or(OPEN);
                }
            }
        }
        self.index.get(record as usize).copied()
    }
}

struct Block<'b> {
    templates: &'b mut Templates,
    locale: Locale,
    out: &'b mut Vec<u8>,
    start: usize,
    counts: [u32; 4],
    /// Its keys hold something of the data.
    own: HashMap<Box<[u8]>, u32, Keyed>,
    text: String,
    keys: String,
    /// What tells a template from every other, and the indexes of one issue.
    key: Vec<u8>,
    numbers: Vec<u32>,
}

impl<'b> Block<'b> {
    fn new(templates: &'b mut Templates, locale: Locale, seed: Seed, out: &'b mut Vec<u8>) -> Self {
        let start = out.len();
        out.extend_from_slice(&[0; HEADER]);
        Self {
            templates,
            locale,
            out,
            start,
            counts: [0; 4],
            own: HashMap::with_hasher(Keyed(seed)),
            text: String::new(),
            keys: String::new(),
            key: Vec::new(),
            numbers: Vec::new(),
        }
    }

    fn found(&mut self, draft: &Draft<'_>, found: &Found, dialect: Dialect, mut places: Option<&mut Places>) {
        if let Some(inner) = &found.inner {
            self.issue(inner);
            return;
        }
        self.key.clear();
        self.numbers.clear();
        self.climb(draft, found.record, dialect, &mut places);
        let depth = u8::try_from(self.key.len()).unwrap_or(WHOLE);
        self.key.extend_from_slice(&[found.field, depth]);
        let lasting = self.place_free(&found.params, &found.says);
        self.fixed(draft.payload.name, found.code as u8, found.rule);
        if let Some(first) = found.first {
            let index = match places {
                Some(places) => places.index(draft, first),
                None => draft.item_index(first).and_then(|index| u32::try_from(index).ok()),
            };
            self.numbers.push(index.unwrap_or(0));
        }
        self.put(found.severity, lasting, found.key.as_deref(), || {
            let params = if found.first.is_some() { Params::First(OPEN_FIRST) } else { found.params.clone() };
            let mut issue = issues::issue(draft, found, dialect);
            issue.params = params;
            issue
        });
    }

    /// The rows that lead to a record go into the key, their indexes into the numbers.
    fn climb(&mut self, draft: &Draft<'_>, record: RecordId, dialect: Dialect, places: &mut Option<&mut Places>) {
        let Some((holder, at)) = draft.holder(record) else {
            return;
        };
        self.climb(draft, holder, dialect, places);
        let list = draft.spec(holder).fields.get(usize::from(at)).map(|field| kind_of(field, dialect));
        self.key.push(at);
        if let Some(Kind::List(_)) = list {
            let index = match places {
                Some(places) => places.index(draft, record),
                None => draft.item_index(record).and_then(|index| u32::try_from(index).ok()),
            };
            self.numbers.push(index.unwrap_or(0));
            self.key.push(WHOLE);
        }
    }

    fn issue(&mut self, issue: &Issue) {
        self.key.clear();
        self.numbers.clear();
        // No row has this number, so that these keys never meet those of findings, which begin with a row.
        self.key.push(WHOLE - 1);
        let mut lasting = self.place_free(&issue.params, &issue.says);
        let (path, unknown) = match issue.path.split_last() {
            Some((Step::Key(Cow::Owned(key)), path)) => (path, Some(key.as_str())),
            _ => (issue.path.as_slice(), None),
        };
        for step in path {
            match step {
                Step::Key(Cow::Borrowed(name)) => self.pointer(name),
                Step::Key(Cow::Owned(key)) => {
                    self.text(key);
                    lasting = false;
                }
                Step::Index(index) => {
                    self.numbers.push(*index);
                    self.key.push(0);
                }
            }
        }
        if let Params::First(first) = issue.params {
            self.numbers.push(first);
        }
        self.key.push(issue.inner);
        if let Cow::Owned(rule) = &issue.rule {
            self.text(rule);
            lasting = false;
        }
        let rule = if let Cow::Borrowed(rule) = issue.rule { rule } else { "" };
        self.fixed(issue.payload.name, issue.code as u8, rule);
        self.put(issue.severity, lasting, unknown, || issue.clone());
    }

    /// A static text is told by where it stands.
    fn pointer(&mut self, text: &'static str) {
        self.key.push(1);
        self.key.extend_from_slice(&text.as_ptr().addr().to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.key.push(2);
        self.key.extend_from_slice(&text.len().to_le_bytes());
        self.key.extend_from_slice(text.as_bytes());
    }

    /// What holds something of the data, in a text and two numbers.
    fn numbered(&mut self, tag: u8, text: &str, numbers: [u32; 2]) -> bool {
        self.key.push(tag);
        self.text(text);
        self.key.extend(numbers.into_iter().flat_map(u32::to_le_bytes));
        false
    }

    fn fixed(&mut self, payload: &'static str, code: u8, rule: &'static str) {
        self.key.push(code);
        self.pointer(payload);
        self.pointer(rule);
    }

    /// Puts parameters and words into the key, but not the index `first`; false when they hold something of the data.
    fn place_free(&mut self, params: &Params, says: &Says) -> bool {
        let mut lasting = true;
        match params {
            Params::None | Params::First(_) | Params::Choices | Params::Suggestion(None) => self.key.push(0),
            Params::Min(min, exclusive) => {
                self.key.push(if *exclusive { 3 } else { 4 });
                self.key.extend_from_slice(&min.to_le_bytes());
            }
            Params::Max(max) => {
                self.key.push(5);
                self.key.extend_from_slice(&max.to_le_bytes());
            }
            Params::When(which) => self.key.push(6 + *which as u8),
            Params::Name(name, Cow::Borrowed(value)) => {
                self.pointer(name);
                self.pointer(value);
            }
            Params::Suggestion(Some(name)) => self.pointer(name),
            Params::Name(name, Cow::Owned(value)) => {
                self.pointer(name);
                self.text(value);
                lasting = false;
            }
            Params::Allowed(allowed) => {
                self.key.push(9);
                allowed.iter().for_each(|text| self.text(text));
                lasting = false;
            }
            Params::More(more) => lasting = self.numbered(14, "", [*more, 0]),
            Params::Count(field, count) => lasting = self.numbered(10, field, [*count, 0]),
            Params::Period(from, to) => {
                lasting = self.numbered(11, "", [from, to].map(|day| day.num_days_from_ce().cast_unsigned()));
            }
            Params::Position(line, column) => lasting = self.numbered(12, "", [*line, *column]),
            Params::Refused(reason, status, quote) => {
                lasting = self.numbered(13, reason, [u32::from(*status), 0]);
                self.text(quote);
            }
        }
        match says {
            Says::Nothing => {}
            Says::Words([first, ..]) => self.pointer(first),
            Says::Given(given) => {
                [&given.code, &given.source, &given.message].into_iter().for_each(|text| self.text(text));
                lasting = false;
            }
            Says::Outside(words) => {
                words.iter().for_each(|text| self.text(text));
                lasting = false;
            }
        }
        lasting
    }

    fn put(&mut self, severity: Severity, lasting: bool, unknown: Option<&str>, issue: impl FnOnce() -> Issue) {
        self.key.extend_from_slice(&[severity as u8, u8::from(unknown.is_some())]);
        let [all, counts @ ..] = &mut self.counts;
        *all += 1;
        if let Some(count) = counts.get_mut(severity as usize) {
            *count += 1;
        }
        let key = self.key.as_slice();
        let kept = if lasting { self.templates.known.get(key) } else { self.own.get(key) };
        let template = match kept {
            Some(number) => *number,
            None => {
                let number = if lasting { self.templates.end() } else { u32::try_from(self.own.len()).unwrap_or(0) };
                let template = open(issue(), unknown.is_some());
                if lasting {
                    self.templates.known.insert(key.into(), number);
                    self.templates.issues.push(template);
                } else {
                    self.own.insert(key.into(), number);
                    self.text.push(if self.text.is_empty() { '[' } else { ',' });
                    self.text.push_str(&json::text(&Template(&template, self.locale)));
                }
                number
            }
        };
        let own = if lasting { 0 } else { OWN } | if unknown.is_some() { KEYED } else { 0 };
        if let Some(key) = unknown {
            self.numbers.extend([self.keys.len(), key.len()].map(|size| u32::try_from(size).unwrap_or(0)));
            self.keys.push_str(key);
        }
        let numbers = u32::try_from(self.numbers.len()).unwrap_or(0);
        let head = own | (severity as u32) << 28 | numbers << 24 | template;
        self.out.extend_from_slice(&head.to_le_bytes());
        for number in &self.numbers {
            self.out.extend_from_slice(&number.to_le_bytes());
        }
    }

    fn finish(self) {
        let Self { out, start, counts, text, keys, .. } = self;
        let place = |out: &Vec<u8>| u32::try_from(out.len() - start).unwrap_or(0);
        let keys_at = place(out);
        out.extend_from_slice(keys.as_bytes());
        let text_at = if text.is_empty() { 0 } else { place(out) };
        if !text.is_empty() {
            out.extend_from_slice(text.as_bytes());
            out.push(b']');
        }
        let header = counts.into_iter().chain([keys_at, text_at]).flat_map(u32::to_le_bytes);
        for (byte, value) in out.iter_mut().skip(start).zip(header) {
            *byte = value;
        }
    }
}

/// The issue without its indexes and without its unknown key.
fn open(mut issue: Issue, keyed: bool) -> Issue {
    if let (true, Some(last)) = (keyed, issue.path.last_mut()) {
        *last = Step::Key(Cow::Borrowed(OPEN_KEY));
    }
    for step in &mut issue.path {
        if let Step::Index(index) = step {
            *index = OPEN;
        }
    }
    if let Params::First(first) = &mut issue.params {
        *first = OPEN_FIRST;
    }
    issue
}

/// A template in one language: as an issue, but with null for an index and without a pointer.
struct Template<'a>(&'a Issue, Locale);

impl Serialize for Template<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(issue, locale) = self;
        let path: Vec<Option<&str>> = issue
            .path
            .iter()
            .map(|step| match step {
                Step::Key(key) => Some(key.as_ref()),
                Step::Index(_) => None,
            })
            .collect();
        let mut map = serializer.serialize_map(Some(7))?;
        map.serialize_entry("path", &path)?;
        issue.localized(*locale).entries(&mut map)?;
        map.end()
    }
}
