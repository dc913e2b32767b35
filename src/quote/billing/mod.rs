//! Dated invoices that add up to the contract.
//!
//! The charges of a line come from [`price`](crate::price) and are rounded to whole coins once: the contract
//! first, then its lines, then their years, then the invoices of a year, each time by the largest remainder.
//! So every sum that a reader can form comes out. The standard is yearly in advance (playbook L1881, L1895);
//! multi-year prepayment is invoiced as a whole at signature (L1786), use monthly in arrears (L1760).

mod periods;
mod sums;

pub use sums::{
    RefundExposure, exposures, largest_year_invoiced, paid_ahead, paid_ahead_of, payments,
};

use crate::book::PricePeriod;
use crate::deal::{ContractPeriod, Deal, Line};
use crate::number::{Date, Money, rounding};
use crate::price::{Charges, Pricing, stub};
use crate::quote::channel::{PartnerDeal, partner_deal};
use periods::{InvoicePeriods, spans};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceSchedule {
    /// The invoices by date; no two have the same date.
    pub invoices: Vec<Invoice>,
    pub payer: Payer,
    /// The exact contract value, or the exact amount that the partner pays for it.
    pub contract: Money,
    /// The sum of the invoices: the contract value, rounded to the smallest coin of the currency.
    pub total: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payer {
    Customer,
    /// The partner that buys the lines and sells them on, at its own price.
    Partner,
}

impl Payer {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Partner => "partner",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invoice {
    /// The day on which the invoice is sent.
    pub date: Date,
    /// The last day to pay it.
    pub due: Date,
    /// The items of the invoice; never empty.
    pub items: Vec<InvoiceItem>,
    pub amount: Money,
}

/// An item of an invoice: the charge for one line or service of the deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceItem {
    pub item: DealItem,
    pub covers: CoveredPeriod,
    /// The charge in whole coins; never zero.
    pub amount: Money,
    /// Whether the charge depends on use that is not known yet.
    pub is_estimate: bool,
}

/// The place of a line or a service in the deal, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DealItem {
    Line(usize),
    Service(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoveredPeriod {
    /// The first and the last day of the period.
    Days(Date, Date),
    /// No period: the charge is paid once.
    Once,
}

/// Returns the invoices of a deal. Returns `None` where the deal does not say when it starts, where the book
/// does not say how it bills, and for a share of a partner's revenue, which nobody knows yet.
pub fn schedule(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<InvoiceSchedule> {
    from(deal, deal.period()?, pricing)
}

/// Returns the invoices of a deal as if it ran in a period.
fn from(
    deal: &Deal<'_>,
    period: &ContractPeriod,
    pricing: &Pricing<'_>,
) -> Option<InvoiceSchedule> {
    let book = deal.book();
    book.billing.as_ref()?;
    let partner = partner_deal(deal, pricing);
    if let Some(PartnerDeal::RevenueSplit(_)) = partner {
        return None;
    }
    let (rounding, places) = (book.rounding, book.currency().minor);
    let dues = line_dues(deal, pricing, partner.as_ref());
    let lines: Vec<Money> = dues.iter().map(LineDue::total).collect();
    // Charges for services are whole coins already, and are paid with what else is paid once.
    let services = pricing.services_price();
    let contract = services + lines.iter().copied().sum();
    let total = rounding.round(contract, places);
    let mut by_date: BTreeMap<Date, Vec<InvoiceItem>> = BTreeMap::new();
    let lines: Vec<_> = rounding::apportion(&lines, total - services, places).collect();
    for (index, (due, total)) in dues.iter().zip(lines).enumerate() {
        for (date, covers, amount) in due.items(deal, period, total, places) {
            let is_estimate = matches!(due.line.metric.price_period, PricePeriod::Hour { .. });
            by_date.entry(date).or_default().push(InvoiceItem {
                item: DealItem::Line(index),
                covers,
                amount,
                is_estimate,
            });
        }
    }
    let charged = pricing.services.iter().map(|service| service.price).enumerate();
    for (index, amount) in charged.filter(|(_, amount)| !amount.is_zero()) {
        by_date.entry(period.start()).or_default().push(InvoiceItem {
            item: DealItem::Service(index),
            covers: CoveredPeriod::Once,
            amount,
            is_estimate: false,
        });
    }
    let days = deal.payment.map_or(0, |term| term.days);
    let invoices = by_date.into_iter().map(|(date, items)| Invoice {
        date,
        due: date.plus_days(days),
        amount: items.iter().map(|item| item.amount).sum(),
        items,
    });
    let payer = if partner.is_some() { Payer::Partner } else { Payer::Customer };
    Some(InvoiceSchedule { invoices: invoices.collect(), payer, contract, total })
}

/// Returns the exact charges of each line for the receiver of its invoices.
fn line_dues<'d, 'b>(
    deal: &Deal<'b>,
    pricing: &'d Pricing<'b>,
    partner: Option<&PartnerDeal>,
) -> Vec<LineDue<'d, 'b>> {
    let dues = pricing.lines.iter().enumerate().map(|(at, priced)| {
        let charges = priced.segments.iter().enumerate().map(|(index, segment)| {
            let resold = partner.and_then(|partner| partner.resold(at, index));
            resold.map_or(segment.at_net, |resold| resold.charges)
        });
        LineDue::of(deal, &priced.line, charges)
    });
    dues.collect()
}

impl InvoiceSchedule {
    /// Returns the sum of the invoices up to a day, that day included.
    pub fn until(&self, day: Date) -> Money {
        let sent = self.invoices.iter().filter(|invoice| invoice.date <= day);
        sent.map(|invoice| invoice.amount).sum()
    }
}

/// The exact charges of a line: once, for a part of a year before the first whole one, and in each year.
struct LineDue<'d, 'b> {
    line: &'d Line<'b>,
    once: Money,
    stub: Option<Money>,
    years: Vec<Money>,
}

impl<'d, 'b> LineDue<'d, 'b> {
    fn of(deal: &Deal<'_>, line: &'d Line<'b>, charges: impl Iterator<Item = Charges>) -> Self {
        let book = deal.book();
        let mut due = Self { line, once: Money::ZERO, stub: None, years: Vec::new() };
        for (segment, charges) in line.segments.iter().zip(charges) {
            due.once = due.once + charges.once;
            let part = segment.length.part();
            let part = part.map(|_| stub(book, segment.length, charges.annual));
            due.stub = due.stub.or(part);
            due.years.extend((0..segment.length.years()).map(|_| charges.annual));
        }
        due
    }

    fn total(&self) -> Money {
        self.once + self.stub.unwrap_or_default() + self.years.iter().copied().sum()
    }

    /// Splits the total of the line, in whole coins, into dated items.
    fn items(
        &self,
        deal: &Deal<'_>,
        period: &ContractPeriod,
        total: Money,
        places: u32,
    ) -> Vec<(Date, CoveredPeriod, Money)> {
        let Some(way) = deal.billing_schedule(self.line.metric) else { return Vec::new() };
        let exact: Vec<_> =
            [self.once].into_iter().chain(self.stub).chain(self.years.iter().copied()).collect();
        let mut parts = rounding::apportion(&exact, total, places);
        let mut items = Vec::new();
        let once = parts.next().unwrap_or_default();
        items.push((period.start(), CoveredPeriod::Once, once));
        let parts: Vec<_> = (0..).zip(parts).collect();
        for InvoicePeriods { parts: which, days, weights, is_after } in spans(way.frequency, period)
        {
            let mine = parts.iter().filter(|(part, _)| which.contains(part));
            let amount = mine.map(|(_, amount)| *amount).sum();
            let shares = rounding::split(amount, &weights, places);
            items.extend(days.into_iter().zip(shares).map(|((from, to), amount)| {
                let date = if is_after { to.plus_days(1) } else { from };
                (date, CoveredPeriod::Days(from, to), amount)
            }));
        }
        items.retain(|(_, _, amount)| !amount.is_zero());
        items
    }
}
