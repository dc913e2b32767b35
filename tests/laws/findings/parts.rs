//! The same of what is sold in parts of a unit, at every thousandth.

use super::{Tweak, granting, holds_under_every_choice, tweak};
use crate::findings::{day, proved, resolve, total, tried};
use crate::laws::larger_order::{narrow, small};
use crate::laws::model::{Book, Given, Mode, Range};
use crate::laws::world::{World, load, world};
use dealdesk::answer::book_check::findings;
use proptest::prelude::*;

/// Nothing is sold beyond.
const UNITS: u64 = 3;

/// A book that sells one thing, in parts, at few prices that follow one another soon.
fn in_parts(mut book: Book, mode: Mode) -> Book {
    book.metrics.truncate(1);
    let metric = &mut book.metrics[0];
    (metric.fractional, metric.main_only) = (true, false);
    metric.mode = match mode {
        Mode::Package { size, included } => {
            Mode::Package { size: 1 + size % 2, included: included % 2 }
        }
        other => other,
    };
    metric.tiers.truncate(3);
    narrow(1, 1, metric.tiers.iter_mut().map(|tier| &mut tier.range));
    metric.tiers.last_mut().expect("a tier").range.to = Some(UNITS);
    for discount in &mut book.discounts {
        discount.metrics.retain(|at| *at == 0);
        if let Given::Quantity(rows) = &mut discount.given {
            rows.truncate(3);
            let first = rows[0].0.from % 2;
            narrow(first, 1, rows.iter_mut().map(|(range, _)| range));
        }
    }
    book
}

/// Without a choice of terms.
fn alone(world: World) -> Book {
    let mode = world.book.metrics[0].mode;
    in_parts(small(world).book, mode)
}

/// With programs that decide something near so few units.
fn with_programs((world, mut tweak): (World, Tweak)) -> Book {
    let within = |number: u64| 1 + number % UNITS;
    for near in &mut tweak.programs {
        near.quantity = near.quantity.map(|range| {
            let from = range.from % UNITS;
            Range { from, to: range.to.map(|to| from + to % 2) }
        });
        near.arr_above = near.arr_above.map(within);
        near.floor = within(near.floor);
    }
    tweak.terms = (1, 1);
    tweak.most = tweak.most.map(|(annual, most)| (annual, within(most)));
    let mut book = granting((world, tweak));
    let mut lists = 0;
    book.discounts.retain(|it| match it.given {
        Given::Prepay { .. } => false,
        Given::Program { .. } => {
            lists += 1;
            lists == 1
        }
        _ => true,
    });
    let mode = book.metrics[0].mode;
    in_parts(book, mode)
}

proptest! {
    #![proptest_config(crate::laws::cases(24))]

    /// Larger orders that cost less are found at every part of a unit, and nowhere else.
    #[test]
    fn larger_orders_in_parts_that_cost_less_are_all_found(book in world().prop_map(alone)) {
        let books = load(&book.toml());
        let metric = &books.first().metrics()[0];
        if metric.tiers().iter().any(|tier| tier.fee().is_some()) {
            return Ok(());
        }
        let found = findings(&[&books], day());
        let code = &books.first().currency().code;
        let text = format!(
            "currency = \"{code}\"\n[[line]]\nmetric = \"{}\"\nquantity = 1", metric.name()
        );
        let Some(deal) = resolve(&books, &text) else { return Ok(()) };
        let last = metric.increment().last(UNITS);
        // What no quote can say is no finding: odd rates need more digits for some parts of a unit.
        let is_priced: Vec<_> = (1..=last).map(|it| total(&deal, it).is_some()).collect();
        if is_priced.windows(2).any(|it| it == [false, true]) {
            return Ok(());
        }
        let mine: Vec<_> = found
            .iter()
            .filter(|it| it.book.currency().code == *code)
            .filter(|it| it.elsewhere.as_ref().is_none_or(|at| Some(at.from) != it.quantities.map(|it| it.0)))
            .cloned()
            .collect();
        prop_assert_eq!(proved(&mine, metric.name()), tried(&deal, last), "{}", book.toml());
    }
}

proptest! {
    #![proptest_config(crate::laws::cases(12))]

    /// The same under every choice, with the most that they cost too much.
    #[test]
    fn larger_orders_in_parts_are_found_under_every_choice(
        book in (world(), tweak()).prop_map(with_programs)
    ) {
        holds_under_every_choice(&book, 0, 1000 * UNITS)?;
    }
}
