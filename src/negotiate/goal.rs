//! What a customer asks for, and how near a deal comes to it.

use crate::approve::Case;
use crate::billing;
use crate::price::{PricedSegment, Pricing};
use crate::value::{Money, Rate, Share};
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
pub enum Reached {
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
    #[must_use]
    pub fn reached(self, case: &Case<'_, '_>) -> Option<Reached> {
        let totals = &case.pricing.totals;
        match self {
            Self::Discount(_) => Some(Reached::Discount { tcv: totals.tcv, list: totals.list_tcv }),
            Self::Tcv(_) => Some(Reached::Amount(totals.tcv)),
            Self::UnitPrice(_) => {
                let segments = case.pricing.lines.iter().flat_map(|line| &line.segments);
                segments.map(PricedSegment::net).max().map(Reached::Amount)
            }
            Self::YearlyBudget(_) => {
                billing::dearest_year(case.deal, case.pricing).map(Reached::Amount)
            }
        }
    }

    /// The most that a contract which meets it can be worth, if it says so; else what this one is.
    #[must_use]
    pub fn most(self, pricing: &Pricing<'_>) -> Money {
        let totals = &pricing.totals;
        match self {
            Self::Discount(rate) => totals.list_tcv - rate.of(totals.list_tcv),
            Self::Tcv(most) => most,
            Self::UnitPrice(_) | Self::YearlyBudget(_) => totals.tcv,
        }
    }

    /// Whether that is far enough.
    #[must_use]
    pub fn is_met(self, reached: Reached) -> bool {
        match (self, reached) {
            // Nothing is off list where there is no list price.
            (Self::Discount(rate), Reached::Discount { tcv, list }) => {
                !list.is_zero() && list - tcv >= rate.of(list)
            }
            (Self::Tcv(most) | Self::UnitPrice(most) | Self::YearlyBudget(most), reached) => {
                matches!(reached, Reached::Amount(amount) if amount <= most)
            }
            (Self::Discount(_), Reached::Amount(_)) => false,
        }
    }
}

impl Reached {
    /// Which of two goes further; the greater does.
    #[must_use]
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
