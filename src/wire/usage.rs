//! `dealdesk.usage/1`. Money and quantities are texts in plain decimal.

use super::approvals::{RequirementWire, ViolationWire};
use super::book::BookWire;
use super::notice::NoticeWire;
use crate::source::Place;
use crate::usage::{Bill, Covered, Estimate, Figures, Statement};
use crate::value::Currency;
use serde::Serialize;

/// The statement as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json(statement: &Statement<'_, '_>) -> String {
    super::pretty(&Wire::of(statement))
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    customer: &'a str,
    currency: &'a str,
    price_book: BookWire<'a>,
    metric: &'a str,
    unit: &'a str,
    /// `book`: as many in every month; `real`: those of the calendar.
    hours_basis: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    committed: Option<String>,
    rows: u64,
    first: String,
    last: String,
    months: Vec<MonthWire<'a>>,
    totals: FiguresWire,
    #[serde(skip_serializing_if = "Option::is_none")]
    estimate: Option<EstimateWire>,
    /// What a year of months like these costs.
    annualised: String,
    /// The same by subscription.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    subscriptions: Vec<SubscribedWire<'a>>,
    /// For the deal, and for its months as they turned out.
    approval: &'a str,
    required: Vec<RequirementWire<'a>>,
    violations: Vec<ViolationWire<'a>>,
    warnings: Vec<NoticeWire<'a>>,
}

impl<'a> Wire<'a> {
    fn of(statement: &'a Statement<'_, '_>) -> Self {
        let deal = statement.quote.deal;
        let (book, verdict) = (deal.book(), &statement.verdict);
        let currency = book.currency();
        let (first, last) = statement.readings.span;
        Self {
            schema: "dealdesk.usage/1",
            customer: deal.customer().unwrap_or_default(),
            currency: &currency.code,
            price_book: BookWire::of(book),
            metric: statement.line.metric.name(),
            unit: &statement.line.metric.unit.0,
            hours_basis: statement.hours.name(),
            committed: statement.line.committed.map(|count| count.to_string()),
            rows: statement.readings.rows,
            first: first.to_string(),
            last: last.to_string(),
            months: statement.bills.iter().map(|bill| MonthWire::of(statement, bill)).collect(),
            totals: FiguresWire::of(currency, &statement.total),
            estimate: statement.estimate.as_ref().map(|it| EstimateWire::of(currency, it)),
            annualised: currency.plain(statement.annualised()),
            subscriptions: SubscribedWire::all(statement),
            approval: book.ladder().name(verdict.level()),
            required: RequirementWire::all(book.ladder(), verdict),
            violations: verdict.violations.iter().map(ViolationWire::of).collect(),
            warnings: statement.notices.iter().map(NoticeWire::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct MonthWire<'a> {
    month: String,
    invoice_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    rows: u64,
    /// What decided the price; nothing in a month without a charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<PriceWire<'a>>,
    #[serde(flatten)]
    figures: FiguresWire,
}

impl<'a> MonthWire<'a> {
    fn of(statement: &Statement<'_, '_>, bill: &'a Bill<'_>) -> Self {
        let currency = statement.quote.deal.book().currency();
        Self {
            month: bill.month.to_string(),
            invoice_date: bill.date().to_string(),
            due: statement.due(bill).map(|due| due.to_string()),
            rows: bill.rows,
            price: bill.priced.as_ref().map(|priced| PriceWire {
                range: priced.list.tier.quantity().to_string(),
                list_unit_price: currency.plain(priced.list.price),
                net_unit_price: currency.plain(priced.net()),
                source: &priced.list.tier.rule.source,
            }),
            figures: FiguresWire::of(currency, &bill.figures),
        }
    }
}

#[derive(Serialize)]
struct PriceWire<'a> {
    range: String,
    list_unit_price: String,
    net_unit_price: String,
    source: &'a Place,
}

#[derive(Serialize)]
struct FiguresWire {
    hours: u32,
    used: String,
    /// To 3 places.
    average: String,
    charged: String,
    baseline: String,
    overage: String,
    amount: String,
}

impl FiguresWire {
    fn of(currency: &Currency, figures: &Figures) -> Self {
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
struct SubscribedWire<'a> {
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

impl<'a> SubscribedWire<'a> {
    fn all(statement: &'a Statement<'_, '_>) -> Vec<Self> {
        let book = statement.quote.deal.book();
        let currency = book.currency();
        let found = statement.subscribed.iter().map(|found| Self {
            covers: match found.covers {
                Covered::Average => "average",
                Covered::Busiest(_) => "busiest-month",
            },
            month: match found.covers {
                Covered::Average => None,
                Covered::Busiest(month) => Some(month.to_string()),
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
struct EstimateWire {
    quantity: String,
    /// What was used, as a share of that.
    used: String,
    annual: String,
    annualised: String,
    /// That, as a share of `annual`.
    amount: String,
}

impl EstimateWire {
    fn of(currency: &Currency, estimate: &Estimate) -> Self {
        Self {
            quantity: estimate.quantity.to_string(),
            used: estimate.used.plain(),
            annual: currency.plain(estimate.annual),
            annualised: currency.plain(estimate.annualised),
            amount: estimate.amount.plain(),
        }
    }
}
