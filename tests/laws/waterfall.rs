//! From list to net.

use super::books::no_finer;
use super::exact::{Exact, Half, exact, read, round, scaled, whole, zero};
use super::model::{Given, Money, Per, Rate, Style};
use super::oracle;
use super::world::{World, world};
use dealdesk::deal::Deal;
use dealdesk::price::{Waterfall, price};
use proptest::prelude::*;

/// The first step is the list price, each starts where the one before ended, and each amount is
/// exactly what lies between.
fn closes(waterfall: &Waterfall<'_>) -> Result<(), TestCaseError> {
    let steps = &waterfall.steps;
    prop_assert_eq!(steps[0].name, "list");
    prop_assert_eq!(steps[0].price, waterfall.list);
    for pair in steps.windows(2) {
        let (before, after) = (exact(pair[0].price), exact(pair[1].price));
        prop_assert_eq!(before + exact(pair[1].amount), after);
    }
    prop_assert_eq!(steps[steps.len() - 1].price, waterfall.price());
    Ok(())
}

/// Whether every step of a deal that was resolved is what fractions make of its world.
pub fn steps_hold(world: &World, deal: &Deal<'_>) -> Result<(), TestCaseError> {
    let lines = price(deal).lines;
    for (priced, expected) in lines.iter().zip(oracle::price(&world.book, &world.deal)) {
        let mut years = expected.iter();
        for segment in &priced.segments {
            closes(&segment.waterfall)?;
            for year in years.by_ref().take(segment.length.years() as usize) {
                let steps = segment.waterfall.steps.iter();
                let steps: Vec<_> =
                    steps.map(|step| (step.name.to_owned(), exact(step.price))).collect();
                prop_assert_eq!(&steps, &year.steps);
                prop_assert_eq!(&read(&segment.list.times.to_string()), &year.times);
            }
        }
        prop_assert!(years.next().is_none(), "a year without a price");
    }
    Ok(())
}

/// The world with one program alone, for everything in it, and with a floor within a few of the last
/// places of what a line costs without it.
fn with_a_floor(mut world: World, line: usize, nudge: i32) -> Option<(World, Exact)> {
    let (at, program) = world.deal.claims.first()?.program;
    let metrics = world.book.metrics.len();
    // One floor for all of them, so prices of one fineness.
    let places = world.book.metrics.iter().map(|metric| metric.places).min()?.min(5);
    for metric in &mut world.book.metrics {
        (metric.per, metric.places, metric.silent_places) = (Per::Year, places, false);
        for tier in &mut metric.tiers {
            // A year has no fee.
            tier.price = tier.price.or(tier.fee.take().map(|(least, _)| least));
        }
        no_finer(metric);
    }
    for discount in &mut world.book.discounts {
        if let Given::Program { programs, .. } = &mut discount.given {
            for program in programs {
                program.floor = None;
            }
        }
    }
    world.book.discounts[at].metrics = (0..metrics).collect();
    let Given::Program { programs, .. } = &mut world.book.discounts[at].given else { return None };
    programs[program].exclusive = true;
    world.deal.claims.truncate(1);
    world.deal.claims[0].rate = Some(Rate { millionths: 123_457, style: Style::Quoted });
    for year in world.deal.lines.iter_mut().flat_map(|line| &mut line.years) {
        (year.unit_price, year.fee) = (None, None);
    }

    let lines = oracle::price(&world.book, &world.deal);
    let line = line % lines.len();
    let year = &lines[line][0];
    let unrounded = year.steps.iter().rfind(|(name, _)| name != "rounding")?.1.clone();
    let nudged = round(&(unrounded * &year.times), places, Half::Even)
        + scaled(1, places) * Exact::from_integer(nudge.into());
    let micros: u64 = (&nudged * whole(1_000_000)).to_integer().try_into().ok()?;
    let floor = Money::of(micros);
    let Given::Program { programs, .. } = &mut world.book.discounts[at].given else { return None };
    programs[program].floor = Some(floor);
    (micros <= 999_999_999_999_999_999).then(|| (world, floor.exact()))
}

proptest! {
    #![proptest_config(super::cases(250))]

    /// The waterfall of every random book closes, and loses digits in its last step alone: at most
    /// half of the last place that its metric has.
    #[test]
    fn the_waterfall_closes(world in world()) {
        let book = world.load();
        let Some(deal) = world.resolve(&book) else { return Ok(()) };
        let lines = price(&deal).lines;
        for (line, priced) in world.deal.lines.iter().zip(&lines) {
            let places = world.book.metrics[line.metric].places;
            for segment in &priced.segments {
                closes(&segment.waterfall)?;
                let net = exact(segment.net());
                prop_assert_eq!(&round(&net, places, Half::Even), &net, "more than {} places", places);
                let steps = &segment.waterfall.steps;
                let rounding = steps.iter().find(|step| step.name == "rounding");
                let lost = rounding.map_or_else(zero, |step| exact(step.amount));
                let half = scaled(5, places + 1);
                prop_assert!(lost <= half && -lost <= half);
            }
        }
    }

    /// Every step of every year is what fractions make of the numbers in the book.
    #[test]
    fn every_step_is_what_the_book_says(world in world()) {
        let book = world.load();
        if let Some(deal) = world.resolve(&book) {
            steps_hold(&world, &deal)?;
        }
    }

    /// A year of a line never costs less than the floor of the program that it is sold under,
    /// rounding included, however near its price the floor is.
    #[test]
    fn a_floor_holds(world in world(), line in 0..5_usize, nudge in -3..=3_i32) {
        let Some((world, floor)) = with_a_floor(world, line, nudge) else { return Ok(()) };
        let book = world.load();
        let Some(deal) = world.resolve(&book) else { return Ok(()) };
        steps_hold(&world, &deal)?;
        for (line, priced) in world.deal.lines.iter().zip(&price(&deal).lines) {
            // What no price of the metric can be is rounded as any price is, and then to the coin.
            let places = world.book.metrics[line.metric].places;
            let floor = round(&floor, places, world.book.half());
            let floor = round(&floor, world.book.currencies.minor(), world.book.half());
            for segment in &priced.segments {
                prop_assert!(exact(segment.at_net.annual) >= floor);
            }
        }
    }
}
