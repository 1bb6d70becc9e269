//! The programmes and cycles that the information system has, so that the Portal can be told that there is no such one.
//! What it gives is read and judged here; where it is kept the store knows.

use ring::digest::{SHA256, digest};
use serde_json::{Map, Value, json};

use crate::callbacks::answer::Refusal;

/// So many programmes, or cycles, are taken.
const MOST: usize = 200_000;

/// What an id is kept as: of one length whatever it is, and any text is one.
pub type IdDigest = [u8; 32];

/// The two lists as they are kept, each without repetitions. One that was left out is not checked.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// The programmes.
    pub programmes: Option<Vec<IdDigest>>,
    /// The cycles, each with its programme when that was given.
    pub cycles: Option<Vec<(IdDigest, Option<IdDigest>)>>,
}

/// Reads what `PUT /inbox/known` gives. `None` when it is something else, when an id is no text of the tables, or when
/// there are too many.
pub fn read(body: &[u8]) -> Option<Known> {
    let given: Map<String, Value> = serde_json::from_slice(body).ok()?;
    if given.keys().any(|key| key != "programmes" && key != "cycles") {
        return None;
    }
    let mut programmes = list(given.get("programmes"), id)?;
    if let Some(ids) = &mut programmes {
        ids.sort_unstable();
        ids.dedup();
    }
    let mut cycles = list(given.get("cycles"), cycle)?;
    if let Some(ids) = &mut cycles {
        // The one with a programme comes last, and is the one that is kept.
        ids.sort_unstable();
        ids.reverse();
        ids.dedup_by_key(|(id, _)| *id);
    }
    Some(Known { programmes, cycles })
}

/// A list that may be left out.
fn list<T>(given: Option<&Value>, item: fn(&Value) -> Option<T>) -> Option<Option<Vec<T>>> {
    match given {
        None | Some(Value::Null) => Some(None),
        Some(Value::Array(items)) if items.len() <= MOST => {
            items.iter().map(item).collect::<Option<Vec<T>>>().map(Some)
        }
        Some(_) => None,
    }
}

/// Ids are texts; a number is one too, as in the document's examples.
fn id(given: &Value) -> Option<IdDigest> {
    let text = match given {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    canonical(&text).map(|text| kept(&text))
}

/// A cycle is its bare id, or an object that also names its programme.
fn cycle(given: &Value) -> Option<(IdDigest, Option<IdDigest>)> {
    let Some(fields) = given.as_object() else {
        return id(given).map(|id| (id, None));
    };
    if fields.keys().any(|key| key != "id" && key != "programme") {
        return None;
    }
    let programme = match fields.get("programme") {
        None | Some(Value::Null) => None,
        Some(programme) => Some(id(programme)?),
    };
    Some((id(fields.get("id")?)?, programme))
}

/// An id as the tables read it, because that is what a notice has: without white space at its ends, letters in one
/// writing. The field is the one of the status request; every id is read alike.
fn canonical(id: &str) -> Option<String> {
    let body = json!({ "program_id": id }).to_string();
    let options = portform::Options { seed: crate::check::seed(), ..portform::Options::default() };
    let report = portform::check_json(portform::payload("programme.status")?, body.as_bytes(), &options);
    let value: Value = serde_json::from_str(&report.body()?).ok()?;
    Some(value.get("program_id")?.as_str()?.to_owned())
}

/// What an id of a notice is looked up by.
pub fn kept(id: &str) -> IdDigest {
    let mut kept = IdDigest::default();
    kept.copy_from_slice(digest(&SHA256, id.as_bytes()).as_ref());
    kept
}

/// What the store found out about the programme and the cycle of a notice.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Found {
    /// Whether the programme is in its list; `None` when there is no list.
    pub programme: Option<bool>,
    /// Whether the cycle is in its list, and the programme that it was given with; `None` when there is no list.
    pub cycle: Option<Option<Option<IdDigest>>>,
}

