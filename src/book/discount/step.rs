//! Reads the steps of a discount.

use super::keys::{ConditionKind, STEP};
use super::{Adjustment, DiscountStep};
use crate::book::ladder::ApproverNames;
use crate::book::payment_terms::PaymentSettings;
use crate::book::rule::rule;
use crate::number::Rate;
use crate::table::Section;
use crate::text::diagnostic::{Code, Diagnostic};

pub(super) fn step(
    discount: &str,
    step: Section<'_>,
    by: ConditionKind,
    approvers: &ApproverNames,
    settings: &PaymentSettings,
) -> Option<DiscountStep> {
    check_selector(step, by);
    let range = by.range_key().map(|key| step.get(key));
    let choices = match by {
        ConditionKind::Prepay => step.get(STEP.prepay).map(|way| vec![way.value]),
        ConditionKind::Payment => {
            Some(settings.choices(step, STEP.payment)).filter(|choices| !choices.is_empty())
        }
        _ => Some(Vec::new()),
    };
    let adjustment = adjustment(step, by);
    let approval = approvers.approval_need(step, STEP.approval, STEP.review);
    let rate_without_approval = rate_without_approval(step, adjustment);
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
        billing: settings.billing_schedule(step, STEP.billing),
        adjustment: adjustment?,
        approval,
        rate_without_approval,
        min_years: step.get(STEP.min_years).map(|years| years.value),
        assumed: step.get(STEP.assumed),
        rule: rule(id, &step.place()),
    })
}

/// Reports a step without the key that its kind of discount needs, or with the key of another kind.
fn check_selector(step: Section<'_>, by: ConditionKind) {
    let kind = by.name();
    let selectors = [STEP.quantity.name, STEP.years.name, STEP.prepay.name, STEP.payment.name];
    for key in selectors {
        if by.selector() == Some(key) {
            if step.is_missing(key) {
                let message = format!("a step of a discount by {kind} needs `{key}`");
                step.fault(
                    Diagnostic::new(Code::MissingKey, step.place(), message)
                        .hint(format!("add its condition, such as {}", by.example())),
                );
            }
        } else if let Some(place) = step.key_place(key) {
            let message = match by {
                ConditionKind::Always => format!("a discount with by = \"always\" has no `{key}`"),
                _ => format!("a step of a discount by {kind} has no `{key}`"),
            };
            step.fault(
                Diagnostic::new(Code::Conflict, place, message)
                    .hint("remove it, or change the discount's `by`"),
            );
        }
    }
}

/// Reads the change of the price: exactly one of three keys.
fn adjustment(step: Section<'_>, by: ConditionKind) -> Option<Adjustment> {
    step.report_unless(by == ConditionKind::Payment, STEP.uplift, "by = \"payment\"");
    let keys = [STEP.rate.name, STEP.amount.name, STEP.uplift.name];
    let mut written = keys.iter().filter_map(|key| Some((*key, step.key_place(key)?)));
    let Some((key, first)) = written.next() else {
        if keys.iter().all(|key| step.is_missing(key)) {
            let message = "a discount step needs `rate` or `amount`";
            step.fault(
                Diagnostic::new(Code::MissingKey, step.place(), message)
                    .hint("add the rate, such as rate = \"5%\""),
            );
        }
        return None;
    };
    if let Some((_, second)) = written.next() {
        let message = "a discount step has a rate or an amount, not both";
        step.report_conflict(message, first, &format!("the {key}"), second);
        return None;
    }
    let rate = step.get(STEP.rate).map(|rate| Adjustment::Rate(rate.value));
    let amount = || step.get(STEP.amount).map(|amount| Adjustment::Amount(amount.value));
    let uplift = || step.get(STEP.uplift).map(|rate| Adjustment::Uplift(rate.value));
    rate.or_else(amount).or_else(uplift)
}

/// Reads the rate that needs no approval, and reports it on a step without a rate or without an
/// approval.
fn rate_without_approval(step: Section<'_>, adjustment: Option<Adjustment>) -> Rate {
    let Some(otherwise) = step.get(STEP.otherwise) else { return Rate::ZERO };
    let fault = |message: &str, hint: String| {
        let fault = Diagnostic::new(Code::Conflict, otherwise.place.clone(), message).hint(hint);
        step.fault(match step.key_place(STEP.rate) {
            Some(rate) => fault.related(rate, "the rate"),
            None => fault,
        });
    };
    if step.is_missing(STEP.approval) && step.is_missing(STEP.review) {
        fault(
            "`otherwise` is the rate without approval, and this step needs no approval",
            "add `approval`, or remove `otherwise`".to_owned(),
        );
    }
    match adjustment {
        Some(Adjustment::Rate(rate)) if otherwise.value >= rate => fault(
            "`otherwise` must be less than the rate that needs approval",
            format!("write less than {rate}"),
        ),
        Some(Adjustment::Amount(_) | Adjustment::Uplift(_)) => fault(
            "`otherwise` is only for discount rates",
            "remove `otherwise`, or add a rate".to_owned(),
        ),
        _ => {}
    }
    otherwise.value
}
