//! Live forms under numbers. An edit finds its pointer, then the packed value, in the input, and leaves its changes in the output:
//! seven u32 (errors, warnings, notes, version, and how long the three parts are), the blocks of the issues that came and that went,
//! each padded to four bytes, and JSON of states and shifted rows.

use core::cell::Cell;

use js_sys::{RangeError, TypeError};
use serde::Serialize;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::state::{self, Slots, put, with_input, with_templates, write};
use super::{json, payload};
use crate::form::{Changes, Filter, Finding, Form, Grouped, Misuse, Shift, Summary};
use crate::input::Packed;
use crate::issue::{Issue, Severity};
use crate::messages::Localized;
use crate::preview::LocalizedPreview;
use crate::states::FieldState;
use crate::tree::Tree;
use crate::{block, explain};

type Answer = Result<usize, JsValue>;
/// What is done with a form, a pointer and a packed value; one type, so that the ways to it are compiled once.
type Work<'w> = dyn FnMut(&mut Form, &str, &[u8]) -> Result<usize, Misuse> + 'w;

thread_local! {
    static FORMS: Cell<Slots<Box<Form>>> = const { Cell::new(Slots(Vec::new())) };
}

fn thrown(misuse: Misuse) -> JsValue {
    state::refuse();
    match misuse {
        Misuse::Type(text) => TypeError::new(&text).into(),
        Misuse::Range(text) => RangeError::new(&text).into(),
    }
}

/// Puts a form under a number, and gives what stood there.
fn replaced(number: usize, form: Option<Box<Form>>) -> Option<Box<Form>> {
    let mut forms = FORMS.take();
    let before = forms.slot(number).and_then(|slot| core::mem::replace(slot, form));
    FORMS.set(forms);
    before
}

/// Works on a form, which is taken out meanwhile: one that panics is gone, and the others live on.
#[inline(never)]
fn with_form(number: usize, work: &mut dyn FnMut(&mut Form) -> Result<usize, Misuse>) -> Answer {
    // No caller asks for such a form: it is a failure.
    let Some(mut form) = replaced(number, None) else {
        return Err(TypeError::new("the form is missing").into());
    };
    let result = work(&mut form);
    replaced(number, Some(form));
    result.map_err(thrown)
}

/// Works on a form with a pointer, and the packed value that follows it in the input.
#[inline(never)]
fn with_value(number: usize, pointer: usize, len: usize, work: &mut Work<'_>) -> Answer {
    with_input(len, |input| {
        let (pointer, value) = input.split_at_checked(pointer).unwrap_or_default();
        let pointer = core::str::from_utf8(pointer).unwrap_or_default();
        with_form(number, &mut |form| work(form, pointer, value))
    })
}

fn told(form: &Form, changes: &Changes) -> usize {
    #[derive(Serialize)]
    struct Rest<'c> {
        states: Grouped,
        shifted: &'c [Shift],
    }
    let issues = |issues: &[Issue], out: &mut Vec<u8>| {
        let start = out.len();
        if !issues.is_empty() {
            with_templates(&mut |templates| block::issues(templates, issues, form.locale(), out));
            out.resize(out.len().next_multiple_of(4), b' ');
        }
        out.len() - start
    };
    let states = Grouped::of(changes);
    let rest = if states.is_empty() && changes.shifted.is_empty() {
        String::new()
    } else {
        crate::json::text(&Rest { states, shifted: &changes.shifted })
    };
    write(&mut |out| {
        out.extend_from_slice(&[0; 28]);
        let came = issues(&changes.added, out);
        let went = issues(&changes.removed, out);
        out.extend_from_slice(rest.as_bytes());
        let Summary { errors, warnings, notes } = changes.summary;
        let short = |size: usize| u32::try_from(size).unwrap_or_default();
        let version = u32::try_from(form.version()).unwrap_or_default();
        let header = [errors, warnings, notes, version, short(came), short(went), short(rest.len())];
        for (place, value) in out.chunks_exact_mut(4).zip(header) {
            place.copy_from_slice(&value.to_le_bytes());
        }
    })
}

/// Issues of a form as a block; gives its length. With `own` only those that are not an upstream's.
fn listed(form: &Form, filter: &Filter, report: bool) -> Result<usize, Misuse> {
    let mut result = Ok(());
    let mut len = 0;
    with_templates(&mut |templates| {
        len = write(&mut |out| result = block::told(templates, form, filter, report, out));
    });
    result.map(|()| len)
}

/// A form with the packed value in the input; without one when `len` is 0.
#[wasm_bindgen]
pub fn form_new(number: usize, options: usize, len: usize) -> usize {
    let options = state::options(options).as_ref().clone();
    let form =
        with_input(len, |bytes| Form::new(payload(number), options, (!bytes.is_empty()).then_some(Packed::new(bytes))));
    let mut forms = FORMS.take();
    let number = forms.add(Box::new(form));
    FORMS.set(forms);
    number
}

