//! What a customer could have instead, and what that costs.

use super::policy::Rule;
use crate::number::{Money, Quantity};
use std::fmt;

/// What a customer could have instead.
#[derive(Debug, Clone)]
pub struct Alternative {
    pub(crate) name: String,
    pub(crate) title: String,
    /// What it costs, as far as that is the same for every customer.
    pub(crate) costs: Vec<Cost>,
    pub(crate) rule: Rule,
}

/// Something that an alternative costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    pub(crate) title: String,
    /// In whole coins.
    pub(crate) amount: Money,
    pub(crate) frequency: CostFrequency,
    /// The units that the amount is for; without them it is for the whole deal.
    pub(crate) per: Option<CountedUnits>,
    /// The playbook does not give this figure.
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

/// How often an amount is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CostFrequency {
    /// Once.
    Once,
    /// Again and again, for so many years each time; each year has its share of it.
    Years(u32),
}

/// Units that something is counted in: 16 cores.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedUnits {
    pub(crate) count: u32,
    /// As it was written, in one or in several: `socket`, `cores`.
    pub(crate) word: String,
}

impl Alternative {
    /// The name that files use: `hyper-v`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The words that people read.
    pub fn title(&self) -> &str {
        &self.title
    }
}

impl Cost {
    /// The words that people read.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whether the playbook does not give the figure.
    pub const fn is_assumed(&self) -> bool {
        self.assumed
    }

    /// Where it is written.
    pub const fn rule(&self) -> &Rule {
        &self.rule
    }
}

impl CountedUnits {
    /// The most units that an amount can be for.
    pub(crate) const MOST: u32 = 1_000_000;

    /// How many times so many units are, a started time counted.
    pub fn times(&self, quantity: Quantity) -> Quantity {
        quantity.packages(self.count)
    }
}

/// "once", "a year", "for 3 years".
impl fmt::Display for CostFrequency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Once => f.write_str("once"),
            Self::Years(1) => f.write_str("a year"),
            Self::Years(years) => write!(f, "for {years} years"),
        }
    }
}

/// "socket", "16 cores".
impl fmt::Display for CountedUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => f.write_str(&self.word),
            count => write!(f, "{count} {}", self.word),
        }
    }
}
