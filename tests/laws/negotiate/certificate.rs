//! Why no offer is easier to get.

use super::books::{LEVELS, Small, small};
use super::goals::wished;
use super::trying::{Tried, smaller};
use super::{found, search, table};
use crate::laws::world::load;
use dealdesk::approve::{PricedDeal, route};
use dealdesk::book::Level;
use dealdesk::price::price;
use proptest::prelude::*;
use std::cell::Cell;
use std::cmp::{Ordering, Reverse};

proptest! {
    #![proptest_config(crate::laws::cases(80))]

    /// What comes closest at a lower level is as close as any deal there, what binds asks for the
    /// level of the first offer, and every combination was decided.
    #[test]
    fn nothing_easier_meets_the_number((small, wish) in wished(small().prop_map(Small::without_needs)), within in 0..=LEVELS) {
        let text = small.toml();
        let books = load(&text);
        let table = table(&books, &small.deal());
        let mut search = search(&table, &small, wish.goal(), &[]);
        search.within = table.deal().book().ladder().level_at(within).expect("a level");
        let outcome = found(&table, &search);
        let proof = &outcome.certificate;
        let tried = small.tried(&books);

        let ease = |it: &&Tried| (it.told.level, it.told.reviews, Reverse(it.told.kept));
        let first = tried.iter().filter(|it| it.meets(wish)).min_by_key(ease);
        let level = first.map(|it| it.told.level);
        let is_within = level.is_some_and(|level| level <= within);
        let told = outcome.offers.first().or(outcome.above.as_ref()).map(Tried::of);
        prop_assert_eq!(told.as_ref().map(|it| ease(&it)), first.map(|it| ease(&it)), "{:?}\n{}", wish, text);
        prop_assert_eq!(outcome.offers.is_empty(), !is_within, "{:?}\n{}", wish, text);
        prop_assert_eq!(outcome.above.is_some(), first.is_some() && !is_within, "{:?}\n{}", wish, text);

        let left = |it: &Tried| it.left(wish);
        let closest = |height: Option<usize>| {
            let mine = tried.iter().filter(|it| Some(it.told.level) <= height);
            mine.map(left).min_by(smaller)
        };
        let is_same = |told: Option<Tried>, best: Option<(u128, u128)>| match (told, best) {
            (Some(told), Some(best)) => smaller(&left(&told), &best) == Ordering::Equal,
            (told, best) => told.is_none() && best.is_none(),
        };
        let lower = level.map_or(Some(within), |level| level.checked_sub(1));
        if closest(lower).is_some() || level.is_some() {
            prop_assert_eq!(proof.lower.map(Level::height), lower, "{:?}\n{}", wish, text);
        }
        prop_assert!(is_same(proof.closest.as_ref().map(Tried::of), closest(lower)), "{wish:?}\n{text}");
        prop_assert!(proof.closest.iter().all(|it| !Tried::of(it).meets(wish)), "{wish:?}\n{text}");
        let nearest = closest(Some(within)).filter(|_| !is_within);
        prop_assert!(is_same(outcome.closest.as_ref().map(Tried::of), nearest), "{wish:?}\n{text}");

        let first = outcome.offers.first().or(outcome.above.as_ref());
        prop_assert_eq!(!proof.binding.is_empty(), level > Some(0), "{:?}\n{}", wish, text);
        if let Some(offer) = first {
            let pricing = price(&offer.deal);
            let asks = route(&PricedDeal { deal: &offer.deal, pricing: &pricing }).required;
            for rule in &proof.binding {
                prop_assert!(asks.contains(rule), "{rule:?}\n{wish:?}\n{text}");
                prop_assert_eq!(rule.approval.level, offer.level(), "{:?}\n{}", wish, text);
            }
        }
        prop_assert_eq!(proof.decided, proof.combinations);
        prop_assert_eq!(proof.combinations, search.combinations());
    }

    /// A search that is stopped says how far it came, and what it tells is real.
    #[test]
    fn a_search_can_be_stopped((small, wish) in wished(small()), stop in 0..12_u64) {
        let books = load(&small.toml());
        let table = table(&books, &small.deal());
        let search = search(&table, &small, wish.goal(), &[]);
        // All sets of programs of a deal are decided together.
        let told = Cell::new(None);
        let outcome = search.run(&table, &|progress| {
            assert!(told.replace(Some(progress.decided)) < Some(progress.decided));
            assert_eq!(progress.combinations, search.combinations());
            progress.decided < stop
        });
        let told = told.get().unwrap_or_default();
        prop_assert!(told >= stop || outcome.certificate.decided == search.combinations());
        prop_assert!(told < stop || outcome.certificate.decided == told);
        prop_assert_eq!(outcome.certificate.combinations, search.combinations());
        for offer in &outcome.offers {
            super::offers::is_real(&books, offer, wish.goal())?;
        }
    }
}
