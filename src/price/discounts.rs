//! The discounts of a book, applied to a list price in the order of the waterfall.

use super::share::add_net_share;
use super::waterfall::StepTerms;
use super::{StepSource, Waterfall};
use crate::book::{
    Adjustment, Discount, DiscountCondition, DiscountContext, DiscountStep, ListPrice, Metric,
};
use crate::deal::{Deal, DiscountOverride, Line, ProgramClaim, Segment};
use crate::number::{Interval, Money};

/// The facts that decide which discounts of the book a segment of a line gets, and which row of each. The
/// engine prices by these rows, and the approval rules judge them.
#[derive(Debug, Clone)]
pub struct SegmentDiscounts<'a, 'b> {
    metric: &'b Metric,
    /// The claim that excludes every other discount.
    only: Option<&'a ProgramClaim<'b>>,
    occasion: DiscountContext<'b>,
}

impl<'a, 'b> SegmentDiscounts<'a, 'b> {
    pub fn of(deal: &'a Deal<'b>, line: &Line<'b>, segment: &Segment<'b>) -> Self {
        Self {
            metric: line.metric,
            only: deal.exclusive_claim(line),
            occasion: deal.discount_context(line.metric, segment),
        }
    }

    /// Returns the facts for services that are paid beside the line, whose payment term no program includes.
    pub fn beside_services(self, deal: &Deal<'b>) -> Self {
        let [_, billing] = self.occasion.paying;
        let payment = deal.payment.map(|term| term.name.as_str());
        Self { occasion: DiscountContext { paying: [payment, billing], ..self.occasion }, ..self }
    }

    /// Returns the rows of a discount that apply, even if their rate is zero or the deal withholds it.
    pub fn rows(&self, discount: &'b Discount) -> impl Iterator<Item = &'b DiscountStep> + use<'b> {
        let (applies, is_only) = (discount.applies_to(&self.metric.name), self.only.is_some());
        let is_given =
            move |row: &&DiscountStep| applies && (!is_only || discount.is_surcharge(row));
        discount.given(&self.occasion).filter(is_given)
    }

    /// Returns the row of a discount for the whole term, where years of it do not count. It gives nothing, and
    /// asks for its approval as if it were withheld: the customer is bound for the whole term.
    pub fn unearned_row(&self, discount: &'b Discount) -> Option<&'b DiscountStep> {
        let is_earned = |row: &DiscountStep| self.rows(discount).any(|it| std::ptr::eq(it, row));
        let whole = Self { occasion: self.occasion.of_whole_term(), ..*self };
        whole.rows(discount).find(|row| !is_earned(row))
    }

    /// Returns whether a row that the deal takes changes the price of the line, and not that of a unit.
    pub(super) fn changes_whole_line(&self, deal: &Deal<'b>) -> bool {
        let is_of_line = |row: &DiscountStep| row.adjustment.is_of_line();
        let taken = deal.book.discounts.iter();
        let mut taken = taken.filter(|it| deal.discount_override(it) != DiscountOverride::Withheld);
        taken.any(|discount| {
            self.rows(discount).any(|row| is_of_line(row) && row.is_earned(&self.occasion))
        })
    }

    fn step_terms(&self, deal: &Deal<'b>, discount: &Discount, row: &DiscountStep) -> StepTerms {
        let first = row.range.map_or(1, Interval::from);
        let years = (u64::from(self.occasion.year) + 1).saturating_sub(first);
        let years = u32::try_from(years).unwrap_or_default();
        let order_part = match row.adjustment {
            Adjustment::OrderAmount(amount) => {
                let coin = deal.book.currency.minor;
                discount.order_part(&self.occasion.order, &self.metric.name, amount, coin)
            }
            _ => Money::ZERO,
        };
        StepTerms { years, order_part, ..self.terms(deal) }
    }

    fn terms(&self, deal: &Deal<'b>) -> StepTerms {
        let (rounding, places) = (deal.book.rounding, self.metric.places);
        StepTerms { years: 0, order_part: Money::ZERO, rounding, places }
    }

    /// Returns the names of the payment term and of the billing schedule, without those that a program
    /// waives.
    pub const fn paying(&self) -> [Option<&'b str>; 2] {
        self.occasion.paying
    }
}

/// Returns the rows that apply to the lines of a deal, each with its discount. A line that is free at list
/// needs no approval for its price, and is left out.
pub fn applied_rows<'b>(deal: &Deal<'b>) -> impl Iterator<Item = (&'b Discount, &'b DiscountStep)> {
    let lines = deal.lines.iter().filter(|line| !line.is_free_at_list());
    let segments = lines.flat_map(|line| line.segments.iter().map(move |segment| (line, segment)));
    segments.flat_map(move |(line, segment)| {
        let applied = SegmentDiscounts::of(deal, line, segment);
        deal.book.discounts.iter().flat_map(move |discount| {
            let rows = applied.rows(discount).chain(applied.unearned_row(discount));
            rows.map(move |row| (discount, row))
        })
    })
}

