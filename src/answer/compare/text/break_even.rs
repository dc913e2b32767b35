//! Break-evens in words: quantities, use and years at which another metric costs less.

use super::{item, needed};
use crate::answer::compare::{
    BreakEven, CrossoverRange, ListNet, Need, NeedComparison, UnitBreakEven, UseBreakEven,
    YearBreakEven,
};
use crate::book::Metric;
use crate::document::ListItem;
use crate::number::{Quantity, Ratio, grouped, plural};
use crate::quote::subscription_comparison::{ConsumptionYear, PerpetualCostByYear};
use std::cmp::Ordering;

/// A sentence for list and for net; one, where both turn alike.
pub(crate) fn items(
    compared: &NeedComparison<'_, '_>,
    need: &Need<'_>,
    found: &BreakEven<'_>,
) -> Vec<ListItem> {
    match found {
        BreakEven::Units(turning) => both(&turning.ranges, |ranges| units(need, turning, ranges)),
        BreakEven::Use(turning) => {
            let sides = ListNet {
                list: (&turning.ranges.list, turning.at_all.as_ref().map(|it| it.list)),
                net: (&turning.ranges.net, turning.at_all.as_ref().map(|it| it.net)),
            };
            both(&sides, |(ranges, at_all)| in_use(turning, ranges, at_all.as_ref()))
        }
        BreakEven::Years(turning) => {
            both(&turning.courses, |course| years(compared, turning, course))
        }
    }
}

fn both<T: PartialEq>(sides: &ListNet<T>, say: impl Fn(&T) -> String) -> Vec<ListItem> {
    let (list, net) = (say(&sides.list), say(&sides.net));
    if list == net {
        vec![item("list and net", list)]
    } else {
        vec![item("list", list), item("net", net)]
    }
}

/// "CPU core: up to 1,428 cores (14.28 a socket) cost less than 100 sockets; from 1,429 cores on
/// (14.29 a socket) more".
fn units(need: &Need<'_>, turning: &UnitBreakEven<'_>, ranges: &[CrossoverRange]) -> String {
    let metric = turning.metric;
    let average = if metric.is_hourly() { " in use on average" } else { "" };
    let say = |count: u64| {
        let count = Quantity::whole(count).unwrap_or(Quantity::ONE);
        format!("{}{average}{}", metric.count(count), ratio(need, turning, count))
    };
    let limit = limit(metric, ranges).unwrap_or_default();
    format!("{}: {}{limit}", metric.title, told(ranges, say, &needed(need)))
}

/// ". Community is for up to 3 hosts": where the last quantity that costs less has an edition with
/// a limit.
fn limit(metric: &Metric, ranges: &[CrossoverRange]) -> Option<String> {
    let less = ranges.iter().filter(|range| range.costs == Ordering::Less);
    let last = less.filter_map(|range| range.to).next_back()?;
    let tier = metric.tier(Quantity::whole(last)?)?;
    let (edition, hosts) = (tier.edition.as_deref()?, tier.max_hosts?);
    Some(format!(". {edition} is limited to {hosts} host{}", plural(hosts)))
}

/// " (14.28 a socket)": of the smaller unit in the larger one.
fn ratio(need: &Need<'_>, turning: &UnitBreakEven<'_>, count: Quantity) -> String {
    let (own, of) = (need.own.metric, turning.of);
    let ratio = if count >= of {
        let each = told_apart(count, 2, |count, places| Ratio::of_quantities(count, of, places));
        each.map(Ratio::plain).map(|each| format!(" ({each} per {})", own.unit))
    } else {
        let each = told_apart(count, 2, |count, places| Ratio::of_quantities(of, count, places));
        each.map(Ratio::plain).map(|each| format!(" ({each} {} each)", own.units))
    };
    ratio.unwrap_or_default()
}

/// Decimal places of a ratio that is told apart from the next one.
const MOST_RATIO_PLACES: u32 = 8;

