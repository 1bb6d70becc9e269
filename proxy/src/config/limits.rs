//! The flags of how much there may be at once and how long anything may take. Each is held to values with which the proxy
//! can work: a zero or a slip of the keyboard is told before it starts.

use std::ops::RangeInclusive;
use std::time::Duration;

use clap::Args;

use crate::listen::ListenConfig;
use crate::load::LoadConfig;

const MEGABYTE: u64 = 1024 * 1024;

/// How much, and how long.
#[derive(Debug, Args)]
#[command(next_help_heading = "Limits")]
pub struct LimitsArgs {
    /// Largest body of a submission, in bytes
    #[arg(long, env = "PORTFORM_BODY_LIMIT", value_name = "BYTES", default_value_t = 8 * MEGABYTE)]
    pub body_limit: u64,

    /// Largest notice of the Portal, in bytes
    #[arg(long, env = "PORTFORM_CALLBACKS_BODY_LIMIT", value_name = "BYTES", default_value_t = MEGABYTE)]
    pub callbacks_body_limit: u64,

    /// Largest answer of an upstream, in bytes
    #[arg(long, env = "PORTFORM_ANSWER_LIMIT", value_name = "BYTES", default_value_t = 16 * MEGABYTE)]
    pub answer_limit: u64,

    /// Room for all bodies that are arriving or kept, in bytes
    #[arg(long, env = "PORTFORM_MAX_BODY_BYTES", value_name = "BYTES", default_value_t = 256 * MEGABYTE)]
    pub max_body_bytes: u64,

    /// Most bytes of bodies that are checked at once; a larger body is checked alone
    #[arg(long, env = "PORTFORM_MAX_CHECK_BYTES", value_name = "BYTES", default_value_t = 8 * MEGABYTE)]
    pub max_check_bytes: u64,

    /// Most connections at once
    #[arg(long, env = "PORTFORM_MAX_CONNECTIONS", value_name = "NUMBER", default_value_t = 4_096)]
    pub max_connections: u64,

    /// Most requests under way at once
    #[arg(long, env = "PORTFORM_MAX_REQUESTS", value_name = "NUMBER", default_value_t = 2_048)]
    pub max_requests: u64,

    /// Most requests of one client under way at once; this machine is no client
    #[arg(long, env = "PORTFORM_MAX_REQUESTS_PER_CLIENT", value_name = "NUMBER", default_value_t = 256)]
    pub max_requests_per_client: u64,

    /// Time for the head of a request to arrive, in seconds
    #[arg(long, env = "PORTFORM_HEADER_TIMEOUT", value_name = "SECONDS", default_value_t = 10)]
    pub header_timeout: u64,

    /// Time for a body to arrive, in seconds
    #[arg(long, env = "PORTFORM_REQUEST_TIMEOUT", value_name = "SECONDS", default_value_t = 30)]
    pub request_timeout: u64,

    /// How long an answer may be left unread, in seconds; every four kilobytes that are taken give one more
    #[arg(long, env = "PORTFORM_WRITE_TIMEOUT", value_name = "SECONDS", default_value_t = 30)]
    pub write_timeout: u64,

    /// How long a connection is kept that nothing is asked over, in seconds
    #[arg(long, env = "PORTFORM_IDLE_TIMEOUT", value_name = "SECONDS", default_value_t = 75)]
    pub idle_timeout: u64,

    /// Time to connect to an upstream, in seconds
    #[arg(long, env = "PORTFORM_CONNECT_TIMEOUT", value_name = "SECONDS", default_value_t = 5)]
    pub connect_timeout: u64,

    /// Time for an upstream to answer, in seconds
    #[arg(
        long,
        visible_alias = "timeout",
        env = "PORTFORM_UPSTREAM_TIMEOUT",
        value_name = "SECONDS",
        default_value_t = 30
    )]
    pub upstream_timeout: u64,

    /// How long a password that the Portal has refused is not tried again, in seconds
    #[arg(long, env = "PORTFORM_REFUSED_PAUSE", value_name = "SECONDS", default_value_t = 300)]
    pub refused_pause: u64,

    /// How long to go on after SIGTERM while /health/ready says no, in seconds
    #[arg(long, env = "PORTFORM_DRAIN", value_name = "SECONDS", default_value_t = 0)]
    pub drain: u64,
}

/// What they ask for.
#[derive(Debug)]
pub struct Limits {
    /// Limits on connections.
    pub listen: ListenConfig,
    /// Bounds on what is under way.
    pub load: LoadConfig,
    /// Largest body.
    pub body: usize,
    /// Largest notice.
    pub callbacks_body: usize,
    /// Largest answer of an upstream.
    pub answer: usize,
    /// Time for a body.
    pub request_timeout: Duration,
    /// Time to connect to an upstream.
    pub connect_timeout: Duration,
    /// Time for an upstream to answer.
    pub upstream_timeout: Duration,
    /// How long a refused password is not tried again.
    pub refused_pause: Duration,
    /// How long to go on after the signal to stop.
    pub drain: Duration,
}

/// An hour is longer than anybody waits, and a day longer than a pause.
const A_WAIT: RangeInclusive<u64> = 1..=3_600;
const A_PAUSE: RangeInclusive<u64> = 1..=86_400;

/// Below a kilobyte no payload fits, above a gigabyte one request is all memory there is.
const BYTES: RangeInclusive<u64> = 1_024..=1_024 * MEGABYTE;

