//! The limit on failed attempts to sign in as the Portal: per address, so that one guesser is slowed down, and in total,
//! so that many together are. An address from which the Portal has signed in before is not held up by what others do.
//! It lives in memory, per instance, and takes the time as a parameter.

use std::collections::{HashMap, VecDeque};
use std::net::{IpAddr, Ipv6Addr};
use std::time::{Duration, Instant};

/// How many failures are let through.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// From one address.
    pub per_address: usize,
    /// From all addresses that are not known.
    pub total: usize,
    /// Within this time.
    pub window: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { per_address: 10, total: 100, window: Duration::from_secs(600) }
    }
}

/// So many addresses of the Portal are remembered; a real one has few.
const KNOWN: usize = 64;

/// The failures so far.
#[derive(Debug, Default)]
pub struct Attempts {
    limits: Limits,
    failures: HashMap<IpAddr, VecDeque<Instant>>,
    strangers: VecDeque<Instant>,
    known: VecDeque<IpAddr>,
}

impl Attempts {
    /// None so far.
    pub fn new(limits: Limits) -> Self {
        Self { limits, ..Self::default() }
    }

    /// How long an address has to wait before it may try again; nothing when it may try now.
    pub fn wait(&mut self, address: IpAddr, now: Instant) -> Option<Duration> {
        let address = network(address);
        self.forget(now);
        let own =
            self.failures.get(&address).and_then(|failures| self.limits.wait(failures, self.limits.per_address, now));
        let all = if self.known.contains(&address) {
            None
        } else {
            self.limits.wait(&self.strangers, self.limits.total, now)
        };
        own.max(all)
    }

    /// An attempt has failed. Only after `wait` has let it through, so that what is remembered is bounded by the limits.
    pub fn failed(&mut self, address: IpAddr, now: Instant) {
        let address = network(address);
        self.failures.entry(address).or_default().push_back(now);
        if !self.known.contains(&address) {
            self.strangers.push_back(now);
        }
    }

    /// The Portal has signed in from there.
    pub fn succeeded(&mut self, address: IpAddr) {
        let address = network(address);
        self.known.retain(|known| *known != address);
        self.known.push_back(address);
        if self.known.len() > KNOWN {
            self.known.pop_front();
        }
    }

    fn forget(&mut self, now: Instant) {
        let over = |at: &Instant| now.saturating_duration_since(*at) >= self.limits.window;
        while self.strangers.front().is_some_and(over) {
            self.strangers.pop_front();
        }
        self.failures.retain(|_, failures| {
            while failures.front().is_some_and(over) {
                failures.pop_front();
            }
            !failures.is_empty()
        });
    }
}

impl Limits {
    /// The time until so many failures are no longer within the window.
    fn wait(&self, failures: &VecDeque<Instant>, most: usize, now: Instant) -> Option<Duration> {
        let oldest_that_counts = failures.len().checked_sub(most)?;
        let failed = failures.get(oldest_that_counts)?;
        Some(self.window.saturating_sub(now.saturating_duration_since(*failed)))
    }
}

/// What one person has: an IPv4 address, or the first half of an IPv6 address.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::time::{Duration, Instant};

    use super::{Attempts, Limits};

    const WINDOW: Duration = Duration::from_secs(100);

    fn attempts(per_address: usize, total: usize) -> Attempts {
        Attempts::new(Limits { per_address, total, window: WINDOW })
    }

    fn address(last: u8) -> IpAddr {
        Ipv4Addr::new(10, 0, 0, last).into()
    }

    #[test]
    fn an_address_waits_until_its_oldest_failure_is_over() {
        let (mut attempts, start) = (attempts(2, 100), Instant::now());
        let at = |seconds| start + Duration::from_secs(seconds);
        attempts.failed(address(1), at(0));
        assert_eq!(attempts.wait(address(1), at(10)), None);
        attempts.failed(address(1), at(30));
        assert_eq!(attempts.wait(address(1), at(40)), Some(Duration::from_secs(60)));
        assert_eq!(attempts.wait(address(2), at(40)), None);
        assert_eq!(attempts.wait(address(1), at(100)), None);
        attempts.failed(address(1), at(101));
        assert_eq!(attempts.wait(address(1), at(102)), Some(Duration::from_secs(28)));
    }

    #[test]
    fn all_strangers_together_are_held_up_but_not_the_portal() {
        let (mut attempts, now) = (attempts(10, 3), Instant::now());
        attempts.succeeded(address(9));
        for last in 1..=3 {
            assert_eq!(attempts.wait(address(last), now), None);
            attempts.failed(address(last), now);
        }
        assert_eq!(attempts.wait(address(4), now), Some(WINDOW));
        assert_eq!(attempts.wait(address(9), now), None);
        for _ in 0..10 {
            attempts.failed(address(9), now);
        }
        assert_eq!(attempts.wait(address(9), now), Some(WINDOW));
    }

    #[test]
    fn neighbours_in_one_network_are_one() -> Result<(), std::net::AddrParseError> {
        let (mut attempts, now) = (attempts(1, 100), Instant::now());
        attempts.failed("2001:db8::1".parse()?, now);
        assert!(attempts.wait("2001:db8::ffff:1".parse()?, now).is_some());
        assert!(attempts.wait("2001:db8:0:1::1".parse()?, now).is_none());
        attempts.failed("10.0.0.1".parse()?, now);
        assert!(attempts.wait("::ffff:10.0.0.1".parse()?, now).is_some());
        Ok(())
    }

    #[test]
    fn what_is_remembered_ends_with_the_window() {
        let (mut attempts, start) = (attempts(10, 1000), Instant::now());
        for last in 0..=255 {
            attempts.failed(address(last), start);
        }
        assert_eq!(attempts.wait(address(0), start + WINDOW), None);
        assert!(attempts.failures.is_empty() && attempts.strangers.is_empty());
    }
}
