//! Approval rules: who must approve a deal, and what no level can approve.
//!
//! # The contract of a rule
//!
//! Batch takes the verdict of a million rows from a few answers at the ends of ranges, `negotiate` finds
//! the last rate that needs no more approval by bisection, and `book check` proves statements about every
//! quantity. None of them could ask about each quantity and each rate, and none of them is right unless
//! every rule keeps this contract:
//!
//! 1. A rule names its breakpoints: the quantities, rates and terms from which on it judges by another
//!    condition of the book, such as the ends of a range or the most that a program gives.
//! 2. Between two breakpoints of the rule and of the [price](crate::price), the answer of each line of the
//!    book stays the same, or has one direction. More quantity or a larger rate never asks for less; or,
//!    where a guardrail looks at the size of the contract, a larger rate never asks for more, because it makes
//!    the contract smaller. So each answer begins or ceases at most once, and bisection finds where.
//! 3. A rule that cannot promise this says [`Direction::Unproved`]. Then batch asks the engine for every
//!    row, `negotiate` tries every rate that its step leaves, and `book check` reports that what depends
//!    on the rule is not proved. No command gives a wrong answer. One rule says so today: a guardrail on
//!    the discount, for lines that have a rounded price of their own (see `rule/guardrail.rs`).
//!
//! [`ApprovalRule`] is the contract in code, and [`Promise`] is one of its declarations. Each rule is held
//! to it by `tests/laws/contract`, on random books and deals; the same test shows that a rule which
//! misstates a breakpoint or a direction is caught.
//!
//! # Adding a rule
//!
//! Write a file in `rule/` with the reason and the place in the playbook, implement [`ApprovalRule`], and
//! add a row to [`APPROVAL_RULES`]. The law of the contract then covers the rule.

mod contract;
pub mod rule;
mod verdict;

pub use contract::{
    Course, DealThreshold, Direction, Promise, promises, quantity_breakpoints, spans,
};
pub use rule::contract_items::of_one_revenue;
pub(crate) use rule::discount::is_agreed_within_policy;
pub use rule::guardrail::of_sums;
pub use rule::program::{beside_exclusive, of_program_years};
pub use verdict::{ApprovalOutcome, REFUSED, Requirement, Verdict, VerdictSink, Violation};

use crate::book::{DealMeasure, Metric, PriceBook, Rule};
use crate::deal::{AgreedPrice, Deal, Line, ProgramClaim};
use crate::number::Money;
use crate::price::{Pricing, StepSource, Waterfall, WaterfallStep, committed};
use std::fmt::Debug;

/// A rule that looks at a priced deal, with its part of the [contract](self#the-contract-of-a-rule).
pub trait ApprovalRule: Debug + Sync {
    /// Reports what the rule requires for a deal, and why it refuses one.
    fn judge<'b>(&self, case: &PricedDeal<'_, 'b>, sink: &mut dyn VerdictSink<'b>);

    /// Declares one promise for each line of the book that the rule can report for deals of a metric.
    fn promises<'b>(&self, book: &'b PriceBook, metric: &Metric) -> Vec<Promise<'b>>;
}

/// Every approval rule, in the order in which reasons are listed.
pub const APPROVAL_RULES: &[&dyn ApprovalRule] = &[
    &rule::dates::BookDatesRule,
    &rule::edition::EditionRule,
    &rule::required_metric::RequiredMetricRule,
    &rule::fee::FeeRule,
    &rule::term::TermRule,
    &rule::discount::DiscountRule,
    &rule::payment::PaymentRule,
    &rule::program::ProgramRule,
    &rule::contract_items::ChannelRule,
    &rule::contract_items::ServiceRule,
    &rule::contract_items::ClauseRule,
    &rule::guardrail::GuardrailRule,
];

#[derive(Debug, Clone, Copy)]
pub struct PricedDeal<'a, 'b> {
    pub deal: &'a Deal<'b>,
    pub pricing: &'a Pricing<'b>,
}

impl<'a, 'b> PricedDeal<'a, 'b> {
    pub(crate) fn show(&self, amount: Money) -> String {
        self.deal.book.currency.show(amount)
    }

