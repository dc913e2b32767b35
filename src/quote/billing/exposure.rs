//! What a customer could ask back.

use super::from;
use crate::book::Clause;
use crate::deal::{ContractPeriod, Deal};
use crate::number::{Date, Money};
use crate::price::Pricing;

/// Money that a clause lets the customer ask back.
#[derive(Debug, Clone)]
pub struct RefundExposure<'b> {
    /// The clause.
    pub clause: &'b Clause,
    /// The first day of the contract: that of the quote, where the deal does not say.
    pub from: Date,
    /// The last day on which it can be asked back.
    pub until: Date,
    /// What has been invoiced by then.
    pub amount: Money,
}

/// The exposure of every clause of a deal under which invoices are paid back, if it is known how
/// the deal is invoiced.
pub fn exposures<'b>(deal: &Deal<'b>, pricing: &Pricing<'_>) -> Vec<RefundExposure<'b>> {
    let period =
        deal.period().copied().unwrap_or_else(|| ContractPeriod::years(deal.date(), deal.term()));
    let clauses = deal.clauses.iter().filter_map(|asked| {
        let clause = asked.clause;
        let until = period.start().plus_days(clause.refund_days?);
        let amount = from(deal, &period, pricing)?.until(until);
        Some(RefundExposure { clause, from: period.start(), until, amount })
    });
    clauses.collect()
}
