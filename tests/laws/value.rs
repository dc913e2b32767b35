//! Costs are counted as they are said, and a claim holds up to the price that is told.

use super::cases;
use super::exact::{Exact, Half, exact, read, round, scaled, whole, zero};
use crate::support::{DAY, OUR_BOOK};
use dealdesk::answer::value::{ClaimedFigure, ValueFigures, ValueRequest, value_analysis};
use dealdesk::book::Books;
use dealdesk::number::{Date, DigitLoss, Money, Percentage, Rate};
use dealdesk::quote::quote;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use std::fmt::Write;

/// An amount of cents.
fn money(cents: u64) -> Money {
    Money::of_scaled(cents, 2)
}

/// So many hundredths of a percent.
fn percent(hundredths: u32) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

fn claimed() -> impl Strategy<Value = ClaimedFigure> {
    prop_oneof![
        (0..=10_000_u32)
            .prop_map(|it| ClaimedFigure::Saves(Rate::parse(&percent(it)).expect("a rate"))),
        (0..2_000_000_000_u64).prop_map(|it| ClaimedFigure::Saving(money(it))),
        (0..100_000_u32)
            .prop_map(|it| ClaimedFigure::Roi(Percentage::parse(&percent(it)).expect("a share"))),
    ]
}

/// Whether a claim holds, by fractions.
fn is_so(claimed: ClaimedFigure, price: &Exact, alternative: &Exact) -> bool {
    let saving = alternative - price;
    saving
        >= match claimed {
            ClaimedFigure::Saves(rate) => alternative * read(&rate.plain()),
            ClaimedFigure::Saving(amount) => exact(amount),
            ClaimedFigure::Roi(roi) => price * read(&roi.plain()),
        }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn a_claim_holds_up_to_the_price_that_is_told(
        claimed in claimed(),
        alternative in 1..1_000_000_000_u64,
        own in prop_oneof![Just(0), 0..500_000_000_u64],
        price in 0..1_500_000_000_u64,
        near in any::<bool>(),
    ) {
        let (alternative, own) = (money(alternative), money(own));
        let most = claimed.price_at_most(alternative, own, 2);
        let price = most.filter(|_| near).unwrap_or(money(price));
        let holds = claimed.holds(ValueFigures { price, own, alternative });
        let ours = exact(price) + exact(own);
        prop_assert_eq!(holds, is_so(claimed, &ours, &exact(alternative)));
        prop_assert_eq!(holds, most.is_some_and(|most| price <= most));
        let coin = money(1);
        if let Some(most) = most {
            let holds = |price| claimed.holds(ValueFigures { price, own, alternative });
            prop_assert!(holds(most) && !holds(most + coin));
        }
    }

    #[test]
    fn a_percentage_is_what_a_ratio_comes_to(
        part in 0..100_000_000_u64,
        whole_ in 1..100_000_000_u64,
        places in 2..=4_u32,
        off in -1..=1_i64,
    ) {
        let ratio = scaled(part, 2) / scaled(whole_, 2);
        let down = (&ratio * whole(10_u64.pow(places))).floor().to_integer();
        let units = u64::try_from(down).expect("few").saturating_add_signed(off);
        prop_assume!(units < 1000 * 10_u64.pow(places));
        let text = Money::of_scaled(units, places).at_least(places);
        let share = Percentage::parse(&text).expect("a share");
        // Zeros at its end are not there, and a whole percentage has two places.
        let digits = text.trim_end_matches('0').split_once('.').map_or(0, |(_, rest)| rest.len());
        let shown = u32::try_from(digits.max(2)).expect("few");
        let units = read(&text);
        let step = scaled(1, shown);
        let expected = if round(&ratio, shown, Half::Away) == units {
            Some(if ratio == units { DigitLoss::Exact } else { DigitLoss::Rounded })
        } else {
            (units <= ratio && ratio < &units + step).then_some(DigitLoss::Truncated)
        };
        prop_assert_eq!(share.is(money(part), money(whole_)), expected);
    }
}

/// A cost of a deal: its key, cents, and whether it is counted by 16 cores.
#[derive(Debug, Clone, Copy)]
enum Paid {
    Once,
    Yearly,
    /// In total for so many years.
    Total(u64),
}

type Cost = (Paid, u64, bool);

fn cost() -> impl Strategy<Value = Cost> {
    let paid = prop_oneof![
        Just(Paid::Once),
        Just(Paid::Yearly),
        prop_oneof![Just(2), Just(3), Just(6)].prop_map(Paid::Total)
    ];
    (paid, 0..1_000_000_000_u64, any::<bool>())
}

