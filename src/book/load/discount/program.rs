//! The programs of a discount.

use super::DiscountTables;
use crate::book::load::paying::PaymentSettings;
use crate::book::load::policy::PolicyNames;
use crate::book::load::{ANOTHER_NAME, UniqueNames, rule_of};
use crate::book::{Metric, PricePeriod, Program};
use crate::number::{Rate, decimals};
use crate::table::Section;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// A floor is due by year, like the price that it stands in for.
pub(super) fn floors(tables: &DiscountTables<'_>, metrics: &[Metric]) {
    for (_, table) in tables {
        let applies = table.texts("metrics");
        let is_sold = |metric: &&Metric| applies.iter().any(|name| name.value == metric.name);
        let sold: Vec<_> = metrics.iter().filter(is_sold).collect();
        let by_year = sold.iter().all(|metric| metric.price_period == PricePeriod::Year);
        let places = sold.iter().map(|metric| metric.places).min().unwrap_or(Rate::PLACES);
        for (_, program) in table.named("program") {
            program.report_unless(by_year, "floor", "metrics that are priced per = \"year\"");
            if let Some(floor) = program.money("floor").filter(|it| it.value.decimals() > places) {
                let message = format!("this floor would be rounded to {}", decimals(places));
                program.fault(
                    Diagnostic::new(Code::BadNumber, floor.place, message)
                        .hint("give it no more than its metrics have"),
                );
            }
        }
    }
}

/// A deal names a program without its discount.
pub(super) fn distinct_programs(tables: &DiscountTables<'_>) {
    let mut names = UniqueNames::default();
    for (_, table) in tables {
        for (name, _) in table.named("program") {
            let what = format_args!("the program \"{}\"", name.value);
            names.is_new(*table, &name, what, ANOTHER_NAME);
        }
    }
}

pub(super) fn program(
    discount: &str,
    name: &Written<String>,
    table: Section<'_>,
    policy: &PolicyNames,
    paying: &PaymentSettings,
) -> Option<Program> {
    let title = table.text("title");
    let rates = program_rates(table);
    let ask = policy.approval_need(table);
    let texts = |key| table.texts(key).into_iter().map(|text| text.value).collect::<Vec<_>>();
    let (max_rate, rate) = rates?;
    // Other discounts would apply after the floor, or instead of it.
    table.report_unless(table.flag("exclusive"), "floor", "exclusive = true");
    Some(Program {
        name: name.value.clone(),
        title: title?.value,
        max_rate,
        rate,
        approval: ask,
        exclusive: table.flag("exclusive"),
        floor: table.money("floor").map(|floor| floor.value),
        quantity: table.range("quantity").map(|range| range.value),
        years: table.range("years").map(|range| range.value),
        payment: paying.choices(table, "payment"),
        includes: paying.choices(table, "includes"),
        duties: texts("duties"),
        duties_required: table.flag("duties_required"),
        limit: table.whole("limit").map(|limit| limit.value),
        incumbents: texts("incumbents"),
        arr_above: table.money("arr_above").map(|arr| arr.value),
        assumed: table.flag("assumed"),
        rule: rule_of(discount, name),
    })
}

/// The most that a program grants, and the rate that it gives to everybody, if that is fixed.
fn program_rates(table: Section<'_>) -> Option<(Rate, Option<Rate>)> {
    match (table.key_place("max_rate"), table.key_place("rate")) {
        (Some(_), None) => Some((table.rate("max_rate")?.value, None)),
        (None, Some(_)) => {
            let rate = table.rate("rate")?.value;
            Some((rate, Some(rate)))
        }
        (None, None) => {
            if !table.is_misspelled("rate") {
                let hint = "say the most that it grants, or the `rate` that it gives to everybody";
                table.require("max_rate", "a program", hint);
            }
            None
        }
        (Some(most), Some(rate)) => {
            let message = "a program has a `rate` or a `max_rate`, not both";
            table.report_conflict(message, most, "the most", rate);
            None
        }
    }
}
