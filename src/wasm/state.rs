//! What the boundary keeps between two calls: the buffers, the options and the templates of issues. Everything is taken out for the
//! time of a call, so that a call that panics leaves no borrow behind and the next call works.

use core::cell::RefCell;
use std::rc::Rc;

use crate::block::Templates;
use crate::options::Options;

#[derive(Default)]
struct State {
    input: Vec<u8>,
    output: Vec<u8>,
    options: Slots<Rc<Options>>,
    templates: Templates,
    /// How many templates there ever were: a number is never given twice, even if the templates were lost.
    numbered: u32,
    failure: String,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Values under numbers from 1; 0 is none.
pub(super) struct Slots<T>(Vec<Option<T>>);

impl<T> Default for Slots<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Slots<T> {
    pub(super) fn add(&mut self, value: T) -> usize {
        match self.0.iter().position(Option::is_none) {
            Some(free) => {
                if let Some(slot) = self.0.get_mut(free) {
                    *slot = Some(value);
                }
                free + 1
            }
            None => {
                self.0.push(Some(value));
                self.0.len()
            }
        }
    }

    pub(super) fn slot(&mut self, number: usize) -> Option<&mut Option<T>> {
        self.0.get_mut(number.checked_sub(1)?)
    }
}

/// Room for so many bytes in the input; what stood there stays.
pub(super) fn input(capacity: usize) -> usize {
    let mut input = STATE.with_borrow_mut(|state| core::mem::take(&mut state.input));
    if input.len() < capacity {
        input.resize(capacity, 0);
    }
    let at = input.as_ptr().addr();
    STATE.with_borrow_mut(|state| state.input = input);
    at
}

/// Gives back the memory of both buffers.
pub(super) fn release() {
    STATE.with_borrow_mut(|state| {
        state.input = Vec::new();
        state.output = Vec::new();
    });
}

pub(super) fn output() -> usize {
    STATE.with_borrow(|state| state.output.as_ptr().addr())
}

/// Works on the first bytes of the input.
pub(super) fn with_input<R>(len: usize, work: impl FnOnce(&[u8]) -> R) -> R {
    let input = STATE.with_borrow_mut(|state| core::mem::take(&mut state.input));
    let result = work(input.get(..len).unwrap_or_default());
    STATE.with_borrow_mut(|state| state.input = input);
    result
}

/// Writes the output; gives its length.
pub(super) fn write(work: impl FnOnce(&mut Vec<u8>)) -> usize {
    let mut output = STATE.with_borrow_mut(|state| core::mem::take(&mut state.output));
    output.clear();
    work(&mut output);
    let len = output.len();
    STATE.with_borrow_mut(|state| state.output = output);
    len
}

/// Works with the templates of issues.
pub(super) fn with_templates<R>(work: impl FnOnce(&mut Templates) -> R) -> R {
    let (mut templates, numbered) =
        STATE.with_borrow_mut(|state| (core::mem::take(&mut state.templates), state.numbered));
    templates.begin_at(numbered);
    let result = work(&mut templates);
    STATE.with_borrow_mut(|state| {
        state.numbered = templates.end();
        state.templates = templates;
    });
    result
}

/// The options under this number; 0 is the payload's own.
pub(super) fn options(number: usize) -> Rc<Options> {
    STATE.with_borrow_mut(|state| state.options.slot(number).and_then(|slot| slot.clone())).unwrap_or_default()
}

pub(super) fn add_options(options: Options) -> usize {
    STATE.with_borrow_mut(|state| state.options.add(Rc::new(options)))
}

pub(super) fn free_options(number: usize) {
    STATE.with_borrow_mut(|state| state.options.slot(number).map(Option::take));
}

/// Keeps what a panic says until `take_failure`.
pub(super) fn note_failure(text: String) {
    STATE.with(|state| {
        if let Ok(mut state) = state.try_borrow_mut() {
            state.failure = text;
        }
    });
}

pub(super) fn take_failure() -> String {
    STATE.with_borrow_mut(|state| core::mem::take(&mut state.failure))
}
