//! The search for the largest discount: every choice of terms, and every span of quantities.

use super::super::finding::BookUnderCheck;
use super::super::order_choices;
use super::discount_bound::{ideal_discount, is_largest_within, rounding_bound};
use super::max_deal::{ApprovalCap, first_quantities, max_deal, payment_variants};
use super::reduced_deals::{reduced_deals, reduced_for_arr};
use crate::approve::{PricedDeal, Verdict, route, spans};
use crate::book::{DealMeasure, Discount, Guardrail, Metric, PriceBasis, Program, Rule};
use crate::deal::Deal;
use crate::number::{Increment, Money, Quantity, Rate, Share, bisect};
use crate::price::curve::QuantitySpan;
use crate::price::{Pricing, price};
use std::cmp::Reverse;

/// The largest quantity that is tried in a span without an end.
const LARGEST_QUANTITY: u64 = 100_000_000;

pub(crate) struct DiscountedDeal<'b> {
    pub deal: Deal<'b>,
    pub discount: Share,
    /// The titles of the reviews that the deal needs.
    pub reviews: Vec<&'b str>,
}

pub(crate) struct MaxDiscount<'b> {
    /// The deal with the largest discount.
    pub most: Option<DiscountedDeal<'b>>,
    /// An upper bound: no deal has a larger discount than this.
    pub bound: Share,
}

/// Returns the deal of one line with the largest discount off list that stays within a cap.
pub(crate) fn max_discount<'b>(check: &BookUnderCheck<'b>, cap: ApprovalCap) -> MaxDiscount<'b> {
    let best = MaxDiscount { most: None, bound: Share::default() };
    let mut search = MaxDiscountSearch { check, cap, limit: cap.discount_limit(check.book), best };
    for metric in check.priced() {
        let spans = spans(check.book, metric, Increment::UNIT);
        let arr_floors = search.arr_floors(metric);
        let deals = order_choices::deals(check, metric);
        for deal in deals.iter().flat_map(|deal| payment_variants(deal, metric)) {
            for span in &spans {
                search.try_span(&deal, metric, *span, &arr_floors);
            }
        }
    }
    search.best
}

struct MaxDiscountSearch<'a, 'b> {
    check: &'a BookUnderCheck<'b>,
    cap: ApprovalCap,
    /// The largest discount that a guardrail allows within the cap.
    limit: Option<Rate>,
    best: MaxDiscount<'b>,
}

/// A deal with everything that the cap grants.
struct MaxDeal<'b> {
    deal: Deal<'b>,
    /// The quantities that the deal stands for.
    span: QuantitySpan,
    /// Whether the quantity was chosen for the ARR that a program demands.
    is_sized: bool,
    /// The exact prices of the years with the next larger rate, if a rate was reduced for the ARR of a program.
    below: Option<Vec<Money>>,
}

