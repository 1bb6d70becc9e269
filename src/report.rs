//! The native interface: check a JSON text against a payload, and ask the report for its issues, its outgoing body or a preview.

use crate::check::{Checker, Found};
use crate::draft::Draft;
use crate::input::Packed;
use crate::input::json::Position;
use crate::issue::{Code, Issue, Params, Says, Severity};
use crate::issues;
use crate::options::{Locale, Options};
use crate::preview::{self, Preview};
use crate::read;
use crate::table::Payload;
use crate::watch::Watch;

/// What a check found.
#[derive(Debug)]
pub struct Report<'a> {
    payload: &'static Payload,
    pub(crate) options: &'a Options,
    /// Nothing where the text is not JSON.
    pub(crate) draft: Option<Draft<'a>>,
    pub(crate) found: Vec<Found>,
    pub(crate) syntax: Option<Issue>,
}

/// Checks a JSON text: every issue at once, whatever the text is.
pub fn check_json<'a>(payload: &'static Payload, bytes: &'a [u8], options: &'a Options) -> Report<'a> {
    checked(payload, bytes, options, None)
}

/// As `check_json`, and tells how far it has come.
pub fn check_json_watched<'a>(
    payload: &'static Payload,
    bytes: &'a [u8],
    options: &'a Options,
    watch: Watch<'a>,
) -> Report<'a> {
    checked(payload, bytes, options, Some(watch))
}

fn checked<'a>(
    payload: &'static Payload,
    bytes: &'a [u8],
    options: &'a Options,
    watch: Option<Watch<'a>>,
) -> Report<'a> {
    match read::watched(payload, bytes, watch) {
        Ok(draft) => Report::of(payload, draft, options, watch),
        Err(position) => {
            Report { payload, options, draft: None, found: Vec::new(), syntax: Some(syntax(payload, position)) }
        }
    }
}

/// What is said of a text that is not JSON.
pub(crate) fn syntax(payload: &'static Payload, position: Position) -> Issue {
    Issue {
        path: Vec::new(),
        code: Code::Syntax,
        severity: Severity::Error,
        rule: "GEN-01".into(),
        params: Params::Position(position.line, position.column),
        says: Says::Nothing,
        payload,
        inner: 0,
    }
}

/// Checks a value: of JavaScript, or whatever serde can write.
pub fn check<'a, 'v>(payload: &'static Payload, value: impl Into<Packed<'v>>, options: &'a Options) -> Report<'a> {
    Report::of(payload, packed_draft(payload, &value.into()), options, None)
}

/// The draft of a packed value.
pub(crate) fn packed_draft(payload: &'static Payload, value: &Packed<'_>) -> Draft<'static> {
    let bytes = value.bytes();
    read::checked(Draft::for_packed(payload, bytes.len()), bytes)
}

impl<'a> Report<'a> {
    pub(crate) fn of(
        payload: &'static Payload,
        draft: Draft<'a>,
        options: &'a Options,
        watch: Option<Watch<'a>>,
    ) -> Self {
        let found = Checker::whole(&draft, options, watch);
        Self { payload, options, draft: Some(draft), found, syntax: None }
    }

    /// Whether there is no error; warnings and notes do not count.
    pub fn valid(&self) -> bool {
        self.syntax.is_none() && !self.found.iter().any(|found| found.severity == Severity::Error)
    }

    /// How many issues there are.
    pub fn len(&self) -> usize {
        self.found.len() + usize::from(self.syntax.is_some())
    }

    /// Whether there is no issue at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The language of messages.
    pub fn locale(&self) -> Locale {
        self.options.locale.unwrap_or(Locale::of(self.payload.system))
    }

    /// The issues, in the order of the table.
    pub fn issues(&self) -> Vec<Issue> {
        match (&self.syntax, &self.draft) {
            (Some(syntax), _) => vec![syntax.clone()],
            (None, Some(draft)) => {
                self.found.iter().map(|found| issues::issue(draft, found, self.options.dialect)).collect()
            }
            (None, None) => Vec::new(),
        }
    }

    /// The issues as a JSON array, as the JavaScript interface has them.
    pub fn issues_json(&self) -> String {
        let issues = self.issues();
        let localized: Vec<_> = issues.iter().map(|issue| issue.localized(self.locale())).collect();
        crate::json::text(&localized)
    }

    /// The outgoing body, when the payload is valid.
    pub fn body(&self) -> Option<String> {
        self.written(None)
    }

    /// As `body`, and tells how far it has come.
    pub fn body_watched(&self, watch: Watch<'_>) -> Option<String> {
        self.written(Some(watch))
    }

    fn written(&self, watch: Option<Watch<'_>>) -> Option<String> {
        let draft = self.draft.as_ref().filter(|_| self.valid())?;
        Some(preview::watched(draft, self.options, watch).0)
    }

    /// What will be sent and what will not; nothing where the text is not JSON.
    pub fn preview(&self) -> Option<Preview> {
        Some(preview::preview(self.draft.as_ref()?, self.options, &self.found))
    }
}