/// Whether a notice can be about these. Of a review the cycle is not looked at.
pub fn judge(found: &Found, programme: &str, has_cycle: bool) -> Result<(), Refusal> {
    if found.programme == Some(false) {
        return Err(Refusal::NoSuchProgramme);
    }
    match found.cycle {
        Some(None) if has_cycle => Err(Refusal::NoSuchCycle),
        Some(Some(Some(its))) if has_cycle && its != kept(programme) => {
            Err(Refusal::IncorrectData("/cycle_id: цикл относится к другой программе.".to_owned()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use serde_json::{Value, json};

    use super::{Found, Known, Refusal, judge, kept, read as read_body};
    use crate::inbox::notice::{self, Service};

    fn read(given: Value) -> Option<Known> {
        read_body(given.to_string().as_bytes())
    }

    #[test]
    fn both_lists_are_read_and_either_may_be_left_out() {
        assert_eq!(read(json!({})), Some(Known::default()));
        assert_eq!(
            read(json!({ "programmes": null, "cycles": [] })),
            Some(Known { programmes: None, cycles: Some(vec![]) })
        );
        let cycles = json!(["c-1", 7, { "id": "c-2" }, { "id": "c-3", "programme": "P" }, "c-1", "c-3"]);
        let known = read(json!({ "programmes": ["P", " P ", 12], "cycles": cycles })).unwrap_or_default();
        assert_eq!(known.programmes.map(|list| list.len()), Some(2));
        let cycles = known.cycles.unwrap_or_default();
        assert_eq!(cycles.len(), 4);
        for (id, programme) in [("c-1", None), ("7", None), ("c-2", None), ("c-3", Some("P"))] {
            assert!(cycles.contains(&(kept(id), programme.map(kept))), "{id}");
        }
    }

    #[test]
    fn an_id_is_kept_as_a_notice_has_it() -> Result<(), Refusal> {
        for id in ["\u{a0}Й-1\t", "И\u{306}", "Ё \"1\"/\\2", "0012"] {
            let notice = json!({ "program_id": id, "status": "approved" }).to_string();
            let notice = notice::read(Service::Expertise, notice.as_bytes(), NaiveDate::default())?;
            let known = read(json!({ "programmes": [id] })).unwrap_or_default();
            assert_eq!(known.programmes, Some(vec![kept(&notice.programme)]), "{id}");
        }
        Ok(())
    }

    #[test]
    fn what_is_no_list_of_ids_is_refused() {
        for wrong in [
            json!([]),
            json!([["P"], ["c"]]),
            json!({ "cycles": [["c", "P"]] }),
            json!({ "cycles": [{ "id": "c", "program": "P" }] }),
            json!({ "programs": ["P"] }),
            json!({ "programmes": "P" }),
            json!({ "programmes": [null] }),
            json!({ "programmes": [" "] }),
            json!({ "programmes": ["я".repeat(20_000)] }),
            json!({ "cycles": [{ "programme": "P" }] }),
            json!({ "cycles": [{ "id": "c", "programme": "" }] }),
        ] {
            assert_eq!(read(wrong.clone()), None, "{}", wrong.to_string().chars().take(60).collect::<String>());
        }
    }

    #[test]
    fn a_programme_comes_before_its_cycle_and_without_lists_nothing_is_refused() {
        assert_eq!(judge(&Found::default(), "P", true), Ok(()));
        let found = |programme, cycle| Found { programme, cycle };
        assert_eq!(judge(&found(Some(false), Some(None)), "P", true), Err(Refusal::NoSuchProgramme));
        assert_eq!(judge(&found(Some(true), Some(None)), "P", true), Err(Refusal::NoSuchCycle));
        assert_eq!(judge(&found(None, Some(None)), "P", false), Ok(()));
        assert_eq!(judge(&found(Some(true), Some(Some(None))), "P", true), Ok(()));
        assert_eq!(judge(&found(None, Some(Some(Some(kept("P"))))), "P", true), Ok(()));
        let other = judge(&found(None, Some(Some(Some(kept("Q"))))), "P", true);
        assert!(matches!(other, Err(Refusal::IncorrectData(_))), "{other:?}");
    }
}
