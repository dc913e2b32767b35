//! `dealdesk.usage/1`. Money and quantities are texts in plain decimal.

use crate::answer::usage::{CoveredUse, Estimate, MonthBill, UsageFigures, UsageStatement};
use crate::document::json::Json;
use crate::number::Currency;
use crate::quote::json::notice;
use crate::quote::json::price_book;
use crate::quote::json::required;
use crate::text::source::Place;
use serde::Serialize;

/// The statement as JSON, indented, with a line break at its end.
pub fn to_json(statement: &UsageStatement<'_, '_>) -> Json {
    crate::document::json::pretty(&UsageJson::of(statement))
}

#[derive(Serialize)]
struct UsageJson<'a> {
    schema: &'static str,
    customer: &'a str,
    currency: &'a str,
    price_book: Json,
    metric: &'a str,
    unit: &'a str,
    /// `book`: as many in every month; `real`: those of the calendar.
    hours_basis: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    committed: Option<String>,
    rows: u64,
    first: String,
    last: String,
    months: Vec<MonthBillJson<'a>>,
    totals: UsageFiguresJson,
    #[serde(skip_serializing_if = "Option::is_none")]
    estimate: Option<EstimateJson>,
    /// Cost of a year of such months.
    annualized: String,
    /// Cost of the use by subscription.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subscriptions: Vec<SubscriptionEquivalentJson<'a>>,
    /// For the deal, and for its months as they turned out.
    approval: &'a str,
    required: Json,
    violations: Json,
    warnings: Vec<Json>,
}

impl<'a> UsageJson<'a> {
    fn of(statement: &'a UsageStatement<'_, '_>) -> Self {
        let deal = statement.quote.deal;
        let (book, verdict) = (deal.book(), &statement.verdict);
        let currency = book.currency();
        let (first, last) = statement.readings.span;
        Self {
            schema: "dealdesk.usage/1",
            customer: deal.customer().unwrap_or_default(),
            currency: &currency.code,
            price_book: price_book(book),
            metric: statement.line.metric.name(),
            unit: &statement.line.metric.unit.0,
            hours_basis: statement.hours.name(),
            committed: statement.line.committed.map(|count| count.to_string()),
            rows: statement.readings.rows,
            first: first.to_string(),
            last: last.to_string(),
            months: statement.bills.iter().map(|bill| MonthBillJson::of(statement, bill)).collect(),
            totals: UsageFiguresJson::of(currency, &statement.total),
            estimate: statement.estimate.as_ref().map(|it| EstimateJson::of(currency, it)),
            annualized: currency.plain(statement.annualized()),
            subscriptions: SubscriptionEquivalentJson::all(statement),
            approval: book.ladder().name(verdict.level()),
            required: required(book.ladder(), verdict),
            violations: crate::quote::json::violations(verdict),
            warnings: statement.notices.iter().map(notice).collect(),
        }
    }
}

#[derive(Serialize)]
struct MonthBillJson<'a> {
    month: String,
    invoice_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    rows: u64,
    /// Line of the book that decided the price; `None` in a month without a charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<UsagePriceJson<'a>>,
    #[serde(flatten)]
    figures: UsageFiguresJson,
}

impl<'a> MonthBillJson<'a> {
    fn of(statement: &UsageStatement<'_, '_>, bill: &'a MonthBill<'_>) -> Self {
        let currency = statement.quote.deal.book().currency();
        Self {
            month: bill.month.to_string(),
            invoice_date: bill.date().to_string(),
            due: statement.due(bill).map(|due| due.to_string()),
            rows: bill.rows,
            price: bill.priced.as_ref().map(|priced| UsagePriceJson {
                range: priced.list.tier.quantity().to_string(),
                list_unit_price: currency.plain(priced.list.price),
                net_unit_price: currency.plain(priced.net()),
                source: &priced.list.tier.rule.source,
            }),
            figures: UsageFiguresJson::of(currency, &bill.figures),
        }
    }
}

#[derive(Serialize)]
struct UsagePriceJson<'a> {
    range: String,
    list_unit_price: String,
    net_unit_price: String,
    source: &'a Place,
}

#[derive(Serialize)]
struct UsageFiguresJson {
    hours: u32,
    used: String,
    /// To 3 places.
    average: String,
    charged: String,
    baseline: String,
    overage: String,
    amount: String,
}

impl UsageFiguresJson {
    fn of(currency: &Currency, figures: &UsageFigures) -> Self {
        Self {
            hours: figures.hours,
            used: figures.used.to_string(),
            average: figures.average().to_string(),
            charged: figures.charged.to_string(),
            baseline: currency.plain(figures.baseline),
            overage: currency.plain(figures.overage),
            amount: currency.plain(figures.amount()),
        }
    }
}

#[derive(Serialize)]
struct SubscriptionEquivalentJson<'a> {
    /// `average` or `busiest-month`.
    covers: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    month: Option<String>,
    metric: &'a str,
    quantity: String,
    list_annual: String,
    annual: String,
    level: &'a str,
    outside_policy: bool,
    source: &'a Place,
}

impl<'a> SubscriptionEquivalentJson<'a> {
    fn all(statement: &'a UsageStatement<'_, '_>) -> Vec<Self> {
        let book = statement.quote.deal.book();
        let currency = book.currency();
        let found = statement.subscribed.iter().map(|found| Self {
            covers: match found.covers {
                CoveredUse::Average => "average",
                CoveredUse::Busiest(_) => "busiest-month",
            },
            month: match found.covers {
                CoveredUse::Average => None,
                CoveredUse::Busiest(month) => Some(month.to_string()),
            },
            metric: found.metric.name(),
            quantity: found.quantity.to_string(),
            list_annual: currency.plain(found.priced.at_list.annual),
            annual: currency.plain(found.priced.at_net.annual),
            level: book.ladder().name(found.verdict.level()),
            outside_policy: found.verdict.is_refused(),
            source: &found.priced.list.tier.rule.source,
        });
        found.collect()
    }
}

#[derive(Serialize)]
struct EstimateJson {
    quantity: String,
    /// Use as a share of the estimate.
    used: String,
    annual: String,
    annualized: String,
    /// Annualized cost as a share of `annual`.
    amount: String,
}

impl EstimateJson {
    fn of(currency: &Currency, estimate: &Estimate) -> Self {
        Self {
            quantity: estimate.quantity.to_string(),
            used: estimate.used.plain(),
            annual: currency.plain(estimate.annual),
            annualized: currency.plain(estimate.annualized),
            amount: estimate.amount.plain(),
        }
    }
}
