//! `dealdesk.comparison/1`: one need by every metric that fits. Money, rates and quantities are
//! texts in plain decimal.

mod break_even;

use crate::answer::compare::{
    Candidate, CountBasis, EditionLimit, LeftOutReason, ListOrNet, Need, NeedComparison, UnitCount,
    YearNeed,
};
use crate::book::PaymentTerm;
use crate::deal::Line;
use crate::document::json::Json;
use crate::number::{Currency, Length, Quantity, Ratio, rounding};
use crate::quote::json::price_book;
use crate::quote::json::{approvals, violations};
use crate::text::source::Place;
use break_even::BreakEvenJson;
use serde::Serialize;
use std::cmp::Ordering;

/// The answer as JSON, indented, with a line break at its end.
pub fn to_json(compared: &NeedComparison<'_, '_>) -> Json {
    crate::document::json::pretty(&CompareJson::of(compared))
}

#[derive(Serialize)]
struct CompareJson<'a> {
    schema: &'static str,
    customer: &'a str,
    date: String,
    currency: &'a str,
    price_book: Json,
    term_years: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    prepay: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<&'a str>,
    /// The whole years that are compared, after a part of one where the term has such a part.
    compared_years: u32,
    /// Whether the compared years are those of the contract.
    compared_is_term: bool,
    units: Vec<UnitCountJson<'a>>,
    /// The share of all hours in which a unit is in use; all of them, if that was not said.
    utilization: String,
    utilization_given: bool,
    lines: Vec<NeedJson<'a>>,
}

#[derive(Serialize)]
struct UnitCountJson<'a> {
    unit: &'a str,
    quantity: String,
    /// In each of this unit; without it, in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    each: Option<&'a str>,
}

#[derive(Serialize)]
struct NeedJson<'a> {
    /// From 1.
    line: usize,
    metric: &'a str,
    unit: &'a str,
    /// Units needed, in each of the years that differ.
    needed: Vec<NeededYearsJson>,
    /// Contract value of the deal, with its programs and agreed prices.
    asked_tcv: String,
    /// The first is as in the deal.
    candidates: Vec<CandidateJson<'a>>,
    break_evens: Vec<BreakEvenJson<'a>>,
    /// Each of the years that differ, by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    break_evens_by_year: Vec<YearNeedJson<'a>>,
    left_out: Vec<LeftOutJson<'a>>,
}

#[derive(Serialize)]
struct YearNeedJson<'a> {
    from_year: u32,
    to_year: u32,
    quantity: String,
    break_evens: Vec<BreakEvenJson<'a>>,
}

#[derive(Serialize)]
struct NeededYearsJson {
    years: u32,
    quantity: String,
}

#[derive(Serialize)]
struct CandidateJson<'a> {
    metric: &'a str,
    unit: &'a str,
    bought: Vec<NeededYearsJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    /// Limits of the price; left out where it has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    limits: Vec<EditionLimitJson<'a>>,
    /// `None` where years differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    list_unit_price: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    net_unit_price: Option<String>,
    /// One unit, one package, or the whole line.
    #[serde(skip_serializing_if = "Option::is_none")]
    price_of: Option<&'static str>,
    list_tcv: String,
    tcv: String,
    /// Over the years that are compared.
    list: String,
    net: String,
    first_year: String,
    average_year: String,
    /// Cost of one needed unit over the years that are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    each: Option<String>,
    /// Cost of each of those years, without one-time charges.
    years: Vec<String>,
    paid_once: String,
    cheapest: bool,
    /// Beside what the deal has; below nothing where it costs less.
    difference: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<String>,
    gains: &'static str,
    approvals: Json,
    violations: Json,
}

#[derive(Serialize)]
struct EditionLimitJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    edition: Option<&'a str>,
    /// On so many hosts at most; without it, to these quantities.
    #[serde(skip_serializing_if = "Option::is_none")]
    max_hosts: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<String>,
    /// Whether the deal keeps to it; left out where it does not say how many hosts there are.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept: Option<bool>,
    source: &'a Place,
}

#[derive(Serialize)]
struct LeftOutJson<'a> {
    metric: &'a str,
    unit: &'a str,
    reason: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<String>,
}

impl<'a> CompareJson<'a> {
    fn of(compared: &'a NeedComparison<'_, '_>) -> Self {
        let (deal, question) = (compared.deal, compared.question);
        let book = deal.book();
        let needs = compared.needs.iter().enumerate();
        Self {
            schema: "dealdesk.comparison/1",
            customer: deal.customer().unwrap_or_default(),
            date: deal.date().to_string(),
            currency: &book.currency().code,
            price_book: price_book(book),
            term_years: deal.term().count(),
            prepay: deal.prepay(),
            payment: deal.payment.map(PaymentTerm::name),
            compared_years: compared.span.length().years(),
            compared_is_term: compared.span.is_term(),
            units: question.counts.iter().map(UnitCountJson::of).collect(),
            utilization: question.in_use().plain(),
            utilization_given: question.utilization.is_some(),
            lines: needs.map(|(at, need)| NeedJson::of(compared, at, need)).collect(),
        }
    }
}

