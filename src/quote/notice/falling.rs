//! Commitments that get smaller.

use super::Notice;
use crate::approve::{PricedDeal, Verdict};
use crate::book::DiscountCondition;
use crate::price::StepSource;

/// A ramp that falls keeps what its first years earn for the whole term, and need not keep much
/// of the commitment.
pub(super) fn advise(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for (line, priced) in case.deal.lines.iter().zip(&case.pricing.lines) {
        let mut year = 1;
        for (pair, segment) in line.segments.windows(2).zip(&priced.segments) {
            year += pair[0].length.years();
            let earned = segment.waterfall.steps().iter().find(|step| {
                let discount = case.deal.book.discount(step.name);
                let given = discount.map(|discount| &discount.condition);
                matches!(step.grant, StepSource::Row(_))
                    && matches!(
                        given,
                        Some(DiscountCondition::Term(_) | DiscountCondition::Prepay { .. })
                    )
            });
            if let Some(step) = earned.filter(|_| pair[1].quantity < pair[0].quantity) {
                let message = format!(
                    "from year {year} it buys {} in place of {}, and {} is for the whole term of {}",
                    line.metric.count(pair[1].quantity),
                    pair[0].quantity.grouped(),
                    step.title.to_lowercase(),
                    case.deal.term
                );
                notices.push(Notice::warning("commitment-falls", message, step.rule));
            }
        }
    }
}
