//! `dealdesk.invoices/1`: the days of a contract, and its invoices.

use super::{price_book, required, violations};
use crate::deal::Deal;
use crate::document::json::{Json, object};
use crate::number::Currency;
use crate::quote::billing::{CoveredPeriod, DealItem, InvoiceItem, InvoiceSchedule, Payer};
use crate::quote::{Quote, quote_id};

/// The invoices of a quote as JSON, `dealdesk.invoices/1`.
pub fn to_json(quote: &Quote<'_, '_>) -> Json {
    let deal = quote.deal;
    let (ladder, currency) = (deal.book.ladder(), &deal.book.currency);
    let schedule = quote.schedule.as_ref();
    let digest = quote.digest();
    object! {
        schema: "dealdesk.invoices/1",
        quote: quote_id(&digest),
        digest: &digest,
        customer: deal.customer().unwrap_or_default(),
        currency: &currency.code,
        price_book: price_book(deal.book),
        ..contract_period(deal),
        payment: deal.payment.map(|term| term.name.as_str()),
        payer: schedule.map_or(Payer::Customer, |schedule| schedule.payer).name(),
        invoices: schedule.map_or_else(Vec::new, |it| all(currency, it)),
        total: currency.plain(schedule.map(|schedule| schedule.total).unwrap_or_default()),
        approval: ladder.name(quote.verdict.level()),
        required: required(ladder, &quote.verdict),
        violations: violations(&quote.verdict),
    }
}

/// The invoices, numbered from 1.
pub(super) fn all(currency: &Currency, schedule: &InvoiceSchedule) -> Vec<Json> {
    let numbered = (1_u32..).zip(&schedule.invoices);
    let invoices = numbered.map(|(number, invoice)| {
        object! {
            number,
            date: invoice.date,
            due: invoice.due,
            amount: currency.plain(invoice.amount),
            items: Json::list(invoice.items.iter().map(|it| item(currency, it))),
        }
    });
    invoices.collect()
}

/// An item, with the number from 1 of its line or service in the quote, and the days it pays for.
fn item(currency: &Currency, item: &InvoiceItem) -> Json {
    let (from, to) = match item.covers {
        CoveredPeriod::Days(from, to) => (Some(from), Some(to)),
        CoveredPeriod::Once => (None, None),
    };
    let (line, service) = match item.item {
        DealItem::Line(line) => (Some(line + 1), None),
        DealItem::Service(service) => (None, Some(service + 1)),
    };
    object! {
        line,
        service,
        from,
        to,
        estimate: Json::if_true(item.is_estimate),
        amount: currency.plain(item.amount),
    }
}

/// The days of a contract, if the deal states its first.
pub(super) fn contract_period(deal: &Deal<'_>) -> Option<Json> {
    let period = deal.period()?;
    let (start, end) = (period.start(), period.end());
    let first_part = period.length().part().map(|part| {
        object! {
            from: start,
            to: period.boundary(0).minus_days(1),
            count: part.count(),
            of: part.of(),
            unit: part.unit(),
            convention: part.convention.name(),
        }
    });
    // Renewal work that would begin before the contract begins on its first day.
    let renewal = deal.book.renewal.as_ref().filter(|_| deal.months().is_none()).map(|renewal| {
        object! {
            work_from: renewal.start_renewal_by(start, end).unwrap_or(start),
            notice_by: renewal.give_notice_by(start, end),
            source: &renewal.rule.source,
        }
    });
    Some(object! { start, end: deal.end()?, first_part, renewal })
}
