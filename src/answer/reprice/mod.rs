//! What a new price book does to deals that are there: a portfolio, priced under both.
//!
//! A [`Change`] is one deal under the old book and under the new one. An [`Impact`] sums up any
//! number of them, exactly, and impacts of parts add up to that of the whole in any order. Deals
//! come as rows, which `batch` prices at two desks in one pass, or as deal files of any structure.

mod change;
mod deal;
mod impact;
pub mod json;
mod largest;
mod page;
pub mod rows_summary;
pub mod text;

pub use change::{MetricChange, RepricedDeal};
pub use deal::BookPair;
pub use impact::{
    ApprovalMove, ApprovalsNeeded, ComparedTotals, Impact, MetricImpact, PortfolioTotals,
};
pub use largest::{LargestDeals, RankedDeal};
pub use page::{HEADER, RepriceOutput, RepriceWriter};

use crate::book::PriceBook;

/// A portfolio that was priced under two books.
#[derive(Debug, Clone, Copy)]
pub struct Repricing<'a> {
    /// What the deals are called.
    pub input: &'a str,
    /// Where each deal is written with what it costs, if anywhere.
    pub output: Option<&'a str>,
    /// The book that was.
    pub old: &'a PriceBook,
    /// The book that is to be.
    pub new: &'a PriceBook,
    /// What the new one changes.
    pub impact: &'a Impact,
}
