//! What is offered is all that is worth offering.

use super::books::{Small, small};
use super::goals::wished;
use super::trying::{Told, frontier};
use super::{found, offers, search, table};
use crate::laws::world::load;
use proptest::prelude::*;
use std::collections::BTreeSet;

proptest! {
    #![proptest_config(crate::laws::cases(200))]

    /// The frontier is that of trying every rate of every discount, for every term, way to prepay and
    /// set of programs: nothing is missed, and nothing is told that another offer is as good as.
    #[test]
    fn the_frontier_is_that_of_trying_everything(
        (small, wish) in wished(small().prop_map(Small::without_needs)),
        within in 0..=2_usize,
    ) {
        let text = small.toml();
        let books = load(&text);
        let table = table(&books, &small.deal());
        let mut search = search(&table, &small, wish.goal(), &[]);
        search.within = table.deal().book().ladder().level_at(within).expect("a level");
        let offered = found(&table, &search).offers;
        let mine: BTreeSet<Told> = offered.iter().map(Told::of).collect();
        let meeting = small.tried(&books).into_iter().filter(|it| it.meets(wish));
        let tried = frontier(meeting.map(|it| it.told).filter(|it| it.level <= within));
        prop_assert_eq!(&mine, &tried, "{:?}\n{}", wish, text);
        // None is told twice, and the easiest comes first.
        prop_assert_eq!(mine.len(), offered.len(), "{:?}\n{}", wish, text);
        let ease = |it: &Told| (it.level, it.reviews);
        let told: Vec<_> = offered.iter().map(Told::of).collect();
        prop_assert!(told.is_sorted_by(|one, other| {
            ease(one) < ease(other) || ease(one) == ease(other) && one.kept >= other.kept
        }), "{:?}\n{}", wish, text);
    }
}

/// The book with a program that needs most of the ARR at list.
fn with_needs(mut small: Small) -> Small {
    small.programs.truncate(1);
    small.programs.iter_mut().for_each(|it| it.arr_above = Some(it.arr_above.unwrap_or(800)));
    small
}

proptest! {
    #![proptest_config(crate::laws::cases(150))]

    /// With programs that need an ARR, which discounts before them can take away, no deal that is
    /// tried is better than what is offered. An offer can be better: it keeps the ARR to the last digit
    /// of a rate.
    #[test]
    fn the_arr_that_a_program_needs_is_kept(
        (small, wish) in wished(small().prop_map(with_needs)),
    ) {
        let text = small.toml();
        let books = load(&text);
        let table = table(&books, &small.deal());
        let offered = found(&table, &search(&table, &small, wish.goal(), &[])).offers;
        let mine: Vec<_> = offered.iter().map(Told::of).collect();
        let meeting = small.tried(&books).into_iter().filter(|it| it.meets(wish));
        for tried in frontier(meeting.map(|it| it.told)) {
            prop_assert!(mine.iter().any(|it| tried.is_beaten_by(it)), "{tried:?}\n{mine:?}\n{wish:?}\n{text}");
        }
        for offer in &offered {
            offers::is_real(&books, offer, wish.goal())?;
        }
    }
}
