//! The engine: prices a deal. It is pure and total: no clock, no files, no failure.
//!
//! # Where a price is computed
//!
//! [`price`] prices each line of a deal, and each line year by year: a ramp is a line whose years have
//! segments of different quantities, and a flat deal is a ramp with one segment, or with one for each step of a
//! discount by contract year: `deal/counting.rs` cuts it there. [`price_segment`] computes
//! the price of one segment, so it is also where the price of a ramp is computed: each year finds its own tier
//! and its own row of the volume discount, and the discounts for the term and the prepayment are those
//! of the whole contract (playbook L1852-L1859).
//!
//! Lines of one metric count together, unless the book says that each counts alone: `deal/counting.rs` cuts their
//! years alike and finds the list price of each by the quantity of all. Where they have no price for each unit,
//! [`price_segment`] prices them as one line, and `shared.rs` gives each line its share.
//!
//! A segment starts from the list price of its quantity (`book/metric/list.rs`), or a share of other lines
//! (`share.rs`), goes through the discounts in the
//! order of the book (`discounts.rs`), stops at the floor of a program, takes a negotiated price where the deal
//! has one, and is rounded once. Every step is kept in the [`Waterfall`]. [`Totals`] adds up exact amounts.
//!
//! # The contract of a step
//!
//! Batch, `negotiate` and `book check` rely on what each step declares with [`PricingStep`]: where its change
//! begins and ends, and that prices only fall as rates grow. `contract.rs` states it.

mod contract;
pub mod curve;
mod discounts;
mod figures;
mod measured;
mod partner;
mod services;
mod share;
mod shared;
mod waterfall;

pub use contract::{Growth, PricingStep, SMALLEST_RATE, changes_other_steps, ends, pricing_steps};
pub use discounts::{SegmentDiscounts, applied_rows};
pub use figures::{
    AssuredMoney, Charges, PolicyPrice, PricedLine, PricedSegment, PricedService, Pricing, Totals,
    committed, committed_segments,
};
pub use measured::{
    CostedMoney, Measured, MeasuredLine, MeasuredMoney, MoneySide, arr_before_programs,
    committed_tcv,
};
pub use partner::{
    CashFlow, PartnerDeal, Resale, ResoldSegment, RevenueSplit, partner_deal, resold_to_partner,
};
pub use share::SharedLines;
pub use shared::{charges_at, charges_shared};
pub use waterfall::{StepSource, Waterfall, WaterfallStep};

use crate::book::{ListPrice, Metric, PriceBook, PricePeriod};
use crate::deal::{Deal, Line, Segment};
use crate::number::{Length, Money, Quantity};
use discounts::{add_uplifts, discounts};
use shared::shared;

pub fn price<'b>(deal: &Deal<'b>) -> Pricing<'b> {
    let price_line = |line: &Line<'b>| {
        let segments = line.segments.iter().map(|segment| price_segment(deal, line, segment));
        let segments: Vec<_> = segments.collect();
        PricedLine {
            list_tcv: segments.iter().map(PricedSegment::list_tcv).sum(),
            tcv: segments.iter().map(PricedSegment::tcv).sum(),
            line: line.clone(),
            segments,
        }
    };
    let lines: Vec<_> = deal.lines.iter().map(price_line).collect();
    let services = deal.services.iter();
    let services: Vec<_> = services.map(|it| services::service(deal, &lines, it)).collect();
    let totals = Totals::of(deal, &lines, &services);
    Pricing { lines, services, totals }
}

/// Prices a segment of a line: one year of a ramp, or all years of a flat line. Lines that are priced as one
/// are, and the segment takes its share.
pub fn price_segment<'b>(
    deal: &Deal<'b>,
    line: &Line<'b>,
    segment: &Segment<'b>,
) -> PricedSegment<'b> {
    let priced = price_as_one(deal, line, segment);
    let Some(pool) = &segment.pool else { return priced };
    // Lines that end at one price are rounded together, whether the price was agreed or is that of the book.
    let of_book = || price_as_one(deal, line, &Segment { agreed: None, ..segment.clone() }).net();
    let pool = pool.at_net(priced.net(), of_book);
    let segment = Segment { pool: Some(pool.clone()), ..priced.segment.clone() };
    shared(deal.book, line.metric, PricedSegment { segment, ..priced }, &pool)
}

