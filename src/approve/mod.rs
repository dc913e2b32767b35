//! Who must say yes, and what nobody can say yes to.
//!
//! Each judge looks at a priced deal and says what it asks for. Adding one is a file here and a
//! row in `JUDGES`.

pub mod rule;

pub(crate) use rule::discount::is_agreed_within_policy;
pub use rule::guardrail::of_sums;

use crate::book::{ApprovalNeed, Level, Metric, Rule};
use crate::deal::{Deal, ProgramClaim};
use crate::number::Money;
use crate::price::{Pricing, StepSource, WaterfallStep};
use std::fmt::Arguments;

/// Looks at a priced deal, and tells a clerk what it asks for.
type ApprovalRule = for<'b> fn(&PricedDeal<'_, 'b>, &mut dyn VerdictSink<'b>);

/// Everything that looks at a deal, in the order in which reasons are listed.
const APPROVAL_RULES: &[ApprovalRule] = &[
    rule::edition::judge,
    rule::fee::judge,
    rule::term::judge,
    rule::discount::judge,
    rule::payment::judge,
    rule::program::judge,
    rule::channel::judge,
    rule::service::judge,
    rule::clause::judge,
    rule::guardrail::judge,
];

/// A priced deal.
#[derive(Debug, Clone, Copy)]
pub struct PricedDeal<'a, 'b> {
    /// What was asked for.
    pub deal: &'a Deal<'b>,
    /// Its figures.
    pub pricing: &'a Pricing<'b>,
}

impl<'a, 'b> PricedDeal<'a, 'b> {
    /// An amount as people read it.
    pub(crate) fn show(&self, amount: Money) -> String {
        self.deal.book.currency.show(amount)
    }

    /// Every step of every waterfall.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &'a WaterfallStep<'b>> {
        let segments = self.pricing.lines.iter().flat_map(|line| &line.segments);
        segments.flat_map(|segment| segment.waterfall.steps())
    }

    /// Negotiated prices below what policy gives.
    pub(crate) fn below_policy(&self) -> impl Iterator<Item = PriceBelowPolicy<'a, 'b>> {
        let lines = self.deal.lines.iter().zip(&self.pricing.lines);
        let segments = lines.flat_map(|(line, priced)| {
            // A fee has a range instead of a policy price.
            let segments = priced.segments.iter().filter(|it| it.list.tier.fee.is_none());
            segments.map(|segment| (line.metric, &segment.waterfall))
        });
        let steps = segments.flat_map(|(metric, waterfall)| {
            let list = waterfall.list();
            waterfall.steps().iter().map(move |step| PriceBelowPolicy { metric, list, step })
        });
        let rounding = self.deal.book.rounding;
        // What policy gives is a price like any other: rounded.
        steps.filter(move |it| {
            matches!(it.step.grant, StepSource::Negotiated)
                && it.step.price < rounding.round(it.step.base, it.metric.places)
        })
    }

    /// Whether a claim takes something off. One of nothing does not, and neither does one that no
    /// line can take.
    pub(crate) fn has_effect(&self, claim: &ProgramClaim<'_>) -> bool {
        let taken =
            |grant| matches!(grant, StepSource::Program(it) if it.name == claim.program.name);
        self.steps().any(|step| taken(step.grant))
            || self.below_policy().any(|it| claim.discount.applies_to(it.metric.name()))
    }
}

/// A negotiated price below what policy gives.
pub(crate) struct PriceBelowPolicy<'a, 'b> {
    /// What is sold at it.
    pub metric: &'b Metric,
    /// The list price that it is negotiated down from.
    pub list: Money,
    /// From the policy price to it.
    pub step: &'a WaterfallStep<'b>,
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
    pub approval: ApprovalNeed,
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
    pub fn level(&self) -> Level {
        self.required.iter().map(|it| it.approval.level).max().unwrap_or_default()
    }

    /// The reviews that the deal needs, each once.
    pub fn reviews(&self) -> Vec<&str> {
        let mut reviews: Vec<_> =
            self.required.iter().filter_map(|it| it.approval.review.as_deref()).collect();
        reviews.sort_unstable();
        reviews.dedup();
        reviews
    }

    /// Whether no level can grant the deal.
    pub fn is_refused(&self) -> bool {
        !self.violations.is_empty()
    }
}

/// Takes down what judges say. A [`Verdict`] has all of it; whoever needs no reasons leaves them
/// unwritten.
pub(crate) trait VerdictSink<'b> {
    /// Somebody has to say yes, where something is asked for.
    fn require(&mut self, ask: &'b ApprovalNeed, rule: &'b Rule, reason: Arguments<'_>) {
        if !ask.is_nothing() {
            self.add_requirement(ask, rule, reason);
        }
    }

    /// Somebody has to say yes.
    fn add_requirement(&mut self, ask: &'b ApprovalNeed, rule: &'b Rule, reason: Arguments<'_>);

    /// Nobody can say yes.
    fn refuse(&mut self, rule: &'b Rule, message: Arguments<'_>);
}

impl VerdictSink<'_> for Verdict {
    fn add_requirement(&mut self, ask: &ApprovalNeed, rule: &Rule, reason: Arguments<'_>) {
        let reason = reason.to_string();
        let requirement = Requirement { approval: ask.clone(), rule: rule.clone(), reason };
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
pub fn route(case: &PricedDeal<'_, '_>) -> Verdict {
    let mut verdict = Verdict::default();
    run_rules(case, &mut verdict);
    verdict
}

/// Lets every judge look at a priced deal.
pub(crate) fn run_rules<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
    for judge in APPROVAL_RULES {
        judge(case, clerk);
    }
}
