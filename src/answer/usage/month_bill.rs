//! The invoice of a month.

use super::read::MeteredMonth;
use crate::book::{LineCharges, MonthHours, PriceBasis, Tier};
use crate::deal::{AgreedPrice, Deal, Line, Segment};
use crate::number::{Date, Money, Month, Quantity, UnitHours};
use crate::price::{PricedSegment, ResoldSegment, price_segment, resold_to_partner};
use crate::text::diagnostic::{Code, Diagnostic};

#[derive(Debug, Clone, Copy)]
pub struct UsageTerms {
    /// The metered line, by its place in the deal.
    pub line: usize,
    /// The segment of the line that holds the months of the file, by its place.
    pub segment: usize,
    /// The hours of a month; `None` for units without hours.
    pub hours: Option<MonthHours>,
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
    /// The hours that use is averaged over; 1 for units without hours.
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
    /// Returns the amount due: what the charged use costs, rounded once.
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

    /// Returns the price of one unit and hour, unit, package or line for whoever is invoiced; `None` where nothing is
    /// charged.
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
    pub hours: Option<MonthHours>,
}

impl<'b> MonthRating<'_, 'b> {
    /// Rates a month at the price of the tier for its average, or for the commitment if that is more.
    pub(super) fn bill(&self, metered: &MeteredMonth) -> Result<MonthBill<'b>, Diagnostic> {
        let MeteredMonth { month, used, rows, .. } = *metered;
        let hours = match self.hours {
            None => return self.bill_units(metered),
            Some(MonthHours::Book) => self.per_month,
            Some(MonthHours::Real) => month.hours(),
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

    /// Rates a month of units without hours like a quote of so many, or of the commitment if that is more.
    fn bill_units(&self, metered: &MeteredMonth) -> Result<MonthBill<'b>, Diagnostic> {
        let MeteredMonth { month, used, rows, .. } = *metered;
        let metric = self.line.metric;
        let units = used.quantity().and_then(|units| metric.sellable_quantity(units));
        let committed = self.line.committed.unwrap_or(Quantity::ZERO);
        let units = units.ok_or_else(|| too_large(metered))?.max(committed);
        let charged = UnitHours::of(units, 1);
        let mut figures = UsageFigures { hours: 1, used, charged, ..UsageFigures::default() };
        // A book that charges something for no use at all sells the quantity 0.
        let is_nothing = units.is_zero()
            && metric.tier(units).is_none()
            && metric.charges == LineCharges::default();
        if is_nothing {
            return Ok(MonthBill { month, rows, priced: None, resold: None, figures });
        }
        let priced = self.priced(metered, Some(units))?;
        let resold = resold_to_partner(self.deal, metric, &priced);
        let book = self.deal.book;
        let due = |priced: &PricedSegment<'_>, price| {
            book.rounding.round(price * priced.list.times, book.currency.minor)
        };
        let payer_price = |priced: &PricedSegment<'b>| {
            let resold = resold_to_partner(self.deal, metric, priced);
            resold.map_or(priced.net(), |resold| resold.price)
        };
        let amount = due(&priced, payer_price(&priced));
        // More use can land in a cheaper range, and then no more than its price is due for the commitment.
        if !committed.is_zero() {
            let least = self.priced(metered, Some(committed))?;
            figures.baseline = due(&least, payer_price(&least)).min(amount);
        }
        figures.overage = amount - figures.baseline;
        figures.customer = due(&priced, priced.net());
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
            let figure = if self.hours.is_some() { "average" } else { "use" };
            let message = format!(
                "the book has no price for {}, the {figure} of {month}",
                metric.count(units)
            );
            let hint = format!("its ranges are {} ({})", ranges.join(", "), metric.rule.source);
            return Err(fault(Code::NotSold, message).hint(hint));
        }
        let UsageTerms { line, segment, .. } = self.terms;
        let segment = self.deal.segment_with(line, segment, units);
        let priced = price_segment(self.deal, self.line, &segment.ok_or_else(too_large)?);
        if self.hours.is_none() {
            return self.of_any_quantity(metered, priced);
        }
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

    /// Returns the price of units without hours, unless they have a price as a whole and the deal one per unit.
    fn of_any_quantity(
        &self,
        metered: &MeteredMonth,
        priced: PricedSegment<'b>,
    ) -> Result<PricedSegment<'b>, Diagnostic> {
        let is_of_line = matches!(self.segment.agreed, Some(AgreedPrice::UnitPrice(_)))
            && priced.list.basis == PriceBasis::Line;
        if !is_of_line {
            return Ok(priced);
        }
        let metric = self.line.metric;
        let message = format!(
            "{} cannot be priced: a price per {} was agreed, and {} have a price as a whole",
            metered.month,
            metric.unit,
            metric.count(priced.segment.quantity)
        );
        Err(Diagnostic::new(Code::Conflict, metered.place.clone(), message)
            .hint("agree on a discount, which holds for any use"))
    }
}

/// Reports a month whose use is above the limits of exact arithmetic.
pub(super) fn too_large(metered: &MeteredMonth) -> Diagnostic {
    let message = format!("{} costs more than dealdesk can calculate", metered.month);
    Diagnostic::new(Code::TooManyDigits, metered.place.clone(), message)
        .hint("check that the usage is in the unit of the metric")
}
