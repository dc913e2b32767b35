//! Which deals are parts of a split does not depend on the order of the files.

use super::world::{load, resolve};
use crate::support::{DAY, OUR_BOOK};
use dealdesk::answer::pipeline::{NamedDeal, SplitNeed, check};
use dealdesk::book::Books;
use dealdesk::deal::Deal;
use dealdesk::number::Date;
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A deal of Acme with sockets. Few quantities and days make many deals that say the same.
fn wish() -> impl Strategy<Value = String> {
    let days = prop_oneof![
        3 => Just("start = 2026-12-01"),
        1 => Just("start = 2026-12-01\nterm_years = 3"),
        1 => Just("start = 2027-04-30\nterm_years = 2"),
    ];
    let quantity = prop_oneof![Just(9_u32), Just(49), Just(90), Just(400), Just(950)];
    (days, quantity).prop_map(|(days, quantity)| {
        format!(
            "customer = \"Acme\"\n{days}\n[[line]]\nmetric = \"socket\"\nquantity = {quantity}\n"
        )
    })
}

/// Deals in an order.
fn shuffled() -> impl Strategy<Value = (Vec<String>, Vec<usize>)> {
    vec(wish(), 2..=6).prop_flat_map(|texts| {
        let places: Vec<_> = (0..texts.len()).collect();
        (Just(texts), Just(places).prop_shuffle())
    })
}

/// Deals that are told to be parts of a split, by their names.
#[derive(Debug, PartialEq, Eq)]
struct Told {
    saving: BTreeSet<usize>,
    crossing: BTreeSet<usize>,
    /// What each split is about, and what its deals say.
    splits: BTreeSet<(String, Vec<String>)>,
}

/// Checks deals in an order, each with the place that it has in `texts` as its name.
fn told(deals: &[Deal<'_>], texts: &[String], order: &[usize], books: &Books) -> Told {
    let named = order
        .iter()
        .map(|&place| NamedDeal { name: place.to_string(), deal: Ok(deals[place].clone()) });
    let named: Vec<_> = named.collect();
    let checked = check(&named, books.first(), Date::parse(DAY).expect("a date"), None);
    let mut told =
        Told { saving: BTreeSet::new(), crossing: BTreeSet::new(), splits: BTreeSet::new() };
    for split in &checked.splits {
        let places: Vec<usize> =
            split.deals.iter().map(|name| name.parse().expect("a number")).collect();
        let mut said: Vec<_> = places.iter().map(|&place| texts[place].clone()).collect();
        said.sort();
        let saved = match &split.crossing {
            SplitNeed::Pays(saving) => saving.saved().plain(2),
            SplitNeed::Needs(_) | SplitNeed::Refused => String::new(),
        };
        let is_saving = !saved.is_empty();
        told.splits.insert((format!("{} {saved}", split.rule.id), said));
        if is_saving { &mut told.saving } else { &mut told.crossing }.extend(places);
    }
    told
}

proptest! {
    #![proptest_config(super::cases(40))]

    #[test]
    fn the_order_of_files_changes_no_split((texts, order) in shuffled()) {
        let books = load(OUR_BOOK);
        let deals: Vec<_> = texts.iter().map(|it| resolve(it, &books).expect("a deal")).collect();
        let forwards: Vec<_> = (0..texts.len()).collect();
        let expected = told(&deals, &texts, &forwards, &books);
        prop_assert_eq!(told(&deals, &texts, &order, &books), expected, "{}", texts.join("---\n"));
    }

    /// Whoever saves with one other deal is named.
    #[test]
    fn every_deal_that_saves_with_another_is_named(texts in vec(wish(), 3..=6)) {
        let books = load(OUR_BOOK);
        let deals: Vec<_> = texts.iter().map(|it| resolve(it, &books).expect("a deal")).collect();
        let all: Vec<_> = (0..texts.len()).collect();
        let named = told(&deals, &texts, &all, &books).saving;
        for one in 0..texts.len() {
            for other in one + 1..texts.len() {
                let pair = told(&deals, &texts, &[one, other], &books).saving;
                prop_assert!(pair.is_subset(&named), "{pair:?} {named:?}\n{}", texts.join("---\n"));
            }
        }
    }
}
