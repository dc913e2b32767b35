//! Discounts, their programs, and the order of the waterfall.

use super::super::{Base, Cut, Discount, Given, Metric, Per, Program, Row};
use super::policy::Policy;
use super::{duplicate, ranges, rule};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::reading::Section;
use crate::source::{Place, Written};
use crate::value::{Interval, Rate};

/// What `by` may say, in the order of its shape.
#[derive(Clone, Copy, PartialEq)]
enum By {
    Quantity,
    Term,
    Prepay,
    Program,
    Always,
}

impl By {
    const ALL: [Self; 5] = [Self::Quantity, Self::Term, Self::Prepay, Self::Program, Self::Always];

    /// The key of a step that says when it is given.
    const fn selector(self) -> Option<&'static str> {
        match self {
            Self::Quantity => Some("quantity"),
            Self::Term => Some("years"),
            Self::Prepay => Some("prepay"),
            Self::Program | Self::Always => None,
        }
    }
}

/// Every discount, in the order of the waterfall.
pub(super) fn all(top: Section<'_>, policy: &Policy, metrics: &[Metric]) -> Vec<Discount> {
    let tables = top.named("discount");
    let read: Vec<_> =
        tables.iter().map(|(name, table)| discount(name, *table, policy, metrics)).collect();
    one_prepayment(&tables);
    distinct_programs(&tables);
    let order = order(top, &tables);
    let rank = |discount: &Discount| order.iter().position(|name| *name == discount.name);
    let mut discounts: Vec<_> = read.into_iter().flatten().collect();
    discounts.sort_by_key(rank);
    discounts
}

type Tables<'a> = [(Written<String>, Section<'a>)];

fn order(top: Section<'_>, tables: &Tables<'_>) -> Vec<String> {
    let order = top.table("waterfall").map(|table| table.texts("order")).unwrap_or_default();
    for (index, step) in order.iter().enumerate() {
        if let Some(first) = order[..index].iter().find(|first| first.value == step.value) {
            let what = format!("the step \"{}\"", step.value);
            duplicate(top, step.place.clone(), first.place.clone(), &what);
        }
        if !tables.iter().any(|(name, _)| name.value == step.value) {
            let known = tables.iter().map(|(name, _)| name.value.as_str());
            let hint = nearest(&step.value, known).map_or_else(
                || format!("add a [discount.{}], or take it out", step.value),
                |near| format!("did you mean \"{near}\"?"),
            );
            let message = format!("the book has no discount \"{}\"", step.value);
            let fault = Diagnostic::new(Code::UnknownDiscount, step.place.clone(), message);
            top.fault(fault.hint(hint));
        }
    }
    for (name, _) in tables {
        if !order.iter().any(|step| step.value == name.value) {
            let message = format!("the waterfall leaves out the discount \"{}\"", name.value);
            top.fault(
                Diagnostic::new(Code::NotInWaterfall, name.place.clone(), message)
                    .hint("say in [waterfall] order when it applies"),
            );
        }
    }
    order.into_iter().map(|step| step.value).collect()
}

/// A deal has one way to prepay, so one discount can depend on it.
fn one_prepayment(tables: &Tables<'_>) {
    let mut first: Option<Place> = None;
    for (_, table) in tables {
        if !by(*table).is_some_and(|(by, _)| by == By::Prepay) {
            continue;
        }
        let Some(place) = table.key_place("by") else { continue };
        match &first {
            Some(first) => duplicate(*table, place, first.clone(), "a discount by prepayment"),
            None => first = Some(place),
        }
    }
}

/// A deal names a program without its discount.
fn distinct_programs(tables: &Tables<'_>) {
    let mut seen: Vec<Written<String>> = Vec::new();
    for (_, table) in tables {
        for (name, _) in table.named("program") {
            if let Some(first) = seen.iter().find(|seen| seen.value == name.value) {
                let what = format!("the program \"{}\"", name.value);
                duplicate(*table, name.place.clone(), first.place.clone(), &what);
            }
            seen.push(name);
        }
    }
}

fn by(table: Section<'_>) -> Option<(By, Place)> {
    let by = table.choice("by")?;
    Some((By::ALL[by.value], by.place))
}

