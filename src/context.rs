//! What some rules need to know besides the payload: the object's status, reference lists, the programme of a cycle, the previous
//! contract. Absent context silences exactly the rules that need it. Reference lists are indexed when they are given, so that no
//! check ever searches them.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::check::{Checker, Found};
use crate::draft::{Draft, ROOT};
use crate::input::{Input, Part, Wrong};
use crate::issue::{Code, Severity};
use crate::options::Options;
use crate::payloads::nmfo;
use crate::previous::Previous;
use crate::read;
use crate::reference::{CycleProgramme, Programmes};

/// The kind of an eHealth contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContractType {
    /// A capitation contract.
    Capitation,
    /// A reimbursement contract.
    Reimbursement,
}

/// What some rules need to know besides the payload.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// The object's current status, in any spelling of STA-03.
    pub status: Option<String>,
    /// The numbers of the applications that results can be given for, without white space at their ends.
    pub request_numbers: Option<Arc<HashSet<String>>>,
    /// The type of the contract in a signed envelope.
    pub contract_type: Option<ContractType>,
    /// eHealth dictionaries: the codes of each, without white space at their ends.
    pub dictionaries: BTreeMap<String, Vec<String>>,
    pub(crate) programme: Option<Arc<CycleProgramme>>,
    pub(crate) specialities: Option<Arc<HashSet<Box<str>>>>,
    pub(crate) programmes: Option<Arc<Programmes>>,
    pub(crate) previous: Option<Arc<Previous>>,
}

impl Context {
    /// Gives the programme that a cycle belongs to, as it was sent to the Portal; fields may be missing.
    pub fn set_programme<'a>(&mut self, given: impl Into<Input<'a>>) -> Result<(), Wrong> {
        self.set(Reference::Programme, &given.into())
    }

    /// Gives the specialities: the Portal's answer, or a list of names.
    pub fn set_specialities<'a>(&mut self, given: impl Into<Input<'a>>) -> Result<(), Wrong> {
        self.set(Reference::Specialities, &given.into())
    }

    /// Gives the five-year programmes with their teaching kits and partitions: the Portal's answer.
    pub fn set_programmes<'a>(&mut self, given: impl Into<Input<'a>>) -> Result<(), Wrong> {
        self.set(Reference::Programmes, &given.into())
    }

    fn set(&mut self, reference: Reference, given: &Input<'_>) -> Result<(), Wrong> {
        self.set_part(reference, Part::whole(given))
    }

    /// Gives a reference body as a part of something larger; nothing where it is no JSON text.
    pub(crate) fn set_part(&mut self, reference: Reference, given: Option<Part<'_>>) -> Result<(), Wrong> {
        let names = matches!(reference, Reference::Specialities) && given.is_some_and(Part::is_list);
        let table = match reference {
            Reference::Programme => &nmfo::programme::CREATE,
            Reference::Specialities if names => &nmfo::reference::SPECIALITY_NAMES,
            Reference::Specialities => &nmfo::reference::SPECIALITIES,
            Reference::Programmes => &nmfo::reference::PROGRAMMES,
        };
        let draft = given.map(|given| if names { read::only_row(table, given) } else { read::part(table, given) });
        let draft = draft.unwrap_or_else(|| Draft::new(table, ""));
        self.keep(reference, &draft).map_err(Wrong)
    }

    /// Takes over what was read, unless it has errors.
    #[inline(never)]
    fn keep(&mut self, reference: Reference, draft: &Draft<'_>) -> Result<(), String> {
        // Of a programme only what a cycle must agree with has to be readable, and none of it has to be there.
        let agrees = |field: u8| {
            draft.spec(ROOT).fields.get(usize::from(field)).is_none_or(|row| CycleProgramme::reads(row.name))
        };
        let counts = |found: &Found| {
            !matches!(reference, Reference::Programme)
                || (found.record == ROOT && found.code != Code::Required && agrees(found.field))
        };
        let found = Checker::whole(draft, &Options::default(), None);
        let wrong = found.iter().any(|found| found.severity == Severity::Error && counts(found));
        let (part, wanted) = match reference {
            Reference::Programme => ("programme", "the programme as it was sent to the Portal"),
            Reference::Specialities => ("specialities", SPECIALITIES),
            Reference::Programmes => ("programmes", "the Portal's list of five-year programmes"),
        };
        if wrong {
            return Err(format!("context.{part}: must be {wanted}."));
        }
        match reference {
            Reference::Programme => self.programme = Some(Arc::new(CycleProgramme::read(draft))),
            Reference::Specialities => self.specialities = Some(Arc::new(crate::reference::specialities(draft))),
            Reference::Programmes => self.programmes = Some(Arc::new(Programmes::read(draft))),
        }
        Ok(())
    }
}

/// What is read through a table of its own, and kept as an index.
#[derive(Clone, Copy)]
pub(crate) enum Reference {
    Programme,
    Specialities,
    Programmes,
}

const SPECIALITIES: &str = "the Portal's list of specialities, or a list of names";
