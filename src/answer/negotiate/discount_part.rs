//! The parts of a discount: ranges of rates that all need the same approval.
//!
//! A volume discount of 20% that needs the VP, and of which 15% needs no approval, has two parts: from 0%
//! to 15%, and from 15% to 20%. A chain gives one part after the other. Rates are in millionths.

use crate::book::{Adjustment, ApprovalNeed, Discount, DiscountStep, Level};
use crate::deal::{Deal, ProgramClaim};
use crate::price::{applied_rows, changes_other_steps};

#[derive(Debug, Clone)]
pub(super) struct DiscountPart<'b> {
    pub source: PartSource<'b>,
    /// The smallest rate. The part before of the same automatic discount ends with it.
    pub from: u32,
    pub to: u32,
    pub needs: RequiredApprovals<'b>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum PartSource<'b> {
    /// An automatic discount, which the book gives without a claim, and its largest rate.
    Automatic(&'b Discount, u32),
    Claim(usize),
}

/// The approvals that a part needs: at least a level, and some reviews.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RequiredApprovals<'b> {
    pub level: Level,
    pub reviews: Vec<&'b str>,
}

impl<'b> RequiredApprovals<'b> {
    fn of(needs: impl Iterator<Item = &'b ApprovalNeed> + Clone) -> Self {
        let level = needs.clone().map(|need| need.level).max().unwrap_or_default();
        let mut reviews: Vec<_> = needs.filter_map(|need| need.review.as_deref()).collect();
        reviews.sort_unstable();
        reviews.dedup();
        Self { level, reviews }
    }

    /// The order of parts in a chain: by level, then by the number of reviews.
    pub const fn order(&self) -> (Level, usize) {
        (self.level, self.reviews.len())
    }
}

impl<'b> DiscountPart<'b> {
    /// Returns the part of a claim, or `None` if the program's rate is fixed: such a claim has no smaller
    /// rate. A claim that excludes other discounts or includes a payment term starts at one rate step
    /// instead of zero, because a claim of 0% is dropped, and would do neither.
    pub fn of_claim(place: usize, claim: &ProgramClaim<'b>, rate_step: u32) -> Option<Self> {
        let program = claim.program;
        program.rate.is_none().then(|| Self {
            source: PartSource::Claim(place),
            from: if changes_other_steps(program) { rate_step } else { 0 },
            to: claim.rate.millionths(),
            needs: RequiredApprovals::of(std::iter::once(&program.approval)),
        })
    }

    /// The number of rates after the first one.
    pub fn steps(&self, rate_step: u32) -> u32 {
        self.to.div_ceil(rate_step).saturating_sub(self.from / rate_step)
    }

    /// The rate after a number of steps. An automatic part returns zero for no step: then nothing of this
    /// part is given, and the parts before it decide the rate.
    pub fn rate(&self, step: u32, rate_step: u32) -> u32 {
        match self.source {
            PartSource::Automatic(..) if step == 0 => 0,
            _ => ((self.from / rate_step + step) * rate_step).min(self.to),
        }
    }

    /// Leaves no rate but the first one.
    pub const fn close(&mut self) {
        self.to = self.from;
    }

    pub fn is_of(&self, discount: &Discount) -> bool {
        matches!(self.source, PartSource::Automatic(mine, _) if mine.name == discount.name)
    }
}

/// The steps of an automatic discount that the deal's lines reach.
fn reached_steps<'b>(deal: &Deal<'b>, discount: &'b Discount) -> Vec<&'b DiscountStep> {
    if !discount.can_be_withheld() {
        return Vec::new();
    }
    let mine = applied_rows(deal).filter(|(known, _)| known.name == discount.name);
    mine.map(|(_, step)| step).collect()
}

fn rate(step: &DiscountStep) -> Option<u32> {
    match step.adjustment {
        Adjustment::Rate(rate) => Some(rate.millionths()),
        _ => None,
    }
}

/// Whether the deal gets all of a discount or none of it: one of its steps takes a fixed amount off, even
/// if the deal reaches another step. A deal cannot have a smaller rate of such a discount.
pub(super) fn is_all_or_none<'b>(deal: &Deal<'b>, discount: &'b Discount) -> bool {
    discount.rows().iter().any(|step| rate(step).is_none())
        && !reached_steps(deal, discount).is_empty()
}

/// Splits an automatic discount into parts: rates that need no approval, and the rest by the approval
/// that each rate needs. A discount that no level can grant for the deal's term has one empty part.
/// An approval that a step needs at any rate belongs to no part: every deal of the chain needs it.
pub(super) fn automatic_parts<'b>(
    deal: &Deal<'b>,
    discount: &'b Discount,
) -> Vec<DiscountPart<'b>> {
    if is_all_or_none(deal, discount) {
        return Vec::new();
    }
    let steps = reached_steps(deal, discount);
    let rates: Option<Vec<u32>> = steps.iter().map(|step| rate(step)).collect();
    let most = rates.unwrap_or_default().into_iter().max().unwrap_or(0);
    let source = PartSource::Automatic(discount, most);
    let is_refused =
        |step: &&DiscountStep| step.min_years.is_some_and(|least| deal.term.count() < least);
    if most > 0 && steps.iter().any(is_refused) {
        return vec![DiscountPart { source, from: 0, to: 0, needs: RequiredApprovals::default() }];
    }
    // The steps that need an approval beyond a rate, with that rate.
    let needing = steps.iter().filter(|step| !step.approval.is_nothing());
    let needing = needing.filter_map(|step| Some((step, step.rate_without_approval?.millionths())));
    // The need for approval changes only where a step's rate without approval ends.
    let mut ends: Vec<u32> = needing.clone().map(|(_, free)| free.min(most)).collect();
    ends.extend([0, most]);
    ends.sort_unstable();
    ends.dedup();
    let part = |ends: &[u32]| {
        let (from, to) = (*ends.first()?, *ends.last()?);
        let beyond = needing.clone().filter(|(step, free)| *free < to && rate(step) > Some(from));
        let needs = RequiredApprovals::of(beyond.map(|(step, _)| &step.approval));
        Some(DiscountPart { source, from, to, needs })
    };
    ends.windows(2).filter_map(part).collect()
}
