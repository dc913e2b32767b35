//! `not-in-force`: the book may not be quoted on the day of the check.

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};

pub(super) const KIND: FindingKind = FindingKind {
    name: "not-in-force",
    severity: FindingSeverity::Warning,
    title: "Days on which nothing may be quoted",
    lesson: "\
A book may be quoted from its `effective` day until its `until` day. On every other day, each quote warns.
The check uses today, or the day of --date. If several books are checked together, this finding is left
out.

What to do: set `effective` and `until` so that the book is in force when it quotes.",
    find,
};

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let book = check.book;
    let mut add = |message: String, advice: &str| {
        found.push(Finding::new(check, &KIND, &book.rule, message, advice));
    };
    // Most books of a series are of another time.
    if check.is_one_of_several {
        return;
    }
    if let Some(first) = book.effective.filter(|first| check.date < *first) {
        add(
            format!("the book may be quoted from {first} on, and today is {}", check.date),
            "keep quoting from the book before it until then",
        );
    }
    if let Some(last) = book.until.filter(|last| check.date > *last) {
        add(
            format!("the book was to be quoted until {last}, and today is {}", check.date),
            "quote from the book that follows it, or move `until`",
        );
    }
}
