//! The engine: from a deal to its figures. Pure and total: no clock, no files, no failure.
//!
//! There is one waterfall, and it is always on. A flat deal is a ramp of equal years.

mod committed;
mod discounts;
mod figures;
mod service;
mod total;
mod waterfall;

pub use committed::{certain, committed};
pub use figures::{Charges, Policy, PricedLine, PricedSegment, Pricing};
pub use service::PricedService;
pub use total::Totals;
pub use waterfall::{Grant, Step, Waterfall};

use crate::book::{Metric, Per, PriceBook};
use crate::deal::{Deal, Line, Segment};
use crate::value::{Length, Money, Quantity, Rounding};
use discounts::{discounts, exclusive, put_on, up_to_a_floor};

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
    let is_below = |floor| {
        let (waterfall, _) = up_to_a_floor(deal, line, segment, &list);
        round(waterfall.price()) * list.times < floor
    };
    if let Some((program, floor)) = floor.filter(|(_, floor)| is_below(*floor)) {
        // A floor is for the line, and its share of a unit need not be a price.
        list = list.whole();
        (waterfall, before_programs) = up_to_a_floor(deal, line, segment, &list);
        waterfall.floor(floor, program);
        put_on(&mut waterfall, deal, line, segment);
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

/// What a segment costs over its years at another price of its waterfall.
#[must_use]
pub fn worth(
    book: &PriceBook,
    metric: &Metric,
    segment: &PricedSegment<'_>,
    price: Money,
) -> Money {
    let charges = charges(book.rounding, metric, price, segment.list.times);
    charges.over(segment.length, stub(book, segment.length, charges.annual))
}
