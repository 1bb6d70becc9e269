//! The live form: a draft that is edited, checked and sent while a person types.
//!
//! The one idea: findings are kept per *cluster*, a record with the objects nested in it (the root, or one item of a list), just as
//! a whole check would find them there; and rules over the items of a list keep an index from value to items. An edit re-checks its
//! cluster, those above whose checks read it and those below that read an edited field; then it asks the indexes which other items
//! have the old or the new value. What a cluster had before and has now is compared, and the difference is the edit's `Changes`.
//! Items carry ids, not positions, so that whatever moves along with an insertion is not touched at all.

mod ask;
mod batch;
mod changes;
mod difference;
mod edit;
mod history;
mod index;
mod judge;
mod parts;
mod paste;
mod reach;
mod remarks;
mod search;
mod session;
mod settle;
mod tally;
mod track;
mod value;

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

pub use ask::Filter;
#[cfg(feature = "wasm")]
pub(crate) use changes::Grouped;
pub use changes::{Changes, Shift, Summary};
pub use reach::Misuse;
pub use remarks::Finding;
#[cfg(feature = "wasm")]
pub(crate) use search::Told;

use crate::check::{Checker, Found, together};
use crate::draft::{Draft, ROOT, RecordId};
use crate::input::Packed;
use crate::issue::Severity;
use crate::options::{Locale, Options};
use crate::preview::{self, Preview};
use crate::read;
use crate::report::Report;
use crate::states::Around;
use crate::table::{Hops, Kind, Payload, Record, RowTest};
use history::History;
use index::Index;
use parts::Parts;
use remarks::{Remark, Remarks};
use search::Search;
use tally::Tallies;

/// A list by the record and row that hold it, whether it was given as a list or as a single object.
pub(crate) type ListKey = (RecordId, u8);

/// A live form of one payload.
#[derive(Debug)]
pub struct Form {
    pub(crate) draft: Draft<'static>,
    pub(crate) options: Options,
    /// Findings of each cluster's own rules, where it has any.
    own: HashMap<RecordId, Vec<Found>>,
    /// Findings of rules over rows, in the clusters that have their places: the items that they are about, or the list's holder.
    rows: HashMap<RecordId, Vec<Found>>,
    /// Lists that are not relevant: nothing is found in them.
    asleep: HashSet<ListKey>,
    /// Lists in an object that is left blank, and so counts as absent: nothing is found in them either.
    blank: HashSet<ListKey>,
    /// Lists that have too many items: nothing that is found in them is told. What is found is kept, so that the edit that puts a
    /// list over its limit, and the one that takes it back, cost no more than the findings there are.
    overfull: HashSet<ListKey>,
    index: Index,
    /// What an upstream and the front end say; and what of that is told now.
    remarks: Arc<Remarks>,
    told_remarks: HashMap<RecordId, Vec<Arc<Remark>>>,
    tallies: Tallies,
    history: History,
    /// The edit that is made part by part now.
    parts: Option<Box<Parts>>,
    version: u64,
    /// Names of fields that checks of items read in the objects above them.
    read_below: Vec<&'static str>,
    /// Names of the root's lists whose values items must be among.
    referred: Vec<&'static str>,
}

