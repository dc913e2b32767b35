//! Reads the steps of a discount, and its condition.

use super::keys::{ConditionKind, DISCOUNT, STEP};
use super::{Adjustment, DiscountCondition, DiscountStep};
use crate::book::ladder::ApproverNames;
use crate::book::payment_terms::PaymentSettings;
use crate::book::rule::{ANOTHER_NAME, UniqueNames, rule};
use crate::number::Rate;
use crate::table::{Section, suggestion};
use crate::text::diagnostic::Code;

pub(super) fn step(
    discount: &str,
    step: Section<'_>,
    by: ConditionKind,
    approvers: &ApproverNames,
    settings: &PaymentSettings,
) -> Option<DiscountStep> {
    check_selector(step, by);
    let range = by.range_key().map(|key| step.value(key));
    let choices = match by {
        ConditionKind::Prepay => step.value(STEP.prepay).map(|way| vec![way]),
        ConditionKind::Payment => {
            Some(settings.choices(step, STEP.payment)).filter(|choices| !choices.is_empty())
        }
        _ => Some(Vec::new()),
    };
    let adjustment = adjustment(step, by);
    let approval = approvers.approval_need(step, STEP.approval, STEP.review);
    let rate_without_approval = rate_without_approval(step, adjustment);
    let range = match range {
        Some(range) => Some(range?),
        None => None,
    };
    let choices = choices?;
    let from = || step.value(STEP.from).map(|from| from.at_least(0));
    let condition = range.map(|range| range.to_string()).or_else(|| choices.first().cloned());
    let condition = condition.or_else(from);
    let id = condition.map_or_else(|| discount.to_owned(), |it| format!("{discount}.{it}"));
    Some(DiscountStep {
        range,
        choices,
        billing: settings.billing_schedule(step, STEP.billing),
        adjustment: adjustment?,
        approval,
        rate_without_approval,
        min_years: step.value(STEP.min_years),
        remaining: remaining(step, by),
        assumed: step.get(STEP.assumed),
        rule: rule(id, &step.place()),
    })
}

/// Reports a step without the key that its kind of discount needs, or with the key of another kind.
fn check_selector(step: Section<'_>, by: ConditionKind) {
    let kind = by.name();
    for (needed_by, key, example) in [
        (ConditionKind::Quantity, STEP.quantity.name, "\"50-99\""),
        (ConditionKind::Amount, STEP.from.name, "\"50000.00\""),
        (ConditionKind::Metrics, STEP.metrics.name, "\"2+\""),
        (ConditionKind::Term, STEP.years.name, "\"2-3\""),
        (ConditionKind::ContractYear, STEP.contract_years.name, "\"2-3\""),
        (ConditionKind::Prepay, STEP.prepay.name, "\"annual\""),
        (ConditionKind::Payment, STEP.payment.name, "[\"net-60\"]"),
    ] {
        if by == needed_by {
            let hint = format!("add its condition, such as {key} = {example}");
            step.require(key, &format!("a step of a discount by {kind}"), &hint);
        } else if let Some(place) = step.key_place(key) {
            let message = match by {
                ConditionKind::Always => format!("a discount with by = \"always\" has no `{key}`"),
                _ => format!("a step of a discount by {kind} has no `{key}`"),
            };
            let hint = "remove it, or change the discount's `by`";
            step.report_at(Code::Conflict, place, message, hint);
        }
    }
}

/// Reads whether the shortest term is for what remains, which only a discount for the payment asks.
fn remaining(step: Section<'_>, by: ConditionKind) -> bool {
    step.report_unless(by == ConditionKind::Payment, STEP.remaining, "by = \"payment\"");
    step.report_unless(!step.is_missing(STEP.min_years), STEP.remaining, "`min_years`");
    step.get(STEP.remaining)
}

