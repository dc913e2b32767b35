//! `dealdesk.invoices/1`: the days of a contract, and its invoices.

use super::BookJson;
use super::approvals::{RequirementJson, ViolationJson};
use crate::book::PaymentTerm;
use crate::deal::{ContractPeriod, Deal};
use crate::number::Currency;
use crate::quote::Quote;
use crate::quote::billing::{CoveredPeriod, DealItem, InvoiceItem, InvoiceSchedule, Payer};
use crate::text::source::Place;
use serde::Serialize;

/// The invoices of a quote as JSON, `dealdesk.invoices/1`, indented, with a line break at its end.
pub fn to_json(quote: &Quote<'_, '_>) -> String {
    crate::document::json::pretty(&InvoicesJson::of(quote))
}

#[derive(Serialize)]
struct InvoicesJson<'a> {
    schema: &'static str,
    quote: String,
    customer: &'a str,
    currency: &'a str,
    price_book: BookJson<'a>,
    #[serde(flatten)]
    period: Option<ContractPeriodJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<&'a str>,
    /// `customer` or `partner`.
    payer: &'static str,
    invoices: Vec<InvoiceJson>,
    total: String,
    /// The level that has to agree, as in `approvals` of the quote.
    approval: &'a str,
    required: Vec<RequirementJson<'a>>,
    /// Violations, which no level can approve.
    violations: Vec<ViolationJson<'a>>,
}

impl<'a> InvoicesJson<'a> {
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
            price_book: BookJson::of(deal.book),
            period: ContractPeriodJson::of(deal),
            payment: deal.payment.map(PaymentTerm::name),
            payer: schedule.map_or(Payer::Customer, |schedule| schedule.payer).name(),
            invoices: schedule.map_or_else(Vec::new, |it| InvoiceJson::all(currency, it)),
            total: currency.plain(total),
            approval: deal.book.ladder().name(quote.verdict.level()),
            required: RequirementJson::all(deal.book.ladder(), &quote.verdict),
            violations: ViolationJson::all(&quote.verdict),
        }
    }
}

/// One invoice.
#[derive(Serialize)]
pub(crate) struct InvoiceJson {
    number: u32,
    date: String,
    due: String,
    amount: String,
    items: Vec<InvoiceItemJson>,
}

#[derive(Serialize)]
struct InvoiceItemJson {
    /// Number of the line in the quote, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    /// Number of the service in the quote, from 1.
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

impl InvoiceJson {
    pub(crate) fn all(currency: &Currency, schedule: &InvoiceSchedule) -> Vec<Self> {
        let numbered = (1..).zip(&schedule.invoices);
        let invoices = numbered.map(|(number, invoice)| Self {
            number,
            date: invoice.date.to_string(),
            due: invoice.due.to_string(),
            amount: currency.plain(invoice.amount),
            items: invoice.items.iter().map(|item| InvoiceItemJson::of(currency, item)).collect(),
        });
        invoices.collect()
    }
}

impl InvoiceItemJson {
    fn of(currency: &Currency, item: &InvoiceItem) -> Self {
        let (from, to) = match item.covers {
            CoveredPeriod::Days(from, to) => (Some(from.to_string()), Some(to.to_string())),
            CoveredPeriod::Once => (None, None),
        };
        let amount = currency.plain(item.amount);
        let (line, service) = match item.item {
            DealItem::Line(line) => (Some(line + 1), None),
            DealItem::Service(service) => (None, Some(service + 1)),
        };
        Self { line, service, from, to, estimate: item.is_estimate, amount }
    }
}

/// Keys of a quote that says when its contract starts.
#[derive(Serialize)]
pub(crate) struct ContractPeriodJson<'a> {
    start: String,
    end: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_part: Option<PartialYearJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    renewal: Option<RenewalJson<'a>>,
}

/// The part of a year before the first whole one.
#[derive(Serialize)]
struct PartialYearJson {
    from: String,
    to: String,
    count: u32,
    of: u32,
    unit: &'static str,
    convention: &'static str,
}

#[derive(Serialize)]
struct RenewalJson<'a> {
    /// The first day of the contract, where work would have to begin before it.
    work_from: String,
    /// None, where notice would be due before the first day.
    #[serde(skip_serializing_if = "Option::is_none")]
    notice_by: Option<String>,
    source: &'a Place,
}

impl<'a> ContractPeriodJson<'a> {
    pub(crate) fn of(deal: &Deal<'a>) -> Option<Self> {
        let period = deal.period()?;
        let renewal = deal.book.renewal.as_ref().filter(|_| deal.months().is_none());
        let (start, end) = (period.start(), period.end());
        let renewal = renewal.map(|renewal| RenewalJson {
            work_from: renewal.start_renewal_by(start, end).unwrap_or(start).to_string(),
            notice_by: renewal.give_notice_by(start, end).map(|day| day.to_string()),
            source: &renewal.rule.source,
        });
        Some(Self {
            start: start.to_string(),
            end: deal.end()?.to_string(),
            first_part: PartialYearJson::of(period),
            renewal,
        })
    }
}

impl PartialYearJson {
    fn of(period: &ContractPeriod) -> Option<Self> {
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
