//! Metrics whose price is a share of what other lines cost, such as support.

use super::keys::{METRIC, MetricKeys, PricePeriodKind, ShareBase};
use super::{Metric, Tier};
use crate::book::rule::{UniqueNames, rule};
use crate::number::{Interval, Money, Rate};
use crate::table::{FlagOrText, NamedTables, Section, TypedKey, unknown};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

/// Price that is a share of what the lines of other metrics cost in a year.
#[derive(Debug, Clone)]
pub struct LineShare {
    pub(crate) rate: Rate,
    /// Names of the metrics whose lines are shared.
    pub(crate) of: Vec<String>,
    pub(crate) base: ShareBase,
    /// First year of the contract that is paid for, counted from 1.
    pub(crate) from_year: u32,
}

impl LineShare {
    /// Returns the share of an amount in a year of the contract: nothing before the first year that is paid for.
    pub fn in_year(&self, year: u32, amount: Money) -> Money {
        if year < self.from_year { Money::ZERO } else { self.rate.of(amount) }
    }

    pub fn is_of(&self, metric: &Metric) -> bool {
        self.of.contains(&metric.name)
    }
}

/// Reads a share, and reports keys of a price list beside it.
pub(super) fn share(table: Section<'_>) -> Option<LineShare> {
    let is_share = !table.is_missing(METRIC.share);
    for key in [METRIC.share_of.name, METRIC.share_base.name, METRIC.share_from.name] {
        table.report_unless(is_share, key, "`share`");
    }
    if !is_share {
        return None;
    }
    let of_price_list = [METRIC.tiers.name, METRIC.mode.name, METRIC.fee.name, METRIC.minimum.name];
    let others = [
        METRIC.net_minimum.name,
        METRIC.cost.name,
        METRIC.count.name,
        METRIC.counted.name,
        METRIC.fractional.name,
        METRIC.places.name,
    ];
    for key in of_price_list.into_iter().chain(others) {
        table.report_unless(false, key, "a price list, and this price is a share of other lines");
    }
    let is_by_year = table.value(METRIC.per).is_none_or(|per| per == PricePeriodKind::Year);
    table.report_unless(is_by_year, METRIC.share, "per = \"year\"");
    let hint = "add the metrics whose lines are shared, such as share_of = [\"seat\"]";
    table.require(METRIC.share_of, "a share", hint);
    table.require(METRIC.share_base, "a share", "add share_base = \"net\" or \"list\"");
    Some(LineShare {
        rate: table.value(METRIC.share)?,
        of: table.get(METRIC.share_of).into_iter().map(|name| name.value).collect(),
        base: table.value(METRIC.share_base)?,
        from_year: table.value(METRIC.share_from).unwrap_or(1),
    })
}

/// Returns the one range of a metric without a price list: a line of it is one unit.
pub(super) fn only_tier(name: &str, table: Section<'_>) -> Vec<Tier> {
    vec![Tier {
        quantity: Interval::ONE,
        price: Money::ZERO,
        flat: None,
        fee: None,
        edition: None,
        max_hosts: None,
        units_per_host: None,
        exclusive: false,
        assumed: FlagOrText::Off,
        rule: rule(
            format!("{name}.share"),
            &table.key_place(METRIC.share).unwrap_or_else(|| table.place()),
        ),
    }]
}

/// Reports a share of a metric that the book does not have, that is metered, or that is a share itself.
pub(super) fn check_shared(
    metrics: &[(Written<String>, Section<'_>)],
    key: TypedKey<NamedTables<MetricKeys>>,
    top: Section<'_>,
) {
    let names = top.names(key);
    for (_, table) in metrics {
        if table.is_empty_list(METRIC.share_of) == Some(true)
            && let Some(place) = table.key_place(METRIC.share_of)
        {
            let hint = "add the metrics whose lines are shared";
            table.report_at(Code::Empty, place, "a share of no lines has no price", hint);
        }
        let mut known = UniqueNames::default();
        for asked in table.get(METRIC.share_of) {
            let what = format_args!("the metric \"{}\"", asked.value);
            known.is_new(*table, &asked, what, "its lines are shared once: remove one of them");
            let Some((_, found)) = metrics.iter().find(|(name, _)| name.value == asked.value)
            else {
                let names = names.iter().map(String::as_str);
                table.fault(unknown(Code::UnknownMetric, "metric", &asked, names));
                continue;
            };
            let per = found.value(METRIC.per);
            let is_metered = matches!(per, Some(PricePeriodKind::Hour | PricePeriodKind::Use));
            let message = match found.key_place(METRIC.share) {
                Some(_) => format!("{} is a share of other lines itself", asked.value),
                None if is_metered => {
                    format!("{} is metered, and its use is not known", asked.value)
                }
                None => continue,
            };
            let fault = asked.fault(Code::Conflict, message);
            table.fault(fault.hint("name metrics with a price list of their own"));
        }
    }
}
