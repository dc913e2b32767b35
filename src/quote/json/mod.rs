//! `dealdesk.quote/1`. Money, rates and quantities are texts in plain decimal.

mod channel;
mod comparison;
pub mod invoices;
mod line;

use crate::approve::{Verdict, Violation};
use crate::book::{ApprovalLadder, Clause, Level, PriceBook};
use crate::deal::{CUSTOMER, Deal, FactValue, ProgramClaim};
use crate::document::json::{Json, object, push};
use crate::number::Money;
use crate::price::{PricedService, committed_tcv};
use crate::quote::billing::exposures;
use crate::quote::notice::Notice;
use crate::quote::{Quote, quote_id};

pub fn to_json(quote: &Quote<'_, '_>) -> Json {
    let deal = quote.deal;
    let (book, currency) = (deal.book, &deal.book.currency);
    let lines = quote.pricing.lines.iter().enumerate();
    let included = quote.pricing.services.iter().filter(|it| !it.included.is_zero());
    let invoices = quote.schedule.as_ref().map(|it| invoices::all(currency, it));
    let digest = quote.digest();
    object! {
        schema: "dealdesk.quote/1",
        id: quote_id(&digest),
        digest: &digest,
        ..record(deal),
        date: deal.date,
        valid_until: quote.valid_until(),
        currency: &currency.code,
        price_book: price_book(book),
        price_column: book.column.as_ref().map(|column| column.name.as_str()),
        term_years: deal.term.count(),
        months: deal.months_in_term,
        prepay: deal.prepay(),
        payment: deal.payment.map(|term| term.name.as_str()),
        ..invoices::contract_period(deal),
        strategic: Json::list(deal.claims.iter().map(program_claim)),
        services: Json::list_if_any(quote.pricing.services.iter().map(|it| service(quote, it))),
        concessions: Json::list_if_any(included.map(|it| concession(quote, it))),
        clauses: clauses(quote),
        lines: Json::list(lines.map(|(at, it)| line::line(deal, at, it))),
        totals: totals(quote),
        channel: channel::channel(quote),
        comparisons: Json::list_if_any(comparison::all(quote)),
        invoices: Json::list_if_any(invoices.into_iter().flatten()),
        approvals: approvals(book.ladder(), &quote.verdict),
        violations: violations(&quote.verdict),
        warnings: Json::list(quote.notices.iter().map(notice)),
    }
}

/// The plain facts that a deal states. A quote names its customer even where the deal does not.
fn record(deal: &Deal<'_>) -> Json {
    let mut facts = Vec::new();
    if deal.record.text(CUSTOMER).is_none() {
        push(&mut facts, "customer", "");
    }
    for (fact, value) in deal.record.iter() {
        match value {
            FactValue::Text(text) => push(&mut facts, fact.key, text),
            FactValue::Date(date) => push(&mut facts, fact.key, *date),
        }
    }
    Json::Object(facts)
}

fn totals(quote: &Quote<'_, '_>) -> Json {
    let (deal, pricing) = (quote.deal, &quote.pricing);
    let totals = &pricing.totals;
    let plain = |amount| deal.book.currency.plain(amount);
    object! {
        list_tcv: plain(totals.list_tcv),
        tcv: plain(totals.tcv),
        committed_tcv: committed_tcv(deal, pricing).map(plain),
        one_time: (totals.once != Money::ZERO).then(|| plain(totals.once)),
        arr: plain(totals.arr),
        exit_arr: totals.exit_arr.map(plain),
        acv: plain(totals.acv),
        policy_tcv: totals.policy_tcv.map(plain),
        discount: totals.discount,
    }
}

