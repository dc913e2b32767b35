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
    Tcv(Money),
    /// No unit for more than this amount.
    UnitPrice(Money),
    /// Invoices of at most this amount in each year of the contract.
    YearlyBudget(Money),
}

/// How far a deal goes towards a goal.
#[derive(Debug, Clone, Copy)]
pub struct GoalProgress {
    /// The contract value, the price of the dearest unit, or the invoices of the dearest year.
    amount: Money,
    /// The contract value at list.
    list: Money,
}

impl Goal {
    /// Returns `None` for a budget if the deal's invoices are not known.
    pub fn progress_of(self, case: &PricedDeal<'_, '_>) -> Option<GoalProgress> {
        let totals = &case.pricing.totals;
        let amount = match self {
            Self::Discount(_) | Self::Tcv(_) => totals.tcv,
            Self::UnitPrice(_) => {
                let segments = case.pricing.lines.iter().flat_map(|line| &line.segments);
                segments.map(PricedSegment::net).max()?
            }
            Self::YearlyBudget(_) => billing::largest_year_invoiced(case.deal, case.pricing)?,
        };
        Some(GoalProgress { amount, list: totals.list_tcv })
    }

    /// The largest contract value that meets the goal; that of the deal if the goal does not limit it.
    pub fn most(self, pricing: &Pricing<'_>) -> Money {
        let totals = &pricing.totals;
        match self {
            Self::Discount(rate) => totals.list_tcv - rate.of(totals.list_tcv),
            Self::Tcv(most) => most,
            Self::UnitPrice(_) | Self::YearlyBudget(_) => totals.tcv,
        }
    }

    pub fn is_met(self, GoalProgress { amount, list }: GoalProgress) -> bool {
        match self {
            // A deal without a list price has no discount off list.
            Self::Discount(rate) => !list.is_zero() && list - amount >= rate.of(list),
            Self::Tcv(most) | Self::UnitPrice(most) | Self::YearlyBudget(most) => amount <= most,
        }
    }

    /// Compares how far two deals go: the greater goes further.
    pub fn further(self, one: &GoalProgress, other: &GoalProgress) -> Ordering {
        let off = |it: &GoalProgress| Share::off(it.list, it.amount);
        match self {
            Self::Discount(_) => off(one).cmp(&off(other)),
            _ => other.amount.cmp(&one.amount),
        }
    }
}
