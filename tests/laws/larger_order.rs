//! Larger orders that cost less, found by trying them all.

use super::model::{Given, Mode, Per, Range};
use super::world::{World, world};
use dealdesk::approve::{PricedDeal, route};
use dealdesk::book::Books;
use dealdesk::number::{Increment, Money, Quantity};
use dealdesk::price::price;
use dealdesk::quote::{Quote, quote};
use proptest::prelude::*;

/// The largest quantity at which a price or a discount of a [`small`] world begins.
pub const LAST: u64 = 8 * WIDTH + 8;
const WIDTH: u64 = 6;

/// A flat line of a few whole units on a price list by volume, in a book that judges next to
/// nothing: then the cheapest larger order is a matter of price alone.
pub fn small(mut world: World) -> World {
    for metric in &mut world.book.metrics {
        metric.mode = Mode::Volume;
        metric.per = if metric.per.is_metered() { Per::Year } else { metric.per };
        narrow(1, WIDTH, metric.tiers.iter_mut().map(|tier| &mut tier.range));
        for tier in &mut metric.tiers {
            (tier.max_hosts, tier.units_per_host) = (None, None);
        }
    }
    for discount in &mut world.book.discounts {
        if let Given::Quantity(rows) = &mut discount.given {
            let first = rows[0].0.from % 8;
            narrow(first, WIDTH, rows.iter_mut().map(|(range, _)| range));
        }
    }
    world.book.terms = None;
    world.book.guardrails.clear();
    world.deal.lines.truncate(1);
    world.deal.claims.clear();
    let line = &mut world.deal.lines[0];
    (line.edition, line.ramp, line.committed) = (None, false, None);
    line.years.truncate(1);
    line.years[0].unit_price = None;
    world
}

/// Ranges that follow one another from `first`, none of them wide but the last, which has no end.
pub fn narrow<'a>(first: u64, width: u64, ranges: impl Iterator<Item = &'a mut Range>) {
    let (mut from, most) = (first, width);
    let mut last = None;
    for range in ranges {
        let width = range.to.map_or(1, |to| to - range.from + 1).min(most);
        *range = Range { from, to: Some(from + width - 1) };
        from += width;
        last = Some(range);
    }
    if let Some(last) = last {
        last.to = None;
    }
}

/// What the deal costs with another quantity in thousandths, if it is no worse a violation.
fn costs(world: &World, book: &Books, quantity: u64, violations: usize) -> Option<Money> {
    let mut world = world.clone();
    let line = &mut world.deal.lines[0];
    let year = &mut line.years[0];
    year.quantity = quantity;
    let tiers = &world.book.metrics[line.metric].tiers;
    let landed = tiers.iter().find(|tier| tier.range.contains(quantity.div_ceil(1000)))?;
    // A fee is named where the book has fees.
    year.fee = year.fee.filter(|_| landed.fee.is_some());
    let deal = world.resolve(book)?;
    let pricing = price(&deal);
    let verdict = route(&PricedDeal { deal: &deal, pricing: &pricing });
    (verdict.violations.len() <= violations).then_some(pricing.totals.tcv)
}

/// The quantity in thousandths that the quote names, if it names one.
fn named(quote: &Quote<'_, '_>) -> Option<u64> {
    let notice =
        quote.notices.iter().find(|notice| notice.kind.code == "larger-order-costs-less")?;
    let words = notice.message.strip_prefix("order ")?;
    let quantity = Quantity::parse(&words.split(' ').next()?.replace(',', "")).ok()?;
    (0..LAST * 1000 + 20_000).find(|it| Increment::THOUSANDTH.quantity(*it) == Some(quantity))
}

proptest! {
    #![proptest_config(super::cases(60))]

    /// The quote names a larger order exactly where one costs less, and then the cheapest.
    #[test]
    fn the_cheapest_larger_order_is_named(
        world in world().prop_map(small),
        quantity in 1..LAST,
        part in 0..1000_u64,
    ) {
        let mut world = world;
        let is_in_parts = world.book.metrics[world.deal.lines[0].metric].fractional;
        let part = if is_in_parts { part } else { 0 };
        world.deal.lines[0].years[0].quantity = quantity * 1000 - part;
        let book = world.load();
        let Some(deal) = world.resolve(&book) else { return Ok(()) };
        if deal.lines()[0].segments()[0].agreed_price().is_some() {
            // A fee outside its range is agreed, and what is agreed is not for advice.
            return Ok(());
        }
        let quote = quote(&deal);
        let now = quote.pricing.totals.tcv;
        let violations = quote.verdict.violations.len();
        // Of parts of a unit the first one costs least.
        let cheaper = (quantity + 1..LAST + 10).filter_map(|quantity| {
            let quantity = if is_in_parts { quantity * 1000 - 999 } else { quantity * 1000 };
            let cost = costs(&world, &book, quantity, violations)?;
            (cost < now).then_some((cost, quantity))
        });
        prop_assert_eq!(named(&quote), cheaper.min().map(|(_, quantity)| quantity));
    }
}
