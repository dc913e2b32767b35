//! `dealdesk.comparison/1`: one need by every metric that fits. Money, rates and quantities are
//! texts in plain decimal.

use super::{
    BreakEven, Candidate, CountBasis, CrossoverRange, EditionLimit, LeftOutReason, ListNet,
    ListOrNet, Need, NeedComparison, UnitCount, UseBreakEven,
};
use crate::book::Metric;
use crate::deal::Line;
use crate::document::json::{Json, object};
use crate::number::{Currency, Length, Quantity, Ratio, rounding};
use crate::quote::json::{approvals, price_book, violations};
use crate::quote::subscription_comparison::PerpetualCostByYear;
use std::cmp::Ordering;

/// `compared_years` are whole years, after a part of one where the term has such a part.
pub fn to_json(compared: &NeedComparison<'_, '_>) -> Json {
    let (deal, question) = (compared.deal, compared.question);
    let book = deal.book;
    let needs = (1_u32..).zip(&compared.needs);
    object! {
        schema: "dealdesk.comparison/1",
        customer: deal.customer().unwrap_or_default(),
        date: deal.date,
        currency: &book.currency.code,
        price_book: price_book(book),
        term_years: deal.term.count(),
        prepay: deal.prepay(),
        payment: deal.payment.map(|term| term.name.as_str()),
        compared_years: compared.span.length.years(),
        compared_is_term: compared.span.is_term,
        units: Json::list(question.counts.iter().map(unit_count)),
        utilization: question.in_use(),
        utilization_given: question.utilization.is_some(),
        lines: Json::list(needs.map(|(line, it)| need(compared, line, it))),
    }
}

/// A count for each of another unit; without that, for the whole need.
fn unit_count(count: &UnitCount) -> Json {
    let (quantity, each) = match &count.amount {
        CountBasis::Whole(all) => (*all, None),
        CountBasis::Each(each, of) => (*each, Some(of)),
    };
    object! { unit: &count.unit, quantity, each }
}

/// The need of a line. `asked_tcv` is the contract value in the deal, with its programs and agreed
/// prices. The first candidate is the metric of the deal.
fn need(compared: &NeedComparison<'_, '_>, line: u32, need: &Need<'_>) -> Json {
    let currency = &compared.deal.book.currency;
    let by_year = need.by_year.iter().map(|year| {
        object! {
            from_year: year.from,
            to_year: year.to,
            quantity: year.need.flat().unwrap_or(Quantity::ONE),
            break_evens: break_evens(currency, &year.need),
        }
    });
    object! {
        line,
        metric: need.own.metric.name(),
        unit: &need.own.metric.unit,
        needed: Json::list(need.units.iter().copied().map(years)),
        asked_tcv: currency.plain(need.asked),
        candidates: Json::list(need.all().map(|it| candidate(compared, need, it))),
        break_evens: break_evens(currency, need),
        break_evens_by_year: Json::list_if_any(by_year),
        left_out: Json::list(need.left_out.iter().map(|(metric, it)| left_out(metric, *it))),
    }
}

fn years((length, quantity): (Length, Quantity)) -> Json {
    object! { years: length.years(), quantity }
}

/// A candidate. `list`, `net` and `each`, which is the cost of one needed unit, are over the compared
/// years; `years` are without one-time charges. `difference` is below zero where the candidate costs
/// less than the metric of the deal. The unit price is absent where years differ.
fn candidate(
    compared: &NeedComparison<'_, '_>,
    need: &Need<'_>,
    candidate: &Candidate<'_>,
) -> Json {
    let (book, span) = (candidate.deal.book, compared.span);
    let currency = &book.currency;
    let plain = |amount| currency.plain(amount);
    let only = if let [segment] = candidate.segments() { Some(segment) } else { None };
    let bought = candidate.deal.lines().iter().flat_map(Line::segments);
    let bought = bought.map(|segment| years((segment.length, segment.quantity())));
    let net = candidate.cost_over(ListOrNet::Net, span);
    let difference = candidate.difference_from(&need.own, span);
    let each = need.flat().and_then(|units| rounding::each(net, units, currency.minor));
    let compared_years = 1..=span.length.years();
    let totals = &candidate.pricing.totals;
    object! {
        metric: candidate.metric.name(),
        unit: &candidate.metric.unit,
        bought: Json::list(bought),
        edition: only.and_then(|it| it.list.tier.edition.as_deref()),
        limits: Json::list_if_any(candidate.limits().iter().map(limit)),
        list_unit_price: only.map(|it| plain(it.list.price)),
        net_unit_price: only.map(|it| plain(it.net())),
        price_of: only.map(|it| it.list.basis.name()),
        list_tcv: plain(totals.list_tcv),
        tcv: plain(totals.tcv),
        list: plain(candidate.cost_over(ListOrNet::List, span)),
        net: plain(net),
        first_year: plain(candidate.net.first_year()),
        average_year: plain(book.rounding.average(net, span.length, currency.minor)),
        each: each.map(plain),
        years: Json::list(compared_years.map(|year| plain(candidate.net.year(year)))),
        paid_once: plain(candidate.net.once),
        cheapest: net == need.least(span),
        difference: plain(difference.amount),
        share: difference.share(),
        gains: difference.gains(),
        approvals: approvals(book.ladder(), &candidate.verdict),
        violations: violations(&candidate.verdict),
    }
}

