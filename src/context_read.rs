//! Reading the context that a caller gives: reference lists through tables of their own, the previous contract as a request's contents
//! or as the server shows it. It stands above the check, because a reference list with errors is refused.

use std::sync::Arc;

use crate::check::{Checker, Found};
use crate::context::Context;
use crate::draft::{Draft, ROOT};
use crate::input::{Input, Part, Wrong};
use crate::issue::{Code, Severity};
use crate::json::quote;
use crate::kinds::decimal;
use crate::options::Options;
use crate::payloads::ehealth::contract::PREVIOUS;
use crate::payloads::nmfo;
use crate::previous::Previous;
use crate::read;
use crate::reference::{self, CycleProgramme, Programmes};
use crate::table::{Field, Kind, Record};
use crate::tree::{Object, Tree};

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

    /// Gives the previous contract: an object with the contract's own fields, its status and whether it is suspended; or the answer in
    /// which the server shows it.
    pub fn set_previous<'a>(&mut self, given: impl Into<Input<'a>>) -> Result<(), Wrong> {
        self.previous_part(Part::whole(&given.into()))
    }

    /// Gives the previous contract as a part of something larger; nothing where it is no JSON text.
    pub(crate) fn previous_part(&mut self, given: Option<Part<'_>>) -> Result<(), Wrong> {
        let wrong = |text: &str| Wrong(text.to_owned());
        let given = Tree::part(given.ok_or_else(|| wrong(WRONG))?);
        self.previous = previous(&given).map_err(wrong)?.map(Arc::new);
        Ok(())
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
            Reference::Specialities => self.specialities = Some(Arc::new(reference::specialities(draft))),
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

const WRONG: &str = "context.previous: must be the previous contract, an object with its contract_number.";

/// The contract, where there is one; a fault says what it must be.
#[inline(never)]
fn previous(given: &Tree) -> Result<Option<Previous>, &'static str> {
    if matches!(given, Tree::Nothing | Tree::Null) {
        return Ok(None);
    }
    let object = given.as_object().ok_or(WRONG)?;
    let shown = match (object.get("contract_number"), object.get("data")) {
        (None, Some(data @ Tree::Object(_))) => data,
        _ => given,
    };
    let mut text = String::new();
    write_object(PREVIOUS.root, shown, &mut text);
    let contract = read::json(&PREVIOUS, text.as_bytes()).map_err(|_| WRONG)?.owned();
    Previous::of(contract).map(Some).ok_or(WRONG)
}

/// Writes an object of the contract as the request's contents have it, as JSON text. What the contents name by its id, the server
/// shows as an object with that id.
fn write_object(record: &'static Record, given: &Tree, out: &mut String) {
    match given {
        Tree::Object(entries) => {
            let object = Object::of(entries);
            let mut mark = '{';
            for field in record.fields {
                let filled = |value: &&Tree| !matches!(value, Tree::Nothing | Tree::Null);
                let own = object.get(field.name);
                let shown =
                    || field.name.strip_suffix("_id").and_then(|name| object.get(name)).filter(|it| id(it).is_some());
                if let Some(value) = own.filter(filled).or_else(shown).or(own.filter(|own| **own != Tree::Nothing)) {
                    out.push(mark);
                    quote(out, field.name);
                    out.push(':');
                    write_value(field, value, out);
                    mark = ',';
                }
            }
            out.push_str(if mark == '{' { "{}" } else { "}" });
        }
        Tree::List(items) => write_list(items, out, |item, out| write_object(record, item, out)),
        _ => write_scalar(given, "true", out),
    }
}

fn write_value(field: &'static Field, given: &Tree, out: &mut String) {
    match (field.kind, given) {
        (Kind::Uuid(_), _) => write_scalar(id(given).unwrap_or(given), "[]", out),
        (Kind::List(item), Tree::List(items)) if item.scalar => {
            write_list(items, out, |given, out| match item.fields.first() {
                Some(field) => write_value(field, given, out),
                None => write_scalar(given, "[]", out),
            });
        }
        (Kind::Object(record) | Kind::List(record), Tree::List(_) | Tree::Object(_)) if !record.scalar => {
            write_object(record, given, out);
        }
        (Kind::Object(_) | Kind::List(_), _) => write_scalar(given, "true", out),
        _ => write_scalar(given, "[]", out),
    }
}

fn write_list(items: &[Tree], out: &mut String, write: impl Fn(&Tree, &mut String)) {
    out.push('[');
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(item, out);
    }
    out.push(']');
}

/// Writes a single value; what is none, as something that cannot be read in its place.
fn write_scalar(given: &Tree, unreadable: &str, out: &mut String) {
    match given {
        Tree::Nothing | Tree::Null => out.push_str("null"),
        Tree::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Tree::Number(number) => out.push_str(&decimal::shortest(*number)),
        Tree::Text(text) => quote(out, text),
        Tree::Odd | Tree::List(_) | Tree::Object(_) => out.push_str(unreadable),
    }
}

/// The id of what is shown as an object.
fn id(given: &Tree) -> Option<&Tree> {
    given.as_object()?.get("id")
}