impl LimitsArgs {
    /// The error is one sentence.
    pub fn read(&self) -> Result<Limits, String> {
        let room = bytes("--max-body-bytes", self.max_body_bytes)?;
        let body = bytes("--body-limit", self.body_limit)?;
        let callbacks_body = bytes("--callbacks-body-limit", self.callbacks_body_limit)?;
        if body > room || callbacks_body > room {
            return Err("--max-body-bytes is less than the largest single body".to_owned());
        }
        Ok(Limits {
            listen: ListenConfig {
                connections: number("--max-connections", self.max_connections)?,
                head: seconds("--header-timeout", self.header_timeout, A_WAIT)?,
                idle: seconds("--idle-timeout", self.idle_timeout, A_WAIT)?,
                unread: seconds("--write-timeout", self.write_timeout, A_WAIT)?,
            },
            load: LoadConfig {
                requests: number("--max-requests", self.max_requests)?,
                per_client: number("--max-requests-per-client", self.max_requests_per_client)?,
                bodies: room,
                checks: bytes("--max-check-bytes", self.max_check_bytes)?,
            },
            body,
            callbacks_body,
            answer: bytes("--answer-limit", self.answer_limit)?,
            request_timeout: seconds("--request-timeout", self.request_timeout, A_WAIT)?,
            connect_timeout: seconds("--connect-timeout", self.connect_timeout, A_WAIT)?,
            upstream_timeout: seconds("--upstream-timeout", self.upstream_timeout, A_WAIT)?,
            refused_pause: seconds("--refused-pause", self.refused_pause, A_PAUSE)?,
            drain: seconds("--drain", self.drain, 0..=*A_WAIT.end())?,
        })
    }
}

fn within(flag: &str, given: u64, range: RangeInclusive<u64>, unit: &str) -> Result<u64, String> {
    if range.contains(&given) {
        return Ok(given);
    }
    Err(format!("{flag} is a number from {} to {}{unit}, not {given}", range.start(), range.end()))
}

fn seconds(flag: &str, given: u64, range: RangeInclusive<u64>) -> Result<Duration, String> {
    within(flag, given, range, " seconds").map(Duration::from_secs)
}

fn bytes(flag: &str, given: u64) -> Result<usize, String> {
    let given = within(flag, given, BYTES, " bytes")?;
    usize::try_from(given).map_err(|_| format!("{flag} is more than this machine can count"))
}

fn number(flag: &str, given: u64) -> Result<usize, String> {
    let given = within(flag, given, 1..=1_000_000, "")?;
    usize::try_from(given).map_err(|_| format!("{flag} is more than this machine can count"))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::{Limits, LimitsArgs};
    use crate::callbacks::routes::CallbacksConfig;
    use crate::config::Config;
    use crate::listen::ListenConfig;
    use crate::load::LoadConfig;

    #[derive(Parser)]
    struct Program {
        #[command(flatten)]
        limits: LimitsArgs,
    }

    fn read(flags: &[&str]) -> Result<Limits, String> {
        Program::parse_from([&["program"], flags].concat()).limits.read()
    }

    #[test]
    fn without_flags_the_limits_are_the_usual_ones() -> Result<(), String> {
        let (limits, usual) = (read(&[])?, Config::default());
        assert_eq!((limits.listen, limits.load), (ListenConfig::default(), LoadConfig::default()));
        assert_eq!((limits.body, limits.answer), (usual.body_limit, usual.answer_limit));
        assert_eq!(limits.callbacks_body, CallbacksConfig::default().body_limit);
        assert_eq!(limits.request_timeout, usual.request_timeout);
        assert_eq!((limits.connect_timeout, limits.upstream_timeout), (usual.connect_timeout, usual.upstream_timeout));
        assert_eq!((limits.refused_pause, limits.drain), (crate::config::REFUSED_PAUSE, usual.drain));
        Ok(())
    }

    #[test]
    fn a_limit_with_which_nothing_works_is_refused_by_its_name() {
        for flag in [
            "--body-limit",
            "--callbacks-body-limit",
            "--answer-limit",
            "--max-body-bytes",
            "--max-check-bytes",
            "--max-connections",
            "--max-requests",
            "--max-requests-per-client",
            "--header-timeout",
            "--request-timeout",
            "--write-timeout",
            "--idle-timeout",
            "--connect-timeout",
            "--upstream-timeout",
            "--refused-pause",
        ] {
            for wrong in ["0", "18446744073709551615"] {
                let said = read(&[flag, wrong]).expect_err(flag);
                assert!(said.starts_with(flag) && said.contains(wrong), "{said}");
            }
        }
        assert!(read(&["--drain", "3601"]).is_err_and(|said| said.starts_with("--drain")));
        assert!(read(&["--body-limit", "2048", "--max-body-bytes", "1024"]).is_err());
    }

    #[test]
    fn a_limit_is_taken_from_its_flag() -> Result<(), String> {
        let limits = read(&["--header-timeout", "1", "--idle-timeout", "2", "--write-timeout", "3", "--drain", "4"])?;
        let listen = limits.listen;
        let seconds = [listen.head, listen.idle, listen.unread, limits.drain].map(|time| time.as_secs());
        assert_eq!(seconds, [1, 2, 3, 4]);
        let limits = read(&["--max-body-bytes", "9000000", "--max-check-bytes", "4096", "--max-requests", "7"])?;
        assert_eq!((limits.load.bodies, limits.load.checks, limits.load.requests), (9_000_000, 4_096, 7));
        Ok(())
    }
}
