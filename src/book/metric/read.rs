//! Reads metrics and their price lists.

use super::count::count;
use super::keys::{METRIC, MetricKeys, PricePeriodKind, TIER, TierModeKind};
use super::overage;
use super::share::{check_shared, only_tier, share};
use super::{CountedLines, LineCharges, Metric, PricePeriod, Tier, TierMode};
use crate::book::ladder::ApproverNames;
use crate::book::payment_terms::PaymentSettings;
use crate::book::rule::{UniqueNames, check_contiguous, rule, rule_of};
use crate::number::{Currency, Interval, Money, MoneyRange, decimals};
use crate::table::{NamedTables, Section, TypedKey, unknown};
use crate::text::diagnostic::Code;
use crate::text::source::{Place, Written};

/// Reads the metrics that are sold in a currency. `sold_in` has its place, if known.
pub(in crate::book) fn read_all(
    top: Section<'_>,
    key: TypedKey<NamedTables<MetricKeys>>,
    approvers: &ApproverNames,
    settings: &PaymentSettings,
    sold_in: Option<(&Currency, &Place)>,
) -> Vec<Metric> {
    let before = top.fault_count();
    let metrics = top.get(key);
    if let Some(place) = top.key_place(key).filter(|_| before == top.fault_count())
        && metrics.is_empty()
    {
        let message = "the price book sells nothing";
        top.report_at(Code::Empty, place, message, "add a [metric.NAME]");
    }
    check_instead_of(&metrics, &top.names(key));
    check_shared(&metrics, key, top);
    check_requires(&metrics, &top.names(key));
    let is_sold = |(_, table): &(_, Section<'_>)| table.is_in_currency(METRIC.currencies);
    let has_metrics = !metrics.is_empty();
    let sold: Vec<_> = metrics.into_iter().filter(is_sold).collect();
    if let (true, Some((currency, place))) = (sold.is_empty() && has_metrics, sold_in) {
        let message = format!("nothing is sold in {}", currency.code);
        let hint = "take it out, or add it to the `currencies` of a metric";
        top.report_at(Code::Empty, place.clone(), message, hint);
    }
    let currency = sold_in.map(|(currency, _)| currency);
    let read = |(name, table): (_, _)| metric(&name, table, approvers, settings, currency);
    sold.into_iter().filter_map(read).collect()
}

/// Reports an `instead_of` that is not the name of a metric with a price per year or month.
fn check_instead_of(metrics: &[(Written<String>, Section<'_>)], names: &[String]) {
    let is_subscription = |kind| matches!(kind, PricePeriodKind::Year | PricePeriodKind::Month);
    let is_compared = |kind| matches!(kind, PricePeriodKind::Hour | PricePeriodKind::Once);
    for (_, table) in metrics {
        let is_meant = table.value(METRIC.per).is_none_or(is_compared);
        table.report_unless(is_meant, METRIC.instead_of, "per = \"hour\" or \"once\"");
        let Some(asked) = table.get(METRIC.instead_of) else { continue };
        match metrics.iter().find(|(name, _)| name.value == asked.value) {
            None => {
                let names = names.iter().map(String::as_str);
                table.fault(unknown(Code::UnknownMetric, "metric", &asked, names));
            }
            Some((name, found))
                if found.value(METRIC.per).is_some_and(|it| !is_subscription(it)) =>
            {
                let message = format!("{} is no subscription", asked.value);
                table.fault(
                    asked
                        .fault(Code::Conflict, message)
                        .related(name.place.clone(), "this metric")
                        .hint("name a metric per year or month, or remove `instead_of`"),
                );
            }
            Some(_) => {}
        }
    }
}

/// Reports required metrics that the book does not have, and one that requires itself.
fn check_requires(metrics: &[(Written<String>, Section<'_>)], names: &[String]) {
    for (name, table) in metrics {
        for asked in table.get(METRIC.requires) {
            if asked.value == name.value {
                let message = format!("{} requires itself", name.value);
                let fault = asked.fault(Code::Conflict, message);
                table.fault(fault.hint("name another metric"));
            } else if !names.contains(&asked.value) {
                let names = names.iter().map(String::as_str);
                table.fault(unknown(Code::UnknownMetric, "metric", &asked, names));
            }
        }
    }
}

fn metric(
    name: &Written<String>,
    table: Section<'_>,
    approvers: &ApproverNames,
    settings: &PaymentSettings,
    sold_in: Option<&Currency>,
) -> Option<Metric> {
    let title = table.value(METRIC.title);
    let (unit, units) = (table.value(METRIC.unit), table.value(METRIC.units));
    let share = share(table);
    let is_share = !table.is_missing(METRIC.share);
    let per = price_period(table);
    let mode = if is_share { Some(TierMode::Volume) } else { mode(table) };
    let months = months(table, per);
    let places = table.value(METRIC.places);
    // A misread number is not one that was left out.
    let minor = sold_in.filter(|_| table.key_place(METRIC.places).is_none());
    let places = places.or(minor.map(|currency| currency.minor));
    let charges = LineCharges {
        fee: table.value(METRIC.fee),
        minimum: table.value(METRIC.minimum),
        net_minimum: table.value(METRIC.net_minimum),
    };
    if let Some(per) = per {
        check_charges(table, per);
    }
    if let (Some(per), Some(mode)) = (per, mode) {
        let takes_fee = matches!(per, PricePeriod::Once { .. }) && mode == TierMode::Volume;
        for tier in table.get(METRIC.tiers) {
            tier.report_unless(takes_fee, TIER.fee, "per = \"once\" and mode = \"volume\"");
        }
    }
    // A fee is what all lines together cost, and a signed contract has paid its own.
    let overage = overage::read(table, per, mode);
    // A share is taken once, of all lines.
    let is_by_line = is_share || overage.is_some();
    let standard = if is_by_line { CountedLines::Line } else { CountedLines::Deal };
    let counted = table.value(METRIC.counted).unwrap_or(standard);
    for tier in table.get(METRIC.tiers) {
        let by_deal = counted != CountedLines::Customer;
        tier.report_unless(by_deal, TIER.fee, "counted = \"deal\" or \"line\"");
    }
    if let Some(places) = places {
        check_places(table, places);
    }
    let tiers = if is_share {
        Some(only_tier(&name.value, table))
    } else {
        tiers(&name.value, table, mode)
    };
    let approval = approvers.approval_need(table, METRIC.approval, METRIC.review);
    Some(Metric {
        name: name.value.clone(),
        title: title?,
        unit: unit?,
        units: units?,
        price_period: per?,
        months,
        usage_hours: table.value(METRIC.usage_hours),
        mode: mode?,
        places: places?,
        coin_places: sold_in.map_or(0, |currency| currency.minor),
        fractional: table.get(METRIC.fractional),
        counted,
        count_levels: count(table),
        charges,
        cost: table.value(METRIC.cost),
        share,
        overage,
        tiers: tiers?,
        instead_of: table.value(METRIC.instead_of),
        inclusions: table.get(METRIC.inclusions).into_iter().map(|it| it.value).collect(),
        billing: settings.billing_schedule(table, METRIC.billing),
        sold_for: table.value(METRIC.sold_for),
        requires: table.get(METRIC.requires).into_iter().map(|name| name.value).collect(),
        approval,
        approval_assumed: table.get(METRIC.approval_assumed),
        discount_places: 0,
        ordered_with: Vec::new(),
        order_breakpoints: Vec::new(),
        year_starts: Vec::new(),
        has_line_steps: false,
        rule: rule_of("metric", name),
    })
}

/// Reads the period that a price pays for, and reports keys of another period.
fn price_period(table: Section<'_>) -> Option<PricePeriod> {
    let kind = table.value(METRIC.per)?;
    let is_hourly = kind == PricePeriodKind::Hour;
    table.report_unless(is_hourly, METRIC.hours_per_month, "per = \"hour\"");
    table.report_unless(is_hourly, METRIC.usage_hours, "per = \"hour\"");
    let is_once = kind == PricePeriodKind::Once;
    table.report_unless(is_once, METRIC.maintenance, "per = \"once\"");
    match kind {
        PricePeriodKind::Year => Some(PricePeriod::Year),
        PricePeriodKind::Month => Some(PricePeriod::Month),
        PricePeriodKind::Use => Some(PricePeriod::Use),
        PricePeriodKind::Hour => {
            let hint = "add hours_per_month = 730: 8,760 hours per year over 12 months";
            table.require(METRIC.hours_per_month, "a price per hour", hint);
            Some(PricePeriod::Hour { per_month: table.value(METRIC.hours_per_month)? })
        }
        PricePeriodKind::Once => {
            let hint = "add the yearly maintenance: \"20%\", or \"0%\" for none";
            table.require(METRIC.maintenance, "a price that is paid once", hint);
            Some(PricePeriod::Once { maintenance: table.value(METRIC.maintenance)? })
        }
    }
}

fn months(table: Section<'_>, per: Option<PricePeriod>) -> Option<u32> {
    let per = per?;
    table.report_unless(matches!(per, PricePeriod::Once { .. }), METRIC.months, "per = \"once\"");
    let months = table.get(METRIC.months)?;
    if let PricePeriod::Once { maintenance } = per
        && !maintenance.is_zero()
    {
        let message = "a purchase for some months has no yearly maintenance";
        let fault = months
            .fault(Code::Conflict, message)
            .hint("write maintenance = \"0%\", or remove `months`");
        table.fault(match table.key_place(METRIC.maintenance) {
            Some(maintenance) => fault.related(maintenance, "the maintenance"),
            None => fault,
        });
    }
    Some(months.value)
}

/// Reports charges that do not fit the period of the price. A charge is due as often as the price:
/// a yearly fee beside a price per hour would be charged 8,760 times.
fn check_charges(table: Section<'_>, per: PricePeriod) {
    let is_charged_again = per.is_subscription() || per == PricePeriod::Use;
    for key in [METRIC.fee, METRIC.minimum, METRIC.net_minimum] {
        table.report_unless(is_charged_again, key, "per = \"year\", \"month\" or \"use\"");
    }
    for tier in table.get(METRIC.tiers) {
        let hourly = matches!(per, PricePeriod::Hour { .. });
        tier.report_unless(!hourly, TIER.flat, "per = \"year\", \"month\", \"use\" or \"once\"");
    }
}

/// Reports amounts that are finer than the net price: rounded, they would be another price or none.
fn check_places(table: Section<'_>, places: u32) {
    let finest = |range: MoneyRange| {
        if range.least.decimals() > range.most.decimals() { range.least } else { range.most }
    };
    let of_line =
        [METRIC.fee, METRIC.minimum, METRIC.net_minimum, METRIC.cost, METRIC.overage_price];
    let mut amounts: Vec<_> = of_line.into_iter().map(|key| table.get(key)).collect();
    for row in table.get(METRIC.tiers) {
        let fee = row.get(TIER.fee).map(|fee| fee.map(finest));
        amounts.extend([row.get(TIER.price), row.get(TIER.flat), fee]);
    }
    let finer = amounts.into_iter().flatten().filter(|it| it.value.decimals() > places);
    let finer: Vec<Written<Money>> = finer.collect();
    let needed = finer.iter().map(|amount| amount.value.decimals()).max().unwrap_or(places);
    for amount in finer {
        let message = format!("this price would be rounded to {}", decimals(places));
        let hint = format!("write places = {needed} in the metric, or a price that is not finer");
        let fault = amount.fault(Code::BadNumber, message).hint(hint);
        table.fault(match table.key_place(METRIC.places) {
            Some(place) => fault.related(place, "the places of the metric"),
            None => fault,
        });
    }
}

/// Reads the mode of the tiers, and reports keys of another mode.
fn mode(table: Section<'_>) -> Option<TierMode> {
    table.require_key(METRIC.mode);
    let kind = table.value(METRIC.mode)?;
    let is_package = kind == TierModeKind::Package;
    table.report_unless(is_package, METRIC.size, "mode = \"package\"");
    table.report_unless(is_package, METRIC.included, "mode = \"package\"");
    match kind {
        TierModeKind::Volume => Some(TierMode::Volume),
        TierModeKind::Graduated => Some(TierMode::Graduated),
        TierModeKind::Package => {
            let hint = "add the units per package, such as size = 10";
            table.require(METRIC.size, "a metric sold in packages", hint);
            let included = table.value(METRIC.included).unwrap_or(0);
            Some(TierMode::Package { size: table.value(METRIC.size)?, included })
        }
    }
}

/// Reads the price list, and reports gaps and overlaps between its ranges.
fn tiers(metric: &str, table: Section<'_>, mode: Option<TierMode>) -> Option<Vec<Tier>> {
    table.require_key(METRIC.tiers);
    let sections = table.get(METRIC.tiers);
    let read: Vec<_> = sections.iter().map(|row| tier(metric, *row)).collect();
    let quantities: Vec<_> = sections.iter().map(|row| row.get(TIER.quantity)).collect();
    check_contiguous(table, &quantities);
    if sections.is_empty()
        && let Some(place) = table.key_place(METRIC.tiers)
    {
        let message = format!("the metric `{metric}` has no price");
        let hint = "add a tier: { quantity = \"1+\", price = \"100.00\" }";
        table.report_at(Code::Empty, place, message, hint);
    }
    if mode == Some(TierMode::Graduated) {
        check_graduated(table, &quantities, &sections);
    }
    check_editions(&sections);
    read.into_iter().collect::<Option<Vec<_>>>().filter(|tiers| !tiers.is_empty())
}

/// Reports a graduated price list that does not start at 1, or that has an edition: every unit
/// below a range needs a price, and no single edition covers a line.
fn check_graduated(
    table: Section<'_>,
    quantities: &[Option<Written<Interval>>],
    rows: &[Section<'_>],
) {
    let first = quantities.first().and_then(Option::as_ref);
    if let Some(first) = first.filter(|first| first.value.from() > 1) {
        let missing = match first.value.from() - 1 {
            1 => "unit 1 has".to_owned(),
            last => format!("units 1 to {last} have"),
        };
        let message = format!("{missing} no price, and a graduated price list needs one for each");
        table.fault(first.fault(Code::RangeGap, message).hint("start the first range at 1"));
    }
    for row in rows {
        if let Some(place) = row.key_place(TIER.edition) {
            let message =
                "a graduated line has units of several ranges, so a range cannot have an edition";
            row.report_at(Code::Conflict, place, message, "remove `edition`");
        }
    }
}

/// Reports editions that are given twice, in whatever case.
fn check_editions(rows: &[Section<'_>]) {
    let mut names = UniqueNames::default();
    for row in rows {
        let Some(place) = row.key_place(TIER.edition) else { continue };
        let Some(edition) = row.get(TIER.edition) else { continue };
        let what = format_args!("the edition \"{}\"", edition.value);
        let folded = Written::new(edition.value.to_lowercase(), place);
        names.is_new(*row, &folded, what, "an edition has one range");
    }
}

fn tier(metric: &str, row: Section<'_>) -> Option<Tier> {
    let (quantity, max_hosts) = (row.value(TIER.quantity), row.value(TIER.max_hosts));
    let (price, flat, fee) = (row.value(TIER.price), row.value(TIER.flat), row.value(TIER.fee));
    if let Some(place) = row.key_place(TIER.fee) {
        for key in [TIER.price, TIER.flat] {
            let Some(other) = row.key_place(key) else { continue };
            let message = format!("a tier has a fee or a `{}`, not both", key.name);
            row.report_conflict(message, place.clone(), "the fee", other);
        }
    } else if row.is_missing(TIER.price)
        && row.is_missing(TIER.flat)
        && !row.is_misspelled(TIER.fee)
    {
        let hint = "add `price`; a free tier is written price = \"0.00\"";
        row.report_missing("a tier needs `price` or `flat`", hint);
    }
    for key in [TIER.max_hosts.name, TIER.exclusive.name] {
        let Some(place) = row.key_place(key).filter(|_| row.is_missing(TIER.edition)) else {
            continue;
        };
        let message = format!("`{key}` is a condition of an edition, and this tier has none");
        row.report_at(Code::Conflict, place, message, "take it out, or give the tier an `edition`");
    }
    let is_limited = row.key_place(TIER.max_hosts).is_some() || row.is_misspelled(TIER.max_hosts);
    row.report_unless(is_limited, TIER.units_per_host, "`max_hosts`");
    let quantity = quantity?;
    Some(Tier {
        quantity,
        price: price.unwrap_or(Money::ZERO),
        flat,
        fee,
        edition: row.value(TIER.edition),
        max_hosts,
        units_per_host: row.value(TIER.units_per_host),
        exclusive: row.get(TIER.exclusive),
        assumed: row.get(TIER.assumed),
        rule: rule(format!("{metric}.{quantity}"), &row.place()),
    })
}
