//! Metrics and their price lists.

use super::paying::PaymentSettings;
use super::policy::PolicyNames;
use super::{UniqueNames, currency, ranges, rule, rule_of};
use crate::book::{LineCharges, Metric, MonthHours, PricePeriod, Tier, TierMode};
use crate::number::{Currency, Interval, Money};
use crate::table::{Section, unknown};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// The metrics that are sold in a currency.
pub(super) fn all(
    top: Section<'_>,
    policy: &PolicyNames,
    paying: &PaymentSettings,
    sold_in: Option<&Currency>,
) -> Vec<Metric> {
    let before = top.fault_count();
    let metrics = top.named("metric");
    if let Some(place) = top.key_place("metric").filter(|_| before == top.fault_count())
        && metrics.is_empty()
    {
        let message = "the price book sells nothing";
        top.fault(Diagnostic::new(Code::Empty, place, message).hint("add a [metric.NAME]"));
    }
    instead_of(top, &metrics);
    let is_sold = |(_, table): &(_, Section<'_>)| table.is_in_currency("currencies");
    let count = metrics.len();
    let sold: Vec<_> = metrics.into_iter().filter(is_sold).collect();
    if let (true, Some(currency)) = (sold.is_empty() && count > 0, sold_in) {
        let message = format!("nothing is sold in {}", currency.code);
        top.fault(
            Diagnostic::new(Code::Empty, currency::place(top, currency), message)
                .hint("take it out, or add it to the `currencies` of a metric"),
        );
    }
    sold.into_iter()
        .filter_map(|(name, table)| metric(&name, table, policy, paying, sold_in))
        .collect()
}

/// What is compared with a subscription names one: a metric of the book that is priced by the year.
fn instead_of(top: Section<'_>, metrics: &[(Written<String>, Section<'_>)]) {
    let per = |table: Section<'_>| table.choice("per").map(|per| per.value);
    for (_, table) in metrics {
        table.report_unless(per(*table) != Some(0), "instead_of", "per = \"hour\" or \"once\"");
        let Some(asked) = table.text("instead_of") else { continue };
        match metrics.iter().find(|(name, _)| name.value == asked.value) {
            None => {
                let names = top.names("metric");
                let names = names.iter().map(String::as_str);
                table.fault(unknown(Code::UnknownMetric, "metric", &asked, names));
            }
            Some((name, found)) if per(*found).is_some_and(|per| per != 0) => {
                let message = format!("{} is not priced by the year", asked.value);
                table.fault(
                    Diagnostic::new(Code::Conflict, asked.place.clone(), message)
                        .related(name.place.clone(), "this metric")
                        .hint("name a metric with per = \"year\", or take `instead_of` out"),
                );
            }
            Some(_) => {}
        }
    }
}

fn metric(
    name: &Written<String>,
    table: Section<'_>,
    policy: &PolicyNames,
    paying: &PaymentSettings,
    sold_in: Option<&Currency>,
) -> Option<Metric> {
    let title = table.text("title");
    let unit = table.text("unit");
    let units = table.text("units");
    let per = per(table);
    let mode = mode(table);
    let months = months(table, per);
    let places = table.whole("places").map(|places| places.value);
    // A misread number is not one that was left out.
    let minor = sold_in.filter(|_| table.key_place("places").is_none());
    let places = places.or(minor.map(|currency| currency.minor));
    let extras = LineCharges {
        fee: table.money("fee").map(|fee| fee.value),
        minimum: table.money("minimum").map(|minimum| minimum.value),
    };
    if let Some(per) = per {
        due_with_its_price(table, per);
    }
    if let (Some(per), Some(mode)) = (per, mode) {
        let is_package = matches!(per, PricePeriod::Once { .. }) && mode == TierMode::Volume;
        for tier in table.tables("tiers") {
            tier.report_unless(is_package, "fee", "per = \"once\" and mode = \"volume\"");
        }
    }
    let tiers = tiers(&name.value, table, mode);
    let ask = policy.approval_need(table);
    let usage_hours = table.choice("usage_hours").map(|it| MonthHours::NAMES[it.value].1);
    Some(Metric {
        name: name.value.clone(),
        title: title?.value,
        unit: (unit?.value, units?.value),
        price_period: per?,
        months,
        usage_hours,
        mode: mode?,
        places: places?,
        fractional: table.flag("fractional"),
        charges: extras,
        tiers: tiers?,
        instead_of: table.text("instead_of").map(|name| name.value),
        billing: paying.billing_schedule(table),
        approval: ask,
        approval_assumed: table.flag("approval_assumed"),
        rule: rule_of("metric", name),
    })
}

fn per(table: Section<'_>) -> Option<PricePeriod> {
    let per = table.choice("per")?.value;
    for key in ["hours_per_month", "usage_hours"] {
        table.report_unless(per == 1, key, "per = \"hour\"");
    }
    table.report_unless(per == 2, "maintenance", "per = \"once\"");
    match per {
        0 => Some(PricePeriod::Year),
        1 => {
            let hint = "add hours_per_month = 730: 8,760 hours a year over 12 months";
            table.require("hours_per_month", "a price per hour", hint);
            Some(PricePeriod::Hour { per_month: table.whole("hours_per_month")?.value })
        }
        _ => {
            let hint =
                "say what a year of maintenance costs: \"20%\", or \"0%\" where there is none";
            table.require("maintenance", "a price that is paid once", hint);
            Some(PricePeriod::Once { maintenance: table.rate("maintenance")?.value })
        }
    }
}

