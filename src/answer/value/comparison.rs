//! An alternative compared with our side: its costs, and the month from which it would have cost more.

use super::costs::CountedCosts;
use super::horizon::Horizon;
use super::our_price::OurPrice;
use super::returns::ValueFigures;
use crate::book::Alternative;
use crate::number::{Date, Money};

#[derive(Debug, Clone)]
pub struct AlternativeComparison<'q> {
    pub alternative: &'q Alternative,
    pub costs: CountedCosts<'q>,
    pub figures: ValueFigures,
    /// When the alternative would have cost as much as our side; `None` if never.
    pub payback: Option<Payback>,
    /// The present value of the alternative's costs on the first day of the horizon.
    pub present: Option<Money>,
}

/// Months, counted from 1, by whose end the alternative would have cost no less than our side. Yearly costs
/// are spread evenly over the months of a year, and our price counts when it is invoiced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payback {
    /// The first month by whose end that is so.
    pub first: u32,
    /// The first month from which on it stays so.
    pub lasting: u32,
}

impl Payback {
    /// Returns `None` where our side costs nothing, or where the alternative has not cost as much by
    /// the last month. `own` holds the customer's own costs, and `avoided` those of the alternative.
    pub(super) fn of(
        horizon: &Horizon,
        price: &OurPrice,
        own: &[(Date, Money)],
        avoided: &[(Date, Money)],
    ) -> Option<Self> {
        let is_free = own.iter().all(|(_, amount)| amount.is_zero());
        if price.total.is_zero() && is_free {
            return None;
        }
        let end = horizon.years.last()?.to;
        let (mut first, mut lasting) = (None, None);
        for month in 1.. {
            let day = horizon.start().plus_months(i32::try_from(month).ok()?);
            // An invoice after the last month is still owed for the horizon.
            let is_last = day >= end;
            let paid = if is_last { price.total } else { price.before(day) };
            let due = |flows: &[(Date, Money)]| -> Money {
                let due = flows.iter().filter(|(date, _)| is_last || *date <= day);
                due.map(|(_, amount)| *amount).sum()
            };
            let is_covered = due(avoided) >= paid + due(own);
            first = first.or(is_covered.then_some(month));
            lasting = if is_covered { lasting.or(Some(month)) } else { None };
            if is_last {
                break;
            }
        }
        Some(Self { first: first?, lasting: lasting? })
    }
}
