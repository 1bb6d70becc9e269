//! Reads how many tests passed and failed from what a runner really printed. A line that is not such a
//! line counts nothing: no number is ever made up here.

use std::fmt;

/// What one runner counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl Counts {
    /// Adds up the closing lines of all test binaries or files in this output.
    pub fn of(lines: &[String]) -> Self {
        let mut sum = Self::default();
        for line in lines {
            sum.add(&plain(line));
        }
        sum
    }

    fn add(&mut self, line: &str) {
        let line = line.trim();
        if let Some(rest) = line.strip_prefix("test result: ") {
            // cargo test, wasm-bindgen-test: "ok. 3 passed; 0 failed; 0 ignored; …"
            self.add_pairs(rest.split(['.', ';']));
        } else if let Some(rest) = line.strip_prefix("Tests ") {
            // Vitest: "1 failed | 4 passed (5)"
            self.add_pairs(rest.split('|'));
        } else if let Some(rest) = line.strip_prefix("# ").or_else(|| line.strip_prefix("ℹ ")) {
            // node --test: "# pass 5"
            let mut words = rest.split_whitespace();
            if let (Some(word), Some(number), None) = (words.next(), words.next(), words.next()) {
                self.add_one(number, word);
            }
        }
    }

    fn add_pairs<'a>(&mut self, parts: impl Iterator<Item = &'a str>) {
        for part in parts {
            let mut words = part.split_whitespace();
            if let (Some(number), Some(word)) = (words.next(), words.next()) {
                self.add_one(number, word);
            }
        }
    }

    fn add_one(&mut self, number: &str, word: &str) {
        let Ok(number) = number.parse::<u64>() else {
            return;
        };
        match word {
            "passed" | "pass" => self.passed += number,
            "failed" | "fail" => self.failed += number,
            "ignored" | "skipped" | "todo" | "cancelled" => self.skipped += number,
            _ => {}
        }
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} passed, {} failed", self.passed, self.failed)?;
        if self.skipped > 0 {
            write!(out, ", {} skipped", self.skipped)?;
        }
        Ok(())
    }
}

/// The line without terminal colours.
fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        if character == '\u{1b}' {
            for inside in characters.by_ref() {
                if inside.is_ascii_alphabetic() {
                    break;
                }
            }
        } else {
            text.push(character);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Counts;

    fn counts(output: &str) -> (u64, u64, u64) {
        let lines: Vec<String> = output.lines().map(str::to_owned).collect();
        let counts = Counts::of(&lines);
        (counts.passed, counts.failed, counts.skipped)
    }

    #[test]
    fn adds_up_the_binaries_of_cargo_test() {
        let output = "running 3 tests\n\
            test a ... ok\n\
            test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
            test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 7 filtered out; finished in 0.01s";
        assert_eq!(counts(output), (5, 1, 1));
    }

    #[test]
    fn reads_wasm_bindgen_test() {
        assert_eq!(
            counts("test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.1s"),
            (4, 0, 0)
        );
    }

    #[test]
    fn reads_vitest_with_and_without_colours() {
        assert_eq!(counts(" Test Files  2 passed (2)\n      Tests  1 failed | 4 passed | 2 skipped (7)"), (4, 1, 2));
        assert_eq!(
            counts("\u{1b}[2m      Tests \u{1b}[22m \u{1b}[1m\u{1b}[32m5 passed\u{1b}[39m\u{1b}[22m (5)"),
            (5, 0, 0)
        );
    }

    #[test]
    fn reads_the_runner_of_node() {
        assert_eq!(counts("# tests 6\n# pass 5\n# fail 1\n# skipped 0"), (5, 1, 0));
        assert_eq!(counts("ℹ pass 5\nℹ fail 0\nℹ duration_ms 12.5"), (5, 0, 0));
    }

    #[test]
    fn counts_nothing_in_other_lines() {
        assert_eq!(counts("5 passed, 1 failed\ntests 3 passed\n# pass the salt please"), (0, 0, 0));
    }
}
