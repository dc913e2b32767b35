//! Whether anything that the book sells could go beyond a discount.

use super::everything::max_deal;
use super::{ApprovalCap, beginnings, paying};
use crate::answer::book_check::{BookUnderCheck, choices};
use crate::approve::spans;
use crate::book::{Discount, Level, Metric, PriceBasis, Program};
use crate::deal::Deal;
use crate::number::{Increment, Money, Quantity, Rate};
use crate::price::curve::QuantitySpan;
use crate::price::{charges, price};

/// Whether a deal could go beyond a discount, if everybody says yes. Of several lines none goes
/// further than the furthest of them, so each metric is looked at by itself, and programs that only a
/// deal with other lines can have are taken for had. Where there is no knowing, one could.
pub(crate) fn can_exceed(case: &BookUnderCheck<'_>, most: Rate) -> bool {
    let top = case.book.ladder().levels().last().map_or(Level::NONE, |(level, _)| level);
    let everybody = ApprovalCap { level: top, reviews: true };
    case.book.metrics().iter().any(|metric| {
        let discounts = case.book.discounts().iter();
        let mut discounts = discounts.filter(|it| it.applies_to(metric.name())).peekable();
        let has_any = discounts.peek().is_some();
        let alone = |it: &Program| it.exclusive && it.max_rate > most;
        if discounts.flat_map(Discount::programs).any(alone) {
            return true;
        }
        if !super::priced(case.book).any(|it| it.name() == metric.name()) {
            return has_any;
        }
        let deals = choices::deals(case, metric);
        let spans = spans(case.book, metric, Increment::UNIT);
        let mut ways = deals.iter().flat_map(|deal| paying::payment_variants(deal, metric));
        deals.is_empty() && has_any
            || ways.any(|deal| {
                let goes = |span: &QuantitySpan| {
                    let mut from = beginnings(metric, *span);
                    from.any(|from| exceeds(&deal, metric, *span, from, everybody, most))
                };
                spans.iter().any(goes)
            })
    })
}

fn exceeds(
    deal: &Deal<'_>,
    metric: &Metric,
    span: QuantitySpan,
    from: u64,
    who: ApprovalCap,
    most: Rate,
) -> bool {
    let of = |quantity| deal.with_quantity(0, 0, quantity);
    let Some(deal) = Quantity::whole(from).and_then(of) else { return true };
    // A program is for all lines together, so that one of them can be for less.
    let has = |it: &Program| it.quantity.is_none_or(|range| range.to().is_none_or(|to| from <= to));
    let full = max_deal(&deal, who, has);
    if !full.is_exact() {
        return true;
    }
    let pricing = price(&full);
    let Some(segment) = pricing.lines.first().and_then(|line| line.segments.first()) else {
        return false;
    };
    let is_line = segment.list.basis == PriceBasis::Line;
    if is_line && metric.fractional {
        return true;
    }
    let list = segment.list_tcv();
    let net = if is_line && span.to != Some(span.from) {
        // At another quantity rounding can take a little more.
        let least = segment.waterfall.before_rounding() - Money::of_scaled(1, metric.places);
        let charges = charges(deal.book.rounding, metric, least, segment.list.times);
        charges.over(segment.length, Money::ZERO)
    } else {
        segment.tcv()
    };
    list - net > most.of(list)
}
