//! What deals save apart is what each day costs more together, whatever their days.

use super::world::{load, resolve};
use crate::support::DAY;
use dealdesk::answer::pipeline::{NamedDeal, SplitNeed, check};
use dealdesk::book::Books;
use dealdesk::deal::Deal;
use dealdesk::number::{Date, Total};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Seats at prices that rise and fall with the quantity.
const SEATS: &str = r#"
[book]
name = "Seats"
version = "1"
currency = "USD"
quote_valid = "30 days"
[metric.seat]
title = "Seat"
unit = "seat"
units = "seats"
per = "year"
mode = "volume"
places = 2
tiers = [
  { quantity = "1-49", price = "100.00" },
  { quantity = "50-99", price = "160.00" },
  { quantity = "100-199", price = "120.00" },
  { quantity = "200+", price = "180.00" },
]
"#;

const fn price(quantity: i128) -> i128 {
    match quantity {
        0..50 => 100,
        50..100 => 160,
        100..200 => 120,
        _ => 180,
    }
}

/// A deal: on which day of 2027 it begins, and its quantity in each year.
#[derive(Debug, Clone)]
struct Wish {
    begins: u32,
    years: Vec<u32>,
}

impl Wish {
    fn start(&self) -> Date {
        Date::parse("2027-01-01").expect("a date").plus_days(self.begins)
    }

    fn text(&self) -> String {
        let year = |quantity: &u32| format!("{{ quantity = {quantity} }}");
        let years: Vec<_> = self.years.iter().map(year).collect();
        format!(
            "customer = \"Acme\"\nstart = {}\nterm_years = {}\n[[line]]\nmetric = \"seat\"\nyear = [{}]\n",
            self.start(),
            years.len(),
            years.join(", ")
        )
    }

    /// Returns the units of each day, with the days of its contract year.
    fn days(&self) -> Vec<(Date, i128, i128)> {
        let mut days = Vec::new();
        for (year, quantity) in (0_i32..).zip(&self.years) {
            let [from, until] = [year, year + 1].map(|year| self.start().plus_months(12 * year));
            let of = from.days_to(until);
            let on = |day| (from.plus_days(day), i128::from(*quantity), i128::from(of));
            days.extend((0..of).map(on));
        }
        days
    }
}

fn wish() -> impl Strategy<Value = Wish> {
    let begins = prop_oneof![Just(0_u32), Just(1), Just(10), 0..800_u32];
    let quantity = prop_oneof![Just(1_u32), Just(49), Just(60), Just(99), 1..250_u32];
    (begins, vec(quantity, 1..=3)).prop_map(|(begins, years)| Wish { begins, years })
}

/// Returns how many hundredths of a cent some deals save: the sum over all days on which they cost more together, to a
/// day of a year.
fn saved(deals: &[&Wish]) -> i128 {
    let mut on_day: BTreeMap<Date, Vec<(i128, i128)>> = BTreeMap::new();
    for (day, quantity, of) in deals.iter().flat_map(|deal| deal.days()) {
        on_day.entry(day).or_default().push((quantity, of));
    }
    let more = on_day.values().map(|units| {
        let all = units.iter().map(|(quantity, _)| quantity).sum();
        // A year has 365 or 366 days.
        let extra =
            units.iter().map(|(units, of)| units * (price(all) - price(*units)) * (365 * 366 / of));
        extra.sum::<i128>().max(0)
    });
    more.sum::<i128>() * 10_000 / (365 * 366)
}

fn told(deals: &[Deal<'_>], books: &Books) -> Total {
    let named = deals.iter().enumerate();
    let named: Vec<_> = named
        .map(|(at, deal)| NamedDeal { name: at.to_string(), deal: Ok(deal.clone()) })
        .collect();
    let checked = check(&named, books.first(), Date::parse(DAY).expect("a date"), None);
    let saved = checked.splits.iter().map(|split| match &split.crossing {
        SplitNeed::Pays(saving) => saving.saved(),
        SplitNeed::Needs(_) | SplitNeed::Refused => Total::default(),
    });
    saved.max().unwrap_or_default()
}

proptest! {
    #![proptest_config(super::cases(150))]

    /// The most that some of the deals save is told, to a cent; a coin of each year is no saving.
    #[test]
    fn the_days_that_cost_more_together_are_told(wishes in vec(wish(), 2..=4)) {
        let books = load(SEATS);
        let deals: Vec<_> =
            wishes.iter().map(|it| resolve(&it.text(), &books).expect("a deal")).collect();
        let sets = (1..1_usize << wishes.len()).map(|chosen| {
            let is_in = |at: &usize| chosen >> at & 1 == 1;
            saved(&(0..wishes.len()).filter(is_in).map(|at| &wishes[at]).collect::<Vec<_>>())
        });
        let most = sets.max().unwrap_or_default();
        let told = i128::from(told(&deals, &books).scaled(4).expect("an amount"));
        let coins = i128::try_from(wishes.iter().map(|it| it.years.len()).sum::<usize>()).expect("few") * 100;
        prop_assert!((told - most).abs() <= 100 || told == 0 && most <= coins, "{told} {most}");
    }
}
