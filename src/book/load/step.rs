//! The steps of a discount.

use super::super::{Cut, Row};
use super::discount::By;
use super::policy::Policy;
use super::rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::reading::Section;
use crate::value::Rate;

/// One step of a discount `by` something.
pub(super) fn row(discount: &str, step: Section<'_>, by: By, policy: &Policy) -> Option<Row> {
    selector(step, by);
    let range = by.range_key().map(|key| step.range(key));
    let choice = (by == By::Prepay).then(|| step.text("prepay"));
    let cut = cut(step);
    let ask = policy.ask(step);
    let otherwise = otherwise(step, cut);
    let range = match range {
        Some(range) => Some(range?.value),
        None => None,
    };
    let choice = match choice {
        Some(choice) => Some(choice?.value),
        None => None,
    };
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

/// The key that says when a step is given: the one that its discount goes by, and no other.
fn selector(step: Section<'_>, by: By) {
    let kind = by.name();
    for key in ["quantity", "years", "prepay"] {
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

fn cut(step: Section<'_>) -> Option<Cut> {
    match (step.key_place("rate"), step.key_place("amount")) {
        (Some(_), None) => step.rate("rate").map(|rate| Cut::Rate(rate.value)),
        (None, Some(_)) => step.money("amount").map(|amount| Cut::Amount(amount.value)),
        (None, None) => {
            if step.lacks("rate") && step.lacks("amount") {
                let message = "a discount step needs `rate` or `amount`";
                step.fault(
                    Diagnostic::new(Code::MissingKey, step.place(), message)
                        .hint("say how much is given, such as rate = \"5%\""),
                );
            }
            None
        }
        (Some(rate), Some(amount)) => {
            let message = "a discount step has a rate or an amount, not both";
            step.fault(
                Diagnostic::new(Code::Conflict, amount, message)
                    .related(rate, "the rate")
                    .hint("take one of them out"),
            );
            None
        }
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
        Some(Cut::Amount(_)) => fault(
            "`otherwise` is for rates, and this step takes off an amount",
            "take `otherwise` out, or give a rate".to_owned(),
        ),
        _ => {}
    }
    otherwise.value
}
