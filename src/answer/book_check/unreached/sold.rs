//! The terms and quantities that a book sells.

use super::super::finding::BookUnderCheck;
use crate::book::{Discount, Metric, Tier};
use crate::number::{Interval, Years};

/// Whether a term of the book fits.
pub(super) fn has_term(terms: &[Years], fits: impl Fn(u32) -> bool) -> bool {
    terms.iter().any(|term| fits(term.count()))
}

/// Whether a metric of a discount is sold in a quantity of a range.
pub(super) fn is_any_sold(
    check: &BookUnderCheck<'_>,
    discount: &Discount,
    range: Interval,
) -> bool {
    let metrics = check.book.metrics().iter();
    let metrics = metrics.filter(|metric| discount.applies_to(metric.name()));
    let overlaps = |tier: &Tier| {
        let sold = tier.quantity();
        sold.from() <= range.to().unwrap_or(u64::MAX)
            && range.from() <= sold.to().unwrap_or(u64::MAX)
    };
    metrics.flat_map(Metric::tiers).any(overlaps)
}
