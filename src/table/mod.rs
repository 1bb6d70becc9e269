//! The vocabulary in which a payload is written: rows with their kind, label, conditions and rule id, and the few checks
//! that need code. Everything is built by `const fn`, and every name that a condition or a check mentions is looked up while
//! the crate compiles, so a misspelt name does not build. Nothing here reads a draft: see `check` for that.

mod check;
mod code;
mod condition;
mod dialect;
mod field;
mod kind;
mod language;
mod lookup;
mod params;
mod payload;
mod record;
mod row_rule;

pub use check::{Check, Lift, check, checks, lift};
pub(crate) use check::{Hops, READS, Ref};
pub use code::{Code, Severity};
pub use condition::{Need, Test, UPDATING, When, when};
pub use dialect::Dialect;
pub use field::{DialectKey, Field, boolean, date, integer, list, money, number, object, one_of, text, uuid};
pub use kind::{Choice, Choices, Format, Kind, Uuid, choice};
pub use language::Locale;
pub use lookup::{concat, fields, row};
pub use params::{Given, Params, Says, Step, Which, pointer};
pub use payload::{Direction, Endpoint, Operation, Payload, System};
pub use record::Record;
pub(crate) use row_rule::RowTest;
pub use row_rule::{RowRule, exactly_one, member, unique};

/// A text in Russian, Ukrainian and English, in this order.
pub type Words = [&'static str; 3];
