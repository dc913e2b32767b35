//! Reads discounts in the order of the waterfall.

use super::keys::{ConditionKind, DISCOUNT, DiscountKeys, PROGRAM, STEP, WATERFALL, WaterfallKeys};
use super::order::{amount_starts, check_metered, measure};
use super::program::{
    check_contract_years, check_distinct, check_floors, check_line_steps, check_shares, program,
};
use super::step::{prepay, step};
use super::{
    BookNames, Discount, DiscountCondition, DiscountStep, DiscountTables, OrderMeasure, OrderSteps,
};
use crate::book::metric::Metric;
use crate::book::rule::{UniqueNames, check_contiguous, rule};
use crate::number::Interval;
use crate::table::{NamedTables, OneTable, Section, TypedKey, unknown};
use crate::text::diagnostic::{Code, Diagnostic, nearest};
use crate::text::source::{Place, Written};

/// Reads every discount under the key `discounts`, in the order under the key `waterfall`. `names`
/// are the names of all metrics of the book, read or not; empty if they are not known.
pub(in crate::book) fn read_all(
    top: Section<'_>,
    (waterfall, discounts): (
        TypedKey<OneTable<WaterfallKeys>>,
        TypedKey<NamedTables<DiscountKeys>>,
    ),
    known: BookNames<'_>,
    metrics: &[Metric],
    names: &[String],
) -> Vec<Discount> {
    let tables = top.get(discounts);
    let given = tables.iter().filter(|(_, table)| table.is_in_currency(DISCOUNT.currencies));
    let read: Vec<_> = given.map(|(name, table)| discount(name, *table, known, names)).collect();
    check_reserved(&tables);
    check_floors(&tables, metrics);
    check_shares(&tables, metrics);
    check_metered(&tables, metrics);
    check_contract_years(&tables, metrics);
    check_line_steps(&tables, metrics);
    check_one_prepayment(&tables);
    check_distinct(&tables);
    let order = order(top, waterfall, discounts, &tables);
    let rank = |discount: &Discount| order.iter().position(|name| *name == discount.name);
    let mut discounts: Vec<_> = read.into_iter().flatten().collect();
    discounts.sort_by_key(rank);
    discounts
}

/// Reports a discount with the name of a step that every waterfall has.
fn check_reserved(tables: &DiscountTables<'_>) {
    for (name, table) in tables {
        if ["list", "net-share", "floor", "minimum", "negotiated", "rounding"]
            .contains(&name.value.as_str())
        {
            let message = format!("\"{}\" is the name of a built-in step", name.value);
            let fault = name.fault(Code::Duplicate, message);
            table.fault(fault.hint("give the discount another name"));
        }
    }
}

fn discount(
    name: &Written<String>,
    table: Section<'_>,
    known: BookNames<'_>,
    metrics: &[String],
) -> Option<Discount> {
    let (title, base) = (table.value(DISCOUNT.title), table.value(DISCOUNT.base));
    let applies = table.get(DISCOUNT.metrics);
    for metric in &applies {
        // A book without metrics has an error of its own.
        if !metrics.is_empty() && !metrics.contains(&metric.value) {
            let names = metrics.iter().map(String::as_str);
            table.fault(unknown(Code::UnknownMetric, "metric", metric, names));
        }
    }
    let condition = condition(&name.value, table, known);
    Some(Discount {
        name: name.value.clone(),
        title: title?,
        base: base?,
        metrics: applies.into_iter().map(|metric| metric.value).collect(),
        condition: condition?,
        rule: rule(name.value.clone(), &name.place),
    })
}

fn condition(name: &str, table: Section<'_>, known: BookNames<'_>) -> Option<DiscountCondition> {
    let BookNames { approvers, settings, currency, .. } = known;
    let Written { value: by, place } = table.get(DISCOUNT.by)?;
    check_keys(table, by, &place);
    let before = table.fault_count();
    if by == ConditionKind::Program {
        let programs = table.get(DISCOUNT.program);
        let is_read = table.fault_count() == before && !table.is_misspelled(DISCOUNT.program);
        if programs.is_empty() && is_read {
            let hint = format!("add a [discount.{name}.program.NAME]");
            table.report_missing("a discount by program needs its programs", hint);
        }
        let given = programs.iter().filter(|(_, table)| table.is_in_currency(PROGRAM.currencies));
        let programs: Vec<_> =
            given.map(|(key, table)| program(name, key, *table, known)).collect();
        return Some(DiscountCondition::Program {
            programs: programs.into_iter().collect::<Option<_>>()?,
            at_most: table.value(DISCOUNT.at_most).unwrap_or(1),
        });
    }
    let sections = table.get(DISCOUNT.steps);
    if sections.is_empty() {
        if !table.is_misspelled(DISCOUNT.steps) && table.fault_count() == before {
            let message = format!("a discount by {} needs its `steps`", by.name());
            table.report_missing(message, "add the rates and their conditions");
        }
        return None;
    }
    let rows: Vec<_> =
        sections.iter().map(|table| step(name, *table, by, approvers, settings)).collect();
    let rows: Option<Vec<DiscountStep>> = rows.into_iter().collect();
    if let Some(key) = by.range_key() {
        let written: Vec<_> = sections.iter().map(|step| step.get(key)).collect();
        check_contiguous(table, &written);
    }
    if let Some(measure) = measure(table, by) {
        let rows = rows?;
        let ranges: Vec<Interval> = rows.iter().filter_map(|row| row.range).collect();
        let starts = match measure {
            OrderMeasure::ListPrice => amount_starts(table, &sections, currency)?,
            OrderMeasure::Units | OrderMeasure::Metrics => {
                ranges.iter().map(|range| range.from()).collect()
            }
        };
        let end = ranges.last().and_then(|range| range.to());
        // The range of a step is one of quantities of one metric.
        let rows = rows.into_iter().map(|row| DiscountStep { range: None, ..row }).collect();
        let coin_places = currency.map_or(0, |currency| currency.minor);
        let steps = OrderSteps { measure, starts, end, coin_places, rows };
        return Some(DiscountCondition::Order(steps));
    }
    match by {
        ConditionKind::Quantity => rows.map(DiscountCondition::Quantity),
        ConditionKind::Term => rows.map(DiscountCondition::Term),
        ConditionKind::ContractYear => {
            check_years(&sections);
            rows.map(DiscountCondition::ContractYear)
        }
        ConditionKind::Prepay => prepay(table, &sections, rows?),
        ConditionKind::Payment => rows.map(DiscountCondition::Payment),
        ConditionKind::Always
        | ConditionKind::Program
        | ConditionKind::Amount
        | ConditionKind::Metrics => {
            if let Some(second) = sections.get(1) {
                let message = "a discount with by = \"always\" has one step";
                table.fault(
                    Diagnostic::new(Code::Duplicate, second.place(), message)
                        .related(sections[0].place(), "first here")
                        .hint("remove one of them, or change the discount's `by`"),
                );
            }
            rows?.into_iter().next().map(DiscountCondition::Always)
        }
    }
}

