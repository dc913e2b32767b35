//! An approval of a discount row is in the verdict wherever the row applies.

use super::exact::zero;
use super::model::{Ask, Book, Cut, Deal, Given, Line, Rate, Row, Style, Take};
use super::oracle::{exclusive, price, row};
use super::world::{World, world};
use dealdesk::approve::Requirement;
use dealdesk::quote::quote;
use proptest::prelude::*;

const NOTHING: Rate = Rate { millionths: 0, style: Style::Quoted };

/// The deal withholds every discount of the book.
fn withholding(mut world: World) -> World {
    let automatic = |given: &Given| !matches!(given, Given::Program { .. });
    let discounts = world.book.discounts.iter().enumerate();
    let withheld = discounts.filter(|(_, it)| automatic(&it.given));
    world.deal.takes = withheld.map(|(at, _)| (at, Take::Nothing)).collect();
    world
}

/// Every row of the book gives 0%.
fn giving_nothing(mut world: World) -> World {
    let nothing = |row: &mut Row| (row.cut, row.otherwise) = (Cut::Rate(NOTHING), None);
    for discount in &mut world.book.discounts {
        match &mut discount.given {
            Given::Quantity(rows) | Given::Term(rows) | Given::ContractYear(rows) => {
                for (_, row) in rows {
                    nothing(row);
                }
            }
            Given::Prepay { ways, .. } => ways.iter_mut().for_each(|(_, row)| nothing(row)),
            Given::Always(row) => nothing(row),
            Given::Program { .. } => {}
        }
    }
    world
}

/// The rows that apply to the lines that cost something at list, each with the name of its discount.
fn applied<'m>(book: &'m Book, deal: &Deal) -> Vec<(&'m str, &'m Row)> {
    let priced = price(book, deal);
    let mut rows = Vec::new();
    for (line, years) in deal.lines.iter().zip(&priced) {
        if years.iter().all(|year| year.steps[0].1 == zero() || year.times == zero()) {
            continue;
        }
        if exclusive(book, deal, line.metric).is_none() {
            rows.extend((0..years.len()).flat_map(|year| of_year(book, deal, line, year)));
        }
    }
    rows
}

fn of_year<'m>(book: &'m Book, deal: &Deal, line: &Line, year: usize) -> Vec<(&'m str, &'m Row)> {
    let number = u64::try_from(year).expect("a year") + 1;
    let year = (number, line.charged(&book.metrics[line.metric], year));
    let discounts = book.discounts.iter().filter(|it| it.metrics.contains(&line.metric));
    discounts.filter_map(|it| Some((it.name.as_str(), row(it, deal, year)?))).collect()
}

fn is_of(required: &Requirement, discount: &str) -> bool {
    let rest = required.rule.id.strip_prefix(discount);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

fn is_for(required: &Requirement, book: &Book, ask: Ask) -> bool {
    let review = ask.review.map(|at| &book.reviews[at]);
    required.approval.level.height() == ask.level.unwrap_or(0)
        && required.approval.review.as_ref() == review
}

proptest! {
    #![proptest_config(super::cases(400))]

    /// A row without a rate that needs no approval asks wherever it applies, whatever the rates, the
    /// takes and the agreed prices are, and no row asks where it does not apply.
    #[test]
    fn a_row_asks_wherever_it_applies(
        world in prop_oneof![
            world(),
            world().prop_map(withholding),
            world().prop_map(giving_nothing),
        ],
    ) {
        let books = world.load();
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        let required = quote(&deal).verdict.required;
        let rows = applied(&world.book, &world.deal);
        let asks = |row: &Row| row.ask.level.unwrap_or(0) > 0 || row.ask.review.is_some();
        for (discount, row) in rows.iter().filter(|(_, row)| asks(row) && row.otherwise.is_none()) {
            let found = required.iter().any(|it| is_of(it, discount) && is_for(it, &world.book, row.ask));
            prop_assert!(found, "{discount}: {row:?} does not ask");
        }
        for discount in world.book.discounts.iter().filter(|it| it.programs().is_empty()) {
            for asking in required.iter().filter(|it| is_of(it, &discount.name)) {
                let is_it = |(name, row): &(&str, &Row)| {
                    *name == discount.name && is_for(asking, &world.book, row.ask)
                };
                prop_assert!(rows.iter().any(is_it), "{} asks", asking.rule.id);
            }
        }
    }
}
