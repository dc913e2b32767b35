//! What the customer pays besides our price when it chooses us: migration, training.

use super::costs::{Costs, Counted};
use super::horizon::Horizon;
use super::{Flows, TooLarge};
use crate::book::Cost;
use crate::deal::Deal;
use crate::value::Money;

/// The customer's own costs on our side.
#[derive(Debug, Clone)]
pub struct Own<'q> {
    /// One by one; empty where the deal names none.
    pub costs: Vec<Counted<'q>>,
    /// All of them.
    pub total: Money,
    /// Those that count for nothing: the deal has none of their units.
    pub(super) idle: Vec<&'q Cost>,
    /// What they are worth on the first day.
    pub present: Option<Money>,
}

impl<'q> Own<'q> {
    /// Over a horizon, with when they are paid by month.
    pub(super) fn of<'b>(
        deal: &'q Deal<'b>,
        horizon: &Horizon,
        present: impl Fn(&Flows) -> Option<Money>,
    ) -> Result<(Self, Flows), TooLarge<'q>> {
        let costs = Costs::beside(deal, horizon).ok_or(TooLarge::OwnCosts)?;
        let by_month = costs.by_month(horizon, deal.book().currency().minor);
        let present = present(&costs.in_advance(horizon));
        let Costs { counted, total, idle, .. } = costs;
        Ok((Self { costs: counted, total, idle, present }, by_month))
    }
}
