//! The bounds that make pricing exact and free of overflow.
//!
//! A decimal here holds [`DIGITS`] digits. Each step of a waterfall adds the places of its rate
//! to those of the price, and a total adds the digits of the quantity. What could need more is
//! refused here, so that nothing behind this door has to ask.

use super::{Deal, Draft, Line, Segment, Take};
use crate::book::{Cut, Given, Per};
use crate::diagnostic::{Code, Diagnostic};
use crate::value::{DIGITS, Money, grouped};

/// The largest list price of a line in a year, in whole units of currency.
const LARGEST_YEAR: u64 = 1_000_000_000_000;

/// The largest contract at list, in whole units of currency.
const LARGEST_DEAL: u64 = 1_000_000_000_000_000;

/// The most lines of a deal.
pub(super) const MOST_LINES: usize = 1000;

/// Whether every figure of the deal is exact.
pub(super) fn fits(deal: &Deal<'_>) -> bool {
    deal.lines.iter().all(|line| {
        line.segments
            .iter()
            .all(|segment| is_worth(segment) && digits(deal, line, segment) <= DIGITS)
    }) && contract(deal).is_within(LARGEST_DEAL)
}

/// Reports what could not be calculated exactly.
pub(super) fn check(draft: &Draft, deal: &Deal<'_>, faults: &mut Vec<Diagnostic>) {
    for (line, written) in deal.lines.iter().zip(&draft.lines) {
        let place = written.quantity.as_ref().map_or(&written.place, |quantity| &quantity.place);
        for segment in &line.segments {
            if !is_worth(segment) {
                let message = "a year of this line is worth more than dealdesk calculates with";
                let limit = grouped(&LARGEST_YEAR.to_string());
                faults.push(
                    Diagnostic::new(Code::TooManyDigits, place.clone(), message)
                        .hint(format!("the limit is {limit} a year at list; split the deal")),
                );
            } else if digits(deal, line, segment) > DIGITS {
                let message =
                    format!("the figures of this line could need more than {DIGITS} digits");
                faults.push(
                    Diagnostic::new(Code::TooManyDigits, place.clone(), message)
                        .hint("use rates with fewer decimals, or split the line"),
                );
            }
        }
    }
    if faults.is_empty() && !fits(deal) {
        let limit = grouped(&LARGEST_DEAL.to_string());
        faults.push(
            Diagnostic::new(Code::TooManyDigits, draft.place.clone(), "this contract is too large")
                .hint(format!("the limit is {limit} at list; split the deal")),
        );
    }
}

/// Whether a year of the segment is within [`LARGEST_YEAR`].
fn is_worth(segment: &Segment<'_>) -> bool {
    let list = &segment.list;
    let asked = segment.unit_price.unwrap_or(Money::ZERO);
    list.price.is_within(LARGEST_YEAR)
        && (list.price * list.times).is_within(LARGEST_YEAR)
        && (asked * list.times).is_within(LARGEST_YEAR)
}

/// The contract at list price, or at the price asked for where that is more.
fn contract(deal: &Deal<'_>) -> Money {
    let years = deal.lines.iter().flat_map(|line| {
        line.segments.iter().map(|segment| {
            let price = segment.unit_price.unwrap_or(Money::ZERO).max(segment.list.price);
            let year = price * segment.list.times * line.metric.per.times_a_year();
            match line.metric.per {
                Per::Year | Per::Hour { .. } => year * segment.years,
                // Maintenance costs no more than the licence itself.
                Per::Once { .. } => year + year * segment.years,
            }
        })
    });
    years.sum()
}

/// The most digits that any figure of the segment's waterfall can take, or of its ARR before
/// programs, which is compared without rounding.
fn digits(deal: &Deal<'_>, line: &Line<'_>, segment: &Segment<'_>) -> u32 {
    let places = |cut: Cut| match cut {
        Cut::Rate(rate) => rate.places(),
        // A difference has the places of the finer of its two terms.
        Cut::Amount(amount) => amount.width(),
    };
    let mut program = 0;
    let mut rest = 0;
    for discount in deal.book.discounts() {
        if !discount.applies_to(&line.metric.name) {
            continue;
        }
        if let Given::Program { .. } = discount.given {
            let claims = deal.claims.iter().filter(|claim| claim.discount.name == discount.name);
            program += claims.map(|claim| claim.rate.places()).sum::<u32>();
            continue;
        }
        let row = discount.row(segment.quantity, deal.term, deal.prepay);
        let given = row.map_or(0, |row| places(row.cut).max(row.otherwise.places()));
        let taken = match deal.take(discount) {
            Take::Rate(rate) => rate.places(),
            Take::Auto | Take::Nothing => 0,
        };
        rest += given.max(taken);
    }
    let price = segment.list.price.width() + rest;
    let year = match line.metric.per {
        Per::Year => 0,
        Per::Hour { .. } => 4,
        Per::Once { maintenance } => maintenance.places(),
    };
    // A thousand lines add 3 digits to the one that a year has.
    let arr = price + segment.list.times.width() + year + 3;
    // A floor takes the prices of the line for those of the unit.
    let whole = segment.list.times.width();
    (price + program + whole).max(arr).max(asked_width(segment))
}

fn asked_width(segment: &Segment<'_>) -> u32 {
    segment.unit_price.map_or(0, Money::width)
}
