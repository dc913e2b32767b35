//! What two deals of a customer save is told of any deals that hold both.

use super::world::{load, resolve};
use crate::support::{DAY, OUR_BOOK};
use dealdesk::answer::pipeline::{NamedDeal, SplitNeed, check};
use dealdesk::book::Books;
use dealdesk::deal::Deal;
use dealdesk::number::{Date, Total};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A deal of Acme with one line.
fn wish() -> impl Strategy<Value = String> {
    let days = prop_oneof![
        Just("start = 2026-12-01\nco_term_end = 2027-05-31\njoins = \"C-1\""),
        Just("start = 2026-12-01"),
        Just("start = 2026-12-01\nterm_years = 3"),
        Just("start = 2027-05-31\nterm_years = 2"),
    ];
    let metric = prop_oneof![4 => Just("socket"), 1 => Just("core"), 1 => Just("node")];
    let quantity = prop_oneof![Just(49_u32), Just(99), 3..600_u32];
    (days, metric, quantity).prop_map(|(days, metric, quantity)| {
        format!(
            "customer = \"Acme\"\n{days}\n[[line]]\nmetric = \"{metric}\"\nquantity = {quantity}\n"
        )
    })
}

/// The largest saving that is told of each metric.
fn savings(deals: &[&Deal<'_>], books: &Books) -> BTreeMap<String, Total> {
    let named = deals.iter().enumerate();
    let named: Vec<_> = named
        .map(|(at, deal)| NamedDeal { name: at.to_string(), deal: Ok((*deal).clone()) })
        .collect();
    let checked = check(&named, books.first(), Date::parse(DAY).expect("a date"), None);
    let saved = checked.splits.iter().filter_map(|split| match &split.crossing {
        SplitNeed::Pays(saving) => Some((split.rule.id.clone(), saving.saved())),
        SplitNeed::Needs(_) | SplitNeed::Refused => None,
    });
    let mut most: BTreeMap<String, Total> = BTreeMap::new();
    for (metric, saved) in saved {
        let known = most.entry(metric).or_default();
        *known = (*known).max(saved);
    }
    most
}

proptest! {
    #![proptest_config(super::cases(60))]

    #[test]
    fn the_saving_of_a_pair_is_told_of_all(texts in vec(wish(), 2..=4)) {
        let books = load(OUR_BOOK);
        let deals: Vec<_> = texts.iter().map(|it| resolve(it, &books).expect("a deal")).collect();
        let all = savings(&deals.iter().collect::<Vec<_>>(), &books);
        for (at, one) in deals.iter().enumerate() {
            for other in &deals[at + 1..] {
                for (metric, saved) in savings(&[one, other], &books) {
                    let told = all.get(&metric).copied().unwrap_or_default();
                    prop_assert!(told >= saved, "{metric}\n{}", texts.join("---\n"));
                }
            }
        }
    }
}
