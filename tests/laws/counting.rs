//! A line in several parts is the same line, where the lines of a metric count together.

use super::model::{Deal as Wanted, Line, Metric, Year};
use super::world::{World, world};
use dealdesk::approve::{PricedDeal, route};
use dealdesk::deal::{Deal, to_toml};
use dealdesk::number::{Money, Quantity};
use dealdesk::price::{Totals, price};
use dealdesk::quote::quote;
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Everything that a customer and an approver see of a deal as a whole.
pub fn seen(deal: &Deal<'_>) -> (Totals, BTreeSet<(bool, String)>) {
    let pricing = price(deal);
    let verdict = route(&PricedDeal { deal, pricing: &pricing });
    let required = verdict.required.iter().map(|it| (false, it.rule.id.clone()));
    let refused = verdict.violations.iter().map(|it| (true, it.rule.id.clone()));
    let totals = pricing.totals;
    // Parts can grow and shrink where the whole stays: then the years of the deal do not differ.
    let exit_arr = Some(totals.exit_arr.unwrap_or(totals.arr));
    (Totals { exit_arr, ..totals }, required.chain(refused).collect())
}

/// So much in parts by weights, each a multiple of `step` and above zero.
fn parts(all: u64, step: u64, weights: &[u64]) -> Option<Vec<u64>> {
    let (count, whole) = (weights.len() as u64, weights.iter().sum::<u64>());
    let rest = (all / step).checked_sub(count)?;
    let share = |weight: &u64| {
        let share = u128::from(rest) * u128::from(*weight) / u128::from(whole);
        u64::try_from(share).expect("a share is no more than all")
    };
    let mut parts: Vec<u64> = weights.iter().map(|weight| (share(weight) + 1) * step).collect();
    parts[0] += all - parts.iter().sum::<u64>();
    Some(parts)
}

/// The lines that a line is in so many parts, with other weights in each year. A fee is that of all parts.
fn split(line: &Line, metric: &Metric, weights: &[Vec<u64>]) -> Option<Vec<Line>> {
    let count = weights[0].len();
    let step = if metric.fractional { 1 } else { 1000 };
    let coin = 10_u64.pow(6 - metric.places);
    let years = line.years.iter().zip(weights.iter().cycle()).map(|(year, weights)| {
        let quantities = parts(year.quantity, step, weights)?;
        let fees = match year.fee {
            Some(fee) => parts(fee, coin, weights)?.into_iter().map(Some).collect(),
            None => vec![None; count],
        };
        Some((*year, quantities, fees))
    });
    let years: Vec<(Year, Vec<u64>, Vec<Option<u64>>)> = years.collect::<Option<_>>()?;
    // Each part runs on hosts of its own.
    let hosts = match line.hosts {
        Some(hosts) => {
            let hosts = parts(hosts.into(), 1, &weights[0])?;
            hosts.into_iter().map(|it| u32::try_from(it).ok()).collect()
        }
        None => vec![None; count],
    };
    let part = |at: usize| Line {
        hosts: hosts[at],
        years: years
            .iter()
            .map(|(year, quantities, fees)| Year {
                quantity: quantities[at],
                fee: fees[at],
                ..*year
            })
            .collect(),
        ..line.clone()
    };
    Some((0..count).map(part).collect())
}

/// The world with lines that count together, and without commitments: what is charged of them is the larger of
/// two quantities in each part by itself.
pub fn counted_together(mut world: World) -> World {
    for metric in &mut world.book.metrics {
        metric.counts_all_lines = true;
    }
    for line in &mut world.deal.lines {
        line.committed = None;
    }
    world
}

/// The sum of the invoices, where the deal says when it starts.
fn invoiced(deal: &Deal<'_>) -> Option<Money> {
    quote(deal).schedule.map(|schedule| schedule.total)
}

