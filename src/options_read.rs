//! Reading `Options` from any serde deserializer: a JavaScript object in the packed form, or JSON. A part of the wrong shape is an
//! error that names the part, never an issue about the payload; reference bodies are read through their own tables.

use core::fmt;
use std::sync::Arc;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::context::{Context, ContractType};
use crate::json::quote;
use crate::kinds::date::{Parsed, Written};
use crate::kinds::text::trim;
use crate::kinds::{date, decimal};
use crate::options::{Locale, Mode, Options};
use crate::rules::is_rule;
use crate::tree::Tree;

const TOP: &str = "locale, mode, today, context, dialect, promote, endpoint";
const DIALECT: &str = "resultStatus, price, address";
const ENDPOINT: &str = "base, path, params";
const CONTEXT: &str =
    "status, specialities, programmes, programme, requestNumbers, previous, contractType, dictionaries";

/// Reads what a caller chooses. What is `None` to serde (`undefined` in JavaScript) counts as not given.
pub fn options<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Options, D::Error> {
    let mut options = Options::default();
    Any(Group::Options, &mut options).deserialize(deserializer)?;
    Ok(options)
}

/// What is wrong, in words; only the visitors know of serde's errors.
type Wrong = String;

#[cold]
#[inline(never)]
fn wrong(at: &str, wanted: &str) -> Wrong {
    format!("{at}: must be {wanted}.")
}

#[cold]
#[inline(never)]
fn no_such(at: &str, name: &str, known: &str) -> Wrong {
    let mut quoted = String::new();
    quote(&mut quoted, name);
    format!("{at}: there is no option {quoted}; there are {known}.")
}

#[derive(Clone, Copy)]
enum Group {
    Options,
    Context,
}

/// The options, or the context in them: objects whose parts are read as they come, because a part may be a large body.
struct Any<'o>(Group, &'o mut Options);

impl<'de> DeserializeSeed<'de> for Any<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Any<'_> {
    fn refuse<E: Error>(&self) -> Result<(), E> {
        Err(E::custom(wrong(if matches!(self.0, Group::Options) { "options" } else { "context" }, "an object")))
    }
}

impl<'de> Visitor<'de> for Any<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_none<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.refuse()
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.refuse()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.refuse()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.refuse()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        self.refuse()
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.refuse()
    }

    fn visit_bytes<E: Error>(self, _: &[u8]) -> Result<(), E> {
        self.refuse()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        self.refuse()
    }

    fn visit_map<A: MapAccess<'de>>(self, mut parts: A) -> Result<(), A::Error> {
        let Self(group, options) = self;
        while let Some(name) = parts.next_key::<String>()? {
            match (group, name.as_str()) {
                (Group::Options, "context") => parts.next_value_seed(Any(Group::Context, options))?,
                (Group::Options, name) => option(options, name, parts.next_value()?).map_err(A::Error::custom)?,
                (Group::Context, part) => {
                    let reference = match part {
                        "previous" => Reference::Previous,
                        "programme" => Reference::Programme,
                        "programmes" => Reference::Programmes,
                        "specialities" => Reference::Specialities,
                        _ => {
                            context(options, part, parts.next_value()?).map_err(A::Error::custom)?;
                            continue;
                        }
                    };
                    parts.next_value_seed(Body(&mut options.context, reference))?;
                }
            }
        }
        Ok(())
    }
}

#[inline(never)]
fn option(options: &mut Options, name: &str, given: Tree) -> Result<(), Wrong> {
    match name {
        "locale" => {
            let word = given.word(name, &Locale::ALL.map(Locale::as_str))?;
            options.locale = word.and_then(|word| Locale::from_name(&word));
        }
        "mode" => {
            let strict = given.word(name, &["lenient", "strict"])?.as_deref() == Some("strict");
            options.mode = if strict { Mode::Strict } else { Mode::Lenient };
        }
        "today" => {
            options.today = match given {
                Tree::Nothing => None,
                Tree::Text(text) => match date::parse(&text) {
                    Ok(Parsed::Day(date, Written::Canonical)) => Some(date),
                    _ => return Err(wrong(name, "a calendar date as YYYY-MM-DD")),
                },
                _ => return Err(wrong(name, "a calendar date as YYYY-MM-DD")),
            }
        }
        "promote" => {
            options.promote = given.texts(name)?.unwrap_or_default();
            if let Some(unknown) = options.promote.iter().find(|id| !is_rule(id)) {
                let mut quoted = String::new();
                quote(&mut quoted, unknown);
                return Err(format!(
                    "{name}: there is no rule {quoted}; the rules are those that issues carry, such as \"CYC-08\"."
                ));
            }
        }
        "dialect" => {
            for (name, given) in given.object(name)? {
                dialect(options, &name, given)?;
            }
        }
        "endpoint" => {
            for (name, given) in given.object(name)? {
                match name.as_str() {
                    "base" => options.endpoint.base = given.text("endpoint.base")?,
                    "path" => options.endpoint.path = given.text("endpoint.path")?,
                    "params" => options.endpoint.params = params(given)?,
                    _ => return Err(no_such("endpoint", &name, ENDPOINT)),
                }
            }
        }
        _ => return Err(no_such("options", name, TOP)),
    }
    Ok(())
}

