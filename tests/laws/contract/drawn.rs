//! Every rule and every pricing step on random books and deals.

use super::course::{DealAxis, answers, check};
use crate::laws::cases;
use crate::laws::model::{Given, Rate, Style, Take};
use crate::laws::world::{World, resolve, world};
use dealdesk::approve::{APPROVAL_RULES, quantity_breakpoints};
use dealdesk::book::{Books, PriceBasis};
use dealdesk::deal::Deal;
use dealdesk::number::Quantity;
use dealdesk::price::{Growth, PricingStep, price};
use proptest::prelude::*;

/// The world with a deal of one flat line, without negotiated prices: the promises speak of no other.
fn with_one_line(mut world: World) -> World {
    world.deal.lines.truncate(1);
    let line = &mut world.deal.lines[0];
    line.ramp = false;
    line.years.truncate(1);
    // A fee outside its range is a negotiated price. `lying` holds the rule about fees to its promise.
    (line.years[0].unit_price, line.years[0].fee, line.committed) = (None, None, None);
    for claim in &mut world.deal.claims {
        let program = &world.book.discounts[claim.program.0].programs()[claim.program.1];
        let rate = claim.rate.unwrap_or(program.max_rate);
        claim.rate = (!program.fixed).then_some(rate);
    }
    world
}

fn rate(millionths: u64) -> Rate {
    Rate { millionths: u32::try_from(millionths).expect("a rate"), style: Style::Quoted }
}

/// The deals along an axis: each number with its deal, where the book sells it. Of the axis of rates it is
/// the claim or the discount with that number, if there is one.
fn deals<'b>(
    world: &World,
    books: &'b Books,
    axis: DealAxis,
    which: usize,
    numbers: &[u64],
) -> Vec<(u64, Deal<'b>)> {
    let drawn = world.resolve(books);
    let at = |number: u64| {
        let mut wanted = world.deal.clone();
        match axis {
            DealAxis::Quantity => {
                return drawn.as_ref()?.with_quantity(0, 0, Quantity::whole(number)?);
            }
            DealAxis::Term => wanted.term = u32::try_from(number).ok().filter(|it| *it > 0)?,
            DealAxis::Rate => {
                let claims = wanted.claims.iter_mut().filter(|claim| claim.rate.is_some());
                let claims: Vec<_> = claims.collect();
                let count = claims.len();
                let discounts = world.book.discounts.iter().enumerate();
                let is_automatic = |given: &Given| !matches!(given, Given::Program { .. });
                let mut takes =
                    discounts.filter(|(_, it)| is_automatic(&it.given) && it.takes_rates());
                if let Some(claim) = claims.into_iter().nth(which) {
                    claim.rate = Some(rate(number));
                } else {
                    let (discount, _) = takes.nth(which.checked_sub(count)?)?;
                    wanted.takes.retain(|(known, _)| *known != discount);
                    wanted.takes.push((discount, Take::Rate(rate(number))));
                }
            }
        }
        resolve(&wanted.toml(&world.book), books).ok()
    };
    numbers.iter().filter_map(|number| Some((*number, at(*number)?))).collect()
}

