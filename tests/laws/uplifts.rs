//! What is put on a price for late payment.

use super::exact::{Half, exact, round, scaled, whole};
use super::world::{load, resolve};
use dealdesk::quote::quote;
use proptest::prelude::*;

/// A book whose price has so much put on so many times.
fn uplifted(price: u64, rate: u64, times: usize) -> String {
    let names: Vec<_> = (0..times).map(|at| format!("late{at}")).collect();
    let discounts = names.iter().map(|name| {
        format!(
            "[discount.{name}]\ntitle = \"Late\"\nby = \"payment\"\nbase = \"running\"\n\
             metrics = [\"unit\"]\nsteps = [{{ payment = [\"later\"], uplift = \"{}\" }}]\n",
            if rate == 1_000_000 { "100%".to_owned() } else { format!("0.{rate:06}") }
        )
    });
    format!(
        "[book]\nname = \"b\"\nversion = \"1\"\ncurrency = \"USD\"\nquote_valid = \"1 days\"\n\
         [payment]\nstandard = \"now\"\n[payment.terms]\nnow = {{ title = \"n\", days = 0 }}\n\
         later = {{ title = \"l\", days = 60 }}\n[waterfall]\norder = {names:?}\n\
         [metric.unit]\ntitle = \"u\"\nunit = \"u\"\nunits = \"u\"\nper = \"year\"\n\
         mode = \"volume\"\nplaces = 2\n\
         tiers = [{{ quantity = \"1+\", price = \"{}.{:02}\" }}]\n{}",
        price / 100,
        price % 100,
        discounts.collect::<String>()
    )
}

proptest! {
    #![proptest_config(super::cases(200))]

    /// What is put on a price is exact, however often, or the deal is refused at the door.
    #[test]
    fn uplifts_are_exact_or_refused(
        price in prop_oneof![1..1_000_000_u64, 1..99_999_999_999_999_u64],
        rate in prop_oneof![Just(1_000_000_u64), (1..99_u64).prop_map(|it| it * 10_000), 1..1_000_000_u64],
        times in 0..16_usize,
        (quantity, term) in (1..1000_u64, 1..30_u64),
    ) {
        let book = load(&uplifted(price, rate, times));
        let deal = format!(
            "payment = \"later\"\nterm_years = {term}\n[[line]]\nmetric = \"unit\"\nquantity = {quantity}\n"
        );
        let Ok(deal) = resolve(&deal, &book) else { return Ok(()) };
        let growth = whole(1) + scaled(rate, 6);
        let exact_net = (0..times).fold(scaled(price, 2), |price, _| price * &growth);
        let net = round(&exact_net, 2, Half::Away);
        let pricing = quote(&deal).pricing;
        let steps = &pricing.lines[0].segments[0].waterfall.steps;
        prop_assert_eq!(exact(steps[times].price), exact_net, "to the last digit");
        let totals = pricing.totals;
        prop_assert_eq!(exact(totals.tcv), &net * whole(quantity) * whole(term));
        prop_assert_eq!(exact(totals.arr), net * whole(quantity));
    }
}
