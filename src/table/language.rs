//! The languages that the project speaks, in the order in which every text stands in them.

use super::System;

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Locale {
    /// Russian.
    Ru,
    /// Ukrainian.
    Uk,
    /// English.
    En,
}

impl Locale {
    /// Every locale, in the order of `Words`.
    pub const ALL: [Self; 3] = [Self::Ru, Self::Uk, Self::En];

    /// `ru`, `uk` or `en`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::Uk => "uk",
            Self::En => "en",
        }
    }

    /// The locale of this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|locale| locale.as_str() == name)
    }

    /// The default of a system's payloads.
    pub const fn of(system: System) -> Self {
        match system {
            System::Portal => Self::Ru,
            System::Ehealth => Self::Uk,
        }
    }
}
