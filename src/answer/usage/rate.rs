//! From what was used to what is invoiced.

use super::judge::judge;
use super::notices;
use super::read::{MeteredMonth, MeteredUsage};
use super::subscription::{SubscriptionEquivalent, subscribed};
use crate::approve::Verdict;
use crate::book::{MonthHours, PriceBasis, PricePeriod};
use crate::deal::{Deal, Line, Segment};
use crate::number::{Date, Money, Month, Quantity, Share, UnitHours, rounding};
use crate::price::{PricedSegment, price_segment};
use crate::quote::Quote;
use crate::quote::notice::Notice;
use crate::text::diagnostic::{Checked, Code, Diagnostic, Diagnostics};
use crate::text::source::{Place, Source};
use std::sync::Arc;

/// What of a deal a usage file is rated by.
#[derive(Debug, Clone, Copy)]
pub struct UsageTerms {
    /// The line that is used, by its place in the deal.
    pub line: usize,
    /// Of a ramp, the years that are alike and hold the months of the file, by their place.
    pub segment: usize,
    /// The hours of a month.
    pub hours: MonthHours,
    /// Whether the quantity of the line is what somebody expected.
    pub is_estimated: bool,
}

/// The invoices of a usage file.
#[derive(Debug, Clone)]
pub struct UsageStatement<'q, 'b> {
    /// The deal that prices them, as it was quoted.
    pub quote: &'q Quote<'q, 'b>,
    /// The line that was used.
    pub line: &'q Line<'b>,
    /// What was metered.
    pub readings: &'q MeteredUsage,
    /// The hours of a month.
    pub hours: MonthHours,
    /// One a month, in the order of time.
    pub bills: Vec<MonthBill<'b>>,
    /// The sum of all.
    pub total: UsageFigures,
    /// What the deal expected.
    pub estimate: Option<Estimate>,
    /// The same by subscription, where the book compares the two.
    pub subscribed: Vec<SubscriptionEquivalent<'b>>,
    /// Who must say yes to the deal, and to its months as they turned out.
    pub verdict: Verdict,
    /// What its reader should know.
    pub notices: Vec<Notice>,
}

/// The invoice of a month.
#[derive(Debug, Clone)]
pub struct MonthBill<'b> {
    /// The month that it is for.
    pub month: Month,
    /// The rows that it is made of.
    pub rows: u64,
    /// Its price, unless there is nothing to charge.
    pub priced: Option<PricedSegment<'b>>,
    /// Its figures.
    pub figures: UsageFigures,
}

/// Figures of one month or of several.
#[derive(Debug, Clone, Copy, Default)]
pub struct UsageFigures {
    /// The hours that use is averaged over.
    pub hours: u32,
    /// What was used.
    pub used: UnitHours,
    /// What is paid for: of each month what was used, or what is committed if that is more.
    pub charged: UnitHours,
    /// What is due for the commitment, in whole coins.
    pub baseline: Money,
    /// What is due beyond it, in whole coins.
    pub overage: Money,
}

/// What a deal expected of a year, and what it turns out to be.
#[derive(Debug, Clone, Copy)]
pub struct Estimate {
    /// The average that was expected.
    pub quantity: Quantity,
    /// What was used, as a share of that.
    pub used: Share,
    /// A year as the deal has it.
    pub annual: Money,
    /// A year of months like these, to the coin.
    pub annualized: Money,
    /// That, as a share of what was expected.
    pub amount: Share,
}

impl UsageFigures {
    /// What is due: what is charged times its price, rounded once.
    pub fn amount(&self) -> Money {
        self.baseline + self.overage
    }

    /// The average number of units, to 3 places: to be shown.
    pub fn average(&self) -> Quantity {
        self.used.average(self.hours)
    }

    fn and(self, other: &Self) -> Self {
        Self {
            hours: self.hours + other.hours,
            used: self.used + other.used,
            charged: self.charged + other.charged,
            baseline: self.baseline + other.baseline,
            overage: self.overage + other.overage,
        }
    }
}

impl UsageStatement<'_, '_> {
    /// What a year of months like these costs, to the coin.
    pub fn annualized(&self) -> Money {
        annualized(self.quote.deal, &self.total, self.bills.len())
    }

    /// The last day on which an invoice can be paid, if the deal has a payment term.
    pub fn due(&self, bill: &MonthBill<'_>) -> Option<Date> {
        let payment = self.quote.deal.payment?;
        Some(bill.date().plus_days(payment.days))
    }
}

impl MonthBill<'_> {
    /// The day of the invoice: the first after its month.
    pub fn date(&self) -> Date {
        self.month.after()
    }
}

