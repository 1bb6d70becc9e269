//! What some rules need to know besides the payload: the object's status, reference lists, the programme of a cycle, the previous
//! contract. Absent context silences exactly the rules that need it. Reference lists are indexed when they are given, so that no
//! check ever searches them.

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::sync::Arc;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

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
    /// The numbers of the applications that results can be given for.
    pub request_numbers: Option<Arc<HashSet<String>>>,
    /// The type of the contract in a signed envelope.
    pub contract_type: Option<ContractType>,
    /// eHealth dictionaries: the codes of each.
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
        // Only what a cycle must agree with has to be readable, and none of it has to be there.
        let read = |field: u8| {
            draft.spec(ROOT).fields.get(usize::from(field)).is_none_or(|row| CycleProgramme::reads(row.name))
        };
        let odd = |found: &Found| found.record == ROOT && found.code != Code::Required && read(found.field);
        if errors(&draft).any(|found| odd(&found)) {
            return Err(wrong("programme", "the programme as it was sent to the Portal"));
        }
        self.programme = Some(Arc::new(CycleProgramme::read(&draft)));
        Ok(())
    }

    /// Gives the specialities: the Portal's answer, or a list of names.
    pub fn set_specialities<'de, D: Deserializer<'de>>(&mut self, given: D) -> Result<(), D::Error> {
        let draft = given.deserialize_any(AnswerOrNames).ok().filter(|draft| errors(draft).next().is_none());
        let draft =
            draft.ok_or_else(|| wrong("specialities", "the Portal's list of specialities, or a list of names"))?;
        self.specialities = Some(Arc::new(crate::reference::specialities(&draft)));
        Ok(())
    }

    /// Gives the five-year programmes with their teaching kits and partitions: the Portal's answer.
    pub fn set_programmes<'de, D: Deserializer<'de>>(&mut self, given: D) -> Result<(), D::Error> {
        let draft = read::value(Draft::new(&nmfo::reference::PROGRAMMES, ""), given)?;
        if errors(&draft).next().is_some() {
            return Err(wrong("programmes", "the Portal's list of five-year programmes"));
        }
        self.programmes = Some(Arc::new(Programmes::read(&draft)));
        Ok(())
    }
}

fn wrong<E: serde::de::Error>(part: &str, wanted: &str) -> E {
    E::custom(format_args!("context.{part}: must be {wanted}."))
}

/// The errors in a part of the context.
fn errors(draft: &Draft<'_>) -> impl Iterator<Item = Found> {
    let found = Checker::whole(draft, &Options::default(), None);
    found.into_iter().filter(|found| found.severity == Severity::Error)
}

/// The answer with the specialities, or their bare names.
struct AnswerOrNames;

impl<'de> Visitor<'de> for AnswerOrNames {
    type Value = Draft<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the Portal's list of specialities, or a list of names")
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
