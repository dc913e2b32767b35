//! Orders that cost less in several parts, held against trying every split.

use super::{Book, Given, Mode, Money, Per, Range, small};
use crate::findings::splitting::{most_saved, priced_alone, splits, told};
use crate::findings::{day, resolve};
use crate::laws::larger_order::{LAST, narrow};
use crate::laws::world::{load, world};
use dealdesk::answer::book_check::{Finding, findings};
use dealdesk::book::{Books, Metric, PriceBasis};
use dealdesk::deal::Deal;
use dealdesk::number::{Increment, Quantity};
use dealdesk::price::{Growth, PricingStep, price};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

/// The finding is under the shortest term, with the standard prepayment and no program.
fn is_standard(it: &Finding<'_>) -> bool {
    let first = it.quantities.map(|(from, _)| from);
    it.elsewhere.as_ref().is_none_or(|at| Some(at.from) != first)
}

/// Whole units at a price of their own.
fn is_tried(metric: &Metric) -> bool {
    metric.increment() == Increment::UNIT && metric.tiers().iter().all(|tier| tier.fee().is_none())
}

/// An order of the first quantity.
fn order<'b>(books: &'b Books, metric: &Metric) -> Option<Deal<'b>> {
    let first = metric.tiers()[0].quantity().from().max(1);
    let code = &books.first().currency().code;
    let text = format!(
        "currency = \"{code}\"\n[[line]]\nmetric = \"{}\"\nquantity = {first}",
        metric.name()
    );
    resolve(books, &text)
}

fn splits_of<'a, 'b>(
    books: &Books,
    found: &'a [Finding<'b>],
    metric: &Metric,
) -> Vec<&'a Finding<'b>> {
    let all = splits(found, metric.name()).into_iter();
    all.filter(|it| it.book.currency() == books.first().currency()).collect()
}

