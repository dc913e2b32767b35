//! Lines of the book that no deal reaches.

mod guardrail;
mod program;

use super::{BookUnderCheck, Finding, FindingKind, FindingSeverity, choices};
use crate::book::{
    ApprovalNeed, Approver, ClauseClass, Discount, DiscountCondition, DiscountStep, Metric, Rule,
    Tier,
};
use crate::number::{Increment, Interval, Years};
use crate::price::curve::LinePrices;

pub(super) const CODE: FindingKind = FindingKind {
    name: "unreached",
    severity: FindingSeverity::Warning,
    title: "A line of the book that no deal reaches",
    lesson: "\
A range of quantities in which nothing is sold, a term that the book does not sell, a program for terms,
quantities or ARR that no deal has, a guardrail that no deal goes beyond, a level or a review that no rule
asks for, or only rules that are not reached: such a line changes no price and no approval, whatever a
customer orders, and its author meant something by it.

The most ARR is that of an order for the most of everything that is sold, each in one line, at list. A
guardrail on the discount is told where nothing goes beyond it that the book sells for whole years, by
any term, prepayment, discount and program, if everybody agrees to everything; one on the term where no
such term is sold; and any, where another one refuses all that goes beyond it. Of ACV and TCV nothing
else is said, for an order can have many lines. Rules that refuse ask nobody.

What to do: correct the line, or take it out.",
    find,
};

fn find<'b>(case: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    let terms = case.book.available_terms();
    let told = |rule: &Rule, message: String| {
        Finding::new(case, &CODE, rule, message).advice("correct the line, or take it out")
    };
    for metric in case.priced() {
        let deals = choices::deals(case, metric);
        for tier in metric.tiers() {
            let range = tier.quantity();
            // Next to the first part of a unit the first whole one, which has fewer digits.
            let first = [
                metric.increment().first(range.from()),
                metric.increment().last(range.from().max(1)),
            ];
            let is_sold =
                |deal| first.iter().any(|it| LinePrices::of(deal).price_at(*it).is_some());
            if range.to() != Some(0) && !deals.iter().any(is_sold) {
                let message = format!("no deal can be so large as {range} {}", metric.unit.1);
                found.push(told(&tier.rule, message).of(
                    metric,
                    (range.from(), range.to()),
                    Increment::UNIT,
                ));
            }
        }
    }
    let mut asked: Vec<&ApprovalNeed> = case.book.metrics().iter().map(|it| &it.approval).collect();
    for discount in case.book.discounts() {
        for row in discount.rows() {
            match unreached(case, &terms, discount, row) {
                Some(message) => found.push(told(&row.rule, message)),
                // What gives nothing is no step of any price.
                None if row.adjustment.is_nothing() => {}
                None => asked.push(&row.approval),
            }
        }
        for program in discount.programs() {
            let why = program::unreached(case, &terms, discount, program);
            if why.is_empty() && !program.max_rate.is_zero() {
                asked.push(&program.approval);
            }
            found.extend(why.into_iter().map(|message| told(&program.rule, message)));
        }
    }
    for (place, guardrail) in case.book.guardrails.iter().enumerate() {
        match guardrail::unreached(case, place, guardrail) {
            Some(message) => found.push(told(&guardrail.rule, message)),
            None if guardrail.refuse => {}
            None => asked.push(&guardrail.approval),
        }
    }
    let clauses = case.book.clauses().iter().filter(|it| it.class != ClauseClass::Never);
    asked.extend(clauses.map(|it| &it.approval));
    asked.extend(case.book.channels().iter().map(|it| &it.approval));
    let ladder = case.book.ladder();
    for (level, named) in ladder.levels() {
        if !asked.iter().any(|ask| ask.level == level) {
            found.push(told(&named.rule, unasked(case, "level", named)));
        }
    }
    for named in &case.book.reviews {
        if !asked.iter().any(|ask| ask.review.as_ref() == Some(&named.name)) {
            found.push(told(&named.rule, unasked(case, "review", named)));
        }
    }
}

/// Why nothing gets a row, if nothing does.
fn unreached(
    case: &BookUnderCheck<'_>,
    terms: &[Years],
    discount: &Discount,
    row: &DiscountStep,
) -> Option<String> {
    let title = &discount.title;
    let Some(range) = row.range() else {
        let least = row.min_years.filter(|&least| !has(terms, |it| it >= least))?;
        return Some(format!("{title} is for {least} years or more, and no such term is sold"));
    };
    let what = match discount.condition {
        DiscountCondition::Term(_) if has(terms, |it| range.contains(it.into())) => return None,
        DiscountCondition::Term(_) => format!("{}: no such term is sold", range.of("year")),
        _ if is_sold(case, discount, range) => return None,
        _ => format!("{range} units: nothing that it applies to is sold so"),
    };
    Some(format!("{title} for {what}"))
}

/// That nobody is asked for a level or a review.
fn unasked(case: &BookUnderCheck<'_>, what: &str, named: &Approver) -> String {
    let book = case.book;
    let is_it = |ask: &ApprovalNeed| match what {
        "review" => ask.review.as_ref() == Some(&named.name),
        _ => book.ladder().name(ask.level) == named.name,
    };
    let rows = book.discounts().iter().flat_map(Discount::rows).map(|it| &it.approval);
    let programs = book.discounts().iter().flat_map(Discount::programs).map(|it| &it.approval);
    let guardrails = book.guardrails.iter().map(|it| &it.approval);
    if rows.chain(programs).chain(guardrails).any(is_it) {
        return format!(
            "no deal asks for the {what} \"{}\": the rules that do are not reached",
            named.name
        );
    }
    format!("no rule asks for the {what} \"{}\"", named.name)
}

fn has(terms: &[Years], fits: impl Fn(u32) -> bool) -> bool {
    terms.iter().any(|term| fits(term.count()))
}

/// Whether something that a discount applies to is sold in a quantity of a range.
fn is_sold(case: &BookUnderCheck<'_>, discount: &Discount, range: Interval) -> bool {
    let metrics = case.book.metrics().iter();
    let mine = metrics.filter(|metric| discount.applies_to(metric.name()));
    let meets = |tier: &Tier| {
        let sold = tier.quantity();
        sold.from() <= range.to().unwrap_or(u64::MAX)
            && range.from() <= sold.to().unwrap_or(u64::MAX)
    };
    mine.flat_map(Metric::tiers).any(meets)
}
