//! When the alternative would have cost what we were paid.

use super::horizon::Horizon;
use super::price::Price;
use crate::value::{Date, Money};

/// The months by whose end the alternative would have cost what we were paid, counted from 1. Its
/// yearly costs are spread evenly over the months of a year, and ours count when they are invoiced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payback {
    /// The first such month.
    pub first: u32,
    /// The first after which every month is one.
    pub lasting: u32,
}

impl Payback {
    /// Nothing where we are paid nothing, or where the last month is none of them.
    pub(super) fn of(horizon: &Horizon, price: &Price, avoided: &[(Date, Money)]) -> Option<Self> {
        if price.total.is_zero() {
            return None;
        }
        let end = horizon.years.last()?.to;
        let (mut first, mut lasting) = (None, None);
        for month in 1.. {
            let day = horizon.start().plus_months(i32::try_from(month).ok()?);
            // What is invoiced after the last month is owed for it all the same.
            let is_last = day >= end;
            let paid = if is_last { price.total } else { price.before(day) };
            let due = avoided.iter().filter(|(date, _)| is_last || *date <= day);
            let is_covered = due.map(|(_, amount)| *amount).sum::<Money>() >= paid;
            first = first.or(is_covered.then_some(month));
            lasting = if is_covered { lasting.or(Some(month)) } else { None };
            if is_last {
                break;
            }
        }
        Some(Self { first: first?, lasting: lasting? })
    }
}
