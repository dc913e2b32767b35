//! The usage statement: every month of a usage file rated under a deal.

use super::approval::verdict;
use super::month_bill::{MonthBill, MonthRating, UsageFigures, UsageTerms, too_large};
use super::notices;
use super::read::MeteredUsage;
use crate::approve::Verdict;
use crate::book::{Metric, MonthHours};
use crate::deal::{Deal, Line, PartnerTerms};
use crate::number::{Date, Money, Month, Quantity, Share, UnitHours, rounding};
use crate::price::{PricedSegment, price_segment};
use crate::quote::Quote;
use crate::quote::billing::Payer;
use crate::quote::notice::Notice;
use crate::quote::subscription_comparison::{compared_subscription, subscription};
use crate::text::diagnostic::{Checked, Code, Diagnostic, Diagnostics};
use crate::text::source::Place;
use std::sync::Arc;

#[derive(Debug, Clone)]
pub struct UsageStatement<'q, 'b> {
    pub quote: &'q Quote<'q, 'b>,
    pub line: &'q Line<'b>,
    pub readings: &'q MeteredUsage,
    /// The hours of a month; `None` for units without hours.
    pub hours: Option<MonthHours>,
    pub bills: Vec<MonthBill<'b>>,
    pub total: UsageFigures,
    /// Whoever is invoiced, as in the invoices of the deal.
    pub payer: Payer,
    /// The cost of a year of months like these at the customer's price, rounded to the smallest coin.
    pub annualized: Money,
    /// The use compared with the deal's expectation; `None` without a deal file.
    pub estimate: Option<Estimate>,
    /// The use by subscription, where the book names a subscription to compare with.
    pub subscribed: Vec<SubscriptionEquivalent<'b>>,
    /// The approvals of the deal, and those that its months need beyond them.
    pub verdict: Verdict,
    pub notices: Vec<Notice>,
}

/// A year as the deal expected it, and as the metered months project it.
#[derive(Debug, Clone, Copy)]
pub struct Estimate {
    pub quantity: Quantity,
    /// The metered use as a share of the expected use.
    pub used: Share,
    /// The cost of a year with the expected use.
    pub annual: Money,
    /// The annualized cost as a share of the expected cost.
    pub amount: Share,
}

/// A subscription that replaces the metered use, under the terms of the deal.
#[derive(Debug, Clone)]
pub struct SubscriptionEquivalent<'b> {
    /// The part of the use that the subscription covers.
    pub covers: CoveredUse,
    pub metric: &'b Metric,
    pub quantity: Quantity,
    pub priced: PricedSegment<'b>,
    /// The approvals that the subscription would need as a deal of its own.
    pub verdict: Verdict,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CoveredUse {
    /// The average: too few units in a month of more use.
    Average,
    /// The month with the highest average: enough units in every month.
    Busiest(Month),
}

impl UsageStatement<'_, '_> {
    /// Returns the last day for payment; `None` for a deal without a payment term.
    pub fn due(&self, bill: &MonthBill<'_>) -> Option<Date> {
        let (deal, date) = (self.quote.deal, bill.date());
        let granted = deal.grant_for(self.line.metric).map(|(_, grant)| grant.date.max(date));
        Some(granted.unwrap_or(date).plus_days(deal.payment?.days))
    }
}

