//! `dealdesk.value/1`: what a deal is worth. Money is a text in plain decimal, and so are shares.

mod claim;

use crate::answer::value::{AlternativeComparison, CountedCost, ValueAnalysis};
use crate::book::CostFrequency;
use crate::document::json::Json;
use crate::number::{Currency, Money, Rate, Share};
use crate::quote::json::notice;
use crate::quote::json::price_book;
use crate::quote::json::{approvals, violations};
use crate::text::source::Place;
use claim::JudgedClaimJson;
use serde::Serialize;

/// The answer as JSON, indented, with a line break at its end.
pub fn to_json(worth: &ValueAnalysis<'_, '_>) -> Json {
    crate::document::json::pretty(&ValueJson::of(worth))
}

#[derive(Serialize)]
struct ValueJson<'a> {
    schema: &'static str,
    quote: String,
    customer: &'a str,
    currency: &'a str,
    price_book: Json,
    /// The first day, on which present values are; that of the quote where the deal names none.
    start: String,
    horizon: String,
    /// Whole years of the horizon.
    horizon_years: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount_rate: Option<String>,
    price: OurPriceJson,
    /// Own costs of the customer; left out where the deal names none.
    #[serde(skip_serializing_if = "Option::is_none")]
    own_costs: Option<OwnCostsJson<'a>>,
    alternatives: Vec<AlternativeJson<'a>>,
    claims: Vec<JudgedClaimJson<'a>>,
    claims_hold: bool,
    approvals: Json,
    violations: Json,
    warnings: Vec<Json>,
}

impl<'a> ValueJson<'a> {
    fn of(worth: &'a ValueAnalysis<'_, '_>) -> Self {
        let deal = worth.quote.deal;
        let (book, verdict) = (deal.book(), &worth.quote.verdict);
        let currency = book.currency();
        Self {
            schema: "dealdesk.value/1",
            quote: worth.quote.id(),
            customer: deal.customer().unwrap_or_default(),
            currency: &currency.code,
            price_book: price_book(book),
            start: worth.horizon.start().to_string(),
            horizon: worth.horizon.length.to_string(),
            horizon_years: worth.horizon.length.years(),
            discount_rate: worth.rate.map(Rate::plain),
            price: OurPriceJson::of(worth, currency),
            own_costs: OwnCostsJson::of(worth, currency),
            alternatives: worth.against.iter().map(|it| AlternativeJson::of(worth, it)).collect(),
            claims: worth.claims.iter().map(|claim| JudgedClaimJson::of(claim, currency)).collect(),
            claims_hold: worth.claims_hold(),
            approvals: approvals(book.ladder(), verdict),
            violations: violations(verdict),
            warnings: worth.notices.iter().map(notice).collect(),
        }
    }
}

#[derive(Serialize)]
struct OurPriceJson {
    total: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    present_value: Option<String>,
    payments: Vec<PaymentJson>,
}

#[derive(Serialize)]
struct PaymentJson {
    date: String,
    amount: String,
}

impl OurPriceJson {
    fn of(worth: &ValueAnalysis<'_, '_>, currency: &Currency) -> Self {
        let payments = worth.price.payments.iter().map(|(date, amount)| PaymentJson {
            date: date.to_string(),
            amount: currency.plain(*amount),
        });
        Self {
            total: currency.plain(worth.price.total),
            present_value: worth.present_price.map(|it| currency.plain(it)),
            payments: payments.collect(),
        }
    }
}

#[derive(Serialize)]
struct OwnCostsJson<'a> {
    costs: Vec<CostJson<'a>>,
    total: String,
    /// Our price and these: what net benefit, return and payback are measured by.
    with_price: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    present_value: Option<String>,
}

impl<'a> OwnCostsJson<'a> {
    fn of(worth: &'a ValueAnalysis<'_, '_>, currency: &Currency) -> Option<Self> {
        let own = &worth.own;
        (!own.costs.is_empty()).then(|| Self {
            costs: own.costs.iter().map(|it| CostJson::of(it, currency)).collect(),
            total: currency.plain(own.total),
            with_price: currency.plain(worth.price.total + own.total),
            present_value: own.present.map(|it| currency.plain(it)),
        })
    }
}

#[derive(Serialize)]
struct AlternativeJson<'a> {
    name: &'a str,
    title: &'a str,
    costs: Vec<CostJson<'a>>,
    total: String,
    net_benefit: String,
    #[serde(flatten)]
    ratios: Option<RatiosJson>,
    /// The first month by whose end it would have cost what was invoiced, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    payback_month: Option<u32>,
    /// The first month after which that stays so.
    #[serde(skip_serializing_if = "Option::is_none")]
    payback_lasting_month: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    present_value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    present_net_benefit: Option<String>,
}

/// Shares with 4 places; none of an alternative without a cost.
#[derive(Serialize)]
struct RatiosJson {
    /// Net benefit over what the alternative costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    saved: Option<String>,
    /// Net benefit over our price and the own costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    roi: Option<String>,
    /// Cost of the alternative over our price and the own costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    savings_multiple: Option<String>,
}

impl<'a> AlternativeJson<'a> {
    fn of(worth: &'a ValueAnalysis<'_, '_>, against: &'a AlternativeComparison<'_>) -> Self {
        let currency = worth.quote.deal.book().currency();
        let figures = against.figures;
        let plain = |share: Option<Share>| share.map(Share::plain);
        let ratios = RatiosJson {
            saved: plain(figures.saved()),
            roi: plain(figures.roi()),
            savings_multiple: plain(figures.multiple()),
        };
        let money = |amount: Money| currency.plain(amount);
        Self {
            name: against.alternative.name(),
            title: against.alternative.title(),
            costs: against.costs.iter().map(|it| CostJson::of(it, currency)).collect(),
            total: money(figures.alternative),
            net_benefit: money(figures.saving()),
            ratios: (!against.costs.is_empty()).then_some(ratios),
            payback_month: against.payback.map(|it| it.first),
            payback_lasting_month: against.payback.map(|it| it.lasting),
            present_value: against.present.map(money),
            present_net_benefit: worth.present_saving(against).map(money),
        }
    }
}

#[derive(Serialize)]
struct CostJson<'a> {
    title: &'a str,
    amount: String,
    /// Number of years that the amount covers; `None` where it is paid once.
    #[serde(skip_serializing_if = "Option::is_none")]
    years: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    per: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<String>,
    total: String,
    /// `book` or `customer`.
    from: &'static str,
    assumed: bool,
    source: &'a Place,
}

impl<'a> CostJson<'a> {
    fn of(counted: &'a CountedCost<'_>, currency: &Currency) -> Self {
        let cost = counted.cost;
        Self {
            title: cost.title(),
            amount: currency.plain(cost.amount),
            years: match cost.frequency {
                CostFrequency::Once => None,
                CostFrequency::Years(years) => Some(years),
            },
            per: cost.per.as_ref().map(ToString::to_string),
            times: counted.times.map(|times| times.to_string()),
            total: currency.plain(counted.total),
            from: if counted.is_own { "customer" } else { "book" },
            assumed: cost.is_assumed(),
            source: &cost.rule().source,
        }
    }
}
