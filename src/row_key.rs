//! The hash with which rules over rows tell values apart. It has 64 bits on every platform, unlike a hasher that counts in machine
//! words: in wasm those have 32 bits, and two of 100,000 different application numbers would be taken for the same.

use std::hash::Hasher;

/// Mixes eight bytes at a time.
#[derive(Default)]
pub(crate) struct WideHasher(u64);

impl WideHasher {
    fn add(&mut self, word: u64) {
        // MurmurHash3's finalizer: every bit of the word and of what came before reaches every bit.
        let mut bits = self.0 ^ word;
        bits = (bits ^ (bits >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
        bits = (bits ^ (bits >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
        self.0 = (bits ^ (bits >> 33)).wrapping_add(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for WideHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.add(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            // The first byte of the last word says how many of its bytes count.
            let length = rest.len() as u64;
            self.add((rest.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte)) << 8) | length);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::{Hash, Hasher};

    use super::WideHasher;

    fn hash(value: impl Hash) -> u64 {
        let mut hasher = WideHasher::default();
        value.hash(&mut hasher);
        hasher.finish()
    }

    #[test]
    fn is_the_same_on_every_platform() {
        assert_eq!(hash("2019-0001"), 0xa5eb_c15d_3eea_f627);
    }

    #[test]
    fn tells_similar_values_apart() {
        let mut all = HashSet::new();
        let mut count = 0;
        let mut add = |key: u64| {
            count += 1;
            all.insert(key);
        };
        for number in 0..200_000 {
            add(hash(format!("{number}").as_str()));
            add(hash(format!("2019-0000-{number:08}-{}", number % 7).as_str()));
            add(hash((f64::from(number)).to_bits()));
        }
        for length in 0..40 {
            add(hash("\0".repeat(length).as_str()));
        }
        assert_eq!(all.len(), count);
    }
}
