//! Discounts, their programs, and the order of the waterfall.

use super::super::{Base, Discount, Given, Metric, Per, Program, Row};
use super::paying::Paying;
use super::policy::Policy;
use super::step::row;
use super::waterfall::order;
use super::{ANOTHER_NAME, duplicate, ranges, rule};
use crate::diagnostic::{Code, Diagnostic};
use crate::reading::Section;
use crate::source::{Place, Written};
use crate::value::{Rate, decimals};

/// What `by` may say, in the order of its shape.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum By {
    Quantity,
    Term,
    Prepay,
    Program,
    Payment,
    Always,
}

impl By {
    const ALL: [Self; 6] =
        [Self::Quantity, Self::Term, Self::Prepay, Self::Program, Self::Payment, Self::Always];

    /// The key of a step that says when it is given.
    pub const fn selector(self) -> Option<&'static str> {
        match self {
            Self::Quantity => Some("quantity"),
            Self::Term => Some("years"),
            Self::Prepay => Some("prepay"),
            Self::Payment => Some("payment"),
            Self::Program | Self::Always => None,
        }
    }

    /// The selector, if it is a range.
    pub const fn range_key(self) -> Option<&'static str> {
        match self {
            Self::Quantity | Self::Term => self.selector(),
            Self::Prepay | Self::Program | Self::Payment | Self::Always => None,
        }
    }

    /// The word that a book has for it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Quantity => "quantity",
            Self::Term => "term",
            Self::Prepay => "prepay",
            Self::Program => "program",
            Self::Payment => "payment",
            Self::Always => "always",
        }
    }

    /// A selector as it could be written.
    pub const fn example(self) -> &'static str {
        match self {
            Self::Quantity => "quantity = \"50-99\"",
            Self::Term => "years = \"2-3\"",
            Self::Prepay => "prepay = \"annual\"",
            Self::Payment => "payment = [\"net-60\"]",
            Self::Program | Self::Always => "",
        }
    }
}

/// Every discount, in the order of the waterfall.
pub(super) fn all(
    top: Section<'_>,
    policy: &Policy,
    paying: &Paying,
    metrics: &[Metric],
) -> Vec<Discount> {
    let tables = top.named("discount");
    // Under a misspelt key stand metrics that are not known.
    let names = if top.misspells("metric") { Vec::new() } else { top.names("metric") };
    let given = tables.iter().filter(|(_, table)| table.holds("currencies"));
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
pub(super) type Tables<'a> = [(Written<String>, Section<'a>)];

