//! What is invoiced in a year of the contract.

use super::{Payer, from};
use crate::deal::{ContractPeriod, Deal};
use crate::number::{Date, Money};
use crate::price::Pricing;

/// The most that is invoiced in any twelve months. A contract that does not say when it starts begins on
/// the day of the quote. Nothing, if it is not known how the deal is invoiced.
pub fn largest_year_invoiced(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<Money> {
    let invoices = from(deal, &period(deal), pricing)?.invoices;
    // The dearest ones begin with an invoice.
    let years = invoices.iter().enumerate().map(|(at, first)| {
        let end = first.date.plus_months(12);
        let mine = invoices[at..].iter().take_while(|invoice| invoice.date < end);
        mine.map(|invoice| invoice.amount).sum::<Money>()
    });
    Some(years.max().unwrap_or_default())
}

/// More months than any contract has.
const LONGEST: i32 = 12 * 32;

/// What is invoiced earlier than by the standard of the book: the most that is, and how many whole months
/// pass at most until that would have been. Nothing, if that is not known, or a partner is invoiced.
pub fn paid_ahead(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<(Money, u32)> {
    let standard = deal.book().billing.as_ref().map(|billing| billing.standard);
    ahead_of(
        deal,
        &Deal { billing: deal.book().billing_schedule(standard), ..deal.clone() },
        pricing,
    )
}

/// The same, earlier than it would be in the way that another deal is invoiced.
pub fn paid_ahead_of<'b>(
    deal: &Deal<'b>,
    other: &Deal<'b>,
    pricing: &Pricing<'_>,
) -> Option<(Money, u32)> {
    let (prepay, billing) = (other.prepay, other.billing);
    ahead_of(deal, &Deal { prepay, billing, ..deal.clone() }, pricing)
}

fn ahead_of(deal: &Deal<'_>, other: &Deal<'_>, pricing: &Pricing<'_>) -> Option<(Money, u32)> {
    let period = period(deal);
    let paid = from(deal, &period, pricing).filter(|it| it.payer == Payer::Customer)?;
    let due = from(other, &period, pricing)?;
    let ahead = paid.invoices.iter().map(|it| paid.until(it.date) - due.until(it.date)).max();
    let ahead = ahead.unwrap_or_default().max(Money::ZERO);
    let last = due.invoices.last().map_or(period.start(), |invoice| invoice.date);
    let months =
        (1..=LONGEST).take_while(|months| period.start().plus_months(*months) <= last).count();
    Some((ahead, if ahead.is_zero() { 0 } else { u32::try_from(months).unwrap_or_default() }))
}

/// The first day of the contract, and what is due on which day after it. A contract that does not say
/// when it starts begins on the day of the quote. Nothing, if it is not known how the deal is invoiced.
pub fn payments(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<(Date, Vec<(Date, Money)>)> {
    let period = period(deal);
    let invoices = from(deal, &period, pricing)?.invoices;
    let payments = invoices.into_iter().map(|invoice| (invoice.due, invoice.amount));
    Some((period.start(), payments.collect()))
}

fn period(deal: &Deal<'_>) -> ContractPeriod {
    deal.period().copied().unwrap_or_else(|| ContractPeriod::years(deal.date(), deal.term()))
}
