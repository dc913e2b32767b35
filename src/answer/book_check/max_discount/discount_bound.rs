//! Upper bounds of a discount: the most that rounding, or a rate between two that can be written, could add.

use crate::book::{Metric, PriceBasis, PricePeriod};
use crate::deal::Deal;
use crate::number::{Money, Rate, Share};
use crate::price::curve::QuantitySpan;
use crate::price::{PricedSegment, Pricing, charges_at, exact_charges};

/// The largest discount within a limit that a deal could have if some rate reached every price: the discount
/// of the lowest price that stays within the limit.
pub(super) fn ideal_discount(deal: &Deal<'_>, pricing: &Pricing<'_>, limit: Rate) -> Share {
    // A price or a charge of a line is rounded to other discounts at other quantities.
    let has_one_discount = |(metric, segment): &(&Metric, &PricedSegment<'_>)| {
        segment.list.basis != PriceBasis::Line && metric.charges_whole_coins()
    };
    let only = only_segment(deal, pricing).filter(has_one_discount);
    let list = only.map_or(pricing.totals.list_tcv, |(_, segment)| segment.list.price);
    let least = list - limit.of(list);
    let Some((metric, _)) = only else { return Share::off(list, least) };
    let near = deal.book.rounding.round(least, metric.places);
    Share::off(list, if near < least { near + smallest_part(metric) } else { near })
}

/// The largest discount that the deal could have at another quantity of its span, or at a rate between two
/// that can be written. `below` are the exact prices of the years that no written rate reaches.
pub(super) fn rounding_bound(
    deal: &Deal<'_>,
    pricing: &Pricing<'_>,
    span: QuantitySpan,
    below: Option<&[Money]>,
) -> Share {
    let discount = pricing.totals.discount;
    let (Some(metric), Some(line)) = (metric_of(deal), pricing.lines.first()) else {
        return discount;
    };
    let is_rounded = |it: &PricedSegment<'_>| is_rounded_by_quantity(metric, it, span);
    if below.is_none() && !line.segments.iter().any(is_rounded) {
        return discount;
    }
    let years = line.segments.iter().enumerate().map(|(at, segment)| {
        let below = below.and_then(|below| below.get(at)).copied();
        let exact = below.unwrap_or_else(|| segment.waterfall.before_rounding());
        // Rounding takes off at most half of the smallest part of a price.
        let least = if is_line_of_many(segment, span) {
            exact - half(smallest_part(metric))
        } else {
            deal.book.rounding.round(exact, metric.places)
        };
        furthest_rounded(metric, segment, least)
    });
    let (list, lower): (Vec<Money>, Vec<Money>) = years.unzip();
    discount.max(Share::off(list.into_iter().sum(), lower.into_iter().sum()))
}

/// Returns the list and the net amount of a segment at a net price, as far from each other as rounding to coins
/// can take them at this quantity or a larger one.
pub(super) fn furthest_rounded(
    metric: &Metric,
    segment: &PricedSegment<'_>,
    net: Money,
) -> (Money, Money) {
    let coin = Money::of_scaled(1, metric.coin_places);
    let amount = |price| {
        let charges = exact_charges(metric, price, segment.list.times);
        charges.over(segment.length, Money::ZERO)
    };
    let most = match metric.price_period {
        _ if metric.charges_whole_coins() => Money::ZERO,
        PricePeriod::Year | PricePeriod::Hour { .. } => half(coin) * segment.length.years(),
        PricePeriod::Month | PricePeriod::Use => half(coin) * 12 * segment.length.years(),
        // Half a coin of the license, and in a year half of one and the maintenance of the first.
        PricePeriod::Once { .. } => half(coin) + coin * segment.length.years(),
    };
    let lower = amount(net) - most;
    let lower = if lower.is_negative() { Money::ZERO } else { lower };
    (amount(segment.list.price) + most, lower)
}

/// Whether the next lower price exceeds a limit: then no rate gives a larger discount within it.
pub(super) fn is_largest_within(
    deal: &Deal<'_>,
    pricing: &Pricing<'_>,
    span: QuantitySpan,
    limit: Rate,
) -> bool {
    let Some((metric, segment)) = only_segment(deal, pricing) else { return false };
    let lower = segment.net() - smallest_part(metric);
    let (charges, stub) = charges_at(deal.book, metric, segment, lower);
    let (list, net) = (segment.list_tcv(), charges.over(segment.length, stub));
    !is_rounded_by_quantity(metric, segment, span) && list - net > limit.of(list)
}

/// Returns the segment of a line whose years all have one price.
fn only_segment<'a, 'b>(
    deal: &Deal<'b>,
    pricing: &'a Pricing<'b>,
) -> Option<(&'b Metric, &'a PricedSegment<'b>)> {
    let [only] = pricing.lines.first()?.segments.as_slice() else { return None };
    Some((metric_of(deal)?, only))
}

fn metric_of<'b>(deal: &Deal<'b>) -> Option<&'b Metric> {
    deal.lines.first().map(|line| line.metric)
}

/// Whether the price is for a whole line, and the span has lines with other prices.
fn is_line_of_many(segment: &PricedSegment<'_>, span: QuantitySpan) -> bool {
    segment.list.basis == PriceBasis::Line && span.to != Some(span.from)
}

/// Whether prices or charges are rounded for each quantity, and the span has several quantities.
pub(super) fn is_rounded_by_quantity(
    metric: &Metric,
    segment: &PricedSegment<'_>,
    span: QuantitySpan,
) -> bool {
    let is_rounded = segment.list.basis == PriceBasis::Line || !metric.charges_whole_coins();
    is_rounded && span.to != Some(span.from)
}

fn half(amount: Money) -> Money {
    Rate::of_millionths(500_000).of(amount)
}

/// The smallest part of a price: a cent, for two decimal places.
fn smallest_part(metric: &Metric) -> Money {
    Money::of_scaled(1, metric.places)
}
