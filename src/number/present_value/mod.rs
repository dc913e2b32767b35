//! Dated amounts of money, and what they are worth on one day.

mod fraction;

use crate::number::{Date, Money, Rate};
use fraction::{CompoundFactors, Fraction};
use std::collections::BTreeMap;

/// What dated amounts are worth on the day `from` at a yearly rate, at `places` decimal places.
///
/// Whole years compound, and the part of a year that is left counts simply, by its days over 365:
/// an amount `n` years and `d` days later is divided by `(1 + rate)^n * (1 + rate * d / 365)`. Years
/// are counted from anniversary to anniversary, so a year is one year whether it has 365 days or
/// 366. What is paid on that day or before it counts as it is. All of it is exact until the sum is
/// rounded, once, half up and away from nothing.
///
/// The sum of the amounts, each without its sign, has to be an amount itself.
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
/// # Ok::<(), dealdesk::number::DateFault>(())
/// ```
pub fn present_value(
    flows: impl IntoIterator<Item = (Date, Money)>,
    from: Date,
    rate: Rate,
    places: u32,
) -> Money {
    let mut by_days: BTreeMap<u32, Vec<(u32, Money)>> = BTreeMap::new();
    for (date, amount) in flows {
        let (years, days) = distance(from, date);
        by_days.entry(days).or_default().push((years, amount));
    }
    let all = || by_days.values().flatten();
    let most = all().map(|(years, _)| *years).max().unwrap_or_default();
    let scale = all().map(|(_, amount)| amount.decimals()).max().unwrap_or_default();
    let growth = CompoundFactors::of_a_year(rate, most);
    // Amounts that lie the same days behind an anniversary have one denominator.
    let parts = by_days.iter().map(|(days, flows)| {
        let worth = flows.iter().map(|(years, amount)| growth.times(*amount, scale, most - years));
        Fraction::discount_simple(worth.sum(), rate, *days)
    });
    let sum: Fraction = parts.sum();
    sum.over(&growth.at(most), scale).half_up(places)
}

/// The whole years from a day to another, and the days that are left; nothing to one that is not
/// later.
fn distance(from: Date, to: Date) -> (u32, u32) {
    let anniversary = |years: u32| from.plus_months(i32::try_from(12 * years).unwrap_or(i32::MAX));
    // No year has more days than 366, so this many have gone by at least.
    let mut years = if to > from { from.days_to(to) / 366 } else { 0 };
    // The last day that a calendar has is the anniversary of every year after it.
    while anniversary(years + 1) <= to && anniversary(years + 1) > anniversary(years) {
        years += 1;
    }
    let last = anniversary(years);
    (years, if to > last { last.days_to(to) } else { 0 })
}
