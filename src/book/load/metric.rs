//! Metrics and their price lists.

use super::super::{Extras, Metric, Mode, Per, Tier};
use super::policy::Policy;
use super::{duplicate, ranges, rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::reading::Section;
use crate::source::{Place, Written};
use crate::value::{Interval, Money};

pub(super) fn all(top: Section<'_>, policy: &Policy) -> Vec<Metric> {
    let metrics = top.named("metric");
    if metrics.is_empty() && top.key_place("metric").is_some() {
        let message = "the price book sells nothing";
        top.fault(Diagnostic::new(Code::Empty, top.place(), message).hint("add a [metric.NAME]"));
    }
    metrics.into_iter().filter_map(|(name, table)| metric(&name, table, policy)).collect()
}

fn metric(name: &Written<String>, table: Section<'_>, policy: &Policy) -> Option<Metric> {
    let title = table.text("title");
    let unit = table.text("unit");
    let units = table.text("units");
    let per = per(table);
    let mode = mode(table);
    let places = table.whole("places");
    let extras = Extras {
        fee: table.money("fee").map(|fee| fee.value),
        minimum: table.money("minimum").map(|minimum| minimum.value),
    };
    let tiers = tiers(&name.value, table, mode);
    if let Some(per) = per {
        due_with_its_price(table, per);
    }
    let ask = policy.ask(table);
    Some(Metric {
        name: name.value.clone(),
        title: title?.value,
        unit: (unit?.value, units?.value),
        per: per?,
        mode: mode?,
        places: places?.value,
        fractional: table.flag("fractional"),
        extras,
        tiers: tiers?,
        billing: table.text("billing").map(|billing| billing.value),
        ask,
        ask_assumed: table.flag("approval_assumed"),
        rule: rule(format!("metric.{}", name.value), &name.place),
    })
}

fn per(table: Section<'_>) -> Option<Per> {
    let per = table.choice("per")?.value;
    table.only_if(per == 1, "hours_per_month", "per = \"hour\"");
    table.only_if(per == 2, "maintenance", "per = \"once\"");
    match per {
        0 => Some(Per::Year),
        1 => {
            let hint = "730 is the usual figure: 8,760 hours a year over 12 months";
            table.needs("hours_per_month", "a price per hour", hint);
            Some(Per::Hour { per_month: table.whole("hours_per_month")?.value })
        }
        _ => {
            let hint =
                "say what a year of maintenance costs: \"20%\", or \"0%\" where there is none";
            table.needs("maintenance", "a price that is paid once", hint);
            Some(Per::Once { maintenance: table.rate("maintenance")?.value })
        }
    }
}

/// Whatever is due with a price is due as often as the price. A yearly charge beside a price per
/// hour would be charged 8,760 times.
fn due_with_its_price(table: Section<'_>, per: Per) {
    for key in ["fee", "minimum"] {
        table.only_if(per == Per::Year, key, "per = \"year\"");
    }
    for tier in table.tables("tiers") {
        let hourly = matches!(per, Per::Hour { .. });
        tier.only_if(!hourly, "flat", "per = \"year\" or \"once\"");
    }
}

fn mode(table: Section<'_>) -> Option<Mode> {
    let mode = table.choice("mode")?.value;
    for key in ["size", "included"] {
        table.only_if(mode == 2, key, "mode = \"package\"");
    }
    match mode {
        0 => Some(Mode::Volume),
        1 => Some(Mode::Graduated),
        _ => {
            table.needs("size", "a metric sold in packages", "say how many units a package has");
            let included = table.whole("included").map_or(0, |included| included.value);
            Some(Mode::Package { size: table.whole("size")?.value, included })
        }
    }
}

fn tiers(metric: &str, table: Section<'_>, mode: Option<Mode>) -> Option<Vec<Tier>> {
    let sections = table.tables("tiers");
    let read: Vec<_> = sections.iter().map(|row| tier(metric, *row)).collect();
    let quantities: Vec<Written<Interval>> = sections
        .iter()
        .zip(&read)
        .filter_map(|(row, tier)| {
            let place = row.key_place("quantity")?;
            Some(Written::new(tier.as_ref()?.quantity, place))
        })
        .collect();
    ranges::follow(table, &quantities);
    if sections.is_empty()
        && let Some(place) = table.key_place("tiers")
    {
        let message = format!("the metric `{metric}` has no price");
        table.fault(Diagnostic::new(Code::Empty, place, message));
    }
    if mode == Some(Mode::Graduated) {
        graduated(table, &quantities, &sections);
    }
    distinct_editions(&sections);
    read.into_iter().collect::<Option<Vec<_>>>().filter(|tiers| !tiers.is_empty())
}

/// In a graduated list every unit below a range has a price, and no one edition covers a line.
fn graduated(table: Section<'_>, quantities: &[Written<Interval>], rows: &[Section<'_>]) {
    if let Some(first) = quantities.first().filter(|first| first.value.from() > 1) {
        let missing = first.value.from() - 1;
        let message =
            format!("a graduated price list starts at 0 or 1, or unit {missing} has no price");
        table.fault(Diagnostic::new(Code::RangeGap, first.place.clone(), message));
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
    let mut seen: Vec<(String, Place)> = Vec::new();
    for row in rows {
        let Some(place) = row.key_place("edition") else { continue };
        let Some(edition) = row.text("edition") else { continue };
        let folded = edition.value.to_lowercase();
        if let Some((_, first)) = seen.iter().find(|(seen, _)| *seen == folded) {
            let what = format!("the edition \"{}\"", edition.value);
            duplicate(*row, place.clone(), first.clone(), &what);
        }
        seen.push((folded, place));
    }
}

fn tier(metric: &str, row: Section<'_>) -> Option<Tier> {
    let quantity = row.range("quantity");
    let price = row.money("price");
    let flat = row.money("flat");
    let edition = row.key_place("edition");
    let max_hosts = row.whole("max_hosts");
    if row.key_place("price").is_none() && row.key_place("flat").is_none() {
        let message = "a tier needs `price` or `flat`";
        row.fault(
            Diagnostic::new(Code::MissingKey, row.place(), message)
                .hint("a free tier is written price = \"0.00\""),
        );
    }
    if let (Some(hosts), None) = (&max_hosts, &edition) {
        let message = "`max_hosts` is a condition of an edition, and this tier has none";
        row.fault(Diagnostic::new(Code::Conflict, hosts.place.clone(), message));
    }
    let quantity = quantity?.value;
    Some(Tier {
        quantity,
        price: price.map_or(Money::ZERO, |price| price.value),
        flat: flat.map(|flat| flat.value),
        edition: edition.and_then(|_| row.text("edition")).map(|edition| edition.value),
        max_hosts: max_hosts.map(|hosts| hosts.value),
        assumed: row.flag("assumed"),
        rule: rule(format!("{metric}.{quantity}"), &row.place()),
    })
}
