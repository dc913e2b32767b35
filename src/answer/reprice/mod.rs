//! Effect of a new price book on existing deals: a portfolio, priced under both books.
//!
//! A [`RepricedDeal`] is one deal under the old book and under the new one. An [`Impact`] sums up any
//! number of them, exactly, and impacts of parts add up to that of the whole in any order. Deals come as
//! rows, which `batch` prices under two books in one pass, or as deal files of any structure.

mod deal_file;
mod deal_rows;
mod impact;
pub mod json;
pub mod rows_summary;
pub mod text;

pub use deal_file::BookPair;
pub use deal_rows::{HEADER, RepriceOutput, RepriceWriter};
pub use impact::{ApprovalsNeeded, DealGroup, Impact, OldNewTotals, RankedDeal};

use crate::answer::batch::DealFigures;
use crate::book::PriceBook;
use crate::number::{Date, Total};

#[derive(Debug, Clone, Copy)]
pub struct Repricing<'a> {
    pub input: &'a str,
    /// Name of the file with a row for each deal, if one was written.
    pub output: Option<&'a str>,
    pub old: &'a PriceBook,
    pub new: &'a PriceBook,
    /// Day of deals that name none.
    pub date: Date,
    pub impact: &'a Impact,
}

#[derive(Debug, Clone, Copy)]
pub struct RepricedDeal<'a> {
    /// Id of a row, or path of a deal file.
    pub id: &'a str,
    /// Figures under the old book, or the reason for which it has no price.
    pub old: Result<&'a DealFigures, &'a str>,
    /// Figures under the new book, or the reason for which it has no price.
    pub new: Result<&'a DealFigures, &'a str>,
    /// Parts of the deal by metric, each metric once, which add up to its contract value. Empty if a book
    /// has no price for the deal.
    pub parts: &'a [MetricChange<'a>],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MetricChange<'a> {
    /// Name of the metric; `None` for services.
    pub metric: Option<&'a str>,
    pub old: Total,
    pub new: Total,
}

impl RepricedDeal<'_> {
    /// Says in one line why a book has no price for the deal.
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
