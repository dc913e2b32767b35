//! Strategic programs: what each needs, and how far it goes.

use crate::approve::{PriceBelowPolicy, PricedDeal, VerdictSink};
use crate::book::{Discount, DiscountBase, DiscountCondition, Metric, Program};
use crate::deal::ProgramClaim;
use crate::number::{Interval, Share};
use std::fmt;

pub(crate) fn judge<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
    let claims: Vec<_> = case.deal.claims.iter().filter(|claim| case.has_effect(claim)).collect();
    for discount in case.deal.book.discounts() {
        if let DiscountCondition::Program { at_most, .. } = discount.condition {
            count(&claims, discount, at_most, clerk);
        }
    }
    for claim in claims {
        conditions(case, claim, clerk);
    }
    negotiated(case, clerk);
}

fn count<'b>(
    claims: &[&ProgramClaim<'b>],
    discount: &'b Discount,
    at_most: u32,
    clerk: &mut dyn VerdictSink<'b>,
) {
    let mine = claims.iter().filter(|claim| claim.discount.name == discount.name);
    let names: Vec<_> = mine.map(|claim| claim.program.name.as_str()).collect();
    if names.len() > at_most as usize {
        let message = format_args!(
            "at most {at_most} program{} in a quote, and this has {}: {}",
            if at_most == 1 { "" } else { "s" },
            names.len(),
            names.join(", ")
        );
        clerk.refuse(&discount.rule, message);
    }
}

fn conditions<'b>(
    case: &PricedDeal<'_, 'b>,
    claim: &ProgramClaim<'b>,
    clerk: &mut dyn VerdictSink<'b>,
) {
    let program = claim.program;
    let most = program.max_rate;
    let rule = &program.rule;
    let asked = fmt::from_fn(|f| {
        if !claim.rate.is_zero() {
            return write!(f, "at {}", claim.rate);
        }
        let shares = case.below_policy().map(|it| Share::off(it.step.base, it.step.price));
        let deepest = shares.max().unwrap_or_default();
        write!(f, "at an agreed price, {deepest} below policy")
    });
    // A rate that is fixed leaves nothing to say about how far it goes.
    let goes = fmt::from_fn(|f| match program.rate {
        Some(_) => Ok(()),
        None => write!(f, "; the program goes to {most}"),
    });
    clerk.require(&program.approval, rule, format_args!("{} {asked}{goes}", program.title));
    if claim.rate > most {
        clerk.refuse(
            rule,
            format_args!("{} goes to {most}, and this is {}", program.title, claim.rate),
        );
    }
    check_scope(case, claim, clerk);
    if let Some(floor) = program.arr_above {
        let arr = case.pricing.totals.arr_before_programs;
        if arr <= floor {
            let message = format_args!(
                "{} needs ARR above {} before the program, and this is {}",
                program.title,
                case.show(floor),
                case.show(arr)
            );
            clerk.refuse(rule, message);
        }
    }
    let missing = claim.missing_duties();
    if program.duties_required && !missing.is_empty() {
        let message = format_args!(
            "{} needs {}, and the deal does not state that",
            program.title,
            missing.join(", ")
        );
        clerk.refuse(rule, message);
    }
    if let Some(incumbent) = case.deal.incumbent()
        && !program.incumbents.is_empty()
        && !program.incumbents.iter().any(|known| is_named(known, incumbent))
    {
        let known = program.incumbents.join(" or ");
        let message =
            format_args!("{} is for {known}, and the incumbent is {incumbent}", program.title);
        clerk.refuse(rule, message);
    }
}

/// Whether a name begins with the words of a known one: "VMware, Inc." is VMware.
fn is_named(known: &str, name: &str) -> bool {
    let words = |text: &str| {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>()
    };
    words(name).starts_with(&words(known))
}

/// The quantities and terms that a program is meant for, and whether it stands alone.
fn check_scope<'b>(
    case: &PricedDeal<'_, 'b>,
    claim: &ProgramClaim<'b>,
    clerk: &mut dyn VerdictSink<'b>,
) {
    let Program { title, rule, .. } = claim.program;
    let (term, length) = (case.deal.term, case.deal.length());
    let is_for = |years: &Interval| {
        years.contains(term.count().into()) && years.contains(length.years_begun().into())
    };
    if let Some(years) = claim.program.years.filter(|years| !is_for(years)) {
        clerk.refuse(
            rule,
            format_args!("{title} is for a term of {}, and this is {length}", years.of("year")),
        );
    }
    if let Some(range) = claim.program.quantity {
        let taken = |metric: &&Metric| claim.discount.applies_to(metric.name());
        for metric in case.deal.book.metrics().iter().filter(taken) {
            // All lines together: a limit is not passed by writing two of them.
            let quantity = case.deal.quantity_of(metric);
            if !quantity.is_zero() && !range.contains(quantity.ceil()) {
                let (units, found) = (&metric.unit.1, metric.count(quantity));
                clerk.refuse(
                    rule,
                    format_args!("{title} is for {range} {units}, and this is {found}"),
                );
            }
        }
    }
    for line in &case.deal.lines {
        let paying = || case.deal.paying(line.metric);
        let is_missing = |name: &&String| !paying().contains(&Some(name.as_str()));
        let taken = claim.discount.applies_to(line.metric.name());
        if let Some(name) = claim.program.payment.iter().find(is_missing).filter(|_| taken) {
            let found: Vec<_> = paying().into_iter().flatten().collect();
            let found = found.join(", ");
            clerk.refuse(rule, format_args!("{title} is for {name}, and this is {found}"));
        }
    }
    let others = case.deal.claims.iter().any(|other| other.program.name != claim.program.name);
    if claim.program.exclusive && others {
        clerk.refuse(rule, format_args!("{title} excludes every other program"));
    }
}

/// A negotiated price may lie below policy only as far as a claimed program goes.
fn negotiated<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
    for PriceBelowPolicy { metric, list, step } in case.below_policy() {
        let policy = case.deal.book.rounding.round(step.base, metric.places);
        let (asked, policy) = (case.show(step.price), case.show(policy));
        let mine = |claim: &&ProgramClaim<'_>| claim.discount.applies_to(metric.name());
        let claims = case.deal.claims.iter().filter(mine);
        let Some(claim) = claims.max_by_key(|claim| claim.program.max_rate) else {
            let message = format_args!(
                "{asked} is below the policy price of {policy}, and no program of the deal reaches it"
            );
            clerk.refuse(step.rule, message);
            continue;
        };
        let base = match claim.discount.base {
            DiscountBase::Running => step.base,
            DiscountBase::List => list,
        };
        let program = claim.program;
        let least = step.base - program.max_rate.of(base);
        if step.price < case.deal.book.rounding.round(least, metric.places) {
            let message = format_args!(
                "{asked} is below the policy price of {policy} by more than the {} of {}",
                program.max_rate, program.title
            );
            clerk.refuse(&program.rule, message);
        }
    }
}
