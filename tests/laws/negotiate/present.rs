//! Where the customer is free to choose how it pays, and it can count when: all that is offered is
//! worth offering.

use super::books::{Small, small};
use super::goals::wished;
use super::paying::paid;
use super::trying::{Told, frontier};
use super::{offers, table};
use crate::laws::world::load;
use dealdesk::answer::negotiate::{CustomerRequest, Goal, Search};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A search with ways to pay free too, at the discount rate.
fn search<'b>(table: &CustomerRequest<'b>, small: &Small, goal: Goal) -> Search<'b> {
    let names: Vec<_> = (0..small.programs.len()).map(|at| format!("p{at}")).collect();
    let mut free = vec![("payment", Vec::new()), ("billing", Vec::new())];
    free.extend(
        (!names.is_empty()).then(|| ("program", names.iter().map(String::as_str).collect())),
    );
    let mut search = Search::new(table, goal, &free, &[]).expect("levers");
    search.discount_rate = small.paying.as_ref().and_then(|it| it.discount_rate);
    search
}

proptest! {
    #![proptest_config(crate::laws::cases(150))]

    /// The frontier is that of trying every rate of every discount, for every term, way to pay and to
    /// be billed, and set of programs, each held against the others by what its payments are worth.
    #[test]
    fn the_frontier_is_that_of_all_ways_to_pay(
        (small, wish) in wished(paid(small().prop_map(Small::without_needs))),
    ) {
        let text = small.toml();
        let books = load(&text);
        let table = table(&books, &small.deal());
        let offered = super::found(&table, &search(&table, &small, wish.goal())).offers;
        let mine: BTreeSet<Told> = offered.iter().map(Told::of).collect();
        let meeting = small.tried(&books).into_iter().filter(|it| it.meets(wish));
        let tried = frontier(meeting.map(|it| it.told));
        prop_assert_eq!(&mine, &tried, "{:?}\n{}\n{}", wish, text, small.deal());
        prop_assert_eq!(mine.len(), offered.len(), "{:?}\n{}", wish, text);
        for offer in &offered {
            offers::is_real(&books, offer, wish.goal())?;
        }
    }
}
