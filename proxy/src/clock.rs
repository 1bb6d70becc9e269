//! The time of the day: the one place that asks the system for it, in the units in which it is kept and shown.

use std::time::{SystemTime, UNIX_EPOCH};

use chrono::{DateTime, NaiveDate, SecondsFormat};

/// Milliseconds since 1970.
pub fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Seconds since 1970.
pub fn seconds() -> u64 {
    u64::try_from(now() / 1000).unwrap_or_default()
}

/// The day.
pub fn today() -> NaiveDate {
    DateTime::from_timestamp_millis(now()).unwrap_or_default().date_naive()
}

/// Milliseconds since 1970 as they are shown: `2026-11-25T09:30:00.123Z`.
pub fn shown(milliseconds: i64) -> String {
    let at = DateTime::from_timestamp_millis(milliseconds).unwrap_or_default();
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

#[cfg(test)]
mod tests {
    use super::{now, seconds, shown, today};

    #[test]
    fn a_time_is_shown_to_the_millisecond_in_utc() {
        assert_eq!(shown(1_764_063_000_123), "2025-11-25T09:30:00.123Z");
        assert_eq!(shown(i64::MAX), "1970-01-01T00:00:00.000Z");
    }

    #[test]
    fn the_units_agree() {
        assert!(now() / 1000 <= i64::try_from(seconds()).unwrap_or_default());
        assert!(shown(now()).starts_with("20") && today().to_string().starts_with("20"));
    }
}
