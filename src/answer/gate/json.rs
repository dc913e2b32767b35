//! `dealdesk.ci/1`: a change before it is merged.

use super::{BookReview, Gate, GatedDeal};
use crate::answer::book_tables::BookChange;
use crate::answer::pipeline::CheckedDeal;
use crate::answer::pipeline::json::{judged, split};
use crate::document::json::{Json, object};
use crate::quote::json::price_book;

pub(super) fn to_json(gate: &Gate<'_, '_>) -> Json {
    let unjudged = gate.unjudged.iter().map(|(path, why)| object! { path, reason: why });
    let deals = gate.deals();
    let books = gate.checks().map(|(check, _)| price_book(check.book));
    object! {
        schema: "dealdesk.ci/1",
        status: gate.status().name(),
        base: gate.base,
        date: gate.day,
        max_approval: &gate.max_approval,
        price_books: Json::list(books),
        not_judged: Json::list(unjudged),
        price_book: gate.book.as_ref().map(book),
        deals: Json::list(deals.iter().map(|it| deal(gate, it))),
        removed: Json::list(&gate.removed),
        splits: Json::list(gate.splits().map(split)),
    }
}

fn deal(gate: &Gate<'_, '_>, deal: &GatedDeal<'_, '_, '_>) -> Json {
    let by = |check: Option<_>, checked: Option<&CheckedDeal<'_, '_>>| {
        let (check, checked) = check.zip(checked)?;
        Some(match checked.judged() {
            Some(it) => object! { ..judged(check, it) },
            None => object! { errors: Json::list(checked.errors()) },
        })
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