/// Clauses with the reason of the customer. The reason for an approval stands with the approvals.
fn clauses(quote: &Quote<'_, '_>) -> Json {
    let deal = quote.deal;
    let exposures = exposures(deal, &quote.pricing);
    let exposure = |clause: &Clause| {
        let mine = exposures.iter().find(|exposure| exposure.clause.name == clause.name);
        mine.map(|exposure| deal.book.currency.plain(exposure.amount))
    };
    Json::list_if_any(deal.clauses.iter().map(|asked| {
        let clause = asked.clause;
        object! {
            name: &clause.name,
            title: &clause.title,
            class: clause.class.name(),
            rate: asked.rate,
            level: deal.book.ladder().name(asked.needs().map_or(Level::NONE, |need| need.level)),
            review: asked.needs().and_then(|need| need.review.as_deref()),
            reason: asked.reason.as_deref(),
            refund_days: clause.refund_days,
            refund_exposure: exposure(clause),
            source: &clause.rule.source,
        }
    }))
}

fn service(quote: &Quote<'_, '_>, priced: &PricedService<'_>) -> Json {
    let plain = |amount| quote.deal.book.currency.plain(amount);
    object! {
        name: &priced.service.name,
        title: &priced.service.title,
        quantity: priced.quantity,
        unit: priced.service.unit.as_ref().map(|unit| unit.unit.as_str()),
        unit_price: priced.service.unit.as_ref().map(|unit| plain(unit.price)),
        value: plain(priced.value),
        included_before: Some(priced.included_before).filter(|it| !it.is_zero()).map(plain),
        included: plain(priced.included),
        price: plain(priced.price),
        source: &priced.service.rule.source,
    }
}

/// A service at no cost, for signing while the quote is valid (playbook L1940).
fn concession(quote: &Quote<'_, '_>, priced: &PricedService<'_>) -> Json {
    object! {
        service: &priced.service.name,
        amount: quote.deal.book.currency.plain(priced.included),
        if_signed_by: quote.valid_until(),
        source: &priced.service.rule.source,
    }
}

/// A claimed program. A program whose discount follows from negotiated prices has no rate.
pub(crate) fn program_claim(claim: &ProgramClaim<'_>) -> Json {
    object! {
        program: claim.program.name(),
        rate: (!claim.rate.is_zero()).then_some(claim.rate),
        metrics: Json::list_if_any(claim.metrics.iter().map(String::as_str)),
        reason: claim.reason.as_deref(),
        duties: claim.duties.as_slice(),
        grant: claim.grant.as_ref().map(|it| object! { date: it.date, reference: &it.reference }),
    }
}

/// The name, the version and the hash of a price book.
pub(crate) fn price_book(book: &PriceBook) -> Json {
    object! { name: &book.name, version: &book.version, sha256: &book.sha256 }
}

/// The approvals that a deal needs, with the level and the reviews of all together.
pub(crate) fn approvals(ladder: &ApprovalLadder, verdict: &Verdict) -> Json {
    object! {
        level: ladder.name(verdict.level()),
        required: required(ladder, verdict),
        reviews: verdict.reviews(),
    }
}

/// The approvals that a deal needs, each with its reason.
pub(crate) fn required(ladder: &ApprovalLadder, verdict: &Verdict) -> Json {
    Json::list(verdict.required.iter().map(|required| {
        object! {
            level: ladder.name(required.approval.level),
            review: required.approval.review.as_deref(),
            rule: &required.rule.id,
            reason: &required.reason,
            source: &required.rule.source,
        }
    }))
}

/// The violations of policy, which no level can approve.
pub(crate) fn violations(verdict: &Verdict) -> Json {
    Json::list(verdict.violations.iter().map(violation))
}

/// A violation of policy.
pub(crate) fn violation(it: &Violation) -> Json {
    object! { rule: &it.rule.id, message: &it.message, source: &it.rule.source }
}

/// A note for the reader.
pub(crate) fn notice(notice: &Notice) -> Json {
    object! {
        code: notice.kind.code,
        severity: notice.kind.severity.name(),
        message: &notice.message,
        source: notice.source(),
    }
}
