//! Days on which the book may not be quoted.

use super::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use crate::book::PriceBook;

pub(super) const CODE: FindingKind = FindingKind {
    name: "not-in-force",
    severity: FindingSeverity::Warning,
    title: "Days on which nothing may be quoted",
    lesson: "\
A book says from which day on it may be quoted, and until when. On a day outside, every quote warns. The
day is today, or that of --date; of several books none is held against it.

What to do: set `effective` and `until` so that the book is in force when it quotes.",
    find,
};

pub(super) const BETWEEN: FindingKind = FindingKind {
    name: "dates-between-books",
    severity: FindingSeverity::Error,
    title: "Days of no book, or of two",
    lesson: "\
Of books that follow one another each is quoted until the next one begins. On a day between them nothing
may be quoted, and on a day of both a deal has two prices. Name the books one after the other, as in
dealdesk book check 2026.toml 2027.toml.

What to do: set `until` of each book to the day before `effective` of the next one.",
    find: between,
};

fn find<'b>(case: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let book = case.book;
    let mut tell = |message: String, advice: String| {
        found.push(Finding::new(case, &CODE, &book.rule, message).advice(advice));
    };
    // Of several books most are of another time.
    if case.is_one_of_several {
        return;
    }
    if let Some(first) = book.effective.filter(|first| case.date < *first) {
        tell(
            format!("the book may be quoted from {first} on, and today is {}", case.date),
            "keep quoting from the book before it until then".to_owned(),
        );
    }
    let Some(last) = book.until else { return };
    if case.date > last {
        tell(
            format!("the book was to be quoted until {last}, and today is {}", case.date),
            "quote from the book that follows it, or move `until`".to_owned(),
        );
    }
}

fn between<'b>(case: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let book = case.book;
    // Books without any day do not follow one another.
    let is_dated = |book: &PriceBook| book.effective.or(book.until).is_some();
    let Some(next) = case.next.filter(|next| is_dated(next) || is_dated(book)) else { return };
    let mut tell = |message: String, advice: String| {
        found.push(Finding::new(case, &BETWEEN, &book.rule, message).advice(advice));
    };
    let Some(first) = next.effective else {
        return tell(
            "the next book does not say when it begins".to_owned(),
            "give it `effective`".to_owned(),
        );
    };
    if book.effective.is_some_and(|begins| begins >= first) {
        return tell(
            format!("the next book begins on {first}, no later than this one"),
            "name the books in the order of time".to_owned(),
        );
    }
    match book.until {
        None => tell(
            format!("the book has no last day, and the next one begins on {first}"),
            format!("end it with until = {}", first.minus_days(1)),
        ),
        Some(last) if last.plus_days(1) < first => tell(
            format!("no book may be quoted from {} to {}", last.plus_days(1), first.minus_days(1)),
            format!("end this one on {}, or begin the next one earlier", first.minus_days(1)),
        ),
        Some(last) if last >= first => tell(
            format!("both books may be quoted from {first} to {last}"),
            format!("end this one on {}", first.minus_days(1)),
        ),
        Some(_) => {}
    }
}
