//! The promises of rules about rates: in which direction their answer changes as a rate grows.

use super::deal_chain::DealChain;
use crate::approve::{
    ApprovalRule, DealThreshold, Direction, PricedDeal, Promise, Verdict, run_rules,
};
use crate::book::Rule;
use crate::price::price;

/// The lines of the book that look at a figure of the whole deal, by the direction of their answer as a rate
/// grows. The ARR that a program demands is not among them, because a chain ends where the ARR falls below it.
#[derive(Default)]
pub(super) struct RatePromises<'b> {
    /// A larger rate never needs less approval.
    pub rising: Vec<&'b Rule>,
    /// A larger rate never needs more approval.
    pub falling: Vec<&'b Rule>,
    /// The rule promises no direction.
    pub unproved: Vec<&'b Rule>,
}

impl<'b> RatePromises<'b> {
    pub fn add(&mut self, promise: &Promise<'b>) {
        let lines = match (promise.rate.between, promise.threshold) {
            (Direction::Unproved | Direction::TurnsOnce, _) => &mut self.unproved,
            (_, Some(DealThreshold::ArrBeforePrograms(_))) | (Direction::Constant, _) => return,
            (Direction::Rises, _) => &mut self.rising,
            (Direction::Falls, _) => &mut self.falling,
        };
        if !lines.contains(&promise.rule) {
            lines.push(promise.rule);
        }
    }
}

/// Whether a line of the book refuses the deal at a place of a chain, or needs an approval.
pub(super) fn is_beyond(
    rules: &[&dyn ApprovalRule],
    chain: &DealChain<'_>,
    place: u32,
    rule: &Rule,
) -> bool {
    let Some(deal) = chain.deal_at(place) else { return false };
    let mut verdict = Verdict::default();
    run_rules(rules, &PricedDeal { deal: &deal, pricing: &price(&deal) }, &mut verdict);
    verdict.violations.iter().any(|it| it.rule == *rule)
        || verdict.required.iter().any(|it| it.rule == *rule)
}