impl<'b> MaxDiscountSearch<'_, 'b> {
    /// The ARR floors of the programs within the cap, each once.
    fn arr_floors(&self, metric: &Metric) -> Vec<Money> {
        let discounts = self.check.discounts_of(metric);
        let is_granted = |it: &&Program| !it.exclusive && self.cap.grants(&it.approval);
        let programs = discounts.flat_map(Discount::programs).filter(is_granted);
        let mut floors: Vec<_> = programs.filter_map(|it| it.arr_above).collect();
        floors.sort_unstable();
        floors.dedup();
        floors
    }

    /// Tries the quantities of a span, in which the same rules hold. Its first quantity has as large a
    /// discount as any other, and exceeds a guardrail on the size of the contract last. Only a program
    /// that demands ARR needs a larger quantity.
    fn try_span(
        &mut self,
        deal: &Deal<'b>,
        metric: &'b Metric,
        span: QuantitySpan,
        arr_floors: &[Money],
    ) {
        for from in first_quantities(metric, span) {
            let Some(deal) = with_quantity(deal, from) else { continue };
            let deal = max_deal(&deal, self.cap, |it| is_for(it, from, None));
            // What is rounded for each quantity is rounded least at the largest one.
            let is_line = deal.lines.iter().any(|it| it.segments[0].list.basis == PriceBasis::Line);
            let is_rounded = is_line || !metric.charges_whole_coins();
            let last = span.to.unwrap_or(LARGEST_QUANTITY).max(from);
            let large = is_rounded.then(|| with_quantity(&deal, last)).flatten();
            for deal in std::iter::once(deal).chain(large) {
                self.consider(&MaxDeal { deal, span, is_sized: false, below: None });
            }
        }
        for &floor in arr_floors {
            self.try_above_arr(deal, span, floor);
        }
    }

    /// Tries the smallest quantity at which a deal with everything has more ARR than programs demand.
    fn try_above_arr(&mut self, deal: &Deal<'b>, span: QuantitySpan, floor: Money) {
        let mut last = span.to.unwrap_or(LARGEST_QUANTITY).max(span.from);
        while last > span.from && with_quantity(deal, last).is_none() {
            last = (last / 10).max(span.from);
        }
        let Some(large) = with_quantity(deal, last) else { return };
        let large = max_deal(&large, self.cap, |it| is_for(it, last, Some(floor)));
        if !large.is_exact() || !self.is_wanted(&large, &price(&large)) {
            return;
        }
        let is_above = |pricing: &Pricing<'_>| pricing.totals.arr_before_programs > floor;
        if !is_above(&price(&large)) {
            // With smaller automatic discounts, the order may have the ARR.
            if let Some(it) = reduced_for_arr(&large, &is_above) {
                self.consider(&MaxDeal { deal: it.deal, span, is_sized: true, below: it.below });
            }
            return;
        }
        // The ARR only grows with the quantity, so halving finds the first quantity above the floor.
        let first = bisect(span.from, last, |quantity| {
            with_quantity(&large, quantity).is_some_and(|deal| is_above(&price(&deal)))
        });
        if let Some(deal) = with_quantity(&large, first) {
            self.consider(&MaxDeal { deal, span, is_sized: true, below: None });
        }
    }

    /// Whether a deal could have a larger discount than the best one, or fewer claims and overrides.
    fn is_wanted(&self, deal: &Deal<'b>, pricing: &Pricing<'b>) -> bool {
        let Some(limit) = self.limit.filter(|limit| !is_within(pricing, *limit)) else {
            return rank(deal, pricing.totals.discount) > self.best_rank();
        };
        ideal_discount(deal, pricing, limit) > self.best_rank().0
    }

    fn best_rank(&self) -> (Share, Reverse<usize>) {
        let most = self.best.most.as_ref();
        most.map_or((Share::default(), Reverse(0)), |it| rank(&it.deal, it.discount))
    }

    /// Compares a deal with the best one, or its reduced deals if it exceeds the limit.
    fn consider(&mut self, full: &MaxDeal<'b>) {
        let MaxDeal { deal, span, is_sized, below } = full;
        if !deal.is_exact() {
            return;
        }
        let pricing = price(deal);
        let Some(limit) = self.limit.filter(|limit| !is_within(&pricing, *limit)) else {
            let bound = rounding_bound(deal, &pricing, *span, below.as_deref());
            self.compare(deal, &pricing, bound, *is_sized);
            return;
        };
        let ideal = ideal_discount(deal, &pricing, limit);
        if ideal <= self.best_rank().0 {
            return;
        }
        let (reduced, is_all) = reduced_deals(deal, &|pricing| is_within(pricing, limit));
        for it in &reduced {
            let pricing = price(&it.deal);
            let is_largest = || is_largest_within(&it.deal, &pricing, *span, limit);
            let bound = match it.below {
                None => rounding_bound(&it.deal, &pricing, *span, below.as_deref()),
                Some(_) if is_largest() => pricing.totals.discount,
                Some(_) => ideal,
            };
            self.compare(&it.deal, &pricing, bound, *is_sized);
        }
        if !is_all {
            self.best.bound = self.best.bound.max(ideal);
        }
    }

    /// Takes a deal as the best one if it stays within the cap and has a larger discount.
    fn compare(&mut self, deal: &Deal<'b>, pricing: &Pricing<'b>, bound: Share, is_sized: bool) {
        let discount = pricing.totals.discount;
        let is_larger = rank(deal, discount) > self.best_rank();
        if !is_larger && bound <= self.best_rank().0.max(self.best.bound) {
            return;
        }
        let verdict = route(&PricedDeal { deal, pricing });
        let passes = self.cap.permits(&verdict);
        let may_pass = !passes && self.may_pass_otherwise(&verdict, is_sized);
        if passes || may_pass {
            self.best.bound = self.best.bound.max(bound);
        }
        if passes && is_larger {
            self.take(deal, discount, &verdict);
        }
        if may_pass {
            self.compare_within_all_limits(deal);
        }
    }

    fn take(&mut self, deal: &Deal<'b>, discount: Share, verdict: &Verdict) {
        let reviews = verdict.reviews();
        let needed = self.check.book.reviews.iter().filter(|it| reviews.contains(&&*it.name));
        let reviews = needed.map(|it| it.title.as_str()).collect();
        self.best.most = Some(DiscountedDeal { deal: deal.clone(), discount, reviews });
    }

    /// Takes a deal with rates reduced to the limits of all guardrails, also of those that another deal may pass, if it
    /// stays within the cap and has a larger discount than the best one.
    fn compare_within_all_limits(&mut self, deal: &Deal<'b>) {
        let Some(limit) = self.cap.limit_of_all_facts(self.check.book) else { return };
        let (reduced, _) = reduced_deals(deal, &|pricing| is_within(pricing, limit));
        for it in &reduced {
            let pricing = price(&it.deal);
            let verdict = route(&PricedDeal { deal: &it.deal, pricing: &pricing });
            let discount = pricing.totals.discount;
            if self.cap.permits(&verdict) && rank(&it.deal, discount) > self.best_rank() {
                self.take(&it.deal, discount, &verdict);
            }
        }
    }

    /// Whether another deal of the same discount may pass: only guardrails keep the verdict from the cap, each of which
    /// has more facts, or is on the ACV or TCV of a deal that was sized for a program.
    fn may_pass_otherwise(&self, verdict: &Verdict, is_sized: bool) -> bool {
        let depends_on_others = |it: &&Guardrail| {
            let is_of_size = matches!(it.measure, DealMeasure::Acv(_) | DealMeasure::Tcv(_));
            !it.when.is_empty() || is_sized && is_of_size
        };
        let guardrails = self.check.book.guardrails.iter().filter(depends_on_others);
        let may_differ = |rule: &Rule| guardrails.clone().any(|it| it.rule == *rule);
        let beyond = verdict.required.iter().filter(|it| !self.cap.grants(&it.approval));
        let refusing = verdict.violations.iter().map(|it| &it.rule);
        beyond.map(|it| &it.rule).chain(refusing).all(may_differ)
    }
}

/// Whether a program is for a quantity, and demands no more ARR than a floor.
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

/// The order of deals: by discount, then by how few claims and overrides they have.
fn rank(deal: &Deal<'_>, discount: Share) -> (Share, Reverse<usize>) {
    (discount, Reverse(deal.claims.len() + deal.discount_overrides.len()))
}