/// A waterfall has steps of its own, and a step is known by its name.
fn reserved(tables: &Tables<'_>) {
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

/// A floor is due by year, like the price that it stands in for.
fn floors(tables: &Tables<'_>, metrics: &[Metric]) {
    for (_, table) in tables {
        let applies = table.texts("metrics");
        let is_sold = |metric: &&Metric| applies.iter().any(|name| name.value == metric.name);
        let sold: Vec<_> = metrics.iter().filter(is_sold).collect();
        let by_year = sold.iter().all(|metric| metric.per == Per::Year);
        let places = sold.iter().map(|metric| metric.places).min().unwrap_or(Rate::PLACES);
        for (_, program) in table.named("program") {
            program.only_if(by_year, "floor", "metrics that are priced per = \"year\"");
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

/// A deal has one way to prepay, so one discount can depend on it.
fn one_prepayment(tables: &Tables<'_>) {
    let mut first: Option<Place> = None;
    for (_, table) in tables {
        if !by(*table).is_some_and(|(by, _)| by == By::Prepay) {
            continue;
        }
        let Some(place) = table.key_place("by") else { continue };
        match &first {
            Some(first) => {
                let hint = "a deal has one way to prepay: put all steps into one discount";
                duplicate(*table, place, first.clone(), "a discount by prepayment", hint);
            }
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
                duplicate(*table, name.place.clone(), first.place.clone(), &what, ANOTHER_NAME);
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
    paying: &Paying,
    metrics: &[String],
) -> Option<Discount> {
    let title = table.text("title");
    let base = table.choice("base").map(|base| [Base::Running, Base::List][base.value]);
    let applies = table.texts("metrics");
    for metric in &applies {
        // A book without metrics has its own fault.
        if !metrics.is_empty() && !metrics.contains(&metric.value) {
            let known = metrics.iter().map(String::as_str);
            let message = format!("the book has no metric \"{}\"", metric.value);
            table.fault(
                Diagnostic::new(Code::UnknownMetric, metric.place.clone(), message)
                    .hint(crate::reading::suggestion(&metric.value, known)),
            );
        }
    }
    let given = given(&name.value, table, policy, paying);
    Some(Discount {
        name: name.value.clone(),
        title: title?.value,
        base: base?,
        metrics: applies.into_iter().map(|metric| metric.value).collect(),
        given: given?,
        rule: rule(name.value.clone(), &name.place),
    })
}

fn given(name: &str, table: Section<'_>, policy: &Policy, paying: &Paying) -> Option<Given> {
    let (by, place) = by(table)?;
    stray_keys(table, by, &place);
    if by == By::Program {
        let before = table.fault_count();
        let programs = table.named("program");
        if programs.is_empty() && !table.misspells("program") && table.fault_count() == before {
            let message = "a discount by program needs its programs";
            table.fault(
                Diagnostic::new(Code::MissingKey, table.place(), message)
                    .hint(format!("add a [discount.{name}.program.NAME]")),
            );
        }
        let given = programs.iter().filter(|(_, table)| table.holds("currencies"));
        let programs: Vec<_> =
            given.map(|(key, table)| program(name, key, *table, policy, paying)).collect();
        return Some(Given::Program {
            programs: programs.into_iter().collect::<Option<_>>()?,
            at_most: table.whole("at_most").map_or(1, |most| most.value),
        });
    }
    let before = table.fault_count();
    let sections = table.tables("steps");
    if sections.is_empty() {
        if !table.misspells("steps") && table.fault_count() == before {
            let message = format!("a discount by {} needs its `steps`", by.name());
            table.fault(
                Diagnostic::new(Code::MissingKey, table.place(), message)
                    .hint("say how much is given, and when"),
            );
        }
        return None;
    }
    let rows: Vec<_> = sections.iter().map(|step| row(name, *step, by, policy, paying)).collect();
    let rows: Option<Vec<Row>> = rows.into_iter().collect();
    if let Some(key) = by.range_key() {
        let written: Vec<_> = sections.iter().map(|step| step.range(key)).collect();
        ranges::follow(table, &written);
    }
    match by {
        By::Quantity | By::Term => {
            let rows = rows?;
            Some(if by == By::Term { Given::Term(rows) } else { Given::Quantity(rows) })
        }
        By::Prepay => prepay(table, &sections, rows?),
        By::Payment => rows.map(Given::Payment),
        By::Always | By::Program => {
            if let Some(second) = sections.get(1) {
                let message = "a discount that is always given has one step";
                table.fault(
                    Diagnostic::new(Code::Duplicate, second.place(), message)
                        .related(sections[0].place(), "first here")
                        .hint("take one of them out, or change what the discount goes `by`"),
                );
            }
            rows?.into_iter().next().map(Given::Always)
        }
    }
}

/// Keys that belong to another kind of discount would otherwise be ignored.
fn stray_keys(table: Section<'_>, by: By, decides: &Place) {
    let wanted = |key: &str| match key {
        "standard" => by == By::Prepay,
        "at_most" | "program" => by == By::Program,
        _ => by != By::Program,
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

fn prepay(table: Section<'_>, sections: &[Section<'_>], rows: Vec<Row>) -> Option<Given> {
    for (index, row) in rows.iter().enumerate() {
        let same = |other: &Row| other.choices == row.choices;
        if let Some(first) = rows[..index].iter().position(same) {
            let name = row.choices.concat();
            let place = |index: usize| sections[index].text("prepay").map(|prepay| prepay.place);
            let (Some(here), Some(there)) = (place(index), place(first)) else { continue };
            let what = format!("the way to pay \"{name}\"");
            duplicate(table, here, there, &what, ANOTHER_NAME);
        }
    }
    let names = rows.iter().flat_map(|row| &row.choices).map(String::as_str);
    let Some(standard) = table.text("standard") else {
        if table.lacks("standard") {
            let message = "a discount by prepay needs the `standard` way to pay";
            let example = names.clone().next().unwrap_or("annual");
            table.fault(
                Diagnostic::new(Code::MissingKey, table.place(), message).hint(format!(
                    "say how a deal pays that says nothing: standard = \"{example}\""
                )),
            );
        }
        return None;
    };
    let index = names.clone().position(|name| name == standard.value);
    let standard = table.report(index.ok_or_else(|| {
        let message = format!("no step is for the way to pay \"{}\"", standard.value);
        Diagnostic::new(Code::UnknownChoice, standard.place, message)
            .hint(crate::reading::suggestion(&standard.value, names))
    }))?;
    Some(Given::Prepay { rows, standard })
}

fn program(
    discount: &str,
    name: &Written<String>,
    table: Section<'_>,
    policy: &Policy,
    paying: &Paying,
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
        payment: paying.choices(table),
        duties: texts("duties"),
        duties_required: table.flag("duties_required"),
        limit: table.whole("limit").map(|limit| limit.value),
        incumbents: texts("incumbents"),
        arr_above: table.money("arr_above").map(|arr| arr.value),
        assumed: table.flag("assumed"),
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
            if !table.misspells("rate") {
                let hint = "say the most that it grants, or the `rate` that it gives to everybody";
                table.needs("max_rate", "a program", hint);
            }
            None
        }
        (Some(most), Some(rate)) => {
            let message = "a program has a `rate` or a `max_rate`, not both";
            table.fault(
                Diagnostic::new(Code::Conflict, rate, message)
                    .related(most, "the most")
                    .hint("take one of them out"),
            );
            None
        }
    }
}
