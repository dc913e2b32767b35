//! Whether anybody may give a month the price that was agreed.
//!
//! A price is agreed for the quantity of a deal, and policy may ask more for that of a month. So
//! each month is judged as the deal that it turned out to be.

use super::notices::named;
use super::rate::{MonthBill, UsageTerms};
use super::read::MeteredMonth;
use crate::approve::{PricedDeal, Requirement, Verdict, Violation, is_agreed_within_policy, route};
use crate::number::{Month, Quantity};
use crate::price::price;
use crate::quote::Quote;

/// What the quote needs, and what its months at an agreed price need beyond that. Fails with a month
/// whose deal would be too large.
pub(super) fn judge<'m>(
    quote: &Quote<'_, '_>,
    terms: UsageTerms,
    bills: &[MonthBill<'_>],
    metered: &'m [MeteredMonth],
) -> Result<Verdict, &'m MeteredMonth> {
    let line = quote.deal.lines.get(terms.line);
    if line.and_then(|line| line.segments.get(terms.segment)?.agreed).is_none() {
        return Ok(quote.verdict.clone());
    }
    let mut judged: Vec<(Quantity, Verdict)> = Vec::new();
    let (mut required, mut violations) = (Vec::new(), Vec::new());
    for (bill, metered) in bills.iter().zip(metered) {
        let Some(quantity) = bill.priced.as_ref().map(|priced| priced.list.times) else { continue };
        if !judged.iter().any(|(known, _)| *known == quantity) {
            judged.push((quantity, of_quantity(quote, terms, quantity).ok_or(metered)?));
        }
        for (_, verdict) in judged.iter().filter(|(known, _)| *known == quantity) {
            for it in verdict.required.iter().filter(|it| !quote.verdict.required.contains(it)) {
                note(&mut required, it, bill.month);
            }
            for it in verdict.violations.iter().filter(|it| !quote.verdict.violations.contains(it))
            {
                note(&mut violations, it, bill.month);
            }
        }
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

/// What the deal needs with the quantity of a month: nothing at a price that everybody may give
/// there. `None`, if it is too large.
fn of_quantity(quote: &Quote<'_, '_>, terms: UsageTerms, quantity: Quantity) -> Option<Verdict> {
    let deal = quote.deal.with_quantity(terms.line, terms.segment, quantity)?;
    let pricing = price(&deal);
    let case = PricedDeal { deal: &deal, pricing: &pricing };
    let line = deal.lines.get(terms.line)?;
    let segment = line.segments.get(terms.segment)?;
    let priced = pricing.lines.get(terms.line)?.segments.get(terms.segment)?;
    let is_free = is_agreed_within_policy(&case, line, segment, priced.waterfall.steps());
    Some(if is_free { Verdict::default() } else { route(&case) })
}

fn note<T: Clone + PartialEq>(found: &mut Vec<(T, Vec<Month>)>, what: &T, month: Month) {
    match found.iter_mut().find(|(known, _)| known == what) {
        Some((_, months)) => months.push(month),
        None => found.push((what.clone(), vec![month])),
    }
}