/// The version of a form.
#[wasm_bindgen]
pub fn form_version(form: usize) -> Answer {
    with_form(form, &mut |form| Ok(usize::try_from(form.version()).unwrap_or_default()))
}

/// A form that is made again of what was kept of another goes on from its version.
#[wasm_bindgen]
pub fn form_resume(form: usize, version: usize) -> Answer {
    with_form(form, &mut |form| {
        form.resume(version as u64);
        Ok(0)
    })
}

/// Forgets a form.
#[wasm_bindgen]
pub fn form_free(form: usize) {
    replaced(form, None);
}

/// Sets a value, or goes on typing one.
#[wasm_bindgen]
pub fn form_set(form: usize, pointer: usize, len: usize, typing: bool) -> Answer {
    with_value(form, pointer, len, &mut |form, pointer, value| {
        let value = Packed::new(value);
        let changes = if typing { form.set_typing(pointer, value)? } else { form.set(pointer, value)? };
        Ok(told(form, &changes))
    })
}

/// Sets a value as the part of a larger edit, without an output.
#[wasm_bindgen]
pub fn form_set_part(form: usize, pointer: usize, len: usize) -> Answer {
    with_value(form, pointer, len, &mut |form, pointer, value| {
        form.set_part(pointer, Packed::new(value))?;
        Ok(0)
    })
}

/// Inserts an item; an empty one when nothing follows the pointer.
#[wasm_bindgen]
pub fn form_insert(form: usize, pointer: usize, len: usize, index: usize) -> Answer {
    with_value(form, pointer, len, &mut |form, pointer, value| {
        let changes = form.insert(pointer, index, (!value.is_empty()).then_some(Packed::new(value)))?;
        Ok(told(form, &changes))
    })
}

/// Removes an item.
#[wasm_bindgen]
pub fn form_remove(form: usize, pointer: usize, index: usize) -> Answer {
    with_value(form, pointer, pointer, &mut |form, pointer, _| {
        let changes = form.remove(pointer, index)?;
        Ok(told(form, &changes))
    })
}

/// Moves an item.
#[wasm_bindgen]
pub fn form_move(form: usize, pointer: usize, from: usize, to: usize) -> Answer {
    with_value(form, pointer, pointer, &mut |form, pointer, _| {
        let changes = form.move_item(pointer, from, to)?;
        Ok(told(form, &changes))
    })
}

/// Replaces the whole draft; as the part of a larger edit without an output.
#[wasm_bindgen]
pub fn form_replace(form: usize, len: usize, part: bool) -> Answer {
    with_value(form, 0, len, &mut |form, _, value| {
        let value = Packed::new(value);
        if part {
            form.replace_part(value);
            return Ok(0);
        }
        let changes = form.replace(value);
        Ok(told(form, &changes))
    })
}

/// Pastes cells: after the pointer stand the names of the columns, with a line feed between, and the packed rows. As the
/// part of a larger edit it has no output.
#[wasm_bindgen]
pub fn form_paste(form: usize, pointer: usize, columns: usize, len: usize, index: usize, part: bool) -> Answer {
    with_value(form, pointer, len, &mut |form, pointer, value| {
        let (columns, rows) = value.split_at_checked(columns).unwrap_or_default();
        let columns = core::str::from_utf8(columns).unwrap_or_default();
        let columns: Vec<&str> = columns.split('\n').collect();
        let rows = Packed::new(rows);
        if part {
            form.paste_part(pointer, index, rows, &columns)?;
            return Ok(0);
        }
        let changes = form.paste(pointer, index, rows, &columns)?;
        Ok(told(form, &changes))
    })
}

/// Does so many of the checks that the parts of a larger edit ask for, and after the last part so many of the comparisons; gives
/// how many are left, at least.
#[wasm_bindgen]
pub fn form_advance(form: usize, count: usize, last: bool) -> Answer {
    with_form(form, &mut |form| Ok(form.advance(count, last)))
}

/// Ends a larger edit, or takes back what is made of it, without an output.
#[wasm_bindgen]
pub fn form_finish(form: usize, keep: bool) -> Answer {
    with_form(form, &mut |form| {
        if keep {
            let changes = form.finish();
            return Ok(told(form, &changes));
        }
        form.abandon();
        Ok(0)
    })
}

/// Gives the form other options.
#[wasm_bindgen]
pub fn form_options(form: usize, options: usize) -> Answer {
    let options = state::options(options);
    with_form(form, &mut |form| {
        let changes = form.set_options(options.as_ref().clone());
        Ok(told(form, &changes))
    })
}

/// Takes back the last edit, or does it again; no output when there is none.
#[wasm_bindgen]
pub fn form_history(form: usize, forth: bool) -> Answer {
    with_form(form, &mut |form| {
        let changes = if forth { form.redo() } else { form.undo() };
        Ok(changes.map_or(0, |changes| told(form, &changes)))
    })
}

