//! The code of every fault, which programs and tests know it by.

use std::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal,)+) => {
        /// The kinds of fault. Each has a specimen in `tests/errors`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])+ $variant,)+ }

        impl Code {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name that a message shows: `unknown-key`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }
    };
}

codes! {
    /// The text is not TOML, or a row of CSV not like its header.
    Syntax = "syntax",
    /// A key that means nothing there.
    UnknownKey = "unknown-key",
    /// A key that has to be there.
    MissingKey = "missing-key",
    /// A number where a text belongs, and the like.
    WrongType = "wrong-type",
    /// Two keys of which only one can stand.
    Conflict = "conflict",
    /// A text that has to say something, and is empty.
    Empty = "empty",
    /// A number that cannot be read exactly, or that lies outside its limits.
    BadNumber = "bad-number",
    /// A rate above 100%.
    RateAboveOne = "rate-above-100",
    /// A price or quantity below zero.
    Negative = "negative",
    /// Figures with more digits than can be calculated exactly.
    TooManyDigits = "too-many-digits",
    /// A range that is not written "3-49", "500+" or "2".
    BadRange = "bad-range",
    /// Ranges or months that leave something out between them.
    RangeGap = "range-gap",
    /// Ranges that share something.
    RangeOverlap = "range-overlap",
    /// A date, a month or a time that does not exist.
    BadDate = "bad-date",
    /// A period that ends before it starts, or rows that are not in the order of time.
    DateOrder = "date-order",
    /// A word that is not one of those allowed there.
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
    /// The same thing said twice.
    Duplicate = "duplicate",
    /// A discount that the waterfall leaves out.
    NotInWaterfall = "not-in-waterfall",
    /// A quantity for which the metric has no price, or what the book has in other currencies only.
    NotSold = "not-sold",
    /// A fraction of something that is sold whole.
    NotWhole = "not-whole",
    /// A deal without a single line.
    NoLines = "no-lines",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
