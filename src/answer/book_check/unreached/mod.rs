//! `unreached`: lines of the book that no deal reaches.

mod guardrail;
mod program;
mod sold;

use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use super::order_choices;
use crate::book::{
    ApprovalNeed, Approver, ClauseClass, Discount, DiscountCondition, DiscountStep, Rule,
};
use crate::number::{Increment, Years};
use crate::price::curve::LinePrices;
use sold::{has_term, is_any_sold};

pub(super) const KIND: FindingKind = FindingKind {
    name: "unreached",
    severity: FindingSeverity::Warning,
    title: "A line of the book that no deal can reach",
    lesson: "\
A range of quantities in which nothing is sold; a term that the book does not sell; a program for terms,
quantities or ARR that no deal has; a guardrail that no deal exceeds; a level or a review that no rule
requires, or that only unreached rules require. Such a line changes no price and no approval, whatever a
customer orders, but its author meant something by it.

The largest ARR is that of an order for the largest quantity of everything that is sold, each in one line, at
list price. A guardrail on the discount is unreached if no deal that the book sells for whole years exceeds
it, with any term, prepayment, discount and program, even if everybody approves everything. A guardrail on
the term is unreached if no such term is sold. Every guardrail is unreached if another one refuses all deals
that exceed it. Guardrails on ACV and TCV are not looked at otherwise, because an order can have many lines.
A rule that refuses requires no level.

What to do: correct the line, or remove it.",
    find,
};

fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let terms = check.book.available_terms();
    let finding = |rule: &Rule, message: String| {
        Finding::new(check, &KIND, rule, message, "correct the line, or remove it")
    };
    for metric in check.priced() {
        let deals = order_choices::deals(check, metric);
        for tier in metric.tiers() {
            let range = tier.quantity();
            // A first part of a unit can have too many digits to be exact, so the first whole unit counts too.
            let first = [
                metric.increment().first(range.from()),
                metric.increment().last(range.from().max(1)),
            ];
            let is_sold =
                |deal| first.iter().any(|it| LinePrices::of(deal).price_at(*it).is_some());
            if range.to() != Some(0) && !deals.iter().any(is_sold) {
                let message = format!("no deal can be as large as {range} {}", metric.unit.1);
                found.push(finding(&tier.rule, message).of(
                    metric,
                    (range.from(), range.to()),
                    Increment::UNIT,
                ));
            }
        }
    }
    let mut reached: Vec<&ApprovalNeed> =
        check.book.metrics().iter().map(|it| &it.approval).collect();
    for discount in check.book.discounts() {
        for row in discount.rows() {
            match step_unreached(check, &terms, discount, row) {
                Some(message) => found.push(finding(&row.rule, message)),
                // A step of 0% asks for no approval.
                None if row.adjustment.is_nothing() => {}
                None => reached.push(&row.approval),
            }
        }
        for program in discount.programs() {
            let reasons = program::unreached(check, &terms, discount, program);
            if reasons.is_empty() && !program.max_rate.is_zero() {
                reached.push(&program.approval);
            }
            found.extend(reasons.into_iter().map(|message| finding(&program.rule, message)));
        }
    }
    for (place, guardrail) in check.book.guardrails.iter().enumerate() {
        match guardrail::unreached(check, place, guardrail) {
            Some(message) => found.push(finding(&guardrail.rule, message)),
            None if guardrail.refuse => {}
            None => reached.push(&guardrail.approval),
        }
    }
    let clauses = check.book.clauses().iter().filter(|it| it.class != ClauseClass::Never);
    reached.extend(clauses.map(|it| &it.approval));
    reached.extend(check.book.channels().iter().map(|it| &it.approval));
    let ladder = check.book.ladder();
    for (level, named) in ladder.levels() {
        if !reached.iter().any(|ask| ask.level == level) {
            found.push(finding(&named.rule, unasked(check, "level", named)));
        }
    }
    for named in &check.book.reviews {
        if !reached.iter().any(|ask| ask.review.as_ref() == Some(&named.name)) {
            found.push(finding(&named.rule, unasked(check, "review", named)));
        }
    }
}

/// Returns the reason why no deal gets a step of a discount, if none does.
fn step_unreached(
    check: &BookUnderCheck<'_>,
    terms: &[Years],
    discount: &Discount,
    row: &DiscountStep,
) -> Option<String> {
    let title = &discount.title;
    let Some(range) = row.range() else {
        let least = row.min_years.filter(|&least| !has_term(terms, |it| it >= least))?;
        return Some(format!("{title} is for {least} years or more, and no such term is sold"));
    };
    let unsold = match discount.condition {
        DiscountCondition::Term(_) if has_term(terms, |it| range.contains(it.into())) => {
            return None;
        }
        DiscountCondition::Term(_) => format!("{}: no such term is sold", range.of("year")),
        _ if is_any_sold(check, discount, range) => return None,
        _ => format!("{range} units: nothing that it applies to is sold in such a quantity"),
    };
    Some(format!("{title} for {unsold}"))
}

/// The message for a level or a review that no reached rule asks for.
fn unasked(check: &BookUnderCheck<'_>, what: &str, named: &Approver) -> String {
    let book = check.book;
    let is_it = |ask: &ApprovalNeed| match what {
        "review" => ask.review.as_ref() == Some(&named.name),
        _ => book.ladder().name(ask.level) == named.name,
    };
    let rows = book.discounts().iter().flat_map(Discount::rows).map(|it| &it.approval);
    let programs = book.discounts().iter().flat_map(Discount::programs).map(|it| &it.approval);
    let guardrails = book.guardrails.iter().map(|it| &it.approval);
    if rows.chain(programs).chain(guardrails).any(is_it) {
        return format!(
            "no deal needs the {what} \"{}\": no deal reaches the rules that do",
            named.name
        );
    }
    format!("no rule needs the {what} \"{}\"", named.name)
}
