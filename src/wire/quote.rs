//! `dealdesk.quote/1`. Money, rates and quantities are texts in plain decimal.

use super::billing::{self, InvoiceWire};
use super::channel::ChannelWire;
use super::clause::ClauseWire;
use super::committed::CommittedWire;
use super::comparison::ComparisonWire;
use super::service::ServiceWire;
use crate::advise::Notice;
use crate::approve::{Requirement, Violation};
use crate::book::{PaymentTerm, Per, PriceBook, Way};
use crate::deal::{Deal, Line, Segment};
use crate::price::{Grant, PricedLine, PricedSegment, Step, Totals, certain};
use crate::quote::Quote;
use crate::value::{Currency, Money, Rate, Share};
use serde::Serialize;

/// The quote as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json(quote: &Quote<'_, '_>) -> String {
    let wire = Wire::of(quote);
    // Only maps with keys that are no texts can fail, and there are none.
    let mut json = super::harmless(&serde_json::to_string_pretty(&wire).unwrap_or_default());
    json.push('\n');
    json
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
    period: Option<billing::PeriodWire<'a>>,
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
            period: billing::PeriodWire::of(deal),
            strategic: ClaimWire::all(deal),
            channel: ChannelWire::of(quote),
            comparisons: ComparisonWire::all(quote),
            services: ServiceWire::all(quote),
            clauses: ClauseWire::all(quote),
            lines: lines.map(|(line, priced)| LineWire::of(deal, line, priced)).collect(),
            totals: TotalsWire {
                committed_tcv: certain(deal, &quote.pricing).map(|it| book.currency.plain(it)),
                ..TotalsWire::of(&book.currency, &quote.pricing.totals)
            },
            invoices: invoices.unwrap_or_default(),
            approvals: ApprovalsWire::of(quote),
            violations: quote.verdict.violations.iter().map(ViolationWire::of).collect(),
            warnings: quote.notices.iter().map(NoticeWire::of).collect(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct BookWire<'a> {
    name: &'a str,
    version: &'a str,
    sha256: &'a str,
}

impl<'a> BookWire<'a> {
    pub(super) fn of(book: &'a PriceBook) -> Self {
        Self { name: book.name(), version: book.version(), sha256: book.sha256() }
    }
}

#[derive(Serialize)]
struct ClaimWire<'a> {
    program: &'a str,
    /// Nothing where agreed prices say it.
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    duties: &'a [String],
}

impl<'a> ClaimWire<'a> {
    fn all(deal: &'a Deal<'_>) -> Vec<Self> {
        let claims = deal.claims.iter().map(|claim| Self {
            program: claim.program.name(),
            rate: (!claim.rate.is_zero()).then(|| claim.rate.plain()),
            reason: claim.reason.as_deref(),
            duties: &claim.duties,
        });
        claims.collect()
    }
}

/// The keys that a line and each year of a ramp have.
#[derive(Serialize)]
struct PriceWire<'a> {
    quantity: String,
    list_unit_price: String,
    net_unit_price: String,
    /// What policy gives by itself, where a price was agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_unit_price: Option<String>,
    /// What a unit price is for: `unit`, `package` or `line`.
    price_basis: &'static str,
    /// How many of them a line takes.
    price_times: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    monthly: Option<String>,
    /// Paid once, beside what is paid every year.
    #[serde(skip_serializing_if = "Option::is_none")]
    one_time: Option<String>,
    list_annual: String,
    annual: String,
    list_tcv: String,
    tcv: String,
    discount: String,
    waterfall: Vec<StepWire<'a>>,
}

impl<'a> PriceWire<'a> {
    /// `years` are those that its contract value is for.
    fn of(
        currency: &Currency,
        line: &Line<'_>,
        segment: &Segment<'_>,
        priced: &'a PricedSegment<'_>,
    ) -> Self {
        let plain = |amount| currency.plain(amount);
        let net = priced.net();
        let times = priced.list.times;
        let steps = priced.waterfall.steps().iter();
        let monthly = match line.metric.per {
            Per::Year | Per::Once { .. } => None,
            Per::Hour { per_month } => Some(plain(net * times * per_month)),
        };
        Self {
            quantity: segment.expected().to_string(),
            list_unit_price: plain(priced.list.price),
            net_unit_price: plain(net),
            policy_unit_price: priced.policy.map(|policy| plain(policy.price)),
            price_basis: priced.list.basis.name(),
            price_times: times.to_string(),
            monthly,
            one_time: (priced.at_net.once != Money::ZERO).then(|| plain(priced.at_net.once)),
            list_annual: plain(priced.at_list.annual),
            annual: plain(priced.at_net.annual),
            list_tcv: plain(priced.list_tcv()),
            tcv: plain(priced.tcv()),
            discount: priced.discount().plain(),
            waterfall: steps.map(|step| StepWire::of(currency, step)).collect(),
        }
    }
}

impl PriceWire<'_> {
    /// The contract value of one of several years.
    fn of_one_year(&mut self) {
        self.list_tcv.clone_from(&self.list_annual);
        self.tcv.clone_from(&self.annual);
    }
}

#[derive(Serialize)]
struct LineWire<'a> {
    metric: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hosts: Option<u32>,
    per: &'static str,
    /// How long what is bought once lasts; without it, for good.
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    billing: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    committed: Option<CommittedWire>,
    #[serde(flatten)]
    price: PriceWire<'a>,
    /// One a year, where years differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    periods: Vec<PeriodWire<'a>>,
}

