//! One deal under two books.

use crate::answer::batch::DealFigures;
use crate::number::Total;

/// A deal under the old book and under the new one.
#[derive(Debug, Clone, Copy)]
pub struct RepricedDeal<'a> {
    /// What it is known by.
    pub id: &'a str,
    /// What it costs under the old book, or why that has no price for it.
    pub old: Result<&'a DealFigures, &'a str>,
    /// The same under the new one.
    pub new: Result<&'a DealFigures, &'a str>,
    /// What it is made of, each metric once; they add up to it. Empty if it has no price under either.
    pub parts: &'a [MetricChange<'a>],
}

/// What a deal buys of one metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricChange<'a> {
    /// The metric; nothing for services, which are no metric.
    pub metric: Option<&'a str>,
    /// Its contract value under the old book.
    pub old: Total,
    /// The same under the new one.
    pub new: Total,
}

impl RepricedDeal<'_> {
    /// Why it has no price under one of the books or under both, in one line.
    pub fn error(&self) -> Option<String> {
        match (self.old, self.new) {
            (Ok(_), Ok(_)) => None,
            (Err(old), Err(new)) if old == new => Some(old.to_owned()),
            (Err(old), Err(new)) => Some(format!("old book: {old} | new book: {new}")),
            (Err(old), Ok(_)) => Some(format!("old book: {old}")),
            (Ok(_), Err(new)) => Some(format!("new book: {new}")),
        }
    }
}
