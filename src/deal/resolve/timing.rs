//! Dates and length of a contract, and the commitment of the customer.

use super::Draft;
use crate::book::PriceBook;
use crate::deal::ContractPeriod;
use crate::number::{Date, Length, ProrationConvention, Years};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// Commitment that discounts depend on, and length of the contract that is paid for.
pub(super) struct ContractTiming {
    /// Commitment in whole years, at least one.
    pub term: Years,
    /// Length: the commitment, or for a contract that begins between two anniversaries a part of a
    /// year more.
    pub length: Length,
    pub period: Option<ContractPeriod>,
    /// Whether every part of the term and of the dates could be read.
    pub is_sure: bool,
}

/// Resolves the dates of a draft. Dates that contradict each other are reported, and the written
/// term stands in for them, so that every other error is reported too.
pub(super) fn timing(
    draft: &Draft,
    book: &PriceBook,
    faults: &mut Vec<Diagnostic>,
) -> ContractTiming {
    let term = draft.term.as_ref().map_or(Years::ONE, |term| term.value);
    let before = faults.len();
    let period = period(draft, book, term, faults);
    let length = period.map_or_else(|| term.into(), |period| period.length());
    ContractTiming {
        // A part of a year is no year of commitment: what it earns is what one year does.
        term: Years::new(length.years().into()).unwrap_or(Years::ONE),
        length,
        period,
        is_sure: faults.len() == before && (draft.term.is_some() || draft.faults.is_empty()),
    }
}

fn period(
    draft: &Draft,
    book: &PriceBook,
    term: Years,
    faults: &mut Vec<Diagnostic>,
) -> Option<ContractPeriod> {
    let start = draft.start.as_ref();
    let later = match (draft.first_year.as_ref(), draft.co_term_end.as_ref()) {
        (None, None) => return start.map(|start| ContractPeriod::years(start.value, term)),
        (Some(first), Some(end)) => {
            let message = "a contract that joins another takes its years from that contract";
            faults.push(
                Diagnostic::new(Code::Conflict, first.place.clone(), message)
                    .related(end.place.clone(), "the end of the other")
                    .hint("remove one of them"),
            );
            return None;
        }
        (Some(later), None) | (None, Some(later)) => later,
    };
    let Some(start) = start else {
        // A start that could not be read has its own fault.
        if draft.faults.is_empty() {
            let message = "this date needs the first day of the contract";
            faults.push(
                Diagnostic::new(Code::MissingKey, later.place.clone(), message)
                    .hint("add `start`, such as start = 2026-12-15"),
            );
        }
        return None;
    };
    let convention = convention(book, later, faults)?;
    match &draft.first_year {
        Some(first) => led(start, first, term, convention, faults),
        None => co_term(start, later, draft.term.as_ref(), convention, faults),
    }
}

fn convention(
    book: &PriceBook,
    later: &Written<Date>,
    faults: &mut Vec<Diagnostic>,
) -> Option<ProrationConvention> {
    let found = book.billing.as_ref().and_then(|billing| billing.proration.as_ref());
    if found.is_none() {
        let message = "the book does not define how a part of a year is counted";
        faults.push(
            Diagnostic::new(Code::NotSold, later.place.clone(), message)
                .hint("begin a whole year on the first day, or add `proration` to the book"),
        );
    }
    found.map(|(convention, _)| *convention)
}

fn led(
    start: &Written<Date>,
    first: &Written<Date>,
    term: Years,
    convention: ProrationConvention,
    faults: &mut Vec<Diagnostic>,
) -> Option<ContractPeriod> {
    let mut fault = |message: &str, hint: &str| {
        faults.push(
            Diagnostic::new(Code::DateOrder, first.place.clone(), message)
                .related(start.place.clone(), "the contract starts here")
                .hint(hint),
        );
    };
    if first.value < start.value {
        fault("the first year begins before the contract does", "begin it on `start`, or later");
        return None;
    }
    if first.value.plus_months(-12) >= start.value {
        let hint = "raise `term_years`, and begin the first whole year earlier";
        fault("the part before the first year is a year or more", hint);
        return None;
    }
    Some(ContractPeriod::led(start.value, first.value, term, convention))
}

fn co_term(
    start: &Written<Date>,
    end: &Written<Date>,
    term: Option<&Written<Years>>,
    convention: ProrationConvention,
    faults: &mut Vec<Diagnostic>,
) -> Option<ContractPeriod> {
    if let Some(term) = term {
        let message = "a contract that joins another ends with it, whatever its term";
        faults.push(
            Diagnostic::new(Code::Conflict, term.place.clone(), message)
                .related(end.place.clone(), "ends here")
                .hint("remove one of them"),
        );
        return None;
    }
    let fault = |message: &str, hint: String| {
        Diagnostic::new(Code::DateOrder, end.place.clone(), message)
            .related(start.place.clone(), "starts here")
            .hint(hint)
    };
    if end.value < start.value {
        let hint = "`co_term_end` is the last day of the contract that this one joins".to_owned();
        faults.push(fault("the contract ends before it starts", hint));
        return None;
    }
    let most = i32::try_from(12 * Years::MAX).unwrap_or_default();
    if end.value >= start.value.plus_months(most) {
        let hint = format!("a contract has at most {} years", Years::MAX);
        faults.push(fault("the contract ends too far from its start", hint));
        return None;
    }
    Some(ContractPeriod::co_term(start.value, end.value, convention))
}
