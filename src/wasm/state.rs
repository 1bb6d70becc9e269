//! What the boundary keeps between two calls: the buffers, the options and the templates of issues. Everything is taken out for the
//! time of a call, so that a call that panics leaves no borrow behind and the next call works.

use core::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::UnwrapThrowExt;

use crate::block::Templates;
use crate::options::Options;
use crate::row_key::Seed;

// Cells, because taking out and putting back has no way to fail.
thread_local! {
    static INPUT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static OUTPUT: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    static OPTIONS: Cell<Slots<Rc<Options>>> = const { Cell::new(Slots(Vec::new())) };
    static SEED: Cell<Seed> = const { Cell::new(Seed::new(0, 0)) };
    static TEMPLATES: Cell<Option<Templates>> = const { Cell::new(None) };
    /// How many templates there ever were: a number is never given twice, even if the templates were lost.
    static NUMBERED: Cell<u32> = const { Cell::new(0) };
    static FAILURE: Cell<String> = const { Cell::new(String::new()) };
    /// The last call threw of its own accord.
    static REFUSED: Cell<bool> = const { Cell::new(false) };
}

/// Values under numbers from 1; 0 is none.
pub(super) struct Slots<T>(pub(super) Vec<Option<T>>);

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

/// Room for so many bytes in the input; what stood there stays. Nothing when memory cannot grow so far.
pub(super) fn input(capacity: usize) -> Option<usize> {
    let mut input = INPUT.take();
    let missing = capacity.saturating_sub(input.len());
    let there = input.try_reserve_exact(missing).is_ok();
    if there && missing > 0 {
        input.resize(capacity, 0);
    }
    let at = input.as_ptr().addr();
    INPUT.set(input);
    there.then_some(at)
}

/// Gives back the memory of both buffers.
pub(super) fn release() {
    INPUT.take();
    OUTPUT.take();
}

pub(super) fn output() -> usize {
    let output = OUTPUT.take();
    let at = output.as_ptr().addr();
    OUTPUT.set(output);
    at
}

/// Works on the first bytes of the input. One that is missing is a failure, and never an empty input.
pub(super) fn with_input<R>(len: usize, work: impl FnOnce(&[u8]) -> R) -> R {
    let input = INPUT.take();
    let result = work(input.get(..len).expect_throw("the input is missing"));
    INPUT.set(input);
    result
}

/// Writes the output; gives its length.
#[inline(never)]
pub(super) fn write(work: &mut dyn FnMut(&mut Vec<u8>)) -> usize {
    let mut output = OUTPUT.take();
    output.clear();
    work(&mut output);
    let len = output.len();
    OUTPUT.set(output);
    len
}

/// Makes the bytes the output; gives how many they are.
#[inline(never)]
pub(super) fn put(output: Vec<u8>) -> usize {
    let len = output.len();
    OUTPUT.set(output);
    len
}

/// Works with the templates of issues.
#[inline(never)]
pub(super) fn with_templates(work: &mut dyn FnMut(&mut Templates)) {
    let mut templates = TEMPLATES.take().unwrap_or_default();
    templates.begin_at(NUMBERED.get());
    work(&mut templates);
    NUMBERED.set(templates.end());
    TEMPLATES.set(Some(templates));
}

/// How many templates there ever were.
pub(super) fn templates() -> u32 {
    NUMBERED.get()
}

/// What this instance hashes with what strangers choose; told once, before anything is asked of it.
pub(super) fn set_seed(seed: Seed) {
    SEED.set(seed);
}

/// The options under this number; 0 is the payload's own.
#[inline(never)]
pub(super) fn options(number: usize) -> Rc<Options> {
    if number == 0 {
        return Rc::new(Options { seed: SEED.get(), ..Options::default() });
    }
    let mut all = OPTIONS.take();
    let options = all.slot(number).and_then(|slot| slot.clone());
    OPTIONS.set(all);
    options.expect_throw("the options are missing")
}

pub(super) fn add_options(options: Options) -> usize {
    let options = Options { seed: SEED.get(), ..options };
    let mut all = OPTIONS.take();
    let number = all.add(Rc::new(options));
    OPTIONS.set(all);
    number
}

pub(super) fn free_options(number: usize) {
    let mut all = OPTIONS.take();
    let freed = all.slot(number).and_then(Option::take);
    OPTIONS.set(all);
    drop(freed);
}

/// Keeps what a panic says until `take_failure`.
pub(super) fn note_failure(text: String) {
    FAILURE.set(text);
}

pub(super) fn take_failure() -> String {
    FAILURE.take()
}

/// Tells that what is thrown now is meant for the caller.
pub(super) fn refuse() {
    REFUSED.set(true);
}

/// Whether the last call threw of its own accord.
pub(super) fn take_refused() -> bool {
    REFUSED.take()
}
