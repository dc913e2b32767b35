//! What a deal asks of a book.

use super::{Metric, Rate};

#[derive(Debug, Clone)]
pub struct Deal {
    pub customer: Option<String>,
    pub incumbent: Option<String>,
    pub term: u32,
    /// Which of the book's ways to prepay.
    pub prepay: Option<usize>,
    pub lines: Vec<Line>,
    /// By the place of the discount in the waterfall.
    pub takes: Vec<(usize, Take)>,
    pub claims: Vec<Claim>,
    /// The place of the service in the book, and its value in hundredths.
    pub services: Vec<(usize, u64)>,
}

#[derive(Debug, Clone)]
pub struct Line {
    pub metric: usize,
    /// Which tier's edition it names.
    pub edition: Option<usize>,
    pub hosts: Option<u32>,
    /// In thousandths of a unit.
    pub committed: Option<u64>,
    /// One for each year of a ramp; one alone for a flat line.
    pub years: Vec<Year>,
    pub ramp: bool,
}

impl Line {
    pub fn year(&self, index: usize) -> Year {
        self.years[index.min(self.years.len() - 1)]
    }

    /// What is paid for even if it is not used.
    pub fn committed(&self, metric: &Metric) -> Option<u64> {
        self.committed.filter(|_| metric.per.is_metered())
    }

    /// What is committed in a year, where use beyond it has a price of its own.
    pub fn committed_apart(&self, metric: &Metric, year: Year) -> Option<(u64, u32)> {
        let committed = self.committed(metric).filter(|it| *it > 0)?;
        Some((committed.min(year.quantity), metric.overage()?))
    }

    /// Whether so much of the line has no price of one unit or package.
    pub fn is_whole(&self, metric: &Metric, charged: Year) -> bool {
        metric.is_whole(self.edition, charged) || self.committed_apart(metric, charged).is_some()
    }

    /// The same with what is charged, which is what is committed if that is more.
    pub fn charged(&self, metric: &Metric, index: usize) -> Year {
        let year = self.year(index);
        let least = self.committed(metric).unwrap_or(0);
        Year { quantity: year.quantity.max(least), ..year }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Year {
    /// In thousandths of a unit.
    pub quantity: u64,
    /// Negotiated, in millionths.
    pub unit_price: Option<u64>,
    /// Named for the whole line, in millionths.
    pub fee: Option<u64>,
}

impl Year {
    /// A fraction between two ranges belongs to the upper one.
    pub fn landing(self) -> u64 {
        self.quantity.div_ceil(1000)
    }
}

#[derive(Debug, Clone, Copy)]
pub enum Take {
    Auto,
    Nothing,
    Rate(Rate),
}

#[derive(Debug, Clone)]
pub struct Claim {
    /// The discount and the program in it.
    pub program: (usize, usize),
    pub rate: Option<Rate>,
    pub duties: Vec<String>,
    pub count: Option<u32>,
}