/// Each named split costs what is said.
fn cost_what_is_said(deal: &Deal<'_>, mine: &[&Finding<'_>]) -> TestCaseResult {
    for it in mine {
        let alone = |count| priced_alone(deal, count).expect("an order");
        let worst = it.worst.expect("a worst case");
        let parts: u64 = it.orders.iter().map(|order| alone(*order)).sum();
        prop_assert_eq!(
            Some(alone(worst.quantity) - parts),
            worst.extra.scaled(6),
            "{}",
            it.message
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(crate::laws::cases(100))]

    /// Each split that is named costs what is said, and none is missing but for the rounding of single orders.
    #[test]
    fn splits_that_cost_less_are_all_found(world in world().prop_map(small)) {
        let books = world.load();
        let found = findings(&[&books], day());
        let last = usize::try_from(LAST).expect("a count") + 40;
        for metric in books.first().metrics().iter().filter(|it| is_tried(it)) {
            let Some(deal) = order(&books, metric) else { continue };
            let all = splits_of(&books, &found, metric);
            let mine: Vec<_> = all.iter().copied().filter(|it| is_standard(it)).collect();
            cost_what_is_said(&deal, &mine)?;
            let is_by_unit = price(&deal).lines[0].segments[0].list.basis == PriceBasis::Unit;
            if metric.growth() != Growth::Linear || !is_by_unit {
                continue;
            }
            let saved = most_saved(&deal, last);
            let (said, everywhere) = (told(&mine, last), told(&all, last));
            for (count, saved) in saved.iter().enumerate() {
                prop_assert!(*saved == 0 || everywhere[count], "{count}: {saved}\n{}", world.book.toml());
                prop_assert!(*saved > 0 || !said[count], "{count}\n{}", world.book.toml());
            }
        }
    }
}

/// The charges of a metric, in prices of its first unit.
#[derive(Debug, Clone)]
struct Charges {
    mode: Mode,
    /// The price and the flat amount of each range.
    tiers: Vec<(u64, Option<u64>)>,
    fee: Option<u64>,
    minimum: Option<u64>,
    /// A discount from this quantity on.
    discount_from: u64,
}

fn charges() -> impl Strategy<Value = Charges> {
    let mode = prop_oneof![
        Just(Mode::Volume),
        Just(Mode::Graduated),
        (1..7_u32, 0..15_u32).prop_map(|(size, included)| Mode::Package { size, included }),
    ];
    let tiers = vec((1..9_u64, weighted(0.2, 1..20_u64)), 3);
    let charges = (weighted(0.3, 1..20_u64), weighted(0.6, 1..90_u64), 1..30_u64);
    (mode, tiers, charges).prop_map(|(mode, tiers, (fee, minimum, discount_from))| Charges {
        mode,
        tiers,
        fee,
        minimum,
        discount_from,
    })
}

/// Leaves a book of one metric, which has the charges, and few discounts.
fn charged(mut book: Book, charges: &Charges) -> Book {
    let of = |times: u64| Money::of(times * 1_000_000);
    book.metrics.truncate(1);
    book.terms = Some(Range { from: 1, to: Some(1) });
    let metric = &mut book.metrics[0];
    (metric.per, metric.fractional, metric.main_only) = (Per::Year, false, false);
    metric.mode = charges.mode;
    metric.net_minimum = None;
    (metric.fee, metric.minimum) = (charges.fee.map(of), charges.minimum.map(of));
    metric.tiers.truncate(charges.tiers.len());
    for (tier, (price, flat)) in metric.tiers.iter_mut().zip(&charges.tiers) {
        (tier.price, tier.flat, tier.fee) = (Some(of(*price)), flat.map(of), None);
        (tier.edition, tier.exclusive) = (None, false);
    }
    narrow(1, 9, metric.tiers.iter_mut().map(|tier| &mut tier.range));
    book.discounts.retain(|it| matches!(it.given, Given::Quantity(_)) && it.metrics.contains(&0));
    book.discounts.truncate(1);
    for discount in &mut book.discounts {
        discount.metrics = vec![0];
        if let Given::Quantity(rows) = &mut discount.given {
            rows.truncate(1);
            rows[0].0 = Range { from: charges.discount_from, to: None };
        }
    }
    book
}

/// The most that the totals of so many orders are rounded by, in millionths: half a coin each, or half of the
/// smallest part of a price.
fn rounding(metric: &Metric, places: u32) -> u64 {
    let is_exact = metric.growth() == Growth::Linear;
    if is_exact { 0 } else { 5 * 10_u64.pow(6 - places) / 2 + 1 }
}

proptest! {
    #![proptest_config(crate::laws::cases(100))]

    /// With every kind of charge no split is missing that saves more than rounding, each range has only quantities
    /// that some split saves at, and none saves more than the named one. Of a started package, one quantity counts.
    #[test]
    fn splits_are_found_with_every_kind_of_charge(
        book in (world(), charges()).prop_map(|(world, charges)| charged(small(world).book, &charges))
    ) {
        let books = load(&book.toml());
        let found = findings(&[&books], day());
        let last = usize::try_from(LAST).expect("a count");
        let metric = &books.first().metrics()[0];
        let Some(deal) = order(&books, metric) else { return Ok(()) };
        let mine = splits_of(&books, &found, metric);
        cost_what_is_said(&deal, &mine)?;
        let places = book.metrics[0].places.min(books.first().currency().minor);
        let rounding = rounding(metric, places);
        let saved = most_saved(&deal, last);
        let said = told(&mine, last);
        let most_of = |from: usize, to: usize| saved[from..=to].iter().copied().max();
        for (count, amount) in saved.iter().enumerate() {
            prop_assert!(*amount <= rounding || said[count], "{count}: {amount}\n{}", book.toml());
        }
        for it in &mine {
            let (from, to) = it.quantities.expect("quantities");
            if from.ceil() > LAST {
                continue;
            }
            let count = |it: Quantity| usize::try_from(it.ceil()).expect("a count").min(last);
            let (from, to) = (count(from), to.map_or(last, count));
            let worst = it.worst.expect("a worst case").extra.scaled(6).expect("an amount");
            let most = most_of(from, to).unwrap_or(0);
            // Each of the two savings is rounded.
            prop_assert!(most <= worst + 2 * rounding, "{}: {most}\n{}", it.message, book.toml());
            // Some quantity of each started package costs less.
            let package = |count: usize| match book.metrics[0].mode {
                Mode::Package { size, included } => {
                    let count = u32::try_from(count).expect("small");
                    count.saturating_sub(included).div_ceil(size)
                }
                _ => u32::try_from(count).expect("small"),
            };
            if rounding > 0 {
                continue;
            }
            for at in from..=to {
                let mut alike = (from..=to).filter(|other| package(*other) == package(at));
                prop_assert!(alike.any(|it| saved[it] > 0), "{at}: {}\n{}", it.message, book.toml());
            }
            for end in [from, to].into_iter().filter(|end| *end < last) {
                prop_assert!(saved[end] > 0, "{end}: {}\n{}", it.message, book.toml());
            }
        }
    }
}