/// The deal with one of its lines in parts.
pub fn with_parts(world: &World, at: usize, weights: &[Vec<u64>]) -> Option<Wanted> {
    let mut deal = world.deal.clone();
    let line = deal.lines[at].clone();
    let parts = split(&line, &world.book.metrics[line.metric], weights)?;
    deal.lines.splice(at..=at, parts);
    Some(deal)
}

proptest! {
    #![proptest_config(super::cases(400))]

    /// In however many parts, the deal costs the same to the coin, needs the same and breaks the same rules.
    #[test]
    fn a_line_in_parts_is_the_same_line(
        world in world(),
        at in any::<prop::sample::Index>(),
        weights in (2..5_usize).prop_flat_map(|count| vec(vec(1..100_u64, count), 1..4)),
    ) {
        let world = counted_together(world);
        let at = at.index(world.deal.lines.len());
        let books = world.load();
        let Some(whole) = world.resolve(&books) else { return Ok(()) };
        let Some(deal) = with_parts(&world, at, &weights) else { return Ok(()) };
        let written = deal.toml(&world.book);
        let world = World { deal, ..world };
        let Some(parts) = world.resolve(&books) else {
            let found = super::world::resolve(&written, &books);
            let faults = found.err().map_or_else(String::new, |faults| faults.to_string());
            return Err(TestCaseError::fail(format!("{faults}\n{written}")));
        };
        prop_assert_eq!(seen(&parts), seen(&whole), "{}\n{}", world.book.toml(), written);
        prop_assert_eq!(invoiced(&parts), invoiced(&whole), "{}\n{}", world.book.toml(), written);
        let saved = super::world::resolve(&to_toml(&parts), &books);
        prop_assert_eq!(seen(&saved.expect("a saved deal")), seen(&parts));
    }

    /// The order of the lines changes no sum, no approval and no violation.
    #[test]
    fn lines_in_another_order_are_the_same_deal(world in world()) {
        let world = counted_together(world);
        let books = world.load();
        let Some(written) = world.resolve(&books) else { return Ok(()) };
        let mut deal = world.deal.clone();
        deal.lines.reverse();
        let toml = deal.toml(&world.book);
        let world = World { deal, ..world };
        let reversed = world.resolve(&books).expect("the lines of a deal, in another order");
        prop_assert_eq!(seen(&reversed), seen(&written), "{}\n{}", world.book.toml(), toml);
        prop_assert_eq!(invoiced(&reversed), invoiced(&written));
    }

    /// A deal with another quantity is the deal that states it, whatever else counts with it.
    #[test]
    fn another_quantity_counts_with_the_others(
        world in world(),
        at in any::<prop::sample::Index>(),
        year in any::<prop::sample::Index>(),
        quantity in prop_oneof![1..100_u64, 1..2000_u64],
    ) {
        let mut world = counted_together(world);
        let at = at.index(world.deal.lines.len());
        let books = world.load();
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        let pricing = price(&deal);
        let segments = &pricing.lines[at].segments;
        let segment = year.index(segments.len());
        let years = |upto: usize| -> usize {
            segments[..upto].iter().map(|it| it.length.years() as usize).sum()
        };
        // Equal years of a ramp are changed together, as those of a flat line are.
        let by_steps = deal.lines()[at].differs_by_steps();
        let line = &mut world.deal.lines[at];
        let is_named = line.years.iter().any(|year| year.fee.is_some());
        if is_named || !line.ramp && segments.len() > 1 || by_steps {
            return Ok(());
        }
        let changed = if line.ramp { years(segment)..years(segment + 1) } else { 0..1 };
        for year in &mut line.years[changed] {
            year.quantity = quantity * 1000;
        }
        let Some(stated) = world.resolve(&books) else { return Ok(()) };
        let quantity = Quantity::whole(quantity).expect("a quantity");
        let Some(found) = deal.with_quantity(at, segment, quantity) else {
            return Err(TestCaseError::fail(world.deal.toml(&world.book)));
        };
        prop_assert_eq!(seen(&found), seen(&stated), "{}", world.deal.toml(&world.book));
    }
}
