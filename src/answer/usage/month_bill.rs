//! The invoice of a month.

use super::read::MeteredMonth;
use crate::book::{MonthHours, PriceBasis, Tier};
use crate::deal::{Deal, Line, Segment};
use crate::number::{Date, Money, Month, Quantity, UnitHours};
use crate::price::{PricedSegment, ResoldSegment, price_segment, resold_to_partner};
use crate::text::diagnostic::{Code, Diagnostic};

#[derive(Debug, Clone, Copy)]
pub struct UsageTerms {
    /// The metered line, by its place in the deal.
    pub line: usize,
    /// The segment of the line that holds the months of the file, by its place.
    pub segment: usize,
    pub hours: MonthHours,
    pub is_estimated: bool,
}

#[derive(Debug, Clone)]
pub struct MonthBill<'b> {
    pub month: Month,
    pub rows: u64,
    /// The price of the month; `None` where nothing is charged.
    pub priced: Option<PricedSegment<'b>>,
    /// The price of a partner that buys the use and sells it on at the price of the month.
    pub resold: Option<ResoldSegment>,
    pub figures: UsageFigures,
}

#[derive(Debug, Clone, Copy, Default)]
pub struct UsageFigures {
    /// The hours that use is averaged over.
    pub hours: u32,
    pub used: UnitHours,
    /// The use that is paid for: in each month the metered use, or the commitment if that is more.
    pub charged: UnitHours,
    /// The amount due for the commitment, in whole coins.
    pub baseline: Money,
    /// The amount due beyond the commitment, in whole coins.
    pub overage: Money,
    /// The amount at the customer's price: that of the invoice, unless a partner is invoiced.
    pub customer: Money,
}

impl UsageFigures {
    /// Returns the amount due: the charged use times its price, rounded once.
    pub fn amount(&self) -> Money {
        self.baseline + self.overage
    }

    /// Returns the average number of units, rounded to 3 places for display.
    pub fn average(&self) -> Quantity {
        self.used.average(self.hours)
    }

    pub(super) fn and(self, other: &Self) -> Self {
        Self {
            hours: self.hours + other.hours,
            used: self.used + other.used,
            charged: self.charged + other.charged,
            baseline: self.baseline + other.baseline,
            overage: self.overage + other.overage,
            customer: self.customer + other.customer,
        }
    }
}

impl MonthBill<'_> {
    /// Returns the day of the invoice: the first day after its month.
    pub fn date(&self) -> Date {
        self.month.after()
    }

    /// Returns the price of one unit and hour for whoever is invoiced; `None` where nothing is charged.
    pub fn price(&self) -> Option<Money> {
        let resold = self.resold.as_ref().map(|resold| resold.price);
        resold.or_else(|| self.priced.as_ref().map(PricedSegment::net))
    }

    /// Returns the range of the metric that the month landed in.
    pub(crate) fn tier(&self) -> Option<&Tier> {
        self.priced.as_ref().map(|priced| priced.list.tier)
    }
}

pub(super) struct MonthRating<'q, 'b> {
    pub deal: &'q Deal<'b>,
    pub line: &'q Line<'b>,
    pub segment: &'q Segment<'b>,
    pub terms: UsageTerms,
    pub per_month: u32,
    pub hours: MonthHours,
}

impl<'b> MonthRating<'_, 'b> {
    /// Rates a month at the price of the tier for its average, or for the commitment if that is more.
    pub(super) fn bill(&self, metered: &MeteredMonth) -> Result<MonthBill<'b>, Diagnostic> {
        let MeteredMonth { month, used, rows, .. } = *metered;
        let hours = match self.hours {
            MonthHours::Book => self.per_month,
            MonthHours::Real => month.hours(),
        };
        let committed = self.line.committed.map(|count| UnitHours::of(count, hours));
        let committed = committed.unwrap_or_default();
        let charged = used.max(committed);
        let mut figures = UsageFigures { hours, used, charged, ..UsageFigures::default() };
        if charged.is_zero() {
            return Ok(MonthBill { month, rows, priced: None, resold: None, figures });
        }
        let priced = self.priced(metered, charged.units(hours))?;
        let resold = resold_to_partner(self.deal, self.line.metric, &priced);
        let price = resold.as_ref().map_or(priced.net(), |resold| resold.price);
        let book = self.deal.book;
        let due = |price, charged| book.rounding.round(price * charged, book.currency.minor);
        // The overage is the rest of the invoice, so that both parts add up to it.
        figures.baseline = due(price, committed);
        figures.overage = due(price, charged) - figures.baseline;
        figures.customer = due(priced.net(), charged);
        Ok(MonthBill { month, rows, priced: Some(priced), resold, figures })
    }

    /// Returns the price of a number of units under the deal, from the engine that quotes it.
    fn priced(
        &self,
        metered: &MeteredMonth,
        units: Option<Quantity>,
    ) -> Result<PricedSegment<'b>, Diagnostic> {
        let (month, metric) = (metered.month, self.line.metric);
        let fault = |code, message| Diagnostic::new(code, metered.place.clone(), message);
        let too_large = || too_large(metered);
        let units = units.ok_or_else(too_large)?;
        // The other lines of the metric are used as expected.
        let others = self.segment.counted.beyond(self.segment.quantity);
        if metric.tier(units + others).is_none() {
            let ranges: Vec<_> = metric.tiers.iter().map(|it| it.quantity.to_string()).collect();
            let message = format!(
                "the book has no price for {}, the average of {month}",
                metric.count(units)
            );
            let hint = format!("its ranges are {} ({})", ranges.join(", "), metric.rule.source);
            return Err(fault(Code::NotSold, message).hint(hint));
        }
        let UsageTerms { line, segment, .. } = self.terms;
        let segment = self.deal.segment_with(line, segment, units);
        let priced = price_segment(self.deal, self.line, &segment.ok_or_else(too_large)?);
        if priced.list.basis == PriceBasis::Unit {
            return Ok(priced);
        }
        let message = format!(
            "{month} cannot be priced: {} has no price per {} and hour",
            metric.name, metric.unit
        );
        Err(fault(Code::Conflict, message)
            .hint("usage needs mode = \"volume\", where every unit has the same price"))
    }
}

/// Reports a month whose use is above the limits of exact arithmetic.
pub(super) fn too_large(metered: &MeteredMonth) -> Diagnostic {
    let message = format!("{} costs more than dealdesk can calculate", metered.month);
    Diagnostic::new(Code::TooManyDigits, metered.place.clone(), message)
        .hint("check that the usage is in units times hours")
}