fn keeps_its_promises(world: &World, axis: DealAxis, which: usize) -> Result<(), TestCaseError> {
    let books = world.load();
    let Some(deal) = world.resolve(&books) else { return Ok(()) };
    let (book, metric) = (deal.book(), deal.lines()[0].metric());
    let numbers = axis.samples(APPROVAL_RULES, book, metric);
    let deals = deals(world, &books, axis, which, &numbers);
    for rule in APPROVAL_RULES {
        let found = answers(*rule, deals.iter().cloned());
        let promises = rule.promises(book, metric);
        let kept = check(&promises, axis, &axis.of_price(book, metric), &found);
        prop_assert!(kept.is_ok(), "{rule:?}: {kept:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(150))]

    /// More quantity turns an answer only as its rule declares.
    #[test]
    fn a_rule_keeps_its_promise_for_every_quantity(world in world().prop_map(with_one_line)) {
        keeps_its_promises(&world, DealAxis::Quantity, 0)?;
    }

    /// A larger rate turns an answer only as its rule declares.
    #[test]
    fn a_rule_keeps_its_promise_for_every_rate(
        world in world().prop_map(with_one_line),
        which in 0..3_usize,
    ) {
        keeps_its_promises(&world, DealAxis::Rate, which)?;
    }

    /// A longer term turns an answer only as its rule declares.
    #[test]
    fn a_rule_keeps_its_promise_for_every_term(world in world().prop_map(with_one_line)) {
        keeps_its_promises(&world, DealAxis::Term, 0)?;
    }

    /// Between two breakpoints a price has the same steps at the same rates, a line only gets dearer, and
    /// where its growth is linear, a unit costs the same, and the line so many times that.
    #[test]
    fn a_price_keeps_its_promise_for_every_quantity(world in world().prop_map(with_one_line)) {
        let books = world.load();
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        let (book, metric) = (deal.book(), deal.lines()[0].metric());
        let breaks = DealAxis::Quantity.of_price(book, metric);
        let numbers = DealAxis::Quantity.samples(APPROVAL_RULES, book, metric);
        let priced = deals(&world, &books, DealAxis::Quantity, 0, &numbers);
        let priced: Vec<_> = priced.iter().map(|(number, deal)| (*number, price(deal))).collect();
        for pair in priced.windows(2) {
            let [(from, before), (to, after)] = pair else { continue };
            if breaks.iter().any(|at| from < at && at <= to) {
                continue;
            }
            prop_assert!(before.lines[0].tcv <= after.lines[0].tcv, "{from} {to}");
            let [before, after] = [before, after].map(|it| &it.lines[0].segments[0]);
            prop_assert_eq!(before.list.tier.quantity(), after.list.tier.quantity());
            // A floor gives the whole line one price.
            let is_line = |it: &PriceBasis| *it == PriceBasis::Line;
            if metric.growth() == Growth::Linear
                && is_line(&before.list.basis) == is_line(&after.list.basis)
                && !is_line(&before.list.basis)
            {
                prop_assert_eq!(before.net(), after.net());
                // And the line costs that for each of its units: nothing of it is rounded.
                let often = metric.price_period().times_per_year();
                let all = after.net() * after.list.times * often;
                prop_assert_eq!(after.at_net.once + after.at_net.annual, all);
                let steps = |it: &dealdesk::price::PricedSegment<'_>| {
                    it.waterfall.steps.iter().map(|step| (step.name.to_owned(), step.rate)).collect::<Vec<_>>()
                };
                prop_assert_eq!(steps(before), steps(after));
            }
        }
    }

    /// A larger rate leaves no higher price, but at a breakpoint that a step declares, and the price before
    /// rounding is convex in the rate.
    #[test]
    fn a_price_keeps_its_promise_for_every_rate(
        world in world().prop_map(with_one_line),
        which in 0..3_usize,
    ) {
        let books = world.load();
        let Some(deal) = world.resolve(&books) else { return Ok(()) };
        let (book, metric) = (deal.book(), deal.lines()[0].metric());
        let breaks = DealAxis::Rate.of_price(book, metric);
        let numbers: Vec<u64> = (0..=20).map(|step| step * 50_000).collect();
        let priced = deals(&world, &books, DealAxis::Rate, which, &numbers);
        let priced: Vec<_> = priced.iter().map(|(number, deal)| (*number, price(deal))).collect();
        for pair in priced.windows(2) {
            let [(from, before), (to, after)] = pair else { continue };
            if !breaks.iter().any(|at| from < at && at <= to) {
                prop_assert!(after.totals.tcv <= before.totals.tcv, "{from} {to}");
            }
        }
    }

    /// Quantities are cut wherever a rule or a step says so.
    #[test]
    fn breakpoints_of_a_metric_are_those_of_its_rules_and_steps(world in world()) {
        let books = world.load();
        for book in books.iter() {
            for metric in book.metrics() {
                let all = quantity_breakpoints(APPROVAL_RULES, book, metric);
                prop_assert!(all.is_sorted_by(|one, next| one < next));
                for at in DealAxis::Quantity.of_price(book, metric) {
                    prop_assert!(all.contains(&at));
                }
            }
        }
    }
}
