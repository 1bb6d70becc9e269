//! The boundary to JavaScript, and the only validation file that names wasm-bindgen. Arguments and results are numbers; values,
//! texts and issues cross through one input and one output buffer in wasm memory. It decides nothing about payloads.
//!
//! # Packed values
//!
//! A byte for the kind, then the value; numbers are little-endian. `pkg-config/src/pack.ts` writes them, `input/packed.rs` reads them.
//!
//! | byte | value |
//! | --- | --- |
//! | 0, 1, 2, 3 | absent (`undefined`), null, false, true |
//! | 4 | number: eight bytes |
//! | 5 | text: u32 length in bytes, UTF-8 (a lone surrogate is U+FFFD and U+10F800 + its place among the surrogates) |
//! | 6 | list: u32 count, items |
//! | 7 | object: u32 number of entries, entries |
//! | 8 | foreign: u8 what (0 scalar, 1 list, 2 object, 3 nested too deep, 4 a list of several where an object is meant, 5 and 6 lists and objects that say nothing, 7 too much), u32 slot |
//! | 9 | whole number up to 255: one byte |
//! | 10 | text of up to 255 bytes: u8 length in bytes, UTF-8 |
//! | 11 | number as it is written in JSON: as a text; only from Rust |
//! | 12, 13 | text, number with who wrote it: u8 (1 typed, 2 pasted, 3 counted as a day), then as 5 and 4; only in snapshots of a form |
//!
//! Foreign is what does not fit the table or JSON. A form keeps the original under the slot; for a check the slot is 2^32 − 1.
//!
//! An entry is the index of its row (one byte) and the value; or 0xFE, the index and the key as text (spelt in another way), and the
//! value; or 0xFF, the key as text, and the value. Which indexes there are is told by the shapes of `describe`; a value without a
//! shape (options, an upstream's answer) writes every key as text.
//!
//! # Issues
//!
//! They cross as blocks of numbers that refer to templates: see `block`.

mod form;
mod state;

use js_sys::{Function, TypeError};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsValue, UnwrapThrowExt};

use crate::Issue;
use crate::export::json_schema::{Side, Target};
use crate::input::{Input, Packed};
use crate::options::Locale;
use crate::preview::{self, LocalizedPreview};
use crate::report::{self, Report, check_json, check_json_watched, packed_draft};
use crate::row_key::Seed;
use crate::table::{Kind, Payload, Record, System};
use crate::watch::Stage;
use crate::{block, export, options_read, read};
pub use form::*;
use state::with_input;

/// Lets a panic tell where it happened: see `failure`.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|info| state::note_failure(info.to_string())));
}

/// What the last panic said.
#[wasm_bindgen]
pub fn failure() -> String {
    state::take_failure()
}

/// Whether the last call threw of its own accord, because it was called wrongly. Whatever else comes out of a call is a failure: a
/// trap, or what JavaScript threw on the way, such as a stack overflow.
#[wasm_bindgen]
pub fn refused() -> bool {
    state::take_refused()
}

/// What this instance hashes with what strangers choose: 128 random bits, told once before anything is asked of it.
#[wasm_bindgen]
pub fn seed(one: u32, two: u32, three: u32, four: u32) {
    let both = |high: u32, low: u32| u64::from(high) << 32 | u64::from(low);
    state::set_seed(Seed::new(both(one, two), both(three, four)));
}

/// Where there is room for an input of so many bytes; nothing when memory cannot grow so far.
#[wasm_bindgen]
pub fn input(capacity: usize) -> Option<usize> {
    state::input(capacity)
}

/// Where the last output stands.
#[wasm_bindgen]
pub fn output() -> usize {
    state::output()
}

/// Gives back the memory of the buffers.
#[wasm_bindgen]
pub fn release() {
    state::release();
}

fn payload(number: usize) -> &'static Payload {
    crate::payloads().get(number).copied().unwrap_throw()
}

fn json<T: Serialize>(value: &T) -> usize {
    state::put(crate::json::text(value).into_bytes())
}

