//! Larger orders that cost less.
//!
//! Where the whole quantity takes the price of its range, the start of a range can cost less than
//! the end of the one before. Between two starts the total only grows, so the starts are all that
//! has to be tried.

use super::Notice;
use crate::approve::{PricedDeal, Verdict, route};
use crate::book::PricePeriod;
use crate::deal::{Line, Segment};
use crate::number::{Money, Quantity};
use crate::price::{Pricing, PricingStep, price, price_segment, pricing_steps};

/// Warns where a larger order would cost less than the one of the deal, with the cheapest that needs no worse
/// verdict.
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
            if segment.agreed.is_some() {
                continue;
            }
            let mut cheaper = cheaper(case, line, segment).into_iter();
            let best = cheaper.find_map(|(_, start)| variant(case, verdict, at, year, start));
            if let Some(best) = best {
                notices.push(notice(case, line, year, &best));
            }
        }
    }
}

struct LargerOrder<'b> {
    quantity: Quantity,
    pricing: Pricing<'b>,
    /// The words behind the saving, where the larger order needs more approval.
    needs: String,
}

/// Returns the larger quantities at which a segment costs less, cheapest first. Pricing the segment alone keeps
/// a deal of many lines quick: the rest of the deal is priced only for a saving.
fn cheaper(
    case: &PricedDeal<'_, '_>,
    line: &Line<'_>,
    segment: &Segment<'_>,
) -> Vec<(Money, Quantity)> {
    let cost = |segment: &Segment<'_>| price_segment(case.deal, line, segment).tcv();
    let now = cost(segment);
    let larger = starts(case, line).into_iter().filter(|start| *start > segment.quantity);
    let priced = larger.filter_map(|start| {
        let variant = case.deal.segment_with(line, segment, start)?;
        Some((cost(&variant), start))
    });
    let mut cheaper: Vec<_> = priced.filter(|(cost, _)| *cost < now).collect();
    cheaper.sort_unstable();
    cheaper
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
fn variant<'b>(
    case: &PricedDeal<'_, 'b>,
    verdict: &Verdict,
    line: usize,
    segment: usize,
    quantity: Quantity,
) -> Option<LargerOrder<'b>> {
    let deal = case.deal.with_quantity(line, segment, quantity)?;
    let pricing = price(&deal);
    if pricing.totals.tcv >= case.pricing.totals.tcv {
        return None;
    }
    let judged = route(&PricedDeal { deal: &deal, pricing: &pricing });
    if judged.violations.len() > verdict.violations.len() {
        return None;
    }
    let ladder = &case.deal.book.ladder;
    let needs = if judged.level() > verdict.level() {
        format!(", with {} approval", ladder.title(judged.level()))
    } else {
        String::new()
    };
    Some(LargerOrder { quantity, pricing, needs })
}

fn notice(
    case: &PricedDeal<'_, '_>,
    line: &Line<'_>,
    segment: usize,
    best: &LargerOrder<'_>,
) -> Notice {
    let metric = line.metric;
    let now = line.segments[segment].quantity;
    let (before, after) = (case.pricing.totals.tcv, best.pricing.totals.tcv);
    let year = if line.is_ramp() {
        let earlier: u32 = line.segments[..segment].iter().map(|it| it.length.years()).sum();
        format!(" from year {}", earlier + 1)
    } else {
        String::new()
    };
    let message = format!(
        "order {}{year} instead of {} and pay {} less ({} instead of {}){}",
        metric.count(best.quantity),
        now.grouped(),
        case.show(before - after),
        case.show(after),
        case.show(before),
        best.needs
    );
    let rule = metric.tier(best.quantity).map_or(&metric.rule, |tier| &tier.rule);
    Notice::warning("larger-order-costs-less", message, rule)
}
