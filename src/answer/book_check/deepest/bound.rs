//! How much more a deal could give, if every price between two could be had.

use crate::book::{Metric, PriceBasis, PricePeriod};
use crate::deal::Deal;
use crate::number::{Money, Rate, Share};
use crate::price::curve::QuantitySpan;
use crate::price::{PricedSegment, Pricing, charges};

/// The most that a deal could give up to a limit: that of the next price above.
pub(super) fn ideal(deal: &Deal<'_>, pricing: &Pricing<'_>, limit: Rate) -> Share {
    let (metric, segment) = match only(deal, pricing) {
        Some(it) if is_simple(it.0, it.1) => it,
        _ => {
            let list = pricing.totals.list_tcv;
            return Share::off(list, list - limit.of(list));
        }
    };
    let list = segment.list.price;
    let least = list - limit.of(list);
    let near = deal.book.rounding.round(least, metric.places);
    Share::off(list, if near < least { near + unit(metric) } else { near })
}

/// The most that rounding can make of a deal at another quantity of its stretch, or of a rate between
/// two that can be written: `below` is an exact price that cannot be had.
pub(super) fn rounded(
    deal: &Deal<'_>,
    pricing: &Pricing<'_>,
    span: QuantitySpan,
    below: Option<Money>,
) -> Share {
    let discount = pricing.totals.discount;
    let Some((metric, segment)) = only(deal, pricing) else { return discount };
    let is_many = is_many(segment, span);
    let exact = below.unwrap_or_else(|| segment.waterfall.before_rounding());
    let (list, lower) = match metric.price_period {
        PricePeriod::Once { .. } if is_many || below.is_some() => {
            // Maintenance is rounded too, at list and at net.
            let least = exact - unit(metric);
            let net = charges(deal.book.rounding, metric, least, segment.list.times);
            let years = segment.length.years();
            let lost = (unit(metric) * segment.list.times) * (2 * years);
            (segment.list_tcv(), net.over(segment.length, Money::ZERO) - lost)
        }
        // Half of the smallest part of a price.
        _ if is_many => (segment.list.price, exact - Rate::of_millionths(500_000).of(unit(metric))),
        _ if below.is_some() => {
            (segment.list.price, deal.book.rounding.round(exact, metric.places))
        }
        _ => return discount,
    };
    let lower = if lower.is_negative() { Money::ZERO } else { lower };
    discount.max(Share::off(list, lower))
}

/// Whether the next lower price goes beyond a limit: then no rate gives more.
pub(super) fn is_least(
    deal: &Deal<'_>,
    pricing: &Pricing<'_>,
    span: QuantitySpan,
    limit: Rate,
) -> bool {
    let Some((metric, segment)) = only(deal, pricing) else { return false };
    let lower = segment.net() - unit(metric);
    let charges = charges(deal.book.rounding, metric, lower, segment.list.times);
    let (list, net) = (segment.list_tcv(), charges.over(segment.length, Money::ZERO));
    !is_many(segment, span) && list - net > limit.of(list)
}

fn only<'a, 'b>(
    deal: &Deal<'b>,
    pricing: &'a Pricing<'b>,
) -> Option<(&'b Metric, &'a PricedSegment<'b>)> {
    let metric = deal.lines.first()?.metric;
    Some((metric, pricing.lines.first()?.segments.first()?))
}

/// Whether every quantity of its stretch has the same discount, and it is that of a price.
fn is_simple(metric: &Metric, segment: &PricedSegment<'_>) -> bool {
    segment.list.basis != PriceBasis::Line
        && !matches!(metric.price_period, PricePeriod::Once { .. })
}

/// Whether it is the price of a line, and the stretch has lines of other prices.
fn is_many(segment: &PricedSegment<'_>, span: QuantitySpan) -> bool {
    segment.list.basis == PriceBasis::Line && span.to != Some(span.from)
}

/// The smallest part of a price.
fn unit(metric: &Metric) -> Money {
    Money::of_scaled(1, metric.places)
}
