//! The steps of a discount.

use super::by::By;
use crate::book::load::paying::Paying;
use crate::book::load::policy::Policy;
use crate::book::load::rule;
use crate::book::{Cut, Row};
use crate::diagnostic::{Code, Diagnostic};
use crate::reading::Section;
use crate::value::Rate;

/// One step of a discount `by` something.
pub(super) fn row(
    discount: &str,
    step: Section<'_>,
    by: By,
    policy: &Policy,
    paying: &Paying,
) -> Option<Row> {
    selector(step, by);
    let range = by.range_key().map(|key| step.range(key));
    let choices = match by {
        By::Prepay => step.text("prepay").map(|way| vec![way.value]),
        By::Payment => Some(paying.choices(step, "payment")).filter(|choices| !choices.is_empty()),
        _ => Some(Vec::new()),
    };
    let cut = cut(step, by);
    let ask = policy.ask(step);
    let otherwise = otherwise(step, cut);
    let range = match range {
        Some(range) => Some(range?.value),
        None => None,
    };
    let choices = choices?;
    let condition = range.map(|range| range.to_string()).or_else(|| choices.first().cloned());
    let id = condition.map_or_else(|| discount.to_owned(), |it| format!("{discount}.{it}"));
    Some(Row {
        range,
        choices,
        billing: paying.way(step),
        cut: cut?,
        ask,
        otherwise,
        min_years: step.whole("min_years").map(|years| years.value),
        assumed: step.flag("assumed"),
        rule: rule(id, &step.place()),
    })
}

/// The key that says when a step is given: the one that its discount goes by, and no other.
fn selector(step: Section<'_>, by: By) {
    let kind = by.name();
    for key in ["quantity", "years", "prepay", "payment"] {
        if by.selector() == Some(key) {
            if step.lacks(key) {
                let message = format!("a step of a discount by {kind} needs `{key}`");
                step.fault(
                    Diagnostic::new(Code::MissingKey, step.place(), message)
                        .hint(format!("say when it is given, such as {}", by.example())),
                );
            }
        } else if let Some(place) = step.key_place(key) {
            let message = match by {
                By::Always => format!("a discount that is always given has no `{key}`"),
                _ => format!("a step of a discount by {kind} has no `{key}`"),
            };
            step.fault(
                Diagnostic::new(Code::Conflict, place, message)
                    .hint("take it out, or change what the discount goes `by`"),
            );
        }
    }
}

/// What a step changes: one key of these.
fn cut(step: Section<'_>, by: By) -> Option<Cut> {
    step.only_if(by == By::Payment, "uplift", "by = \"payment\"");
    let keys = ["rate", "amount", "uplift"];
    let mut written = keys.iter().filter_map(|key| Some((*key, step.key_place(key)?)));
    let Some((key, first)) = written.next() else {
        if keys.iter().all(|key| step.lacks(key)) {
            let message = "a discount step needs `rate` or `amount`";
            step.fault(
                Diagnostic::new(Code::MissingKey, step.place(), message)
                    .hint("say how much is given, such as rate = \"5%\""),
            );
        }
        return None;
    };
    if let Some((_, second)) = written.next() {
        let message = "a discount step has a rate or an amount, not both";
        step.not_both(message, first, &format!("the {key}"), second);
        return None;
    }
    match key {
        "rate" => step.rate(key).map(|rate| Cut::Rate(rate.value)),
        "amount" => step.money(key).map(|amount| Cut::Amount(amount.value)),
        _ => step.rate(key).map(|rate| Cut::Uplift(rate.value)),
    }
}

/// `otherwise` is what is left of a rate without its approval: it needs both.
fn otherwise(step: Section<'_>, cut: Option<Cut>) -> Rate {
    let Some(otherwise) = step.rate("otherwise") else { return Rate::ZERO };
    let fault = |message: &str, hint: String| {
        let fault = Diagnostic::new(Code::Conflict, otherwise.place.clone(), message).hint(hint);
        step.fault(match step.key_place("rate") {
            Some(rate) => fault.related(rate, "the rate"),
            None => fault,
        });
    };
    if step.lacks("approval") && step.lacks("review") {
        fault(
            "`otherwise` is the rate that needs no approval, and here none is needed",
            "add `approval`, or take `otherwise` out".to_owned(),
        );
    }
    match cut {
        Some(Cut::Rate(rate)) if otherwise.value >= rate => fault(
            "`otherwise` has to be less than the rate that needs approval",
            format!("write less than {rate}"),
        ),
        Some(Cut::Amount(_) | Cut::Uplift(_)) => fault(
            "`otherwise` is for rates that are taken off",
            "take `otherwise` out, or give a rate".to_owned(),
        ),
        _ => {}
    }
    otherwise.value
}