/// Rates metered use under a deal. Each month has the price of the tier for its average, or for the
/// commitment if that is more.
///
/// # Errors
/// Reports each month whose average the book does not sell or whose deal would be too large, and a
/// line by the hour that has no price of one unit.
pub fn rate<'q, 'b>(
    quote: &'q Quote<'q, 'b>,
    terms: UsageTerms,
    readings: &'q MeteredUsage,
) -> Checked<UsageStatement<'q, 'b>> {
    let deal = quote.deal;
    let fault = |fault| Diagnostics::sorted(vec![fault]);
    let rating = metered_line(deal, terms).ok_or_else(|| {
        let message = "the line of the deal is not billed by use";
        let place = Place::whole(Arc::clone(&readings.source));
        fault(Diagnostic::new(Code::Conflict, place, message))
    })?;
    let line = rating.line;
    let payer = payer(deal, readings).map_err(fault)?;
    let (mut bills, mut faults) = (Vec::new(), Vec::new());
    for metered in &readings.months {
        match rating.bill(metered) {
            Ok(bill) => bills.push(bill),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(Diagnostics::sorted(faults));
    }
    let verdict = verdict(quote, terms, &bills, &readings.months);
    let verdict = verdict.map_err(|metered| fault(too_large(metered)))?;
    let total = bills.iter().fold(UsageFigures::default(), |total, bill| total.and(&bill.figures));
    let months = u32::try_from(bills.len()).unwrap_or(u32::MAX);
    let annualized = rounding::annualized(total.customer, months, deal.book.currency.minor);
    let estimate = terms.is_estimated.then(|| estimate(&rating, &total, annualized));
    let notices = notices::all(deal, line.metric, readings, &bills);
    let subscribed = subscribed(deal, line, &bills, &total);
    Ok(UsageStatement {
        quote,
        line,
        readings,
        hours: rating.hours,
        bills,
        total,
        payer,
        annualized,
        estimate,
        subscribed,
        verdict,
        notices,
    })
}

/// Returns who is invoiced for use.
///
/// # Errors
/// Reports a partner that pays a share of its revenue in place of the use.
fn payer(deal: &Deal<'_>, readings: &MeteredUsage) -> Result<Payer, Diagnostic> {
    match deal.partner.as_ref().map(|partner| partner.terms) {
        None => Ok(Payer::Customer),
        Some(PartnerTerms::Discount { .. }) => Ok(Payer::Partner),
        Some(PartnerTerms::RevenueShare { .. }) => {
            let message = "the partner pays a share of its revenue, and no use is invoiced";
            let place = Place::whole(Arc::clone(&readings.source));
            Err(Diagnostic::new(Code::Conflict, place, message)
                .hint("remove [channel] to see the invoices of a direct sale"))
        }
    }
}

/// Returns the terms of the metered line; `None` for a line that is not paid by use.
fn metered_line<'q, 'b>(deal: &'q Deal<'b>, terms: UsageTerms) -> Option<MonthRating<'q, 'b>> {
    let line = deal.lines.get(terms.line)?;
    let segment = line.segments.get(terms.segment)?;
    let per_month = line.metric.times_per_metered_month()?;
    let hours = terms.hours.filter(|_| line.metric.is_hourly());
    Some(MonthRating { deal, line, segment, terms, per_month, hours })
}

fn estimate(rating: &MonthRating<'_, '_>, total: &UsageFigures, annualized: Money) -> Estimate {
    let quantity = rating.segment.expected();
    let annual = price_segment(rating.deal, rating.line, rating.segment).at_net.annual;
    Estimate {
        quantity,
        used: total.used.share_of(UnitHours::of(quantity, total.hours)),
        annual,
        amount: Share::of(annualized, annual),
    }
}

/// Prices the average and the busiest month, as far as the book names and sells a subscription for them.
fn subscribed<'b>(
    deal: &Deal<'b>,
    line: &Line<'b>,
    bills: &[MonthBill<'_>],
    total: &UsageFigures,
) -> Vec<SubscriptionEquivalent<'b>> {
    let Some(metric) = compared_subscription(deal, line) else { return Vec::new() };
    let units = |figures: &UsageFigures| figures.used.units(figures.hours);
    let months = bills.iter().filter_map(|bill| Some((units(&bill.figures)?, bill.month)));
    // Reversed, because `max_by_key` returns the last of equals and the first month is wanted.
    let busiest = months.rev().max_by_key(|(units, _)| *units);
    let average = units(total).map(|units| (CoveredUse::Average, units));
    let busiest = busiest.map(|(units, month)| (CoveredUse::Busiest(month), units));
    let found = average.into_iter().chain(busiest).filter_map(|(covers, units)| {
        let (quantity, priced, verdict) = subscription(deal, metric, units)?;
        Some(SubscriptionEquivalent { covers, metric, quantity, priced, verdict })
    });
    found.collect()
}
