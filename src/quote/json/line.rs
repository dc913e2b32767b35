//! Lines of a quote: what is bought, its price step by step, and the years of a ramp.

use crate::book::{BillingSchedule, PricePeriod};
use crate::deal::{Deal, Line};
use crate::number::{Currency, Money, Rate, Share};
use crate::price::{PricedLine, PricedSegment, StepSource, WaterfallStep, committed};
use crate::text::source::Place;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct LineJson<'a> {
    metric: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hosts: Option<u32>,
    per: &'static str,
    /// Months that a one-time purchase lasts; `None` for a perpetual one.
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    billing: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    committed: Option<CommittedJson>,
    #[serde(flatten)]
    price: UnitPriceJson<'a>,
    /// One a year, where years differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    periods: Vec<LineYearJson<'a>>,
}

#[derive(Serialize)]
struct LineYearJson<'a> {
    year: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    #[serde(flatten)]
    price: UnitPriceJson<'a>,
}

impl<'a> LineJson<'a> {
    pub(crate) fn of(deal: &Deal<'a>, priced: &'a PricedLine<'a>) -> Self {
        let (currency, line) = (&deal.book.currency, &priced.line);
        let mut periods = Vec::new();
        if line.is_ramp() {
            for priced in &priced.segments {
                for _ in 0..priced.length.years() {
                    let mut price = UnitPriceJson::of(currency, line, priced);
                    price.of_one_year();
                    let year = u32::try_from(periods.len()).unwrap_or(u32::MAX).saturating_add(1);
                    periods.push(LineYearJson { year, edition: edition(priced), price });
                }
            }
        }
        let first = &priced.segments[0];
        let mut price = UnitPriceJson::of(currency, line, first);
        price.of_all_years(currency, priced);
        Self {
            metric: line.metric.name(),
            edition: edition(first),
            hosts: line.hosts,
            per: match line.metric.price_period {
                PricePeriod::Year => "year",
                PricePeriod::Hour { .. } => "hour",
                PricePeriod::Once { .. } => "once",
            },
            months: line.metric.months,
            billing: deal.billing_schedule(line.metric).map(BillingSchedule::name),
            committed: CommittedJson::of(deal, line),
            price,
            periods,
        }
    }
}

fn edition<'a>(priced: &'a PricedSegment<'_>) -> Option<&'a str> {
    priced.list.tier.edition.as_deref()
}

/// The keys that a line and each year of a ramp have.
#[derive(Serialize)]
pub(crate) struct UnitPriceJson<'a> {
    quantity: String,
    list_unit_price: String,
    net_unit_price: String,
    /// Price by policy, where another price was negotiated.
    #[serde(skip_serializing_if = "Option::is_none")]
    policy_unit_price: Option<String>,
    /// Object of a unit price: `unit`, `package` or `line`.
    price_basis: &'static str,
    /// Number of those objects in a line.
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
    waterfall: Vec<WaterfallStepJson<'a>>,
}

impl<'a> UnitPriceJson<'a> {
    pub(crate) fn of(currency: &Currency, line: &Line<'_>, priced: &'a PricedSegment<'_>) -> Self {
        let plain = |amount| currency.plain(amount);
        let net = priced.net();
        let times = priced.list.times;
        let steps = priced.waterfall.steps().iter();
        let monthly = match line.metric.price_period {
            PricePeriod::Year | PricePeriod::Once { .. } => None,
            PricePeriod::Hour { per_month } => Some(plain(net * times * per_month)),
        };
        Self {
            quantity: priced.segment.expected().to_string(),
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
            waterfall: steps.map(|step| WaterfallStepJson::of(currency, step)).collect(),
        }
    }

    /// The contract value of all years: lines sum to totals, whatever their years.
    pub(crate) fn of_all_years(&mut self, currency: &Currency, line: &PricedLine<'_>) {
        self.list_tcv = currency.plain(line.list_tcv);
        self.tcv = currency.plain(line.tcv);
        self.discount = Share::off(line.list_tcv, line.tcv).plain();
    }

    /// The contract value of one of several years.
    pub(crate) fn of_one_year(&mut self) {
        self.list_tcv.clone_from(&self.list_annual);
        self.tcv.clone_from(&self.annual);
    }
}

#[derive(Serialize)]
pub(crate) struct WaterfallStepJson<'a> {
    step: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    program: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    /// Share by which a negotiated price lies below policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    implied_discount: Option<String>,
    unit_price: String,
    rule: &'a str,
    source: &'a Place,
}

impl<'a> WaterfallStepJson<'a> {
    pub(crate) fn of(currency: &Currency, step: &'a WaterfallStep<'_>) -> Self {
        let plain = |amount| currency.plain(amount);
        let is_list = matches!(step.grant, StepSource::List(_));
        let changes = |text: String| (!is_list).then_some(text);
        let program = match step.grant {
            StepSource::Program(program) | StepSource::Floor(program) => Some(program.name()),
            _ => None,
        };
        Self {
            step: step.name,
            program,
            base: changes(plain(step.base)),
            rate: step.rate.map(Rate::plain),
            amount: changes(plain(step.amount)),
            implied_discount: matches!(step.grant, StepSource::Negotiated)
                .then(|| Share::off(step.base, step.price).plain()),
            unit_price: plain(step.price),
            rule: &step.rule.id,
            source: &step.rule.source,
        }
    }
}

/// Committed part of a line, due even without use. For a ramp, as for the line itself, a price is
/// that of the first year, and the contract value that of all.
#[derive(Serialize)]
pub(crate) struct CommittedJson {
    quantity: String,
    net_unit_price: String,
    monthly: String,
    annual: String,
    tcv: String,
}

impl CommittedJson {
    pub(crate) fn of(deal: &Deal<'_>, line: &Line<'_>) -> Option<Self> {
        let PricePeriod::Hour { per_month } = line.metric.price_period else { return None };
        let plain = |amount| deal.book.currency().plain(amount);
        let segments = line.segments.iter().map(|segment| committed(deal, line, segment));
        let segments: Option<Vec<_>> = segments.collect();
        let segments = segments?;
        let first = segments.first()?;
        Some(Self {
            quantity: line.committed?.to_string(),
            net_unit_price: plain(first.net()),
            monthly: plain(first.net() * first.list.times * per_month),
            annual: plain(first.at_net.annual),
            tcv: plain(segments.iter().map(PricedSegment::tcv).sum::<Money>()),
        })
    }
}
