//! The figures of a deal: lines, segments, services, and what is committed.

use super::{Totals, Waterfall, price_segment};
use crate::book::{ListPrice, PricePeriod, Service};
use crate::deal::{Deal, DealService, Line, Segment};
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
    /// Returns the charge for all services.
    pub fn services_price(&self) -> Money {
        self.services.iter().map(|service| service.price).sum()
    }
}

/// A line with its figures.
#[derive(Debug, Clone)]
pub struct PricedLine<'b> {
    /// The line of the deal.
    pub line: Line<'b>,
    /// One for each segment of the line, in its order; never empty.
    pub segments: Vec<PricedSegment<'b>>,
    /// Contract value at list, all years.
    pub list_tcv: Money,
    /// Contract value, all years.
    pub tcv: Money,
}

/// Years of a line that are alike, with their figures.
#[derive(Debug, Clone)]
pub struct PricedSegment<'b> {
    /// The years of the line.
    pub segment: Segment<'b>,
    /// How long they are paid for.
    pub length: Length,
    /// The list price, what one price of the waterfall is for, and how often the line takes it.
    pub list: ListPrice<'b>,
    /// From list to net, for one unit, package or line.
    pub waterfall: Waterfall<'b>,
    /// The charges at list.
    pub at_list: Charges,
    /// The charges at net.
    pub at_net: Charges,
    /// The charge for the part of a year before the first whole one, at list.
    pub stub_at_list: Money,
    /// The charge for that part at net.
    pub stub: Money,
    /// The yearly charge at the exact price before programs.
    pub annual_before_programs: Money,
    /// The policy price, where a price was negotiated.
    pub policy: Option<PolicyPrice>,
}

/// The price that the discounts of the book give, beside a negotiated price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolicyPrice {
    /// The net price, rounded like any other.
    pub price: Money,
    /// The contract value of the segment at that price.
    pub tcv: Money,
}

/// The charges of a segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Charges {
    /// The charge that is paid once.
    pub once: Money,
    /// The charge that is paid every year.
    pub annual: Money,
}

impl Charges {
    /// Returns the charges over a length, with the charge for its part of a year.
    pub fn over(self, length: Length, stub: Money) -> Money {
        self.once + stub + self.annual * length.years()
    }
}

impl PricedSegment<'_> {
    /// Returns the net price of one unit, package or line: the end of the waterfall.
    pub fn net(&self) -> Money {
        self.waterfall.price()
    }

    /// Returns the contract value of the segment at list.
    pub fn list_tcv(&self) -> Money {
        self.at_list.over(self.length, self.stub_at_list)
    }

    /// Returns the contract value of the segment.
    pub fn tcv(&self) -> Money {
        self.at_net.over(self.length, self.stub)
    }

    /// Returns the share off list.
    pub fn discount(&self) -> Share {
        Share::off(self.list_tcv(), self.tcv())
    }
}

/// A service with its figures.
#[derive(Debug, Clone, Copy)]
pub struct PricedService<'b> {
    /// The service of the book.
    pub service: &'b Service,
    /// The price that the service would have by itself.
    pub value: Money,
    /// The part of the value that the contract includes (playbook L505: migration up to $100K). It is
    /// no price, and so it is no discount either.
    pub included: Money,
    /// The rest of the value, charged once. No discount applies to services.
    pub price: Money,
}

impl<'b> PricedService<'b> {
    pub(super) fn of(asked: &DealService<'b>) -> Self {
        let DealService { service, value } = *asked;
        let included = value.min(service.included);
        Self { service, value, included, price: value - included }
    }
}

/// Prices a segment with nothing but its committed use. Returns `None` where nothing is committed.
pub fn committed<'b>(
    deal: &Deal<'b>,
    line: &Line<'b>,
    segment: &Segment<'b>,
) -> Option<PricedSegment<'b>> {
    Some(price_segment(deal, line, &deal.committed(line, segment)?))
}

/// Returns the contract value that is paid even if nothing is used: of lines by the hour only the
/// committed use, all other lines, and services. Returns `None` for a deal without a commitment.
pub fn committed_tcv(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<Money> {
    if deal.lines.iter().all(|line| line.committed.is_none()) {
        return None;
    }
    let certain = pricing.lines.iter().map(|priced| match priced.line.metric.price_period {
        PricePeriod::Hour { .. } => {
            let segments = priced.line.segments.iter();
            segments.filter_map(|it| Some(committed(deal, &priced.line, it)?.tcv())).sum()
        }
        PricePeriod::Year | PricePeriod::Once { .. } => priced.tcv,
    });
    Some(certain.sum::<Money>() + pricing.services_price())
}
