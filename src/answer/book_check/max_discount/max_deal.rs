//! The deal with everything that some approvals allow.

use super::approval_cap::ApprovalCap;
use crate::book::{
    Adjustment, Discount, DiscountCondition, DiscountStep, Metric, Program, TierMode,
};
use crate::deal::{Deal, DiscountOverride, ProgramClaim};
use crate::number::Rate;
use crate::price::curve::QuantitySpan;
use std::cmp::Reverse;

/// The quantities of a span that are priced: the first one, and the first one that is not free. A larger
/// quantity of the span has no larger discount.
pub(super) fn first_quantities(
    metric: &Metric,
    span: QuantitySpan,
) -> impl Iterator<Item = u64> + use<> {
    let free = match metric.mode {
        TierMode::Package { included, .. } => u64::from(included),
        TierMode::Volume | TierMode::Graduated => 0,
    };
    let paid = Some(free + 1).filter(|&it| it > span.from && span.to.is_none_or(|to| it <= to));
    std::iter::once(span.from).chain(paid)
}

/// Returns a deal of one line with every discount as far as the cap grants it, and with the programs of the
/// largest rates that `has` allows, all their duties promised. Programs that exclude every other discount
/// are for customers of a kind, and are left out.
pub(super) fn max_deal<'b>(
    deal: &Deal<'b>,
    cap: ApprovalCap,
    has: impl Fn(&Program) -> bool,
) -> Deal<'b> {
    let mut full = deal.clone();
    let Some(line) = deal.lines.first() else { return full };
    let (metric, Some(segment)) = (line.metric, line.segments.first()) else { return full };
    let context = deal.discount_context(metric, segment.quantity);
    for discount in deal.book.discounts().iter().filter(|it| it.applies_to(metric.name())) {
        match &discount.condition {
            DiscountCondition::Program { programs, at_most } => {
                let fits = |it: &&Program| {
                    cap.grants(&it.approval) && is_available(it, deal, metric) && has(it)
                };
                let mut programs: Vec<_> = programs.iter().filter(fits).collect();
                programs.sort_by_key(|it| (Reverse(it.max_rate), it.approval.level));
                let claimed = programs.into_iter().take(*at_most as usize);
                full.claims
                    .extend(claimed.map(|program| ProgramClaim::at_max_rate(discount, program)));
            }
            // A discount for the payment depends on how the customer pays, and cannot be withheld.
            DiscountCondition::Payment(_) => {}
            _ => {
                let Some(step) = discount.row(&context) else { continue };
                if let Some(change) = granted_override(discount, step, deal, cap) {
                    full.discount_overrides.push((discount, change));
                }
            }
        }
    }
    full
}

/// Whether a program can be claimed beside others under the terms of a deal.
fn is_available(program: &Program, deal: &Deal<'_>, metric: &Metric) -> bool {
    let paying = deal.paying(metric);
    !program.exclusive
        && !program.max_rate.is_zero()
        && program.years.is_none_or(|years| years.contains(deal.term.count().into()))
        && program.payment.iter().all(|name| paying.contains(&Some(name.as_str())))
}

/// The override that leaves as much of a discount as the cap grants. Returns `None` for all of it.
fn granted_override(
    discount: &Discount,
    step: &DiscountStep,
    deal: &Deal<'_>,
    cap: ApprovalCap,
) -> Option<DiscountOverride> {
    if step.min_years.is_some_and(|least| deal.term.count() < least) {
        return (!step.adjustment.is_nothing()).then_some(DiscountOverride::Withheld);
    }
    if cap.grants(&step.approval) || step.adjustment.is_nothing() {
        return None;
    }
    let has_free_rate = !step.rate_without_approval.is_zero() && has_only_rates(discount);
    Some(if has_free_rate {
        DiscountOverride::Rate(step.rate_without_approval)
    } else {
        DiscountOverride::Withheld
    })
}

/// Whether a deal can have a smaller rate of a discount: no step gives a fixed amount.
pub(super) fn has_only_rates(discount: &Discount) -> bool {
    discount.rows().iter().all(|step| matches!(step.adjustment, Adjustment::Rate(_)))
}

/// The adjustment that a deal gets of an automatic discount, with the override of the deal. Returns `None`
/// if the deal gets nothing of it.
pub(super) fn automatic_adjustment(deal: &Deal<'_>, discount: &Discount) -> Option<Adjustment> {
    let line = deal.lines.first()?;
    let context = deal.discount_context(line.metric, line.segments.first()?.quantity);
    let step = discount.row(&context).filter(|_| discount.applies_to(line.metric.name()))?;
    let adjustment = match (deal.discount_override(discount), step.adjustment) {
        (DiscountOverride::Withheld, _) => Adjustment::Rate(Rate::ZERO),
        (DiscountOverride::Rate(most), Adjustment::Rate(rate)) => Adjustment::Rate(rate.min(most)),
        (_, adjustment) => adjustment,
    };
    Some(adjustment).filter(|it| !it.is_nothing())
}
