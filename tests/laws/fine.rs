//! Prices of up to twelve places: exact or refused.

use super::exact::{Half, exact, read, round, scaled, whole};
use super::world::{load, resolve};
use super::written::decimal;
use dealdesk::price::price;
use dealdesk::quote::quote;
use proptest::prelude::*;

/// A price in trillionths, as a book writes it.
fn written(trillionths: u64, whole: u64) -> String {
    let digits = decimal(trillionths % 1_000_000_000_000, 12);
    let (_, rest) = digits.split_once('.').unwrap_or(("0", "0"));
    format!("{whole}.{rest}")
}

fn price_text() -> impl Strategy<Value = String> {
    let units = prop_oneof![3 => Just(0_u64), 1 => 0..1000_u64, 1 => 0..999_999_999_999_u64];
    let parts = prop_oneof![
        1 => 0..1000_u64,
        1 => 0..1_000_000_u64,
        2 => 0..1_000_000_000_000_u64,
        1 => (0..200_u64).prop_map(|it| it * 5_000_000_000),
    ];
    (parts, units).prop_map(|(parts, units)| written(parts, units))
}

fn book(price: &str, rates: &[u32], per: &str) -> String {
    let names: Vec<_> = (0..rates.len()).map(|at| format!("d{at}")).collect();
    let discounts: Vec<_> = names
        .iter()
        .zip(rates)
        .map(|(name, rate)| {
            format!(
                "[discount.{name}]\ntitle = \"D\"\nby = \"always\"\nbase = \"running\"\n\
                 metrics = [\"m\"]\nsteps = [{{ rate = \"{}%\" }}]\n",
                decimal((*rate).into(), 4)
            )
        })
        .collect();
    let discounts = discounts.concat();
    format!(
        "[book]\nname = \"Fine\"\nversion = \"1\"\ncurrency = \"USD\"\nquote_valid = \"30 days\"\n\
         [metric.m]\ntitle = \"M\"\nunit = \"u\"\nunits = \"u\"\nmode = \"volume\"\nplaces = 12\n\
         fractional = true\n{per}\ntiers = [{{ quantity = \"0+\", price = \"{price}\" }}]\n\
         [waterfall]\norder = {names:?}\n{discounts}"
    )
}

proptest! {
    #![proptest_config(super::cases(400))]

    /// Whatever the door lets in costs what fractions make of it, in two lines as in one.
    #[test]
    fn a_fine_price_is_exact_or_refused(
        price_text in price_text(),
        rates in prop::collection::vec(prop_oneof![1..1_000_000_u32, (1..100_u32).prop_map(|it| it * 10_000)], 0..4),
        (one, two) in (0..1_000_000_000_000_u64, prop_oneof![1..2000_u64, 1..1_000_000_000_u64]),
        hourly in any::<bool>(),
        term in 1..31_u32,
    ) {
        let per = if hourly { "per = \"hour\"\nhours_per_month = 744" } else { "per = \"year\"" };
        let books = load(&book(&price_text, &rates, per));
        let quantity = |thousandths: u64| decimal(thousandths, 3);
        let line = |it| format!("[[line]]\nmetric = \"m\"\nquantity = \"{}\"\n", quantity(it));
        let lines = line(one) + &line(two);
        let Ok(deal) = resolve(&format!("term_years = {term}\n{lines}"), &books) else {
            return Ok(());
        };
        let list = read(&price_text);
        let left = |price, rate: &u32| price * (whole(1) - scaled((*rate).into(), 6));
        let net = round(&rates.iter().fold(list.clone(), left), 12, Half::Away);
        let times = scaled(one + two, 3) * whole(if hourly { 744 * 12 } else { 1 });
        let year = |price| round(&(price * &times), 2, Half::Away);
        let pricing = price(&deal);
        for line in &pricing.lines {
            prop_assert_eq!(exact(line.segments[0].net()), net.clone());
        }
        prop_assert_eq!(exact(pricing.totals.arr), year(net.clone()));
        prop_assert_eq!(exact(pricing.totals.tcv), year(net) * whole(term.into()));
        prop_assert_eq!(exact(pricing.totals.list_tcv), year(list) * whole(term.into()));
        prop_assert_eq!(quote(&deal).pricing.totals, pricing.totals);
    }
}
