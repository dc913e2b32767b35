//! `dealdesk.diff/1`: what changed in deals. Money and rates are texts in plain decimal.

use super::lines::{LineChange, SegmentChange, program};
use super::{Change, ComparedDeal, DealDiff, DealDiffs, FactChange};
use crate::approve::Requirement;
use crate::book::Rule;
use crate::document::json::{Json, object};
use crate::number::{Currency, Money, Total};
use crate::price::{PricedService, WaterfallStep};
use crate::quote::json::price_book;
use crate::quote::notice::Notice;
use std::cmp::Ordering;

/// The currency of each version.
type Currencies<'b> = Change<&'b Currency>;

/// The answer as JSON, `dealdesk.diff/1`.
pub fn to_json(changes: &DealDiffs<'_, '_>) -> Json {
    let totals = changes.totals().into_iter().map(|(currency, tcv)| {
        let both = Change { old: Some(currency), new: Some(currency) };
        object! { currency: &currency.code, tcv: total(both, tcv) }
    });
    let failed = changes.failed.iter().map(|it| object! { deal: &it.name, error: &it.why });
    object! {
        schema: "dealdesk.diff/1",
        against: changes.against,
        date: changes.day,
        price_book: price_book(changes.book),
        deals: Json::list(changes.deals.iter().map(deal)),
        totals: Json::list(totals),
        failed: Json::list(failed),
    }
}

fn deal(compared: &ComparedDeal<'_, '_>) -> Json {
    let difference = &compared.difference;
    let quotes = &difference.quotes;
    let currencies = difference.currencies();
    let amount = |change: Change<Money>| amount(currencies, change);
    let violations = difference.violations.iter().map(|change| {
        let rule = change.latest().map(|it| &it.rule);
        text(change, Json::Absent, rule, |it| &it.message)
    });
    object! {
        deal: &compared.name,
        status: difference.status().name(),
        customer: quotes.latest().and_then(|quote| quote.deal.customer()),
        unpriced: compared.unpriced.as_ref(),
        id: sides(quotes.map(|quote| quote.id())),
        digest: sides(quotes.map(|quote| quote.digest())),
        date: sides(quotes.map(|quote| quote.deal.date)),
        currency: sides(currencies.map(|it| &it.code)),
        list_tcv: amount(difference.list_tcv()),
        tcv: amount(difference.tcv()),
        our_net: difference.our_net().map(amount),
        arr: amount(difference.arr()),
        discount: sides(difference.discount()),
        approval: approval(difference),
        facts: facts(&difference.facts),
        lines: Json::list(difference.lines.iter().map(|it| line(currencies, it))),
        services: Json::list(difference.services.iter().map(|it| service(currencies, it))),
        required: Json::list(difference.requirements.iter().map(|it| required(difference, it))),
        violations: Json::list(violations),
        warnings: Json::list(difference.notices.iter().map(notice)),
    }
}

fn facts(facts: &[FactChange]) -> Json {
    Json::list(facts.iter().map(|fact| {
        object! { name: &fact.name, ..sides(fact.value.map(String::as_str)) }
    }))
}

fn line(currencies: Currencies<'_>, line: &LineChange<'_, '_>) -> Json {
    object! {
        metric: line.line.latest().map(|it| it.line.metric.name()).unwrap_or_default(),
        status: line.line.status().name(),
        list_tcv: amount(currencies, line.list_tcv()),
        tcv: amount(currencies, line.tcv()),
        facts: facts(&line.facts),
        parts: Json::list(line.parts.iter().map(|it| part(currencies, it))),
    }
}

/// Years of a line: the first and the last, where years differ. `tcv` is the contract value of these
/// years.
fn part(currencies: Currencies<'_>, part: &SegmentChange<'_, '_>) -> Json {
    let segment = &part.segment;
    let amount = |change: Change<Money>| amount(currencies, change);
    object! {
        years: part.years.map(|(first, last)| vec![first, last]),
        edition: sides(segment.and_then(|it| it.list.tier.edition.as_deref())),
        quantity: sides(segment.map(|it| it.segment.expected())),
        list_unit_price: amount(segment.map(|it| it.list.price)),
        net_unit_price: amount(segment.map(|it| it.net())),
        annual: amount(segment.map(|it| it.at_net.annual)),
        tcv: amount(part.tcv),
        steps: Json::list(part.steps.iter().map(|it| step(currencies, it))),
    }
}

