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
    let (list, net, coin) = (all.list.price, all.net(), book.currency.minor);
    let times = all.segment.quantity;
    let of = |price, times: Quantity| charges(book.rounding, metric, price, times);
    let at_terms = |price| {
        let annual = of(price, pool.quantity_at_terms()).annual;
        pool.of_terms(stub(book, all.length, annual), coin)
    };
    let at_policy = |price| of(price, times).over(all.length, at_terms(price));
    PricedSegment {
        at_list: of(list, times),
        at_net: of(net, times),
        stub_at_list: pool.of(all.stub_at_list, coin),
        stub: at_terms(net),
        policy: all.policy.map(|it| PolicyPrice { tcv: at_policy(it.price), ..it }),
        annual_before_programs: pool.of(all.annual_before_programs, coin),
        list: ListPrice { times, ..all.list },
        ..all
    }
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
    let at = |whole: Charges, price: Money| match metric.price_period {
        PricePeriod::Once { .. } => Charges { once: price, annual: pool.of(whole.annual, places) },
        _ => charges(book.rounding, metric, price, Quantity::ONE),
    };
    PricedSegment {
        list: ListPrice { price: waterfall.list(), ..all.list.whole() },
        at_list: at(all.at_list, waterfall.list()),
        at_net: at(all.at_net, waterfall.price()),
        stub_at_list: pool.of(all.stub_at_list, coin),
        stub: pool.of(all.stub, coin),
        annual_before_programs: pool.of(all.annual_before_programs, coin),
        policy: all.policy.map(|policy| PolicyPrice {
            price: price(policy.price),
            tcv: pool.of(policy.tcv, places),
        }),
        waterfall,
        whole: Some(Box::new(all.waterfall)),
        ..all
    }
}
