//! `not-in-force`: the book may not be quoted on the day of the check.

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};

pub(super) const KIND: FindingKind = FindingKind {
    name: "not-in-force",
    severity: FindingSeverity::Warning,
    title: "The book is not in force",
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
            format!("the book is in force from {first}, and today is {}", check.date),
            "use the previous book until then",
        );
    }
    if let Some(last) = book.until.filter(|last| check.date > *last) {
        add(
            format!("the book was in force until {last}, and today is {}", check.date),
            "use the next book, or change `until`",
        );
    }
}
