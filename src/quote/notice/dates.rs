//! Quotes by a book that does not hold on their day, and contracts that have begun before it.

use super::{Notice, NoticeSeverity};
use crate::approve::{PricedDeal, Verdict};
use crate::deal::ContractPeriod;

pub(super) fn advise(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    begun(case, notices);
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
        severity: NoticeSeverity::Warning,
        code: "book-not-in-force",
        message,
        rule: None,
    });
}

/// A start in the past commits the customer to years that are over.
fn begun(case: &PricedDeal<'_, '_>, notices: &mut Vec<Notice>) {
    let date = case.deal.date;
    if let Some(start) = case.deal.period().map(ContractPeriod::start).filter(|start| *start < date)
    {
        notices.push(Notice {
            severity: NoticeSeverity::Warning,
            code: "starts-in-the-past",
            message: format!("the contract starts on {start}, and this quote is of {date}"),
            rule: None,
        });
    }
}
