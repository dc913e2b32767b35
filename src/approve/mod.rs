//! Who must say yes, and what nobody can say yes to.
//!
//! Each judge looks at a priced deal and says what it asks for. Adding one is a file here and a
//! row in `JUDGES`.

pub mod rule;
mod verdict;

pub(crate) use rule::discount::is_agreed_within_policy;
pub use rule::guardrail::of_sums;
pub use verdict::{ApprovalOutcome, REFUSED, Requirement, Verdict, VerdictSink, Violation};

use crate::book::Metric;
use crate::deal::{Deal, ProgramClaim};
use crate::number::Money;
use crate::price::{Pricing, StepSource, WaterfallStep};

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