/// The value at the pointer as typed, packed with every key as text.
#[wasm_bindgen]
pub fn form_get(form: usize, pointer: usize) -> Answer {
    with_value(form, pointer, pointer, &mut |form, pointer, _| Ok(put(form.get(pointer)?)))
}

/// The whole draft with who wrote what, packed, to make the form again of it.
#[wasm_bindgen]
pub fn form_snapshot(form: usize) -> Answer {
    with_form(form, &mut |form| Ok(put(form.snapshot())))
}

/// The length of a list.
#[wasm_bindgen]
pub fn form_length(form: usize, pointer: usize) -> Answer {
    with_value(form, pointer, pointer, &mut |form, pointer, _| form.length(pointer))
}

/// The lasting number of a list item.
#[wasm_bindgen]
pub fn form_key(form: usize, pointer: usize) -> Answer {
    with_value(form, pointer, pointer, &mut |form, pointer, _| Ok(form.key_of(pointer)? as usize))
}

/// The state of a field with the issues at it; JSON.
#[wasm_bindgen]
pub fn form_state(form: usize, pointer: usize) -> Answer {
    #[derive(Serialize)]
    struct State<'i> {
        pointer: String,
        relevant: bool,
        required: bool,
        expected: bool,
        issues: Vec<Localized<'i>>,
    }
    with_value(form, pointer, pointer, &mut |form, pointer, _| {
        let (state, issues) = form.state(pointer)?;
        let issues = issues.iter().map(|issue| issue.localized(form.locale())).collect();
        let FieldState { pointer, relevant, required, expected } = state;
        Ok(json(&State { pointer, relevant, required, expected, issues }))
    })
}

/// The states of every field; JSON.
#[wasm_bindgen]
pub fn form_states(form: usize) -> Answer {
    with_form(form, &mut |form| Ok(json(&form.states())))
}

/// The issues at the pointer and below, of one severity or (3) of all, as a block.
#[wasm_bindgen]
pub fn form_issues(form: usize, pointer: usize, severity: usize, offset: usize, limit: usize) -> Answer {
    with_value(form, pointer, pointer, &mut |form, pointer, _| {
        let severity = [Severity::Error, Severity::Warning, Severity::Note].get(severity).copied();
        let under = (!pointer.is_empty()).then(|| pointer.to_owned());
        listed(form, &Filter { severity, under, offset, limit: Some(limit) }, false)
    })
}

/// The counts as an edit tells them.
#[wasm_bindgen]
pub fn form_summary(form: usize) -> Answer {
    with_form(form, &mut |form| {
        let summary = form.summary();
        Ok(told(form, &Changes { summary, ..Changes::default() }))
    })
}

/// The issues that are not an upstream's, as a block; doubled, and 1 for a valid payload.
#[wasm_bindgen]
pub fn form_report(form: usize) -> Answer {
    with_form(form, &mut |form| Ok(listed(form, &Filter::default(), true)? << 1 | usize::from(form.valid())))
}

/// Whether the form's report is valid.
#[wasm_bindgen]
pub fn form_valid(form: usize) -> Answer {
    with_form(form, &mut |form| Ok(usize::from(form.valid())))
}

/// The outgoing body of a valid form.
#[wasm_bindgen]
pub fn form_body(form: usize) -> Answer {
    with_form(form, &mut |form| Ok(put(form.body().unwrap_or_default().into_bytes())))
}

/// Shows an upstream's answer, whose body stands in the input, packed or as text.
#[wasm_bindgen]
pub fn form_explain(form: usize, status: u16, len: usize, text: bool) -> Answer {
    with_value(form, 0, len, &mut |form, _, body| {
        let issues = explain::explain(form.payload(), form.options(), status, super::answer(body, text));
        let changes = form.refuse(issues);
        Ok(told(form, &changes))
    })
}

/// Shows a front end's own findings: their source stands in the input, then the packed list of them.
#[wasm_bindgen]
pub fn form_attach(form: usize, source: usize, len: usize) -> Answer {
    with_value(form, source, len, &mut |form, source, value| {
        let list = Tree::packed(value);
        let mut findings = Vec::new();
        for finding in list.as_ref().and_then(Tree::as_list).unwrap_or_default() {
            let Some(finding) = finding.as_object() else { continue };
            let severity = if finding.text("severity") == Severity::Warning.as_str() {
                Severity::Warning
            } else {
                Severity::Error
            };
            let code = Some(finding.text("code")).filter(|code| !code.is_empty());
            findings.push(Finding {
                pointer: finding.text("pointer"),
                message: finding.text("message"),
                severity,
                code,
            });
        }
        let changes = form.attach(source, &findings)?;
        Ok(told(form, &changes))
    })
}

/// What will be sent, and what will not; JSON.
#[wasm_bindgen]
pub fn form_preview(form: usize) -> Answer {
    with_form(form, &mut |form| Ok(json(&LocalizedPreview(&form.preview(), form.locale()))))
}
