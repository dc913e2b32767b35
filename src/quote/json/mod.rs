//! `dealdesk.quote/1`. Money, rates and quantities are texts in plain decimal.

pub(crate) mod approvals;
pub mod book;
mod channel;
mod claim;
mod clause;
mod committed;
mod comparison;
pub mod invoices;
mod line;
pub(crate) mod notice;
pub(crate) mod period;
mod price;
mod record;
mod service;
mod step;
mod totals;

use super::json::approvals::{ApprovalsJson, ViolationJson};
use super::json::book::BookJson;
use super::json::invoices::InvoiceJson;
use super::json::notice::NoticeJson;
use super::json::period::ContractPeriodJson;
use crate::book::PaymentTerm;
use crate::quote::Quote;
use channel::ChannelJson;
pub(crate) use claim::ProgramClaimJson;
use clause::ClauseJson;
use comparison::SubscriptionComparisonJson;
use line::LineJson;
use record::RecordJson;
use serde::Serialize;
use service::ServiceJson;
use totals::TotalsJson;

/// The quote as JSON, indented, with a line break at its end.
pub fn to_json(quote: &Quote<'_, '_>) -> String {
    crate::document::json::pretty(&QuoteJson::of(quote))
}

#[derive(Serialize)]
struct QuoteJson<'a> {
    schema: &'static str,
    id: String,
    #[serde(flatten)]
    record: RecordJson<'a>,
    date: String,
    valid_until: String,
    currency: &'a str,
    price_book: BookJson<'a>,
    term_years: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    prepay: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<&'a str>,
    #[serde(flatten)]
    period: Option<ContractPeriodJson<'a>>,
    strategic: Vec<ProgramClaimJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    services: Vec<ServiceJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clauses: Vec<ClauseJson<'a>>,
    lines: Vec<LineJson<'a>>,
    totals: TotalsJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<ChannelJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    comparisons: Vec<SubscriptionComparisonJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    invoices: Vec<InvoiceJson>,
    approvals: ApprovalsJson<'a>,
    violations: Vec<ViolationJson<'a>>,
    warnings: Vec<NoticeJson<'a>>,
}

impl<'a> QuoteJson<'a> {
    fn of(quote: &'a Quote<'_, '_>) -> Self {
        let deal = quote.deal;
        let book = deal.book();
        let lines = deal.lines.iter().zip(&quote.pricing.lines);
        let schedule = quote.schedule.as_ref();
        let invoices = schedule.map(|schedule| InvoiceJson::all(&book.currency, schedule));
        Self {
            schema: "dealdesk.quote/1",
            id: quote.id(),
            record: RecordJson(&deal.record),
            date: deal.date.to_string(),
            valid_until: quote.valid_until().to_string(),
            currency: &book.currency.code,
            price_book: BookJson::of(book),
            term_years: deal.term.count(),
            prepay: deal.prepay(),
            payment: deal.payment.map(PaymentTerm::name),
            period: ContractPeriodJson::of(deal),
            strategic: ProgramClaimJson::all(deal),
            channel: ChannelJson::of(quote),
            comparisons: SubscriptionComparisonJson::all(quote),
            services: ServiceJson::all(quote),
            clauses: ClauseJson::all(quote),
            lines: lines.map(|(line, priced)| LineJson::of(deal, line, priced)).collect(),
            totals: TotalsJson::of(quote),
            invoices: invoices.unwrap_or_default(),
            approvals: ApprovalsJson::of(book.ladder(), &quote.verdict),
            violations: ViolationJson::all(&quote.verdict),
            warnings: quote.notices.iter().map(NoticeJson::of).collect(),
        }
    }
}
