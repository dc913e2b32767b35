//! The engine: from a deal to its figures. Pure and total: no clock, no files, no failure.
//!
//! There is one waterfall, and it is always on. A flat deal is a ramp of equal years.

mod committed;
mod service;
mod total;
mod waterfall;

pub use committed::{certain, committed};
pub use service::PricedService;
pub use total::Totals;
pub use waterfall::{Grant, Step, Waterfall};

use crate::book::{Cut, Discount, Given, ListPrice, Metric, Per, PriceBook};
use crate::deal::{Claim, Deal, Line, Segment, Take};
use crate::value::{Length, Money, Quantity, Rate, Rounding, Share};

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
    #[must_use]
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
    pub policy: Option<Policy>,
}

/// What policy gives by itself, beside a price that was agreed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
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
    #[must_use]
    pub fn over(self, length: Length, stub: Money) -> Money {
        self.once + stub + self.annual * length.years()
    }
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
        self.at_list.over(self.length, self.stub_at_list)
    }

    /// The contract value of these years.
    #[must_use]
    pub fn tcv(&self) -> Money {
        self.at_net.over(self.length, self.stub)
    }

    /// How far it lies below list.
    #[must_use]
    pub fn discount(&self) -> Share {
        Share::off(self.list_tcv(), self.tcv())
    }
}

/// Prices a deal.
#[must_use]
pub fn price<'b>(deal: &Deal<'b>) -> Pricing<'b> {
    let lines: Vec<_> = deal.lines.iter().map(|line| price_line(deal, line)).collect();
    let services: Vec<_> = deal.services.iter().map(PricedService::of).collect();
    let totals = Totals::of(&lines, &services, deal.length(), deal.book.currency.minor);
    Pricing { lines, services, totals }
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

/// Prices years of a line that are alike.
#[must_use]
pub fn price_segment<'b>(
    deal: &Deal<'b>,
    line: &Line<'b>,
    segment: &Segment<'b>,
) -> PricedSegment<'b> {
    let book = deal.book;
    let floor = exclusive(deal, line).and_then(|claim| Some((claim.program, claim.program.floor?)));
    let round = |price| book.rounding.round(price, line.metric.places);
    let mut list = segment.list;
    let (mut waterfall, mut before_programs) = discounts(deal, line, segment, &list);
    // Rounding counts: it can take the last cents below a floor.
    if let Some((program, floor)) = floor
        && round(waterfall.price()) * list.times < floor
    {
        // A floor is for the line, and its share of a unit need not be a price.
        list = list.whole();
        (waterfall, before_programs) = discounts(deal, line, segment, &list);
        waterfall.floor(floor, program);
    }
    let charges = |price| charges(book.rounding, line.metric, price, list.times);
    let stub = |annual| stub(book, segment.length, annual);
    let policy = segment.agreed_price().map(|asked| {
        let price = round(waterfall.price());
        waterfall.negotiate(asked, &line.metric.rule);
        let charges = charges(price);
        Policy { price, tcv: charges.over(segment.length, stub(charges.annual)) }
    });
    waterfall.round(book.rounding, line.metric.places, &book.rounding_rule);
    let (at_list, at_net) = (charges(list.price), charges(waterfall.price()));
    PricedSegment {
        length: segment.length,
        list,
        at_list,
        at_net,
        stub_at_list: stub(at_list.annual),
        stub: stub(at_net.annual),
        annual_before_programs: match line.metric.per {
            Per::Once { maintenance } => maintenance.of(before_programs) * list.times,
            per => before_programs * list.times * per.times_a_year(),
        },
        waterfall,
        policy,
    }
}

/// What is due for the part of a year before the first whole one, if there is such a part.
#[must_use]
pub fn stub(book: &PriceBook, length: Length, annual: Money) -> Money {
    let part = length.part();
    part.map_or(Money::ZERO, |part| book.rounding.part(annual, part, book.currency.minor))
}