fn dialect(options: &mut Options, name: &str, given: Tree) -> Result<(), Wrong> {
    let dialect = &mut options.dialect;
    let (part, flag, words) = match name {
        "resultStatus" => ("dialect.resultStatus", &mut dialect.result_status_table, ["example", "table"]),
        "price" => ("dialect.price", &mut dialect.price_text, ["number", "text"]),
        "address" => ("dialect.address", &mut dialect.address_list, ["object", "list"]),
        _ => return Err(no_such("dialect", name, DIALECT)),
    };
    let [_, second] = words;
    *flag = given.word(part, &words)?.as_deref() == Some(second);
    Ok(())
}

fn params(given: Tree) -> Result<Vec<(String, String)>, Wrong> {
    let mut params = Vec::new();
    for (name, value) in given.object("endpoint.params")? {
        if let Some(value) = value.text(&format!("endpoint.params.{name}"))? {
            params.push((name, value));
        }
    }
    Ok(params)
}

#[inline(never)]
fn context(options: &mut Options, name: &str, given: Tree) -> Result<(), Wrong> {
    let context = &mut options.context;
    match name {
        "status" => context.status = given.text("context.status")?,
        "contractType" => {
            let word = given.word("context.contractType", &["CAPITATION", "REIMBURSEMENT"])?;
            context.contract_type = word.map(|word| match word.as_str() {
                "CAPITATION" => ContractType::Capitation,
                _ => ContractType::Reimbursement,
            });
        }
        "requestNumbers" => {
            let numbers = given.texts("context.requestNumbers")?;
            context.request_numbers = numbers.map(|numbers| Arc::new(numbers.into_iter().map(trimmed).collect()));
        }
        "dictionaries" => {
            for (name, given) in given.object("context.dictionaries")? {
                if let Some(codes) = codes(&name, given)? {
                    context.dictionaries.insert(name, codes);
                }
            }
        }
        _ => return Err(no_such("context", name, CONTEXT)),
    }
    Ok(())
}

/// A name as a text of the payload is read: they are compared with one another.
fn trimmed(name: String) -> String {
    let cut = trim(&name);
    if cut.len() == name.len() { name } else { cut.to_owned() }
}

/// The codes of a dictionary: a list of codes, or an object whose keys they are.
fn codes(name: &str, given: Tree) -> Result<Option<Vec<String>>, Wrong> {
    let at = format!("context.dictionaries.{name}");
    match given {
        Tree::Object(entries) => Ok(Some(entries.into_iter().map(|(code, _)| trimmed(code)).collect())),
        given @ (Tree::List(_) | Tree::Nothing) => {
            given.texts(&at).map(|codes| codes.map(|codes| codes.into_iter().map(trimmed).collect()))
        }
        _ => Err(wrong(&at, "a list of codes, or an object whose keys they are")),
    }
}

/// A reference body, which the context reads through its own table.
struct Body<'c>(&'c mut Context, Reference);

#[derive(Clone, Copy)]
enum Reference {
    Previous,
    Programme,
    Programmes,
    Specialities,
}

impl<'de> DeserializeSeed<'de> for Body<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let Self(context, reference) = self;
        match reference {
            Reference::Previous => context.set_previous(deserializer),
            Reference::Programme => context.set_programme(deserializer),
            Reference::Programmes => context.set_programmes(deserializer),
            Reference::Specialities => context.set_specialities(deserializer),
        }
    }
}

/// The parts as they were given.
impl Tree {
    #[inline(never)]
    fn text(self, at: &str) -> Result<Option<String>, Wrong> {
        match self {
            Self::Nothing => Ok(None),
            Self::Text(text) => Ok(Some(text)),
            _ => Err(wrong(at, "a text")),
        }
    }

    #[inline(never)]
    fn word(self, at: &str, allowed: &[&str]) -> Result<Option<String>, Wrong> {
        match self {
            Self::Nothing => Ok(None),
            Self::Text(text) if allowed.contains(&text.as_str()) => Ok(Some(text)),
            _ => Err(wrong(at, &format!("one of \"{}\"", allowed.join("\", \"")))),
        }
    }

    /// A list of texts; numbers are read as their text.
    #[inline(never)]
    fn texts(self, at: &str) -> Result<Option<Vec<String>>, Wrong> {
        let text = |item| match item {
            Self::Text(text) => Ok(text),
            Self::Number(number) if number.is_finite() => Ok(decimal::shortest(number)),
            _ => Err(wrong(at, "a list of texts")),
        };
        match self {
            Self::Nothing => Ok(None),
            Self::List(items) => items.into_iter().map(text).collect::<Result<_, Wrong>>().map(Some),
            _ => Err(wrong(at, "a list of texts")),
        }
    }

    #[inline(never)]
    fn object(self, at: &str) -> Result<Vec<(String, Self)>, Wrong> {
        match self {
            Self::Nothing => Ok(Vec::new()),
            Self::Object(entries) => Ok(entries),
            _ => Err(wrong(at, "an object")),
        }
    }
}
