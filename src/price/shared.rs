//! The share of a line in what several lines cost as one.
//!
//! Lines of one metric that count together can have one price for each unit: what those at one price cost is
//! rounded to the coin once and shared out by quantity. Where the lines have a price as a whole (graduated,
//! packages, flat amounts, a least price, a fee or a floor), they pay it once, and each line takes a share of
//! every amount by its quantity. So the lines cost to the coin what one line would.

use super::{Charges, PolicyPrice, PricedSegment, charges, started_year, stub};
use crate::book::{ListPrice, Metric, PriceBasis, PriceBook};
use crate::deal::PoolShare;
use crate::number::Money;

/// Returns the share of a line in a price of all lines that are priced as one.
pub(super) fn shared<'b>(
    book: &PriceBook,
    metric: &Metric,
    all: PricedSegment<'b>,
    pool: &PoolShare,
) -> PricedSegment<'b> {
    if all.list.basis == PriceBasis::Unit {
        by_unit(book, metric, all, pool)
    } else {
        as_a_whole(book, metric, all, pool)
    }
}

/// Returns the price of the line's own units, and its share of what all units at that price cost.
fn by_unit<'b>(
    book: &PriceBook,
    metric: &Metric,
    all: PricedSegment<'b>,
    pool: &PoolShare,
) -> PricedSegment<'b> {
    let coin = book.currency.minor;
    let before_programs = pool.of(all.annual_before_programs, coin);
    let list = ListPrice { times: all.segment.quantity, ..all.list };
    let own = PricedSegment { list, ..all };
    let (at_list, stub_at_list) = charges_at(book, metric, &own, list.price);
    let (at_net, _) = charges_at(book, metric, &own, own.net());
    let (stub, part_costs_floor) = part_at(book, metric, &own, own.net(), own.least_year);
    let at_policy = |price| {
        let (charges, stub) = charges_at(book, metric, &own, price);
        charges.over(own.length, stub)
    };
    PricedSegment {
        at_list,
        at_net,
        stub_at_list,
        stub,
        policy: own.policy.map(|it| PolicyPrice { tcv: at_policy(it.price), ..it }),
        part_costs_floor,
        annual_before_programs: before_programs,
        ..own
    }
}

/// Returns what a segment costs at another price of its waterfall, with the charge for a part of a year. Lines
/// that count together at one price for each unit share out what all of them cost: it is rounded once.
pub fn charges_at(
    book: &PriceBook,
    metric: &Metric,
    segment: &PricedSegment<'_>,
    price: Money,
) -> (Charges, Money) {
    let pool = segment.segment.pool.as_ref().filter(|_| segment.list.basis == PriceBasis::Unit);
    let times = pool.map_or(segment.list.times, PoolShare::quantity_at_terms);
    let Charges { once, annual } = charges(book, metric, price, times);
    let stub = stub(book, segment.length, annual);
    let of = |all| pool.map_or(all, |pool| pool.of_terms(all, book.currency.minor));
    (Charges { once: of(once), annual: of(annual) }, of(stub))
}

/// Returns what the part of a year before the first whole one costs at another price of the waterfall, and whether
/// that is the least of a started year. Lines that count together pay the least once, and share out what all of
/// them cost.
pub(super) fn part_at(
    book: &PriceBook,
    metric: &Metric,
    segment: &PricedSegment<'_>,
    price: Money,
    least_year: Option<Money>,
) -> (Money, bool) {
    let length = segment.length;
    let least = least_year.filter(|_| length.part().is_some());
    let pool = segment.segment.pool.as_ref().filter(|_| segment.list.basis == PriceBasis::Unit);
    let Some((pool, least)) = pool.zip(least) else {
        let (_, part) = charges_at(book, metric, segment, price);
        return (started_year(part, length, least), least.is_some_and(|least| least >= part));
    };
    let all = charges(book, metric, price, pool.quantity());
    let all = stub(book, length, all.annual);
    (pool.of(all.max(least), book.currency.minor), least >= all)
}

/// Returns the part of every amount that the line takes.
fn as_a_whole<'b>(
    book: &PriceBook,
    metric: &Metric,
    all: PricedSegment<'b>,
    pool: &PoolShare,
) -> PricedSegment<'b> {
    let (times, places, coin) = (all.list.times, metric.places, book.currency.minor);
    let price = |price: Money| pool.of(price * times, places);
    let waterfall = all.waterfall.map_prices(price);
    let at = |whole: Charges| charges_shared(book, metric, pool, whole);
    let policy = all.policy.map(|policy| {
        let whole = charges(book, metric, policy.price, times);
        let stub = stub(book, all.length, whole.annual);
        let tcv = at(whole).over(all.length, pool.of(stub, coin));
        PolicyPrice { price: price(policy.price), tcv }
    });
    PricedSegment {
        list: ListPrice { price: waterfall.list, ..all.list.whole() },
        at_list: at(all.at_list),
        at_net: at(all.at_net),
        stub_at_list: pool.of(all.stub_at_list, coin),
        stub: pool.of(all.stub, coin),
        least_year: all.least_year,
        part_costs_floor: all.part_costs_floor,
        annual_before_programs: pool.of(all.annual_before_programs, coin),
        policy,
        segment: all.segment.clone(),
        length: all.length,
        waterfall,
        whole: Some(Box::new(all)),
    }
}

/// Returns the share of a line in the charges of all lines that are priced as one. In whole coins it is the line's
/// share of their price.
pub fn charges_shared(
    book: &PriceBook,
    metric: &Metric,
    pool: &PoolShare,
    whole: Charges,
) -> Charges {
    let places = metric.places.min(book.currency.minor);
    Charges { once: pool.of(whole.once, places), annual: pool.of(whole.annual, places) }
}
