//! The deal of one line that takes most off list, with no more approval than is given.
//!
//! Every discount and every program only lowers a price. So under one term, prepayment and stretch of
//! quantities the deal with everything that may be had gives most: each discount as far as it is
//! granted, and of the programs those with the largest rates, as many as one quote may have. Where
//! that goes beyond a guardrail it is lowered, until it does not; see [`lowered`].

mod bound;
mod everything;
mod lowered;
mod paying;
mod search;
mod unlimited;

pub(super) use unlimited::can_exceed;

use super::{BookUnderCheck, choices};
use crate::approve::Verdict;
use crate::approve::spans;
use crate::book::{ApprovalNeed, Guardrail, GuardrailMeasure, Level, Metric, PriceBook, TierMode};
use crate::deal::Deal;
use crate::number::{Increment, MoneyRange, Rate, Share};
use crate::price::curve::QuantitySpan;
use search::MaxDiscountSearch;

/// Who may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ApprovalCap {
    /// Up to this level.
    pub level: Level,
    /// And whoever reviews something.
    pub reviews: bool,
}

impl ApprovalCap {
    /// Whether they can say yes.
    pub fn grants(self, ask: &ApprovalNeed) -> bool {
        ask.is_nothing() || self.reviews && ask.level <= self.level
    }

    fn permits(self, verdict: &Verdict) -> bool {
        !verdict.is_refused() && verdict.required.iter().all(|it| self.grants(&it.approval))
    }

    fn allows(self, guardrail: &Guardrail) -> bool {
        !guardrail.refuse && self.grants(&guardrail.approval)
    }

    /// The largest discount of a quote that no guardrail sends to somebody else.
    fn limit(self, book: &PriceBook) -> Option<Rate> {
        let others = book.guardrails.iter().filter(|it| !self.allows(it));
        let most = others.filter_map(|it| match it.measure {
            GuardrailMeasure::Discount(most) => Some(most),
            GuardrailMeasure::Acv(_) | GuardrailMeasure::Tcv(_) | GuardrailMeasure::Term(_) => None,
        });
        most.min()
    }
}

/// A deal that gives much.
#[derive(Debug, Clone)]
pub(super) struct DiscountedDeal<'b> {
    pub deal: Deal<'b>,
    pub discount: Share,
    pub reviews: Vec<&'b str>,
}

/// What was found.
#[derive(Debug)]
pub(super) struct MaxDiscount<'b> {
    /// The deal that gives most.
    pub most: Option<DiscountedDeal<'b>>,
    /// No deal gives more than this.
    pub bound: Share,
}

/// The deal of one line that takes most off list, and needs nobody but those.
pub(super) fn max_discount<'b>(case: &BookUnderCheck<'b>, rung: ApprovalCap) -> MaxDiscount<'b> {
    let mut search = MaxDiscountSearch::of(case, rung);
    for metric in priced(case.book) {
        let spans = spans(case.book, metric, Increment::UNIT);
        let floors = search.floors(metric);
        for deal in choices::deals(case, metric) {
            for deal in paying::payment_variants(&deal, metric) {
                for span in &spans {
                    search.stretch(&deal, metric, *span, &floors);
                }
            }
        }
    }
    search.deepest
}

/// Metrics whose price follows from the quantity.
pub(super) fn priced(book: &PriceBook) -> impl Iterator<Item = &Metric> {
    let is_known = |metric: &&Metric| {
        metric.tiers().iter().all(|tier| tier.fee().is_none_or(MoneyRange::is_one))
    };
    book.metrics().iter().filter(is_known)
}

/// The quantities at which a stretch begins, and begins to cost something.
pub(super) fn beginnings(metric: &Metric, span: QuantitySpan) -> impl Iterator<Item = u64> {
    let free = match metric.mode {
        TierMode::Package { included, .. } => u64::from(included),
        TierMode::Volume | TierMode::Graduated => 0,
    };
    let paid = Some(free + 1).filter(|&it| it > span.from && span.to.is_none_or(|to| it <= to));
    std::iter::once(span.from).chain(paid)
}