fn discount(
    name: &Written<String>,
    table: Section<'_>,
    policy: &Policy,
    metrics: &[Metric],
) -> Option<Discount> {
    let title = table.text("title");
    let base = table.choice("base").map(|base| [Base::Running, Base::List][base.value]);
    let applies = table.texts("metrics");
    for metric in &applies {
        if !metrics.iter().any(|known| known.name == metric.value) {
            let known = metrics.iter().map(|known| known.name.as_str());
            let message = format!("the book has no metric \"{}\"", metric.value);
            table.fault(
                Diagnostic::new(Code::UnknownMetric, metric.place.clone(), message)
                    .hint(crate::reading::suggestion(&metric.value, known)),
            );
        }
    }
    let given = given(&name.value, table, policy);
    let by_year = |name: &str| {
        metrics.iter().find(|metric| metric.name == name).is_none_or(|it| it.per == Per::Year)
    };
    if !applies.iter().all(|metric| by_year(&metric.value)) {
        for (_, program) in table.named("program") {
            program.only_if(false, "floor", "metrics that are priced per = \"year\"");
        }
    }
    Some(Discount {
        name: name.value.clone(),
        title: title?.value,
        base: base?,
        metrics: applies.into_iter().map(|metric| metric.value).collect(),
        given: given?,
        rule: rule(name.value.clone(), &name.place),
    })
}

fn given(name: &str, table: Section<'_>, policy: &Policy) -> Option<Given> {
    let (by, _) = by(table)?;
    stray_keys(table, by);
    if by == By::Program {
        let programs = table.named("program");
        if programs.is_empty() {
            let message = "a discount by program needs its programs";
            table.fault(
                Diagnostic::new(Code::MissingKey, table.place(), message)
                    .hint(format!("add a [discount.{name}.program.NAME]")),
            );
        }
        let programs: Vec<_> =
            programs.iter().map(|(key, table)| program(name, key, *table, policy)).collect();
        return Some(Given::Program {
            programs: programs.into_iter().collect::<Option<_>>()?,
            at_most: table.whole("at_most").map_or(1, |most| most.value),
        });
    }
    let sections = table.tables("steps");
    if sections.is_empty() {
        let message = "this discount has no `steps`";
        table.fault(Diagnostic::new(Code::MissingKey, table.place(), message));
        return None;
    }
    let rows: Vec<_> = sections.iter().map(|step| row(name, *step, by, policy)).collect();
    let rows: Option<Vec<Row>> = rows.into_iter().collect();
    match by {
        By::Quantity | By::Term => {
            let key = if by == By::Term { "years" } else { "quantity" };
            let written: Vec<Written<Interval>> = sections
                .iter()
                .filter_map(|step| Some(Written::new(step.range(key)?.value, step.key_place(key)?)))
                .collect();
            // Ranges that cannot be read are reported by their row.
            if rows.is_some() {
                ranges::follow(table, &written);
            }
            let rows = rows?;
            Some(if by == By::Term { Given::Term(rows) } else { Given::Quantity(rows) })
        }
        By::Prepay => prepay(table, &sections, rows?),
        By::Always | By::Program => {
            if let Some(second) = sections.get(1) {
                let message = "a discount for everybody has one step";
                table.fault(Diagnostic::new(Code::Duplicate, second.place(), message));
            }
            rows?.into_iter().next().map(Given::Always)
        }
    }
}

/// Keys that belong to another kind of discount would otherwise be ignored.
fn stray_keys(table: Section<'_>, by: By) {
    table.only_if(by == By::Prepay, "standard", "by = \"prepay\"");
    table.only_if(by == By::Program, "at_most", "by = \"program\"");
    table.only_if(by == By::Program, "program", "by = \"program\"");
    table.only_if(by != By::Program, "steps", "another `by` than \"program\"");
}

fn prepay(table: Section<'_>, sections: &[Section<'_>], rows: Vec<Row>) -> Option<Given> {
    for (index, row) in rows.iter().enumerate() {
        let same = |other: &Row| other.choice == row.choice;
        if let Some(first) = rows[..index].iter().position(same) {
            let name = row.choice.as_deref().unwrap_or_default();
            let (here, there) = (sections[index].place(), sections[first].place());
            duplicate(table, here, there, &format!("prepay \"{name}\""));
        }
    }
    let names = rows.iter().filter_map(|row| row.choice.as_deref());
    let Some(standard) = table.text("standard") else {
        if table.key_place("standard").is_none() {
            let message = "a discount by prepayment names the `standard` way to pay";
            table.fault(Diagnostic::new(Code::MissingKey, table.place(), message));
        }
        return None;
    };
    let index = names.clone().position(|name| name == standard.value);
    let standard = table.report(index.ok_or_else(|| {
        let message = format!("no step is for prepay \"{}\"", standard.value);
        Diagnostic::new(Code::UnknownChoice, standard.place, message)
            .hint(crate::reading::suggestion(&standard.value, names))
    }))?;
    Some(Given::Prepay { rows, standard })
}

