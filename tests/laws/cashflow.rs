//! A present value is what fractions make of it, rounded once.

use super::cases;
use super::exact::{Exact, Half, exact, round, scaled, whole, zero};
use dealdesk::number::present_value::present_value;
use dealdesk::number::{Date, Money, Rate};
use proptest::collection::vec;
use proptest::prelude::*;

/// An amount with up to four decimals, so many years and days later.
type Flow = (i64, u32, u32, u32);

fn flow() -> impl Strategy<Value = Flow> {
    let amount = prop_oneof![3 => -1_000_000_000_000..1_000_000_000_000_i64, 1 => -500..500_i64];
    let years = prop_oneof![4 => 0..=6_u32, 1 => 0..=100_u32];
    let days = prop_oneof![1 => Just(0), 3 => 0..365_u32];
    (amount, 0..=4_u32, years, days)
}

fn money(units: i64, places: u32) -> Money {
    Money::of_digits(units.into(), places).expect("room for it")
}

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

fn rate(text: &str) -> Rate {
    Rate::parse(text).expect("a rate")
}

/// Worked out with fractions, from the years and days themselves.
fn worth(flows: &[Flow], millionths: u32, places: u32) -> Exact {
    let rate = scaled(millionths.into(), 6);
    let one = whole(1);
    let worth = flows.iter().map(|&(units, decimals, years, days)| {
        let simple = &one + &rate * scaled(days.into(), 0) / whole(365);
        let years = (0..years).fold(one.clone(), |power, _| power * (&one + &rate));
        exact(money(units, decimals)) / years / simple
    });
    round(&worth.fold(zero(), |sum, it| sum + it), places, Half::Away)
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn it_is_what_fractions_make_of_it(
        flows in vec(flow(), 0..12),
        from in 0..10_000_u32,
        millionths in prop_oneof![3 => 0..200_000_u32, 1 => 0..=1_000_000_u32],
        places in 0..=4_u32,
    ) {
        let from = day("2026-01-01").plus_days(from);
        let text = if millionths == 1_000_000 {
            "100%".to_owned()
        } else {
            format!("0.{millionths:06}")
        };
        let dated = flows.iter().map(|&(units, decimals, years, days)| {
            let years = from.plus_months(i32::try_from(12 * years).expect("few"));
            (years.plus_days(days), money(units, decimals))
        });
        let found = present_value(dated, from, rate(&text), places);
        prop_assert_eq!(exact(found), worth(&flows, millionths, places));
    }

    /// Waiting makes nothing worth more, and a higher rate neither.
    #[test]
    fn later_is_worth_no_more(
        units in 0..1_000_000_000_000_i64,
        days in 0..4000_u32,
        more in 0..800_u32,
        low in 0..500_000_u32,
        higher in 0..400_000_u32,
    ) {
        let from = day("2027-02-28");
        let rate = |millionths: u32| rate(&format!("0.{millionths:06}"));
        let worth = |days, millionths| {
            let flow = (from.plus_days(days), money(units, 2));
            present_value([flow], from, rate(millionths), 2)
        };
        prop_assert!(worth(days + more, low) <= worth(days, low));
        prop_assert!(worth(days, low + higher) <= worth(days, low));
        prop_assert!(worth(days, low) <= money(units, 2));
    }
}

/// By hand: 1,000 / 1.1 = 909.0909..., and 1,000 / (1.1 * (1 + 0.1 * 73 / 365)) = 1,000 / 1.122 =
/// 891.2655...
#[test]
fn whole_years_compound_and_the_rest_is_simple() {
    let from = day("2027-01-01");
    let one =
        |date: &str| present_value([(day(date), money(1000, 0))], from, rate("10%"), 2).at_least(2);
    assert_eq!(one("2027-01-01"), "1000.00");
    assert_eq!(one("2028-01-01"), "909.09");
    assert_eq!(one("2028-03-14"), "891.27");
    // What is past counts as it is.
    assert_eq!(one("2020-01-01"), "1000.00");
    // The last day of a leap year is still no whole year later.
    assert_eq!(one("2028-12-31"), "826.45");
}
