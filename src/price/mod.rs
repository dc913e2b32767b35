//! The engine: from a deal to its figures. Pure and total: no clock, no files, no failure.
//!
//! There is one waterfall, and it is always on. A flat deal is a ramp of equal years.

mod total;
mod waterfall;

pub use total::Totals;
pub use waterfall::{Grant, Step, Waterfall};

use crate::book::{Discount, Given, ListPrice};
use crate::deal::{Deal, Line, Segment};
use crate::value::{Money, Rate, Share, Years};

/// The figures of a deal.
#[derive(Debug, Clone)]
pub struct Pricing<'b> {
    /// One for each line of the deal, in its order.
    pub lines: Vec<PricedLine<'b>>,
    pub totals: Totals,
}

/// The figures of a line.
#[derive(Debug, Clone)]
pub struct PricedLine<'b> {
    /// One for each segment of the line, in its order; never empty.
    pub segments: Vec<PricedSegment<'b>>,
    pub list_tcv: Money,
    pub tcv: Money,
}

/// The figures of years that are alike.
#[derive(Debug, Clone)]
pub struct PricedSegment<'b> {
    pub years: Years,
    pub list: ListPrice<'b>,
    /// From list to net, for one unit, package or line.
    pub waterfall: Waterfall<'b>,
    /// At list, a year.
    pub list_annual: Money,
    /// At net, a year.
    pub annual: Money,
    /// At the exact price before programs, a year.
    pub annual_before_programs: Money,
}

impl PricedSegment<'_> {
    /// What one unit, package or line costs at the end of the waterfall.
    #[must_use]
    pub fn net(&self) -> Money {
        self.waterfall.price()
    }

    /// The contract value of these years at list.
    #[must_use]
    pub fn list_tcv(&self) -> Money {
        self.list_annual * self.years
    }

    /// The contract value of these years.
    #[must_use]
    pub fn tcv(&self) -> Money {
        self.annual * self.years
    }

    /// How far it lies below list.
    #[must_use]
    pub fn discount(&self) -> Share {
        Share::off(self.list_annual, self.annual)
    }
}

/// Prices a deal.
#[must_use]
pub fn price<'b>(deal: &Deal<'b>) -> Pricing<'b> {
    let lines: Vec<_> = deal.lines.iter().map(|line| price_line(deal, line)).collect();
    let totals = Totals::of(&lines, deal.term);
    Pricing { lines, totals }
}

fn price_line<'b>(deal: &Deal<'b>, line: &Line<'b>) -> PricedLine<'b> {
    let segments: Vec<_> =
        line.segments.iter().map(|segment| price_segment(deal, line, segment)).collect();
    PricedLine {
        list_tcv: segments.iter().map(PricedSegment::list_tcv).sum(),
        tcv: segments.iter().map(PricedSegment::tcv).sum(),
        segments,
    }
}

fn price_segment<'b>(deal: &Deal<'b>, line: &Line<'b>, segment: &Segment<'b>) -> PricedSegment<'b> {
    let book = deal.book;
    let mut waterfall = Waterfall::from_list(&segment.list);
    let mut before_programs = None;
    for discount in book.discounts() {
        if let Given::Program { .. } = discount.given {
            before_programs.get_or_insert(waterfall.price());
        }
        if !discount.applies_to(&line.metric.name) {
            continue;
        }
        match &discount.given {
            Given::Program { .. } => programs(&mut waterfall, deal, discount, segment),
            _ => automatic(&mut waterfall, deal, discount, segment),
        }
    }
    let before_programs = before_programs.unwrap_or_else(|| waterfall.price());
    if let Some(asked) = segment.unit_price {
        waterfall.negotiate(asked, &line.metric.rule);
    }
    waterfall.round(book.rounding, line.metric.places, &book.rounding_rule);
    let annual = |price: Money| price * segment.list.times * line.metric.per.times_a_year();
    PricedSegment {
        years: segment.years,
        list: segment.list,
        list_annual: annual(segment.list.price),
        annual: annual(waterfall.price()),
        annual_before_programs: annual(before_programs),
        waterfall,
    }
}

/// A discount that the book gives by itself, as far as the deal takes it.
fn automatic<'b>(
    waterfall: &mut Waterfall<'b>,
    deal: &Deal<'b>,
    discount: &'b Discount,
    segment: &Segment<'b>,
) {
    let Some(row) = discount.row(segment.quantity, deal.term, deal.prepay) else { return };
    let cut = deal.take(discount).of(row.cut);
    waterfall.cut(discount, cut, &row.rule, Grant::Row(row));
}

/// The programs that the deal claims. A negotiated price already contains what they give.
fn programs<'b>(
    waterfall: &mut Waterfall<'b>,
    deal: &Deal<'b>,
    discount: &'b Discount,
    segment: &Segment<'b>,
) {
    if segment.unit_price.is_some() {
        return;
    }
    for claim in deal.claims.iter().filter(|claim| claim.discount.name == discount.name) {
        let cut = crate::book::Cut::Rate(claim.rate);
        waterfall.cut(discount, cut, &claim.program.rule, Grant::Program(claim.program));
    }
}

/// What a step takes of a rate.
impl crate::deal::Take {
    fn of(self, cut: crate::book::Cut) -> crate::book::Cut {
        use crate::book::Cut;
        match (self, cut) {
            (Self::Nothing, _) => Cut::Rate(Rate::ZERO),
            (Self::Rate(most), Cut::Rate(rate)) => Cut::Rate(rate.min(most)),
            _ => cut,
        }
    }
}
