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
    let (book, today) = (check.book, check.date);
    // Most books of a series are of another time.
    if check.is_one_of_several {
        return;
    }
    let mut add = |is: String, advice: &str| {
        let message = format!("the book {is}, and today is {today}");
        found.push(Finding::new(check, &KIND, &book.rule, message, advice));
    };
    if let Some(first) = book.effective.filter(|first| today < *first) {
        add(format!("is in force from {first}"), "use the previous book until then");
    }
    if let Some(last) = book.until.filter(|last| today > *last) {
        add(format!("was in force until {last}"), "use the next book, or change `until`");
    }
}
