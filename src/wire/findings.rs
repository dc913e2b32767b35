//! `dealdesk.findings/1`: what is so of price books.

use super::book::BookWire;
use crate::book::PriceBook;
use crate::findings::{BookCheck, Finding, Terms, Worst};
use crate::source::Place;
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
    worst_of_all: Option<AtMostWire<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    elsewhere: Option<ElsewhereWire<'a>>,
    rule: &'a str,
    source: &'a Place,
    message: &'a str,
    advice: &'a str,
}

#[derive(Serialize)]
struct WorstWire {
    quantity: String,
    extra: String,
}

#[derive(Serialize)]
struct AtMostWire<'a> {
    #[serde(flatten)]
    worst: WorstWire,
    #[serde(flatten)]
    terms: TermsWire<'a>,
}

#[derive(Serialize)]
struct ElsewhereWire<'a> {
    from: String,
    #[serde(flatten)]
    terms: TermsWire<'a>,
}

#[derive(Serialize)]
struct TermsWire<'a> {
    term_years: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    prepay: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    programs: Vec<ProgramWire<'a>>,
}

#[derive(Serialize)]
struct ProgramWire<'a> {
    program: &'a str,
    rate: String,
}

impl WorstWire {
    fn of(worst: Worst, book: &PriceBook) -> Self {
        Self { quantity: worst.quantity.to_string(), extra: book.currency().plain(worst.extra) }
    }
}

impl<'a> TermsWire<'a> {
    fn of(terms: &'a Terms<'_>) -> Self {
        let programs = terms.programs.iter();
        let programs =
            programs.map(|it| ProgramWire { program: it.name(), rate: it.max_rate().plain() });
        Self { term_years: terms.years.count(), prepay: terms.prepay, programs: programs.collect() }
    }
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
    let Finding { code, book, metric, quantities, worst, at_most, share, elsewhere, .. } = finding;
    let Finding { rule, message, advice, .. } = finding;
    FindingWire {
        code: code.name,
        severity: code.severity.name(),
        denied: findings.is_denied(finding),
        currency: &book.currency().code,
        metric: *metric,
        from: quantities.map(|(from, _)| from.to_string()),
        to: quantities.and_then(|(_, to)| to).map(|to| to.to_string()),
        worst: worst.map(|worst| WorstWire::of(worst, book)),
        worst_of_all: at_most.as_ref().map(|it| AtMostWire {
            worst: WorstWire::of(it.worst, book),
            terms: TermsWire::of(&it.terms),
        }),
        discount: share.map(Share::plain),
        elsewhere: elsewhere.as_ref().map(|elsewhere| ElsewhereWire {
            from: elsewhere.from.to_string(),
            terms: TermsWire::of(&elsewhere.terms),
        }),
        rule: &rule.id,
        source: &rule.source,
        message,
        advice,
    }
}
