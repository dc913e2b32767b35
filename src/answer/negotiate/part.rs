//! What can be given of one discount and asks for the same at every rate.

use crate::book::{Adjustment, ApprovalNeed, Discount, DiscountCondition, DiscountStep, Level};
use crate::deal::{Deal, ProgramClaim};
use crate::price::changes_other_steps;

/// Rates of one discount that ask for the same.
#[derive(Debug, Clone)]
pub(super) struct DiscountSegment<'b> {
    pub source: SegmentSource<'b>,
    /// In millionths. What the book gives by itself has that rate in the part before.
    pub from: u32,
    pub to: u32,
    pub asks: RequiredApprovals<'b>,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum SegmentSource<'b> {
    /// A discount that the book gives by itself, and the most that it gives, in millionths.
    Take(&'b Discount, u32),
    /// Which claim of the deal.
    Claim(usize),
}

/// Who has to agree: at least that level, and these reviews.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct RequiredApprovals<'b> {
    pub level: Level,
    pub reviews: Vec<&'b str>,
}

impl<'b> RequiredApprovals<'b> {
    fn of(asks: impl Iterator<Item = &'b ApprovalNeed> + Clone) -> Self {
        let level = asks.clone().map(|ask| ask.level).max().unwrap_or_default();
        let mut reviews: Vec<_> = asks.filter_map(|ask| ask.review.as_deref()).collect();
        reviews.sort_unstable();
        reviews.dedup();
        Self { level, reviews }
    }

    /// What is easier to get comes first.
    pub const fn height(&self) -> (Level, usize) {
        (self.level, self.reviews.len())
    }
}

impl<'b> DiscountSegment<'b> {
    /// Of a claim, unless its rate is fixed: then it is given or not. One that excludes other discounts,
    /// or includes a way to pay, is never at nothing: there it would do neither.
    pub fn claimed(place: usize, claim: &ProgramClaim<'b>, unit: u32) -> Option<Self> {
        let program = claim.program;
        let does_more = changes_other_steps(program);
        program.rate.is_none().then(|| Self {
            source: SegmentSource::Claim(place),
            from: if does_more { unit } else { 0 },
            to: claim.rate.millionths(),
            asks: RequiredApprovals::of(std::iter::once(&program.approval)),
        })
    }

    /// How many rates it has behind the first.
    pub fn steps(&self, unit: u32) -> u32 {
        self.to.div_ceil(unit).saturating_sub(self.from / unit)
    }

    /// One of them. What is not reached of what the book gives by itself is nothing.
    pub fn rate(&self, step: u32, unit: u32) -> u32 {
        match self.source {
            SegmentSource::Take(..) if step == 0 => 0,
            _ => ((self.from / unit + step) * unit).min(self.to),
        }
    }

    /// Leaves it with nothing to give.
    pub const fn close(&mut self) {
        self.to = self.from;
    }

    pub fn is_of(&self, discount: &Discount) -> bool {
        matches!(self.source, SegmentSource::Take(mine, _) if mine.name() == discount.name())
    }
}

/// The rows by which a discount takes something off.
fn rows<'b>(deal: &Deal<'b>, discount: &'b Discount) -> Vec<&'b DiscountStep> {
    if matches!(
        discount.condition,
        DiscountCondition::Payment(_) | DiscountCondition::Program { .. }
    ) {
        return Vec::new();
    }
    let is_excluded = |metric: &str| {
        deal.claims.iter().any(|it| it.program.exclusive && it.discount.applies_to(metric))
    };
    let takes = |metric: &str| discount.applies_to(metric) && !is_excluded(metric);
    let lines = deal.lines().iter().filter(|line| takes(line.metric().name()));
    let segments = lines.flat_map(|line| line.segments().iter().map(move |it| (line, it)));
    segments
        .filter_map(|(line, it)| discount.row(&deal.discount_context(line.metric(), it.quantity())))
        .collect()
}

fn rate(row: &DiscountStep) -> Option<u32> {
    match row.adjustment {
        Adjustment::Rate(rate) => Some(rate.millionths()),
        Adjustment::Amount(_) | Adjustment::Uplift(_) => None,
    }
}

/// Whether a discount is given as it is or not at all: it takes an amount off, if only from others. No
/// deal can take a rate of it.
pub(super) fn is_whole<'b>(deal: &Deal<'b>, discount: &'b Discount) -> bool {
    discount.rows().iter().any(|row| rate(row).is_none()) && !rows(deal, discount).is_empty()
}

/// What a discount gives by itself: what nobody has to approve, and what is left, by what each asks.
/// Of what nobody can grant for the term it gives nothing.
pub(super) fn given<'b>(deal: &Deal<'b>, discount: &'b Discount) -> Vec<DiscountSegment<'b>> {
    if is_whole(deal, discount) {
        return Vec::new();
    }
    let rows = rows(deal, discount);
    let rates: Option<Vec<u32>> = rows.iter().map(|row| rate(row)).collect();
    let most = rates.unwrap_or_default().into_iter().max().unwrap_or(0);
    let is_refused =
        |row: &&DiscountStep| row.min_years.is_some_and(|least| deal.term().count() < least);
    if most > 0 && rows.iter().any(is_refused) {
        let asks = RequiredApprovals::default();
        return vec![DiscountSegment {
            source: SegmentSource::Take(discount, most),
            from: 0,
            to: 0,
            asks,
        }];
    }
    let asking = || rows.iter().filter(|row| !row.approval.is_nothing());
    // How far each goes that asks for something: no further than it asks for nothing.
    let mut ends: Vec<u32> =
        asking().map(|row| row.rate_without_approval.millionths().min(most)).collect();
    ends.extend([0, most]);
    ends.sort_unstable();
    ends.dedup();
    let part = |ends: &[u32]| {
        let (from, to) = (*ends.first()?, *ends.last()?);
        let is_beyond = |row: &&&DiscountStep| {
            row.rate_without_approval.millionths() < to && rate(row) > Some(from)
        };
        let asks = RequiredApprovals::of(asking().filter(is_beyond).map(|row| &row.approval));
        Some(DiscountSegment { source: SegmentSource::Take(discount, most), from, to, asks })
    };
    ends.windows(2).filter_map(part).collect()
}