    /// Returns whether priced services bring the conditions of a later payment to lines that have none of their
    /// own: every line is free, or a program includes the payment term for it.
    pub(crate) fn services_carry_payment(&self) -> bool {
        let is_included = |line: &Line<'_>| {
            let payment = self.deal.payment.map(|term| term.name.as_str());
            payment.is_some_and(|name| self.deal.waives_uplift_for(line.metric, name))
        };
        let mut lines = self.deal.lines.iter();
        !self.pricing.services_price().is_zero()
            && lines.all(|line| line.is_free_at_list() || is_included(line))
    }

    pub(crate) fn steps(&self) -> impl Iterator<Item = &'a WaterfallStep<'b>> {
        let segments = self.pricing.lines.iter().flat_map(|line| &line.segments);
        segments.flat_map(|segment| &segment.waterfall.steps)
    }

    /// Returns the negotiated prices below the policy price, which is rounded like any other first. A price by
    /// use is negotiated for the committed use too: a large estimate does not lower what that costs.
    pub(crate) fn below_policy(&self) -> Vec<PriceBelowPolicy<'b>> {
        let mut found = Vec::new();
        for (at, line) in self.pricing.lines.iter().enumerate() {
            for (place, segment) in line.segments.iter().enumerate() {
                // A fee outside its range is no negotiated price: it is judged by its range. A discount on it is.
                let is_negotiated = match segment.segment.agreed {
                    Some(AgreedPrice::Discount(_)) => true,
                    Some(AgreedPrice::UnitPrice(_)) => segment.list.tier.fee.is_none(),
                    None => false,
                };
                if !is_negotiated {
                    continue;
                }
                let metric = line.line.metric;
                let certain =
                    metric.is_metered().then(|| committed(self.deal, at, place)).flatten();
                for segment in std::iter::once(segment).chain(&certain) {
                    let Waterfall { list, steps, .. } = segment.judged();
                    let step = |step: &WaterfallStep<'b>| PriceBelowPolicy {
                        metric,
                        list: *list,
                        step: *step,
                    };
                    found.extend(steps.iter().map(step));
                }
            }
        }
        let rounding = self.deal.book.rounding;
        found.retain(|it| {
            matches!(it.step.grant, StepSource::Negotiated)
                && it.step.price < rounding.round(it.step.base, it.metric.places)
        });
        found
    }

    /// Returns whether a claim lowers a price of the deal. A claim of 0% does not, and neither does one
    /// whose program applies to no line.
    pub(crate) fn has_effect(&self, claim: &ProgramClaim<'_>) -> bool {
        let taken =
            |grant| matches!(grant, StepSource::Program(it) if it.name == claim.program.name);
        self.steps().any(|step| taken(step.grant))
            || self.below_policy().iter().any(|it| claim.applies_to(it.metric.name()))
    }
}

pub(crate) struct PriceBelowPolicy<'b> {
    pub metric: &'b Metric,
    pub list: Money,
    /// The step from the policy price to the negotiated price.
    pub step: WaterfallStep<'b>,
}

pub fn route(case: &PricedDeal<'_, '_>) -> Verdict {
    let mut verdict = Verdict::default();
    run_rules(APPROVAL_RULES, case, &mut verdict);
    verdict
}

/// Returns what the rules on the term say: the terms that the book sells, and its guardrails on the term.
pub fn of_term(case: &PricedDeal<'_, '_>) -> Verdict {
    let book = case.deal.book;
    let is_of_term = |rule: &Rule| {
        let sold = book.terms.iter().map(|(_, rule)| rule);
        let guardrails = book.guardrails.iter();
        let is_limit = |measure| matches!(measure, DealMeasure::Term(_));
        let limits = guardrails.filter(|it| it.measures().any(is_limit));
        sold.chain(limits.map(|it| &it.rule)).any(|known| known == rule)
    };
    let mut verdict = Verdict::default();
    run_rules(&[&rule::term::TermRule, &rule::guardrail::GuardrailRule], case, &mut verdict);
    verdict.required.retain(|required| is_of_term(&required.rule));
    verdict.violations.retain(|violation| is_of_term(&violation.rule));
    verdict
}

pub fn run_rules<'b>(
    rules: &[&dyn ApprovalRule],
    case: &PricedDeal<'_, 'b>,
    sink: &mut dyn VerdictSink<'b>,
) {
    for rule in rules {
        rule.judge(case, sink);
    }
}
