//! `dealdesk.findings/1`: what is so of price books.

use super::book::BookWire;
use crate::findings::{BookCheck, Finding};
use crate::value::Share;
use serde::Serialize;

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    price_books: Vec<BookWire<'a>>,
    findings: Vec<FindingWire<'a>>,
}

#[derive(Serialize)]
struct FindingWire<'a> {
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
    worst: Option<WorstWire>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    elsewhere: Option<ElsewhereWire<'a>>,
    rule: &'a str,
    source: &'a str,
    message: &'a str,
    advice: &'a str,
}

#[derive(Serialize)]
struct WorstWire {
    quantity: String,
    extra: String,
}

#[derive(Serialize)]
struct ElsewhereWire<'a> {
    from: String,
    term_years: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    prepay: Option<&'a str>,
}

/// The findings as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json(findings: &BookCheck<'_, '_>) -> String {
    super::pretty(&Wire {
        schema: "dealdesk.findings/1",
        price_books: findings.books.iter().map(|book| BookWire::of(book)).collect(),
        findings: findings.found.iter().map(|it| finding(findings, it)).collect(),
    })
}

fn finding<'a>(findings: &BookCheck<'_, '_>, finding: &'a Finding<'_>) -> FindingWire<'a> {
    let Finding { code, book, metric, quantities, worst, share, elsewhere, rule, message, advice } =
        finding;
    FindingWire {
        code: code.name,
        severity: code.severity.name(),
        denied: findings.is_denied(finding),
        currency: &book.currency().code,
        metric: *metric,
        from: quantities.map(|(from, _)| from.to_string()),
        to: quantities.and_then(|(_, to)| to).map(|to| to.to_string()),
        worst: worst.map(|worst| WorstWire {
            quantity: worst.quantity.to_string(),
            extra: book.currency().plain(worst.extra),
        }),
        discount: share.map(Share::plain),
        elsewhere: elsewhere.map(|elsewhere| ElsewhereWire {
            from: elsewhere.from.to_string(),
            term_years: elsewhere.term.count(),
            prepay: elsewhere.prepay,
        }),
        rule: &rule.id,
        source: &rule.source,
        message,
        advice,
    }
}
