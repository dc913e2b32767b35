//! `dealdesk.quote/1`. Money, rates and quantities are texts in plain decimal.

mod channel;
mod claim;
mod clause;
mod committed;
mod comparison;
mod line;
mod price;
mod service;
mod step;
mod totals;

use super::approvals::{ApprovalsWire, ViolationWire};
use super::book::BookWire;
use super::invoices::InvoiceWire;
use super::notice::NoticeWire;
use super::period::PeriodWire;
use crate::book::PaymentTerm;
use crate::quote::Quote;
use channel::ChannelWire;
pub(in crate::wire) use claim::ClaimWire;
use clause::ClauseWire;
use comparison::ComparisonWire;
use line::LineWire;
use serde::Serialize;
use service::ServiceWire;
use totals::TotalsWire;

/// The quote as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json(quote: &Quote<'_, '_>) -> String {
    super::pretty(&Wire::of(quote))
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    id: String,
    customer: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    segment: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    opportunity: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    incumbent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<&'a str>,
    date: String,
    valid_until: String,
    currency: &'a str,
    price_book: BookWire<'a>,
    term_years: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    prepay: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<&'a str>,
    #[serde(flatten)]
    period: Option<PeriodWire<'a>>,
    strategic: Vec<ClaimWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    services: Vec<ServiceWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    clauses: Vec<ClauseWire<'a>>,
    lines: Vec<LineWire<'a>>,
    totals: TotalsWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<ChannelWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    comparisons: Vec<ComparisonWire<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    invoices: Vec<InvoiceWire>,
    approvals: ApprovalsWire<'a>,
    violations: Vec<ViolationWire<'a>>,
    warnings: Vec<NoticeWire<'a>>,
}

impl<'a> Wire<'a> {
    fn of(quote: &'a Quote<'_, '_>) -> Self {
        let deal = quote.deal;
        let book = deal.book();
        let lines = deal.lines.iter().zip(&quote.pricing.lines);
        let schedule = quote.schedule.as_ref();
        let invoices = schedule.map(|schedule| InvoiceWire::all(&book.currency, schedule));
        Self {
            schema: "dealdesk.quote/1",
            id: quote.id(),
            customer: deal.customer().unwrap_or_default(),
            segment: deal.segment.as_deref(),
            opportunity: deal.opportunity.as_deref(),
            incumbent: deal.incumbent.as_deref(),
            notes: deal.notes.as_deref(),
            date: deal.date.to_string(),
            valid_until: quote.valid_until().to_string(),
            currency: &book.currency.code,
            price_book: BookWire::of(book),
            term_years: deal.term.count(),
            prepay: deal.prepay(),
            payment: deal.payment.map(PaymentTerm::name),
            period: PeriodWire::of(deal),
            strategic: ClaimWire::all(deal),
            channel: ChannelWire::of(quote),
            comparisons: ComparisonWire::all(quote),
            services: ServiceWire::all(quote),
            clauses: ClauseWire::all(quote),
            lines: lines.map(|(line, priced)| LineWire::of(deal, line, priced)).collect(),
            totals: TotalsWire::of(quote),
            invoices: invoices.unwrap_or_default(),
            approvals: ApprovalsWire::of(book.ladder(), &quote.verdict),
            violations: ViolationWire::all(&quote.verdict),
            warnings: quote.notices.iter().map(NoticeWire::of).collect(),
        }
    }
}
