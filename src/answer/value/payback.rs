//! When the alternative would have cost what we were paid.

use super::horizon::Horizon;
use super::price::OurPrice;
use crate::number::{Date, Money};

/// The months by whose end the alternative would have cost what we were paid and the customer paid
/// besides, counted from 1. Yearly costs are spread evenly over the months of a year, and our price
/// counts when it is invoiced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payback {
    /// The first such month.
    pub first: u32,
    /// The first after which every month is one.
    pub lasting: u32,
}

impl Payback {
    /// Nothing where we are paid nothing, or where the last month is none of them.
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
            // What is invoiced after the last month is owed for it all the same.
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
