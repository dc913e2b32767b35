//! One deal in other words is the same quote.

use super::model::{Book, Deal, Line, Per};
use super::world::{resolve, world};
use dealdesk::deal::to_toml;
use dealdesk::quote::json::to_json;
use dealdesk::quote::{Quote, quote};
use proptest::prelude::*;

/// The same line, with its years one by one where that can be said.
pub fn year_by_year(book: &Book, line: &Line, term: u32) -> Line {
    if matches!(book.metrics[line.metric].per, Per::Once(_)) {
        return line.clone();
    }
    let years = (0..term as usize).map(|year| line.year(year)).collect();
    Line { years, ramp: true, ..line.clone() }
}

/// What does not depend on the order of lines.
fn summary(quote: &Quote<'_, '_>) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut violations: Vec<_> = quote.verdict.violations.iter().map(|it| &it.message).collect();
    violations.sort_unstable();
    let violations = format!("{violations:?}");
    let reviews = format!("{:?}", quote.verdict.reviews());
    (quote.pricing.totals, quote.verdict.level(), reviews, violations)
}

proptest! {
    #![proptest_config(super::cases(200))]

    /// A flat line is a ramp of equal years: the same JSON, to the byte.
    #[test]
    fn a_ramp_of_equal_years_is_a_flat_line(world in world()) {
        let book = world.load();
        let text = world.deal.toml(&world.book);
        let Ok(flat) = resolve(&text, &book) else { return Ok(()) };
        let lines = world.deal.lines.iter().map(|line| year_by_year(&world.book, line, world.deal.term));
        let ramp = Deal { lines: lines.collect(), ..world.deal.clone() }.toml(&world.book);
        let ramp = resolve(&ramp, &book);
        let ramp = ramp.map_err(|faults| TestCaseError::fail(faults.to_string()))?;
        prop_assert_eq!(to_json(&quote(&flat)), to_json(&quote(&ramp)));
    }

    /// The order of lines changes no total, no level and no violation.
    #[test]
    fn the_order_of_lines_does_not_matter(world in world(), turn in 0..5_usize) {
        let book = world.load();
        let Some(deal) = world.resolve(&book) else { return Ok(()) };
        let mut other = world.deal.clone();
        let turn = turn % other.lines.len();
        other.lines.rotate_left(turn);
        other.lines[turn..].reverse();
        let other = resolve(&other.toml(&world.book), &book);
        let other = other.map_err(|faults| TestCaseError::fail(faults.to_string()))?;
        prop_assert_eq!(summary(&quote(&deal)), summary(&quote(&other)));
    }

    /// A deal that is saved and read again is the same quote, to the byte, and so is the file.
    #[test]
    fn a_saved_deal_is_the_same_quote(world in world()) {
        let book = world.load();
        let Some(deal) = world.resolve(&book) else { return Ok(()) };
        let saved = to_toml(&deal);
        let again = resolve(&saved, &book);
        let again = again.map_err(|faults| TestCaseError::fail(format!("{faults}\n{saved}")))?;
        prop_assert_eq!(&to_toml(&again), &saved);
        prop_assert_eq!(to_json(&quote(&deal)), to_json(&quote(&again)));
    }
}
