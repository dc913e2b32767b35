//! Approvals of the months of a deal.
//!
//! A month is charged at the price of its own quantity, or at a price that was agreed for the quantity
//! of the deal. Policy may set a higher price for the quantity of a month, and a discount or a program
//! of the book may need an approval for that quantity, or not be for it. So the approval rules run on
//! each month as a deal of that quantity.

use super::month_bill::{MonthBill, UsageTerms};
use super::notices::named;
use super::read::MeteredMonth;
use crate::approve::rule::discount::DiscountRule;
use crate::approve::{
    ApprovalRule, PricedDeal, Requirement, Verdict, Violation, is_agreed_within_policy, route,
};
use crate::number::{Month, Quantity};
use crate::price::price;
use crate::quote::Quote;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Returns the approvals of the quote, and those that its months need beyond them.
///
/// # Errors
/// Returns a month whose deal would be too large.
pub(super) fn verdict<'m>(
    quote: &Quote<'_, '_>,
    terms: UsageTerms,
    bills: &[MonthBill<'_>],
    metered: &'m [MeteredMonth],
) -> Result<Verdict, &'m MeteredMonth> {
    let mut by_quantity: BTreeMap<Quantity, Verdict> = BTreeMap::new();
    let (mut required, mut violations) = (Vec::new(), Vec::new());
    for (bill, metered) in bills.iter().zip(metered) {
        let Some(quantity) = bill.priced.as_ref().map(|priced| priced.segment.quantity()) else {
            continue;
        };
        let verdict = match by_quantity.entry(quantity) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(of_quantity(quote, terms, quantity).ok_or(metered)?),
        };
        note(&mut required, &verdict.required, &quote.verdict.required, bill.month);
        note(&mut violations, &verdict.violations, &quote.verdict.violations, bill.month);
    }
    let mut verdict = quote.verdict.clone();
    verdict.required.extend(required.into_iter().map(|(it, months)| Requirement {
        reason: format!("{}: {}", named(&months), it.reason),
        ..it
    }));
    verdict.violations.extend(violations.into_iter().map(|(it, months)| Violation {
        message: format!("{}: {}", named(&months), it.message),
        ..it
    }));
    Ok(verdict)
}

/// Returns the approvals of the deal with the quantity of a month. An agreed price within policy for
/// that quantity needs only those of discount rows that ask at any price. `None` for a deal that is too large.
fn of_quantity(quote: &Quote<'_, '_>, terms: UsageTerms, quantity: Quantity) -> Option<Verdict> {
    let deal = quote.deal.with_quantity(terms.line, terms.segment, quantity)?;
    let pricing = price(&deal);
    let case = PricedDeal { deal: &deal, pricing: &pricing };
    let line = deal.lines.get(terms.line)?;
    let segment = line.segments.get(terms.segment)?;
    let priced = pricing.lines.get(terms.line)?.segments.get(terms.segment)?;
    if !is_agreed_within_policy(&case, line, segment, &priced.waterfall.steps) {
        return Some(route(&case));
    }
    let mut verdict = Verdict::default();
    DiscountRule.judge(&case, &mut verdict);
    Some(verdict)
}

/// Notes a month beside everything that it needs and the deal does not.
fn note<T: Clone + PartialEq>(
    found: &mut Vec<(T, Vec<Month>)>,
    of_month: &[T],
    of_deal: &[T],
    month: Month,
) {
    for need in of_month.iter().filter(|need| !of_deal.contains(need)) {
        match found.iter_mut().find(|(known, _)| known == need) {
            Some((_, months)) => months.push(month),
            None => found.push((need.clone(), vec![month])),
        }
    }
}
