//! One stretch of quantities after the other, and the best deal of all.

use super::bound::{ideal, is_least, rounded};
use super::everything::max_deal;
use super::lowered::{lowered, lowered_for_arr};
use super::{ApprovalCap, DiscountedDeal, MaxDiscount, beginnings};
use crate::answer::book_check::BookUnderCheck;
use crate::approve;
use crate::approve::{PricedDeal as Priced, Verdict};
use crate::book::{Discount, GuardrailMeasure, Metric, PriceBasis, Program, Rule};
use crate::deal::Deal;
use crate::number::{Money, Quantity, Rate, Share};
use crate::price::curve::QuantitySpan;
use crate::price::{Pricing, price};
use std::cmp::Reverse;

pub(super) struct MaxDiscountSearch<'a, 'b> {
    case: &'a BookUnderCheck<'b>,
    rung: ApprovalCap,
    /// The largest discount of a quote that goes to nobody else.
    limit: Option<Rate>,
    pub(super) deepest: MaxDiscount<'b>,
}

/// A deal with everything.
struct MaxDeal<'b> {
    deal: Deal<'b>,
    /// The quantities that it stands for.
    span: QuantitySpan,
    /// Its quantity was chosen for the ARR that a program asks for.
    is_sized: bool,
    /// It was lowered for that, and so much or less is no price of its kind.
    below: Option<Money>,
}

/// As many as anybody orders.
const LARGEST: u64 = 100_000_000;

impl<'a, 'b> MaxDiscountSearch<'a, 'b> {
    pub(super) fn of(case: &'a BookUnderCheck<'b>, rung: ApprovalCap) -> Self {
        let deepest = MaxDiscount { most: None, bound: Share::default() };
        Self { case, rung, limit: rung.limit(case.book), deepest }
    }

    /// The ARR that programs ask for, each of them once.
    pub(super) fn floors(&self, metric: &Metric) -> Vec<Money> {
        let discounts = self.case.book.discounts().iter();
        let mine = discounts.filter(|it| it.applies_to(metric.name()));
        let is_for = |it: &&Program| !it.exclusive && self.rung.grants(&it.approval);
        let programs = mine.flat_map(Discount::programs).filter(is_for);
        let mut floors: Vec<_> = programs.filter_map(|it| it.arr_above).collect();
        floors.sort_unstable();
        floors.dedup();
        floors
    }

    /// A stretch of quantities in which the same rules hold: the least of them gives as much as any,
    /// and is the last to go beyond a guardrail on size. Only a program that asks for ARR needs more.
    pub(super) fn stretch(
        &mut self,
        deal: &Deal<'b>,
        metric: &'b Metric,
        span: QuantitySpan,
        floors: &[Money],
    ) {
        for from in beginnings(metric, span) {
            let Some(deal) = with_quantity(deal, from) else { continue };
            let deal = max_deal(&deal, self.rung, |it| is_for(it, from, None));
            // Where a line has one price, rounding is least in the largest.
            let is_line = deal.lines.iter().any(|it| it.segments[0].list.basis == PriceBasis::Line);
            let last = span.to.unwrap_or(LARGEST).max(from);
            let large = is_line.then(|| with_quantity(&deal, last)).flatten();
            for deal in std::iter::once(deal).chain(large) {
                self.consider(&MaxDeal { deal, span, is_sized: false, below: None });
            }
        }
        for &floor in floors {
            self.above(deal, span, floor);
        }
    }

