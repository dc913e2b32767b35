//! The figures of a deal, of its lines, and of years that are alike.

use super::{PricedService, Totals, Waterfall};
use crate::book::ListPrice;
use crate::number::{Length, Money, Share};

/// The figures of a deal.
#[derive(Debug, Clone)]
pub struct Pricing<'b> {
    /// One for each line of the deal, in its order.
    pub lines: Vec<PricedLine<'b>>,
    /// One for each service of the deal, in its order.
    pub services: Vec<PricedService<'b>>,
    /// The figures of all lines and services together.
    pub totals: Totals,
}

impl Pricing<'_> {
    /// What is charged for all services.
    pub fn services_price(&self) -> Money {
        self.services.iter().map(|service| service.price).sum()
    }
}

/// The figures of a line.
#[derive(Debug, Clone)]
pub struct PricedLine<'b> {
    /// One for each segment of the line, in its order; never empty.
    pub segments: Vec<PricedSegment<'b>>,
    /// Contract value at list, all years.
    pub list_tcv: Money,
    /// Contract value, all years.
    pub tcv: Money,
}

/// The figures of years that are alike.
#[derive(Debug, Clone)]
pub struct PricedSegment<'b> {
    /// How long they are paid for.
    pub length: Length,
    /// What a price of the waterfall is for, and how many the line takes.
    pub list: ListPrice<'b>,
    /// From list to net, for one unit, package or line.
    pub waterfall: Waterfall<'b>,
    /// At list.
    pub at_list: Charges,
    /// At net.
    pub at_net: Charges,
    /// What is due for the part of a year before the first whole one, at list.
    pub stub_at_list: Money,
    /// The same at net.
    pub stub: Money,
    /// A year at the exact price before programs.
    pub annual_before_programs: Money,
    /// What policy gives by itself, where a price was agreed.
    pub policy: Option<PolicyPrice>,
}

/// What policy gives by itself, beside a price that was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyPrice {
    /// The net price, rounded as any other.
    pub price: Money,
    /// The contract value of these years at it.
    pub tcv: Money,
}

/// What a segment costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charges {
    /// Paid once.
    pub once: Money,
    /// Paid every year.
    pub annual: Money,
}

impl Charges {
    /// What is due over a length, with what its part of a year costs.
    pub fn over(self, length: Length, stub: Money) -> Money {
        self.once + stub + self.annual * length.years()
    }
}

impl PricedSegment<'_> {
    /// What one unit, package or line costs at the end of the waterfall.
    pub fn net(&self) -> Money {
        self.waterfall.price()
    }

    /// The contract value of these years at list.
    pub fn list_tcv(&self) -> Money {
        self.at_list.over(self.length, self.stub_at_list)
    }

    /// The contract value of these years.
    pub fn tcv(&self) -> Money {
        self.at_net.over(self.length, self.stub)
    }

    /// How far it lies below list.
    pub fn discount(&self) -> Share {
        Share::off(self.list_tcv(), self.tcv())
    }
}
