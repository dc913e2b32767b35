//! An alternative compared with our side.

use super::costs::CountedCosts;
use super::payback::Payback;
use super::returns::ValueFigures;
use crate::book::Alternative;
use crate::number::Money;

#[derive(Debug, Clone)]
pub struct AlternativeComparison<'q> {
    pub alternative: &'q Alternative,
    pub costs: CountedCosts<'q>,
    /// The costs of both sides over the horizon.
    pub figures: ValueFigures,
    /// When the alternative would have cost as much as our side; `None` if never.
    pub payback: Option<Payback>,
    /// The present value of the alternative's costs on the first day of the horizon.
    pub present: Option<Money>,
}
