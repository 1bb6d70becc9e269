//! What the rules look up in the Portal's answers: specialities by name, five-year programmes with their teaching kits and
//! partitions by id, and the few fields of a programme that its cycles must agree with. Built once from a draft; ids are compared in
//! any letter case. The lists are the Portal's, not strangers': their keys need no seed.

use std::collections::{HashMap, HashSet};

use crate::draft::{Draft, ROOT, RecordId};
use crate::options::Dialect;
use crate::reading::{Reading, read};
use crate::row_key::Keyed;
use crate::table::Kind;

/// The names in the reference list of specialities.
pub(crate) fn specialities(draft: &Draft<'_>) -> HashSet<Box<str>> {
    let name = |item| text(draft, item, "name").or_else(|| text(draft, item, ""));
    items(draft, ROOT, "specialities").filter_map(name).collect()
}

/// What a cycle must agree with.
#[derive(Clone, Debug)]
pub(crate) struct CycleProgramme {
    pub(crate) number: Option<Box<str>>,
    pub(crate) education_form: Option<&'static str>,
    flags: [Option<bool>; 3],
}

const BASES: [&str; 3] = ["is_budget", "is_paid", "is_paid_foms"];

impl CycleProgramme {
    pub(crate) fn read(draft: &Draft<'_>) -> Self {
        Self {
            number: text(draft, ROOT, "program_number"),
            education_form: choice(draft, ROOT, "education_form"),
            flags: BASES.map(|name| flag(draft, ROOT, name)),
        }
    }

    /// Whether the field of a programme is one that its cycles must agree with.
    pub(crate) fn reads(name: &str) -> bool {
        ["program_number", "education_form"].contains(&name) || BASES.contains(&name)
    }

    /// Whether the programme has this basis of education.
    pub(crate) fn basis(&self, name: &str) -> Option<bool> {
        BASES.iter().zip(self.flags).find(|(basis, _)| **basis == name).and_then(|(_, flag)| flag)
    }
}

/// The five-year programmes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Programmes {
    programmes: HashMap<Box<str>, Programme, Keyed>,
    kits: HashMap<Box<str>, Kit, Keyed>,
}

#[derive(Clone, Debug)]
struct Programme {
    speciality: Option<Box<str>>,
    /// Ids of its kits, in the order and spelling of the list.
    kits: Vec<Box<str>>,
}

#[derive(Clone, Debug)]
struct Kit {
    stale: bool,
    partitions: HashSet<Box<str>, Keyed>,
}

/// Partitions by the ids of the teaching kits that they belong to.
pub(crate) type ByKit<'k, P> = Vec<(&'k str, Vec<P>)>;

/// What the reference list says of a teaching kit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KitState {
    /// The programme has no such kit.
    Foreign,
    /// The kit is no longer current.
    Stale,
    /// The kit is current.
    Current,
}

fn key(id: &str) -> Box<str> {
    id.to_ascii_lowercase().into()
}

impl Programmes {
    pub(crate) fn read(draft: &Draft<'_>) -> Self {
        let mut all = Self::default();
        for programme in items(draft, ROOT, "programmes") {
            let Some(id) = text(draft, programme, "id") else { continue };
            let mut kits: Vec<Box<str>> = Vec::new();
            for kit in items(draft, programme, "umk") {
                let Some(kit_id) = text(draft, kit, "id") else { continue };
                let ids = items(draft, kit, "partitions").filter_map(|partition| text(draft, partition, "id"));
                let entry =
                    all.kits.entry(key(&kit_id)).or_insert(Kit { stale: false, partitions: HashSet::default() });
                entry.stale |= flag(draft, kit, "actual") == Some(false);
                entry.partitions.extend(ids.map(|id| key(&id)));
                if !kits.iter().any(|other| kit_id.eq_ignore_ascii_case(other)) {
                    kits.push(kit_id);
                }
            }
            let speciality = text(draft, programme, "speciality");
            all.programmes.insert(key(&id), Programme { speciality, kits });
        }
        all
    }

    /// Whether the list has this programme.
    pub(crate) fn has(&self, programme: &str) -> bool {
        self.programmes.contains_key(&key(programme))
    }

    /// The name of the programme's speciality, where the list has both.
    pub(crate) fn speciality(&self, programme: &str) -> Option<&str> {
        self.programmes.get(&key(programme))?.speciality.as_deref()
    }

    /// What the list says of a kit of this programme; nothing when it does not have the programme.
    pub(crate) fn kit(&self, programme: &str, kit: &str) -> Option<KitState> {
        let programme = self.programmes.get(&key(programme))?;
        let own = programme.kits.iter().any(|own| own.eq_ignore_ascii_case(kit));
        Some(match self.kits.get(&key(kit)) {
            Some(known) if own && known.stale => KitState::Stale,
            Some(_) if own => KitState::Current,
            _ => KitState::Foreign,
        })
    }

    /// Whether the kit has this partition; nothing when the list does not have the kit.
    pub(crate) fn partition(&self, kit: &str, partition: &str) -> Option<bool> {
        Some(self.kits.get(&key(kit))?.partitions.contains(&key(partition)))
    }

    /// The partitions by the kits of the programme that they belong to; nothing unless each belongs to exactly one.
    pub(crate) fn by_kit<P: AsRef<str>>(&self, programme: &str, partitions: Vec<P>) -> Option<ByKit<'_, P>> {
        let programme = self.programmes.get(&key(programme))?;
        let mut grouped: ByKit<'_, P> = Vec::new();
        for partition in partitions {
            let wanted = key(partition.as_ref());
            let has = |kit: &&str| self.kits.get(&key(kit)).is_some_and(|kit| kit.partitions.contains(&wanted));
            let mut holders = programme.kits.iter().map(|kit| &**kit).filter(has);
            let (Some(kit), None) = (holders.next(), holders.next()) else {
                return None;
            };
            match grouped.iter_mut().find(|(other, _)| *other == kit) {
                Some((_, own)) => own.push(partition),
                None => grouped.push((kit, vec![partition])),
            }
        }
        Some(grouped)
    }
}

fn reading<'d>(draft: &'d Draft<'_>, record: RecordId, name: &str) -> (Reading<'d>, Option<Kind>) {
    let spec = draft.spec(record);
    match spec.find(name).and_then(|at| Some((at, spec.fields.get(at)?))) {
        Some((at, field)) => (read(draft, field, draft.cell(record, at), Dialect::default()).value, Some(field.kind)),
        None => (Reading::Absent, None),
    }
}

fn text(draft: &Draft<'_>, record: RecordId, name: &str) -> Option<Box<str>> {
    match reading(draft, record, name) {
        (Reading::Text(text) | Reading::Id(text), _) => Some(text.into()),
        _ => None,
    }
}

fn flag(draft: &Draft<'_>, record: RecordId, name: &str) -> Option<bool> {
    match reading(draft, record, name) {
        (Reading::Bool(flag), _) => Some(flag),
        _ => None,
    }
}

fn choice(draft: &Draft<'_>, record: RecordId, name: &str) -> Option<&'static str> {
    match reading(draft, record, name) {
        (Reading::Choice(at), Some(Kind::Choice(choices))) => Some(choices.value(usize::from(at))),
        _ => None,
    }
}

fn items(draft: &Draft<'_>, record: RecordId, name: &str) -> impl Iterator<Item = RecordId> {
    let list = match reading(draft, record, name) {
        (Reading::List(cell), _) => draft.items(cell).iter().collect(),
        _ => Vec::new(),
    };
    list.into_iter()
}
