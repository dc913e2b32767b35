//! `dealdesk.usage/1`. Money and quantities are texts in plain decimal.

use super::{
    CoveredUse, Estimate, MonthBill, SubscriptionEquivalent, UsageFigures, UsageStatement,
};
use crate::book::{Metric, MonthHours, PriceBasis};
use crate::deal::{Partner, PartnerTerms};
use crate::document::json::{Json, object};
use crate::quote::billing::Payer;
use crate::quote::json::{notice, price_book, required, violations};

/// `annualized` is the cost of a year of such months; the months count for the approvals too.
pub fn to_json(statement: &UsageStatement<'_, '_>) -> Json {
    let (deal, line) = (statement.quote.deal, statement.line);
    let (book, verdict) = (deal.book, &statement.verdict);
    let currency = &book.currency;
    let (first, last) = statement.readings.span;
    let subscriptions = statement.subscribed.iter().map(|it| subscription(statement, it));
    object! {
        schema: "dealdesk.usage/1",
        customer: deal.customer().unwrap_or_default(),
        date: deal.date,
        currency: &currency.code,
        price_book: price_book(book),
        metric: line.metric.name(),
        unit: &line.metric.unit,
        hours_basis: statement.hours.map(MonthHours::name),
        committed: line.committed,
        payer: statement.payer.name(),
        channel: deal.partner.as_ref().map(|it| channel(it, line.metric)),
        rows: statement.readings.rows,
        first: first.to_string(),
        last: last.to_string(),
        months: Json::list(statement.bills.iter().map(|it| month(statement, it))),
        totals: figures(statement, &statement.total),
        estimate: statement.estimate.as_ref().map(|it| estimate(statement, it)),
        annualized: currency.plain(statement.annualized),
        subscriptions: Json::list_if_any(subscriptions),
        approval: book.ladder().name(verdict.level()),
        required: required(book.ladder(), verdict),
        violations: violations(verdict),
        warnings: Json::list(statement.notices.iter().map(notice)),
    }
}

/// The partner that buys the use and sells it on.
fn channel(partner: &Partner<'_>, metric: &Metric) -> Json {
    let (rate, base) = match partner.terms {
        PartnerTerms::Discount { base, .. } => (Some(partner.rate_for(metric)), Some(base.name())),
        PartnerTerms::RevenueShare { .. } => (None, None),
    };
    object! {
        name: partner.channel.name(),
        partner: partner.name(),
        rate,
        base,
        source: &partner.channel.rule.source,
    }
}

/// The invoice of a month, to the payer of the statement. A month without a charge has no price.
fn month(statement: &UsageStatement<'_, '_>, bill: &MonthBill<'_>) -> Json {
    let currency = &statement.quote.deal.book.currency;
    let price = bill.priced.as_ref().map(|priced| {
        object! {
            range: priced.list.tier.quantity.to_string(),
            basis: (priced.list.basis != PriceBasis::Unit).then(|| priced.list.basis.name()),
            list_unit_price: currency.plain(priced.list.price),
            net_unit_price: currency.plain(priced.net()),
            partner_unit_price: bill.resold.as_ref().map(|it| currency.plain(it.price)),
            source: &priced.list.tier.rule.source,
        }
    });
    object! {
        month: bill.month.to_string(),
        invoice_date: bill.date(),
        due: statement.due(bill),
        rows: bill.rows,
        price,
        ..figures(statement, &bill.figures),
    }
}

fn figures(statement: &UsageStatement<'_, '_>, figures: &UsageFigures) -> Json {
    let currency = &statement.quote.deal.book.currency;
    let is_resold = statement.payer == Payer::Partner;
    object! {
        hours: statement.hours.map(|_| figures.hours),
        used: figures.used.to_string(),
        average: statement.hours.map(|_| figures.average()),
        charged: figures.charged.to_string(),
        baseline: currency.plain(figures.baseline),
        overage: currency.plain(figures.overage),
        amount: currency.plain(figures.amount()),
        customer_amount: is_resold.then(|| currency.plain(figures.customer)),
    }
}

fn subscription(
    statement: &UsageStatement<'_, '_>,
    equivalent: &SubscriptionEquivalent<'_>,
) -> Json {
    let book = statement.quote.deal.book;
    let (covers, month) = match equivalent.covers {
        CoveredUse::Average => ("average", None),
        CoveredUse::Busiest(month) => ("busiest-month", Some(month.to_string())),
    };
    object! {
        covers,
        month,
        metric: equivalent.metric.name(),
        quantity: equivalent.quantity,
        list_annual: book.currency.plain(equivalent.priced.at_list.annual),
        annual: book.currency.plain(equivalent.priced.at_net.annual),
        level: book.ladder().name(equivalent.verdict.level()),
        outside_policy: equivalent.verdict.is_refused(),
        source: &equivalent.priced.list.tier.rule.source,
    }
}

/// The use and its annualized cost as shares of the estimate.
fn estimate(statement: &UsageStatement<'_, '_>, estimate: &Estimate) -> Json {
    let currency = &statement.quote.deal.book.currency;
    object! {
        quantity: estimate.quantity,
        used: estimate.used,
        annual: currency.plain(estimate.annual),
        annualized: currency.plain(statement.annualized),
        amount: estimate.amount,
    }
}
