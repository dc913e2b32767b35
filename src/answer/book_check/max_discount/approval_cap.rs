//! The approvals that a deal may need at most.

use crate::approve::Verdict;
use crate::book::{ApprovalNeed, Guardrail, GuardrailMeasure, Level, PriceBook};
use crate::number::Rate;

/// The highest level that may approve a deal, and whether reviews are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ApprovalCap {
    pub level: Level,
    /// Whether a deal may need reviews.
    pub reviews: bool,
}

impl ApprovalCap {
    /// The cap that allows every approval of a book.
    pub fn everybody(book: &PriceBook) -> Self {
        let level = book.ladder().levels().last().map_or(Level::NONE, |(level, _)| level);
        Self { level, reviews: true }
    }

    /// Whether a need for approval stays within the cap.
    pub fn grants(self, need: &ApprovalNeed) -> bool {
        need.is_nothing() || self.reviews && need.level <= self.level
    }

    /// Whether a verdict stays within the cap.
    pub fn permits(self, verdict: &Verdict) -> bool {
        !verdict.is_refused() && verdict.required.iter().all(|it| self.grants(&it.approval))
    }

    /// The smallest discount limit of a guardrail that refuses larger discounts, or sends them to an
    /// approval beyond the cap.
    pub fn discount_limit(self, book: &PriceBook) -> Option<Rate> {
        let allows = |it: &Guardrail| !it.refuse && self.grants(&it.approval);
        let limits = book.guardrails.iter().filter(|it| !allows(it));
        let limits = limits.filter_map(|it| match it.measure {
            GuardrailMeasure::Discount(limit) => Some(limit),
            GuardrailMeasure::Acv(_) | GuardrailMeasure::Tcv(_) | GuardrailMeasure::Term(_) => None,
        });
        limits.min()
    }
}
