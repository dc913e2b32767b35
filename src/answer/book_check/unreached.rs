//! `unreached`: lines of the book that no deal reaches.

use super::approval_places::{ApprovalPlace, approval_places};
use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity, is_priced};
use super::max_discount::can_exceed;
use super::order_choices;
use super::requiring_deal::never_required;
use crate::approve::spans;
use crate::book::{
    ApprovalNeed, Approver, DealMeasure, Discount, DiscountCondition, DiscountStep, Guardrail,
    Metric, Program, Rule, Tier,
};
use crate::deal::DiscountOverride;
use crate::number::{Increment, Interval, Money, Quantity, Years};
use crate::price::curve::LinePrices;
use crate::price::price;

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
it, with any term, prepayment, discount and program, even if everybody approves everything; in a book with
partners, whose rates leave us less, nothing is said of it. A guardrail on
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
            let increment = metric.increment();
            let first = [increment.first(range.from()), increment.last(range.from().max(1))];
            let is_sold =
                |deal| first.iter().any(|it| LinePrices::of(deal).price_at(*it).is_some());
            if range.to() != Some(0) && !deals.iter().any(is_sold) {
                let message = format!("no deal can be as large as {range} {}", metric.units);
                let range = (range.from(), range.to());
                found.push(finding(&tier.rule, message).of(metric, range, Increment::UNIT));
            }
        }
    }
    for discount in &check.book.discounts {
        for row in discount.rows() {
            let message = step_unreached(check, &terms, discount, row);
            found.extend(message.map(|message| finding(&row.rule, message)));
        }
        for program in discount.programs() {
            let reasons = program_reasons(check, &terms, discount, program);
            found.extend(reasons.into_iter().map(|message| finding(&program.rule, message)));
        }
    }
    for (place, guardrail) in check.book.guardrails.iter().enumerate() {
        let message = guardrail_unreached(check, place, guardrail);
        found.extend(message.map(|message| finding(&guardrail.rule, message)));
    }
    for (level, named) in check.book.ladder().levels() {
        let message = unasked(check, found, "level", named, |need| need.level == level);
        found.extend(message.map(|message| finding(&named.rule, message)));
    }
    for named in &check.book.reviews {
        let is_it = |need: &ApprovalNeed| need.review.as_ref() == Some(&named.name);
        let message = unasked(check, found, "review", named, is_it);
        found.extend(message.map(|message| finding(&named.rule, message)));
    }
}

