//! Upper bounds of a discount: the most that rounding, or a rate between two that can be written, could add.

use crate::book::{Metric, PriceBasis, PricePeriod};
use crate::deal::Deal;
use crate::number::{Money, Rate, Share};
use crate::price::curve::QuantitySpan;
use crate::price::{PricedSegment, Pricing, charges};

/// The largest discount within a limit that a deal could have if some rate reached every price: the discount
/// of the lowest price that stays within the limit.
pub(super) fn ideal_discount(deal: &Deal<'_>, pricing: &Pricing<'_>, limit: Rate) -> Share {
    // A price of a line, or one with maintenance, is rounded to other discounts at other quantities.
    let has_one_discount = |(metric, segment): &(&Metric, &PricedSegment<'_>)| {
        segment.list.basis != PriceBasis::Line
            && !matches!(metric.price_period, PricePeriod::Once { .. })
    };
    let only = only_segment(deal, pricing).filter(has_one_discount);
    let list = only.map_or(pricing.totals.list_tcv, |(_, segment)| segment.list.price);
    let least = list - limit.of(list);
    let Some((metric, _)) = only else { return Share::off(list, least) };
    let near = deal.book.rounding.round(least, metric.places);
    Share::off(list, if near < least { near + smallest_part(metric) } else { near })
}

/// The largest discount that the deal could have at another quantity of its span, or at a rate between two
/// that can be written. `below` is an exact price that no written rate reaches.
pub(super) fn rounding_bound(
    deal: &Deal<'_>,
    pricing: &Pricing<'_>,
    span: QuantitySpan,
    below: Option<Money>,
) -> Share {
    let discount = pricing.totals.discount;
    let Some((metric, segment)) = only_segment(deal, pricing) else { return discount };
    let varies = has_many_line_prices(segment, span);
    let exact = below.unwrap_or_else(|| segment.waterfall.before_rounding());
    let (list, lower) = match metric.price_period {
        PricePeriod::Once { .. } if varies || below.is_some() => {
            // The maintenance of a perpetual license is rounded too, at list and at net.
            let least = exact - smallest_part(metric);
            let net = charges(deal.book.rounding, metric, least, segment.list.times);
            let years = segment.length.years();
            let lost = (smallest_part(metric) * segment.list.times) * (2 * years);
            (segment.list_tcv(), net.over(segment.length, Money::ZERO) - lost)
        }
        // Rounding takes off at most half of the smallest part of a price.
        _ if varies => {
            (segment.list.price, exact - Rate::of_millionths(500_000).of(smallest_part(metric)))
        }
        _ if below.is_some() => {
            (segment.list.price, deal.book.rounding.round(exact, metric.places))
        }
        _ => return discount,
    };
    let lower = if lower.is_negative() { Money::ZERO } else { lower };
    discount.max(Share::off(list, lower))
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
    let charges = charges(deal.book.rounding, metric, lower, segment.list.times);
    let (list, net) = (segment.list_tcv(), charges.over(segment.length, Money::ZERO));
    !has_many_line_prices(segment, span) && list - net > limit.of(list)
}

fn only_segment<'a, 'b>(
    deal: &Deal<'b>,
    pricing: &'a Pricing<'b>,
) -> Option<(&'b Metric, &'a PricedSegment<'b>)> {
    let metric = deal.lines.first()?.metric;
    Some((metric, pricing.lines.first()?.segments.first()?))
}

/// Whether the price is for a whole line, and the span has lines with other prices.
fn has_many_line_prices(segment: &PricedSegment<'_>, span: QuantitySpan) -> bool {
    segment.list.basis == PriceBasis::Line && span.to != Some(span.from)
}

/// The smallest part of a price: a cent, for two decimal places.
fn smallest_part(metric: &Metric) -> Money {
    Money::of_scaled(1, metric.places)
}
