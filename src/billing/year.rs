//! What is invoiced in a year of the contract.

use super::{Payer, from};
use crate::deal::{Deal, Period};
use crate::price::Pricing;
use crate::value::{Date, Money};

/// The most that is invoiced in one year of the contract, the part of a year before the first whole
/// one being a year too. A contract that does not say when it starts begins on the day of the quote.
/// Nothing, if it is not known how the deal is invoiced.
#[must_use]
pub fn dearest_year(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<Money> {
    let period = period(deal);
    let schedule = from(deal, &period, pricing)?;
    let starts: Vec<Date> =
        (0..period.length().years()).map(|year| period.boundary(12 * year)).collect();
    // What was used in the last month is invoiced behind the end, and belongs to its year.
    let year = |date: Date| starts.iter().filter(|start| **start <= date).count();
    let years = (0..=starts.len()).map(|number| {
        let mine = schedule.invoices.iter().filter(|invoice| year(invoice.date) == number);
        mine.map(|invoice| invoice.amount).sum::<Money>()
    });
    years.max()
}

/// What is invoiced by the end of the first whole year beyond what the contract costs until then.
/// Nothing, if that is not known, or a partner is invoiced.
#[must_use]
pub fn paid_ahead(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<Money> {
    let period = period(deal);
    let schedule = from(deal, &period, pricing).filter(|it| it.payer == Payer::Customer)?;
    let years = period.length().years();
    let end = if years == 0 { period.end() } else { period.boundary(12).minus_days(1) };
    let first = pricing.lines.iter().filter_map(|line| line.segments.first());
    let due = first.map(|it| {
        let annual = if it.length.years() == 0 { Money::ZERO } else { it.at_net.annual };
        it.stub + annual
    });
    let due = pricing.totals.once + due.sum();
    Some((schedule.until(end) - due).max(Money::ZERO))
}

/// The first day of the contract, and what is due on which day after it. A contract that does not say
/// when it starts begins on the day of the quote. Nothing, if it is not known how the deal is invoiced.
#[must_use]
pub fn payments(deal: &Deal<'_>, pricing: &Pricing<'_>) -> Option<(Date, Vec<(Date, Money)>)> {
    let period = period(deal);
    let invoices = from(deal, &period, pricing)?.invoices;
    let payments = invoices.into_iter().map(|invoice| (invoice.due, invoice.amount));
    Some((period.start(), payments.collect()))
}

fn period(deal: &Deal<'_>) -> Period {
    deal.period().copied().unwrap_or_else(|| Period::years(deal.date(), deal.term()))
}
