//! Decisions out of a sequence of bytes: a shorter sequence, or one of smaller bytes, makes a simpler case, so a failure shrinks by
//! shrinking its bytes.

/// What is left of the bytes; when none is left every decision is the simplest.
pub struct Choices<'b>(&'b [u8]);

impl<'b> Choices<'b> {
    pub fn new(bytes: &'b [u8]) -> Self {
        Self(bytes)
    }

    pub fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    /// A number under the bound.
    pub fn under(&mut self, bound: usize) -> usize {
        let wide = if bound > 256 { usize::from(self.byte()) << 8 } else { 0 };
        (wide + usize::from(self.byte())) % bound.max(1)
    }

    /// Whether something happens that happens in so many of a hundred cases.
    pub fn chance(&mut self, percent: u32) -> bool {
        // A zero byte says no.
        u32::from(255 - self.byte()) * 100 < percent * 255
    }

    pub fn of<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.under(list.len())]
    }
}

/// Bytes that a seed and a number decide.
pub fn bytes(seed: u64, number: u64, count: usize) -> Vec<u8> {
    let mut state = seed ^ number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut bytes = Vec::with_capacity(count + 8);
    while bytes.len() < count {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bytes.extend((mixed ^ (mixed >> 31)).to_le_bytes());
    }
    bytes
}