fn written(cores: u64, costs: &[Cost], own: &[Cost], claims: &[ClaimedFigure]) -> String {
    let mut text = format!(
        "term_years = 3\nhorizon_years = 6\nstart = 2027-01-31\n[[line]]\nmetric = \"core\"\nquantity = {cores}\n[[alternative]]\nname = \"kvm\"\nadds = true\n"
    );
    let mut say = |line: String| writeln!(text, "{line}").expect("a String takes it");
    let tables = costs.iter().map(|cost| ("alternative.cost", cost));
    let tables = tables.chain(own.iter().map(|cost| ("cost", cost)));
    for (at, (table, (paid, cents, by_units))) in tables.enumerate() {
        say(format!("[[{table}]]\ntitle = \"cost \\\"{at}\\\" \u{e9}\""));
        let amount = money(*cents).at_least(2);
        match paid {
            Paid::Once => say(format!("once = \"{amount}\"")),
            Paid::Yearly => say(format!("yearly = {amount}")),
            Paid::Total(years) => say(format!("years = {years}\ntotal = \"{amount}\"")),
        }
        if *by_units {
            say("per = \" 16 cores\"".to_owned());
        }
    }
    for claim in claims {
        say("[[claim]]\nagainst = \"kvm\"\ntext = \"so it is\"".to_owned());
        match claim {
            ClaimedFigure::Saves(rate) => say(format!("saves = \"{rate}\"")),
            ClaimedFigure::Saving(amount) => say(format!("saving = \"{}\"", amount.at_least(2))),
            ClaimedFigure::Roi(roi) => say(format!("roi = \"{roi}\"\nyears = 9")),
        }
    }
    text
}

/// What programs are told, without where things are written, and the same deal as it is saved.
fn told(text: &str, books: &Books) -> (Value, String) {
    let today = Date::parse(DAY).expect("a date");
    let draft = deal::read(&Source::file("deal", text));
    let deal = deal::resolve(&draft, books, today).unwrap_or_else(|it| panic!("{text}\n{it}"));
    let quote = quote(&deal);
    let ask =
        ValueRequest { against: Vec::new(), rate: Some(Rate::parse("7.5%").expect("a rate")) };
    let value_analysis = value_analysis(&quote, &ask).expect("within bounds");
    let mut json =
        serde_json::from_str(&dealdesk::answer::value::json::to_json(&value_analysis).to_string())
            .expect("JSON");
    forget_sources(&mut json);
    (json, deal::to_toml(&deal))
}

/// A saved deal has its words on other lines.
fn forget_sources(json: &mut Value) {
    match json {
        Value::Object(object) => {
            object.remove("source");
            object.values_mut().for_each(forget_sources);
        }
        Value::Array(array) => array.iter_mut().for_each(forget_sources),
        _ => {}
    }
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn costs_are_counted_as_they_are_said_and_saved(
        cores in 1..100_000_u64,
        costs in vec(cost(), 1..5),
        own in vec(cost(), 0..3),
        claims in vec(claimed(), 0..3),
    ) {
        let books = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("a book");
        let (first, saved) = told(&written(cores, &costs, &own, &claims), &books);
        let (again, twice) = told(&saved, &books);
        prop_assert_eq!(&saved, &twice);
        prop_assert_eq!(&first, &again);
        // The labor of the book, and what the customer says.
        let six_years = whole(150_000 * 6);
        let licenses = cores.div_ceil(16);
        let sum_of = |costs: &[Cost], from| costs.iter().fold(from, |sum, &(paid, cents, by_units)| {
            let times = if by_units { licenses } else { 1 };
            let amount = scaled(cents, 2) * whole(times);
            sum + match paid {
                Paid::Once => amount,
                Paid::Yearly => amount * whole(6),
                Paid::Total(years) => amount * whole(6 / years),
            }
        });
        let (all, besides) = (sum_of(&costs, six_years), sum_of(&own, zero()));
        let found = &first["alternatives"][0];
        let number = |value: &Value| read(value.as_str().expect("a number"));
        prop_assert_eq!(number(&found["total"]), all.clone());
        let payments = first["price"]["payments"].as_array().expect("payments").iter();
        let paid = payments.fold(zero(), |sum, it| sum + number(&it["amount"]));
        prop_assert_eq!(&number(&first["price"]["total"]), &paid);
        let ours = paid + besides;
        if !own.is_empty() {
            prop_assert_eq!(number(&first["own_costs"]["with_price"]), ours.clone());
        }
        prop_assert_eq!(number(&found["net_benefit"]), all - ours);
    }
}

/// Nothing over nothing is no ratio, and so it is no percentage that somebody shortened.
#[test]
fn a_percentage_of_nothing_is_no_ratio() {
    let nothing = Percentage::parse("0%").expect("a share");
    assert_eq!(nothing.is(Money::ZERO, Money::ZERO), None);
    assert_eq!(nothing.is(Money::ZERO, money(1)), Some(DigitLoss::Exact));
}
