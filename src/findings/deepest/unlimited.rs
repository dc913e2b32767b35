//! Whether anything that the book sells could go beyond a discount.

use super::everything::everything;
use super::{Rung, beginnings, paying};
use crate::book::{Basis, Discount, Level, Metric, Program};
use crate::curve::{Span, spans};
use crate::deal::Deal;
use crate::findings::{Case, choices};
use crate::price::{charges, price};
use crate::value::{Increment, Money, Quantity, Rate};

/// Whether a deal could go beyond a discount, if everybody says yes. Of several lines none goes
/// further than the furthest of them, so each metric is looked at by itself, and programs that only a
/// deal with other lines can have are taken for had. Where there is no knowing, one could.
pub(in crate::findings) fn can_exceed(case: &Case<'_>, most: Rate) -> bool {
    let top = case.book.ladder().levels().last().map_or(Level::NONE, |(level, _)| level);
    let everybody = Rung { level: top, reviews: true };
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
        let mut ways = deals.iter().flat_map(|deal| paying::ways(deal, metric));
        deals.is_empty() && has_any
            || ways.any(|deal| {
                let goes = |span: &Span| {
                    let mut from = beginnings(metric, *span);
                    from.any(|from| goes(&deal, metric, *span, from, everybody, most))
                };
                spans.iter().any(goes)
            })
    })
}

fn goes(deal: &Deal<'_>, metric: &Metric, span: Span, from: u64, who: Rung, most: Rate) -> bool {
    let of = |quantity| deal.with_quantity(0, 0, quantity);
    let Some(deal) = Quantity::whole(from).and_then(of) else { return true };
    // A program is for all lines together, so that one of them can be for less.
    let has = |it: &Program| it.quantity.is_none_or(|range| range.to().is_none_or(|to| from <= to));
    let full = everything(&deal, who, has);
    if !full.is_exact() {
        return true;
    }
    let pricing = price(&full);
    let Some(segment) = pricing.lines.first().and_then(|line| line.segments.first()) else {
        return false;
    };
    let is_line = segment.list.basis == Basis::Line;
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