/// Reads the change of the price: exactly one of six keys.
fn adjustment(step: Section<'_>, by: ConditionKind) -> Option<Adjustment> {
    let has_uplift = matches!(by, ConditionKind::Payment | ConditionKind::ContractYear);
    step.report_unless(has_uplift, STEP.uplift, "by = \"payment\" or \"contract-year\"");
    step.report_unless(by == ConditionKind::ContractYear, STEP.growth, "by = \"contract-year\"");
    let keys = [
        STEP.rate.name,
        STEP.amount.name,
        STEP.uplift.name,
        STEP.growth.name,
        STEP.free_months.name,
        STEP.order_amount.name,
    ];
    let mut written = keys.iter().filter_map(|key| Some((*key, step.key_place(key)?)));
    let Some((key, first)) = written.next() else {
        if keys.iter().all(|key| step.is_missing(key)) {
            let hint = "add the rate, such as rate = \"5%\"";
            step.report_missing("a discount step needs `rate` or `amount`", hint);
        }
        return None;
    };
    if let Some((_, second)) = written.next() {
        let message = "a discount step changes the price in one way, not in two";
        step.report_conflict(message, first, &format!("the {key}"), second);
        return None;
    }
    let rate = step.value(STEP.rate).map(Adjustment::Rate);
    let amount = || step.value(STEP.amount).map(Adjustment::Amount);
    let uplift = || step.value(STEP.uplift).map(Adjustment::Uplift);
    let growth = || step.value(STEP.growth).map(Adjustment::Growth);
    let free_months = || step.value(STEP.free_months).map(Adjustment::FreeMonths);
    let order_amount = || step.value(STEP.order_amount).map(Adjustment::OrderAmount);
    let found = rate.or_else(amount).or_else(uplift).or_else(growth);
    found.or_else(free_months).or_else(order_amount)
}

/// Reads the rate that needs no approval, which only a rate with an approval has.
fn rate_without_approval(step: Section<'_>, adjustment: Option<Adjustment>) -> Option<Rate> {
    let otherwise = step.get(STEP.otherwise)?;
    let fault = |message: &str, hint: &str| {
        let fault = otherwise.fault(Code::Conflict, message).hint(hint);
        step.fault(match step.key_place(STEP.rate) {
            Some(rate) => fault.related(rate, "the rate"),
            None => fault,
        });
    };
    if step.is_missing(STEP.approval) && step.is_missing(STEP.review) {
        fault(
            "`otherwise` is the rate without approval, and this step needs no approval",
            "add `approval`, or remove `otherwise`",
        );
    }
    match adjustment {
        Some(Adjustment::Rate(rate)) if otherwise.value >= rate => fault(
            "`otherwise` must be less than the rate that needs approval",
            &format!("write less than {rate}"),
        ),
        Some(
            Adjustment::Amount(_)
            | Adjustment::Uplift(_)
            | Adjustment::Growth(_)
            | Adjustment::FreeMonths(_)
            | Adjustment::OrderAmount(_),
        ) => {
            fault("`otherwise` is only for discount rates", "remove `otherwise`, or add a rate");
        }
        _ => {}
    }
    Some(otherwise.value)
}

pub(super) fn prepay(
    table: Section<'_>,
    sections: &[Section<'_>],
    rows: Vec<DiscountStep>,
) -> Option<DiscountCondition> {
    let mut ways = UniqueNames::default();
    for name in sections.iter().filter_map(|step| step.get(STEP.prepay)) {
        ways.is_new(table, &name, format_args!("the prepayment \"{}\"", name.value), ANOTHER_NAME);
    }
    let names = rows.iter().flat_map(|row| &row.choices).map(String::as_str);
    let Some(standard) = table.get(DISCOUNT.standard) else {
        if table.is_missing(DISCOUNT.standard) {
            let message = "a discount by prepay needs the `standard` prepayment";
            let example = names.clone().next().unwrap_or("annual");
            let hint = format!("add the default prepayment of a deal: standard = \"{example}\"");
            table.report_missing(message, hint);
        }
        return None;
    };
    let index = names.clone().position(|name| name == standard.value);
    let standard = table.report(index.ok_or_else(|| {
        let message = format!("no step is for the prepayment \"{}\"", standard.value);
        standard.fault(Code::UnknownChoice, message).hint(suggestion(&standard.value, names))
    }))?;
    Some(DiscountCondition::Prepay { rows, standard })
}
