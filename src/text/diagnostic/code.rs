//! Codes of errors, for programs and tests.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)+) => {
        /// Kind of an error. Each has a specimen in `tests/errors`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])* $variant,)+ }

        impl Code {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the name that a message shows: `unknown-key`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

codes! {
    /// A text that is not TOML, or a row of CSV that does not match its header.
    Syntax = "syntax",
    UnknownKey = "unknown-key",
    MissingKey = "missing-key",
    /// A value of another type, such as a number in place of a text.
    WrongType = "wrong-type",
    /// Two keys that exclude each other.
    Conflict = "conflict",
    Empty = "empty",
    /// A number that cannot be read exactly, or that is outside its limits.
    BadNumber = "bad-number",
    RateAboveOne = "rate-above-100",
    /// A price or quantity below zero.
    Negative = "negative",
    /// Figures with more digits than can be calculated exactly.
    TooManyDigits = "too-many-digits",
    /// A range that is not written "3-49", "500+" or "2".
    BadRange = "bad-range",
    /// Ranges or months with a gap between them.
    RangeGap = "range-gap",
    RangeOverlap = "range-overlap",
    /// A date, a month or a time that does not exist.
    BadDate = "bad-date",
    /// A period that ends before it starts, or rows that are not sorted by time.
    DateOrder = "date-order",
    UnknownChoice = "unknown-choice",
    UnknownLevel = "unknown-level",
    UnknownReview = "unknown-review",
    UnknownCurrency = "unknown-currency",
    UnknownMetric = "unknown-metric",
    UnknownDiscount = "unknown-discount",
    UnknownProgram = "unknown-program",
    UnknownChannel = "unknown-channel",
    UnknownEdition = "unknown-edition",
    UnknownDuty = "unknown-duty",
    UnknownService = "unknown-service",
    UnknownClause = "unknown-clause",
    UnknownAlternative = "unknown-alternative",
    Duplicate = "duplicate",
    NotInWaterfall = "not-in-waterfall",
    /// A quantity without a price, or a thing that the book has only in other currencies.
    NotSold = "not-sold",
    /// A fraction of a unit that is sold whole.
    NotWhole = "not-whole",
    NoLines = "no-lines",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