#[derive(Serialize)]
struct PeriodWire<'a> {
    year: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    #[serde(flatten)]
    price: PriceWire<'a>,
}

impl<'a> LineWire<'a> {
    fn of(deal: &Deal<'a>, line: &Line<'a>, priced: &'a PricedLine<'_>) -> Self {
        let currency = &deal.book.currency;
        let plain = |amount| currency.plain(amount);
        let segments = line.segments.iter().zip(&priced.segments);
        let mut periods = Vec::new();
        if line.is_ramp() {
            for (segment, years) in segments.clone() {
                for _ in 0..years.length.years() {
                    let mut price = PriceWire::of(currency, line, segment, years);
                    price.of_one_year();
                    let year = u32::try_from(periods.len()).unwrap_or(u32::MAX).saturating_add(1);
                    periods.push(PeriodWire { year, edition: edition(years), price });
                }
            }
        }
        let (segment, first) = (&line.segments[0], &priced.segments[0]);
        let mut price = PriceWire::of(currency, line, segment, first);
        // A contract value is of the whole contract: lines sum to totals, whatever their years.
        price.list_tcv = plain(priced.list_tcv);
        price.tcv = plain(priced.tcv);
        price.discount = Share::off(priced.list_tcv, priced.tcv).plain();
        Self {
            metric: line.metric.name(),
            edition: edition(first),
            hosts: line.hosts,
            per: match line.metric.per {
                Per::Year => "year",
                Per::Hour { .. } => "hour",
                Per::Once { .. } => "once",
            },
            months: line.metric.months,
            billing: deal.way(line.metric).map(Way::name),
            committed: CommittedWire::of(deal, line),
            price,
            periods,
        }
    }
}

fn edition<'a>(priced: &'a PricedSegment<'_>) -> Option<&'a str> {
    priced.list.tier.edition.as_deref()
}

#[derive(Serialize)]
struct StepWire<'a> {
    step: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    program: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    /// How far an agreed price lies below policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    implied_discount: Option<String>,
    unit_price: String,
    rule: &'a str,
    source: &'a str,
}

impl<'a> StepWire<'a> {
    fn of(currency: &Currency, step: &'a Step<'_>) -> Self {
        let plain = |amount| currency.plain(amount);
        let is_list = matches!(step.grant, Grant::List(_));
        let changes = |text: String| (!is_list).then_some(text);
        let program = match step.grant {
            Grant::Program(program) | Grant::Floor(program) => Some(program.name()),
            _ => None,
        };
        Self {
            step: step.name,
            program,
            base: changes(plain(step.base)),
            rate: step.rate.map(Rate::plain),
            amount: changes(plain(step.amount)),
            implied_discount: matches!(step.grant, Grant::Negotiated)
                .then(|| Share::off(step.base, step.price).plain()),
            unit_price: plain(step.price),
            rule: &step.rule.id,
            source: &step.rule.source,
        }
    }
}

#[derive(Serialize)]
struct TotalsWire {
    list_tcv: String,
    tcv: String,
    /// The same without any use, where something is committed.
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

impl TotalsWire {
    fn of(currency: &Currency, totals: &Totals) -> Self {
        let plain = |amount| currency.plain(amount);
        Self {
            list_tcv: plain(totals.list_tcv),
            tcv: plain(totals.tcv),
            committed_tcv: None,
            one_time: (totals.once != Money::ZERO).then(|| plain(totals.once)),
            arr: plain(totals.arr),
            exit_arr: totals.exit_arr.map(plain),
            acv: plain(totals.acv),
            policy_tcv: totals.policy_tcv.map(plain),
            discount: totals.discount.plain(),
        }
    }
}

#[derive(Serialize)]
struct ApprovalsWire<'a> {
    level: &'a str,
    required: Vec<RequirementWire<'a>>,
    reviews: Vec<&'a str>,
}

impl<'a> ApprovalsWire<'a> {
    fn of(quote: &'a Quote<'_, '_>) -> Self {
        let ladder = quote.deal.book.ladder();
        let required = quote.verdict.required.iter();
        Self {
            level: ladder.name(quote.verdict.level()),
            required: required
                .map(|it| RequirementWire::of(it, ladder.name(it.ask.level)))
                .collect(),
            reviews: quote.verdict.reviews(),
        }
    }
}

#[derive(Serialize)]
struct RequirementWire<'a> {
    level: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<&'a str>,
    rule: &'a str,
    reason: &'a str,
    source: &'a str,
}

impl<'a> RequirementWire<'a> {
    fn of(required: &'a Requirement, level: &'a str) -> Self {
        Self {
            level,
            review: required.ask.review.as_deref(),
            rule: &required.rule.id,
            reason: &required.reason,
            source: &required.rule.source,
        }
    }
}

#[derive(Serialize)]
pub(super) struct ViolationWire<'a> {
    rule: &'a str,
    message: &'a str,
    source: &'a str,
}

impl<'a> ViolationWire<'a> {
    pub(super) fn of(violation: &'a Violation) -> Self {
        Self {
            rule: &violation.rule.id,
            message: &violation.message,
            source: &violation.rule.source,
        }
    }
}

#[derive(Serialize)]
pub(super) struct NoticeWire<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
}

impl<'a> NoticeWire<'a> {
    pub(super) fn of(notice: &'a Notice) -> Self {
        Self {
            code: notice.code,
            severity: notice.severity.name(),
            message: &notice.message,
            source: notice.rule.as_ref().map(|rule| rule.source.as_str()),
        }
    }
}
