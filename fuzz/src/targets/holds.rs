//! What holds of every report, whatever was checked: issues that can be told, a body only of what is valid, and the body checked again
//! is valid, gives no note and stays as it is, in strict mode too.

use portform::options::{Locale, Mode, Options};
use portform::{Issue, Payload, Report, Severity, check_json};

use super::hold;
use crate::agreement::plausible::PRIVATE;
use crate::engine::Said;

/// A report tells at most so many issues, and one more says how many there are.
const MOST: usize = 200_001;

pub fn issues(issues: &[Issue], said: &mut Said) -> Result<(), String> {
    hold!(issues.len() <= MOST, "{} issues", issues.len());
    for issue in issues {
        for locale in Locale::ALL {
            let message = issue.message(locale);
            hold!(!message.is_empty(), "{} {} says nothing", issue.pointer(), issue.code.as_str());
        }
        let known = issue.field().is_some();
        let place: String = issue.pointer().chars().filter(|letter| known && !letter.is_ascii_digit()).collect();
        said.insert(format!("{} {} {} {place}", issue.code.as_str(), issue.rule, issue.severity.as_str()));
    }
    Ok(())
}

/// As they are told, one to a line.
pub fn written(issues: &[Issue]) -> String {
    let line = |issue: &Issue| {
        let message = issue.message(Locale::En);
        format!("{} {} {} {} {message}\n", issue.pointer(), issue.code.as_str(), issue.severity.as_str(), issue.rule)
    };
    issues.iter().map(line).collect()
}

pub fn report(
    payload: &'static Payload,
    report: &Report<'_>,
    options: &Options,
    said: &mut Said,
) -> Result<(), String> {
    let found = report.issues();
    issues(&found, said)?;
    said.insert(format!("{} {}", payload.name(), report.valid()));
    let errors = found.iter().any(|issue| issue.severity == Severity::Error);
    hold!(report.valid() != errors, "valid is {}, with errors: {errors}\n{}", report.valid(), written(&found));
    for issue in &found {
        let message = issue.message(report.locale());
        // A key may be told; what stands there may not.
        let key = issue.field().is_none();
        hold!(
            key || !message.contains(PRIVATE) || names(options),
            "{} tells what was typed: {message}",
            issue.pointer()
        );
    }
    let body = report.body();
    hold!(body.is_some() == report.valid(), "a body is there when it is valid, and only then");
    if let Some(preview) = report.preview() {
        hold!(preview.valid == report.valid(), "the preview says another thing than the report");
        hold!(
            serde_json::from_str::<serde_json::Value>(&preview.body).is_ok(),
            "the preview is no JSON: {}",
            preview.body
        );
        hold!(body.as_ref().is_none_or(|body| *body == preview.body), "{body:?} is sent, {} is shown", preview.body);
    }
    match body {
        Some(body) => sent(payload, &body, options),
        None => Ok(()),
    }
}

/// What is sent is valid, gives no note and is sent the same again.
pub fn sent(payload: &'static Payload, body: &str, options: &Options) -> Result<(), String> {
    for mode in [Mode::Lenient, Mode::Strict] {
        let options = Options { mode, ..options.clone() };
        let again = check_json(payload, body.as_bytes(), &options);
        let issues = again.issues();
        hold!(again.valid(), "{mode:?} refuses what is sent\n{}{body}", written(&issues));
        let notes = issues.iter().any(|issue| issue.severity == Severity::Note);
        hold!(!notes, "a note on what is sent\n{}{body}", written(&issues));
        hold!(again.body().as_deref() == Some(body), "what is sent changes\n{body}\n{:?}", again.body());
    }
    Ok(())
}

/// Whether the options themselves have names in them, which messages may tell.
fn names(options: &Options) -> bool {
    !options.context.dictionaries.is_empty()
}
