//! The steps of a discount.

use super::by::ConditionKind;
use crate::book::load::paying::PaymentSettings;
use crate::book::load::policy::PolicyNames;
use crate::book::load::rule;
use crate::book::{Adjustment, DiscountStep};
use crate::number::Rate;
use crate::table::Section;
use crate::text::diagnostic::{Code, Diagnostic};

/// One step of a discount `by` something.
pub(super) fn row(
    discount: &str,
    step: Section<'_>,
    by: ConditionKind,
    policy: &PolicyNames,
    paying: &PaymentSettings,
) -> Option<DiscountStep> {
    selector(step, by);
    let range = by.range_key().map(|key| step.range(key));
    let choices = match by {
        ConditionKind::Prepay => step.text("prepay").map(|way| vec![way.value]),
        ConditionKind::Payment => {
            Some(paying.choices(step, "payment")).filter(|choices| !choices.is_empty())
        }
        _ => Some(Vec::new()),
    };
    let cut = adjustment(step, by);
    let ask = policy.approval_need(step);
    let otherwise = rate_without_approval(step, cut);
    let range = match range {
        Some(range) => Some(range?.value),
        None => None,
    };
    let choices = choices?;
    let condition = range.map(|range| range.to_string()).or_else(|| choices.first().cloned());
    let id = condition.map_or_else(|| discount.to_owned(), |it| format!("{discount}.{it}"));
    Some(DiscountStep {
        range,
        choices,
        billing: paying.billing_schedule(step),
        adjustment: cut?,
        approval: ask,
        rate_without_approval: otherwise,
        min_years: step.whole("min_years").map(|years| years.value),
        assumed: step.flag("assumed"),
        rule: rule(id, &step.place()),
    })
}

/// The key that says when a step is given: the one that its discount goes by, and no other.
fn selector(step: Section<'_>, by: ConditionKind) {
    let kind = by.name();
    for key in ["quantity", "years", "prepay", "payment"] {
        if by.selector() == Some(key) {
            if step.is_missing(key) {
                let message = format!("a step of a discount by {kind} needs `{key}`");
                step.fault(
                    Diagnostic::new(Code::MissingKey, step.place(), message)
                        .hint(format!("say when it is given, such as {}", by.example())),
                );
            }
        } else if let Some(place) = step.key_place(key) {
            let message = match by {
                ConditionKind::Always => format!("a discount that is always given has no `{key}`"),
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
fn adjustment(step: Section<'_>, by: ConditionKind) -> Option<Adjustment> {
    step.report_unless(by == ConditionKind::Payment, "uplift", "by = \"payment\"");
    let keys = ["rate", "amount", "uplift"];
    let mut written = keys.iter().filter_map(|key| Some((*key, step.key_place(key)?)));
    let Some((key, first)) = written.next() else {
        if keys.iter().all(|key| step.is_missing(key)) {
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
        step.report_conflict(message, first, &format!("the {key}"), second);
        return None;
    }
    match key {
        "rate" => step.rate(key).map(|rate| Adjustment::Rate(rate.value)),
        "amount" => step.money(key).map(|amount| Adjustment::Amount(amount.value)),
        _ => step.rate(key).map(|rate| Adjustment::Uplift(rate.value)),
    }
}

/// `otherwise` is what is left of a rate without its approval: it needs both.
fn rate_without_approval(step: Section<'_>, cut: Option<Adjustment>) -> Rate {
    let Some(otherwise) = step.rate("otherwise") else { return Rate::ZERO };
    let fault = |message: &str, hint: String| {
        let fault = Diagnostic::new(Code::Conflict, otherwise.place.clone(), message).hint(hint);
        step.fault(match step.key_place("rate") {
            Some(rate) => fault.related(rate, "the rate"),
            None => fault,
        });
    };
    if step.is_missing("approval") && step.is_missing("review") {
        fault(
            "`otherwise` is the rate that needs no approval, and here none is needed",
            "add `approval`, or take `otherwise` out".to_owned(),
        );
    }
    match cut {
        Some(Adjustment::Rate(rate)) if otherwise.value >= rate => fault(
            "`otherwise` has to be less than the rate that needs approval",
            format!("write less than {rate}"),
        ),
        Some(Adjustment::Amount(_) | Adjustment::Uplift(_)) => fault(
            "`otherwise` is for rates that are taken off",
            "take `otherwise` out, or give a rate".to_owned(),
        ),
        _ => {}
    }
    otherwise.value
}
