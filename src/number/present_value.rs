//! Present value of dated amounts.

use super::{Date, Money, Rate};
use num_bigint::{BigInt, Sign};
use std::collections::BTreeMap;

/// Returns the value of dated amounts on the day `from` at a yearly rate, at `places` decimal
/// places.
///
/// Whole years compound, and the remaining part of a year counts with simple interest, by its days
/// over 365: an amount `n` years and `d` days later is divided by `(1 + rate)^n * (1 + rate * d /
/// 365)`. Years are counted from anniversary to anniversary, so a year is one year whether it has
/// 365 days or 366. Amounts due on that day or before count in full. The calculation is exact until
/// the sum is rounded, once, half away from zero.
///
/// The sum of the absolute amounts must be an amount itself.
///
/// ```
/// use dealdesk::number::present_value::present_value;
/// use dealdesk::number::{Date, Money, Rate};
/// let (signed, later) = (Date::parse("2027-01-01")?, Date::parse("2028-01-01")?);
/// let year = Money::parse("540.00").expect("an amount");
/// let rate = Rate::parse("8%").expect("a rate");
/// // 540 + 540 / 1.08
/// let worth = present_value([(signed, year), (later, year)], signed, rate, 2);
/// assert_eq!(worth.at_least(2), "1040.00");
/// # Ok::<(), dealdesk::number::DateError>(())
/// ```
pub fn present_value(
    flows: impl IntoIterator<Item = (Date, Money)>,
    from: Date,
    rate: Rate,
    places: u32,
) -> Money {
    let mut by_days: BTreeMap<u32, Vec<(usize, Money)>> = BTreeMap::new();
    for (date, amount) in flows {
        let (years, days) = distance(from, date);
        by_days.entry(days).or_default().push((years as usize, amount));
    }
    let all = || by_days.values().flatten();
    let most = all().map(|(years, _)| *years).max().unwrap_or_default();
    let scale = all().map(|(_, amount)| amount.decimals()).max().unwrap_or_default();
    // Powers of the yearly growth factor, over powers of ONE.
    let powers = |of: u32| -> Vec<BigInt> {
        let powers = std::iter::successors(Some(BigInt::from(1)), |power| Some(power * of));
        powers.take(most + 1).collect()
    };
    let (grown, ones) = (powers(ONE + rate.millionths()), powers(ONE));
    // The numerator in whole units of the `scale`-th decimal place, over the denominator of the latest amount.
    let numerator = |(years, amount): &(usize, Money)| {
        let (digits, decimals) = amount.digits();
        let units = BigInt::from(digits) * BigInt::from(10).pow(scale - decimals);
        units * &grown[most - years] * &ones[*years]
    };
    let year = BigInt::from(ONE) * YEAR;
    // The sum is a fraction of whole numbers of any size, larger than a decimal holds.
    let (mut over, mut under) = (BigInt::from(0), BigInt::from(1));
    // Amounts with the same number of days after an anniversary have one denominator.
    for (days, flows) in &by_days {
        let worth: BigInt = flows.iter().map(&numerator).sum();
        let with_interest = &year + BigInt::from(rate.millionths()) * *days;
        over = over * &with_interest + worth * &year * &under;
        under *= with_interest;
    }
    half_up(over, under * &grown[most] * BigInt::from(10).pow(scale), places)
}

/// Returns the amount `over / under`, rounded half away from zero; `under` is above zero.
fn half_up(over: BigInt, under: BigInt, places: u32) -> Money {
    let is_below = over.sign() == Sign::Minus;
    let over = if is_below { -over } else { over };
    let units = (over * BigInt::from(10).pow(places) * 2 + &under) / (under * 2);
    let units = i128::try_from(units).unwrap_or_default();
    Money::of_digits(if is_below { -units } else { units }, places).unwrap_or_default()
}

/// Returns the whole years to a later day and the remaining days, or zeros.
fn distance(from: Date, to: Date) -> (u32, u32) {
    let anniversary = |years: u32| from.plus_months(i32::try_from(12 * years).unwrap_or(i32::MAX));
    // No year has more than 366 days, so at least this many years have passed.
    let mut years = if to > from { from.days_to(to) / 366 } else { 0 };
    // The last day of the calendar is the anniversary of every later year.
    while anniversary(years + 1) <= to && anniversary(years + 1) > anniversary(years) {
        years += 1;
    }
    let last = anniversary(years);
    (years, if to > last { last.days_to(to) } else { 0 })
}

/// Number of the smallest rates in 100%.
const ONE: u32 = 1_000_000;

/// Days of a year in simple interest.
const YEAR: u32 = 365;
