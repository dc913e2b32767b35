//! Rates that people like to say.

use super::books::{Points, Small, small};
use super::goals::wished;
use super::trying::{Told, frontier};
use super::{found, search, table};
use crate::laws::world::load;
use dealdesk::deal::{DiscountOverride, to_toml};
use dealdesk::number::Rate;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn step() -> impl Strategy<Value = Points> {
    prop_oneof![Just(50_u32), Just(25), Just(100), Just(500), 7..1000_u32]
}

/// Multiples of a step up to the largest rate, and that.
fn grid(most: Points, step: Points) -> Vec<Points> {
    let step = usize::try_from(step).expect("few");
    let mut rates: Vec<_> = (0..=most).step_by(step).chain([most]).collect();
    rates.dedup();
    rates
}

/// The book with one rate to vary in each combination: that of a program, where one quote has one and
/// everything else is given in full, or of the only discount.
fn one_rate(mut small: Small) -> Small {
    small.at_most = 1;
    if small.programs.is_empty() {
        small.given.retain(|it| it.amount.is_none());
        small.given.truncate(1);
    }
    small
}

proptest! {
    #![proptest_config(crate::laws::cases(60))]

    /// Every rate is a multiple of the step, or one that the book names. What leaves a program the ARR
    /// that it needs is a multiple too.
    #[test]
    fn every_rate_is_a_multiple_of_the_step((small, wish) in wished(small()), points in step()) {
        let text = small.toml();
        let books = load(&text);
        let table = table(&books, &small.deal());
        let mut search = search(&table, &small, wish.goal(), &[]);
        search.step = Some(Rate::of_millionths(100 * points));
        let mut named: Vec<_> =
            small.given.iter().flat_map(|it| [Some(it.rate), it.otherwise]).flatten().collect();
        named.extend(small.programs.iter().map(|it| it.most));
        let fits = |rate: Rate| {
            let rate = rate.millionths();
            rate.is_multiple_of(100 * points) || named.iter().any(|named| 100 * named == rate)
        };
        for offer in found(&table, &search).offers {
            let written = super::trying::draft(&to_toml(&offer.deal));
            for (_, take) in &written.discount_overrides {
                prop_assert!(!matches!(take, DiscountOverride::Rate(rate) if !fits(*rate)), "{points}\n{text}");
            }
            for claim in &written.programs {
                prop_assert!(claim.rate.as_ref().is_none_or(|rate| fits(rate.value)), "{points}\n{text}");
            }
            super::offers::is_real(&books, &offer, wish.goal())?;
        }
    }

    /// Where one rate is left to vary, the frontier is that of trying all of its multiples. Of several
    /// rates on a coarse grid, two in part can hit a number that one in part misses: there offers are
    /// only real.
    #[test]
    fn the_frontier_is_that_of_the_grid((small, wish) in wished(small().prop_map(one_rate)), points in step()) {
        let text = small.toml();
        let books = load(&text);
        let table = table(&books, &small.deal());
        let is_locked = !small.programs.is_empty();
        let locked: &[&str] = if is_locked { &["volume"] } else { &[] };
        let mut search = search(&table, &small, wish.goal(), locked);
        search.step = Some(Rate::of_millionths(100 * points));
        let given: Vec<Vec<Points>> = small.given.iter().map(|it| match (it.amount, is_locked) {
            (Some(_), _) => vec![1],
            (None, true) => vec![it.rate],
            (None, false) => [grid(it.rate, points), it.otherwise.into_iter().collect()].concat(),
        }).collect();
        let claimed: Vec<Vec<Points>> = small.programs.iter().map(|it| if it.is_fixed { vec![0, it.most] } else { grid(it.most, points) }).collect();
        // A quote has one of them.
        let alone = |own: usize| {
            let rates = |(at, rates): (usize, &Vec<Points>)| if at == own { rates.clone() } else { vec![0] };
            claimed.iter().enumerate().map(rates).collect::<Vec<_>>()
        };
        let tried = (0..claimed.len().max(1)).flat_map(|own| small.at(&books, &given, &alone(own)));
        let tried = tried.filter(|it| it.meets(wish));
        let tried = frontier(tried.map(|it| it.told));
        let mine: BTreeSet<Told> = found(&table, &search).offers.iter().map(Told::of).collect();
        prop_assert_eq!(mine, tried, "{:?} by {}\n{}", wish, points, text);
    }
}