fn row(discount: &str, step: Section<'_>, by: By, policy: &Policy) -> Option<Row> {
    let selector = by.selector();
    for key in ["quantity", "years", "prepay"] {
        match step.key_place(key) {
            Some(place) if selector != Some(key) => {
                let message = format!("`{key}` does not decide this discount");
                step.fault(Diagnostic::new(Code::Conflict, place, message).hint("see its `by`"));
            }
            None if selector == Some(key) => {
                let message = format!("this step needs `{key}`");
                step.fault(Diagnostic::new(Code::MissingKey, step.place(), message));
            }
            _ => {}
        }
    }
    let range = match by {
        By::Quantity => Some(step.range("quantity")?.value),
        By::Term => Some(step.range("years")?.value),
        _ => None,
    };
    let choice = match by {
        By::Prepay => Some(step.text("prepay")?.value),
        _ => None,
    };
    let cut = cut(step);
    let ask = policy.ask(step);
    let otherwise = otherwise(step, cut);
    let condition = range.map(|range| range.to_string()).or_else(|| choice.clone());
    let id = condition.map_or_else(|| discount.to_owned(), |it| format!("{discount}.{it}"));
    Some(Row {
        range,
        choice,
        billing: step.text("billing").map(|billing| billing.value),
        cut: cut?,
        ask,
        otherwise,
        min_years: step.whole("min_years").map(|years| years.value),
        assumed: step.flag("assumed"),
        rule: rule(id, &step.place()),
    })
}

fn cut(step: Section<'_>) -> Option<Cut> {
    match (step.key_place("rate"), step.key_place("amount")) {
        (Some(_), None) => step.rate("rate").map(|rate| Cut::Rate(rate.value)),
        (None, Some(_)) => step.money("amount").map(|amount| Cut::Amount(amount.value)),
        (None, None) => {
            let message = "a discount step needs `rate` or `amount`";
            step.fault(Diagnostic::new(Code::MissingKey, step.place(), message));
            None
        }
        (Some(rate), Some(amount)) => {
            let message = "a discount step has a rate or an amount, not both";
            step.fault(Diagnostic::new(Code::Conflict, amount, message).related(rate, "the rate"));
            None
        }
    }
}

/// `otherwise` is what is left of a rate without its approval: it needs both.
fn otherwise(step: Section<'_>, cut: Option<Cut>) -> Rate {
    let Some(otherwise) = step.rate("otherwise") else { return Rate::ZERO };
    let fault = |message: &str| {
        step.fault(Diagnostic::new(Code::Conflict, otherwise.place.clone(), message));
    };
    if step.key_place("approval").is_none() && step.key_place("review").is_none() {
        fault("`otherwise` says what may be given without approval, and this step needs none");
    }
    match cut {
        Some(Cut::Rate(rate)) if otherwise.value >= rate => {
            fault("`otherwise` has to be less than the rate that needs approval");
        }
        Some(Cut::Amount(_)) => fault("`otherwise` is for rates"),
        _ => {}
    }
    otherwise.value
}

fn program(
    discount: &str,
    name: &Written<String>,
    table: Section<'_>,
    policy: &Policy,
) -> Option<Program> {
    let title = table.text("title");
    let rates = program_rates(table);
    let ask = policy.ask(table);
    let texts = |key| table.texts(key).into_iter().map(|text| text.value).collect::<Vec<_>>();
    let (max_rate, rate) = rates?;
    // Other discounts would apply after the floor, or instead of it.
    table.only_if(table.flag("exclusive"), "floor", "exclusive = true");
    Some(Program {
        name: name.value.clone(),
        title: title?.value,
        max_rate,
        rate,
        ask,
        exclusive: table.flag("exclusive"),
        floor: table.money("floor").map(|floor| floor.value),
        quantity: table.range("quantity").map(|range| range.value),
        years: table.range("years").map(|range| range.value),
        duties: texts("duties"),
        limit: table.whole("limit").map(|limit| limit.value),
        incumbents: texts("incumbents"),
        arr_above: table.money("arr_above").map(|arr| arr.value),
        rule: rule(format!("{discount}.{}", name.value), &name.place),
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
            table.needs("max_rate", "a program", "or a `rate` that it gives to everybody");
            None
        }
        (Some(most), Some(rate)) => {
            let message = "a program has a `rate` or a `max_rate`, not both";
            table.fault(Diagnostic::new(Code::Conflict, rate, message).related(most, "the most"));
            None
        }
    }
}
