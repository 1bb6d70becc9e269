//! What may be wrong, as stable words, and how much it weighs. What a person reads about it stands in `messages`.

/// How much an issue weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Blocks submission.
    Error,
    /// What an experienced registrar would ask about; never blocks.
    Warning,
    /// Records a lenient reading.
    Note,
}

impl Severity {
    /// `error`, `warning` or `note`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:literal,)*) => {
        /// What is wrong, as a stable word.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant,)* }

        impl Code {
            /// Every code.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The code as it stands in an issue.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

codes! {
    /// The text is not JSON.
    Syntax = "syntax",
    /// The same key twice in one object.
    DuplicateKey = "duplicate_key",
    /// Nested too deep.
    TooDeep = "too_deep",
    /// More issues than a report tells.
    TooManyIssues = "too_many_issues",
    /// Of another type.
    Type = "type",
    /// Missing, and always required.
    Required = "required",
    /// Missing, and required because of another field.
    RequiredWhen = "required_when",
    /// Optional, but usually filled here.
    Expected = "expected",
    /// Has a value, and will not be sent.
    NotRelevant = "not_relevant",
    /// A key that the document does not have.
    UnknownField = "unknown_field",
    /// Not one of the listed values.
    Enum = "enum",
    /// A whole number is needed.
    Integer = "integer",
    /// An integer beyond 2^53 − 1.
    UnsafeNumber = "unsafe_number",
    /// Too many decimal places.
    DecimalPlaces = "decimal_places",
    /// Under the bound.
    TooSmall = "too_small",
    /// Over the bound.
    TooLarge = "too_large",
    /// A text under its length.
    TooShort = "too_short",
    /// A text over its length.
    TooLong = "too_long",
    /// Too few items.
    TooFew = "too_few",
    /// Too many items.
    TooMany = "too_many",
    /// Not a calendar date.
    Date = "date",
    /// Not of the named format.
    Format = "format",
    /// Right shape, wrong check digit.
    Checksum = "checksum",
    /// Must be unique.
    Duplicate = "duplicate",
    /// Not exactly one item has the flag.
    ExactlyOne = "exactly_one",
    /// Ends before it begins.
    DateOrder = "date_order",
    /// A part larger than its whole.
    Exceeds = "exceeds",
    /// Must agree with another field.
    Mismatch = "mismatch",
    /// Legal, but hardly goes together with another field.
    Inconsistent = "inconsistent",
    /// Not in the reference list.
    UnknownReference = "unknown_reference",
    /// Refers to a teaching kit that is no longer current.
    StaleReference = "stale_reference",
    /// Differs from the previous contract.
    NotAllowedToChange = "not_allowed_to_change",
    /// The object's status does not allow the operation.
    WrongStatus = "wrong_status",
    /// A date outside the permitted window.
    OutOfPeriod = "out_of_period",
    /// An upstream refused.
    Refused = "refused",
    /// A finding of the front end's own, unless it names another code.
    Attached = "attached",
    /// Read as another type.
    Coerced = "coerced",
    /// White space around the text was left out.
    Trimmed = "trimmed",
    /// The key was spelt in another way.
    Renamed = "renamed",
    /// A one-item list was read as its item.
    Unwrapped = "unwrapped",
    /// A single object was read as a list of one.
    Wrapped = "wrapped",
    /// Another spelling of a listed value.
    Alias = "alias",
}
