//! The contract of a pricing step.
//!
//! A price is computed in steps: the list price of the metric first, then each discount of the book in
//! the order of its waterfall, then the floor of a program, then the rounding. Batch prices a million rows
//! from a few answers of the engine, `negotiate` finds a rate by bisection, and `book check` proves
//! statements about every quantity from the ends of ranges. All three are right only while every step keeps
//! this contract:
//!
//! 1. Between two of its breakpoints a step makes the same change: the same list price or flat amounts, the
//!    same row of a discount. It names all of its breakpoints in quantity, term and rate.
//! 2. A step never turns a higher price into a lower one, and its result is convex in the price that
//!    it starts from. So the price before rounding is convex in every rate.
//! 3. A larger rate never leaves a higher price, except at a breakpoint in rate: a program that excludes
//!    other discounts, or waives an uplift, does so from the smallest rate on.
//! 4. Between two breakpoints in quantity the price of a line only grows. It begins to grow where a limit ends, such
//!    as a minimum: [`linear_spans`](crate::price::curve::LinePrices::linear_spans) finds these quantities.
//!
//! [`PricingStep`] is the contract in code. `tests/laws/contract` holds every step to it on random books
//! and deals, and shows that a step which misstates a breakpoint is caught.

use crate::book::{
    Discount, DiscountCondition, DiscountStep, LineCharges, Metric, PriceBook, Program, Tier,
    TierMode,
};
use crate::number::Interval;

/// A step of the price calculation that declares where its change begins and ends.
pub trait PricingStep {
    /// Returns the quantities, in started units, from which on the step makes another change.
    fn quantity_breakpoints(&self) -> Vec<u64>;

    /// Returns the terms, in years, from which on the step makes another change.
    fn term_breakpoints(&self) -> Vec<u64> {
        Vec::new()
    }

    /// Returns the rates, in millionths, from which on the step also changes other steps. The change that
    /// the rate itself makes has no breakpoint: it is linear.
    fn rate_breakpoints(&self) -> Vec<u64> {
        Vec::new()
    }

    fn growth(&self) -> Growth {
        Growth::Linear
    }
}

/// How the price of a line grows between two breakpoints in quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Growth {
    /// One price of a unit or a package holds, and the line costs that price for each of them, in whole coins.
    /// The share off list is the same for every quantity.
    Linear,
    /// The line has a price of its own, or costs a fraction of a coin: either is rounded for each quantity. The
    /// price still only grows, and the share off list may go up and down by the rounding.
    RoundedByLine,
}

/// The list price of a metric.
impl PricingStep for Metric {
    fn quantity_breakpoints(&self) -> Vec<u64> {
        let of_list = self.tiers.iter().map(Tier::quantity).flat_map(ends);
        of_list.chain(self.order_breakpoints.iter().copied()).collect()
    }

    fn growth(&self) -> Growth {
        let is_plain = self.charges_whole_coins()
            && !self.fractional
            && self.mode != TierMode::Graduated
            && self.share.is_none()
            && self.charges == LineCharges::default()
            && self.overage.is_none()
            && self.tiers.iter().all(|tier| tier.flat.is_none());
        if is_plain { Growth::Linear } else { Growth::RoundedByLine }
    }
}

/// A discount, an uplift or the programs of a waterfall step.
impl PricingStep for Discount {
    fn quantity_breakpoints(&self) -> Vec<u64> {
        let DiscountCondition::Quantity(rows) = &self.condition else { return Vec::new() };
        row_ends(rows)
    }

    fn term_breakpoints(&self) -> Vec<u64> {
        // A row is earned from its shortest term on.
        let earned = self.rows().iter().filter_map(|row| row.min_years).map(u64::from);
        let rows = match &self.condition {
            DiscountCondition::Term(rows) | DiscountCondition::ContractYear(rows) => row_ends(rows),
            _ => Vec::new(),
        };
        rows.into_iter().chain(earned).collect()
    }

    fn rate_breakpoints(&self) -> Vec<u64> {
        let changes_others = self.programs().iter().any(changes_other_steps);
        changes_others.then_some(SMALLEST_RATE).into_iter().collect()
    }
}

/// The smallest rate above zero, in millionths.
pub const SMALLEST_RATE: u64 = 1;

/// Returns whether a program excludes other discounts, or waives an uplift, from its smallest rate on.
pub fn changes_other_steps(program: &Program) -> bool {
    program.exclusive || !program.includes.is_empty()
}

/// Returns the numbers from which on a range begins and ceases to hold.
pub fn ends(range: Interval) -> impl Iterator<Item = u64> {
    std::iter::once(range.from()).chain(range.to().map(|to| to.saturating_add(1)))
}

fn row_ends(rows: &[DiscountStep]) -> Vec<u64> {
    rows.iter().filter_map(|step| step.range).flat_map(ends).collect()
}

/// Returns every pricing step of a metric, list price first.
pub fn pricing_steps<'b>(
    book: &'b PriceBook,
    metric: &'b Metric,
) -> impl Iterator<Item = &'b dyn PricingStep> {
    let discounts = book.discounts.iter().filter(|it| it.applies_to(metric.name()));
    std::iter::once(metric as &dyn PricingStep).chain(discounts.map(|it| it as &dyn PricingStep))
}
