//! The quantities of a deal that no level can grant, because a rule refuses them.
//!
//! Within a span of the price list, each rule that can refuse a deal starts or stops to refuse at most
//! once: ARR and contract value only grow with the quantity, and the discount off list only falls. The
//! [contract of a rule](crate::approve#the-contract-of-a-rule) promises it. So the two ends of a span say
//! which rules change, and halving finds the quantity at which each of them does.

use crate::approve::{APPROVAL_RULES, PricedDeal, VerdictSink, run_rules};
use crate::book::{ApprovalNeed, Metric, PriceBasis, Rule, TierMode};
use crate::deal::Deal;
use crate::number::{Quantity, bisect};
use crate::price::curve::QuantitySpan;
use crate::price::price;
use std::fmt::Arguments;

/// The deal with another quantity, as a count of the smallest part that its metric is sold in.
pub(super) fn with_count<'b>(deal: &Deal<'b>, count: u64) -> Option<Deal<'b>> {
    let increment = deal.lines.first()?.metric.increment();
    deal.with_quantity(0, 0, increment.quantity(count)?)
}

/// Whether some level can grant the deal with another quantity.
pub(super) fn is_grantable(deal: &Deal<'_>, count: u64) -> bool {
    QuantityProbe::at(deal, count).is_some_and(|probe| probe.refusing.is_empty())
}

/// Adds the quantities of a span from which on other rules refuse the deal, or the price has another basis.
pub(super) fn add_breakpoints(deal: &Deal<'_>, span: QuantitySpan, breakpoints: &mut Vec<u64>) {
    if !can_change(deal) {
        return;
    }
    let probe = |count| QuantityProbe::at(deal, count);
    let QuantitySpan { from, to } = span;
    let Some(line) = deal.lines.first() else { return };
    let to = to.unwrap_or(line.metric.increment().last(Quantity::MAX));
    let Some(start) = probe(from) else { return };
    // Quantities beyond the precision of the engine are not sold.
    let to = if probe(to).is_some() { to } else { bisect(from, to, |it| probe(it).is_none()) - 1 };
    let Some(end) = probe(to) else { return };
    let mut pieces = vec![from];
    // Below a floor, the whole line has one price, and above it each unit. No program refuses a free order.
    let states: [fn(&QuantityProbe<'_>) -> bool; 2] = [|it| it.is_line, |it| it.is_free];
    for state in states.into_iter().filter(|state| state(&start) != state(&end)) {
        pieces.push(bisect(from, to, |it| probe(it).is_some_and(|it| state(&it) == state(&end))));
    }
    pieces.sort_unstable();
    let ends = pieces.iter().skip(1).map(|next| next - 1).chain([to]);
    for (&from, to) in pieces.iter().zip(ends).filter(|(from, to)| **from <= *to) {
        let (Some(start), Some(end)) = (probe(from), probe(to)) else { continue };
        let (start, end) = (&start.refusing, &end.refusing);
        let started = end.iter().filter(|rule| !start.contains(rule)).map(|rule| (rule, true));
        let stopped = start.iter().filter(|rule| !end.contains(rule)).map(|rule| (rule, false));
        breakpoints.extend(started.chain(stopped).map(|(rule, refuses)| {
            let has_changed = |probe: QuantityProbe<'_>| probe.refusing.contains(rule) == refuses;
            bisect(from, to, |it| probe(it).is_some_and(has_changed))
        }));
    }
    breakpoints.extend(pieces);
}

/// Whether anything but an amount can change within a span: only then is it worth a price.
fn can_change(deal: &Deal<'_>) -> bool {
    let mut programs = deal.claims.iter().map(|claim| claim.program);
    let has_packages = |metric: &Metric| matches!(metric.mode, TierMode::Package { .. });
    programs.any(|it| it.floor.is_some() || it.arr_above.is_some())
        || deal.book().guardrails.iter().any(|it| it.refuse)
        || deal.lines.iter().any(|line| has_packages(line.metric))
}

/// The deal at one quantity, as far as it can change within a span.
struct QuantityProbe<'b> {
    is_line: bool,
    is_free: bool,
    refusing: Vec<&'b Rule>,
}

impl<'b> QuantityProbe<'b> {
    fn at(deal: &Deal<'b>, count: u64) -> Option<Self> {
        let deal = with_count(deal, count)?;
        let pricing = price(&deal);
        let list = pricing.lines.first()?.segments.first()?.list;
        let mut probe = Self {
            is_line: list.basis == PriceBasis::Line,
            // An order of included packages only is free, whatever the price of a package.
            is_free: list.price.is_zero() || list.times.is_zero(),
            refusing: Vec::new(),
        };
        run_rules(APPROVAL_RULES, &PricedDeal { deal: &deal, pricing: &pricing }, &mut probe);
        Some(probe)
    }
}

impl<'b> VerdictSink<'b> for QuantityProbe<'b> {
    fn add_requirement(&mut self, _: &'b ApprovalNeed, _: &'b Rule, _: Arguments<'_>) {}

    fn refuse(&mut self, rule: &'b Rule, _: Arguments<'_>) {
        if !self.refusing.contains(&rule) {
            self.refusing.push(rule);
        }
    }
}
