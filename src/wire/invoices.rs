//! `dealdesk.invoices/1`, and the invoices of a quote.

use super::approvals::{RequirementWire, ViolationWire};
use super::book::BookWire;
use super::period::PeriodWire;
use crate::billing::{Bought, Covers, Item, Payer, Schedule};
use crate::book::PaymentTerm;
use crate::quote::Quote;
use crate::value::Currency;
use serde::Serialize;

/// The invoices of a quote as JSON, `dealdesk.invoices/1`, indented, with a line break at its end.
#[must_use]
pub fn to_json(quote: &Quote<'_, '_>) -> String {
    super::pretty(&Wire::of(quote))
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
    /// The level that has to agree, as in `approvals` of the quote.
    approval: &'a str,
    required: Vec<RequirementWire<'a>>,
    /// What no level can grant.
    violations: Vec<ViolationWire<'a>>,
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
            payer: schedule.map_or(Payer::Customer, |schedule| schedule.payer).name(),
            invoices: schedule.map_or_else(Vec::new, |it| InvoiceWire::all(currency, it)),
            total: currency.plain(total),
            approval: deal.book.ladder().name(quote.verdict.level()),
            required: RequirementWire::all(deal.book.ladder(), &quote.verdict),
            violations: ViolationWire::all(&quote.verdict),
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
