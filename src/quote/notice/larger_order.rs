//! Larger orders that cost less.
//!
//! Where the whole quantity takes the price of its range, the start of a range can cost less than
//! the end of the one before. Between two starts the total only grows, so the starts are all that
//! has to be tried.

use super::{Notice, kinds};
use crate::approve::{PricedDeal, Verdict, route};
use crate::book::PricePeriod;
use crate::deal::{Deal, Line, Segment};
use crate::number::Quantity;
use crate::price::{PricingStep, price, price_segment, pricing_steps};
use crate::quote::{all_lines, with_approval};

/// Warns where a larger order would cost less, with the cheapest that breaks no more rules.
pub(super) fn larger_order(
    case: &PricedDeal<'_, '_>,
    verdict: &Verdict,
    notices: &mut Vec<Notice>,
) {
    // Use is what it turns out to be: nobody orders more of it.
    let is_ordered =
        |line: &Line<'_>| !matches!(line.metric.price_period, PricePeriod::Hour { .. });
    let lines = case.deal.lines.iter().enumerate();
    for (at, line) in lines.filter(|(_, line)| is_ordered(line)) {
        for (year, segment) in line.segments.iter().enumerate() {
            if segment.agreed.is_some() || !is_first(case.deal, at, segment) {
                continue;
            }
            let starts = cheaper(case, (at, year), segment).into_iter();
            let mut orders = starts.filter_map(|start| notice(case, verdict, (at, year), start));
            notices.extend(orders.next());
        }
    }
}

/// Whether the line is the first with a price of the book, of those that count together: one larger order
/// of one of them is named for all.
fn is_first(deal: &Deal<'_>, at: usize, segment: &Segment<'_>) -> bool {
    let is_priced = |line: usize| deal.lines[line].segments.iter().all(|it| it.agreed.is_none());
    segment.counted_with_others().is_none()
        || deal.counted_with(at).find(|line| is_priced(*line)) == Some(at)
}

/// Returns the larger quantities at which a segment costs less, cheapest first. Pricing the segment alone keeps
/// a deal of many lines quick: the rest of the deal is priced only for a saving. Lines that count together
/// are priced as one line, or with the whole deal where they are not alike.
fn cheaper(
    case: &PricedDeal<'_, '_>,
    (at, year): (usize, usize),
    segment: &Segment<'_>,
) -> Vec<Quantity> {
    let Some(line) = case.deal.lines.get(at) else { return Vec::new() };
    let deal = case.deal;
    let is_alike = |other: usize| {
        let other = &deal.lines[other];
        let has_list_price = |it: &Segment<'_>| it.agreed.is_none() && it.fee.is_none();
        other.edition == line.edition && other.segments.iter().all(has_list_price)
    };
    let are_one = segment.counted_with_others().is_none()
        || deal.companion_lines().next().is_none() && deal.counted_with(at).all(is_alike);
    // The cost of an order in which the lines that count together have so many units.
    let cost = |counted: Quantity| {
        if are_one {
            let all = deal.segment_of_all(at, year, counted)?;
            return Some(price_segment(deal, line, &all).tcv());
        }
        let quantity = segment.quantity + counted.beyond(segment.counted);
        Some(price(&deal.with_quantity(at, year, quantity)?).totals.tcv)
    };
    let Some(now) = cost(segment.counted) else { return Vec::new() };
    let larger = starts(case, line).into_iter().filter(|start| *start > segment.counted);
    let priced = larger.filter_map(|start| Some((cost(start)?, start)));
    let mut cheaper: Vec<_> = priced.filter(|(cost, _)| *cost < now).collect();
    cheaper.sort_unstable();
    let own = |start: Quantity| segment.quantity + start.beyond(segment.counted);
    cheaper.into_iter().map(|(_, start)| own(start)).collect()
}

/// Returns the quantities at which a price or a discount of a line begins, as the pricing steps declare them.
pub(super) fn starts(case: &PricedDeal<'_, '_>, line: &Line<'_>) -> Vec<Quantity> {
    let increment = line.metric.increment();
    let steps = pricing_steps(case.deal.book, line.metric);
    // A range that begins with no unit is no larger order.
    let begins = steps.flat_map(PricingStep::quantity_breakpoints).filter(|from| *from > 0);
    let mut starts: Vec<_> =
        begins.filter_map(|from| increment.quantity(increment.first(from))).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// Prices the deal with a larger quantity. Returns `None` where it costs no less, or breaks more rules.
fn notice(
    case: &PricedDeal<'_, '_>,
    verdict: &Verdict,
    (at, segment): (usize, usize),
    quantity: Quantity,
) -> Option<Notice> {
    let deal = case.deal.with_quantity(at, segment, quantity)?;
    let pricing = price(&deal);
    let (before, after) = (case.pricing.totals.tcv, pricing.totals.tcv);
    if after >= before {
        return None;
    }
    let judged = route(&PricedDeal { deal: &deal, pricing: &pricing });
    if judged.violations.len() > verdict.violations.len() {
        return None;
    }
    let priced = &case.pricing.lines[at];
    let (line, metric) = (&priced.line, priced.line.metric);
    let year = priced.by_year().nth(segment).filter(|_| line.is_ramp());
    let ordered = &line.segments[segment];
    let together = ordered.counted_with_others().map(|_| all_lines(case.deal)).unwrap_or_default();
    let counted = ordered.counted + quantity.beyond(ordered.quantity);
    let message = format!(
        "order {}{together}{} instead of {} and pay {} less ({} instead of {}){}",
        metric.count(counted),
        year.map(|(year, _)| format!(" from year {year}")).unwrap_or_default(),
        ordered.counted.grouped(),
        case.show(before - after),
        case.show(after),
        case.show(before),
        with_approval(case.deal.book, judged.level(), verdict.level())
    );
    let rule = metric.tier(counted).map_or(&metric.rule, |tier| &tier.rule);
    Some(Notice::new(&kinds::LARGER_ORDER, message, rule))
}
