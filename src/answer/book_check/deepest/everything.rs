//! The deal with everything that it may have.

use super::ApprovalCap;
use crate::book::{Adjustment, Discount, DiscountCondition, DiscountStep, Metric, Program};
use crate::deal::{Deal, DiscountOverride, ProgramClaim};
use crate::number::Rate;
use std::cmp::Reverse;

/// A deal of one line with every discount as far as it is granted, and of the programs those with the
/// largest rates that it `has`, their duties promised. Those that exclude all others are for customers of
/// a kind.
pub(crate) fn max_deal<'b>(
    deal: &Deal<'b>,
    rung: ApprovalCap,
    has: impl Fn(&Program) -> bool,
) -> Deal<'b> {
    let mut full = deal.clone();
    let Some(line) = deal.lines.first() else { return full };
    let (metric, Some(segment)) = (line.metric, line.segments.first()) else { return full };
    let occasion = deal.discount_context(metric, segment.quantity);
    for discount in deal.book.discounts().iter().filter(|it| it.applies_to(metric.name())) {
        match &discount.condition {
            DiscountCondition::Program { programs, at_most } => {
                let fits = |it: &&Program| {
                    rung.grants(&it.approval) && is_meant(it, deal, metric) && has(it)
                };
                let mut programs: Vec<_> = programs.iter().filter(fits).collect();
                programs.sort_by_key(|it| (Reverse(it.max_rate), it.approval.level));
                let taken = programs.into_iter().take(*at_most as usize);
                full.claims
                    .extend(taken.map(|program| ProgramClaim::at_max_rate(discount, program)));
            }
            // How a customer pays decides, and nobody can withhold it.
            DiscountCondition::Payment(_) => {}
            _ => {
                let Some(row) = discount.row(&occasion) else { continue };
                if let Some(take) = less(discount, row, deal, rung) {
                    full.discount_overrides.push((discount, take));
                }
            }
        }
    }
    full
}

/// Whether a program can be had beside others on the terms of a deal.
fn is_meant(program: &Program, deal: &Deal<'_>, metric: &Metric) -> bool {
    let paying = deal.paying(metric);
    !program.exclusive
        && !program.max_rate.is_zero()
        && program.years.is_none_or(|years| years.contains(deal.term.count().into()))
        && program.payment.iter().all(|name| paying.contains(&Some(name.as_str())))
}

/// What is left of a discount where all of it cannot be had.
fn less(
    discount: &Discount,
    row: &DiscountStep,
    deal: &Deal<'_>,
    rung: ApprovalCap,
) -> Option<DiscountOverride> {
    if row.min_years.is_some_and(|least| deal.term.count() < least) {
        return (!row.adjustment.is_nothing()).then_some(DiscountOverride::Withheld);
    }
    if rung.grants(&row.approval) || row.adjustment.is_nothing() {
        return None;
    }
    let is_part = !row.rate_without_approval.is_zero() && takes_rates(discount);
    Some(if is_part {
        DiscountOverride::Rate(row.rate_without_approval)
    } else {
        DiscountOverride::Withheld
    })
}

/// Whether a deal can take a part of it: no row gives a fixed amount.
pub(super) fn takes_rates(discount: &Discount) -> bool {
    discount.rows().iter().all(|row| matches!(row.adjustment, Adjustment::Rate(_)))
}

/// The rate that a deal has of a discount that the book gives by itself.
pub(super) fn taken(deal: &Deal<'_>, discount: &Discount) -> Option<Adjustment> {
    let line = deal.lines.first()?;
    let occasion = deal.discount_context(line.metric, line.segments.first()?.quantity);
    let row = discount.row(&occasion).filter(|_| discount.applies_to(line.metric.name()))?;
    let cut = match (deal.discount_override(discount), row.adjustment) {
        (DiscountOverride::Withheld, _) => Adjustment::Rate(Rate::ZERO),
        (DiscountOverride::Rate(most), Adjustment::Rate(rate)) => Adjustment::Rate(rate.min(most)),
        (_, cut) => cut,
    };
    Some(cut).filter(|cut| !cut.is_nothing())
}
