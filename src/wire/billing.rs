//! When a contract runs, and its invoices.

use super::quote::BookWire;
use crate::billing::{Bought, Covers, Item, Payer, Schedule};
use crate::book::PaymentTerm;
use crate::deal::{Deal, Period};
use crate::quote::Quote;
use crate::value::Currency;
use serde::Serialize;

/// Keys of a quote that says when its contract starts.
#[derive(Serialize)]
pub(super) struct PeriodWire<'a> {
    start: String,
    end: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_part: Option<PartWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    renewal: Option<RenewalWire<'a>>,
}

/// The part of a year before the first whole one.
#[derive(Serialize)]
struct PartWire {
    from: String,
    to: String,
    count: u32,
    of: u32,
    unit: &'static str,
    convention: &'static str,
}

#[derive(Serialize)]
struct RenewalWire<'a> {
    work_from: String,
    notice_by: String,
    source: &'a str,
}

impl<'a> PeriodWire<'a> {
    pub(super) fn of(deal: &Deal<'a>) -> Option<Self> {
        let period = deal.period()?;
        let renewal = deal.book.renewal.as_ref().filter(|_| deal.months().is_none());
        let renewal = renewal.map(|renewal| RenewalWire {
            work_from: renewal.work_from(period.end()).to_string(),
            notice_by: renewal.notice_by(period.end()).to_string(),
            source: &renewal.rule.source,
        });
        Some(Self {
            start: period.start().to_string(),
            end: deal.end()?.to_string(),
            first_part: PartWire::of(period),
            renewal,
        })
    }
}

impl PartWire {
    fn of(period: &Period) -> Option<Self> {
        let part = period.length().part()?;
        Some(Self {
            from: period.start().to_string(),
            to: period.boundary(0).minus_days(1).to_string(),
            count: part.count(),
            of: part.of(),
            unit: part.unit(),
            convention: part.convention().name(),
        })
    }
}

/// The invoices of a quote as JSON, `dealdesk.invoices/1`, indented, with a line break at its end.
#[must_use]
pub fn to_json(quote: &Quote<'_, '_>) -> String {
    let wire = Wire::of(quote);
    // Only maps with keys that are no texts can fail, and there are none.
    let mut json = super::harmless(&serde_json::to_string_pretty(&wire).unwrap_or_default());
    json.push('\n');
    json
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    quote: String,
    customer: &'a str,
    currency: &'a str,
    price_book: BookWire<'a>,
    #[serde(flatten)]
    period: Option<PeriodWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<&'a str>,
    /// `customer` or `partner`.
    payer: &'static str,
    invoices: Vec<InvoiceWire>,
    total: String,
}

impl<'a> Wire<'a> {
    fn of(quote: &'a Quote<'_, '_>) -> Self {
        let deal = quote.deal;
        let currency = deal.book.currency();
        let schedule = quote.schedule.as_ref();
        let total = schedule.map(|schedule| schedule.total).unwrap_or_default();
        Self {
            schema: "dealdesk.invoices/1",
            quote: quote.id(),
            customer: deal.customer().unwrap_or_default(),
            currency: &currency.code,
            price_book: BookWire::of(deal.book),
            period: PeriodWire::of(deal),
            payment: deal.payment.map(PaymentTerm::name),
            payer: match schedule.map(|schedule| schedule.payer) {
                Some(Payer::Partner) => "partner",
                Some(Payer::Customer) | None => "customer",
            },
            invoices: schedule.map_or_else(Vec::new, |it| InvoiceWire::all(currency, it)),
            total: currency.plain(total),
        }
    }
}

/// One invoice.
#[derive(Serialize)]
pub(super) struct InvoiceWire {
    number: u32,
    date: String,
    due: String,
    amount: String,
    items: Vec<ItemWire>,
}

#[derive(Serialize)]
struct ItemWire {
    /// Which line of the quote, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// Which service of the quote, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    service: Option<usize>,
    /// The days that it pays for; none where that is once.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    estimate: bool,
    amount: String,
}

impl InvoiceWire {
    pub(super) fn all(currency: &Currency, schedule: &Schedule) -> Vec<Self> {
        let numbered = (1..).zip(&schedule.invoices);
        let invoices = numbered.map(|(number, invoice)| Self {
            number,
            date: invoice.date.to_string(),
            due: invoice.due.to_string(),
            amount: currency.plain(invoice.amount),
            items: invoice.items.iter().map(|item| ItemWire::of(currency, item)).collect(),
        });
        invoices.collect()
    }
}

impl ItemWire {
    fn of(currency: &Currency, item: &Item) -> Self {
        let (from, to) = match item.covers {
            Covers::Days(from, to) => (Some(from.to_string()), Some(to.to_string())),
            Covers::Once => (None, None),
        };
        let amount = currency.plain(item.amount);
        let (line, service) = match item.of {
            Bought::Line(line) => (Some(line + 1), None),
            Bought::Service(service) => (None, Some(service + 1)),
        };
        Self { line, service, from, to, estimate: item.is_estimate, amount }
    }
}