/// A limit by hosts or by quantity. `kept` is absent where the deal does not state its hosts.
fn limit(limit: &EditionLimit<'_>) -> Json {
    object! {
        edition: limit.tier.edition.as_deref(),
        max_hosts: limit.hosts,
        quantity: limit.hosts.is_none().then(|| limit.tier.quantity.to_string()),
        kept: limit.is_kept,
        source: &limit.tier.rule.source,
    }
}

fn left_out(metric: &Metric, reason: LeftOutReason) -> Json {
    let (reason, quantity) = match reason {
        LeftOutReason::NoCount => ("no-count", None),
        LeftOutReason::NotSold(quantity) => ("not-sold", Some(quantity)),
        LeftOutReason::TooMany => ("too-many", None),
        LeftOutReason::Package => ("package", None),
        LeftOutReason::Share => ("share", None),
        LeftOutReason::Once => ("bought-once", None),
    };
    object! { metric: metric.name(), unit: &metric.unit, reason, quantity }
}

fn break_evens(currency: &Currency, need: &Need<'_>) -> Json {
    Json::list(need.break_evens.iter().map(|it| break_even(currency, need, it)))
}

/// A break-even: ranges of units of `metric` beside the deal, ranges of units in use on average
/// beside all units by another metric, or the year from which a license has cost no more.
/// `list_at_price_of_all` and `net_at_price_of_all` are the shares of all hours at which both metrics
/// would cost the same, if the hourly price of all units were that of fewer units too.
fn break_even(currency: &Currency, need: &Need<'_>, found: &BreakEven<'_>) -> Json {
    match found {
        BreakEven::Units(found) => object! {
            kind: "units",
            metric: found.metric.name(),
            beside: need.own.metric.name(),
            list: ranges(&found.ranges.list, found.of),
            net: ranges(&found.ranges.net, found.of),
        },
        BreakEven::Use(found) => {
            let ListNet { list, net } = &found.ranges;
            let at_all = found.at_all.as_ref();
            object! {
                kind: "use",
                metric: found.metric.name(),
                beside: found.other.name(),
                units: found.units,
                list: ranges(list, found.units),
                net: ranges(net, found.units),
                list_at_price_of_all: at_all.and_then(|it| UseBreakEven::at_price_of_all(&it.list)),
                net_at_price_of_all: at_all.and_then(|it| UseBreakEven::at_price_of_all(&it.net)),
            }
        }
        BreakEven::Years(found) => object! {
            kind: "years",
            metric: found.metric.name(),
            beside: found.other.name(),
            list: cost_by_year(currency, &found.courses.list),
            net: cost_by_year(currency, &found.courses.net),
        },
    }
}

/// Ranges of quantities. `to_ratio` is the last quantity for each unit of the other metric, to 4 places.
fn ranges(ranges: &[CrossoverRange], of: Quantity) -> Json {
    let ratio = |count: u64| Ratio::of_quantities(Quantity::whole(count)?, of, 4);
    Json::list(ranges.iter().map(|range| {
        object! {
            from: range.from.to_string(),
            to: range.to.map(|to| to.to_string()),
            costs: match range.costs {
                Ordering::Less => "less",
                Ordering::Equal => "equal",
                Ordering::Greater => "more",
            },
            to_ratio: range.to.and_then(ratio),
        }
    }))
}

/// `year` is `null` where the license always costs more.
fn cost_by_year(currency: &Currency, costs: &PerpetualCostByYear) -> Json {
    object! {
        year: Json::from(costs.break_even().map(|year| year.to_string())).or_null(),
        paid_once: currency.plain(costs.license.once),
        maintenance: currency.plain(costs.license.annual),
        other: currency.plain(costs.subscription),
    }
}