impl Form {
    /// A form of the payload, empty or with a value.
    pub fn new<'v>(payload: &'static Payload, options: Options, value: Option<impl Into<Packed<'v>>>) -> Self {
        let draft = Draft::new(payload, "");
        let draft = match value {
            Some(value) => read::value(draft, value.into().bytes()),
            None => draft,
        };
        Self::of(draft, options)
    }

    /// A form with the values of a JSON text; the position, from 1, where the text is not JSON.
    pub fn from_json(payload: &'static Payload, options: Options, json: &[u8]) -> Result<Self, (u32, u32)> {
        let draft = read::whole_json(payload, json).map_err(|position| (position.line, position.column))?;
        Ok(Self::of(draft.owned(), options))
    }

    fn of(draft: Draft<'static>, options: Options) -> Self {
        let payload = draft.payload;
        let mut form = Self {
            draft,
            options,
            own: HashMap::default(),
            rows: HashMap::default(),
            asleep: HashSet::default(),
            blank: HashSet::default(),
            overfull: HashSet::default(),
            index: Index::default(),
            remarks: Arc::default(),
            told_remarks: HashMap::default(),
            tallies: Tallies::default(),
            history: History::default(),
            parts: None,
            version: 0,
            read_below: Vec::new(),
            referred: Vec::new(),
        };
        dependencies(payload.root, &mut form.read_below, &mut form.referred);
        form.check_all();
        form
    }

    /// Grows with every change.
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Goes on from the version of a form that this one stands for.
    pub fn resume(&mut self, version: u64) {
        self.version = version;
    }

    /// The payload.
    pub fn payload(&self) -> &'static Payload {
        self.draft.payload
    }

    /// The language of messages.
    pub fn locale(&self) -> Locale {
        self.options.locale.unwrap_or(Locale::of(self.draft.payload.system()))
    }

    /// The options.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The outgoing body, when the payload is valid.
    pub fn body(&self) -> Option<String> {
        self.valid().then(|| preview::body(&self.draft, &self.options).0)
    }

    /// What will be sent and what will not.
    pub fn preview(&self) -> Preview {
        let mut preview = preview::preview(&self.draft, &self.options, &[]);
        preview.valid = self.valid();
        Search::new(self, Some(Severity::Note), 0, usize::MAX, &mut |told, way| {
            preview.readings.push(self.issue(&told, way));
        })
        .all();
        preview
    }

    /// The report of a whole check of what the form holds, and of what a person typed as such. It costs what a check costs; `issues`
    /// has the same at hand.
    pub fn report(&self) -> Report<'_> {
        Report::of(self.draft.payload, self.draft.clone(), &self.options, None)
    }

    /// How much memory the form holds, texts left out, in bytes.
    pub fn memory(&self) -> usize {
        self.draft.memory() + self.index.memory() + self.tallies.memory()
    }

    /// Checks everything anew, as a whole check would.
    fn check_all(&mut self) {
        self.draft.fit();
        self.forget_findings();
        self.settle_all();
    }

    fn forget_findings(&mut self) {
        self.own.clear();
        self.rows.clear();
        self.asleep.clear();
        self.blank.clear();
        self.overfull.clear();
        self.index = Index::default();
        self.told_remarks.clear();
        self.tallies = Tallies::default();
    }

    /// The findings of a cluster's own rules, and whether each of its lists is awake.
    fn check_cluster(&self, record: RecordId) -> Vec<Found> {
        let mut checker = Checker::shallow(&self.draft, &self.options);
        checker.record(record);
        checker.out.found
    }

    /// The record whose cluster a record belongs to.
    pub(crate) fn cluster_of(&self, mut record: RecordId) -> RecordId {
        while let Some(holder) = self.nested_in(record) {
            record = holder;
        }
        record
    }

    /// The record in which this one is a nested object.
    fn nested_in(&self, record: RecordId) -> Option<RecordId> {
        let (holder, field) = self.draft.holder(record)?;
        matches!(self.kind(holder, field), Kind::Object(_)).then_some(holder)
    }

    /// The list in which this record is an item.
    fn item_of(&self, record: RecordId) -> Option<ListKey> {
        let (holder, field) = self.draft.holder(record)?;
        matches!(self.kind(holder, field), Kind::List(_)).then_some((holder, field))
    }

    fn kind(&self, record: RecordId, field: u8) -> Kind {
        self.draft
            .spec(record)
            .fields
            .get(usize::from(field))
            .map_or(Kind::Boolean, |field| crate::reading::kind_of(field, self.options.dialect))
    }

    /// Whether anything is found in the cluster: the lists on the way to it are relevant.
    fn awake(&self, cluster: RecordId) -> bool {
        match self.item_of(cluster) {
            Some(list) => !self.asleep.contains(&list),
            None => cluster == ROOT,
        }
    }

    /// What stands around a cluster: whether it is relevant, and in nothing that counts as absent.
    fn around(&self, cluster: RecordId) -> Around {
        let list = self.item_of(cluster);
        Around { relevant: self.awake(cluster), present: list.is_none_or(|list| !self.blank.contains(&list)) }
    }

    /// Whether what is found in the cluster is told: no list on the way to it has too many items.
    fn told(&self, mut cluster: RecordId) -> bool {
        while !self.overfull.is_empty()
            && let Some(list) = self.item_of(cluster)
        {
            if self.overfull.contains(&list) {
                return false;
            }
            cluster = self.cluster_of(list.0);
        }
        true
    }

    /// What is found in a cluster: by its own rules, and by rules over rows at its places.
    fn findings(&self, cluster: RecordId) -> Cow<'_, [Found]> {
        let own = self.own.get(&cluster).map_or(&[][..], Vec::as_slice);
        match self.rows.get(&cluster) {
            Some(rows) => Cow::Owned(together(own, rows)),
            None => Cow::Borrowed(own),
        }
    }

    /// What is told of a cluster.
    fn told_of(&self, cluster: RecordId) -> Cow<'_, [Found]> {
        if self.told(cluster) { self.findings(cluster) } else { Cow::Borrowed(&[]) }
    }
}

/// The names that checks anywhere in the tables read in objects above their own, and the lists that rules over rows refer to.
fn dependencies(record: &'static Record, above: &mut Vec<&'static str>, lists: &mut Vec<&'static str>) {
    for check in record.checks {
        for read in check.reads.iter().take(usize::from(check.count)) {
            if matches!(read.hops, Hops::Parent | Hops::Root) && !above.contains(&read.name) {
                above.push(read.name);
            }
        }
    }
    for rule in record.rows {
        if let RowTest::Member(list) = rule.test
            && !lists.contains(&list)
        {
            lists.push(list);
        }
    }
    for field in record.fields {
        if let Some(inner) = crate::draft::inner(field.kind) {
            dependencies(inner, above, lists);
        }
    }
}
