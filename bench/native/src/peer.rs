//! The rules of `results.bulk_update` as a Rust user would write them with serde and validator's derive. The first type error ends
//! serde's reading and a struct's own rules are skipped while one of its fields fails, so that it is timed on valid data only.

use std::borrow::Cow;
use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use validator::{Validate, ValidationError, ValidationErrors, ValidationErrorsKind};

#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    NotTrained,
    Failed,
    Succeed,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "one_cycle_and_no_duplicates"))]
struct Batch<'a> {
    #[serde(borrow)]
    #[validate(custom(function = "not_blank"))]
    cycle_id: Cow<'a, str>,
    #[validate(length(min = 1), nested)]
    results: Vec<Row<'a>>,
}

#[derive(Deserialize, Serialize, Validate)]
#[serde(deny_unknown_fields)]
#[validate(schema(function = "of_one_status"))]
struct Row<'a> {
    #[serde(borrow)]
    cycle_id: Option<Cow<'a, str>>,
    #[validate(custom(function = "not_blank"))]
    request_number: Cow<'a, str>,
    attended: Option<bool>,
    result_status: Status,
    #[validate(range(min = 0, max = 100))]
    attendance: Option<i64>,
    #[validate(range(min = 1, max = 5))]
    practical_skills: Option<i64>,
    #[validate(range(min = 1, max = 5))]
    interview: Option<i64>,
    #[validate(range(min = 1, max = 5))]
    case_solving: Option<i64>,
    #[validate(range(min = 0, max = 100))]
    test_percentage: Option<i64>,
    #[validate(range(min = 1, max = 5))]
    test_mark: Option<i64>,
    certificate: Option<Cow<'a, str>>,
    certificate_applied: Option<bool>,
}

fn not_blank(text: &str) -> Result<(), ValidationError> {
    if text.trim().is_empty() { Err(ValidationError::new("required")) } else { Ok(()) }
}

fn of_one_status(row: &Row<'_>) -> Result<(), ValidationError> {
    let taught = row.result_status != Status::NotTrained;
    let has = |value: Option<i64>| value.is_some_and(|value| value != 0);
    if taught {
        let Some(mark) = row.test_mark else {
            return Err(ValidationError::new("required_when"));
        };
        if row.attended == Some(false) || (mark >= 3) == (row.result_status == Status::Failed) {
            return Err(ValidationError::new("inconsistent"));
        }
    } else if [row.practical_skills, row.interview, row.case_solving, row.test_percentage, row.test_mark]
        .map(has)
        .contains(&true)
    {
        return Err(ValidationError::new("not_relevant"));
    }
    let certified = row.certificate.as_deref().is_some_and(|text| !text.trim().is_empty());
    if certified && row.result_status != Status::Succeed {
        return Err(ValidationError::new("not_relevant"));
    }
    Ok(())
}

fn one_cycle_and_no_duplicates(batch: &Batch<'_>) -> Result<(), ValidationError> {
    let mut seen = HashMap::with_capacity(batch.results.len());
    for (index, row) in batch.results.iter().enumerate() {
        if row.cycle_id.as_ref().is_some_and(|id| *id != batch.cycle_id) {
            return Err(ValidationError::new("mismatch"));
        }
        if seen.insert(&row.request_number, index).is_some() {
            return Err(ValidationError::new("duplicate"));
        }
    }
    Ok(())
}

/// How many issues there are.
pub fn issues(bytes: &[u8]) -> usize {
    match serde_json::from_slice::<Batch<'_>>(bytes) {
        Ok(batch) => batch.validate().map_or_else(|errors| count(&errors), |()| 0),
        Err(_) => 1,
    }
}

fn count(errors: &ValidationErrors) -> usize {
    let of = |kind: &ValidationErrorsKind| match kind {
        ValidationErrorsKind::Struct(errors) => count(errors),
        ValidationErrorsKind::List(items) => items.values().map(|errors| count(errors)).sum(),
        ValidationErrorsKind::Field(errors) => errors.len(),
    };
    errors.errors().values().map(of).sum()
}