/// Rates what was used under a deal: every month by the price of the range that its average lands
/// in, or that of the commitment if that is more.
///
/// # Errors
/// A month whose average the book does not sell or whose deal would be too large, or a line without
/// a price of one unit.
pub fn rate<'q, 'b>(
    quote: &'q Quote<'q, 'b>,
    terms: UsageTerms,
    readings: &'q MeteredUsage,
) -> Checked<UsageStatement<'q, 'b>> {
    let deal = quote.deal;
    let fault = |fault| Diagnostics::sorted(vec![fault]);
    let found = deal.lines.get(terms.line);
    let Some((line, segment)) = found.and_then(|it| Some((it, it.segments.get(terms.segment)?)))
    else {
        return Err(fault(by_the_hour(&readings.source)));
    };
    let PricePeriod::Hour { per_month } = line.metric.price_period else {
        return Err(fault(by_the_hour(&readings.source)));
    };
    let rating = MonthRating { deal, line, segment, per_month, hours: terms.hours };
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
    let verdict = judge(quote, terms, &bills, &readings.months);
    let verdict = verdict.map_err(|metered| fault(too_large(metered)))?;
    let total = bills.iter().fold(UsageFigures::default(), |total, bill| total.and(&bill.figures));
    let estimate = terms.is_estimated.then(|| rating.estimate(&total, bills.len()));
    let notices = notices::all(deal, line.metric, readings, &bills);
    let subscribed = subscribed(deal, line, &bills, &total);
    let hours = terms.hours;
    Ok(UsageStatement {
        quote,
        line,
        readings,
        hours,
        bills,
        total,
        estimate,
        subscribed,
        verdict,
        notices,
    })
}

fn annualized(deal: &Deal<'_>, total: &UsageFigures, months: usize) -> Money {
    let months = u32::try_from(months).unwrap_or(u32::MAX);
    rounding::annualized(total.amount(), months, deal.book().currency().minor)
}

fn by_the_hour(source: &Arc<Source>) -> Diagnostic {
    let message = "the line of the deal is not paid by the hour";
    Diagnostic::new(Code::Conflict, Place::whole(Arc::clone(source)), message)
}

fn too_large(metered: &MeteredMonth) -> Diagnostic {
    let message = format!("{} is worth more than dealdesk calculates with", metered.month);
    Diagnostic::new(Code::TooManyDigits, metered.place.clone(), message)
        .hint("look whether its figures are units times hours")
}

/// What every month is rated by.
struct MonthRating<'q, 'b> {
    deal: &'q Deal<'b>,
    line: &'q Line<'b>,
    segment: &'q Segment<'b>,
    per_month: u32,
    hours: MonthHours,
}

impl<'b> MonthRating<'_, 'b> {
    fn bill(&self, metered: &MeteredMonth) -> Result<MonthBill<'b>, Diagnostic> {
        let MeteredMonth { month, used, rows, .. } = *metered;
        let hours = match self.hours {
            MonthHours::Book => self.per_month,
            MonthHours::Real => month.hours(),
        };
        let committed = self.line.committed.map(|count| UnitHours::of(count, hours));
        let committed = committed.unwrap_or(UnitHours::ZERO);
        let charged = used.max(committed);
        let mut figures = UsageFigures { hours, used, charged, ..UsageFigures::default() };
        if charged.is_zero() {
            return Ok(MonthBill { month, rows, priced: None, figures });
        }
        let priced = self.priced(metered, charged.units(hours))?;
        let book = self.deal.book();
        let due = |charged| book.rounding.round(priced.net() * charged, book.currency().minor);
        // The overage is what is left of the invoice, so that both add up to it.
        figures.baseline = due(committed);
        figures.overage = due(charged) - figures.baseline;
        Ok(MonthBill { month, rows, priced: Some(priced), figures })
    }

    /// The price of so many units under the deal, by the engine that quotes them.
    fn priced(
        &self,
        metered: &MeteredMonth,
        units: Option<Quantity>,
    ) -> Result<PricedSegment<'b>, Diagnostic> {
        let month = metered.month;
        let fault = |code, message| Diagnostic::new(code, metered.place.clone(), message);
        let too_large = || too_large(metered);
        let units = units.ok_or_else(too_large)?;
        let metric = self.line.metric;
        if metric.list(units, self.line.edition).is_none() {
            let ranges: Vec<_> = metric.tiers.iter().map(|it| it.quantity.to_string()).collect();
            let message = format!(
                "the book has no price for {}, the average of {month}",
                metric.count(units)
            );
            let hint = format!("its ranges are {} ({})", ranges.join(", "), metric.rule.source);
            return Err(fault(Code::NotSold, message).hint(hint));
        }
        let segment = self.deal.segment_with(self.line, self.segment, units);
        let priced = price_segment(self.deal, self.line, &segment.ok_or_else(too_large)?);
        if priced.list.basis == PriceBasis::Unit {
            return Ok(priced);
        }
        let message = format!(
            "{month} cannot be rated: {} has no price of one {} an hour",
            metric.name, metric.unit.0
        );
        Err(fault(Code::Conflict, message)
            .hint("usage is rated for mode = \"volume\", where every unit has the same price"))
    }

    fn estimate(&self, total: &UsageFigures, months: usize) -> Estimate {
        let quantity = self.segment.expected();
        let annual = price_segment(self.deal, self.line, self.segment).at_net.annual;
        let annualised = annualized(self.deal, total, months);
        Estimate {
            quantity,
            used: total.used.share_of(UnitHours::of(quantity, total.hours)),
            annual,
            annualized: annualised,
            amount: Share::of(annualised, annual),
        }
    }
}