/// The number of the payload whose name stands in the input.
#[wasm_bindgen]
pub fn find(len: usize) -> Option<usize> {
    with_input(len, |name| crate::payloads().iter().position(|payload| payload.name().as_bytes() == name))
}

#[derive(Serialize)]
struct Description {
    title: [&'static str; 3],
    upstream: &'static str,
    locale: &'static str,
    shapes: Vec<Shape>,
}

/// The rows of one object: what the packer needs to know. `child` is the shape of a row's objects or items.
#[derive(Default, Serialize)]
struct Shape {
    keys: Vec<&'static str>,
    aliases: Vec<(usize, &'static str)>,
    child: Vec<Option<usize>>,
    scalar: bool,
}

/// The shapes of a payload's objects, the root's first; and what else is told of a payload. JSON.
#[wasm_bindgen]
pub fn describe(number: usize) -> usize {
    let payload = payload(number);
    let mut shapes = Vec::new();
    shape(payload.root, &mut shapes);
    let upstream = match payload.system() {
        System::Portal => "portal",
        System::Ehealth => "ehealth",
    };
    let locale = Locale::of(payload.system()).as_str();
    json(&Description { title: *payload.title(), upstream, locale, shapes })
}

fn shape(record: &'static Record, shapes: &mut Vec<Shape>) -> usize {
    let at = shapes.len();
    shapes.push(Shape::default());
    let mut shape_here = Shape { scalar: record.scalar, ..Shape::default() };
    for (row, field) in record.fields.iter().enumerate() {
        shape_here.keys.push(field.name);
        shape_here.aliases.extend(field.aliases.iter().map(|alias| (row, *alias)));
        shape_here.child.push(match field.kind {
            Kind::Object(inner) | Kind::List(inner) => Some(shape(inner, shapes)),
            _ => None,
        });
    }
    if let Some(slot) = shapes.get_mut(at) {
        *slot = shape_here;
    }
    at
}

/// Reads the packed options in the input, and keeps them under a number. A wrong option is a `TypeError` that names it.
#[wasm_bindgen]
pub fn options_new(len: usize) -> Result<usize, JsValue> {
    let options = with_input(len, |bytes| options_read::options(Packed::new(bytes)));
    match options {
        Ok(options) => Ok(state::add_options(options)),
        Err(error) => {
            state::refuse();
            Err(TypeError::new(&error.to_string()).into())
        }
    }
}

/// Forgets options.
#[wasm_bindgen]
pub fn options_free(number: usize) {
    state::free_options(number);
}

/// The length of the output, doubled, and 1 for a valid payload. The output is a block of issues; none is no output.
fn verdict(report: &Report<'_>) -> usize {
    let mut len = 0;
    if !report.is_empty() {
        state::with_templates(&mut |templates| len = state::write(&mut |out| block::report(templates, report, out)));
    }
    len << 1 | usize::from(report.valid())
}

/// Checks the packed value in the input.
#[wasm_bindgen]
pub fn check(number: usize, options: usize, len: usize) -> usize {
    let options = state::options(options);
    with_input(len, |bytes| verdict(&report::check(payload(number), Packed::new(bytes), &options)))
}

/// Checks the JSON text in the input.
#[wasm_bindgen]
pub fn check_text(number: usize, options: usize, len: usize) -> usize {
    let options = state::options(options);
    with_input(len, |bytes| verdict(&check_json(payload(number), bytes, &options)))
}

/// Checks the JSON text in the input, and calls `tell` with how far it has come: the stage, how much of it is done, and how much there
/// is. The output is the length of the block of issues as u32, the block, and the outgoing body of what is valid; its length is
/// doubled, and 1 added for a valid payload.
#[wasm_bindgen]
pub fn check_watched(number: usize, options: usize, len: usize, tell: &Function) -> usize {
    let options = state::options(options);
    let watch = |stage: Stage, done: usize, of: usize| {
        // A listener that throws must not end the check.
        let _ = tell.call3(&JsValue::UNDEFINED, &JsValue::from(stage as u32), &done.into(), &of.into());
    };
    with_input(len, |bytes| {
        let report = check_json_watched(payload(number), bytes, &options, &watch);
        let body = report.body_watched(&watch).unwrap_or_default();
        let mut len = 0;
        state::with_templates(&mut |templates| {
            len = state::write(&mut |out| {
                out.extend_from_slice(&[0; 4]);
                block::report(templates, &report, out);
                let block = u32::try_from(out.len() - 4).unwrap_or_default();
                if let Some(place) = out.first_chunk_mut() {
                    *place = block.to_le_bytes();
                }
                out.extend_from_slice(body.as_bytes());
            });
        });
        len << 1 | usize::from(report.valid())
    })
}

/// The outgoing body of the packed value or the JSON text in the input, of which it is known that they are valid.
#[wasm_bindgen]
pub fn body(number: usize, options: usize, len: usize, text: bool) -> usize {
    let options = state::options(options);
    with_input(len, |bytes| {
        let draft = if text { read::json(payload(number), bytes).ok() } else { None };
        let draft = draft.unwrap_or_else(|| packed_draft(payload(number), &Packed::new(bytes)));
        state::put(preview::body(&draft, &options).0.into_bytes())
    })
}

/// How many templates there are.
#[wasm_bindgen]
pub fn templates() -> u32 {
    state::templates()
}

/// A template of issues in one language, as JSON; nothing when there is none of this number.
#[wasm_bindgen]
pub fn template(number: u32, locale: usize) -> usize {
    let locale = Locale::ALL.get(locale).copied().unwrap_throw();
    let mut text = None;
    state::with_templates(&mut |templates| text = templates.json(number, locale));
    state::put(text.unwrap_or_default().into_bytes())
}

/// What will be sent of the packed value in the input, and what will not; JSON.
#[wasm_bindgen]
pub fn preview(number: usize, options: usize, len: usize) -> usize {
    let options = state::options(options);
    with_input(len, |bytes| {
        let report = report::check(payload(number), Packed::new(bytes), &options);
        report.preview().map_or(0, |preview| json(&LocalizedPreview(&preview, report.locale())))
    })
}

/// The states of every field of the packed value in the input; JSON.
#[wasm_bindgen]
pub fn states(number: usize, options: usize, len: usize) -> usize {
    let options = state::options(options);
    with_input(len, |bytes| json(&crate::states_of(payload(number), Packed::new(bytes), &options)))
}

/// The fields of a payload.
#[wasm_bindgen]
pub fn fields(number: usize, options: usize) -> JsValue {
    let fields = export::fields(payload(number), &state::options(options));
    fields.serialize(&Serializer::json_compatible()).unwrap_throw()
}

/// The JSON Schema of a payload; the target and the side stand in the input, with a comma between.
#[wasm_bindgen]
pub fn json_schema(number: usize, options: usize, len: usize) -> Option<usize> {
    let options = state::options(options);
    with_input(len, |wanted| {
        let (target, side) = core::str::from_utf8(wanted).ok()?.split_once(',')?;
        let schema = export::json_schema(payload(number), Target::from_name(target)?, Side::from_name(side)?, &options);
        Some(state::put(schema.into_bytes()))
    })
}

/// What an upstream's answer says of a payload, as a block of issues; its body stands in the input, packed or as text.
#[wasm_bindgen]
pub fn explain(number: usize, options: usize, status: u16, len: usize, text: bool) -> usize {
    let (payload, options) = (payload(number), state::options(options));
    let issues = with_input(len, |bytes| crate::explain::explain(payload, &options, status, answer(bytes, text)));
    told(&issues, options.locale.unwrap_or(Locale::of(payload.system())))
}

/// Issues as a block; gives its length.
#[inline(never)]
fn told(issues: &[Issue], locale: Locale) -> usize {
    let mut len = 0;
    state::with_templates(&mut |templates| {
        len = state::write(&mut |out| block::issues(templates, issues, locale, out));
    });
    len
}

fn answer(bytes: &[u8], text: bool) -> Input<'_> {
    if text { Input::Text(bytes) } else { Input::Packed(Packed::new(bytes)) }
}
