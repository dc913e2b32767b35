//! `dealdesk.findings/1`: what is so of price books.

use crate::answer::book_check::{BookCheck, Finding, OrderTerms, WorstCase};
use crate::book::PriceBook;
use crate::document::json::Json;
use crate::number::Share;
use crate::quote::json::price_book;
use crate::text::source::Place;
use serde::Serialize;

#[derive(Serialize)]
struct BookCheckJson<'a> {
    schema: &'static str,
    price_books: Vec<Json>,
    findings: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    code: &'static str,
    severity: &'static str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    denied: bool,
    currency: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    metric: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    worst: Option<WorstCaseJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    worst_of_all: Option<CostliestTermsJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    elsewhere: Option<EarliestTermsJson<'a>>,
    rule: &'a str,
    source: &'a Place,
    message: &'a str,
    advice: &'a str,
}

#[derive(Serialize)]
struct WorstCaseJson {
    quantity: String,
    extra: String,
}

#[derive(Serialize)]
struct CostliestTermsJson<'a> {
    #[serde(flatten)]
    worst: WorstCaseJson,
    #[serde(flatten)]
    terms: OrderTermsJson<'a>,
}

#[derive(Serialize)]
struct EarliestTermsJson<'a> {
    from: String,
    #[serde(flatten)]
    terms: OrderTermsJson<'a>,
}

#[derive(Serialize)]
struct OrderTermsJson<'a> {
    term_years: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    prepay: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    programs: Vec<TermsProgramJson<'a>>,
}

#[derive(Serialize)]
struct TermsProgramJson<'a> {
    program: &'a str,
    rate: String,
}

impl WorstCaseJson {
    fn of(worst: WorstCase, book: &PriceBook) -> Self {
        Self { quantity: worst.quantity.to_string(), extra: book.currency().plain(worst.extra) }
    }
}

impl<'a> OrderTermsJson<'a> {
    fn of(terms: &'a OrderTerms<'_>) -> Self {
        let programs = terms.programs.iter();
        let programs =
            programs.map(|it| TermsProgramJson { program: it.name(), rate: it.max_rate().plain() });
        Self { term_years: terms.years.count(), prepay: terms.prepay, programs: programs.collect() }
    }
}

/// The findings as JSON, indented, with a line break at its end.
pub fn to_json(findings: &BookCheck<'_, '_>) -> Json {
    crate::document::json::pretty(&BookCheckJson {
        schema: "dealdesk.findings/1",
        price_books: findings.books.iter().map(|book| price_book(book)).collect(),
        findings: findings.found.iter().map(|it| finding(findings, it)).collect(),
    })
}

fn finding<'a>(findings: &BookCheck<'_, '_>, finding: &'a Finding<'_>) -> FindingJson<'a> {
    let Finding { code, book, metric, quantities, worst, at_most, share, elsewhere, .. } = finding;
    let Finding { rule, message, advice, .. } = finding;
    FindingJson {
        code: code.name,
        severity: code.severity.name(),
        denied: findings.is_denied(finding),
        currency: &book.currency().code,
        metric: *metric,
        from: quantities.map(|(from, _)| from.to_string()),
        to: quantities.and_then(|(_, to)| to).map(|to| to.to_string()),
        worst: worst.map(|worst| WorstCaseJson::of(worst, book)),
        worst_of_all: at_most.as_ref().map(|it| CostliestTermsJson {
            worst: WorstCaseJson::of(it.worst, book),
            terms: OrderTermsJson::of(&it.terms),
        }),
        discount: share.map(Share::plain),
        elsewhere: elsewhere.as_ref().map(|elsewhere| EarliestTermsJson {
            from: elsewhere.from.to_string(),
            terms: OrderTermsJson::of(&elsewhere.terms),
        }),
        rule: &rule.id,
        source: &rule.source,
        message,
        advice,
    }
}
