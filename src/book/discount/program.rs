//! Reads the programs of a discount.

use super::keys::{ConditionKind, DISCOUNT, PROGRAM, STEP};
use super::{BookNames, DiscountTables, GrantTerms, Program};
use crate::book::ladder::{ApprovalNeed, ApproverNames};
use crate::book::metric::{Metric, PricePeriod};
use crate::book::rule::{ANOTHER_NAME, UniqueNames, rule, rule_of};
use crate::number::{Rate, decimals};
use crate::table::{Section, TypedKey};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

/// Reports a floor that its metrics cannot have: it is a price per year, and is not rounded.
pub(super) fn check_floors(tables: &DiscountTables<'_>, metrics: &[Metric]) {
    for (_, table) in tables {
        let applies = table.get(DISCOUNT.metrics);
        let is_sold = |metric: &&Metric| applies.iter().any(|name| name.value == metric.name);
        let sold: Vec<_> = metrics.iter().filter(is_sold).collect();
        let by_year = sold.iter().all(|metric| metric.price_period == PricePeriod::Year);
        let places = sold.iter().map(|metric| metric.places).min().unwrap_or(Rate::PLACES);
        for (_, program) in table.get(DISCOUNT.program) {
            program.report_unless(by_year, PROGRAM.floor, "metrics that are priced per = \"year\"");
            let floor = program.get(PROGRAM.floor);
            if let Some(floor) = floor.filter(|floor| floor.value.decimals() > places) {
                let message = format!("this floor would be rounded to {}", decimals(places));
                let hint = "use no more decimal places than its metrics have";
                program.report_at(Code::BadNumber, floor.place, message, hint);
            }
        }
    }
}

/// Reports a discount on a share of other lines: the discounts of these lines lower the share. An uplift by payment is
/// no discount.
pub(super) fn check_shares(tables: &DiscountTables<'_>, metrics: &[Metric]) {
    for (_, table) in tables {
        // A later payment is paid for on the share too, and a later year can cost more.
        let takes_off = |step: &Section<'_>| {
            step.value(STEP.rate).is_some_and(|rate| !rate.is_zero())
                || step.key_place(STEP.amount).is_some()
                || step.key_place(STEP.free_months).is_some()
                || step.key_place(STEP.order_amount).is_some()
        };
        let by = table.value(DISCOUNT.by);
        let can_add = matches!(by, Some(ConditionKind::Payment | ConditionKind::ContractYear));
        if can_add && !table.get(DISCOUNT.steps).iter().any(takes_off) {
            continue;
        }
        for name in table.get(DISCOUNT.metrics) {
            let shared = metrics.iter().find(|it| it.name == name.value && it.share.is_some());
            if let Some(metric) = shared {
                let message =
                    format!("{} is a share of other lines, and has no discount", name.value);
                let fault = name.fault(Code::Conflict, message);
                let fault = fault.related(metric.rule.source.clone(), "the share");
                table.fault(fault.hint("discount the other lines, with share_base = \"net\""));
            }
        }
    }
}

/// Reports a discount for years of the contract on what is bought once: it has no years of its own.
pub(super) fn check_contract_years(tables: &DiscountTables<'_>, metrics: &[Metric]) {
    let by_year =
        |table: &Section<'_>| table.value(DISCOUNT.by) == Some(ConditionKind::ContractYear);
    for (_, table) in tables.iter().filter(|(_, table)| by_year(table)) {
        for name in table.get(DISCOUNT.metrics) {
            let is_once = |it: &&Metric| matches!(it.price_period, PricePeriod::Once { .. });
            let sold = metrics.iter().find(|it| it.name == name.value).filter(is_once);
            if let Some(metric) = sold {
                let message = format!("{} is bought once, so its years cannot differ", name.value);
                let fault = name.fault(Code::Conflict, message);
                let fault = fault.related(metric.rule.source.clone(), "the metric");
                table.fault(fault.hint("remove it, or change the discount's `by`"));
            }
        }
    }
}

/// Reports steps that change the price of a line as a whole, for metrics whose lines have no price of a year, and a part of
/// an order for lines that do not count together.
pub(super) fn check_line_steps(tables: &DiscountTables<'_>, metrics: &[Metric]) {
    for (_, table) in tables {
        let applies = table.get(DISCOUNT.metrics);
        let mut sold = metrics.iter().filter(|it| applies.iter().any(|name| name.value == it.name));
        let by_deal = sold.clone().all(Metric::counts_all_lines);
        let by_year = sold.all(|metric| metric.price_period == PricePeriod::Year);
        for step in table.get(DISCOUNT.steps) {
            let of = "metrics that are priced per = \"year\"";
            step.report_unless(by_year, STEP.free_months, of);
            let of = "metrics that are priced per = \"year\" and counted by deal";
            step.report_unless(by_year && by_deal, STEP.order_amount, of);
        }
    }
}