    /// The least quantity at which a deal with everything has more ARR than programs ask for.
    fn above(&mut self, deal: &Deal<'b>, span: QuantitySpan, floor: Money) {
        let mut last = span.to.unwrap_or(LARGEST).max(span.from);
        while last > span.from && with_quantity(deal, last).is_none() {
            last = (last / 10).max(span.from);
        }
        let Some(large) = with_quantity(deal, last) else { return };
        let large = max_deal(&large, self.rung, |it| is_for(it, last, Some(floor)));
        if !large.is_exact() || !self.is_wanted(&large, &price(&large)) {
            return;
        }
        let is_above = |pricing: &Pricing<'_>| pricing.totals.arr_before_programs > floor;
        if !is_above(&price(&large)) {
            // With less of what the book gives by itself it may have that.
            if let Some(it) = lowered_for_arr(&large, &is_above) {
                self.consider(&MaxDeal { deal: it.deal, span, is_sized: true, below: it.below });
            }
            return;
        }
        let (mut low, mut high) = (span.from, last);
        while low < high {
            let middle = low.midpoint(high);
            if with_quantity(&large, middle).is_some_and(|deal| is_above(&price(&deal))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        if let Some(deal) = with_quantity(&large, high) {
            self.consider(&MaxDeal { deal, span, is_sized: true, below: None });
        }
    }

    /// Whether a deal could give more than the best so far, or as much in a plainer way.
    fn is_wanted(&self, deal: &Deal<'b>, pricing: &Pricing<'b>) -> bool {
        let Some(limit) = self.limit.filter(|limit| !is_within(pricing, *limit)) else {
            return rank(deal, pricing.totals.discount) > self.rank();
        };
        ideal(deal, pricing, limit) > self.rank().0
    }

    /// The most so far, and how plain it is.
    fn rank(&self) -> (Share, Reverse<usize>) {
        let most = self.deepest.most.as_ref();
        most.map_or((Share::default(), Reverse(0)), |it| rank(&it.deal, it.discount))
    }

    /// Takes a deal with everything, or as much of it as guardrails leave.
    fn consider(&mut self, full: &MaxDeal<'b>) {
        let MaxDeal { deal, span, is_sized, below } = full;
        if !deal.is_exact() {
            return;
        }
        let pricing = price(deal);
        let Some(limit) = self.limit.filter(|limit| !is_within(&pricing, *limit)) else {
            let bound = rounded(deal, &pricing, *span, *below);
            self.offer(deal, &pricing, bound, *is_sized);
            return;
        };
        let ideal = ideal(deal, &pricing, limit);
        if ideal <= self.rank().0 {
            return;
        }
        let lowered = lowered(deal, &|pricing| is_within(pricing, limit));
        for it in &lowered.deals {
            let pricing = price(&it.deal);
            let bound = match it.below {
                None => rounded(&it.deal, &pricing, *span, *below),
                Some(_) if is_least(&it.deal, &pricing, *span, limit) => pricing.totals.discount,
                Some(_) => ideal,
            };
            self.offer(&it.deal, &pricing, bound, *is_sized);
        }
        if !lowered.is_all {
            self.deepest.bound = self.deepest.bound.max(ideal);
        }
    }

    fn offer(&mut self, deal: &Deal<'b>, pricing: &Pricing<'b>, bound: Share, is_sized: bool) {
        let discount = pricing.totals.discount;
        let is_more = rank(deal, discount) > self.rank();
        if !is_more && bound <= self.rank().0.max(self.deepest.bound) {
            return;
        }
        let verdict = approve::route(&Priced { deal, pricing });
        let passes = self.rung.permits(&verdict);
        if passes || is_sized && self.is_too_large(&verdict) {
            self.deepest.bound = self.deepest.bound.max(bound);
        }
        if passes && is_more {
            let reviews = verdict.reviews();
            let asked = self.case.book.reviews.iter().filter(|it| reviews.contains(&&*it.name));
            let reviews = asked.map(|it| it.title.as_str()).collect();
            self.deepest.most = Some(DiscountedDeal { deal: deal.clone(), discount, reviews });
        }
    }

    /// Whether nothing but its size keeps it from being granted: then another size could do.
    fn is_too_large(&self, verdict: &Verdict) -> bool {
        let is_size = |rule: &Rule| {
            let mut guardrails = self.case.book.guardrails.iter();
            guardrails.any(|it| {
                it.rule == *rule
                    && matches!(it.measure, GuardrailMeasure::Acv(_) | GuardrailMeasure::Tcv(_))
            })
        };
        let asks = verdict.required.iter().filter(|it| !self.rung.grants(&it.approval));
        asks.map(|it| &it.rule).chain(verdict.violations.iter().map(|it| &it.rule)).all(is_size)
    }
}

/// Whether a program is for so many units, and asks for no more ARR than that.
fn is_for(program: &Program, quantity: u64, floor: Option<Money>) -> bool {
    program.quantity.is_none_or(|range| range.contains(quantity))
        && program.arr_above.is_none_or(|arr| floor.is_some_and(|floor| arr <= floor))
}

fn with_quantity<'b>(deal: &Deal<'b>, quantity: u64) -> Option<Deal<'b>> {
    deal.with_quantity(0, 0, Quantity::whole(quantity)?)
}

fn is_within(pricing: &Pricing<'_>, limit: Rate) -> bool {
    let totals = &pricing.totals;
    totals.list_tcv - totals.tcv <= limit.of(totals.list_tcv)
}

fn rank(deal: &Deal<'_>, discount: Share) -> (Share, Reverse<usize>) {
    (discount, Reverse(deal.claims.len() + deal.discount_overrides.len()))
}
