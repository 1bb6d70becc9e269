//! Room ahead for work of many small pieces. In wasm, memory grows by what is asked for, a page of 64 KB at a time, and at every
//! growth a JavaScript engine may collect its garbage: two thousand times over for 100,000 rows with a fault each.

/// In one step.
#[cfg(target_arch = "wasm32")]
const STEP: usize = 8 << 20;

/// How many pieces of work may lie between two looks.
pub(crate) const EVERY: usize = 256;

/// Sees to it that some megabytes are there, so that memory grows by no less.
#[cfg(target_arch = "wasm32")]
#[inline(never)]
pub(crate) fn ahead() {
    // Asked for and given back at once; the black box keeps the compiler from seeing that it is for nothing.
    drop(core::hint::black_box(Vec::<u8>::with_capacity(STEP)));
}

/// Natively the allocator sees to it.
#[cfg(not(target_arch = "wasm32"))]
pub(crate) const fn ahead() {}