/// Reports programs of one name: a deal names a program without its discount.
pub(super) fn check_distinct(tables: &DiscountTables<'_>) {
    let mut names = UniqueNames::default();
    for (_, table) in tables {
        for (name, _) in table.get(DISCOUNT.program) {
            let what = format_args!("the program \"{}\"", name.value);
            names.is_new(*table, &name, what, ANOTHER_NAME);
        }
    }
}

pub(super) fn program(
    discount: &str,
    name: &Written<String>,
    table: Section<'_>,
    known: BookNames<'_>,
) -> Option<Program> {
    let BookNames { approvers, settings, customers, .. } = known;
    let title = table.value(PROGRAM.title);
    let rates = program_rates(table);
    let approval = approvers.approval_need(table, PROGRAM.approval, PROGRAM.review);
    let texts = |key: TypedKey<Vec<String>>| -> Vec<_> {
        table.get(key).into_iter().map(|text| text.value).collect()
    };
    let grant = grant(discount, name, table, approvers);
    let (max_rate, rate) = rates?;
    // Other discounts would apply after the floor, or instead of it.
    for key in [PROGRAM.floor.name, PROGRAM.inclusions.name] {
        table.report_unless(table.get(PROGRAM.exclusive), key, "exclusive = true");
    }
    Some(Program {
        name: name.value.clone(),
        title: title?,
        max_rate,
        rate,
        approval,
        exclusive: table.get(PROGRAM.exclusive),
        floor: table.value(PROGRAM.floor),
        quantity: table.value(PROGRAM.quantity),
        years: table.value(PROGRAM.years),
        payment: settings.choices(table, PROGRAM.payment),
        includes: settings.choices(table, PROGRAM.includes),
        duties: texts(PROGRAM.duties),
        duties_required: table.get(PROGRAM.duties_required),
        limit: table.value(PROGRAM.limit),
        incumbents: texts(PROGRAM.incumbents),
        arr_above: table.value(PROGRAM.arr_above),
        inclusions: texts(PROGRAM.inclusions),
        first_in: customers.facts_of(table, PROGRAM.first_in),
        segments: customers.segments_of(table, PROGRAM.segments),
        evidence: table.value(PROGRAM.evidence),
        grant,
        assumed: table.get(PROGRAM.assumed),
        rule: rule_of(discount, name),
    })
}

/// Reads from when on a grant needs an approval, and reports keys that nothing is measured by.
fn grant(
    discount: &str,
    program: &Written<String>,
    table: Section<'_>,
    approvers: &ApproverNames,
) -> Option<GrantTerms> {
    let level = approvers.level(table, PROGRAM.grant_approval);
    let counts = !table.is_missing(PROGRAM.includes) || table.is_misspelled(PROGRAM.includes);
    table.report_unless(counts, PROGRAM.grant_days, "`includes`");
    let has_days = !table.is_missing(PROGRAM.grant_days) || table.is_misspelled(PROGRAM.grant_days);
    for key in [PROGRAM.grant_approval.name, PROGRAM.grant_assumed.name] {
        table.report_unless(has_days, key, "`grant_days`");
    }
    let days = table.get(PROGRAM.grant_days)?;
    Some(GrantTerms {
        within_days: days.value,
        approval: ApprovalNeed { level, review: None },
        assumed: table.get(PROGRAM.grant_assumed),
        rule: rule(format!("{discount}.{}.grant", program.value), &days.place),
    })
}

/// Reads the largest rate of a program, and its fixed rate if it has one.
fn program_rates(table: Section<'_>) -> Option<(Rate, Option<Rate>)> {
    match (table.key_place(PROGRAM.max_rate), table.key_place(PROGRAM.rate)) {
        (Some(_), None) => Some((table.value(PROGRAM.max_rate)?, None)),
        (None, Some(_)) => table.value(PROGRAM.rate).map(|rate| (rate, Some(rate))),
        (None, None) => {
            if !table.is_misspelled(PROGRAM.rate) {
                let hint = "add the largest rate, or the `rate` that it gives to every customer";
                table.require(PROGRAM.max_rate, "a program", hint);
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
