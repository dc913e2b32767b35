//! What the customer pays besides our price when it chooses us: migration, training.

use super::costs::{AlternativeCosts, CountedCost};
use super::horizon::Horizon;
use super::{CostTooLarge, DatedPayments};
use crate::book::Cost;
use crate::deal::Deal;
use crate::number::Money;

/// The customer's own costs on our side.
#[derive(Debug, Clone)]
pub struct OwnCosts<'q> {
    /// One by one; empty where the deal names none.
    pub costs: Vec<CountedCost<'q>>,
    /// All of them.
    pub total: Money,
    /// Those that count for nothing: the deal has none of their units.
    pub(super) idle: Vec<&'q Cost>,
    /// What they are worth on the first day.
    pub present: Option<Money>,
}

impl<'q> OwnCosts<'q> {
    /// Over a horizon, with when they are paid by month.
    pub(super) fn of<'b>(
        deal: &'q Deal<'b>,
        horizon: &Horizon,
        present: impl Fn(&DatedPayments) -> Option<Money>,
    ) -> Result<(Self, DatedPayments), CostTooLarge<'q>> {
        let costs = AlternativeCosts::beside(deal, horizon).ok_or(CostTooLarge::OwnCosts)?;
        let by_month = costs.by_month(horizon, deal.book().currency().minor);
        let present = present(&costs.in_advance(horizon));
        let AlternativeCosts { counted, total, idle, .. } = costs;
        Ok((Self { costs: counted, total, idle, present }, by_month))
    }
}