/// Returns the ratio of a whole quantity with as many places as tell it apart from those of its neighbors: where
/// less turns into more, both must not read alike.
fn told_apart(
    count: Quantity,
    least: u32,
    ratio: impl Fn(Quantity, u32) -> Option<Ratio>,
) -> Option<Ratio> {
    let units = count.ceil();
    let neighbors = [units.saturating_sub(1), units + 1].map(Quantity::whole);
    let is_apart = |places: &u32| {
        let mine = ratio(count, *places).map(Ratio::plain);
        let others = neighbors.iter().map(|it| ratio((*it)?, *places).map(Ratio::plain));
        others.flatten().all(|other| Some(other) != mine)
    };
    let places = (least..MOST_RATIO_PLACES).find(is_apart).unwrap_or(MOST_RATIO_PLACES);
    ratio(count, places)
}

/// "Consumption, by how many of 10,000 cores are in use on average: up to 4,280 (42.8%) cost less
/// than CPU core; from 4,281 on (42.81%) more".
fn in_use(
    turning: &UseBreakEven<'_>,
    ranges: &[CrossoverRange],
    at_all: Option<&ConsumptionYear>,
) -> String {
    let (metric, other) = (turning.metric, turning.other);
    let all = metric.count(turning.units);
    let share = |count: u64| {
        let of = |count, places| Ratio::of_quantities(count, turning.units, places);
        told_apart(Quantity::whole(count)?, 4, of)
    };
    let say = |count: u64| {
        let share = share(count).map_or_else(String::new, |it| format!(" ({it})"));
        format!("{}{share}", grouped(&count))
    };
    // All of them in use is the end of it.
    let mut ranges = ranges.to_vec();
    if let Some(last) = ranges.last_mut() {
        last.to = last.to.filter(|to| *to < turning.units.floor());
    }
    let told = told(&ranges, say, &other.title);
    let alone = at_all.filter(|costs| !turning.turns_at_full_use_price(costs, &ranges));
    // Fewer units on average can land in another range: what the price of all says is not so then.
    let alone = alone.and_then(UseBreakEven::at_price_of_all);
    let alone = alone.map(|share| {
        format!(
            ". At the hourly price of {all} the break-even would be {share}, but smaller \
             quantities have another price"
        )
    });
    let title = &metric.title;
    format!("{title}, by the average number of {all} in use: {told}{}", alone.unwrap_or_default())
}

/// Every range with what it costs beside another, ascending.
fn told(ranges: &[CrossoverRange], say: impl Fn(u64) -> String, than: &str) -> String {
    let told = ranges.iter().enumerate().map(|(at, range)| {
        let span = match range.to {
            Some(to) if at == 0 && to > range.from => format!("up to {}", say(to)),
            Some(to) if to == range.from => say(to),
            Some(to) => format!("{} to {}", grouped(&range.from), say(to)),
            None if at == 0 => "any number".to_owned(),
            None => format!("from {}", say(range.from)),
        };
        let (costs, as_than) = match range.costs {
            Ordering::Less => ("less", "than"),
            Ordering::Equal => ("as much", "as"),
            Ordering::Greater => ("more", "than"),
        };
        if at == 0 {
            let is_one = range.to.is_none_or(|to| to == range.from);
            let s = if is_one { "s" } else { "" };
            format!("{span} cost{s} {costs} {as_than} {than}")
        } else {
            format!("{span} {costs}")
        }
    });
    if ranges.is_empty() { "never sold".to_owned() } else { told.collect::<Vec<_>>().join("; ") }
}

/// "Perpetual license: from year 20 on it has cost no more than CPU socket".
fn years(
    compared: &NeedComparison<'_, '_>,
    turning: &YearBreakEven<'_>,
    course: &PerpetualCostByYear,
) -> String {
    let show = |amount| compared.deal.book.currency.show(amount);
    let (title, other) = (turning.metric.title.as_str(), turning.other.title.as_str());
    let (a_year, maintenance) = (show(course.subscription), show(course.license.annual));
    let yearly = format!(
        "{a_year} per year for the subscription, and {maintenance} per year for maintenance"
    );
    match course.break_even().map(|year| grouped(&year)) {
        None => format!("{title} always costs more than {other}: {yearly}"),
        Some(year) => format!("{title} has cost no more than {other} from year {year}: {yearly}"),
    }
}
