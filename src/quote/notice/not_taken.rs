//! Notices about discounts that a deal does not take in full, and about terms that change no line.

use super::{Notice, kinds};
use crate::approve::{PricedDeal, Verdict, route};
use crate::deal::{DiscountOverride, Grant, Line};
use crate::number::plural;
use crate::price::price;
use crate::quote::subscription_comparison::{ComparedCosts, comparisons};
use crate::quote::with_approval;

/// Notes discounts that the deal withholds or lowers, and warns about terms that change no line.
pub(super) fn not_taken(case: &PricedDeal<'_, '_>, verdict: &Verdict, notices: &mut Vec<Notice>) {
    withheld(case, verdict, notices);
    prepayment(case, notices);
    billing(case, notices);
    horizon(case, notices);
    claims(case, notices);
    grants(case, notices);
}

/// Notes what a withheld or lowered discount would give, and warns about a rate above that of the book.
fn withheld(case: &PricedDeal<'_, '_>, verdict: &Verdict, notices: &mut Vec<Notice>) {
    for (discount, take) in &case.deal.discount_overrides {
        let deal = case.deal.with_take(discount, DiscountOverride::Auto);
        let full = price(&deal);
        let level = route(&PricedDeal { deal: &deal, pricing: &full }).level();
        let (now, then) = (case.pricing.totals.tcv, full.totals.tcv);
        let asked = match take {
            DiscountOverride::Auto => continue,
            DiscountOverride::Withheld => "withheld".to_owned(),
            DiscountOverride::Rate(most) => format!("limited to {most}"),
        };
        if then < now {
            let message = format!(
                "{} is {asked}: with the full discount, the contract is {}, which is {} less{}",
                discount.title,
                case.show(then),
                case.show(now - then),
                with_approval(case.deal.book, level, verdict.level())
            );
            notices.push(Notice::new(&kinds::DISCOUNT_WITHHELD, message, &discount.rule));
        } else if let DiscountOverride::Rate(most) = take {
            let given = case.steps().filter(|step| step.name == discount.name);
            let given = given.filter_map(|step| step.rate).max().unwrap_or_default();
            if *most > given {
                let title = discount.title.to_lowercase();
                let message = format!("the deal states {most} {title}, but the book gives {given}");
                notices.push(Notice::new(&kinds::DISCOUNT_NOT_RAISED, message, &discount.rule));
            }
        }
    }
}

/// Warns about a prepayment whose discount no line of the deal takes.
fn prepayment(case: &PricedDeal<'_, '_>, notices: &mut Vec<Notice>) {
    let deal = case.deal;
    let Some((rows, standard)) = deal.book.prepayments() else { return };
    let asked = deal.prepay.filter(|asked| *asked != standard);
    let Some(row) = asked.and_then(|asked| rows.get(asked)) else { return };
    let applied = case.steps().any(|step| step.rule == &row.rule);
    if !applied && !row.adjustment.is_nothing() {
        let name = row.choices.join(", ");
        let message = format!("no line of this deal gets the discount for {name} prepayment");
        notices.push(Notice::new(&kinds::PREPAY_NOT_APPLIED, message, &row.rule));
    }
}

/// Warns about a way to bill that changes nothing, because the metric of every line has its own.
fn billing(case: &PricedDeal<'_, '_>, notices: &mut Vec<Notice>) {
    let Some(named) = case.deal.billing else { return };
    let mut ways = case.deal.lines.iter().map(|line| case.deal.billing_schedule(line.metric));
    if ways.all(|way| way.is_some_and(|way| way.name != named.name)) {
        let way = &named.title;
        let message =
            format!("no line of this deal is billed {way}: each line has its own billing schedule");
        notices.push(Notice::new(&kinds::BILLING_NOT_APPLIED, message, &named.rule));
    }
}

/// Warns about a horizon in a deal that has nothing to compare over years.
fn horizon(case: &PricedDeal<'_, '_>, notices: &mut Vec<Notice>) {
    let Some(years) = case.deal.horizon else { return };
    let compared = comparisons(case);
    if !compared.iter().any(|it| matches!(it.costs, ComparedCosts::Perpetual(_))) {
        let s = plural(years);
        let message = format!(
            "the horizon of {years} year{s} has no effect: a horizon is for licenses that are \
             bought once and compared with a subscription"
        );
        notices.push(Notice::new(&kinds::HORIZON_NOT_USED, message, None));
    }
}

/// Warns about a program that applies to no line of the deal.
fn claims(case: &PricedDeal<'_, '_>, notices: &mut Vec<Notice>) {
    let asked = case.deal.claims.iter().filter(|claim| !claim.rate.is_zero());
    for claim in asked.filter(|claim| !case.has_effect(claim)) {
        let message = format!("{} applies to no line of this deal", claim.program.title);
        notices.push(Notice::new(&kinds::PROGRAM_NOT_APPLIED, message, &claim.program.rule));
    }
}

/// Warns about a grant from whose day no payment of the deal counts.
fn grants(case: &PricedDeal<'_, '_>, notices: &mut Vec<Notice>) {
    for claim in &case.deal.claims {
        let Some(Grant { date, reference }) = &claim.grant else { continue };
        let moves = |line: &Line<'_>| {
            let counts = case.deal.grant_for(line.metric);
            counts.is_some_and(|(known, _)| known.program.name == claim.program.name)
        };
        if case.deal.lines.iter().any(moves) {
            continue;
        }
        let (title, terms) = (&claim.program.title, claim.program.includes.join(" or "));
        let message = format!(
            "the grant of {date} ({reference}) has no effect on this deal: for {title}, payment \
             counts from a grant with {terms}"
        );
        notices.push(Notice::new(&kinds::GRANT_NOT_USED, message, &claim.program.rule));
    }
}
