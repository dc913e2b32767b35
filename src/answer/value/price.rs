//! What the customer pays us, and when.

use super::horizon::Horizon;
use crate::deal::Deal;
use crate::number::{Date, Money, rounding};
use crate::price::Pricing;
use crate::quote::{Quote, billing};

/// What the customer pays us, and when.
#[derive(Debug, Clone)]
pub struct OurPrice {
    /// By date: the invoices of the contract, and what years after it cost.
    pub payments: Vec<(Date, Money)>,
    /// Their sum.
    pub total: Money,
    /// The same at list price, where the horizon is the contract.
    pub list: Option<Money>,
}

impl OurPrice {
    pub(super) fn of(quote: &Quote<'_, '_>, horizon: &Horizon) -> Self {
        let (deal, pricing) = (quote.deal, &quote.pricing);
        let book = deal.book();
        // The value is the customer's: what a partner pays us is another matter.
        let direct = Deal { partner: None, period: Some(*horizon.period()), ..deal.clone() };
        let mut payments: Vec<_> = match billing::schedule(&direct, pricing) {
            Some(schedule) => schedule.invoices.iter().map(|it| (it.date, it.amount)).collect(),
            None => yearly(deal, pricing, horizon),
        };
        let totals = &pricing.totals;
        let year = totals.exit_arr.unwrap_or(totals.arr);
        let year = book.rounding().round(year, book.currency().minor);
        payments.extend(horizon.beyond().map(|it| (it.from, year)));
        payments.retain(|(_, amount)| !amount.is_zero());
        Self {
            total: payments.iter().map(|(_, amount)| *amount).sum(),
            list: (!horizon.is_beyond()).then_some(totals.list_tcv),
            payments,
        }
    }

    /// What is paid before a day.
    pub(super) fn before(&self, day: Date) -> Money {
        let paid = self.payments.iter().filter(|(date, _)| *date < day);
        paid.map(|(_, amount)| *amount).sum()
    }
}

/// Each year at its beginning, where the book does not say when it bills.
fn yearly(deal: &Deal<'_>, pricing: &Pricing<'_>, horizon: &Horizon) -> Vec<(Date, Money)> {
    let book = deal.book();
    let mut exact = vec![Money::ZERO; horizon.years.len()];
    for line in &pricing.lines {
        let segments = line.segments.iter().flat_map(|segment| {
            let annual = segment.at_net.annual;
            let part = segment.length.part().map(|_| segment.stub);
            part.into_iter().chain((0..segment.length.years()).map(move |_| annual))
        });
        for (sum, amount) in exact.iter_mut().zip(segments) {
            *sum = *sum + amount;
        }
    }
    if let Some(first) = exact.first_mut() {
        *first = *first + pricing.totals.once;
    }
    let places = book.currency().minor;
    let total = book.rounding().round(exact.iter().copied().sum(), places);
    let amounts = rounding::apportion(&exact, total, places);
    horizon.years.iter().map(|year| year.from).zip(amounts).collect()
}
