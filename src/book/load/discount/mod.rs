//! Discounts, their programs, and the order of the waterfall.

mod by;
mod prepay;
mod program;
mod step;
mod waterfall;

use super::paying::PaymentSettings;
use super::policy::PolicyNames;
use super::{ranges, rule};
use crate::book::{Discount, DiscountBase, DiscountCondition, DiscountStep, Metric};
use crate::table::{Section, unknown};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Written};
use by::{ConditionKind, condition_kind};
use prepay::{one_prepayment, prepay};
use program::{distinct_programs, floors, program};
use step::row;
use waterfall::order;

/// Every discount, in the order of the waterfall.
pub(super) fn all(
    top: Section<'_>,
    policy: &PolicyNames,
    paying: &PaymentSettings,
    metrics: &[Metric],
) -> Vec<Discount> {
    let tables = top.named("discount");
    // Under a misspelt key stand metrics that are not known.
    let names = if top.is_misspelled("metric") { Vec::new() } else { top.names("metric") };
    let given = tables.iter().filter(|(_, table)| table.is_in_currency("currencies"));
    let read: Vec<_> =
        given.map(|(name, table)| discount(name, *table, policy, paying, &names)).collect();
    reserved(&tables);
    floors(&tables, metrics);
    one_prepayment(&tables);
    distinct_programs(&tables);
    let order = order(top, &tables);
    let rank = |discount: &Discount| order.iter().position(|name| *name == discount.name);
    let mut discounts: Vec<_> = read.into_iter().flatten().collect();
    discounts.sort_by_key(rank);
    discounts
}

/// Discounts with their names, as they are written.
type DiscountTables<'a> = [(Written<String>, Section<'a>)];

/// A waterfall has steps of its own, and a step is known by its name.
fn reserved(tables: &DiscountTables<'_>) {
    for (name, table) in tables {
        if ["list", "floor", "negotiated", "rounding"].contains(&name.value.as_str()) {
            let message = format!("\"{}\" is a step that every waterfall can have", name.value);
            table.fault(
                Diagnostic::new(Code::Duplicate, name.place.clone(), message)
                    .hint("give the discount another name"),
            );
        }
    }
}

fn discount(
    name: &Written<String>,
    table: Section<'_>,
    policy: &PolicyNames,
    paying: &PaymentSettings,
    metrics: &[String],
) -> Option<Discount> {
    let title = table.text("title");
    let base =
        table.choice("base").map(|base| [DiscountBase::Running, DiscountBase::List][base.value]);
    let applies = table.texts("metrics");
    for metric in &applies {
        // A book without metrics has its own fault.
        if !metrics.is_empty() && !metrics.contains(&metric.value) {
            let known = metrics.iter().map(String::as_str);
            table.fault(unknown(Code::UnknownMetric, "metric", metric, known));
        }
    }
    let given = condition(&name.value, table, policy, paying);
    Some(Discount {
        name: name.value.clone(),
        title: title?.value,
        base: base?,
        metrics: applies.into_iter().map(|metric| metric.value).collect(),
        condition: given?,
        rule: rule(name.value.clone(), &name.place),
    })
}

fn condition(
    name: &str,
    table: Section<'_>,
    policy: &PolicyNames,
    paying: &PaymentSettings,
) -> Option<DiscountCondition> {
    let (by, place) = condition_kind(table)?;
    stray_keys(table, by, &place);
    if by == ConditionKind::Program {
        let before = table.fault_count();
        let programs = table.named("program");
        if programs.is_empty() && !table.is_misspelled("program") && table.fault_count() == before {
            let message = "a discount by program needs its programs";
            table.fault(
                Diagnostic::new(Code::MissingKey, table.place(), message)
                    .hint(format!("add a [discount.{name}.program.NAME]")),
            );
        }
        let given = programs.iter().filter(|(_, table)| table.is_in_currency("currencies"));
        let programs: Vec<_> =
            given.map(|(key, table)| program(name, key, *table, policy, paying)).collect();
        return Some(DiscountCondition::Program {
            programs: programs.into_iter().collect::<Option<_>>()?,
            at_most: table.whole("at_most").map_or(1, |most| most.value),
        });
    }
    let before = table.fault_count();
    let sections = table.tables("steps");
    if sections.is_empty() {
        if !table.is_misspelled("steps") && table.fault_count() == before {
            let message = format!("a discount by {} needs its `steps`", by.name());
            table.fault(
                Diagnostic::new(Code::MissingKey, table.place(), message)
                    .hint("say how much is given, and when"),
            );
        }
        return None;
    }
    let rows: Vec<_> = sections.iter().map(|step| row(name, *step, by, policy, paying)).collect();
    let rows: Option<Vec<DiscountStep>> = rows.into_iter().collect();
    if let Some(key) = by.range_key() {
        let written: Vec<_> = sections.iter().map(|step| step.range(key)).collect();
        ranges::check_contiguous(table, &written);
    }
    match by {
        ConditionKind::Quantity | ConditionKind::Term => {
            let rows = rows?;
            Some(if by == ConditionKind::Term {
                DiscountCondition::Term(rows)
            } else {
                DiscountCondition::Quantity(rows)
            })
        }
        ConditionKind::Prepay => prepay(table, &sections, rows?),
        ConditionKind::Payment => rows.map(DiscountCondition::Payment),
        ConditionKind::Always | ConditionKind::Program => {
            if let Some(second) = sections.get(1) {
                let message = "a discount that is always given has one step";
                table.fault(
                    Diagnostic::new(Code::Duplicate, second.place(), message)
                        .related(sections[0].place(), "first here")
                        .hint("take one of them out, or change what the discount goes `by`"),
                );
            }
            rows?.into_iter().next().map(DiscountCondition::Always)
        }
    }
}

/// Keys that belong to another kind of discount would otherwise be ignored.
fn stray_keys(table: Section<'_>, by: ConditionKind, decides: &Place) {
    let wanted = |key: &str| match key {
        "standard" => by == ConditionKind::Prepay,
        "at_most" | "program" => by == ConditionKind::Program,
        _ => by != ConditionKind::Program,
    };
    for key in ["standard", "at_most", "program", "steps"] {
        if let Some(place) = table.key_place(key).filter(|_| !wanted(key)) {
            let message = format!("`{key}` means nothing for a discount by {}", by.name());
            table.fault(
                Diagnostic::new(Code::Conflict, place, message)
                    .related(decides.clone(), "what it goes by")
                    .hint("take it out, or change what the discount goes `by`"),
            );
        }
    }
}
