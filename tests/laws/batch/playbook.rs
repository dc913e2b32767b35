//! The book that comes with the program, row by row.

use super::alone::held_alone;
use super::rows::{Row, csv, numbered};
use super::run::{CSV, desk, priced};
use crate::laws::world::load;
use crate::support::OUR_BOOK;
use dealdesk::approve::{APPROVAL_RULES, quantity_breakpoints};
use dealdesk::book::{Books, Metric};
use proptest::prelude::TestCaseError;
use std::sync::LazyLock;

static BOOK: LazyLock<Books> = LazyLock::new(|| load(OUR_BOOK));

/// Rates at, around and beyond the largest one of a program.
const RATES: &[&str] =
    &["0.10", "25%", "0.000001", "0.20", "0.200001", "0.123456", "0.3", "30.0001%", "0", "1.0", ""];

/// The first and the last quantity of every range.
fn edges(metric: &Metric) -> Vec<u64> {
    let breaks = quantity_breakpoints(APPROVAL_RULES, BOOK.first(), metric);
    breaks.iter().flat_map(|from| [from.saturating_sub(1), *from]).collect()
}

/// Every metric at every edge of a range, for every term, prepayment and program, each with two of
/// the rates by turns.
fn every_cell(terms: [u32; 2]) -> Vec<Row> {
    let book = BOOK.first();
    let programs = book.programs().map(|(_, program)| program.name());
    let programs: Vec<_> = std::iter::once("").chain(programs).collect();
    let mut rows = Vec::new();
    let mut turn = 0;
    for metric in book.metrics() {
        for term in terms {
            for prepay in ["", "multi-year"] {
                for program in &programs {
                    for quantity in edges(metric) {
                        turn += 1;
                        for rate in [RATES[turn % RATES.len()], RATES[(turn + 5) % RATES.len()]] {
                            let row = Row::of(&[("metric", metric.name()), ("prepay", prepay)]);
                            let row = row.with("quantity", &quantity.to_string());
                            let row = row.with("term_years", &term.to_string());
                            let rate = if program.is_empty() { "" } else { rate };
                            rows.push(row.with("strategic", program).with("strategic_rate", rate));
                        }
                    }
                }
            }
        }
    }
    numbered(rows)
}

fn holds(rows: &[Row]) -> Result<(), TestCaseError> {
    let ran = priced(&desk(&BOOK, None), &csv(rows), CSV);
    held_alone(&ran, rows, &BOOK, "USD")
}

/// Compares prices from the memo with the engine, for every range that the book has.
#[test]
fn every_cell_is_the_engines_for_one_year_and_two() -> Result<(), TestCaseError> {
    holds(&every_cell([1, 2]))
}

#[test]
fn every_cell_is_the_engines_for_three_years_and_four() -> Result<(), TestCaseError> {
    holds(&every_cell([3, 4]))
}

#[test]
fn every_cell_is_the_engines_for_five_years_and_six() -> Result<(), TestCaseError> {
    holds(&every_cell([5, 6]))
}