impl<'a> UnitCountJson<'a> {
    fn of(count: &'a UnitCount) -> Self {
        let (quantity, each) = match &count.amount {
            CountBasis::Whole(all) => (all, None),
            CountBasis::Each(each, of) => (each, Some(of.as_str())),
        };
        Self { unit: &count.unit, quantity: quantity.to_string(), each }
    }
}

impl<'a> NeedJson<'a> {
    fn of(compared: &'a NeedComparison<'_, '_>, at: usize, need: &'a Need<'_>) -> Self {
        let currency = compared.deal.book().currency();
        Self {
            line: at + 1,
            metric: need.own.metric.name(),
            unit: need.own.metric.unit(),
            needed: need.units.iter().map(NeededYearsJson::of).collect(),
            asked_tcv: currency.plain(need.asked),
            candidates: need.all().map(|it| CandidateJson::of(compared, need, it)).collect(),
            break_evens: BreakEvenJson::all(currency, need),
            break_evens_by_year: need
                .by_year
                .iter()
                .map(|it| YearNeedJson::of(currency, it))
                .collect(),
            left_out: need.left_out.iter().map(LeftOutJson::of).collect(),
        }
    }
}

impl<'a> YearNeedJson<'a> {
    fn of(currency: &Currency, year: &'a YearNeed<'_>) -> Self {
        let quantity = year.need.flat().unwrap_or(Quantity::ONE);
        Self {
            from_year: year.from,
            to_year: year.to,
            quantity: quantity.to_string(),
            break_evens: BreakEvenJson::all(currency, &year.need),
        }
    }
}

impl NeededYearsJson {
    fn of((length, quantity): &(Length, Quantity)) -> Self {
        Self { years: length.years(), quantity: quantity.to_string() }
    }
}

impl<'a> CandidateJson<'a> {
    fn of(
        compared: &NeedComparison<'_, '_>,
        need: &Need<'_>,
        candidate: &'a Candidate<'_>,
    ) -> Self {
        let (book, span) = (candidate.deal.book(), compared.span);
        let currency = book.currency();
        let plain = |amount| currency.plain(amount);
        let segments = candidate.segments();
        let only = if let [segment] = segments { Some(segment) } else { None };
        let bought = candidate.deal.lines().iter().flat_map(Line::segments);
        let bought = bought.map(|segment| (segment.length, segment.quantity()));
        let net = candidate.cost_over(ListOrNet::Net, span);
        let difference = candidate.difference_from(&need.own, span);
        let each = need.flat().and_then(|units| rounding::each(net, units, currency.minor));
        let years = 1..=span.length().years();
        let totals = &candidate.pricing.totals;
        Self {
            metric: candidate.metric.name(),
            unit: candidate.metric.unit(),
            bought: bought.map(|years| NeededYearsJson::of(&years)).collect(),
            edition: only.and_then(|it| it.list.tier.edition.as_deref()),
            limits: candidate.limits().into_iter().map(EditionLimitJson::of).collect(),
            list_unit_price: only.map(|it| plain(it.list.price)),
            net_unit_price: only.map(|it| plain(it.net())),
            price_of: only.map(|it| it.list.basis.name()),
            list_tcv: plain(totals.list_tcv),
            tcv: plain(totals.tcv),
            list: plain(candidate.cost_over(ListOrNet::List, span)),
            net: plain(net),
            first_year: plain(candidate.net.first_year()),
            average_year: plain(rounding::average(net, span.length(), currency.minor)),
            each: each.map(plain),
            years: years.map(|year| plain(candidate.net.year(year))).collect(),
            paid_once: plain(candidate.net.once()),
            cheapest: net == need.least(span),
            difference: plain(difference.amount),
            share: Ratio::of(difference.amount, difference.than, 4).map(Ratio::plain),
            gains: match difference.who_gains() {
                Ordering::Less => "customer",
                Ordering::Equal => "nobody",
                Ordering::Greater => "we",
            },
            approvals: approvals(book.ladder(), &candidate.verdict),
            violations: violations(&candidate.verdict),
        }
    }
}

impl<'a> EditionLimitJson<'a> {
    fn of(limit: EditionLimit<'a>) -> Self {
        let quantity = limit.hosts.is_none().then(|| limit.tier.quantity().to_string());
        Self {
            edition: limit.tier.edition.as_deref(),
            max_hosts: limit.hosts,
            quantity,
            kept: limit.is_kept,
            source: &limit.tier.rule.source,
        }
    }
}

impl<'a> LeftOutJson<'a> {
    fn of((metric, reason): &(&'a crate::book::Metric, LeftOutReason)) -> Self {
        let (reason, quantity) = match reason {
            LeftOutReason::NoCount => ("no-count", None),
            LeftOutReason::NotSold(quantity) => ("not-sold", Some(quantity.to_string())),
            LeftOutReason::TooMany => ("too-many", None),
            LeftOutReason::Package => ("package", None),
            LeftOutReason::Once => ("bought-once", None),
        };
        Self { metric: metric.name(), unit: metric.unit(), reason, quantity }
    }
}
