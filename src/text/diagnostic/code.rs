//! Codes of errors, for programs and tests.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// Kind of an error. Each has a specimen in `tests/errors`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])+ $variant,)+ }

        impl Code {
            /// Every kind of error.
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
    /// A key that the table does not have.
    UnknownKey = "unknown-key",
    /// A missing key.
    MissingKey = "missing-key",
    /// A value of another type, such as a number in place of a text.
    WrongType = "wrong-type",
    /// Two keys that exclude each other.
    Conflict = "conflict",
    /// An empty text or list.
    Empty = "empty",
    /// A number that cannot be read exactly, or that is outside its limits.
    BadNumber = "bad-number",
    /// A rate above 100%.
    RateAboveOne = "rate-above-100",
    /// A price or quantity below zero.
    Negative = "negative",
    /// Figures with more digits than can be calculated exactly.
    TooManyDigits = "too-many-digits",
    /// A range that is not written "3-49", "500+" or "2".
    BadRange = "bad-range",
    /// Ranges or months with a gap between them.
    RangeGap = "range-gap",
    /// Ranges that overlap.
    RangeOverlap = "range-overlap",
    /// A date, a month or a time that does not exist.
    BadDate = "bad-date",
    /// A period that ends before it starts, or rows that are not sorted by time.
    DateOrder = "date-order",
    /// A word that the key does not allow.
    UnknownChoice = "unknown-choice",
    /// A level that is not on the approval ladder.
    UnknownLevel = "unknown-level",
    /// A review that the book does not have.
    UnknownReview = "unknown-review",
    /// A currency that the book does not have.
    UnknownCurrency = "unknown-currency",
    /// A metric that the book does not have.
    UnknownMetric = "unknown-metric",
    /// A discount that the book does not have.
    UnknownDiscount = "unknown-discount",
    /// A strategic program that the book does not have.
    UnknownProgram = "unknown-program",
    /// A channel that the book does not have.
    UnknownChannel = "unknown-channel",
    /// An edition that the metric does not have.
    UnknownEdition = "unknown-edition",
    /// A duty that the program does not ask for.
    UnknownDuty = "unknown-duty",
    /// A service that the book does not have.
    UnknownService = "unknown-service",
    /// A contract clause that the book does not have.
    UnknownClause = "unknown-clause",
    /// An alternative that the book does not have.
    UnknownAlternative = "unknown-alternative",
    /// A thing that is given twice.
    Duplicate = "duplicate",
    /// A discount that the waterfall leaves out.
    NotInWaterfall = "not-in-waterfall",
    /// A quantity without a price, or a thing that the book has only in other currencies.
    NotSold = "not-sold",
    /// A fraction of a unit that is sold whole.
    NotWhole = "not-whole",
    /// A deal without a single line.
    NoLines = "no-lines",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
