//! Who must say yes, and what nobody can say yes to.
//!
//! Each judge looks at a priced deal and says what it asks for. Adding one is a file here and a
//! row in `JUDGES`.

mod channel;
mod clause;
mod discount;
mod edition;
mod fee;
mod guardrail;
mod payment;
mod program;
mod service;
mod term;

pub(crate) use discount::is_agreed_without_asking;
pub use guardrail::of_sums;

use crate::book::{Ask, Level, Metric, Rule};
use crate::deal::{Claim, Deal};
use crate::price::{Grant, Pricing, Step};
use crate::value::Money;
use std::fmt::Arguments;

/// Looks at a priced deal, and tells a clerk what it asks for.
type Judge = for<'b> fn(&Case<'_, 'b>, &mut dyn Clerk<'b>);

/// Everything that looks at a deal, in the order in which reasons are listed.
const JUDGES: &[Judge] = &[
    edition::judge,
    fee::judge,
    term::judge,
    discount::judge,
    payment::judge,
    program::judge,
    channel::judge,
    service::judge,
    clause::judge,
    guardrail::judge,
];

/// A priced deal.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a, 'b> {
    /// What was asked for.
    pub deal: &'a Deal<'b>,
    /// Its figures.
    pub pricing: &'a Pricing<'b>,
}

impl<'a, 'b> Case<'a, 'b> {
    /// An amount as people read it.
    pub(crate) fn show(&self, amount: Money) -> String {
        self.deal.book.currency.show(amount)
    }

    /// Every step of every waterfall.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &'a Step<'b>> {
        let segments = self.pricing.lines.iter().flat_map(|line| &line.segments);
        segments.flat_map(|segment| segment.waterfall.steps())
    }

    /// Negotiated prices below what policy gives.
    pub(crate) fn below_policy(&self) -> impl Iterator<Item = BelowPolicy<'a, 'b>> {
        let lines = self.deal.lines.iter().zip(&self.pricing.lines);
        let segments = lines.flat_map(|(line, priced)| {
            // A fee has a range instead of a policy price.
            let segments = priced.segments.iter().filter(|it| it.list.tier.fee.is_none());
            segments.map(|segment| (line.metric, &segment.waterfall))
        });
        let steps = segments.flat_map(|(metric, waterfall)| {
            let list = waterfall.list();
            waterfall.steps().iter().map(move |step| BelowPolicy { metric, list, step })
        });
        let rounding = self.deal.book.rounding;
        // What policy gives is a price like any other: rounded.
        steps.filter(move |it| {
            matches!(it.step.grant, Grant::Negotiated)
                && it.step.price < rounding.round(it.step.base, it.metric.places)
        })
    }

    /// Whether a claim takes something off. One of nothing does not, and neither does one that no
    /// line can take.
    pub(crate) fn applies(&self, claim: &Claim<'_>) -> bool {
        let taken = |grant| matches!(grant, Grant::Program(it) if it.name == claim.program.name);
        self.steps().any(|step| taken(step.grant))
            || self.below_policy().any(|it| claim.discount.applies_to(it.metric.name()))
    }
}

/// A negotiated price below what policy gives.
pub(crate) struct BelowPolicy<'a, 'b> {
    /// What is sold at it.
    pub metric: &'b Metric,
    /// The list price that it is negotiated down from.
    pub list: Money,
    /// From the policy price to it.
    pub step: &'a Step<'b>,
}

/// What a deal needs before it may be signed.
#[derive(Debug, Clone, Default)]
pub struct Verdict {
    /// Approvals and reviews, each with the rule that asks.
    pub required: Vec<Requirement>,
    /// What is outside policy: no level can grant it.
    pub violations: Vec<Violation>,
}

/// Somebody has to say yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// What is needed.
    pub ask: Ask,
    /// The rule that says so.
    pub rule: Rule,
    /// Why, in words.
    pub reason: String,
}

/// Nobody can say yes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The rule that says so.
    pub rule: Rule,
    /// Why, in words.
    pub message: String,
}

impl Verdict {
    /// The level that the deal needs: the highest that any rule asks for.
    #[must_use]
    pub fn level(&self) -> Level {
        self.required.iter().map(|it| it.ask.level).max().unwrap_or_default()
    }

    /// The reviews that the deal needs, each once.
    #[must_use]
    pub fn reviews(&self) -> Vec<&str> {
        let mut reviews: Vec<_> =
            self.required.iter().filter_map(|it| it.ask.review.as_deref()).collect();
        reviews.sort_unstable();
        reviews.dedup();
        reviews
    }

    /// Whether no level can grant the deal.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        !self.violations.is_empty()
    }
}

/// Takes down what judges say. A [`Verdict`] has all of it; whoever needs no reasons leaves them
/// unwritten.
pub(crate) trait Clerk<'b> {
    /// Somebody has to say yes, where something is asked for.
    fn require(&mut self, ask: &'b Ask, rule: &'b Rule, reason: Arguments<'_>) {
        if !ask.is_nothing() {
            self.asks(ask, rule, reason);
        }
    }

    /// Somebody has to say yes.
    fn asks(&mut self, ask: &'b Ask, rule: &'b Rule, reason: Arguments<'_>);

    /// Nobody can say yes.
    fn refuse(&mut self, rule: &'b Rule, message: Arguments<'_>);
}

impl Clerk<'_> for Verdict {
    fn asks(&mut self, ask: &Ask, rule: &Rule, reason: Arguments<'_>) {
        let reason = reason.to_string();
        let requirement = Requirement { ask: ask.clone(), rule: rule.clone(), reason };
        if !self.required.contains(&requirement) {
            self.required.push(requirement);
        }
    }

    fn refuse(&mut self, rule: &Rule, message: Arguments<'_>) {
        let violation = Violation { rule: rule.clone(), message: message.to_string() };
        if !self.violations.contains(&violation) {
            self.violations.push(violation);
        }
    }
}

/// Judges a priced deal.
#[must_use]
pub fn route(case: &Case<'_, '_>) -> Verdict {
    let mut verdict = Verdict::default();
    hear(case, &mut verdict);
    verdict
}

/// Lets every judge look at a priced deal.
pub(crate) fn hear<'b>(case: &Case<'_, 'b>, clerk: &mut dyn Clerk<'b>) {
    for judge in JUDGES {
        judge(case, clerk);
    }
}
