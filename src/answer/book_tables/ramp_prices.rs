//! List prices by which the years of a ramp count as a commitment.
//!
//! A year counts if it keeps a share of the largest year before it, at list. A year that counts can bring a larger
//! discount, so that a higher list price can lower the price of a deal.

use super::tables::{BookTable, BookTables, Entry, GroupRow};
use crate::number::{Interval, Money};

/// Amounts of a metric or a tier that stay as they are where its prices rise, and prices of use beyond a commitment,
/// whose range is not that of the quantity.
const FIXED_AMOUNTS: [&str; 5] = ["fee", "minimum", "flat", "overage_price", "overage"];

/// Keys of a metric or a tier by which a year can cost something else than its units, none of them beyond the range
/// of their price.
const NOT_BY_RANGE: [&str; 4] = ["size", "included", "fractional", "max_hosts"];

/// Returns whether a higher price of a range of a metric makes no year of a ramp count that did not. Against every
/// other range, the price grows by no larger a factor, or its smallest order kept the share of the largest one before.
pub(super) fn counts_no_more_years(both: [&BookTables; 2], metric: &str, range: &str) -> bool {
    let [Some(old), Some(new)] = both.map(|tables| table(tables, "metric", Some(metric))) else {
        return false;
    };
    let has_fixed = |table| values(table).any(|it| FIXED_AMOUNTS.contains(&it.key));
    let Some(prices) = RangePrices::of(old, new).filter(|_| ![old, new].into_iter().any(has_fixed))
    else {
        return false;
    };
    let Some(own) =
        rows(new, "tiers").position(|row| row.name == range).and_then(|place| prices.get(place))
    else {
        return false;
    };
    // A year that counts no longer lowers the price where a longer commitment earns less.
    let is_rising = both.into_iter().all(longer_earns_no_less);
    let is_by_range = is_rising && [old, new].into_iter().all(is_by_range);
    prices.iter().all(|other| {
        own.grows_no_more_than(other)
            || is_by_range && both.into_iter().all(|tables| own.kept_share_of(other, tables))
    })
}

/// A range of a price list, with its old and its new price in units of the last decimal place of all prices.
struct RangePrices {
    range: Interval,
    old: u128,
    new: u128,
}

impl RangePrices {
    /// Returns the ranges of a price list; `None` where they changed, or where one has no price that can be compared.
    fn of(old: &BookTable, new: &BookTable) -> Option<Vec<Self>> {
        let price = |row: &GroupRow| Some(row.entry("price")?.value.amount.as_ref()?.0);
        let listed = |table| {
            rows(table, "tiers")
                .map(|row| Some((row.range?, price(row)?)))
                .collect::<Option<Vec<_>>>()
        };
        let (old, new) = (listed(old)?, listed(new)?);
        let ranges = |of: &[(Interval, Money)]| of.iter().map(|it| it.0).collect::<Vec<_>>();
        if ranges(&old) != ranges(&new) {
            return None;
        }
        let places = old.iter().chain(&new).map(|it| it.1.decimals()).max()?;
        let scaled = |amount: Money| amount.scaled(places).map(u128::from);
        let both = old.into_iter().zip(new);
        both.map(|((range, old), (_, new))| {
            Some(Self { range, old: scaled(old)?, new: scaled(new)? })
        })
        .collect()
    }

    fn grows_no_more_than(&self, other: &Self) -> bool {
        // Both factors are of numbers of 64 bits.
        self.new * other.old <= other.new * self.old
    }

    /// Whether, by the old prices, each order in this range keeps the share of a book of each order in another one.
    fn kept_share_of(&self, other: &Self, tables: &BookTables) -> bool {
        let term = table(tables, "term", None);
        let Some(kept) = term.and_then(|term| term.entry("kept")?.value.as_rate()) else {
            // Every year counts.
            return true;
        };
        let smallest = u128::from(self.range.from()) * self.old * 1_000_000;
        let most = other.range.to().map(|last| u128::from(last) * other.old);
        other.old == 0 || most.is_some_and(|most| smallest >= most * u128::from(kept.millionths()))
    }
}

/// Returns whether each year costs its units at the price of the range that holds them.
fn is_by_range(metric: &BookTable) -> bool {
    let has = |key: &str, word: &str| metric.entry(key).is_some_and(|it| it.value.shown == word);
    // An edition that is free counts for nothing, for however many units.
    let priced = rows(metric, "tiers").filter(|row| {
        row.entry("price").and_then(|it| it.value.amount.as_ref()).is_some_and(|it| !it.0.is_zero())
    });
    let mut entries = metric.entries.iter().chain(priced.flat_map(|row| &row.entries));
    has("mode", "volume")
        && !has("counted", "customer")
        && entries.all(|it| !NOT_BY_RANGE.contains(&it.key))
}

/// Returns whether more years that count earn no lower rate, by every discount for a term, up to the longest term.
fn longer_earns_no_less(tables: &BookTables) -> bool {
    let longest = table(tables, "term", None)
        .and_then(|term| Interval::parse(&term.entry("years")?.value.shown).ok()?.to());
    let is_by_term = |part: &&BookTable| {
        part.kind == "discount" && part.entry("by").is_some_and(|it| it.value.shown == "term")
    };
    tables.parts.iter().filter(is_by_term).all(|discount| {
        let steps: Vec<_> = rows(discount, "steps").collect();
        let rates = steps.iter().map(|step| step.entry("rate")?.value.as_rate());
        let rates: Option<Vec<_>> = rates.collect();
        let last = steps.last().and_then(|step| step.range).and_then(Interval::to);
        rates.is_some_and(|rates| rates.is_sorted())
            && steps.iter().all(|step| step.entry("min_years").is_none())
            && last.is_none_or(|last| longest.is_some_and(|longest| longest <= last))
    })
}

fn table<'t>(tables: &'t BookTables, kind: &str, name: Option<&str>) -> Option<&'t BookTable> {
    tables.parts.iter().find(|part| part.kind == kind && part.name.as_deref() == name)
}

fn rows<'t>(table: &'t BookTable, list: &'static str) -> impl Iterator<Item = &'t GroupRow> {
    let groups = table.groups.iter().filter(move |group| group.key == Some(list));
    groups.flat_map(|group| &group.rows)
}

fn values(table: &BookTable) -> impl Iterator<Item = &Entry> {
    let rows = table.groups.iter().flat_map(|group| &group.rows);
    table.entries.iter().chain(rows.flat_map(|row| &row.entries))
}
