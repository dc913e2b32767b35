//! `dealdesk.findings/1`: what is so of price books.

use crate::answer::book_check::{BookCheck, Finding, OrderTerms, WorstCase};
use crate::book::PriceBook;
use crate::document::json::{Json, object};
use crate::quote::json::price_book;

pub fn to_json(findings: &BookCheck<'_, '_>) -> Json {
    object! {
        schema: "dealdesk.findings/1",
        date: findings.date,
        price_books: Json::list(findings.books.iter().map(|book| price_book(book))),
        examples: Some(findings.examples()).filter(|count| *count > 0),
        findings: Json::list(findings.found.iter().map(|it| finding(findings, it))),
    }
}

fn finding(findings: &BookCheck<'_, '_>, it: &Finding<'_>) -> Json {
    object! {
        code: it.code.name,
        severity: it.code.severity.name(),
        denied: Json::if_true(findings.is_denied(it)),
        currency: &it.book.currency().code,
        metric: it.metric,
        from: it.quantities.map(|(from, _)| from),
        to: it.quantities.and_then(|(_, to)| to),
        worst: it.worst.map(|worst| worst_case(worst, it.book)),
        orders: Json::list_if_any(it.orders.iter().copied()),
        worst_of_all: it.at_most.as_ref().map(|most| {
            object! { ..worst_case(most.worst, it.book), ..terms(&most.terms) }
        }),
        discount: it.share,
        elsewhere: it.elsewhere.as_ref().map(|first| {
            object! { from: first.from, ..terms(&first.terms) }
        }),
        rule: &it.rule.id,
        source: &it.rule.source,
        message: &it.message,
        advice: &it.advice,
    }
}

fn worst_case(worst: WorstCase, book: &PriceBook) -> Json {
    object! { quantity: worst.quantity, extra: book.currency().plain(worst.extra) }
}

fn terms(terms: &OrderTerms<'_>) -> Json {
    let programs = terms.programs.iter();
    object! {
        term_years: terms.years.count(),
        prepay: terms.prepay,
        payment: terms.payment,
        programs: Json::list_if_any(
            programs.map(|it| object! { program: it.name(), rate: it.max_rate }),
        ),
    }
}
