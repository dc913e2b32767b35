//! Break-evens: quantities, use and years at which another metric costs less.

use crate::answer::compare::{BreakEven, CrossoverRange, ListNet, Need, UseBreakEven};
use crate::number::{Currency, Quantity, Ratio};
use crate::quote::subscription_comparison::{ConsumptionYear, PerpetualCostByYear};
use serde::Serialize;
use std::cmp::Ordering;

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum BreakEvenJson<'a> {
    /// Ranges of units of `metric` that cost less than the deal.
    Units {
        metric: &'a str,
        beside: &'a str,
        list: Vec<CrossoverRangeJson>,
        net: Vec<CrossoverRangeJson>,
    },
    /// Ranges of units of `metric` in use on average that cost less than all by the other metric.
    Use {
        metric: &'a str,
        beside: &'a str,
        units: String,
        list: Vec<CrossoverRangeJson>,
        net: Vec<CrossoverRangeJson>,
        /// The share of the hours at which it would turn, if the hourly price of all units held for
        /// fewer.
        #[serde(skip_serializing_if = "Option::is_none")]
        list_at_price_of_all: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        net_at_price_of_all: Option<String>,
    },
    /// The year in which `metric`, bought once, has cost no more; none, if that never comes.
    Years { metric: &'a str, beside: &'a str, list: YearBreakEvenJson, net: YearBreakEvenJson },
}

#[derive(Serialize)]
pub(crate) struct CrossoverRangeJson {
    from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// "less", "equal" or "more" than what it stands beside.
    costs: &'static str,
    /// Last quantity for each unit of the other metric, to 4 places.
    #[serde(skip_serializing_if = "Option::is_none")]
    to_ratio: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct YearBreakEvenJson {
    year: Option<String>,
    paid_once: String,
    maintenance: String,
    other: String,
}

impl<'a> BreakEvenJson<'a> {
    pub(crate) fn all(currency: &Currency, need: &'a Need<'_>) -> Vec<Self> {
        need.break_evens.iter().map(|it| Self::of(currency, need, it)).collect()
    }

    fn of(currency: &Currency, need: &'a Need<'_>, found: &'a BreakEven<'_>) -> Self {
        match found {
            BreakEven::Units(turning) => {
                let ranges = |ranges: &[CrossoverRange]| ranges_of(ranges, turning.of);
                Self::Units {
                    metric: turning.metric.name(),
                    beside: need.own.metric.name(),
                    list: ranges(&turning.ranges.list),
                    net: ranges(&turning.ranges.net),
                }
            }
            BreakEven::Use(turning) => {
                let ranges = |ranges: &[CrossoverRange]| ranges_of(ranges, turning.units);
                let share = |costs: &ConsumptionYear| {
                    UseBreakEven::at_price_of_all(costs).map(Ratio::plain)
                };
                let at_all = turning.at_all.as_ref();
                Self::Use {
                    metric: turning.metric.name(),
                    beside: turning.other.name(),
                    units: turning.units.to_string(),
                    list: ranges(&turning.ranges.list),
                    net: ranges(&turning.ranges.net),
                    list_at_price_of_all: at_all.and_then(|it| share(&it.list)),
                    net_at_price_of_all: at_all.and_then(|it| share(&it.net)),
                }
            }
            BreakEven::Years(turning) => {
                let ListNet { list, net } = &turning.courses;
                Self::Years {
                    metric: turning.metric.name(),
                    beside: turning.other.name(),
                    list: YearBreakEvenJson::of(currency, list),
                    net: YearBreakEvenJson::of(currency, net),
                }
            }
        }
    }
}

fn ranges_of(ranges: &[CrossoverRange], of: Quantity) -> Vec<CrossoverRangeJson> {
    let ratio = |count: u64| Ratio::of_quantities(Quantity::whole(count)?, of, 4);
    let ranges = ranges.iter().map(|range| CrossoverRangeJson {
        from: range.from.to_string(),
        to: range.to.map(|to| to.to_string()),
        costs: match range.costs {
            Ordering::Less => "less",
            Ordering::Equal => "equal",
            Ordering::Greater => "more",
        },
        to_ratio: range.to.and_then(ratio).map(Ratio::plain),
    });
    ranges.collect()
}

impl YearBreakEvenJson {
    fn of(currency: &Currency, course: &PerpetualCostByYear) -> Self {
        Self {
            year: course.break_even().map(|year| year.to_string()),
            paid_once: currency.plain(course.license.once),
            maintenance: currency.plain(course.license.annual),
            other: currency.plain(course.subscription),
        }
    }
}
