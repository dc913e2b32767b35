//! The engine: from a deal to its figures. Pure and total: no clock, no files, no failure.
//!
//! There is one waterfall, and it is always on. A flat deal is a ramp of equal years.

mod contract;
pub mod curve;
mod discounts;
mod figures;
mod total;
mod waterfall;

pub use contract::{Growth, PricingStep, SMALLEST_RATE, changes_other_steps, ends, pricing_steps};
pub use figures::{
    Charges, PolicyPrice, PricedLine, PricedSegment, PricedService, Pricing, committed,
    committed_tcv,
};
pub use total::Totals;
pub use waterfall::{StepSource, Waterfall, WaterfallStep};

use crate::book::{Metric, PriceBook, PricePeriod};
use crate::deal::{Deal, Line, Segment};
use crate::number::{Length, Money, Quantity, Rounding};
use discounts::{add_uplifts, discounts, down_to_floor, exclusive};

/// Prices a deal.
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
        line: line.clone(),
        segments,
    }
}

/// Prices years of a line that are alike.
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
        let (waterfall, _) = down_to_floor(deal, line, segment, &list);
        round(waterfall.price()) * list.times < floor
    };
    if let Some((program, floor)) = floor.filter(|(_, floor)| is_below(*floor)) {
        // A floor is for the line, and its share of a unit need not be a price.
        list = list.whole();
        (waterfall, before_programs) = down_to_floor(deal, line, segment, &list);
        waterfall.floor(floor, program);
        add_uplifts(&mut waterfall, deal, line, segment);
    }
    let charges = |price| charges(book.rounding, line.metric, price, list.times);
    let stub = |annual| stub(book, segment.length, annual);
    let policy = segment.agreed_price().map(|asked| {
        let price = round(waterfall.price());
        waterfall.negotiate(asked, &line.metric.rule);
        let charges = charges(price);
        PolicyPrice { price, tcv: charges.over(segment.length, stub(charges.annual)) }
    });
    waterfall.round(book.rounding, line.metric.places, &book.rounding_rule);
    let (at_list, at_net) = (charges(list.price), charges(waterfall.price()));
    PricedSegment {
        segment: *segment,
        length: segment.length,
        list,
        at_list,
        at_net,
        stub_at_list: stub(at_list.annual),
        stub: stub(at_net.annual),
        annual_before_programs: match line.metric.price_period {
            PricePeriod::Once { maintenance } => maintenance.of(before_programs) * list.times,
            per => before_programs * list.times * per.times_per_year(),
        },
        waterfall,
        policy,
    }
}

/// What is due for the part of a year before the first whole one, if there is such a part.
pub fn stub(book: &PriceBook, length: Length, annual: Money) -> Money {
    let part = length.part();
    part.map_or(Money::ZERO, |part| book.rounding.part(annual, part, book.currency.minor))
}

/// The exact price that policy gives years with an agreed price, which that one is held against.
pub fn policy_price<'b>(deal: &Deal<'b>, line: &Line<'b>, segment: &Segment<'b>) -> Money {
    discounts(deal, line, segment, &segment.list).0.price()
}

/// What so many of one price cost.
pub fn charges(rounding: Rounding, metric: &Metric, price: Money, times: Quantity) -> Charges {
    match metric.price_period {
        PricePeriod::Year | PricePeriod::Hour { .. } => Charges {
            once: Money::ZERO,
            annual: price * times * metric.price_period.times_per_year(),
        },
        // Maintenance is a unit price of its own, so that a calculator gets it too.
        PricePeriod::Once { .. } => {
            Charges { once: price * times, annual: metric.maintenance_of(price, rounding) * times }
        }
    }
}

/// What a segment costs over its years at another price of its waterfall.
pub fn tcv_at_price(
    book: &PriceBook,
    metric: &Metric,
    segment: &PricedSegment<'_>,
    price: Money,
) -> Money {
    let charges = charges(book.rounding, metric, price, segment.list.times);
    charges.over(segment.length, stub(book, segment.length, charges.annual))
}