pub(super) fn add_uplifts<'b>(
    waterfall: &mut Waterfall<'b>,
    deal: &Deal<'b>,
    line: &Line<'b>,
    segment: &Segment<'b>,
) {
    let applied = SegmentDiscounts::of(deal, line, segment);
    for discount in &deal.book.discounts {
        for row in applied.rows(discount).filter(|row| discount.is_surcharge(row)) {
            automatic(waterfall, deal, discount, row, &applied);
        }
    }
}

/// Applies the discounts to a list price, with or without the steps that charge on top of a floor and beside any program. Returns the waterfall, and the price before
/// the first program, by which the ARR for a program is measured.
pub(super) fn discounts<'b>(
    deal: &Deal<'b>,
    line: &Line<'b>,
    segment: &Segment<'b>,
    list: &ListPrice<'b>,
    with_surcharges: bool,
) -> (Waterfall<'b>, Money) {
    let applied = SegmentDiscounts::of(deal, line, segment);
    let mut waterfall = Waterfall::from_list(list);
    add_net_share(&mut waterfall, deal, line, segment);
    let mut before_programs = None;
    for discount in &deal.book.discounts {
        if let DiscountCondition::Program { .. } = discount.condition {
            before_programs.get_or_insert(waterfall.price());
        }
        if discount.is_automatic() {
            let counts = |row: &&DiscountStep| with_surcharges || !discount.is_surcharge(row);
            for row in applied.rows(discount).filter(counts) {
                automatic(&mut waterfall, deal, discount, row, &applied);
            }
        } else if discount.applies_to(&line.metric.name) {
            programs(&mut waterfall, deal, discount, (&line.metric.name, segment), &applied);
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
    row: &'b DiscountStep,
    applied: &SegmentDiscounts<'_, 'b>,
) {
    let is_uplift = row.adjustment.is_uplift();
    let cut = match (deal.discount_override(discount), row.adjustment) {
        (DiscountOverride::Withheld, _) => return,
        // A discount for a longer commitment is not earned; what it charges for is paid all the same.
        _ if !is_uplift && !row.is_earned(&applied.occasion) => return,
        (DiscountOverride::Rate(most), Adjustment::Rate(rate)) => Adjustment::Rate(rate.min(most)),
        (_, cut) => cut,
    };
    let terms = applied.step_terms(deal, discount, row);
    waterfall.apply_adjustment(discount, cut, &row.rule, StepSource::Row(row), terms);
}

/// Applies the programs that the deal claims. A negotiated price contains them already.
fn programs<'b>(
    waterfall: &mut Waterfall<'b>,
    deal: &Deal<'b>,
    discount: &'b Discount,
    (metric, segment): (&str, &Segment<'b>),
    applied: &SegmentDiscounts<'_, 'b>,
) {
    let only = applied.only;
    if segment.agreed.is_some() {
        return;
    }
    let mine = |claim: &&ProgramClaim<'_>| {
        claim.discount.name == discount.name
            && claim.applies_to(metric)
            && only.is_none_or(|only| only.program.name == claim.program.name)
    };
    for claim in deal.claims.iter().filter(mine) {
        let (cut, program) = (Adjustment::Rate(claim.rate), claim.program);
        let grant = StepSource::Program(program);
        let terms = applied.terms(deal);
        waterfall.apply_adjustment(discount, cut, &program.rule, grant, terms);
    }
}
