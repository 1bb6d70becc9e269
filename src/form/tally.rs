//! How many issues are told of each cluster with everything below it, and of each block of a list, by severity: a page of them, or
//! the next one of a severity, is found by passing over whole blocks.

use rustc_hash::FxHashMap as HashMap;

use super::{Form, ListKey, Summary};
use crate::draft::{Owner, ROOT, RecordId};
use crate::issue::Severity;

/// Errors, warnings and notes.
pub(super) type Counts = [u32; 3];

/// What is told of one cluster.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Node {
    /// At its own places.
    here: Counts,
    /// The errors among them that an upstream has raised.
    refused: u32,
    /// There and below.
    all: Counts,
}

#[derive(Debug, Default)]
pub(super) struct Tallies {
    /// The clusters of which anything is told.
    nodes: HashMap<RecordId, Node>,
    /// The blocks of lists in which anything is told.
    blocks: HashMap<(ListKey, u32), Counts>,
    /// By record the severities that are told of it, a bit each: most rows of a long list are passed over by this alone.
    marks: Vec<u8>,
    refused: u32,
}

/// The block in which the only item stands that is in no list.
pub(super) const ALONE: u32 = 0;

fn is_none(counts: Counts) -> bool {
    counts == [0; 3]
}

fn shift(counts: &mut Counts, before: Counts, after: Counts) {
    for (count, (before, after)) in counts.iter_mut().zip(before.into_iter().zip(after)) {
        *count = (*count + after).saturating_sub(before);
    }
}

/// How many of the findings are errors, warnings and notes.
pub(super) fn tally(severities: impl Iterator<Item = Severity>) -> Counts {
    let mut counts = [0; 3];
    for severity in severities {
        let [errors, warnings, notes] = &mut counts;
        *match severity {
            Severity::Error => errors,
            Severity::Warning => warnings,
            Severity::Note => notes,
        } += 1;
    }
    counts
}

impl Tallies {
    /// What is told of a cluster and everything below it.
    pub(super) fn all(&self, cluster: RecordId) -> Counts {
        self.nodes.get(&cluster).map_or([0; 3], |node| node.all)
    }

    /// What is told of the items in a block of a list.
    pub(super) fn block(&self, list: ListKey, block: u32) -> Counts {
        self.blocks.get(&(list, block)).copied().unwrap_or_default()
    }

    /// Whether an issue of one of the severities, a bit each, is told of a cluster or below it.
    pub(super) fn marked(&self, cluster: RecordId, severities: u8) -> bool {
        self.marks.get(cluster as usize).is_some_and(|mark| mark & severities != 0)
    }

    fn shift_node(&mut self, cluster: RecordId, change: impl FnOnce(&mut Node)) {
        let node = self.nodes.entry(cluster).or_default();
        change(node);
        let [errors, warnings, notes] = node.all.map(|count| u8::from(count > 0));
        if *node == Node::default() {
            self.nodes.remove(&cluster);
        }
        let at = cluster as usize;
        if self.marks.len() <= at {
            self.marks.resize(at + 1, 0);
        }
        if let Some(mark) = self.marks.get_mut(at) {
            *mark = errors | warnings << 1 | notes << 2;
        }
    }

    fn shift_block(&mut self, list: ListKey, block: u32, before: Counts, after: Counts) {
        let counts = self.blocks.entry((list, block)).or_default();
        shift(counts, before, after);
        if is_none(*counts) {
            self.blocks.remove(&(list, block));
        }
    }

    pub(super) fn memory(&self) -> usize {
        self.marks.capacity()
            + self.nodes.capacity() * (size_of::<(RecordId, Node)>() + 1)
            + self.blocks.capacity() * (size_of::<((ListKey, u32), Counts)>() + 1)
    }
}

impl Form {
    /// How many errors, warnings and notes there are.
    pub fn summary(&self) -> Summary {
        let [errors, warnings, notes] = self.tallies.all(ROOT);
        Summary { errors, warnings, notes }
    }

    /// Whether the payload can be sent: what an upstream refused earlier does not count.
    pub fn valid(&self) -> bool {
        let [errors, ..] = self.tallies.all(ROOT);
        errors == self.tallies.refused
    }

    /// How many of each severity are told in a report: all but what an upstream refused.
    #[cfg(feature = "wasm")]
    pub(crate) fn reported(&self) -> [u32; 3] {
        let mut counts = self.tallies.all(ROOT);
        for remark in self.told_remarks.values().flatten().filter(|remark| remark.is_refusal()) {
            if let Some(count) = counts.get_mut(remark.severity() as usize) {
                *count = count.saturating_sub(1);
            }
        }
        counts
    }

    /// Changes what is found in a cluster, and counts it.
    pub(super) fn refind(&mut self, cluster: RecordId, change: impl FnOnce(&mut Self)) {
        change(self);
        self.recount(cluster);
    }

    /// Counts what is told of a cluster, in everything that it stands in.
    pub(super) fn recount(&mut self, mut cluster: RecordId) {
        let before = self.tallies.nodes.get(&cluster).copied().unwrap_or_default();
        let remarks = self.told_remarks(cluster);
        let refused =
            remarks.iter().filter(|remark| remark.is_refusal() && remark.severity() == Severity::Error).count();
        let found = self.told_of(cluster);
        let after =
            tally(found.iter().map(|found| found.severity).chain(remarks.iter().map(|remark| remark.severity())));
        let refused = u32::try_from(refused).unwrap_or(u32::MAX);
        if before.here == after && before.refused == refused {
            return;
        }
        self.tallies.refused = (self.tallies.refused + refused).saturating_sub(before.refused);
        self.tallies.shift_node(cluster, |node| (node.here, node.refused) = (after, refused));
        loop {
            self.tallies.shift_node(cluster, |node| shift(&mut node.all, before.here, after));
            let Some(list) = self.item_of(cluster) else { return };
            let block = self.block_of(cluster);
            self.tallies.shift_block(list, block, before.here, after);
            cluster = self.cluster_of(list.0);
        }
    }

    /// The block in which an item stands.
    fn block_of(&self, item: RecordId) -> u32 {
        match self.draft.slot(item).owner {
            Owner::Item(_, block) => block,
            Owner::None | Owner::Field(..) => ALONE,
        }
    }

    /// An item came into another block of its list.
    pub(super) fn reblock(&mut self, list: ListKey, item: RecordId, from: u32, to: u32) {
        let all = self.tallies.all(item);
        if !is_none(all) {
            self.tallies.shift_block(list, from, all, [0; 3]);
            self.tallies.shift_block(list, to, [0; 3], all);
        }
    }
}

/// The bits of the severities that are wanted: of one, or of all.
pub(super) fn bits(severity: Option<Severity>) -> u8 {
    severity.map_or(0b111, |severity| 1 << severity as u8)
}

/// How many of them are of the wanted severity.
pub(super) fn wanted(counts: Counts, severity: Option<Severity>) -> usize {
    match severity {
        Some(severity) => counts.get(severity as usize).map_or(0, |count| *count as usize),
        None => counts.iter().map(|count| *count as usize).sum(),
    }
}
