//! What a check sees: the readable values of the fields that it names, and the context. It is read-only, and a check that forgot
//! to name a field cannot read it, so the names are also the dependency graph of the live form.

use std::borrow::Cow;
use std::collections::HashSet;

use chrono::NaiveDate;

use crate::check::Seen;
use crate::context::Context;
use crate::draft::Draft;
use crate::issue::{Code, Params, Says, Severity};
use crate::kinds::status::Status;
use crate::options::Options;
use crate::previous::Previous;
use crate::reading::{Reading, read};
use crate::reference::{CycleProgramme, Programmes};
use crate::table::{Kind, Operation, Ref, Words};

/// What a check finds.
#[derive(Clone, Debug)]
pub struct Fault {
    pub(crate) code: Code,
    pub(crate) severity: Severity,
    pub(crate) params: Params,
    pub(crate) says: Says,
}

/// An error of this code.
pub const fn error(code: Code) -> Fault {
    Fault { code, severity: Severity::Error, params: Params::None, says: Says::Nothing }
}

/// A warning of this code.
pub const fn warning(code: Code) -> Fault {
    Fault { code, severity: Severity::Warning, params: Params::None, says: Says::Nothing }
}

/// A note of this code.
pub const fn note(code: Code) -> Fault {
    Fault { code, severity: Severity::Note, params: Params::None, says: Says::Nothing }
}

impl Fault {
    /// Names the parameter `key`.
    pub fn named(mut self, key: &'static str, value: &'static str) -> Self {
        self.params = Params::Name(key, Cow::Borrowed(value));
        self
    }
    /// `with`: the other field.
    pub fn with(self, field: &'static str) -> Self {
        self.named("with", field)
    }
    /// `of`: the whole.
    pub fn of(self, field: &'static str) -> Self {
        self.named("of", field)
    }
    /// `after`: what must come before.
    pub fn after(self, field: &'static str) -> Self {
        self.named("after", field)
    }
    /// `list`: the reference list.
    pub fn list(self, name: &'static str) -> Self {
        self.named("list", name)
    }
    /// `allowed`: the values that are.
    pub fn allowed(mut self, values: &[&'static str]) -> Self {
        self.params = Params::Allowed(values.iter().map(|value| Cow::Borrowed(*value)).collect());
        self
    }
    /// Parameters of another form.
    pub fn params(mut self, params: Params) -> Self {
        self.params = params;
        self
    }
    /// Words of its own in place of the code's message.
    pub fn says(mut self, words: &'static Words) -> Self {
        self.says = Says::Words(words);
        self
    }
}

/// The values that a check reads, by their place in its list of fields.
#[derive(Debug)]
pub struct View<'v, 'd> {
    pub(crate) values: &'v [Seen<'v, 'd>],
    pub(crate) refs: &'v [Ref],
    pub(crate) draft: &'d Draft<'d>,
    pub(crate) options: &'d Options,
}

impl View<'_, '_> {
    fn value(&self, at: usize) -> &Reading<'_> {
        self.values.get(at).map_or(&Reading::Absent, |(reading, _)| reading)
    }

    /// A boolean; missing is `None`.
    pub fn flag(&self, at: usize) -> Option<bool> {
        match self.value(at) {
            Reading::Bool(flag) => Some(*flag),
            _ => None,
        }
    }

    /// A number; missing is `None`.
    pub fn number(&self, at: usize) -> Option<f64> {
        match self.value(at) {
            Reading::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// A text that is not blank.
    pub fn text(&self, at: usize) -> Option<&str> {
        match self.value(at) {
            Reading::Text(text) | Reading::Id(text) => Some(text),
            _ => None,
        }
    }

    /// A date; missing is `None`.
    pub fn date(&self, at: usize) -> Option<NaiveDate> {
        match self.value(at) {
            Reading::Date(date) => Some(*date),
            _ => None,
        }
    }

    /// The canonical value of a choice.
    pub fn choice(&self, at: usize) -> Option<&'static str> {
        match self.values.get(at) {
            Some((reading, Some(field))) => match (&**reading, field.kind) {
                (Reading::Choice(choice), Kind::Choice(choices)) => Some(choices.value(usize::from(*choice))),
                _ => None,
            },
            _ => None,
        }
    }

    /// How many items a list has; `None` when there is no list.
    pub fn count(&self, at: usize) -> Option<usize> {
        match self.value(at) {
            Reading::List(cell) => Some(self.draft.items(*cell).len()),
            _ => None,
        }
    }

    /// The texts of a field of every item of a list (`list.field`).
    pub fn column(&self, at: usize) -> Vec<Cow<'_, str>> {
        let (Reading::List(cell), Some(refer)) = (self.value(at), self.refs.get(at)) else {
            return Vec::new();
        };
        let text = |item| {
            let field = self.draft.spec(item).fields.get(usize::from(refer.inner))?;
            match read(self.draft, field, self.draft.cell(item, usize::from(refer.inner)), self.options.dialect).value {
                Reading::Text(text) | Reading::Id(text) => Some(text),
                _ => None,
            }
        };
        self.draft.items(*cell).iter().filter_map(text).collect()
    }

    /// Whether there is any value.
    pub fn present(&self, at: usize) -> bool {
        !matches!(self.value(at), Reading::Absent | Reading::Blank)
    }

    /// The day that counts as today, where the caller gave one.
    pub fn today(&self) -> Option<NaiveDate> {
        self.options.today
    }

    /// A parameter of the endpoint's path, where the caller gave it.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.options.endpoint.param(name)
    }

    /// The previous contract, where the caller gave one.
    pub(crate) fn previous(&self) -> Option<&Previous> {
        self.options.context.previous.as_deref()
    }

    /// Whether the field that the check reads first has another value in the previous contract; nothing where that is not known.
    pub fn changed(&self) -> Option<bool> {
        self.previous()?.differs(self.refs.first()?.name, self.draft, self.value(0))
    }

    /// The context.
    pub fn context(&self) -> &Context {
        &self.options.context
    }

    /// The current status of the payload's object, where the caller gave one.
    pub fn status(&self) -> Option<Status> {
        self.options.context.status.as_deref().map(Status::from_text)
    }

    /// Whether the payload creates its object.
    pub fn creating(&self) -> bool {
        self.draft.payload.operation == Operation::Create
    }

    /// Whether the payload changes its object.
    pub fn updating(&self) -> bool {
        self.draft.payload.operation == Operation::Update
    }

    /// The programme that a cycle belongs to, where the caller gave one.
    pub(crate) fn programme(&self) -> Option<&CycleProgramme> {
        self.options.context.programme.as_deref()
    }

    /// The reference list of specialities, where the caller gave one.
    pub(crate) fn specialities(&self) -> Option<&HashSet<Box<str>>> {
        self.options.context.specialities.as_deref()
    }

    /// The reference list of five-year programmes, where the caller gave one.
    pub(crate) fn programmes(&self) -> Option<&Programmes> {
        self.options.context.programmes.as_deref()
    }
}
