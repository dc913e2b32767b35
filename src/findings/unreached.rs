//! Lines of the book that no deal reaches.

use super::{Case, Code, Finding, Severity, choices};
use crate::book::{Discount, Given, Level, Metric, Rule, Tier};
use crate::curve::Prices;
use crate::value::{Interval, Years};

pub(super) const CODE: Code = Code {
    name: "unreached",
    severity: Severity::Warning,
    title: "A line of the book that no deal reaches",
    lesson: "\
A range of quantities in which nothing is sold, a term that the book does not sell, a program for terms or
quantities that no deal has, a level that no rule asks for: such a line changes no price and no approval,
whatever a customer orders, and its author meant something by it.

What to do: correct the range, or take the line out.",
    find,
};

fn find<'b>(case: &Case<'b>, found: &mut Vec<Finding<'b>>) {
    let terms = choices::terms(case);
    let told = |rule: &Rule, message: String| {
        Finding::new(case, &CODE, rule, message).advice("correct the range, or take the line out")
    };
    for metric in case.priced() {
        let deals = choices::deals(case, metric);
        for tier in metric.tiers() {
            let range = tier.quantity();
            let is_sold = |deal| Prices(deal).at(range.from().max(1)).is_some();
            if range.to() != Some(0) && !deals.iter().any(is_sold) {
                let message = format!("no deal can be so large as {range} {}", metric.unit.1);
                found.push(told(&tier.rule, message).of(metric, range.from(), range.to()));
            }
        }
    }
    for discount in case.book.discounts() {
        for row in discount.rows() {
            let Some(range) = row.range() else {
                if let Some(least) = row.min_years.filter(|&least| !has(&terms, |it| it >= least)) {
                    let message = format!(
                        "{} is for {least} years or more, and no such term is sold",
                        discount.title
                    );
                    found.push(told(&row.rule, message));
                }
                continue;
            };
            let is_reached = match discount.given {
                Given::Term(_) => has(&terms, |it| range.contains(it.into())),
                _ => is_sold(case, discount, range),
            };
            if !is_reached {
                let what = match discount.given {
                    Given::Term(_) => format!("{}: no such term is sold", range.of("year")),
                    _ => format!("{range} units: nothing that it applies to is sold so"),
                };
                let message = format!("{} for {what}", discount.title);
                found.push(told(&row.rule, message));
            }
        }
        for program in discount.programs() {
            let title = &program.title;
            if let Some(years) = program.years
                && !has(&terms, |it| years.contains(it.into()))
            {
                let message = format!("{title} is for {}, and that is not sold", years.of("year"));
                found.push(told(&program.rule, message));
            }
            if let Some(range) = program.quantity.filter(|range| !is_sold(case, discount, *range)) {
                let message = format!(
                    "{title} is for {range} units, and nothing that it applies to is sold in such a \
                     quantity"
                );
                found.push(told(&program.rule, message));
            }
        }
    }
    levels(case, &mut |rule, message| found.push(told(rule, message)));
}

fn has(terms: &[Years], fits: impl Fn(u32) -> bool) -> bool {
    terms.iter().any(|term| fits(term.count()))
}

/// Whether something that a discount applies to is sold in a quantity of a range.
fn is_sold(case: &Case<'_>, discount: &Discount, range: Interval) -> bool {
    let metrics = case.book.metrics().iter();
    let mine = metrics.filter(|metric| discount.applies_to(metric.name()));
    let meets = |tier: &Tier| {
        let sold = tier.quantity();
        sold.from() <= range.to().unwrap_or(u64::MAX)
            && range.from() <= sold.to().unwrap_or(u64::MAX)
    };
    mine.flat_map(Metric::tiers).any(meets)
}

/// Levels that no rule asks for.
fn levels(case: &Case<'_>, tell: &mut dyn FnMut(&Rule, String)) {
    let book = case.book;
    let metrics = book.metrics().iter().map(|it| it.ask.level);
    let discounts = book.discounts().iter();
    let rows = discounts.clone().flat_map(Discount::rows).map(|it| it.ask.level);
    let programs = discounts.flat_map(Discount::programs).map(|it| it.ask.level);
    let others = book.clauses().iter().map(|it| it.ask.level);
    let others = others.chain(book.guardrails.iter().map(|it| it.ask.level));
    let others = others.chain(book.channels().iter().map(|it| it.ask.level));
    let asked: Vec<Level> = metrics.chain(rows).chain(programs).chain(others).collect();
    for (_, named) in book.ladder().levels().filter(|(level, _)| !asked.contains(level)) {
        tell(&named.rule, format!("no rule asks for the level \"{}\"", named.name));
    }
}
