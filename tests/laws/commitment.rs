//! Years that count as a commitment: worked out a second time, and the same in however many lines.

use super::counting::{counted_together, seen, with_parts};
use super::exact::{whole, zero};
use super::model::{Book, Deal as Wanted};
use super::oracle::price;
use super::world::{World, load, resolve, world};
use crate::support::OUR_BOOK;
use dealdesk::deal::{CustomerLines, Deal, Line};
use dealdesk::number::Quantity;
use dealdesk::price::price as price_deal;
use proptest::collection::vec;
use proptest::prelude::*;

/// The text of a book whose years have to keep so many percent of the largest before them.
fn keeping(book: &Book, percent: u64) -> String {
    let (text, kept) = (book.toml(), format!("[term]\nkept = \"{percent}%\"\n"));
    if text.contains("[term]\n") {
        text.replace("[term]\n", &kept)
    } else {
        format!("{text}\n{kept}years = \"1-30\"\n")
    }
}

/// The years of a deal of one line that do not count, by the prices of the oracle.
fn uncounted(book: &Book, deal: &Wanted, percent: u64) -> u32 {
    let (mut largest, mut count) = (zero(), 0);
    for year in &price(book, deal)[0] {
        let list = &year.steps[0].1 * &year.times;
        if list == zero() || &list * whole(100) < &largest * whole(percent) {
            count += 1;
        }
        largest = largest.max(list);
    }
    if largest == zero() { 0 } else { count }
}

/// The years of each line that do not count.
fn found(deal: &Deal<'_>) -> Vec<u32> {
    deal.lines().iter().map(Line::uncounted_years).collect()
}

fn with_one_line(mut world: World) -> World {
    world.deal.lines.truncate(1);
    world
}

proptest! {
    #![proptest_config(super::cases(400))]

    /// A year counts if it is not free and keeps its share of the largest before it. Where all count, the deal is the
    /// one of a book that counts every year.
    #[test]
    fn years_count_that_keep_their_share(
        world in world().prop_map(with_one_line),
        percent in prop_oneof![Just(50_u64), 1..=99_u64],
    ) {
        let (books, plain) = (load(&keeping(&world.book, percent)), world.load());
        let written = world.deal.toml(&world.book);
        let (Ok(deal), Ok(same)) = (resolve(&written, &books), resolve(&written, &plain)) else {
            return Ok(());
        };
        let expected = uncounted(&world.book, &world.deal, percent);
        prop_assert_eq!(found(&deal), [expected], "{}", written);
        prop_assert_eq!(found(&same), [0]);
        if expected == 0 {
            prop_assert_eq!(seen(&deal), seen(&same));
        }
    }

    /// Deals of one customer with the same terms have the years of one deal with their lines.
    #[test]
    fn deals_of_the_same_terms_have_the_years_of_one(
        ramps in vec(vec(1..3_000_u32, 3), 2..5),
        metric in prop_oneof![Just("socket"), Just("core"), Just("node")],
    ) {
        let books = load(OUR_BOOK);
        let deals = ramps.iter().map(|ramp| {
            let years = ramp.iter().map(|units| format!("[[line.year]]\nquantity = {units}\n"));
            let years: String = years.collect();
            let text = format!("term_years = 3\n[[line]]\nmetric = \"{metric}\"\n{years}");
            resolve(&text, &books).expect("a deal")
        });
        let deals: Vec<_> = deals.collect();
        let deals: Vec<_> = deals.iter().collect();
        let beside = CustomerLines::of(&deals).all_beside(&deals).expect("deals with a price");
        let one = Deal::joined(&deals).expect("one deal");
        prop_assert_eq!(beside.iter().flat_map(found).collect::<Vec<_>>(), found(&one));
    }

    /// A line in several parts has the same years, costs the same and needs the same.
    #[test]
    fn a_line_in_parts_has_the_same_years(
        world in world(),
        percent in 1..=99_u64,
        at in any::<prop::sample::Index>(),
        weights in (2..4_usize).prop_flat_map(|count| vec(vec(1..100_u64, count), 1..4)),
    ) {
        let world = counted_together(world);
        let at = at.index(world.deal.lines.len());
        let books = load(&keeping(&world.book, percent));
        let Ok(whole) = resolve(&world.deal.toml(&world.book), &books) else { return Ok(()) };
        let Some(deal) = with_parts(&world, at, &weights) else { return Ok(()) };
        let written = deal.toml(&world.book);
        let Ok(parts) = resolve(&written, &books) else { return Ok(()) };
        prop_assert_eq!(found(&parts)[at], found(&whole)[at], "{}", written);
        prop_assert_eq!(seen(&parts), seen(&whole), "{}", written);
    }

    /// A deal with another quantity in one year is the deal that states it, with the years that count then.
    #[test]
    fn another_quantity_counts_its_years(
        world in world(),
        percent in 1..=99_u64,
        at in any::<prop::sample::Index>(),
        year in any::<prop::sample::Index>(),
        quantity in prop_oneof![1..100_u64, 1..2000_u64],
    ) {
        let mut world = world;
        let at = at.index(world.deal.lines.len());
        let books = load(&keeping(&world.book, percent));
        let Ok(deal) = resolve(&world.deal.toml(&world.book), &books) else { return Ok(()) };
        let pricing = price_deal(&deal);
        let segments = &pricing.lines[at].segments;
        let segment = year.index(segments.len());
        let years = |upto: usize| -> usize {
            segments[..upto].iter().map(|it| it.length.years() as usize).sum()
        };
        // Equal years of a ramp are changed together, as those of a flat line are.
        let by_steps = deal.lines()[at].differs_by_steps();
        let line = &mut world.deal.lines[at];
        let is_named = line.years.iter().any(|year| year.fee.is_some());
        if is_named || line.committed.is_some() || !line.ramp && segments.len() > 1 || by_steps {
            return Ok(());
        }
        let changed = if line.ramp { years(segment)..years(segment + 1) } else { 0..1 };
        for year in &mut line.years[changed] {
            year.quantity = quantity * 1000;
        }
        let Ok(stated) = resolve(&world.deal.toml(&world.book), &books) else { return Ok(()) };
        let quantity = Quantity::whole(quantity).expect("a quantity");
        let Some(other) = deal.with_quantity(at, segment, quantity) else { return Ok(()) };
        prop_assert_eq!(found(&other), found(&stated), "{}", world.deal.toml(&world.book));
        prop_assert_eq!(seen(&other), seen(&stated), "{}", world.deal.toml(&world.book));
    }
}