/// Prices a segment with all lines that are priced as one with its line, at the terms of the line.
fn price_as_one<'b>(deal: &Deal<'b>, line: &Line<'b>, segment: &Segment<'b>) -> PricedSegment<'b> {
    let book = deal.book;
    let floor =
        deal.exclusive_claim(line).and_then(|claim| Some((claim.program, claim.program.floor?)));
    let round = |price| book.rounding.round(price, line.metric.places);
    let mut list = share::list(deal, line, segment);
    // A negotiated price is that of a unit, also where a step changes the price of the line as a whole.
    let mut units = Quantity::ONE;
    if is_changed_as_a_whole(deal, line, segment) {
        units = list.times;
        list = list.whole();
    }
    let down_to_floor = |list: &ListPrice<'b>| discounts(deal, line, segment, list, false);
    let (mut waterfall, mut before_programs) = match line.metric.charges.net_minimum {
        None => discounts(deal, line, segment, &list, true),
        Some(minimum) => {
            let (mut waterfall, before) = down_to_floor(&list);
            waterfall.raise_to_minimum(minimum, &line.metric.rule);
            add_uplifts(&mut waterfall, deal, line, segment);
            (waterfall, before)
        }
    };
    // The rounded price counts: rounding can take the last cents below a floor.
    if let Some((program, floor)) = floor
        && round(down_to_floor(&list).0.price()) * list.times < floor
    {
        // A floor is for the whole line: divided by the units it need not be a price.
        list = list.whole();
        (waterfall, before_programs) = down_to_floor(&list);
        waterfall.floor(floor, program);
        if let Some(minimum) = line.metric.charges.net_minimum {
            waterfall.raise_to_minimum(minimum, &line.metric.rule);
        }
        add_uplifts(&mut waterfall, deal, line, segment);
    }
    let least_year = floor.map(|(program, floor)| {
        let mut waterfall = Waterfall::from_list(&list.whole());
        waterfall.set_floor(floor, program);
        add_uplifts(&mut waterfall, deal, line, segment);
        book.rounding.round(waterfall.price(), book.currency.minor)
    });
    let charges = |price| charges(book, line.metric, price, list.times);
    let stub = |annual| stub(book, segment.length, annual);
    let policy = segment.agreed_price().map(|asked| {
        let (price, asked) = (round(waterfall.price()), asked * units);
        waterfall.negotiate(asked, &line.metric.rule);
        let charges = charges(price);
        PolicyPrice { price, tcv: charges.over(segment.length, stub(charges.annual)) }
    });
    waterfall.round(book.rounding, line.metric.places, &book.rounding_rule);
    let (at_list, at_net) = (charges(list.price), charges(waterfall.price()));
    let part = started_year(stub(at_net.annual), segment.length, least_year);
    PricedSegment {
        segment: segment.clone(),
        length: segment.length,
        list,
        at_list,
        at_net,
        stub_at_list: stub(at_list.annual),
        stub: part,
        least_year,
        part_costs_floor: segment.length.part().is_some() && least_year == Some(part),
        annual_before_programs: match line.metric.price_period {
            _ if let Some(share) = &line.metric.share => {
                share.in_year(segment.year, SharedLines::of(deal, share, segment).before_programs)
            }
            PricePeriod::Once { maintenance } => maintenance.of(before_programs) * list.times,
            per => before_programs * list.times * per.times_per_year(),
        },
        waterfall,
        policy,
        whole: None,
    }
}

/// Returns the charge for the part of a year before the first whole one, to the smallest coin; zero without one.
pub fn stub(book: &PriceBook, length: Length, annual: Money) -> Money {
    let part = length.part();
    part.map_or(Money::ZERO, |part| book.rounding.part(annual, part, book.currency.minor))
}

/// Returns the charge for a part of a year, which is a started year: it costs no less than the floor of a program.
pub fn started_year(stub: Money, length: Length, least_year: Option<Money>) -> Money {
    let least = least_year.filter(|_| length.part().is_some());
    least.map_or(stub, |least| stub.max(least))
}

/// Whether a step of a discount changes the price of a line as a whole.
fn is_changed_as_a_whole<'b>(deal: &Deal<'b>, line: &Line<'b>, segment: &Segment<'b>) -> bool {
    line.metric.has_line_steps && SegmentDiscounts::of(deal, line, segment).changes_whole_line(deal)
}

/// Whether a negotiated price of a unit is no lower than the policy price of a segment: the price that the discounts of
/// the book give without the negotiation, to the places of the metric. A price below it needs a program.
pub fn is_at_policy<'b>(
    deal: &Deal<'b>,
    line: &Line<'b>,
    segment: &Segment<'b>,
    asked: Money,
) -> bool {
    let (list, asked) = if is_changed_as_a_whole(deal, line, segment) {
        let list = segment.pooled_list();
        (list.whole(), asked * list.times)
    } else {
        (segment.list, asked)
    };
    let policy = discounts(deal, line, segment, &list, true).0.price();
    asked >= deal.book.rounding.round(policy, line.metric.places)
}

/// Returns the charge of a month at a price that is due so often in it, rounded to the smallest coin. The months of a
/// year of use need not add up to its charge, which is rounded once.
pub fn month(book: &PriceBook, priced: &PricedSegment<'_>, per_month: u32) -> Money {
    book.rounding.round(priced.net() * priced.list.times * per_month, book.currency.minor)
}

/// Returns the charges at a net price, `times` as often as a line takes it, each rounded once to the smallest
/// coin of the currency, as the book rounds. Maintenance is a share of the license total, and a year of a price per
/// month is twelve rounded months.
pub fn charges(book: &PriceBook, metric: &Metric, price: Money, times: Quantity) -> Charges {
    let coins = |amount| book.rounding.round(amount, book.currency.minor);
    let exact = exact_charges(metric, price, times);
    let once = coins(exact.once);
    let annual = match metric.price_period {
        PricePeriod::Year | PricePeriod::Hour { .. } => coins(exact.annual),
        // A month is what is paid for: a year is twelve of its charges.
        PricePeriod::Month | PricePeriod::Use => coins(price * times) * 12,
        PricePeriod::Once { maintenance } => coins(maintenance.of(once)),
    };
    Charges { once, annual }
}

/// Returns the contract value of a segment at another price of its waterfall, before its charges are rounded to
/// coins: only a part of a year is.
pub fn tcv_at_price(
    book: &PriceBook,
    metric: &Metric,
    segment: &PricedSegment<'_>,
    price: Money,
) -> Money {
    let charges = exact_charges(metric, price, segment.list.times);
    charges.over(segment.length, stub(book, segment.length, charges.annual))
}

/// Returns the charges at a price, `times` as often as a line takes it, before they are rounded to coins.
pub fn exact_charges(metric: &Metric, price: Money, times: Quantity) -> Charges {
    let all = price * times * metric.price_period.times_per_year();
    match metric.price_period {
        PricePeriod::Year | PricePeriod::Month | PricePeriod::Hour { .. } | PricePeriod::Use => {
            Charges { once: Money::ZERO, annual: all }
        }
        PricePeriod::Once { maintenance } => Charges { once: all, annual: maintenance.of(all) },
    }
}
