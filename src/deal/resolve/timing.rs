//! Dates and length of a contract, and the commitment of the customer.

use super::Draft;
use crate::book::PriceBook;
use crate::deal::ContractPeriod;
use crate::number::{Date, Length, ProrationConvention, Years};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// Commitment that discounts depend on, and length of the contract that is paid for.
#[derive(Clone, Copy)]
pub(super) struct ContractTiming {
    /// Commitment in whole years, at least one.
    pub term: Years,
    /// Length: the commitment, after a part of a year if the contract begins with one.
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
    let period = period(draft, book, term);
    let is_sure = period.is_ok()
        && (draft.term.is_some() || draft.months.is_some() || draft.faults.is_empty());
    let period = period.unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    let months = draft.months.as_ref().map(|months| Length::of_months(months.value));
    let length = period.map_or_else(|| months.unwrap_or(term.into()), |period| period.length());
    // A part of a year is no year of commitment: what it earns is what one year does.
    let term = Years::new(length.years().into()).unwrap_or(Years::ONE);
    ContractTiming { term, length, period, is_sure }
}

fn period(
    draft: &Draft,
    book: &PriceBook,
    term: Years,
) -> Result<Option<ContractPeriod>, Diagnostic> {
    if let Some(months) = &draft.months {
        return in_months(draft, months);
    }
    let later = match (&draft.first_year, &draft.co_term_end) {
        (None, None) => {
            let start = draft.start.as_ref();
            return Ok(start.map(|start| ContractPeriod::years(start.value, term)));
        }
        (Some(first), Some(end)) => {
            let message = "a contract that joins another takes its years from that contract";
            return Err(first
                .fault(Code::Conflict, message)
                .related(end.place.clone(), "the end of the other")
                .hint("remove one of them"));
        }
        (Some(later), None) | (None, Some(later)) => later,
    };
    let Some(start) = &draft.start else {
        // A start that could not be read has its own fault.
        if !draft.faults.is_empty() {
            return Ok(None);
        }
        let message = "this date needs the first day of the contract";
        let hint = "add `start`, such as start = 2026-12-15";
        return Err(later.fault(Code::MissingKey, message).hint(hint));
    };
    let proration = book.billing.as_ref().and_then(|billing| billing.proration.as_ref());
    let Some((convention, _)) = proration else {
        let message = "the book does not define how a part of a year is counted";
        let hint = "begin a whole year on the first day, or add `proration` to the book";
        return Err(later.fault(Code::NotSold, message).hint(hint));
    };
    let period = match &draft.first_year {
        Some(first) => led(start, first, term, *convention),
        None => co_term(start, later, draft.term.as_ref(), *convention),
    };
    period.map(Some)
}

/// Returns the days of a contract that lasts some months.
fn in_months(draft: &Draft, months: &Written<u32>) -> Result<Option<ContractPeriod>, Diagnostic> {
    let [term, first, end] = [
        draft.term.as_ref().map(|it| (&it.place, "the term in years")),
        draft.first_year.as_ref().map(|it| (&it.place, "the first whole year")),
        draft.co_term_end.as_ref().map(|it| (&it.place, "the end of the other")),
    ];
    if let Some((place, what)) = term.or(first).or(end) {
        let message = "the months of a contract are all of its length";
        let fault = months.fault(Code::Conflict, message).related(place.clone(), what);
        return Err(fault.hint("remove one of them"));
    }
    let start = draft.start.as_ref();
    Ok(start.map(|start| ContractPeriod::months(start.value, months.value)))
}

fn led(
    start: &Written<Date>,
    first: &Written<Date>,
    term: Years,
    convention: ProrationConvention,
) -> Result<ContractPeriod, Diagnostic> {
    let (message, hint) = if first.value < start.value {
        ("the first year begins before the contract does", "begin it on `start`, or later")
    } else if first.value >= start.value.plus_months(12) {
        let hint = "raise `term_years`, and begin the first whole year earlier";
        ("the part before the first year is a year or more", hint)
    } else {
        return Ok(ContractPeriod::led(start.value, first.value, term, convention));
    };
    let fault = first.fault(Code::DateOrder, message).hint(hint);
    Err(fault.related(start.place.clone(), "the contract starts here"))
}

fn co_term(
    start: &Written<Date>,
    end: &Written<Date>,
    term: Option<&Written<Years>>,
    convention: ProrationConvention,
) -> Result<ContractPeriod, Diagnostic> {
    if let Some(term) = term {
        let message = "a contract that joins another ends with it, whatever its term";
        return Err(term
            .fault(Code::Conflict, message)
            .related(end.place.clone(), "ends here")
            .hint("remove one of them"));
    }
    let most = i32::try_from(12 * Years::MAX).unwrap_or_default();
    let (message, hint) = if end.value < start.value {
        let hint = "`co_term_end` is the last day of the contract that this one joins".to_owned();
        ("the contract ends before it starts", hint)
    } else if end.value >= start.value.plus_months(most) {
        let hint = format!("a contract has at most {} years", Years::MAX);
        ("the contract ends too far from its start", hint)
    } else {
        return Ok(ContractPeriod::co_term(start.value, end.value, convention));
    };
    let fault = end.fault(Code::DateOrder, message).hint(hint);
    Err(fault.related(start.place.clone(), "starts here"))
}
