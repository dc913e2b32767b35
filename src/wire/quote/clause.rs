//! The clauses that a customer wants.

use crate::deal::Deal;
use serde::Serialize;

/// A clause that the customer wants in the contract.
#[derive(Serialize)]
pub(super) struct ClauseWire<'a> {
    name: &'a str,
    title: &'a str,
    class: &'static str,
    /// Who must agree; `none` where nobody has to, or nobody can.
    level: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'a str>,
    /// Why the customer wants it. Why it needs somebody stands with the approvals.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_days: Option<u32>,
    source: &'a str,
}

impl<'a> ClauseWire<'a> {
    pub(super) fn all(deal: &'a Deal<'_>) -> Vec<Self> {
        let ladder = deal.book.ladder();
        let clauses = deal.clauses.iter().map(|asked| Self {
            name: &asked.clause.name,
            title: &asked.clause.title,
            class: asked.clause.class.name(),
            level: ladder.name(asked.clause.ask.level),
            review: asked.clause.ask.review.as_deref(),
            reason: asked.reason.as_deref(),
            refund_days: asked.clause.refund_days,
            source: &asked.clause.rule.source,
        });
        clauses.collect()
    }
}
