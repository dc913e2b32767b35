//! The clauses that a customer wants.

use crate::book::Clause;
use crate::quote::Quote;
use crate::quote::billing::exposures;
use crate::text::source::Place;
use serde::Serialize;

/// A clause that the customer wants in the contract.
#[derive(Serialize)]
pub(crate) struct ClauseJson<'a> {
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
    /// What the customer could ask back on the last of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_exposure: Option<String>,
    source: &'a Place,
}

impl<'a> ClauseJson<'a> {
    pub(crate) fn all(quote: &'a Quote<'_, '_>) -> Vec<Self> {
        let deal = quote.deal;
        let ladder = deal.book.ladder();
        let exposures = exposures(deal, &quote.pricing);
        let exposure = |clause: &Clause| {
            let mine = exposures.iter().find(|exposure| exposure.clause.name == clause.name);
            mine.map(|exposure| deal.book.currency.plain(exposure.amount))
        };
        let clauses = deal.clauses.iter().map(|asked| Self {
            name: &asked.clause.name,
            title: &asked.clause.title,
            class: asked.clause.class.name(),
            level: ladder.name(asked.clause.approval.level),
            review: asked.clause.approval.review.as_deref(),
            reason: asked.reason.as_deref(),
            refund_days: asked.clause.refund_days,
            refund_exposure: exposure(asked.clause),
            source: &asked.clause.rule.source,
        });
        clauses.collect()
    }
}