/// Whether a line of a book is reported.
pub(super) fn is_reported(found: &[Finding<'_>], rule: &Rule) -> bool {
    found.iter().any(|it| it.code == &KIND && it.rule == *rule)
}

/// Returns the reason why no deal gets a step of a discount, if none does.
fn step_unreached(
    check: &BookUnderCheck<'_>,
    terms: &[Years],
    discount: &Discount,
    row: &DiscountStep,
) -> Option<String> {
    let title = &discount.title;
    let Some(range) = row.range else {
        let least = row.min_years.filter(|&least| !has_term(terms, |it| it >= least))?;
        return Some(format!("{title} is for {least} years or more, and no such term is sold"));
    };
    let unsold = match discount.condition {
        DiscountCondition::Term(_) if has_term(terms, |it| range.contains(it.into())) => {
            return None;
        }
        DiscountCondition::Term(_) => format!("{}: no such term is sold", range.of("year")),
        DiscountCondition::ContractYear(_) if has_term(terms, |it| range.from() <= it.into()) => {
            return None;
        }
        DiscountCondition::ContractYear(_) => {
            format!("{} of a contract: no term is that long", range.numbered("year"))
        }
        _ if is_any_sold(check, discount, range) => return None,
        _ => format!("{range} units: nothing that it applies to is sold in such a quantity"),
    };
    Some(format!("{title} for {unsold}"))
}

/// Returns the message for a level or a review that no deal needs.
fn unasked(
    check: &BookUnderCheck<'_>,
    found: &[Finding<'_>],
    what: &str,
    named: &Approver,
    is_it: impl Fn(&ApprovalNeed) -> bool,
) -> Option<String> {
    let name = &named.name;
    let mut places = approval_places(check.book).filter(|it| is_it(it.need())).peekable();
    if places.peek().is_none() {
        return Some(format!("no rule needs the {what} \"{name}\""));
    }
    let is_needed = |place: ApprovalPlace<'_>| {
        !is_reported(found, place.rule()) && never_required(check, place).is_none()
    };
    (!places.any(is_needed))
        .then(|| format!("no deal needs the {what} \"{name}\": no deal reaches the rules that do"))
}

/// Returns each reason why no deal can have a program.
fn program_reasons(
    check: &BookUnderCheck<'_>,
    terms: &[Years],
    discount: &Discount,
    program: &Program,
) -> Vec<String> {
    let title = &program.title;
    let mut reasons = Vec::new();
    if let Some(years) = program.years
        && !has_term(terms, |it| years.contains(it.into()))
    {
        reasons.push(format!("{title} is for {}, and no such term is sold", years.of("year")));
    }
    if let Some(range) = program.quantity.filter(|range| !is_any_sold(check, discount, *range)) {
        let unsold = "nothing that it applies to is sold in such a quantity";
        reasons.push(format!("{title} is for {range} units, and {unsold}"));
    }
    if let Some(floor) = program.arr_above
        && reasons.is_empty()
        && let Some(most) = largest_arr(check, discount, program).filter(|most| *most <= floor)
    {
        let (floor, most) = (check.show(floor), check.show(most));
        reasons.push(format!(
            "{title} needs ARR above {floor}, and the largest possible order has {most}"
        ));
    }
    reasons
}

/// The ARR of an order for the largest quantity of everything that is sold, each in one line, without any
/// discount. Returns `None` if there is no such maximum.
fn largest_arr(
    check: &BookUnderCheck<'_>,
    discount: &Discount,
    program: &Program,
) -> Option<Money> {
    // An uplift for the payment raises the ARR if it comes before the programs.
    let mut before = check.book.discounts.iter().take_while(|it| it.is_automatic());
    let has_uplift = |it: &Discount| it.rows().iter().any(|row| row.adjustment.is_uplift());
    if before.any(has_uplift) {
        return None;
    }
    let metrics = check.book.metrics().iter();
    let arrs = metrics.map(|metric| {
        let range = program.quantity.filter(|_| discount.applies_to(metric.name()));
        let (from, to) = range.map_or((0, None), |range| (range.from(), range.to()));
        largest_arr_of(check, metric, from, to)
    });
    arrs.sum::<Option<Money>>()
}

/// The largest ARR of one metric in a range of quantities.
fn largest_arr_of(
    check: &BookUnderCheck<'_>,
    metric: &Metric,
    from: u64,
    to: Option<u64>,
) -> Option<Money> {
    if !is_priced(metric) {
        return None;
    }
    let mut deal = order_choices::deals(check, metric).into_iter().next()?;
    for discount in check.book.discounts.iter().filter(|it| it.can_be_withheld()) {
        deal = deal.with_take(discount, DiscountOverride::Withheld);
    }
    let mut most = Money::ZERO;
    for span in spans(check.book, metric, Increment::UNIT) {
        let last = span.to.into_iter().chain(to).min();
        let first = span.from.max(from);
        if last.is_some_and(|last| last < first) {
            continue;
        }
        // The ARR of an open range has a maximum only if it does not grow.
        let arr_of = |quantity: u64| {
            let deal = deal.with_quantity(0, 0, Quantity::whole(quantity)?)?;
            Some(price(&deal).totals.arr_before_programs)
        };
        let far = || arr_of(first.saturating_mul(1_000));
        let arr = last.map_or_else(|| arr_of(first).filter(|arr| far() == Some(*arr)), arr_of);
        most = most.max(arr?);
    }
    Some(most)
}

/// Returns the reason why no deal that a level can grant exceeds a guardrail, if none does.
fn guardrail_unreached(
    check: &BookUnderCheck<'_>,
    place: usize,
    guardrail: &Guardrail,
) -> Option<String> {
    let others = check.book.guardrails.iter().enumerate();
    let mut others = others.filter(|(other, _)| *other != place);
    let refusing = others.find(|(other, it)| it.refuse && covers(it, guardrail, *other < place));
    let limit = match guardrail.measure {
        DealMeasure::Discount(most) => format!("more than {most} off list"),
        DealMeasure::Acv(most) => format!("ACV of more than {}", check.show(most)),
        DealMeasure::Tcv(most) => format!("TCV of more than {}", check.show(most)),
        DealMeasure::Margin(least) => format!("a margin of less than {least}"),
        DealMeasure::Term(most) => format!("terms of more than {most} years"),
    };
    let longest_term = check.book.terms.as_ref().and_then(|(range, _)| range.to());
    let longest_term = longest_term.unwrap_or(Years::MAX).min(Years::MAX);
    let reason = match (refusing, guardrail.measure) {
        (Some((_, other)), _) => format!("{} refuses such deals", other.rule.id),
        (None, DealMeasure::Discount(most)) if !can_exceed(check, most) => {
            "no deal can have that discount".to_owned()
        }
        (None, DealMeasure::Term(most)) if longest_term <= most.into() => {
            "no such term is sold".to_owned()
        }
        _ => return None,
    };
    Some(format!("{} is for {limit}, and {reason}", guardrail.rule.id))
}

/// Whether a guardrail that refuses leaves no deal for another one.
fn covers(one: &Guardrail, other: &Guardrail, is_first: bool) -> bool {
    if !one.when.is_empty() {
        return false;
    }
    let order = match (one.measure, other.measure) {
        (DealMeasure::Discount(one), DealMeasure::Discount(other)) => one.cmp(&other),
        (DealMeasure::Acv(one), DealMeasure::Acv(other))
        | (DealMeasure::Tcv(one), DealMeasure::Tcv(other)) => one.cmp(&other),
        (DealMeasure::Term(one), DealMeasure::Term(other)) => one.cmp(&other),
        _ => return false,
    };
    order.is_lt() || order.is_eq() && (!other.refuse || is_first)
}

fn has_term(terms: &[Years], fits: impl Fn(u32) -> bool) -> bool {
    terms.iter().any(|term| fits(term.count()))
}

/// Whether a metric of a discount is sold in a quantity of a range.
fn is_any_sold(check: &BookUnderCheck<'_>, discount: &Discount, range: Interval) -> bool {
    let end = |range: Interval| range.to().unwrap_or(u64::MAX);
    let overlaps =
        |tier: &Tier| tier.quantity.from() <= end(range) && range.from() <= end(tier.quantity);
    let metrics = check.book.metrics().iter();
    let mut metrics = metrics.filter(|metric| discount.applies_to(metric.name()));
    metrics.any(|metric| metric.tiers().iter().any(overlaps))
}
