//! What some rules need to know besides the payload: the object's status, reference lists, the programme of a cycle, the previous
//! contract. Absent context silences exactly the rules that need it.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::draft::{Draft, ROOT};
use crate::options::Dialect;
use crate::reading::{Reading, read};

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
    pub(crate) programme: Option<Outside>,
    pub(crate) specialities: Option<Arc<HashSet<String>>>,
    pub(crate) programmes: Option<Outside>,
    pub(crate) previous: Option<Outside>,
}

/// A payload given as context, read through its own table.
#[derive(Clone, Debug)]
pub(crate) struct Outside(pub(crate) Arc<Draft<'static>>);

impl Outside {
    fn reading(&self, name: &str) -> Reading<'_> {
        let spec = self.0.spec(ROOT);
        match spec.find(name).and_then(|at| Some((at, spec.fields.get(at)?))) {
            Some((at, field)) => read(&self.0, field, self.0.cell(ROOT, at), Dialect::default()).value,
            None => Reading::Absent,
        }
    }

    /// A boolean of the context's object.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        match self.reading(name) {
            Reading::Bool(flag) => Some(flag),
            _ => None,
        }
    }

    /// A text, or the canonical value of a choice, of the context's object.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let spec = self.0.spec(ROOT);
        match (self.reading(name), spec.find(name).and_then(|at| spec.fields.get(at)).map(|field| field.kind)) {
            (Reading::Text(text), _) => Some(text.into_owned()),
            (Reading::Choice(at), Some(crate::table::Kind::Choice(choices))) => {
                Some(choices.value(usize::from(at)).to_owned())
            }
            _ => None,
        }
    }
}
