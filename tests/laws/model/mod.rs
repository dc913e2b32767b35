//! A book and a deal as plain data. Numbers are whole numbers of their smallest part, so that
//! there is nothing to misread.

mod book;
mod currencies;
mod deal;

pub use book::{
    Ask, Book, Cut, Discount, Given, Guardrail, Measure, Metric, Mode, Per, Program, Row, Service,
    Tier,
};
pub use currencies::Currencies;
pub use deal::{Claim, Deal, Line, Take, Year};

use super::exact::{Exact, scaled};

/// An amount in millionths of the currency that deals are in, and how it is written.
#[derive(Debug, Clone, Copy)]
pub struct Money {
    pub micros: u64,
    /// The amount in the other currencies of the book, in their millionths.
    pub elsewhere: [u64; 2],
    pub style: Style,
}

/// A rate in millionths, and how it is written.
#[derive(Debug, Clone, Copy)]
pub struct Rate {
    pub millionths: u32,
    pub style: Style,
}

/// The ways to write one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// In quotes, with no more decimals than it has; a rate as a percentage.
    Quoted,
    /// In quotes, with all the decimals that there may be; a rate as a share.
    Long,
    /// Without quotes; a rate as a share.
    Bare,
}

impl Money {
    /// An amount that is a whole one in every other currency.
    pub const fn of(micros: u64) -> Self {
        Self { micros, elsewhere: [1_000_000, 2_000_000], style: Style::Quoted }
    }

    pub fn exact(self) -> Exact {
        scaled(self.micros, 6)
    }
}

impl Rate {
    pub fn exact(self) -> Exact {
        scaled(self.millionths.into(), 6)
    }
}

/// Both ends included.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    pub from: u64,
    pub to: Option<u64>,
}

impl Range {
    pub fn contains(self, number: u64) -> bool {
        self.from <= number && self.to.is_none_or(|to| number <= to)
    }
}
