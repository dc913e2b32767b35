//! Where a deal that claims programs is one that somebody can grant.
//!
//! Within a span of the price list each rule that can refuse a deal begins or ceases to do so once at
//! most: ARR and contract value only grow, and the share that is off list only falls. So its ends
//! say which rules do, and where is found by halving.

use crate::approve;
use crate::approve::{APPROVAL_RULES, PricedDeal as Priced, VerdictSink};
use crate::book::{ApprovalNeed, Metric, PriceBasis, Rule, TierMode};
use crate::deal::Deal;
use crate::number::Quantity;
use crate::price::curve::{QuantitySpan, first};
use crate::price::price;
use std::fmt::Arguments;

/// The deal with so many of what its metric is sold in.
pub(super) fn with_count<'b>(deal: &Deal<'b>, count: u64) -> Option<Deal<'b>> {
    let increment = deal.lines.first()?.metric.increment();
    deal.with_quantity(0, 0, increment.quantity(count)?)
}

/// Whether somebody can grant the deal with another quantity.
pub(super) fn is_allowed(deal: &Deal<'_>, quantity: u64) -> bool {
    QuantityProbe::at(deal, quantity).is_some_and(|look| look.refuse.0.is_empty())
}

/// Adds the quantities of a span from which on other rules refuse the deal, or its price is another
/// kind of price.
pub(super) fn add_breakpoints(deal: &Deal<'_>, span: QuantitySpan, cuts: &mut Vec<u64>) {
    if !can_change(deal) {
        return;
    }
    let look = |quantity| QuantityProbe::at(deal, quantity);
    let QuantitySpan { from, to } = span;
    let Some(line) = deal.lines.first() else { return };
    let to = to.unwrap_or(line.metric.increment().last(Quantity::MAX));
    let Some(begin) = look(from) else { return };
    // What is larger than the engine calculates with is not sold.
    let to = if look(to).is_some() { to } else { first(from, to, |it| look(it).is_none()) - 1 };
    let Some(end) = look(to) else { return };
    let mut parts = vec![from];
    // Below a floor the whole line has one price, and above it each unit has.
    if begin.is_line != end.is_line {
        parts.push(first(from, to, |it| look(it).is_some_and(|it| it.is_line == end.is_line)));
    }
    // What is free is refused by no program.
    if begin.is_free != end.is_free {
        parts.push(first(from, to, |it| look(it).is_some_and(|it| it.is_free == end.is_free)));
    }
    parts.sort_unstable();
    let ends = parts.iter().skip(1).map(|next| next - 1).chain([to]);
    for (&from, to) in parts.iter().zip(ends).filter(|(from, to)| **from <= *to) {
        let (Some(begin), Some(end)) = (look(from), look(to)) else { continue };
        let (begin, end) = (&begin.refuse.0, &end.refuse.0);
        let begun = end.iter().filter(|rule| !begin.contains(rule)).map(|rule| (rule, true));
        let ceased = begin.iter().filter(|rule| !end.contains(rule)).map(|rule| (rule, false));
        cuts.extend(begun.chain(ceased).map(|(rule, is_there)| {
            let is_so = |look: QuantityProbe<'_>| look.refuse.0.contains(rule) == is_there;
            first(from, to, |it| look(it).is_some_and(is_so))
        }));
    }
    cuts.extend(parts);
}

/// Whether anything but an amount can change within a span.
fn can_change(deal: &Deal<'_>) -> bool {
    let mut programs = deal.claims.iter().map(|claim| claim.program);
    let packages = |metric: &Metric| matches!(metric.mode, TierMode::Package { .. });
    programs.any(|it| it.floor.is_some() || it.arr_above.is_some())
        || deal.book().guardrails.iter().any(|it| it.refuse)
        || deal.lines.iter().any(|line| packages(line.metric))
}

/// What a quantity is under the terms of a deal.
struct QuantityProbe<'b> {
    is_line: bool,
    is_free: bool,
    refuse: RefusingRules<'b>,
}

impl<'b> QuantityProbe<'b> {
    fn at(deal: &Deal<'b>, quantity: u64) -> Option<Self> {
        let deal = with_count(deal, quantity)?;
        let pricing = price(&deal);
        let list = pricing.lines.first()?.segments.first()?.list;
        let mut refuse = RefusingRules(Vec::new());
        approve::run_rules(APPROVAL_RULES, &Priced { deal: &deal, pricing: &pricing }, &mut refuse);
        let (is_line, is_free) = (list.basis == PriceBasis::Line, list.price.is_zero());
        // Packages that are all included are free, whatever one of them costs.
        Some(Self { is_line, is_free: is_free || list.times.is_zero(), refuse })
    }
}

/// The rules that refuse a deal.
struct RefusingRules<'b>(Vec<&'b Rule>);

impl<'b> VerdictSink<'b> for RefusingRules<'b> {
    fn add_requirement(&mut self, _: &'b ApprovalNeed, _: &'b Rule, _: Arguments<'_>) {}

    fn refuse(&mut self, rule: &'b Rule, _: Arguments<'_>) {
        if !self.0.contains(&rule) {
            self.0.push(rule);
        }
    }
}
