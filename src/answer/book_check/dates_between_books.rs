//! `dates-between-books`: days between two books that follow one another, or days of both.

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use crate::book::PriceBook;

pub(super) const KIND: FindingKind = FindingKind {
    name: "dates-between-books",
    severity: FindingSeverity::Error,
    title: "Days without a book, or with two",
    lesson: "\
Books that follow one another are each quoted until the next one begins. On a day between two books
nothing may be quoted, and on a day of both a deal has two prices. Name the books in the order of time:
dealdesk book check 2026.toml 2027.toml.

What to do: set `until` of each book to the day before `effective` of the next one.",
    find,
};

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let book = check.book;
    // Two books without any date do not follow one another.
    let is_dated = |book: &PriceBook| book.effective.or(book.until).is_some();
    let Some(next) = check.next.filter(|next| is_dated(next) || is_dated(book)) else { return };
    if let Some((message, advice)) = error_between(book, next) {
        found.push(Finding::new(check, &KIND, &book.rule, message, advice));
    }
}

/// Returns the message and the advice if the dates of two books leave a gap or overlap.
fn error_between(book: &PriceBook, next: &PriceBook) -> Option<(String, String)> {
    let Some(first) = next.effective else {
        let message = "the next book has no first day".to_owned();
        return Some((message, "give it `effective`".to_owned()));
    };
    if book.effective.is_some_and(|begins| begins >= first) {
        let message = format!("the next book begins on {first}, which is not later than this one");
        return Some((message, "name the books in order of their first day".to_owned()));
    }
    let end = first.minus_days(1);
    let Some(last) = book.until else {
        let message = format!("the book has no last day, and the next one begins on {first}");
        return Some((message, format!("end it with until = {end}")));
    };
    let begin = last.plus_days(1);
    if begin < first {
        let message = format!("no book may be quoted from {begin} to {end}");
        return Some((message, format!("end this one on {end}, or begin the next one earlier")));
    }
    let message = format!("both books may be quoted from {first} to {last}");
    (last >= first).then(|| (message, format!("end this one on {end}")))
}
