//! `dealdesk.value/1`: what a deal is worth. Money is a text in plain decimal, and so are shares.

use super::{
    AlternativeComparison, ClaimFinding, ClaimedFigure, CostPeriod, CountedCost, JudgedClaim,
    ValueAnalysis,
};
use crate::book::CostFrequency;
use crate::document::json::{Json, object};
use crate::number::Currency;
use crate::quote::json::{approvals, notice, price_book, violations};
use crate::quote::quote_id;

/// Present values are for `start`: the day of the quote where the deal names no start.
pub fn to_json(worth: &ValueAnalysis<'_, '_>) -> Json {
    let (deal, horizon, verdict) = (worth.quote.deal, &worth.horizon, &worth.quote.verdict);
    let book = deal.book;
    let currency = &book.currency;
    let digest = worth.quote.digest();
    object! {
        schema: "dealdesk.value/1",
        quote: quote_id(&digest),
        digest: &digest,
        customer: deal.customer().unwrap_or_default(),
        date: deal.date,
        currency: &currency.code,
        price_book: price_book(book),
        start: horizon.start(),
        horizon: horizon.length.to_string(),
        horizon_years: horizon.length.years(),
        discount_rate: worth.rate,
        price: our_price(worth, currency),
        own_costs: own_costs(worth, currency),
        alternatives: Json::list(worth.against.iter().map(|it| alternative(worth, it))),
        claims: Json::list(worth.claims.iter().map(|it| claim(it, currency))),
        claims_hold: worth.claims_hold(),
        approvals: approvals(book.ladder(), verdict),
        violations: violations(verdict),
        warnings: Json::list(worth.notices.iter().map(notice)),
    }
}

fn our_price(worth: &ValueAnalysis<'_, '_>, currency: &Currency) -> Json {
    let payments = worth.price.payments.iter();
    let payments =
        payments.map(|(date, amount)| object! { date: *date, amount: currency.plain(*amount) });
    object! {
        total: currency.plain(worth.price.total),
        present_value: worth.present_price.map(|it| currency.plain(it)),
        payments: Json::list(payments),
    }
}

/// The customer's own costs, if any. Net benefit, return and payback are measured by `with_price`.
fn own_costs(worth: &ValueAnalysis<'_, '_>, currency: &Currency) -> Option<Json> {
    let own = &worth.own;
    (!own.counted.is_empty()).then(|| {
        object! {
            costs: Json::list(own.counted.iter().map(|it| cost(it, currency))),
            total: currency.plain(own.total),
            with_price: currency.plain(worth.price.total + own.total),
            present_value: worth.present_own.map(|it| currency.plain(it)),
        }
    })
}

/// An alternative; without a cost it has no shares. `payback_month` is the first month, from 1, by
/// whose end it would have cost what was invoiced, and `payback_lasting_month` the first after which
/// that stays so.
fn alternative(worth: &ValueAnalysis<'_, '_>, against: &AlternativeComparison<'_>) -> Json {
    let currency = &worth.quote.deal.book.currency;
    let plain = |amount| currency.plain(amount);
    let figures = against.figures;
    let shares = (!against.costs.counted.is_empty()).then(|| {
        object! {
            saved: figures.saved(),
            roi: figures.roi(),
            savings_multiple: figures.multiple(),
        }
    });
    object! {
        name: &against.alternative.name,
        title: &against.alternative.title,
        costs: Json::list(against.costs.counted.iter().map(|it| cost(it, currency))),
        total: plain(figures.alternative),
        net_benefit: plain(figures.saving()),
        ..shares,
        payback_month: against.payback.map(|it| it.first),
        payback_lasting_month: against.payback.map(|it| it.lasting),
        present_value: against.present.map(plain),
        present_net_benefit: worth.present_saving(against).map(plain),
    }
}

/// A cost. `years` is the number of years that the amount covers, absent where it is paid once. Where years need
/// different units, `times` is absent, and `periods` has them with their part of the total.
fn cost(counted: &CountedCost<'_>, currency: &Currency) -> Json {
    let cost = counted.cost;
    object! {
        title: &cost.title,
        amount: currency.plain(cost.amount),
        years: match cost.frequency {
            CostFrequency::Once => None,
            CostFrequency::Years(years) => Some(years),
        },
        per: cost.per.as_ref().map(ToString::to_string),
        times: counted.times.filter(|_| counted.periods.is_empty()),
        periods: Json::list_if_any(counted.periods.iter().map(|it| period(it, currency))),
        total: currency.plain(counted.total),
        from: if counted.is_own { "customer" } else { "book" },
        assumed: cost.assumed,
        source: &cost.rule.source,
    }
}

fn period(period: &CostPeriod, currency: &Currency) -> Json {
    object! {
        first_year: period.first,
        years: period.last - period.first + 1,
        times: period.times,
        total: currency.plain(period.total),
    }
}

/// A claim. Own costs of the customer are absent where they are 0.
fn claim(judged: &JudgedClaim<'_>, currency: &Currency) -> Json {
    let (claim, figures) = (judged.claim, judged.figures);
    let plain = |amount| currency.plain(amount);
    object! {
        text: claim.text.as_ref(),
        against: &claim.against.name,
        horizon: judged.length.to_string(),
        price: plain(figures.price),
        own_costs: (!figures.own.is_zero()).then(|| plain(figures.own)),
        alternative: plain(figures.alternative),
        holds: judged.holds(),
        findings: Json::list(judged.findings.iter().map(|it| finding(judged, it, currency))),
        source: &claim.source,
    }
}

/// A claimed figure and the computed one, which is absent where its divisor is 0.
fn finding(judged: &JudgedClaim<'_>, finding: &ClaimFinding, currency: &Currency) -> Json {
    let figures = judged.figures;
    let plain = |amount| currency.plain(amount);
    let (claimed, found) = match finding.claimed {
        ClaimedFigure::Saves(rate) => (rate.plain(), figures.saved().into()),
        ClaimedFigure::Saving(amount) => (plain(amount), Json::from(plain(figures.saving()))),
        ClaimedFigure::Roi(roi) => (roi.plain(), figures.roi().into()),
    };
    let formula = finding.origin.map(|origin| {
        object! {
            name: origin.formula.name,
            dividend: plain(origin.part),
            divisor: plain(origin.whole),
        }
    });
    object! {
        figure: finding.claimed.name(),
        claimed,
        found,
        holds: finding.holds,
        price_at_most: finding.price_at_most.map(plain),
        formula,
    }
}
