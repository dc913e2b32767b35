//! `dealdesk.ci/1`: a change before it is merged; and the reports of hosts.

use super::annotations::Annotation;
use super::{BookReview, Gate, GatedDeal};
use crate::answer::book_tables::BookChange;
use crate::answer::pipeline::CheckedDeal;
use crate::answer::pipeline::json::{judged, split};
use crate::answer::reprice::json::figures;
use crate::document::json::{Json, object};
use crate::quote::json::price_book;
use sha2::{Digest, Sha256};

pub(super) fn to_json(gate: &Gate<'_, '_>) -> Json {
    let unjudged = gate.unjudged.iter().map(|(path, why)| object! { path, reason: why });
    let deals = gate.deals();
    let impact = gate.impact(usize::MAX);
    let effect = impact.as_ref().and_then(|it| Some(figures(&gate.repricing(it)?)));
    let books = gate.checks().map(|(check, _)| price_book(check.book));
    object! {
        schema: "dealdesk.ci/1",
        status: gate.status().name(),
        base: gate.base,
        date: gate.day,
        max_approval: &gate.max_approval,
        price_books: Json::list(books),
        not_judged: Json::list(unjudged),
        changed_price_books: Json::list(gate.books.iter().map(book)),
        effect,
        deals: Json::list(deals.iter().map(|it| deal(gate, it))),
        removed: Json::list(&gate.removed),
        splits: Json::list(gate.splits().into_iter().map(split)),
    }
}

fn deal(gate: &Gate<'_, '_>, deal: &GatedDeal<'_, '_, '_>) -> Json {
    let by = |check: Option<_>, checked: Option<&CheckedDeal<'_, '_>>| {
        let (check, checked) = check.zip(checked)?;
        let errors = || object! { errors: Json::list(checked.errors()) };
        Some(checked.judged().map_or_else(errors, |it| object! { ..judged(check, it) }))
    };
    object! {
        name: deal.name,
        status: deal.status.name(),
        by_base: by(gate.by_base.as_ref(), deal.by_base),
        by_change: by(gate.by_own.as_ref(), deal.by_own),
    }
}

fn book(book: &BookReview<'_>) -> Json {
    let changes = book.changes.iter().map(|it| change(book, it));
    let findings = book.denied_findings().map(|it| {
        object! { code: it.code.name, message: &it.message, source: &it.rule.source }
    });
    object! {
        path: &book.path,
        keeps_version: book.keeps_version(),
        changes: Json::list(changes),
        denied_findings: Json::list(findings),
    }
}

fn change(book: &BookReview<'_>, change: &BookChange) -> Json {
    object! {
        path: change.path(),
        change: change.word(),
        effect: change.effect.name(),
        allowed: book.allowed.contains(&change.path()),
    }
}

/// Returns annotations as SARIF 2.1.0, which GitHub shows at the lines of a pull request.
pub fn sarif(annotations: &[Annotation]) -> Json {
    let mut codes: Vec<_> = annotations.iter().map(|it| it.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let results = annotations.iter().map(|it| {
        object! {
            ruleId: it.code,
            level: "error",
            message: object! { text: &it.message },
            locations: Json::list([object! {
                physicalLocation: object! {
                    artifactLocation: object! { uri: uri(&it.path) },
                    region: object! { startLine: it.line },
                },
            }]),
        }
    });
    object! {
        version: "2.1.0",
        runs: Json::list([object! {
            tool: object! {
                driver: object! {
                    name: "dealdesk",
                    version: env!("CARGO_PKG_VERSION"),
                    rules: Json::list(codes.into_iter().map(|code| object! { id: code })),
                },
            },
            results: Json::list(results),
        }]),
    }
}

/// Returns annotations as a code quality report of GitLab.
pub fn code_quality(annotations: &[Annotation]) -> Json {
    Json::list(annotations.iter().map(|it| {
        let fingerprint = Sha256::digest(format!("{}\0{}\0{}", it.code, it.path, it.message));
        object! {
            description: &it.message,
            check_name: it.code,
            fingerprint: format!("{fingerprint:x}"),
            severity: "major",
            location: object! { path: &it.path, lines: object! { begin: it.line } },
        }
    }))
}

/// Returns a path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    let keeps = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    let byte = |byte: u8| {
        if keeps(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    path.bytes().map(byte).collect()
}