fn step(currencies: Currencies<'_>, step: &Change<&WaterfallStep<'_>>) -> Json {
    object! {
        step: step.latest().map(|it| it.name).unwrap_or_default(),
        program: step.latest().and_then(|it| program(it)),
        status: step.status().name(),
        rate: sides(step.and_then(|it| it.rate)),
        amount: amount(currencies, step.map(|it| it.amount)),
        unit_price: amount(currencies, step.map(|it| it.price)),
        source: sides(step.map(|it| &it.rule.source)),
    }
}

fn service(currencies: Currencies<'_>, change: &Change<&PricedService<'_>>) -> Json {
    let mut sides = change.old.iter().chain(&change.new);
    let is_before = sides.any(|it| !it.included_before.is_zero());
    object! {
        service: change.latest().map(|it| it.service.name.as_str()).unwrap_or_default(),
        status: change.status().name(),
        value: amount(currencies, change.map(|it| it.value)),
        included_before: is_before.then(|| amount(currencies, change.map(|it| it.included_before))),
        price: amount(currencies, change.map(|it| it.price)),
    }
}

/// The level that a deal needs, or that none can approve it. `change` is `raised`, `lowered` or
/// `same`, and absent where a version is missing.
fn approval(difference: &DealDiff<'_, '_>) -> Json {
    let standing = difference.standing();
    let change = standing.old.zip(standing.new).map(|(old, new)| match new.cmp(&old) {
        Ordering::Greater => "raised",
        Ordering::Less => "lowered",
        Ordering::Equal => "same",
    });
    let levels = difference.quotes.map(|it| it.verdict.outcome().name(it.deal.book));
    object! { ..sides(levels), change, reviews: sides(difference.reviews()) }
}

fn required(difference: &DealDiff<'_, '_>, change: &Change<&Requirement>) -> Json {
    let latest = change.latest();
    let ladder = difference.quotes.latest().map(|quote| quote.deal.book.ladder());
    let who = object! {
        level: ladder.zip(latest).map(|(ladder, it)| ladder.name(it.approval.level)),
        review: latest.and_then(|it| it.approval.review.as_ref()),
    };
    text(change, who, latest.map(|it| &it.rule), |it| &it.reason)
}

fn notice(change: &Change<&Notice>) -> Json {
    let latest = change.latest();
    let kind = object! {
        code: latest.map(|it| it.kind.code),
        severity: latest.map(|it| it.kind.severity.name()),
    };
    text(change, kind, latest.and_then(|it| it.rule.as_ref()), |it| &it.message)
}

/// A text that came, went or was reworded, after the keys of its kind.
fn text<T>(
    change: &Change<&T>,
    kind: Json,
    rule: Option<&Rule>,
    message: impl Fn(&T) -> &String,
) -> Json {
    object! {
        status: change.status().name(),
        ..kind,
        rule: rule.map(|it| &it.id),
        message: sides(change.map(|it| message(it))),
        source: rule.map(|it| &it.source),
    }
}

/// Old and new value; `null` where a version has none.
fn sides<T: Into<Json>>(change: Change<T>) -> Json {
    object! { old: Json::from(change.old).or_null(), new: Json::from(change.new).or_null() }
}

fn amount(currencies: Currencies<'_>, change: Change<Money>) -> Json {
    total(currencies, change.map(|amount| Total::from(*amount)))
}

/// Both amounts and their difference, for which a missing amount counts as 0. Amounts in two
/// currencies have no difference, and a difference from 0 is no share.
fn total(currencies: Currencies<'_>, amount: Change<Total>) -> Json {
    let (old, new) = (amount.old.unwrap_or_default(), amount.new.unwrap_or_default());
    let shared = currencies.shared();
    object! {
        ..sides(amount.zip(currencies).map(|(amount, currency)| amount.plain(currency.minor))),
        change: shared.map(|currency| new.minus(old).plain(currency.minor)),
        share: shared.filter(|_| !old.is_zero()).map(|_| old.growth_to(new)),
    }
}
