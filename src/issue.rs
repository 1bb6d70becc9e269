//! What a check finds: an issue with its place, code, severity, rule, parameters of the rule, and its message in three
//! languages. An issue never carries the rejected value, because these payloads hold names, SNILS and phone numbers.

use std::borrow::Cow;

pub use crate::table::{Code, Given, Params, Says, Severity, Step, Which, pointer};
use crate::table::{Field, Kind, Payload, Record};

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Issue {
    /// Where: keys and indexes from the root; empty is the payload as a whole.
    pub path: Vec<Step>,
    /// What.
    pub code: Code,
    /// How much it weighs.
    pub severity: Severity,
    /// The rule's stable id.
    pub rule: Cow<'static, str>,
    /// The parameters of the rule.
    pub params: Params,
    /// Words of the check itself.
    pub says: Says,
    /// The payload whose table describes the path from step `inner` on.
    pub payload: &'static Payload,
    /// How many steps lead to that payload; not 0 only inside a signed envelope.
    pub inner: u8,
}

impl Issue {
    /// The path as a JSON pointer (RFC 6901).
    pub fn pointer(&self) -> String {
        pointer(&self.path)
    }

    /// The section of the source document; of a front end's own finding the name under which it was attached.
    pub fn source(&self) -> &str {
        match &self.says {
            Says::Given(given) => &given.source,
            _ => self.payload.source,
        }
    }

    /// The stable word of what is wrong.
    pub fn code(&self) -> &str {
        match &self.says {
            Says::Given(given) => &given.code,
            _ => self.code.as_str(),
        }
    }

    /// The row that the issue is at, where it is at one.
    pub fn field(&self) -> Option<&'static Field> {
        row(self.payload, self.path.get(usize::from(self.inner)..).unwrap_or_default())
    }
}

/// The row that a path leads to.
fn row(payload: &'static Payload, path: &[Step]) -> Option<&'static Field> {
    let mut record: &'static Record = payload.root;
    let mut found = None;
    for step in path {
        match step {
            Step::Key(key) => {
                let field = record.fields.iter().find(|field| field.name == key)?;
                if let Kind::Object(inner) | Kind::List(inner) = field.kind {
                    record = inner;
                }
                found = Some(field);
            }
            Step::Index(_) => {
                if record.scalar {
                    found = record.fields.first();
                }
            }
        }
    }
    found
}
