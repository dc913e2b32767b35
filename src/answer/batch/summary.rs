//! What is told of a batch when it is done.

use super::{OutcomeTotals, Tally};
use crate::book::{Level, PriceBook};

/// A batch that is done.
#[derive(Debug, Clone, Copy)]
pub struct BatchSummary<'a> {
    /// What it was priced by.
    pub book: &'a PriceBook,
    /// What it comes to.
    pub tally: &'a Tally,
    /// What the input is called.
    pub input: &'a str,
    /// What the output is called.
    pub output: &'a str,
    /// What the file is called that says which rows could not be priced and why; nothing if they
    /// were told to whoever watches.
    pub errors: Option<&'a str>,
    /// The highest level that a row may need, where that is asked.
    pub within: Option<Level>,
}

impl<'a> BatchSummary<'a> {
    /// All rows of the input.
    pub fn rows(&self) -> u64 {
        self.tally.priced() + self.tally.failed
    }

    /// The levels of the ladder lowest first, each with its rows.
    pub fn levels(&self) -> impl Iterator<Item = (&'a str, OutcomeTotals)> {
        self.book.ladder().names().zip(self.tally.outcomes.iter().copied())
    }

    /// The reviews that some rows need beside their level, each with those rows.
    pub fn reviews(&self) -> impl Iterator<Item = (&'a str, OutcomeTotals)> {
        self.tally.reviews.iter().map(|(name, rows)| (name.as_str(), *rows))
    }

    /// The rows that no level grants.
    pub fn refused(&self) -> OutcomeTotals {
        self.tally.outcomes.last().copied().unwrap_or_default()
    }

    /// How many rows need a level above the highest one that they may, refused ones aside.
    pub fn above(&self) -> u64 {
        let Some(within) = self.within else { return 0 };
        self.levels().skip(within.height() + 1).map(|(_, standings)| standings.count).sum()
    }
}
