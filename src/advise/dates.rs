//! Quotes by a book that does not hold on their day.

use super::{Notice, Severity};
use crate::approve::{Case, Verdict};

pub(super) fn advise(case: &Case<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    let (book, date) = (case.deal.book, case.deal.date);
    let message = match (book.effective, book.until) {
        (Some(from), _) if date < from => {
            format!("the price book holds from {from}, and this quote is of {date}")
        }
        (_, Some(until)) if date > until => {
            format!("the price book held until {until}, and this quote is of {date}")
        }
        _ => return,
    };
    notices.push(Notice {
        severity: Severity::Warning,
        code: "book-not-in-force",
        message,
        rule: None,
    });
}
