//! What is not sold flat: ramps, and several lines.
//!
//! A price of one line that some rates make is a price that one rate in part makes too. Sums of
//! several prices are not: 10% off a line that has a volume discount and one that has none is another
//! pair of unit prices than what volume alone takes off. So here offers are held against deals in two
//! ways. With a single discount there is nothing else to give, and no deal is better, whatever the
//! number. With several, no deal is better by more than what rounding makes of a cent for each unit
//! and year; and that for numbers that look at the whole contract, where it does not matter which
//! line is cheaper, and for books without guardrails, which can fall between two such sums.

use super::books::{Small, small};
use super::goals::{Wish, wished};
use super::trying::{Told, frontier};
use super::{found, offers, search, table};
use crate::laws::world::load;
use dealdesk::number::Money;
use proptest::collection::vec;
use proptest::prelude::*;

/// The book with one to two lines, one of which grows.
fn grown() -> impl Strategy<Value = Small> {
    (small(), vec(vec(1..5_u32, 3), 1..=2)).prop_map(|(mut small, mut ramps)| {
        for ramp in &mut ramps {
            ramp.truncate(small.years as usize);
        }
        small.ramps = ramps;
        small
    })
}

fn without_thresholds(mut small: Small) -> Small {
    small.guardrails.clear();
    small.without_needs()
}

fn with_one_discount(mut small: Small) -> Small {
    small.programs.iter_mut().for_each(|it| it.is_fixed = false);
    small.given.retain(|it| it.amount.is_none());
    small.given.truncate(1);
    small.programs.truncate(1 - small.given.len());
    small
}

impl Small {
    /// A cent for each unit in each year.
    fn rounding(&self) -> Money {
        Money::of_scaled(self.ramps.iter().flatten().map(|it| u64::from(*it)).sum(), 2)
    }
}

proptest! {
    #![proptest_config(crate::laws::cases(60))]

    /// Of what can be given of a single discount nothing is better than what is offered.
    #[test]
    fn no_rate_of_a_single_discount_is_better((small, wish) in wished(grown().prop_map(with_one_discount))) {
        let text = small.toml();
        let books = load(&text);
        let table = table(&books, &small.deal());
        let offered = found(&table, &search(&table, &small, wish.goal(), &[])).offers;
        let mine: Vec<_> = offered.iter().map(Told::of).collect();
        let meeting = small.tried(&books).into_iter().filter(|it| it.meets(wish));
        for tried in frontier(meeting.map(|it| it.told)) {
            prop_assert!(mine.iter().any(|it| tried.is_beaten_by(it)), "{tried:?}\n{mine:?}\n{wish:?}\n{text}\n{}", small.lines());
        }
        for offer in &offered {
            offers::is_real(&books, offer, wish.goal())?;
        }
    }

    /// Of what can be given of several nothing is better by more than what rounding makes of it.
    #[test]
    fn nothing_is_better_by_more_than_rounding((small, wish) in wished(grown().prop_map(without_thresholds))) {
        let text = small.toml();
        let books = load(&text);
        let table = table(&books, &small.deal());
        let offered = found(&table, &search(&table, &small, wish.goal(), &[])).offers;
        for offer in &offered {
            offers::is_real(&books, offer, wish.goal())?;
        }
        if !matches!(wish, Wish::Discount(_) | Wish::Tcv(_)) {
            return Ok(());
        }
        let mine: Vec<_> = offered.iter().map(Told::of).collect();
        let meeting = small.tried(&books).into_iter().filter(|it| it.meets(wish));
        for mut tried in frontier(meeting.map(|it| it.told)) {
            let was = tried.kept;
            tried.kept = was - small.rounding();
            prop_assert!(mine.iter().any(|it| tried.is_beaten_by(it)), "{tried:?}, {was:?}\n{mine:?}\n{wish:?}\n{text}\n{}", small.lines());
        }
    }
}
