//! The share of a line in what several lines cost as one.
//!
//! Lines of one metric that count together can have one price for each unit: then each costs its own units.
//! Where the lines have a price as a whole (graduated, packages, flat amounts, a least price, a fee or a
//! floor), they pay it once, and each line takes a share of every amount by its quantity. A part of a year
//! is shared out too, because it is rounded. So the lines cost to the coin what one line would.

use super::{Charges, PolicyPrice, PricedSegment, charges, stub};
use crate::book::{ListPrice, Metric, PriceBasis, PriceBook, PricePeriod};
use crate::deal::PoolShare;
use crate::number::{Money, Quantity};

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

/// Returns the price of the line's own units. Only a part of a year is shared: it is rounded once.
fn by_unit<'b>(
    book: &PriceBook,
    metric: &Metric,
    all: PricedSegment<'b>,
    pool: &PoolShare,
) -> PricedSegment<'b> {
    let (list, coin, times) = (all.list.price, book.currency.minor, all.segment.quantity);
    let stub_at_list = pool.of(all.stub_at_list, coin);
    let before_programs = pool.of(all.annual_before_programs, coin);
    let own = PricedSegment { list: ListPrice { times, ..all.list }, ..all };
    let (at_net, stub) = charges_at(book, metric, &own, own.net());
    // A part of a year is a started year of all lines, whose floor they pay once.
    let stub = if own.least_year.is_some() { pool.of(own.stub, coin) } else { stub };
    let at_policy = |price| {
        let (charges, stub) = charges_at(book, metric, &own, price);
        charges.over(own.length, stub)
    };
    PricedSegment {
        at_list: charges(book.rounding, metric, list, times),
        at_net,
        stub_at_list,
        stub,
        policy: own.policy.map(|it| PolicyPrice { tcv: at_policy(it.price), ..it }),
        annual_before_programs: before_programs,
        least_year: own.least_year.map(|least| pool.of(least, coin)),
        ..own
    }
}

/// Returns what a segment costs at another price of its waterfall, with the charge for a part of a year. Lines
/// with one price for each unit share that charge out, as it is rounded once for all of them.
pub fn charges_at(
    book: &PriceBook,
    metric: &Metric,
    segment: &PricedSegment<'_>,
    price: Money,
) -> (Charges, Money) {
    let of = |times| charges(book.rounding, metric, price, times);
    let own = of(segment.list.times);
    let pool = segment.segment.pool.as_ref().filter(|_| segment.list.basis == PriceBasis::Unit);
    let stub = match pool {
        Some(pool) => {
            let all = stub(book, segment.length, of(pool.quantity_at_terms()).annual);
            pool.of_terms(all, book.currency.minor)
        }
        None => stub(book, segment.length, own.annual),
    };
    (own, stub)
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
    let at = |whole: Charges, price| charges_shared((book, metric), pool, whole, price);
    let policy = all.policy.map(|policy| {
        let whole = charges(book.rounding, metric, policy.price, times);
        let (price, stub) = (price(policy.price), stub(book, all.length, whole.annual));
        let tcv = at(whole, price).over(all.length, pool.of(stub, coin));
        PolicyPrice { price, tcv }
    });
    PricedSegment {
        list: ListPrice { price: waterfall.list, ..all.list.whole() },
        at_list: at(all.at_list, waterfall.list),
        at_net: at(all.at_net, waterfall.price()),
        stub_at_list: pool.of(all.stub_at_list, coin),
        stub: pool.of(all.stub, coin),
        least_year: all.least_year.map(|least| pool.of(least, coin)),
        annual_before_programs: pool.of(all.annual_before_programs, coin),
        policy,
        segment: all.segment.clone(),
        length: all.length,
        waterfall,
        whole: Some(Box::new(all)),
    }
}

/// Returns the share of a line in the charges of all lines that are priced as one, from its share of their price.
pub fn charges_shared(
    (book, metric): (&PriceBook, &Metric),
    pool: &PoolShare,
    whole: Charges,
    price: Money,
) -> Charges {
    match metric.price_period {
        PricePeriod::Once { .. } => {
            Charges { once: price, annual: pool.of(whole.annual, metric.places) }
        }
        _ => charges(book.rounding, metric, price, Quantity::ONE),
    }
}
