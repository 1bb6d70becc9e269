//! Reading `Options` from a value: a JavaScript object in the packed form, or JSON. A part of the wrong shape is an error that names the
//! part, never an issue about the payload; reference bodies are read through their own tables.

use std::borrow::Cow;
use std::sync::Arc;

use crate::context::ContractType;
use crate::context_read::Reference;
use crate::input::{Input, Part, Parts, Wrong};
use crate::json::quote;
use crate::kinds::date::{Parsed, Written};
use crate::kinds::letters::whole;
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

/// Reads what a caller chooses: an object of JavaScript's, or JSON text. What is `undefined` counts as not given.
pub fn options<'a>(given: impl Into<Input<'a>>) -> Result<Options, Wrong> {
    read(&given.into()).map_err(Wrong)
}

/// What is wrong, in words.
type Words = String;

fn read(given: &Input<'_>) -> Result<Options, Words> {
    let mut options = Options::default();
    let given = Part::whole(given).ok_or_else(|| wrong("options", "an object"))?;
    for (name, given) in entries("options", given)? {
        if name == "context" {
            for (name, given) in entries("context", given)? {
                part(&mut options, &name, given)?;
            }
        } else {
            option(&mut options, &name, Tree::part(given))?;
        }
    }
    Ok(options)
}

fn entries<'p>(at: &str, given: Part<'p>) -> Result<Vec<(String, Part<'p>)>, Words> {
    match given.parts() {
        Parts::Nothing => Ok(Vec::new()),
        Parts::Object(entries) => Ok(entries),
        Parts::Other => Err(wrong(at, "an object")),
    }
}

/// A part of the context. Bodies are read as they stand, because they may be large, through tables of their own.
fn part(options: &mut Options, name: &str, given: Part<'_>) -> Result<(), Words> {
    let reference = match name {
        "previous" => return options.context.previous_part(Some(given)).map_err(|wrong| wrong.0),
        "programme" => Reference::Programme,
        "programmes" => Reference::Programmes,
        "specialities" => Reference::Specialities,
        _ => return context(options, name, Tree::part(given)),
    };
    options.context.set_part(reference, Some(given)).map_err(|wrong| wrong.0)
}

#[cold]
#[inline(never)]
fn wrong(at: &str, wanted: &str) -> Words {
    format!("{at}: must be {wanted}.")
}

#[cold]
#[inline(never)]
fn no_such(at: &str, name: &str, known: &str) -> Words {
    let mut quoted = String::new();
    quote(&mut quoted, name);
    format!("{at}: there is no option {quoted}; there are {known}.")
}

#[inline(never)]
fn option(options: &mut Options, name: &str, given: Tree) -> Result<(), Words> {
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

fn dialect(options: &mut Options, name: &str, given: Tree) -> Result<(), Words> {
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

fn params(given: Tree) -> Result<Vec<(String, String)>, Words> {
    let mut params = Vec::new();
    for (name, value) in given.object("endpoint.params")? {
        if let Some(value) = value.text(&format!("endpoint.params.{name}"))? {
            params.push((name, value));
        }
    }
    Ok(params)
}

#[inline(never)]
fn context(options: &mut Options, name: &str, given: Tree) -> Result<(), Words> {
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
            context.request_numbers = numbers.map(|numbers| Arc::new(numbers.into_iter().map(as_read).collect()));
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
fn as_read(name: String) -> String {
    match whole(trim(&name)) {
        Cow::Borrowed(same) if same.len() == name.len() => name,
        other => other.into_owned(),
    }
}

/// The codes of a dictionary: a list of codes, or an object whose keys they are.
fn codes(name: &str, given: Tree) -> Result<Option<Vec<String>>, Words> {
    let at = format!("context.dictionaries.{name}");
    match given {
        Tree::Object(entries) => Ok(Some(entries.into_iter().map(|(code, _)| as_read(code)).collect())),
        given @ (Tree::List(_) | Tree::Nothing) => {
            given.texts(&at).map(|codes| codes.map(|codes| codes.into_iter().map(as_read).collect()))
        }
        _ => Err(wrong(&at, "a list of codes, or an object whose keys they are")),
    }
}

/// The parts as they were given.
impl Tree {
    #[inline(never)]
    fn text(self, at: &str) -> Result<Option<String>, Words> {
        match self {
            Self::Nothing => Ok(None),
            Self::Text(text) => Ok(Some(text)),
            _ => Err(wrong(at, "a text")),
        }
    }

    #[inline(never)]
    fn word(self, at: &str, allowed: &[&str]) -> Result<Option<String>, Words> {
        match self {
            Self::Nothing => Ok(None),
            Self::Text(text) if allowed.contains(&text.as_str()) => Ok(Some(text)),
            _ => Err(wrong(at, &format!("one of \"{}\"", allowed.join("\", \"")))),
        }
    }

    /// A list of texts; numbers are read as their text.
    #[inline(never)]
    fn texts(self, at: &str) -> Result<Option<Vec<String>>, Words> {
        let text = |item| match item {
            Self::Text(text) => Ok(text),
            Self::Number(number) if number.is_finite() => Ok(decimal::shortest(number)),
            _ => Err(wrong(at, "a list of texts")),
        };
        match self {
            Self::Nothing => Ok(None),
            Self::List(items) => items.into_iter().map(text).collect::<Result<_, Words>>().map(Some),
            _ => Err(wrong(at, "a list of texts")),
        }
    }

    #[inline(never)]
    fn object(self, at: &str) -> Result<Vec<(String, Self)>, Words> {
        match self {
            Self::Nothing => Ok(Vec::new()),
            Self::Object(entries) => Ok(entries),
            _ => Err(wrong(at, "an object")),
        }
    }
}
