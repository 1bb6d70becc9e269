//! Ukrainian eHealth.

pub mod contract;
pub mod envelope;
