//! Sums of invoices: the largest year, payments ahead of the standard, and refunds that a clause allows.

use super::{Payer, from};
use crate::book::Clause;
use crate::deal::Deal;
use crate::number::{Date, Money};
use crate::price::Pricing;

/// Returns the largest sum of invoices in any twelve months. A contract without a start begins on the day of
/// the quote. Returns `None` where the book does not say how the deal is invoiced.
pub fn largest_year_invoiced(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<Money> {
    let invoices = from(deal, &deal.days_in_force(), pricing)?.invoices;
    // The largest twelve months begin with an invoice.
    let years = invoices.iter().enumerate().map(|(at, first)| {
        let end = first.date.plus_months(12);
        let mine = invoices[at..].iter().take_while(|invoice| invoice.date < end);
        mine.map(|invoice| invoice.amount).sum::<Money>()
    });
    Some(years.max().unwrap_or_default())
}

/// The number of months that no contract exceeds.
const LONGEST: i32 = 12 * 32;

/// Returns the largest amount that is invoiced earlier than by the standard of the book, and the number of whole
/// months until the last invoice of the standard. Returns `None` where a partner is invoiced, or the book does not
/// say how.
pub fn paid_ahead(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<(Money, u32)> {
    let standard = deal.book.billing.as_ref().map(|billing| billing.standard);
    let billing = deal.book.billing_schedule(standard);
    ahead_of(deal, &Deal { billing, ..deal.clone() }, pricing)
}

/// Returns the same as [`paid_ahead`], beside the invoices of another deal instead of the standard.
pub fn paid_ahead_of<'b>(
    deal: &Deal<'b>,
    other: &Deal<'b>,
    pricing: &Pricing<'_>,
) -> Option<(Money, u32)> {
    let (prepay, billing) = (other.prepay, other.billing);
    ahead_of(deal, &Deal { prepay, billing, ..deal.clone() }, pricing)
}

fn ahead_of(deal: &Deal<'_>, other: &Deal<'_>, pricing: &Pricing<'_>) -> Option<(Money, u32)> {
    let period = deal.days_in_force();
    let paid = from(deal, &period, pricing).filter(|it| it.payer == Payer::Customer)?;
    let due = from(other, &period, pricing)?;
    let ahead = paid.invoices.iter().map(|it| paid.until(it.date) - due.until(it.date)).max();
    let ahead = ahead.unwrap_or_default().max(Money::ZERO);
    let last = due.invoices.last().map_or(period.start(), |invoice| invoice.date);
    let months = (1..=LONGEST).take_while(|it| period.start().plus_months(*it) <= last).last();
    let months = months.filter(|_| !ahead.is_zero()).unwrap_or_default();
    Some((ahead, months.unsigned_abs()))
}

/// Returns the first day of the contract, and every payment with its due day. A contract without a start begins
/// on the day of the quote. Returns `None` where the book does not say how the deal is invoiced.
pub fn payments(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<(Date, Vec<(Date, Money)>)> {
    let period = deal.days_in_force();
    let invoices = from(deal, &period, pricing)?.invoices;
    let payments = invoices.into_iter().map(|invoice| (invoice.due, invoice.amount));
    Some((period.start(), payments.collect()))
}

/// A refund that a clause allows: within some days of the start, the customer may hand back what was bought.
#[derive(Debug, Clone)]
pub struct RefundExposure<'b> {
    pub clause: &'b Clause,
    /// The first day of the contract, or of an invoice before it; the day of the quote, where the deal does not say.
    pub from: Date,
    pub until: Date,
    pub amount: Money,
}

/// Returns the refunds that the clauses allow; none where the book does not say how the deal is invoiced.
pub fn exposures<'b>(deal: &Deal<'b>, pricing: &Pricing<'_>) -> Vec<RefundExposure<'b>> {
    let period = deal.days_in_force();
    let clauses = deal.clauses.iter().filter_map(|asked| {
        let clause = asked.clause;
        let until = period.start().plus_days(clause.refund_days?);
        let schedule = from(deal, &period, pricing)?;
        let first = schedule.invoices.first().map(|invoice| invoice.date);
        let from = first.unwrap_or(until).min(period.start());
        Some(RefundExposure { clause, from, until, amount: schedule.until(until) })
    });
    clauses.collect()
}
