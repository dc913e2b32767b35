//! The number that a customer names, and how near a deal comes to it.

use crate::approve::PricedDeal;
use crate::number::{Money, Rate, Share};
use crate::price::{PricedSegment, Pricing};
use crate::quote::billing;
use std::cmp::Ordering;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// A discount off list of at least this rate.
    Discount(Rate),
    /// A contract of at most this amount.
    Tcv(Money),
    /// No unit for more than this amount.
    UnitPrice(Money),
    /// Invoices of at most this amount in each year of the contract.
    YearlyBudget(Money),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoalProgress {
    /// The two amounts whose difference is the discount off list.
    Discount { tcv: Money, list: Money },
    /// The contract value, the price of the dearest unit, or the invoices of the dearest year.
    Amount(Money),
}

impl Goal {
    /// Returns how far a priced deal goes. Returns `None` for a budget if the deal's invoices are not
    /// known.
    pub fn progress_of(self, case: &PricedDeal<'_, '_>) -> Option<GoalProgress> {
        let totals = &case.pricing.totals;
        match self {
            Self::Discount(_) => {
                Some(GoalProgress::Discount { tcv: totals.tcv, list: totals.list_tcv })
            }
            Self::Tcv(_) => Some(GoalProgress::Amount(totals.tcv)),
            Self::UnitPrice(_) => {
                let segments = case.pricing.lines.iter().flat_map(|line| &line.segments);
                segments.map(PricedSegment::net).max().map(GoalProgress::Amount)
            }
            Self::YearlyBudget(_) => {
                billing::largest_year_invoiced(case.deal, case.pricing).map(GoalProgress::Amount)
            }
        }
    }

    /// The largest contract value that meets the goal. Goals that do not limit the contract value
    /// return the value of the priced deal.
    pub fn most(self, pricing: &Pricing<'_>) -> Money {
        let totals = &pricing.totals;
        match self {
            Self::Discount(rate) => totals.list_tcv - rate.of(totals.list_tcv),
            Self::Tcv(most) => most,
            Self::UnitPrice(_) | Self::YearlyBudget(_) => totals.tcv,
        }
    }

    pub fn is_met(self, reached: GoalProgress) -> bool {
        match (self, reached) {
            // A deal without a list price has no discount off list.
            (Self::Discount(rate), GoalProgress::Discount { tcv, list }) => {
                !list.is_zero() && list - tcv >= rate.of(list)
            }
            (Self::Tcv(most) | Self::UnitPrice(most) | Self::YearlyBudget(most), reached) => {
                matches!(reached, GoalProgress::Amount(amount) if amount <= most)
            }
            (Self::Discount(_), GoalProgress::Amount(_)) => false,
        }
    }
}

impl GoalProgress {
    /// Compares how far two deals go towards one goal: the greater goes further.
    pub fn further(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Discount { tcv, list }, Self::Discount { tcv: other, list: other_list }) => {
                Share::off(*list, *tcv).cmp(&Share::off(*other_list, *other))
            }
            (Self::Amount(amount), Self::Amount(other)) => other.cmp(amount),
            // One goal has one kind of progress, so this does not happen.
            _ => Ordering::Equal,
        }
    }
}
