//! What some rules need to know besides the payload: the object's status, reference lists, the programme of a cycle, the previous
//! contract. Absent context silences exactly the rules that need it. Reference lists are indexed when they are given, so that no
//! check ever searches them.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use crate::check::{Checker, Found};
use crate::draft::{Draft, ROOT};
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
    pub fn set_programme<'de, D: Deserializer<'de>>(&mut self, given: D) -> Result<(), D::Error> {
        let draft = read::value(Draft::new(&nmfo::programme::CREATE, ""), given)?;
        self.keep(Reference::Programme, &draft).map_err(D::Error::custom)
    }

    /// Gives the specialities: the Portal's answer, or a list of names.
    pub fn set_specialities<'de, D: Deserializer<'de>>(&mut self, given: D) -> Result<(), D::Error> {
        // A value of another type is as wrong as an answer with errors.
        let draft = given.deserialize_any(AnswerOrNames).unwrap_or(Draft::new(&nmfo::reference::SPECIALITIES, ""));
        self.keep(Reference::Specialities, &draft).map_err(D::Error::custom)
    }

    /// Gives the five-year programmes with their teaching kits and partitions: the Portal's answer.
    pub fn set_programmes<'de, D: Deserializer<'de>>(&mut self, given: D) -> Result<(), D::Error> {
        let draft = read::value(Draft::new(&nmfo::reference::PROGRAMMES, ""), given)?;
        self.keep(Reference::Programmes, &draft).map_err(D::Error::custom)
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
enum Reference {
    Programme,
    Specialities,
    Programmes,
}

const SPECIALITIES: &str = "the Portal's list of specialities, or a list of names";

/// The answer with the specialities, or their bare names.
struct AnswerOrNames;

impl<'de> Visitor<'de> for AnswerOrNames {
    type Value = Draft<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(SPECIALITIES)
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<Draft<'de>, A::Error> {
        read::value(Draft::new(&nmfo::reference::SPECIALITIES, ""), MapAccessDeserializer::new(entries))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<Draft<'de>, A::Error> {
        let draft = Draft::new(&nmfo::reference::SPECIALITY_NAMES, "");
        let (mut draft, names) = read::field(draft, ROOT, 0, SeqAccessDeserializer::new(items));
        draft.set_cell(ROOT, 0, names);
        Ok(draft)
    }
}
