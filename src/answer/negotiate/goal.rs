//! What a customer asks for, and how near a deal comes to it.

use crate::approve::PricedDeal;
use crate::number::{Money, Rate, Share};
use crate::price::{PricedSegment, Pricing};
use crate::quote::billing;
use std::cmp::Ordering;

/// The number that a customer names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// So much off list, or more.
    Discount(Rate),
    /// A contract of at most so much.
    Tcv(Money),
    /// No unit for more than so much.
    UnitPrice(Money),
    /// Invoices of at most so much in each year of the contract.
    YearlyBudget(Money),
}

/// How far a deal goes towards a goal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoalProgress {
    /// Off list, the contract and its price at list.
    Discount {
        /// The contract.
        tcv: Money,
        /// The same at list.
        list: Money,
    },
    /// The contract, the dearest unit, or the dearest year.
    Amount(Money),
}

impl Goal {
    /// How far a priced deal goes. Nothing, where nobody can tell how it is invoiced.
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

    /// The most that a contract which meets it can be worth, if it says so; else what this one is.
    pub fn most(self, pricing: &Pricing<'_>) -> Money {
        let totals = &pricing.totals;
        match self {
            Self::Discount(rate) => totals.list_tcv - rate.of(totals.list_tcv),
            Self::Tcv(most) => most,
            Self::UnitPrice(_) | Self::YearlyBudget(_) => totals.tcv,
        }
    }

    /// Whether that is far enough.
    pub fn is_met(self, reached: GoalProgress) -> bool {
        match (self, reached) {
            // Nothing is off list where there is no list price.
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
    /// Which of two goes further; the greater does.
    pub fn further(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Discount { tcv, list }, Self::Discount { tcv: less, list: whole }) => {
                Share::off(*list, *tcv).cmp(&Share::off(*whole, *less))
            }
            (Self::Amount(amount), Self::Amount(other)) => other.cmp(amount),
            // Both are of one goal.
            _ => Ordering::Equal,
        }
    }
}
