//! The payments of the customer to us, by date.

use super::horizon::Horizon;
use crate::deal::Deal;
use crate::number::{Date, Money};
use crate::price::Pricing;
use crate::quote::{Quote, billing};

#[derive(Debug, Clone)]
pub struct OurPrice {
    /// The invoices of the contract by date, and a payment for each year after it.
    pub payments: Vec<(Date, Money)>,
    pub total: Money,
    /// The sum at list price; `None` where the horizon is longer than the contract.
    pub list: Option<Money>,
}

impl OurPrice {
    pub(super) fn of(quote: &Quote<'_, '_>, horizon: &Horizon) -> Self {
        let (deal, pricing) = (quote.deal, &quote.pricing);
        // The value is the customer's, so the payments are those to us without a partner in between.
        let direct = Deal { partner: None, period: Some(horizon.period), ..deal.clone() };
        let mut payments: Vec<_> = match billing::schedule(&direct, pricing) {
            Some(schedule) => schedule.invoices.iter().map(|it| (it.date, it.amount)).collect(),
            None => yearly(pricing, horizon),
        };
        let totals = &pricing.totals;
        let year = totals.exit_arr.unwrap_or(totals.arr);
        payments.extend(horizon.beyond().map(|it| (it.from, year)));
        payments.retain(|(_, amount)| !amount.is_zero());
        Self {
            total: payments.iter().map(|(_, amount)| *amount).sum(),
            list: (!horizon.is_beyond()).then_some(totals.list_tcv),
            payments,
        }
    }

    pub(super) fn before(&self, day: Date) -> Money {
        let paid = self.payments.iter().filter(|(date, _)| *date < day);
        paid.map(|(_, amount)| *amount).sum()
    }
}

/// Returns one payment at the beginning of each year, for a book without `[billing]`.
fn yearly(pricing: &Pricing<'_>, horizon: &Horizon) -> Vec<(Date, Money)> {
    let mut amounts = vec![Money::ZERO; horizon.years.len()];
    for line in &pricing.lines {
        let segments = line.segments.iter().flat_map(|segment| {
            let annual = segment.at_net.annual;
            let part = segment.length.part().map(|_| segment.stub);
            part.into_iter().chain((0..segment.length.years()).map(move |_| annual))
        });
        for (sum, amount) in amounts.iter_mut().zip(segments) {
            *sum = *sum + amount;
        }
    }
    if let Some(first) = amounts.first_mut() {
        *first = *first + pricing.totals.once;
    }
    horizon.years.iter().map(|year| year.from).zip(amounts).collect()
}
