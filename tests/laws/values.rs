//! Numbers that are written, read and written again.

use super::exact::{Half, read, round, scaled, whole, zero};
use super::model::{Money as AnyMoney, Rate as AnyRate};
use super::prices::{money, rate};
use super::written::decimal;
use dealdesk::number::{
    Date, Interval, Length, Money, ProrationConvention, Quantity, Rate, RateRange, Rounding, Share,
    Years, bisect, plain_decimal, rounding,
};
use proptest::prelude::*;

fn amount(micros: u64) -> Money {
    Money::parse(&decimal(micros, 6)).expect("an amount")
}

/// A rate; all of it is not written as a bare 1, which could be 1%.
fn share(millionths: u64) -> Rate {
    let text = if millionths == 1_000_000 { "1.0".to_owned() } else { decimal(millionths, 6) };
    Rate::parse(&text).expect("a rate")
}

const MICROS: u64 = 999_999_999_999_999_999;

proptest! {
    #![proptest_config(super::cases(1500))]

    /// Money, rates and quantities are the digits that were written, and are written so again.
    #[test]
    fn numbers_round_trip(money in money(), rate in rate(), thousandths in 0..=1_000_000_000_000_u64) {
        let (AnyMoney { micros, .. }, AnyRate { millionths, .. }) = (money, rate);
        let money = amount(micros);
        prop_assert_eq!(read(&money.at_least(2)), scaled(micros, 6));
        prop_assert_eq!(Money::parse(&money.at_least(2)), Ok(money));

        let share = share(millionths.into());
        prop_assert_eq!(read(&share.plain()), scaled(millionths.into(), 6));
        prop_assert_eq!(Rate::parse(&share.plain()), Ok(share));
        prop_assert_eq!(Rate::parse(&share.to_string()), Ok(share), "as a percentage");

        let quantity = Quantity::parse(&decimal(thousandths, 3)).expect("a quantity");
        prop_assert_eq!(quantity.to_string(), decimal(thousandths, 3));
        prop_assert_eq!(quantity.ceil(), thousandths.div_ceil(1000));
        prop_assert_eq!(Quantity::parse(&quantity.to_string()), Ok(quantity));
    }

    /// The products that the engine makes of them are exact; what is far above the largest line is
    /// refused.
    #[test]
    fn products_are_exact(
        micros in 0..=MICROS / 1000, millionths in 0..=1_000_000_u64, thousandths in 0..=1_000_000_000_000_u64,
    ) {
        let rate = share(millionths);
        let off = scaled(micros, 6) * scaled(millionths, 6);
        prop_assert_eq!(read(&rate.of(amount(micros)).at_least(2)), off);
        let quantity = Quantity::parse(&decimal(thousandths, 3)).expect("a quantity");
        let total = scaled(micros, 6) * scaled(thousandths, 3);
        prop_assert_eq!(read(&(amount(micros) * quantity).at_least(2)), total);
    }

    /// A share and an average are rounded once, however close to a half they come.
    #[test]
    fn shares_and_averages_are_rounded_once(
        list in 1..=MICROS, net in 0..=MICROS, near in 0..20_000_u64, years in 1..=30_u64,
        minor in 0..=3_u32,
    ) {
        // Beside anything, what lies within a hair of a half.
        let list_for_half = list / 20_000 * 20_000;
        let half = list_for_half / 20_000 * near;
        for (list, net) in [(list, net), (list_for_half, half), (list_for_half, half + 1)] {
            let (list, net) = (list.max(1), net.min(MICROS));
            let off = (scaled(list, 6) - scaled(net, 6)) / scaled(list, 6);
            let share = Share::off(amount(list), amount(net));
            prop_assert_eq!(read(&share.plain()), round_away(&off));
        }
        let term = Years::new(years).expect("years");
        for (rounding, half) in [(Rounding::HalfUp, Half::Away), (Rounding::HalfEven, Half::Even)] {
            // Beside anything, a half exactly.
            let step = 10_u64.pow(6 - minor) / 2 * years;
            for list in [list, list / step * step] {
                let average = rounding.average(amount(list), term.into(), minor);
                let expected = round(&(scaled(list, 6) / whole(years)), minor, half);
                prop_assert_eq!(read(&average.at_least(2)), expected);
            }
        }
    }

    /// Rounding is to the nearest, and a half goes where the book says.
    #[test]
    fn rounding_is_to_the_nearest(micros in 0..=MICROS, places in 0..=6_u32, steps in 0..2_000_000_u64) {
        let unit = 10_u64.pow(6 - places);
        // Anything, and a half exactly.
        for micros in [micros, steps * unit + unit / 2] {
            for (rounding, half) in [(Rounding::HalfUp, Half::Away), (Rounding::HalfEven, Half::Even)] {
                let rounded = rounding.round(amount(micros), places);
                prop_assert_eq!(read(&rounded.at_least(2)), round(&scaled(micros, 6), places, half));
            }
        }
    }

    /// A range is written as it was read, and holds what lies between its ends.
    #[test]
    fn ranges_round_trip(
        from in 0..=Quantity::MAX, width in prop::option::of(0..10_000_u64), number in 0..=Quantity::MAX,
    ) {
        let to = width.map(|width| (from + width).min(Quantity::MAX));
        let text = match to {
            None => format!("{from}+"),
            Some(to) if to == from => format!("{from}"),
            Some(to) => format!("{from}-{to}"),
        };
        let range = Interval::parse(&text).expect("a range");
        prop_assert_eq!(range.to_string(), text);
        prop_assert_eq!((range.from(), range.to()), (from, to));
        for number in [number, from, from.saturating_sub(1), from + 1, to.unwrap_or(from), to.unwrap_or(from) + 1] {
            prop_assert_eq!(range.contains(number), from <= number && to.is_none_or(|to| number <= to));
        }
    }

    /// So is a range of rates, however its ends are written.
    #[test]
    fn ranges_of_rates_round_trip(one in 0..=1_000_000_u64, other in 0..=1_000_000_u64, rate in 0..=1_000_000_u64) {
        let (from, to) = (share(one.min(other)), share(one.max(other)));
        let text = if from == to { from.to_string() } else { format!("{from}-{to}") };
        let range = RateRange::parse(&text).expect("a range");
        prop_assert_eq!(range.to_string(), text);
        prop_assert_eq!(RateRange::parse(&format!(" {from} - {to} ")), Ok(range));
        let single = RateRange::parse(&from.to_string()).expect("a range of one rate");
        prop_assert_eq!(single.to_string(), from.to_string());
        prop_assert_eq!(RateRange::parse(&format!("{}-{}", from.plain(), to.plain())), Ok(range));
        prop_assert_eq!(range.contains(share(rate)), (one.min(other)..=one.max(other)).contains(&rate));
        let backwards = format!("{to}-{from}");
        prop_assert!(from == to || RateRange::parse(&backwards).is_err());
    }

    /// Bisection finds the first number for which a condition holds, and the end of the range where the
    /// condition holds for none; it tests each bit of the range once.
    #[test]
    fn bisection_finds_the_first_number(low in 0..1000_u64, length in 0..1000_u64, first in 0..2500_u64) {
        let (high, mut tests) = (low + length, 0);
        let found = bisect(low, high, |number| {
            tests += 1;
            number >= first
        });
        prop_assert_eq!(found, first.clamp(low, high));
        prop_assert!(tests <= u64::BITS - length.leading_zeros());
    }

    /// A decimal is written in plain digits that mean the same number, with as many places as asked for
    /// and no zeros behind those.
    #[test]
    fn decimals_are_plain(units in any::<i64>(), scale in 0..=28_u32, places in 0..=6_u32) {
        let text = plain_decimal(units.into(), scale, places);
        let (whole, behind) = text.split_once('.').unwrap_or((&text, ""));
        let written = behind.len();
        prop_assert!(written >= usize::try_from(places).expect("few"));
        prop_assert!(written == usize::try_from(places).expect("few") || !behind.ends_with('0'));
        let sign = if whole.starts_with('-') { -1 } else { 1 };
        let digits: i128 = format!("{}{behind}", whole.trim_start_matches('-')).parse().expect("digits");
        let shift = i64::from(scale) - i64::try_from(written).expect("few");
        let (left, right) = (sign * digits, i128::from(units));
        let tens = |count: i64| 10_i128.pow(u32::try_from(count.max(0)).expect("a count"));
        prop_assert_eq!(left * tens(shift), right * tens(-shift));
    }

    /// No text makes a number panic, and what is read is never below zero or beyond its limits.
    #[test]
    fn no_text_makes_a_number_panic(
        text in prop_oneof!["[-+0-9.,_' %e]{0,24}", any::<String>()],
    ) {
        if let Ok(money) = Money::parse(&text) {
            prop_assert!(read(&money.at_least(2)) >= zero() && read(&money.at_least(2)) <= scaled(MICROS, 6));
        }
        if let Ok(rate) = Rate::parse(&text) {
            prop_assert!(read(&rate.plain()) >= zero() && read(&rate.plain()) <= whole(1));
        }
        if let Ok(quantity) = Quantity::parse(&text) {
            prop_assert!(quantity.ceil() <= Quantity::MAX);
        }
        let _ = (Interval::parse(&text), RateRange::parse(&text));
    }
}

/// Half up for what lies below list, and away from zero for what lies above it.
fn round_away(share: &super::exact::Exact) -> super::exact::Exact {
    if *share < zero() {
        -round(&-share.clone(), 4, Half::Away)
    } else {
        round(share, 4, Half::Away)
    }
}

/// 73 of 365 days are a fifth of a year: 6,000.00 / 30% / (1/5) = 100,000.00 without a rest, and 4,000.00 leave one.
#[test]
fn a_base_over_a_part_of_a_year_can_be_exact() {
    let day = |text: &str| Date::parse(text).expect("a date");
    let part = ProrationConvention::Actual.part(day("2026-12-01"), day("2027-02-12"));
    let base = |total: &str| {
        let total = Money::parse(total).expect("an amount");
        let rate = Rate::parse("30%").expect("a rate");
        let (base, exact) = rounding::base_of(total, rate, Length::new(Some(part), 0), 2)?;
        Some((base.at_least(2), exact))
    };
    assert_eq!(part.to_string(), "73/365");
    assert_eq!(base("6000"), Some(("100000.00".to_owned(), true)));
    assert_eq!(base("4000"), Some(("66666.67".to_owned(), false)));
}
