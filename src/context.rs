//! What some rules need to know besides the payload: the object's status, reference lists, the programme of a cycle, the previous
//! contract. Absent context silences exactly the rules that need it. Reference lists are indexed when they are given, so that no
//! check ever searches them. How it is read from what a caller gives stands in `context_read`.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use crate::previous::Previous;
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
