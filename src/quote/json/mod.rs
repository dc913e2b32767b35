//! `dealdesk.quote/1`. Money, rates and quantities are texts in plain decimal.

pub(crate) mod approvals;
mod channel;
mod comparison;
pub mod invoices;
mod line;
mod record;

use crate::book::{Clause, PaymentTerm, PriceBook};
use crate::deal::Deal;
use crate::number::Money;
use crate::price::committed_tcv;
use crate::quote::Quote;
use crate::quote::billing::exposures;
use crate::text::source::Place;
use approvals::{ApprovalsJson, NoticeJson, ViolationJson};
use channel::ChannelJson;
use comparison::SubscriptionComparisonJson;
use invoices::{ContractPeriodJson, InvoiceJson};
use line::LineJson;
use record::RecordJson;
use serde::Serialize;

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
            lines: quote.pricing.lines.iter().map(|line| LineJson::of(deal, line)).collect(),
            totals: TotalsJson::of(quote),
            invoices: invoices.unwrap_or_default(),
            approvals: ApprovalsJson::of(book.ladder(), &quote.verdict),
            violations: ViolationJson::all(&quote.verdict),
            warnings: quote.notices.iter().map(NoticeJson::of).collect(),
        }
    }
}

#[derive(Serialize)]
pub(crate) struct TotalsJson {
    list_tcv: String,
    tcv: String,
    /// Contract value without any use, if something is committed.
    #[serde(skip_serializing_if = "Option::is_none")]
    committed_tcv: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    one_time: Option<String>,
    arr: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    exit_arr: Option<String>,
    acv: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_tcv: Option<String>,
    discount: String,
}

impl TotalsJson {
    pub(crate) fn of(quote: &Quote<'_, '_>) -> Self {
        let (deal, pricing) = (quote.deal, &quote.pricing);
        let (currency, totals) = (deal.book.currency(), &pricing.totals);
        let plain = |amount| currency.plain(amount);
        Self {
            list_tcv: plain(totals.list_tcv),
            tcv: plain(totals.tcv),
            committed_tcv: committed_tcv(deal, pricing).map(plain),
            one_time: (totals.once != Money::ZERO).then(|| plain(totals.once)),
            arr: plain(totals.arr),
            exit_arr: totals.exit_arr.map(plain),
            acv: plain(totals.acv),
            policy_tcv: totals.policy_tcv.map(plain),
            discount: totals.discount.plain(),
        }
    }
}

/// A clause that the customer wants in the contract.
#[derive(Serialize)]
pub(crate) struct ClauseJson<'a> {
    name: &'a str,
    title: &'a str,
    class: &'static str,
    /// Level that must approve; `none` where no level has to, or no level can.
    level: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'a str>,
    /// The customer's reason. The reason for an approval stands with the approvals.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_days: Option<u32>,
    /// Amount that the customer can ask back on the last of those days.
    #[serde(skip_serializing_if = "Option::is_none")]
    refund_exposure: Option<String>,
    source: &'a Place,
}

impl<'a> ClauseJson<'a> {
    pub(crate) fn all(quote: &'a Quote<'_, '_>) -> Vec<Self> {
        let deal = quote.deal;
        let ladder = deal.book.ladder();
        let exposures = exposures(deal, &quote.pricing);
        let exposure = |clause: &Clause| {
            let mine = exposures.iter().find(|exposure| exposure.clause.name == clause.name);
            mine.map(|exposure| deal.book.currency.plain(exposure.amount))
        };
        let clauses = deal.clauses.iter().map(|asked| Self {
            name: &asked.clause.name,
            title: &asked.clause.title,
            class: asked.clause.class.name(),
            level: ladder.name(asked.clause.approval.level),
            review: asked.clause.approval.review.as_deref(),
            reason: asked.reason.as_deref(),
            refund_days: asked.clause.refund_days,
            refund_exposure: exposure(asked.clause),
            source: &asked.clause.rule.source,
        });
        clauses.collect()
    }
}

/// A service that comes with the contract.
#[derive(Serialize)]
pub(crate) struct ServiceJson<'a> {
    name: &'a str,
    title: &'a str,
    /// Value of the service, as if it were charged in full.
    value: String,
    /// Part of the value that is included without charge.
    included: String,
    /// Price: value less the included part, paid once; part of `totals.one_time`.
    price: String,
    source: &'a Place,
}

impl<'a> ServiceJson<'a> {
    pub(crate) fn all(quote: &'a Quote<'_, '_>) -> Vec<Self> {
        let currency = quote.deal.book.currency();
        let services = quote.pricing.services.iter().map(|priced| Self {
            name: &priced.service.name,
            title: &priced.service.title,
            value: currency.plain(priced.value),
            included: currency.plain(priced.included),
            price: currency.plain(priced.price),
            source: &priced.service.rule.source,
        });
        services.collect()
    }
}

#[derive(Serialize)]
pub(crate) struct ProgramClaimJson<'a> {
    program: &'a str,
    /// `None` for a program whose discount follows from agreed prices.
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    duties: &'a [String],
}

impl<'a> ProgramClaimJson<'a> {
    pub(crate) fn all(deal: &'a Deal<'_>) -> Vec<Self> {
        let claims = deal.claims.iter().map(|claim| Self {
            program: claim.program.name(),
            rate: (!claim.rate.is_zero()).then(|| claim.rate.plain()),
            reason: claim.reason.as_deref(),
            duties: &claim.duties,
        });
        claims.collect()
    }
}

#[derive(Serialize)]
pub(crate) struct BookJson<'a> {
    name: &'a str,
    version: &'a str,
    sha256: &'a str,
}

impl<'a> BookJson<'a> {
    pub(crate) fn of(book: &'a PriceBook) -> Self {
        Self { name: book.name(), version: book.version(), sha256: book.sha256() }
    }
}
