//! `dealdesk.value/1`: what a deal is worth. Money is a text in plain decimal, and so are shares.

mod claim;

use super::approvals::{ApprovalsWire, ViolationWire};
use super::book::BookWire;
use super::notice::NoticeWire;
use crate::book::Often;
use crate::source::Place;
use crate::tco::{Against, Counted, Worth};
use crate::value::{Currency, Money, Rate, Share};
use claim::ClaimWire;
use serde::Serialize;

/// The answer as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json(worth: &Worth<'_, '_>) -> String {
    super::pretty(&Wire::of(worth))
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    quote: String,
    customer: &'a str,
    currency: &'a str,
    price_book: BookWire<'a>,
    /// The first day, on which present values are; that of the quote where the deal names none.
    start: String,
    horizon: String,
    /// Its whole years.
    horizon_years: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount_rate: Option<String>,
    price: PriceWire,
    /// What the customer pays besides; left out where the deal names nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    own_costs: Option<OwnWire<'a>>,
    alternatives: Vec<AgainstWire<'a>>,
    claims: Vec<ClaimWire<'a>>,
    claims_hold: bool,
    approvals: ApprovalsWire<'a>,
    violations: Vec<ViolationWire<'a>>,
    warnings: Vec<NoticeWire<'a>>,
}

impl<'a> Wire<'a> {
    fn of(worth: &'a Worth<'_, '_>) -> Self {
        let deal = worth.quote.deal;
        let (book, verdict) = (deal.book(), &worth.quote.verdict);
        let currency = book.currency();
        Self {
            schema: "dealdesk.value/1",
            quote: worth.quote.id(),
            customer: deal.customer().unwrap_or_default(),
            currency: &currency.code,
            price_book: BookWire::of(book),
            start: worth.horizon.start().to_string(),
            horizon: worth.horizon.length.to_string(),
            horizon_years: worth.horizon.length.years(),
            discount_rate: worth.rate.map(Rate::plain),
            price: PriceWire::of(worth, currency),
            own_costs: OwnWire::of(worth, currency),
            alternatives: worth.against.iter().map(|it| AgainstWire::of(worth, it)).collect(),
            claims: worth.claims.iter().map(|claim| ClaimWire::of(claim, currency)).collect(),
            claims_hold: worth.claims_hold(),
            approvals: ApprovalsWire::of(book.ladder(), verdict),
            violations: ViolationWire::all(verdict),
            warnings: worth.notices.iter().map(NoticeWire::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct PriceWire {
    total: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    present_value: Option<String>,
    payments: Vec<PaymentWire>,
}

#[derive(Serialize)]
struct PaymentWire {
    date: String,
    amount: String,
}

impl PriceWire {
    fn of(worth: &Worth<'_, '_>, currency: &Currency) -> Self {
        let payments = worth.price.payments.iter().map(|(date, amount)| PaymentWire {
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
struct OwnWire<'a> {
    costs: Vec<CostWire<'a>>,
    total: String,
    /// Our price and these: what net benefit, return and payback are measured by.
    with_price: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    present_value: Option<String>,
}

impl<'a> OwnWire<'a> {
    fn of(worth: &'a Worth<'_, '_>, currency: &Currency) -> Option<Self> {
        let own = &worth.own;
        (!own.costs.is_empty()).then(|| Self {
            costs: own.costs.iter().map(|it| CostWire::of(it, currency)).collect(),
            total: currency.plain(own.total),
            with_price: currency.plain(worth.price.total + own.total),
            present_value: own.present.map(|it| currency.plain(it)),
        })
    }
}

#[derive(Serialize)]
struct AgainstWire<'a> {
    name: &'a str,
    title: &'a str,
    costs: Vec<CostWire<'a>>,
    total: String,
    net_benefit: String,
    #[serde(flatten)]
    ratios: Option<RatiosWire>,
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
struct RatiosWire {
    /// Net benefit over what the alternative costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    saved: Option<String>,
    /// Net benefit over our price and the own costs.
    #[serde(skip_serializing_if = "Option::is_none")]
    roi: Option<String>,
    /// What the alternative costs over the same.
    #[serde(skip_serializing_if = "Option::is_none")]
    savings_multiple: Option<String>,
}

impl<'a> AgainstWire<'a> {
    fn of(worth: &'a Worth<'_, '_>, against: &'a Against<'_>) -> Self {
        let currency = worth.quote.deal.book().currency();
        let figures = against.figures;
        let plain = |share: Option<Share>| share.map(Share::plain);
        let ratios = RatiosWire {
            saved: plain(figures.saved()),
            roi: plain(figures.roi()),
            savings_multiple: plain(figures.multiple()),
        };
        let money = |amount: Money| currency.plain(amount);
        Self {
            name: against.alternative.name(),
            title: against.alternative.title(),
            costs: against.costs.iter().map(|it| CostWire::of(it, currency)).collect(),
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
struct CostWire<'a> {
    title: &'a str,
    amount: String,
    /// What the amount is for in years; none, where it is paid once.
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

impl<'a> CostWire<'a> {
    fn of(counted: &'a Counted<'_>, currency: &Currency) -> Self {
        let cost = counted.cost;
        Self {
            title: cost.title(),
            amount: currency.plain(cost.amount),
            years: match cost.often {
                Often::Once => None,
                Often::Years(years) => Some(years),
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
