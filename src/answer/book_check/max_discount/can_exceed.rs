//! Whether any deal that the book sells could exceed a discount.

use super::super::finding::{BookUnderCheck, is_priced};
use super::super::order_choices;
use super::discount_bound::{furthest_rounded, is_rounded_by_quantity};
use super::max_deal::{ApprovalCap, first_quantities, max_deal, payment_variants};
use crate::approve::spans;
use crate::book::{Channel, ChannelTerms, Discount, Metric, PriceBasis, Program};
use crate::deal::Deal;
use crate::number::{Increment, Money, Quantity, Rate};
use crate::price::curve::QuantitySpan;
use crate::price::price;

/// Whether a deal could exceed a discount off list if everybody approves. A deal of several lines has no
/// larger discount than the line with the largest one, so each metric is tried by itself, with the programs
/// that only a deal with other lines can have. Returns `true` if the proof cannot decide it: the rate of a partner,
/// and a small revenue that we share, leave us less than the customer pays.
pub(crate) fn can_exceed(check: &BookUnderCheck<'_>, limit: Rate) -> bool {
    let takes = |channel: &Channel| match channel.terms {
        ChannelTerms::Discount { rates, .. } => {
            !rates.to.is_zero() || channel.incentives.iter().any(|it| !it.rate.is_zero())
        }
        ChannelTerms::FixedRates { .. } | ChannelTerms::RevenueShare(_) => true,
    };
    check.book.channels.iter().any(takes)
        || check.book.metrics().iter().any(|metric| metric_can_exceed(check, metric, limit))
}

fn metric_can_exceed(check: &BookUnderCheck<'_>, metric: &Metric, limit: Rate) -> bool {
    let mut discounts = check.discounts_of(metric);
    let exceeds_alone = |it: &Program| it.exclusive && it.max_rate > limit;
    if discounts.clone().flat_map(Discount::programs).any(exceeds_alone) {
        return true;
    }
    let deals = if is_priced(metric) { order_choices::deals(check, metric) } else { Vec::new() };
    if deals.is_empty() {
        return discounts.next().is_some();
    }
    let cap = ApprovalCap::everybody(check.book);
    let spans = spans(check.book, metric, Increment::UNIT);
    let mut variants = deals.iter().flat_map(|deal| payment_variants(deal, metric));
    variants.any(|deal| {
        let quantities = |span| first_quantities(metric, span).map(move |it| (span, it));
        let mut quantities = spans.iter().copied().flat_map(quantities);
        quantities.any(|(span, quantity)| exceeds(&deal, metric, span, quantity, cap, limit))
    })
}

fn exceeds(
    deal: &Deal<'_>,
    metric: &Metric,
    span: QuantitySpan,
    quantity: u64,
    cap: ApprovalCap,
    limit: Rate,
) -> bool {
    let with_quantity = |quantity| deal.with_quantity(0, 0, quantity);
    let Some(deal) = Quantity::whole(quantity).and_then(with_quantity) else { return true };
    // A program is for the quantity of all lines together, so this line can be smaller than the program's
    // range.
    let has =
        |it: &Program| it.quantity.is_none_or(|range| range.to().is_none_or(|to| quantity <= to));
    let full = max_deal(&deal, cap, has);
    if !full.is_exact() {
        return true;
    }
    let pricing = price(&full);
    let Some(line) = pricing.lines.first() else { return false };
    // Of a part of a unit, rounding can take all.
    if metric.fractional {
        return true;
    }
    let years = line.segments.iter().map(|segment| {
        if !is_rounded_by_quantity(metric, segment, span) {
            return (segment.list_tcv(), segment.tcv());
        }
        // Rounding can take a little more off at another quantity.
        let is_line = segment.list.basis == PriceBasis::Line;
        let least = if is_line {
            segment.waterfall.before_rounding() - Money::of_scaled(1, metric.places)
        } else {
            segment.net()
        };
        furthest_rounded(metric, segment, least)
    });
    let (lists, nets): (Vec<Money>, Vec<Money>) = years.unzip();
    let (list, net) = (lists.into_iter().sum::<Money>(), nets.into_iter().sum::<Money>());
    list - net > limit.of(list)
}
