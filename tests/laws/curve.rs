//! Curves, held against the price of every single quantity.

use super::cases;
use crate::support::OUR_BOOK;
use dealdesk::book::Books;
use dealdesk::deal::Deal;
use dealdesk::number::{Date, Money};
use dealdesk::price::curve::{PriceCurve, logarithm};
use dealdesk::price::price;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// The book of the program, graduated prices, packages, and a line with a least price.
const OTHERS: &str = r#"
[book]
name = "Others"
version = "1"
currency = "EUR"
quote_valid = "30 days"
[metric.graduated]
title = "Graduated"
unit = "seat"
units = "seats"
per = "year"
mode = "graduated"
tiers = [
  { quantity = "1-10", price = "9.00", flat = "50.00" },
  { quantity = "11-40", price = "0.00" },
  { quantity = "41+", price = "3.00" },
]
[metric.package]
title = "Package"
unit = "seat"
units = "seats"
per = "year"
mode = "package"
size = 7
included = 3
minimum = "40.00"
tiers = [{ quantity = "2-30", price = "70.00" }, { quantity = "31-300", price = "33.00" }]
[metric.flat]
title = "Flat"
unit = "seat"
units = "seats"
per = "year"
mode = "volume"
tiers = [
  { quantity = "1-9", price = "10.00" },
  { quantity = "10-19", price = "4.00" },
  { quantity = "20-29", price = "9.00" },
  { quantity = "30+", price = "1.00", flat = "5.00" },
]
[metric.level]
title = "Level"
unit = "seat"
units = "seats"
per = "year"
mode = "volume"
tiers = [
  { quantity = "1-9", price = "10.00" },
  { quantity = "10-19", price = "4.00" },
  { quantity = "20-39", price = "2.00" },
  { quantity = "40+", price = "3.00" },
]
[metric.parts]
title = "Parts"
unit = "seat"
units = "seats"
per = "year"
mode = "volume"
fractional = true
tiers = [
  { quantity = "1-2", price = "10.00" },
  { quantity = "3", price = "4.00" },
  { quantity = "4-5", price = "9.00" },
  { quantity = "6+", price = "1.00" },
]
[metric.parts-of-packages]
title = "Parts of packages"
unit = "seat"
units = "seats"
per = "year"
mode = "package"
size = 2
included = 1
fractional = true
tiers = [{ quantity = "2-4", price = "70.00" }, { quantity = "5-9", price = "33.00" }]
[metric.parts-graduated]
title = "Parts, graduated"
unit = "seat"
units = "seats"
per = "year"
mode = "graduated"
fractional = true
tiers = [
  { quantity = "1-2", price = "9.00", flat = "50.00" },
  { quantity = "3-4", price = "0.00" },
  { quantity = "5+", price = "3.00" },
]
"#;

fn deal<'b>(books: &'b Books, metric: &str, smallest: u64, term: u32) -> Deal<'b> {
    let text =
        format!("term_years = {term}\n[[line]]\nmetric = \"{metric}\"\nquantity = {smallest}\n");
    let draft = deal::read(&Source::file("deal.toml", &text));
    let today = Date::parse("2026-11-21").expect("a date");
    deal::resolve(&draft, books, today).expect("a deal")
}

/// The contract value of every count of what is sold, each in its own deal.
fn totals(deal: &Deal<'_>, metric: &str, last: u64) -> Vec<Option<Money>> {
    let metric = deal.book().metric(metric).expect("a metric");
    let total = |count| {
        let one = deal.with_order(metric, metric.increment().quantity(count)?)?;
        Some(price(&one).totals.tcv)
    };
    (0..=last).map(total).collect()
}

fn holds(books: &Books, name: &str, term: u32) {
    let metric = books.first().metric(name).expect("a metric");
    let smallest = metric.tiers()[0].quantity().from();
    let deal = deal(books, name, smallest, term);
    let curve = PriceCurve::of(
        &deal,
        metric,
        &dealdesk::approve::spans(deal.book(), metric, metric.increment()),
    )
    .expect("a curve");
    let last = curve.points().last().expect("a point").quantity;
    let totals = totals(&deal, name, last);
    let mut before = 0;
    for point in curve.points() {
        assert!(point.quantity > before, "{name}: {point:?}");
        assert_eq!(Some(point.total), totals[usize::try_from(point.quantity).expect("small")]);
        before = point.quantity;
    }
    let mut cheapest: Option<Money> = None;
    let mut dear = BTreeSet::new();
    for (quantity, total) in (0..=last).zip(&totals).collect::<Vec<_>>().into_iter().rev() {
        let Some(total) = *total else { continue };
        if cheapest.is_some_and(|larger| larger < total) {
            dear.insert(quantity);
        }
        cheapest = Some(cheapest.map_or(total, |larger| larger.min(total)));
    }
    let told: BTreeSet<u64> = curve.cliffs.iter().flat_map(|it| it.from..=it.to).collect();
    assert_eq!(told, dear, "{name} for {term} years");
    for cliff in &curve.cliffs {
        let of = |quantity: u64| totals[usize::try_from(quantity).expect("small")];
        let (worst, instead) = (of(cliff.to).expect("sold"), of(cliff.instead).expect("sold"));
        assert_eq!(worst - instead, cliff.extra());
        let larger = usize::try_from(cliff.to).expect("small") + 1;
        assert_eq!(totals[larger..].iter().flatten().min(), Some(&instead), "the cheapest of all");
        let nearest = (0..=last).zip(&totals).skip(larger).find(|(_, it)| **it == Some(instead));
        assert_eq!(nearest.map(|(quantity, _)| quantity), Some(cliff.instead), "and no larger");
    }
}

#[test]
fn cliffs_are_all_there_are() {
    let books = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("a book");
    for (metric, term) in [("socket", 1), ("socket", 3), ("core", 1), ("node", 2), ("perpetual", 1)]
    {
        holds(&books, metric, term);
    }
    let others = book::load(&Source::file("others.toml", OTHERS)).expect("a book");
    for metric in ["graduated", "package", "flat", "level"] {
        holds(&others, metric, 2);
    }
    for metric in ["parts", "parts-of-packages", "parts-graduated"] {
        holds(&others, metric, 2);
    }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn a_logarithm_grows_and_turns_products_into_sums(one in 1..u64::from(u32::MAX), other in 1..u64::from(u32::MAX)) {
        prop_assert!(logarithm(one) <= logarithm(one + 1));
        let (product, sum) = (logarithm(one * other), logarithm(one) + logarithm(other));
        // Each of them loses less than one of its last places.
        prop_assert!(sum <= product && product < sum + 2, "{product} {sum}");
    }
}