/// The exact price that policy gives years with an agreed price, which that one is held against.
#[must_use]
pub fn policy_price<'b>(deal: &Deal<'b>, line: &Line<'b>, segment: &Segment<'b>) -> Money {
    discounts(deal, line, segment, &segment.list).0.price()
}

/// What so many of one price cost.
#[must_use]
pub fn charges(rounding: Rounding, metric: &Metric, price: Money, times: Quantity) -> Charges {
    match metric.per {
        Per::Year | Per::Hour { .. } => {
            Charges { once: Money::ZERO, annual: price * times * metric.per.times_a_year() }
        }
        // Maintenance is a unit price of its own, so that a calculator gets it too.
        Per::Once { .. } => {
            Charges { once: price * times, annual: metric.maintenance_of(price, rounding) * times }
        }
    }
}

/// The claim that excludes every other discount of the line, if there is one.
fn exclusive<'a, 'b>(deal: &'a Deal<'b>, line: &Line<'b>) -> Option<&'a Claim<'b>> {
    deal.claims.iter().find(|claim| {
        claim.program.exclusive
            && !claim.rate.is_zero()
            && claim.discount.applies_to(&line.metric.name)
    })
}

/// From list through every discount, and the price that stood before the first program.
fn discounts<'b>(
    deal: &Deal<'b>,
    line: &Line<'b>,
    segment: &Segment<'b>,
    list: &ListPrice<'b>,
) -> (Waterfall<'b>, Money) {
    let only = exclusive(deal, line);
    let mut waterfall = Waterfall::from_list(list);
    let mut before_programs = None;
    for discount in deal.book.discounts() {
        if let Given::Program { .. } = discount.given {
            before_programs.get_or_insert(waterfall.price());
        }
        if !discount.applies_to(&line.metric.name) {
            continue;
        }
        match &discount.given {
            Given::Program { .. } => programs(&mut waterfall, deal, discount, segment, only),
            // What is put on for late payment is no discount that a program could exclude.
            Given::Payment(_) => automatic(&mut waterfall, deal, discount, line, segment),
            _ if only.is_none() => automatic(&mut waterfall, deal, discount, line, segment),
            _ => {}
        }
    }
    let before_programs = before_programs.unwrap_or_else(|| waterfall.price());
    (waterfall, before_programs)
}

/// A discount that the book gives by itself, as far as the deal takes it.
fn automatic<'b>(
    waterfall: &mut Waterfall<'b>,
    deal: &Deal<'b>,
    discount: &'b Discount,
    line: &Line<'b>,
    segment: &Segment<'b>,
) {
    let Some(row) = discount.row(&deal.occasion(line.metric, segment.quantity)) else { return };
    let cut = deal.take(discount).of(row.cut);
    waterfall.cut(discount, cut, &row.rule, Grant::Row(row));
}

/// The programs that the deal claims. A negotiated price already contains what they give.
fn programs<'b>(
    waterfall: &mut Waterfall<'b>,
    deal: &Deal<'b>,
    discount: &'b Discount,
    segment: &Segment<'b>,
    only: Option<&Claim<'b>>,
) {
    if segment.agreed.is_some() {
        return;
    }
    let mine = |claim: &&Claim<'_>| {
        claim.discount.name == discount.name
            && only.is_none_or(|only| only.program.name == claim.program.name)
    };
    for claim in deal.claims.iter().filter(mine) {
        let cut = Cut::Rate(claim.rate);
        waterfall.cut(discount, cut, &claim.program.rule, Grant::Program(claim.program));
    }
}

/// What a step takes of a rate.
impl Take {
    fn of(self, cut: Cut) -> Cut {
        match (self, cut) {
            (Self::Nothing, _) => Cut::Rate(Rate::ZERO),
            (Self::Rate(most), Cut::Rate(rate)) => Cut::Rate(rate.min(most)),
            _ => cut,
        }
    }
}
