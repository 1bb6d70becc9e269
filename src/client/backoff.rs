//! How long to wait before what surely was not sent is tried again: doubling, half of it by chance, so that many browsers do not come
//! back at the same moment; or as long as the server asks for. A pure function.

/// How often one submission is tried, all in all.
pub(super) const ATTEMPTS: u32 = 4;

/// The first wait, in milliseconds.
const FIRST: u32 = 500;
/// Longer than this nobody waits in front of a form, in milliseconds: the outcome says when to come back.
const PATIENCE: u32 = 20_000;

/// The milliseconds before the attempt after this one, which is counted from 1; `chance` is between 0 and 1. Nothing where it is not
/// worth waiting for.
pub(super) fn wait(attempt: u32, retry_after: Option<u32>, chance: f64) -> Option<u32> {
    if attempt >= ATTEMPTS {
        return None;
    }
    let wait = match retry_after {
        Some(seconds) => seconds.saturating_mul(1_000),
        None => {
            let doubled = FIRST << attempt.saturating_sub(1).min(6);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and some seconds")]
            let part = (f64::from(doubled) * chance.clamp(0.0, 1.0) / 2.0) as u32;
            doubled / 2 + part
        }
    };
    (wait <= PATIENCE).then_some(wait)
}

#[cfg(test)]
mod tests {
    use super::{ATTEMPTS, wait};

    #[test]
    fn doubles_with_half_of_it_by_chance() {
        assert_eq!([wait(1, None, 0.0), wait(1, None, 1.0)], [Some(250), Some(500)]);
        assert_eq!([wait(2, None, 0.0), wait(2, None, 1.0)], [Some(500), Some(1_000)]);
    }

    #[test]
    fn heeds_what_the_server_asks_for_as_long_as_a_person_would() {
        assert_eq!(wait(1, Some(0), 0.5), Some(0));
        assert_eq!(wait(1, Some(3), 0.5), Some(3_000));
        assert_eq!(wait(1, Some(600), 0.5), None);
        assert_eq!(wait(1, Some(u32::MAX), 0.5), None);
    }

    #[test]
    fn ends() {
        assert!(wait(ATTEMPTS - 1, None, 0.5).is_some());
        assert_eq!(wait(ATTEMPTS, Some(0), 0.5), None);
    }
}
