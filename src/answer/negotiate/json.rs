//! `dealdesk.offers/1` and `dealdesk.ladder/1`. Money, rates and quantities are texts in plain decimal.

use super::{
    Certificate, Concession, ConcessionKind, ConcessionLadder, CustomerRequest, Goal, LadderStep,
    Offer, Return, Search, SearchResult, SuggestedReturn, concessions,
};
use crate::book::{ApprovalLadder, PriceBook};
use crate::deal::{Deal, DiscountOverride};
use crate::document::json::{Json, object};
use crate::number::Currency;
use crate::quote::json::{approvals, price_book, program_claim};
use std::collections::BTreeMap;

/// The result of a search, with at most `top` offers. `found` counts all of them.
pub fn offers<'b>(
    asked: &CustomerRequest<'b>,
    search: &Search<'b>,
    found: &SearchResult<'b>,
    top: usize,
) -> Json {
    let book = asked.deal.book;
    object! {
        schema: "dealdesk.offers/1",
        customer: asked.deal.customer(),
        date: asked.deal.date,
        currency: &book.currency.code,
        price_book: price_book(book),
        goal: goal(&book.currency, search.goal),
        within: book.ladder().name(search.within),
        discount_rate: search.discount_rate,
        found: found.offers.len(),
        offers: Json::list(found.offers.iter().take(top).map(offer)),
        closest: found.closest.as_ref().map(offer),
        above: found.above.as_ref().map(offer),
        certificate: certificate(book, &found.certificate),
    }
}

fn goal(currency: &Currency, goal: Goal) -> Json {
    let plain = |amount| currency.plain(amount);
    let (by, value) = match goal {
        Goal::Discount(rate) => ("discount", rate.plain()),
        Goal::Tcv(most) => ("tcv", plain(most)),
        Goal::UnitPrice(most) => ("unit_price", plain(most)),
        Goal::YearlyBudget(most) => ("budget_year", plain(most)),
    };
    object! { by, value }
}

/// An offer. `metric` and `quantity` are those of the first line in its first year, and `strategic` is
/// the first program. `gives` are concessions, and `gets` are the returns for them.
fn offer(offer: &Offer<'_>) -> Json {
    let deal = &offer.deal;
    let (ladder, currency) = (deal.book.ladder(), &deal.book.currency);
    let plain = |amount| currency.plain(amount);
    let totals = &offer.pricing.totals;
    let first = deal.lines.first();
    let quantity = first.and_then(|line| Some(line.segments.first()?.quantity.to_string()));
    let given = concessions(offer);
    let gets = given.iter().filter_map(|it| it.counterpart.as_ref());
    let lines = offer.pricing.lines.iter().map(|priced| {
        let segments = || priced.segments.iter();
        object! {
            metric: priced.line.metric.name(),
            quantities: Json::list(segments().map(|it| it.segment.quantity)),
            net_units: Json::list(segments().map(|it| plain(it.net()))),
            tcv: plain(priced.tcv),
        }
    });
    object! {
        level: ladder.name(offer.level()),
        discount: totals.discount,
        list_tcv: plain(totals.list_tcv),
        tcv: plain(totals.tcv),
        present_value: offer.present_value.map(plain),
        term_years: deal.term.count(),
        prepay: deal.prepay(),
        payment: deal.payment.map(|term| term.name.as_str()),
        billing: deal.billing.map(|schedule| schedule.name.as_str()),
        metric: first.map_or("", |line| line.metric.name()),
        quantity: quantity.unwrap_or_default(),
        lines: Json::list(lines),
        strategic: Json::from(deal.claims.first().map(program_claim)).or_null(),
        programs: Json::list(deal.claims.iter().map(program_claim)),
        discounts: partial_discounts(deal),
        approvals: approvals(ladder, &offer.verdict),
        gives: Json::list(given.iter().map(|it| concession(it, ladder, currency))),
        gets: Json::list(gets.map(|it| counterpart(it, currency))),
    }
}

/// Discounts that are given in part, or not at all: a rate, or `none`.
fn partial_discounts(deal: &Deal<'_>) -> Json {
    let changes = deal.discount_overrides.iter().filter_map(|(discount, change)| match change {
        DiscountOverride::Auto => None,
        DiscountOverride::Withheld => Some((discount.name.as_str(), Json::from("none"))),
        DiscountOverride::Rate(rate) => Some((discount.name.as_str(), Json::from(*rate))),
    });
    let by_name: BTreeMap<_, _> = changes.collect();
    Json::Object(by_name.into_iter().map(|(name, rate)| (name.to_owned().into(), rate)).collect())
}

/// The proof of the result. `best_discount` and `best_tcv` are those of the closest deal at the lower level.
fn certificate(book: &PriceBook, certificate: &Certificate<'_>) -> Json {
    let totals = certificate.closest.as_ref().map(|closest| closest.pricing.totals);
    let binding = certificate.binding.first();
    let lower = certificate.lower.map(|level| book.ladder().name(level));
    let best_tcv = totals.map(|totals| book.currency.plain(totals.tcv));
    let not_proved = certificate.unproved.iter().chain(&certificate.unshared);
    object! {
        lower_level: Json::from(lower).or_null(),
        best_discount: Json::from(totals.map(|totals| totals.discount)).or_null(),
        best_tcv: Json::from(best_tcv).or_null(),
        binding: Json::from(binding.map(|it| &it.reason)).or_null(),
        binding_source: Json::from(binding.map(|it| &it.rule.source)).or_null(),
        decided: certificate.decided,
        combinations: certificate.combinations,
        not_proved: Json::list_if_any(not_proved.map(|rule| &rule.id)),
    }
}