/// Reports a step for years before the first: contract years are counted from 1.
fn check_years(steps: &[Section<'_>]) {
    for step in steps {
        if let Some(years) = step.get(STEP.contract_years).filter(|it| it.value.from() == 0) {
            let fault = years.fault(Code::BadNumber, "a contract has no year 0");
            step.fault(fault.hint("count the years of the contract from 1"));
        }
    }
}

/// Reports keys of another kind of discount, which would otherwise be ignored.
fn check_keys(table: Section<'_>, by: ConditionKind, decides: &Place) {
    let is_program = by == ConditionKind::Program;
    let keys = [
        (DISCOUNT.standard.name, by == ConditionKind::Prepay),
        (DISCOUNT.at_most.name, is_program),
        (DISCOUNT.program.name, is_program),
        (DISCOUNT.steps.name, !is_program),
    ];
    for (key, is_meant) in keys {
        if let Some(place) = table.key_place(key).filter(|_| !is_meant) {
            let message = format!("`{key}` means nothing for a discount by {}", by.name());
            table.fault(
                Diagnostic::new(Code::Conflict, place, message)
                    .related(decides.clone(), "its `by`")
                    .hint("remove it, or change the discount's `by`"),
            );
        }
    }
}

/// Reports a second discount by prepayment: a deal has one way to prepay.
fn check_one_prepayment(tables: &DiscountTables<'_>) {
    let mut kinds = UniqueNames::default();
    for (_, table) in tables {
        if let Some(by @ ConditionKind::Prepay) = table.value(DISCOUNT.by)
            && let Some(place) = table.key_place(DISCOUNT.by)
        {
            let by = Written::new(by.name().to_owned(), place);
            let hint = "a deal has one prepayment: put all steps into one discount";
            kinds.is_new(*table, &by, "a discount by prepayment", hint);
        }
    }
}

/// Reads the order of the waterfall, and reports unknown, repeated and missing discounts.
fn order(
    top: Section<'_>,
    waterfall: TypedKey<OneTable<WaterfallKeys>>,
    discounts: TypedKey<NamedTables<DiscountKeys>>,
    tables: &DiscountTables<'_>,
) -> Vec<String> {
    let before = top.fault_count();
    let table = top.get(waterfall);
    let order = table.map(|table| table.get(WATERFALL.order)).unwrap_or_default();
    let is_read = table.is_some_and(|table| table.key_place(WATERFALL.order).is_some())
        && (top.fault_count() == before || !order.is_empty());
    let names = top.names(discounts);
    let mut meant = Vec::new();
    let mut steps = UniqueNames::default();
    for step in &order {
        let what = format_args!("the step \"{}\"", step.value);
        steps.is_new(top, step, what, "a discount applies once: remove one of them");
        if !names.contains(&step.value) && !top.is_misspelled(discounts) {
            let near = nearest(&step.value, names.iter().map(String::as_str));
            let hint = near.map_or_else(
                || format!("add a [discount.{}], or remove it", step.value),
                |near| format!("did you mean \"{near}\"?"),
            );
            let message = format!("the book has no discount \"{}\"", step.value);
            top.fault(step.fault(Code::UnknownDiscount, message).hint(hint));
            meant.extend(near);
        }
    }
    let is_left_out =
        |name: &str| !meant.contains(&name) && !order.iter().any(|step| step.value == name);
    let left_out: Vec<_> = tables.iter().filter(|(name, _)| is_left_out(&name.value)).collect();
    if is_read {
        for (name, _) in left_out {
            let message = format!("the waterfall leaves out the discount \"{}\"", name.value);
            let fault = name.fault(Code::NotInWaterfall, message);
            top.fault(fault.hint("add it to the order of [waterfall]"));
        }
    } else if let Some((first, _)) = left_out.first()
        && top.is_missing(waterfall)
    {
        let names: Vec<_> = tables.iter().map(|(name, _)| format!("\"{}\"", name.value)).collect();
        let message = "the book has no [waterfall], so its discounts have no order";
        let hint = format!("add [waterfall] with order = [{}]", names.join(", "));
        top.fault(first.fault(Code::NotInWaterfall, message).hint(hint));
    }
    order.into_iter().map(|step| step.value).collect()
}
