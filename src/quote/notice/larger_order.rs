//! Larger orders that cost less.
//!
//! Where the whole quantity takes the price of its range, the start of a range can cost less than
//! the end of the one before. Between two starts the total only grows, so the starts are all that
//! has to be tried.

use super::{Notice, kinds};
use crate::approve::{PricedDeal, Verdict, route};
use crate::deal::{Deal, Line, Segment};
use crate::number::{Money, Quantity, counted};
use crate::price::{PricingStep, price, price_segment, pricing_steps};
use crate::quote::{all_lines, with_approval};

/// The most years of lines that are priced again in search of larger orders: a deal of any size is quoted at once.
const MOST_PRICED: usize = 100_000;

/// Year of a line with larger quantities at which the year itself costs less.
struct LargerOrder {
    line: usize,
    segment: usize,
    /// Quantities of the line, cheapest first.
    starts: Vec<Quantity>,
    /// The most that the year costs less.
    saved: Money,
}

/// Warns where a larger order would cost less, with the cheapest that breaks no more rules. Of a deal that is too
/// large to try every order, the largest savings come first, and a warning counts the years that are left.
pub(super) fn larger_order(
    case: &PricedDeal<'_, '_>,
    verdict: &Verdict,
    notices: &mut Vec<Notice>,
) {
    let segments: usize = case.deal.lines.iter().map(|line| line.segments.len()).sum();
    let mut tries = MOST_PRICED / segments.max(1);
    let mut orders = larger_orders(case, &mut tries);
    orders.sort_by_key(|order| std::cmp::Reverse(order.saved));
    let (mut found, mut untried) = (Vec::new(), Vec::new());
    for order in &orders {
        let place = (order.line, order.segment);
        if tries < order.starts.len() {
            untried.push(place);
            continue;
        }
        let mut notice = order.starts.iter().filter_map(|start| {
            tries -= 1;
            notice(case, verdict, place, *start)
        });
        found.extend(notice.next().map(|notice| (place, notice)));
    }
    found.sort_by_key(|(place, _)| *place);
    notices.extend(found.into_iter().map(|(_, notice)| notice));
    if let Some((line, _)) = untried.iter().min() {
        let years = counted(untried.len(), "more year");
        let message = format!(
            "larger orders can cost less in {years} of lines: the deal is too large to try each"
        );
        notices.push(Notice::new(
            &kinds::LARGER_ORDER,
            message,
            &case.deal.lines[*line].metric.rule,
        ));
    }
}

/// Returns the years of lines that cost less in a larger order.
fn larger_orders(case: &PricedDeal<'_, '_>, tries: &mut usize) -> Vec<LargerOrder> {
    // Use is what it turns out to be: nobody orders more of it.
    let is_ordered = |line: &Line<'_>| !line.metric.is_metered() && line.metric.share.is_none();
    let lines = case.deal.lines.iter().enumerate().filter(|(_, line)| is_ordered(line));
    let mut found = Vec::new();
    for (at, line) in lines {
        let group = CountedGroup::of(case.deal, at);
        // All years of a line that differ by steps alone are ordered together.
        let ordered = if line.differs_by_steps() { 1 } else { line.segments.len() };
        for (year, segment) in line.segments.iter().take(ordered).enumerate() {
            let is_named = segment.counted_with_others().is_none() || group.is_first;
            if segment.agreed.is_none() && is_named {
                found.extend(cheaper(case, (at, year), &group, tries));
            }
        }
    }
    found
}

/// Lines that count together, as one of them sees the others.
struct CountedGroup {
    /// Whether the line is the first with a price of the book: one larger order of one line is named for all.
    is_first: bool,
    /// Whether all lines are priced as one line would be.
    are_alike: bool,
}

impl CountedGroup {
    fn of(deal: &Deal<'_>, at: usize) -> Self {
        let line = &deal.lines[at];
        let is_priced =
            |line: usize| deal.lines[line].segments.iter().all(|it| it.agreed.is_none());
        let is_alike = |other: usize| {
            let other = &deal.lines[other];
            let has_list_price = |it: &Segment<'_>| it.agreed.is_none() && it.fee.is_none();
            other.edition == line.edition && other.segments.iter().all(has_list_price)
        };
        let is_first = deal.counted_with(at).find(|line| is_priced(*line)) == Some(at);
        let are_alike = is_first
            && deal.companion_lines().next().is_none()
            && deal.counted_with(at).all(is_alike);
        Self { is_first, are_alike }
    }
}

/// Returns the larger quantities at which a year of a line costs less. Pricing the year alone keeps a deal of many
/// lines quick: the whole deal is priced only for a saving. Lines that count together are priced as one line, or
/// with the whole deal where they are not alike.
fn cheaper(
    case: &PricedDeal<'_, '_>,
    (at, year): (usize, usize),
    group: &CountedGroup,
    tries: &mut usize,
) -> Option<LargerOrder> {
    let deal = case.deal;
    let line = &deal.lines[at];
    let segment = &line.segments[year];
    let are_one = segment.counted_with_others().is_none() || group.are_alike;
    let years = if line.differs_by_steps() { 0..line.segments.len() } else { year..year + 1 };
    // The cost of an order in which the lines that count together have so many units.
    let cost = |counted: Quantity| {
        if are_one {
            let of_year = |year| {
                let all = deal.segment_of_all(at, year, counted)?;
                Some(price_segment(deal, line, &all).tcv())
            };
            return years.clone().map(of_year).sum();
        }
        let quantity = segment.quantity + counted.beyond(segment.counted);
        Some(price(&deal.with_quantity(at, year, quantity)?).totals.tcv)
    };
    let own = |start: Quantity| segment.quantity + start.beyond(segment.counted);
    let mut larger = starts(case, line);
    larger.retain(|start| *start > segment.counted);
    if larger.is_empty() {
        return None;
    }
    if !are_one {
        let Some(left) = tries.checked_sub(larger.len()) else {
            let starts = larger.into_iter().map(own).collect();
            return Some(LargerOrder { line: at, segment: year, starts, saved: Money::ZERO });
        };
        *tries = left;
    }
    let now = if are_one { cost(segment.counted)? } else { case.pricing.totals.tcv };
    let priced = larger.into_iter().filter_map(|start| Some((cost(start)?, start)));
    let mut cheaper: Vec<_> = priced.filter(|(cost, _)| *cost < now).collect();
    cheaper.sort_unstable();
    let (least, _) = cheaper.first()?;
    let saved = now - *least;
    let starts = cheaper.into_iter().map(|(_, start)| own(start)).collect();
    Some(LargerOrder { line: at, segment: year, starts, saved })
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