/// From list down to the most that each level can give.
pub fn ladder(ladder: &ConcessionLadder<'_>) -> Json {
    let name = |level| ladder.book.ladder().name(level);
    let first = ladder.steps.first();
    object! {
        schema: "dealdesk.ladder/1",
        customer: first.and_then(|first| first.offer.deal.customer()),
        date: first.map(|first| first.offer.deal.date),
        currency: &ladder.book.currency.code,
        price_book: price_book(ladder.book),
        within: name(ladder.within),
        undecided: Json::list(ladder.undecided.iter().map(|level| name(*level))),
        is_all: ladder.is_all(),
        steps: Json::list(ladder.steps.iter().map(|it| step(ladder.book, it))),
    }
}

fn step(book: &PriceBook, step: &LadderStep<'_>) -> Json {
    let (levels, currency) = (book.ladder(), &book.currency);
    let plain = |amount| currency.plain(amount);
    let (deal, totals) = (&step.offer.deal, &step.offer.pricing.totals);
    let lines = step.offer.pricing.lines.iter();
    let prices = lines.flat_map(|line| line.segments.iter().map(move |it| (&line.line, it)));
    let prices = prices.map(|(line, priced)| {
        object! {
            metric: line.metric.name(),
            quantity: priced.segment.quantity,
            list: plain(priced.waterfall.list),
            net: plain(priced.net()),
        }
    });
    let programs = deal.claims.iter().map(|claim| {
        object! {
            program: claim.program.name(),
            rate: claim.rate,
            duties: claim.duties.as_slice(),
        }
    });
    object! {
        term_years: deal.term.count(),
        prepay: deal.prepay(),
        list_tcv: plain(totals.list_tcv),
        tcv: plain(totals.tcv),
        discount: totals.discount,
        conceded: step.conceded,
        is_larger: step.is_larger,
        prices: Json::list(prices),
        programs: Json::list(programs),
        approval: levels.name(step.offer.level()),
        reviews: step.offer.verdict.reviews(),
        gives: Json::list(step.given.iter().map(|it| concession(it, levels, currency))),
        in_place_of: Json::list_if_any(step.replaced.iter().map(ConcessionKind::title)),
        asks: Json::list(step.asks.iter().map(|it| counterpart(it, currency))),
        unpaired: step.has_no_return(),
        ask_instead: Json::list_if_any(step.instead.iter().map(suggested)),
        walk_away: Json::list(step.ends.iter().map(|level| levels.name(*level))),
        next_approval: step.next.map(|level| levels.name(level)),
    }
}

/// A concession. `rates` are those of all lines and years, where they differ.
fn concession(given: &Concession<'_>, ladder: &ApprovalLadder, currency: &Currency) -> Json {
    let rates = given.rates.iter().filter(|_| given.rate.is_none());
    let get = given.counterpart.as_ref().map(|it| counterpart(it, currency));
    object! {
        kind: match given.kind {
            ConcessionKind::Discount(_) => "discount",
            ConcessionKind::Program(_) => "program",
            ConcessionKind::Agreed => "agreed-price",
            ConcessionKind::NetShare => "net-share",
            ConcessionKind::Minimum => "minimum",
            ConcessionKind::Payment(_) => "payment",
            ConcessionKind::Service(_) => "service",
            ConcessionKind::Clause(_) => "clause",
        },
        name: given.kind.name(),
        title: given.kind.title(),
        rate: given.rate,
        rates: Json::list_if_any(rates.copied()),
        money: currency.plain(given.money),
        approval: ladder.name(given.level),
        rule: &given.rule.id,
        source: &given.rule.source,
        get: Json::from(get).or_null(),
        ask_instead: Json::list_if_any(given.instead.iter().map(suggested)),
    }
}

/// A return from the customer.
fn counterpart(get: &Return<'_>, currency: &Currency) -> Json {
    let plain = |amount| currency.plain(amount);
    let words = |words: &[&str]| Json::list(words.iter().copied());
    match get {
        Return::Quantity(bought) => {
            let metrics = bought.iter();
            let metrics = metrics
                .map(|(metric, quantity)| object! { metric: metric.name(), quantity: *quantity });
            object! { kind: "quantity", metrics: Json::list(metrics) }
        }
        Return::Term { years, beyond } => {
            object! { kind: "term", years: *years, beyond_first_year: plain(*beyond) }
        }
        Return::Prepay { way, ahead, months } => object! {
            kind: "prepay",
            prepay: *way,
            ahead: ahead.map(plain),
            months_earlier: *months,
        },
        Return::Paying(ways) => object! { kind: "payment", ways: words(ways) },
        Return::Program(program, duties) => object! {
            kind: "program",
            program: program.name(),
            duties: words(duties),
            incumbents: program.incumbents.as_slice(),
            arr_above: program.arr_above.map(plain),
            limit: program.limit,
        },
        Return::Duties(duties) => object! { kind: "duties", duties: words(duties) },
        Return::Uplift(money) => object! { kind: "uplift", money: plain(*money) },
        Return::Signature(last) => object! { kind: "signature", by: *last },
    }
}

/// A return that the customer could be asked for.
fn suggested(request: &SuggestedReturn<'_>) -> Json {
    match *request {
        SuggestedReturn::Years(years) => object! { years: years.count() },
        SuggestedReturn::Prepay(prepay) => object! { prepay },
        SuggestedReturn::Duty(duty) => object! { duty },
    }
}