/// How long what is bought once lasts.
fn months(table: Section<'_>, per: Option<PricePeriod>) -> Option<u32> {
    let per = per?;
    table.report_unless(matches!(per, PricePeriod::Once { .. }), "months", "per = \"once\"");
    let months = table.whole("months")?;
    if let PricePeriod::Once { maintenance } = per
        && !maintenance.is_zero()
    {
        let message = "what lasts for some months has no maintenance a year";
        let fault = Diagnostic::new(Code::Conflict, months.place, message)
            .hint("write maintenance = \"0%\", or take `months` out");
        table.fault(match table.key_place("maintenance") {
            Some(maintenance) => fault.related(maintenance, "the maintenance"),
            None => fault,
        });
    }
    Some(months.value)
}

/// Whatever is due with a price is due as often as the price. A yearly charge beside a price per
/// hour would be charged 8,760 times.
fn due_with_its_price(table: Section<'_>, per: PricePeriod) {
    for key in ["fee", "minimum"] {
        table.report_unless(per == PricePeriod::Year, key, "per = \"year\"");
    }
    for tier in table.tables("tiers") {
        let hourly = matches!(per, PricePeriod::Hour { .. });
        tier.report_unless(!hourly, "flat", "per = \"year\" or \"once\"");
    }
}

fn mode(table: Section<'_>) -> Option<TierMode> {
    let mode = table.choice("mode")?.value;
    for key in ["size", "included"] {
        table.report_unless(mode == 2, key, "mode = \"package\"");
    }
    match mode {
        0 => Some(TierMode::Volume),
        1 => Some(TierMode::Graduated),
        _ => {
            let hint = "say how many units a package has, such as size = 10";
            table.require("size", "a metric sold in packages", hint);
            let included = table.whole("included").map_or(0, |included| included.value);
            Some(TierMode::Package { size: table.whole("size")?.value, included })
        }
    }
}

fn tiers(metric: &str, table: Section<'_>, mode: Option<TierMode>) -> Option<Vec<Tier>> {
    let sections = table.tables("tiers");
    let read: Vec<_> = sections.iter().map(|row| tier(metric, *row)).collect();
    let quantities: Vec<_> = sections.iter().map(|row| row.range("quantity")).collect();
    ranges::check_contiguous(table, &quantities);
    if sections.is_empty()
        && let Some(place) = table.key_place("tiers")
    {
        let message = format!("the metric `{metric}` has no price");
        table.fault(
            Diagnostic::new(Code::Empty, place, message)
                .hint("add a tier: { quantity = \"1+\", price = \"100.00\" }"),
        );
    }
    if mode == Some(TierMode::Graduated) {
        graduated(table, &quantities, &sections);
    }
    distinct_editions(&sections);
    read.into_iter().collect::<Option<Vec<_>>>().filter(|tiers| !tiers.is_empty())
}

/// In a graduated list every unit below a range has a price, and no one edition covers a line.
fn graduated(table: Section<'_>, quantities: &[Option<Written<Interval>>], rows: &[Section<'_>]) {
    let first = quantities.first().and_then(Option::as_ref);
    if let Some(first) = first.filter(|first| first.value.from() > 1) {
        let missing = match first.value.from() - 1 {
            1 => "unit 1 has".to_owned(),
            last => format!("units 1 to {last} have"),
        };
        let message = format!("{missing} no price, and a graduated price list needs one for each");
        table.fault(
            Diagnostic::new(Code::RangeGap, first.place.clone(), message)
                .hint("start the first range at 1"),
        );
    }
    for row in rows {
        if let Some(place) = row.key_place("edition") {
            let message =
                "a graduated line has units of several ranges, so a range buys no edition";
            row.fault(Diagnostic::new(Code::Conflict, place, message).hint("take `edition` out"));
        }
    }
}

fn distinct_editions(rows: &[Section<'_>]) {
    let mut names = UniqueNames::default();
    for row in rows {
        let Some(place) = row.key_place("edition") else { continue };
        let Some(edition) = row.text("edition") else { continue };
        let what = format_args!("the edition \"{}\"", edition.value);
        let folded = Written::new(edition.value.to_lowercase(), place);
        names.is_new(*row, &folded, what, "an edition has one range");
    }
}

fn tier(metric: &str, row: Section<'_>) -> Option<Tier> {
    let quantity = row.range("quantity");
    let price = row.money("price");
    let flat = row.money("flat");
    let edition = row.key_place("edition");
    let max_hosts = row.whole("max_hosts");
    let fee = row.money_range("fee");
    if let Some(place) = row.key_place("fee") {
        for key in ["price", "flat"] {
            let Some(other) = row.key_place(key) else { continue };
            let message = format!("a tier has a fee or a `{key}`, not both");
            row.report_conflict(message, place.clone(), "the fee", other);
        }
    } else if row.is_missing("price") && row.is_missing("flat") && !row.is_misspelled("fee") {
        let message = "a tier needs `price` or `flat`";
        row.fault(
            Diagnostic::new(Code::MissingKey, row.place(), message)
                .hint("add `price`; a free tier is written price = \"0.00\""),
        );
    }
    if let Some(place) = row.key_place("max_hosts").filter(|_| row.is_missing("edition")) {
        let message = "`max_hosts` is a condition of an edition, and this tier has none";
        row.fault(
            Diagnostic::new(Code::Conflict, place, message)
                .hint("take it out, or give the tier an `edition`"),
        );
    }
    let quantity = quantity?.value;
    Some(Tier {
        quantity,
        price: price.map_or(Money::ZERO, |price| price.value),
        flat: flat.map(|flat| flat.value),
        fee: fee.map(|fee| fee.value),
        edition: edition.and_then(|_| row.text("edition")).map(|edition| edition.value),
        max_hosts: max_hosts.map(|hosts| hosts.value),
        assumed: row.flag("assumed"),
        rule: rule(format!("{metric}.{quantity}"), &row.place()),
    })
}
