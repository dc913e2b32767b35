//! A deal compared with one alternative.

use super::costs::{AlternativeCosts, CountedCost, DatedPayments};
use super::horizon::Horizon;
use super::our_price::OurPrice;
use super::payback::Payback;
use super::returns::ValueFigures;
use crate::book::{Alternative, Cost};
use crate::number::Money;

/// A deal compared with one alternative.
#[derive(Debug, Clone)]
pub struct AlternativeComparison<'q> {
    /// The alternative.
    pub alternative: &'q Alternative,
    /// The costs of the alternative.
    pub costs: Vec<CountedCost<'q>>,
    /// The costs of both sides over the horizon.
    pub figures: ValueFigures,
    /// When the alternative would have cost as much as our side; `None` if never.
    pub payback: Option<Payback>,
    /// The present value of the alternative's costs on the first day of the horizon.
    pub present: Option<Money>,
    /// Figures of the customer by units that no line of the deal counts.
    pub(super) idle: Vec<&'q Cost>,
    /// The lines of the deal, by place, that have no cost with the alternative.
    pub(super) uncounted: Vec<usize>,
}

/// The customer's costs when it chooses us.
pub(super) struct OurSide<'s> {
    pub price: &'s OurPrice,
    /// The total of the customer's other costs.
    pub own: Money,
    /// The customer's other costs by the month in which they fall due.
    pub own_by_month: &'s DatedPayments,
}

impl<'q> AlternativeComparison<'q> {
    /// Compares our side with an alternative, whose costs have the present value `present`. Amounts
    /// are rounded to `places` decimal places.
    pub(super) fn of(
        alternative: &'q Alternative,
        costs: AlternativeCosts<'q>,
        ours: &OurSide<'_>,
        present: Option<Money>,
        horizon: &Horizon,
        places: u32,
    ) -> Self {
        let (price, own) = (ours.price.total, ours.own);
        let avoided = costs.by_month(horizon, places);
        Self {
            alternative,
            figures: ValueFigures { price, own, alternative: costs.total },
            payback: Payback::of(horizon, ours.price, ours.own_by_month, &avoided),
            present,
            idle: costs.idle,
            uncounted: costs.uncounted,
            costs: costs.counted,
        }
    }
}
