//! Dated invoices that add up to the contract.
//!
//! The charges of a line come from [`price`](crate::price) in whole coins. Where several invoices share a year,
//! the coins that are left go to the parts that lose most by truncation. So every sum that a reader can form
//! comes out. The standard is yearly in advance (playbook L1881, L1895);
//! multi-year prepayment is invoiced as a whole at signature (L1786), on the day of the quote, whenever the
//! contract starts; use monthly in arrears (L1760).

mod sums;

pub use sums::{
    RefundExposure, exposures, largest_year_invoiced, paid_ahead, paid_ahead_of, payments,
};

use crate::book::{BillingFrequency, Metric};
use crate::deal::{ContractPeriod, Deal};
use crate::number::{Date, Money, rounding};
use crate::price::{Charges, PartnerDeal, PricedLine, Pricing, partner_deal};
use std::collections::BTreeMap;
use std::ops::Range;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceSchedule {
    /// The invoices by date, then by due day; no two have both in common.
    pub invoices: Vec<Invoice>,
    pub payer: Payer,
    /// The sum of the invoices: the contract value, or what the partner pays for it.
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
    pub date: Date,
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

fn from(deal: &Deal<'_>, span: &ContractPeriod, pricing: &Pricing<'_>) -> Option<InvoiceSchedule> {
    let book = deal.book;
    book.billing.as_ref()?;
    let partner = partner_deal(deal, pricing);
    let payer = match partner {
        None => Payer::Customer,
        Some(PartnerDeal::Resale(_)) => Payer::Partner,
        Some(PartnerDeal::RevenueSplit(_)) => return None,
    };
    // Items of one day with different due days are different invoices.
    let mut by_days: BTreeMap<(Date, Date), Vec<InvoiceItem>> = BTreeMap::new();
    let mut add = |date, item| {
        let due = due_day(deal, date, &item);
        by_days.entry((date, due)).or_default().push(item);
    };
    for (at, line) in pricing.lines.iter().enumerate() {
        let (item, metric) = (DealItem::Line(at), line.line.metric);
        let dues = line_dues(at, line, partner.as_ref());
        for (date, covers, amount) in line_items(deal, metric, span, &dues) {
            add(date, InvoiceItem { item, covers, amount, is_estimate: metric.is_metered() });
        }
    }
    // Services are paid with what else is paid once.
    for (at, service) in pricing.services.iter().enumerate().filter(|(_, it)| !it.price.is_zero()) {
        let (item, covers, amount) = (DealItem::Service(at), CoveredPeriod::Once, service.price);
        add(span.start(), InvoiceItem { item, covers, amount, is_estimate: false });
    }
    let invoices = by_days.into_iter().map(|((date, due), items)| Invoice {
        date,
        due,
        amount: items.iter().map(|item| item.amount).sum(),
        items,
    });
    let invoices: Vec<Invoice> = invoices.collect();
    let total = invoices.iter().map(|invoice| invoice.amount).sum();
    Some(InvoiceSchedule { invoices, payer, total })
}

/// Returns the day on which an item of an invoice is due. The days of payment count from the date of the invoice, or
/// from the day of a later grant for the metric of the item.
fn due_day(deal: &Deal<'_>, date: Date, item: &InvoiceItem) -> Date {
    let granted = match item.item {
        DealItem::Line(at) => deal.lines.get(at).and_then(|line| deal.grant_for(line.metric)),
        DealItem::Service(_) => None,
    };
    let from = granted.map_or(date, |(_, grant)| grant.date.max(date));
    from.plus_days(deal.payment.map_or(0, |term| term.days))
}

impl InvoiceSchedule {
    /// Returns the sum of the invoices up to a day, that day included.
    pub fn until(&self, day: Date) -> Money {
        let sent = self.invoices.iter().filter(|invoice| invoice.date <= day);
        sent.map(|invoice| invoice.amount).sum()
    }
}

/// Returns the charges of a line for the receiver of its invoices: once, for a part of a year before the
/// first whole one, if there is one, and in each year.
fn line_dues(at: usize, priced: &PricedLine<'_>, partner: Option<&PartnerDeal>) -> Vec<Money> {
    let (mut once, mut first_part, mut years) = (Money::ZERO, None, Vec::new());
    for (index, segment) in priced.segments.iter().enumerate() {
        let resold = partner.and_then(|partner| partner.resold(at, index));
        let (charges, stub) =
            resold.map_or((segment.at_net, segment.stub), |it| (it.charges, it.stub));
        let Charges { once: paid, annual } = charges;
        once = once + paid;
        first_part = first_part.or(segment.length.part().map(|_| stub));
        years.extend((0..segment.length.years()).map(|_| annual));
    }
    [once].into_iter().chain(first_part).chain(years).collect()
}

/// Splits the charges of a line into dated items.
fn line_items(
    deal: &Deal<'_>,
    metric: &Metric,
    span: &ContractPeriod,
    dues: &[Money],
) -> Vec<(Date, CoveredPeriod, Money)> {
    let (Some(way), [once, dues @ ..]) = (deal.billing_schedule(metric), dues) else {
        return Vec::new();
    };
    let mut items = vec![(span.start(), CoveredPeriod::Once, *once)];
    for InvoicePeriods { parts, days, weights, is_after } in spans(way.frequency, span) {
        let amount = dues.get(parts).into_iter().flatten().copied().sum();
        let shares = rounding::split(amount, &weights, deal.book.currency.minor);
        items.extend(days.into_iter().zip(shares).map(|((from, to), amount)| {
            let date = match is_after {
                true => to.plus_days(1),
                false if way.at_signature => deal.date,
                false => from,
            };
            (date, CoveredPeriod::Days(from, to), amount)
        }));
    }
    items.retain(|(_, _, amount)| !amount.is_zero());
    items
}

struct InvoicePeriods {
    /// The parts of the contract whose charges are shared: the part of a year before the first whole one, if
    /// there is one, then each year.
    parts: Range<usize>,
    /// The first and the last day that each invoice covers.
    days: Vec<(Date, Date)>,
    /// The weight of each invoice: the same in a whole year, the number of days in a part of one.
    weights: Vec<u32>,
    is_after: bool,
}

fn spans(every: BillingFrequency, period: &ContractPeriod) -> Vec<InvoicePeriods> {
    let (stub, years) = (usize::from(period.length().part().is_some()), period.length().years());
    let BillingFrequency::Months { months, arrears } = every else {
        let days = vec![(period.start(), period.end())];
        let parts = 0..stub + years as usize;
        return vec![InvoicePeriods { parts, days, weights: vec![1], is_after: false }];
    };
    let mut spans = Vec::new();
    if stub == 1 {
        let begin = period.beginnings(months);
        let ends = begin.iter().skip(1).copied().chain([period.boundary(0)]);
        let days: Vec<_> = begin.iter().copied().zip(ends.map(|end| end.minus_days(1))).collect();
        let weights = days.iter().map(|(from, to)| from.days_to(*to) + 1).collect();
        spans.push(InvoicePeriods { parts: 0..1, days, weights, is_after: arrears });
    }
    for year in 0..years {
        let from = |part: u32| period.boundary(12 * year + months * part);
        let count = 12 / months;
        let days = (0..count).map(|part| (from(part), from(part + 1).minus_days(1))).collect();
        let (at, weights) = (stub + year as usize, vec![1; count as usize]);
        spans.push(InvoicePeriods { parts: at..at + 1, days, weights, is_after: arrears });
    }
    spans
}
