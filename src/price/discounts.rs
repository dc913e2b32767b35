//! The discounts of a book, applied to a list price in the order of the waterfall.

use super::{StepSource, Waterfall};
use crate::book::{Adjustment, Discount, DiscountCondition, DiscountContext, ListPrice};
use crate::deal::{Deal, DiscountOverride, Line, ProgramClaim, Segment};
use crate::number::Money;

/// Returns the claim whose program excludes every other discount of a line. Academic licenses do: their price is
/// a share of list for everybody (playbook L913-L925).
pub(super) fn exclusive<'a, 'b>(
    deal: &'a Deal<'b>,
    line: &Line<'b>,
) -> Option<&'a ProgramClaim<'b>> {
    deal.claims.iter().find(|claim| {
        claim.program.exclusive
            && !claim.rate.is_zero()
            && claim.discount.applies_to(&line.metric.name)
    })
}

pub(super) fn add_uplifts<'b>(
    waterfall: &mut Waterfall<'b>,
    deal: &Deal<'b>,
    line: &Line<'b>,
    segment: &Segment<'b>,
) {
    let occasion = deal.discount_context(line.metric, segment.counted);
    let discounts = deal.book.discounts().iter().filter(|it| it.applies_to(&line.metric.name));
    for discount in discounts.filter(|it| is_uplift(&it.condition)) {
        automatic(waterfall, deal, discount, &occasion);
    }
}

/// Returns whether a step charges for how the customer pays: on top of a floor, and beside any program.
pub(super) const fn is_uplift(condition: &DiscountCondition) -> bool {
    matches!(condition, DiscountCondition::Payment(_))
}

/// Applies the discounts whose condition `counts` to a list price. Returns the waterfall, and the price before
/// the first program, by which the ARR for a program is measured.
pub(super) fn discounts<'b>(
    deal: &Deal<'b>,
    line: &Line<'b>,
    segment: &Segment<'b>,
    list: &ListPrice<'b>,
    counts: impl Fn(&DiscountCondition) -> bool,
) -> (Waterfall<'b>, Money) {
    let only = exclusive(deal, line);
    let occasion = deal.discount_context(line.metric, segment.counted);
    let mut waterfall = Waterfall::from_list(list);
    let mut before_programs = None;
    for discount in deal.book.discounts() {
        if let DiscountCondition::Program { .. } = discount.condition {
            before_programs.get_or_insert(waterfall.price());
        }
        if !discount.applies_to(&line.metric.name) || !counts(&discount.condition) {
            continue;
        }
        match &discount.condition {
            DiscountCondition::Program { .. } => {
                programs(&mut waterfall, deal, discount, segment, only);
            }
            // An uplift for late payment is no discount that a program could exclude.
            condition if only.is_none() || is_uplift(condition) => {
                automatic(&mut waterfall, deal, discount, &occasion);
            }
            _ => {}
        }
    }
    let before_programs = before_programs.unwrap_or_else(|| waterfall.price());
    (waterfall, before_programs)
}

/// Applies a discount that the book gives by itself, as far as the deal takes it.
fn automatic<'b>(
    waterfall: &mut Waterfall<'b>,
    deal: &Deal<'b>,
    discount: &'b Discount,
    occasion: &DiscountContext<'b>,
) {
    let Some(row) = discount.row(occasion) else { return };
    let cut = match (deal.discount_override(discount), row.adjustment) {
        (DiscountOverride::Withheld, _) => return,
        (DiscountOverride::Rate(most), Adjustment::Rate(rate)) => Adjustment::Rate(rate.min(most)),
        (_, cut) => cut,
    };
    waterfall.apply_adjustment(discount, cut, &row.rule, StepSource::Row(row));
}

/// Applies the programs that the deal claims. A negotiated price contains them already.
fn programs<'b>(
    waterfall: &mut Waterfall<'b>,
    deal: &Deal<'b>,
    discount: &'b Discount,
    segment: &Segment<'b>,
    only: Option<&ProgramClaim<'b>>,
) {
    if segment.agreed.is_some() {
        return;
    }
    let mine = |claim: &&ProgramClaim<'_>| {
        claim.discount.name == discount.name
            && only.is_none_or(|only| only.program.name == claim.program.name)
    };
    for claim in deal.claims.iter().filter(mine) {
        let (cut, program) = (Adjustment::Rate(claim.rate), claim.program);
        waterfall.apply_adjustment(discount, cut, &program.rule, StepSource::Program(program));
    }
}
