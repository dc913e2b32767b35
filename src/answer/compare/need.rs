//! The needs of a deal, each priced by every metric that can meet it.

use super::break_even::{BreakEven, BreakEvenSearch};
use super::candidate::{Candidate, LeftOutReason, is_package, is_perpetual};
use super::cost_by_year::ComparedYears;
use super::unit_conversion::CompareOptions;
use crate::book::Metric;
use crate::deal::{Deal, Line, Segment};
use crate::number::{Length, Money, Quantity};
use crate::price::price;

#[derive(Debug)]
pub struct NeedComparison<'a, 'b> {
    pub deal: &'a Deal<'b>,
    pub question: &'a CompareOptions,
    pub span: ComparedYears,
    /// One need for each line of the deal, in the order of the lines.
    pub needs: Vec<Need<'b>>,
}

/// The need behind one line of a deal, by every metric of the book.
#[derive(Debug)]
pub struct Need<'b> {
    /// The units of the line that are needed, and for how long: several where the years differ.
    pub units: Vec<(Length, Quantity)>,
    /// The contract value of the line in the customer's deal, with its programs and agreed prices.
    pub asked: Money,
    /// The line by its own metric, without programs and agreed prices.
    pub own: Candidate<'b>,
    /// The need by the other metrics, in the order of the book.
    pub others: Vec<Candidate<'b>>,
    pub left_out: Vec<(&'b Metric, LeftOutReason)>,
    /// The places where the cheaper of two metrics changes; empty where the years differ.
    pub break_evens: Vec<BreakEven<'b>>,
    /// Each stretch of equal years by itself; empty where the years do not differ.
    pub by_year: Vec<YearNeed<'b>>,
}

#[derive(Debug)]
pub struct YearNeed<'b> {
    /// The first of the years, counted from 1; a part of a year before them has no number.
    pub from: u32,
    pub to: u32,
    /// The need of one of the years, priced with the contract's full term, because a price depends
    /// on the quantity of its own year alone. A perpetual license is bought for no single year, so
    /// it has no break-even here.
    pub need: Need<'b>,
}

impl<'a, 'b> NeedComparison<'a, 'b> {
    pub fn of(deal: &'a Deal<'b>, question: &'a CompareOptions) -> Self {
        let span = ComparedYears::of(deal);
        let priced = price(deal).lines;
        // A share of other lines meets no need of its own.
        let lines = deal.lines.iter().zip(&priced);
        let lines = lines.filter(|(line, _)| line.metric.share.is_none());
        let needs = lines.map(|(line, priced)| {
            let by_year = YearNeed::all(deal, line, question);
            Need { asked: priced.tcv, by_year, ..Need::of(deal, line, question, span) }
        });
        Self { deal, question, span, needs: needs.collect() }
    }
}

impl<'b> Need<'b> {
    /// Prices the need of a line by every metric. [`NeedComparison::of`] replaces `asked` and
    /// `by_year`, which look at the whole deal and at single years.
    fn of(
        deal: &Deal<'b>,
        line: &Line<'b>,
        question: &CompareOptions,
        span: ComparedYears,
    ) -> Self {
        let own = Candidate::of(deal.line_alone(line), line.metric());
        let mut need = Self {
            units: question.needed_units(line),
            asked: own.pricing.totals.tcv,
            own,
            others: Vec::new(),
            left_out: Vec::new(),
            break_evens: Vec::new(),
            by_year: Vec::new(),
        };
        let metrics = deal.book.metrics().iter();
        for metric in metrics.filter(|it| it.name() != line.metric().name()) {
            match need.priced_by(deal, line, metric, question) {
                Ok(candidate) => need.others.push(candidate),
                Err(reason) => need.left_out.push((metric, reason)),
            }
        }
        if let Some(units) = need.flat().filter(|_| !is_package(need.own.metric)) {
            let (own, others) = (&need.own, need.others.as_slice());
            let search =
                BreakEvenSearch { deal, own, others, units, options: question, years: span };
            need.break_evens = search.all();
        }
        need
    }

    fn priced_by(
        &self,
        deal: &Deal<'b>,
        line: &Line<'b>,
        metric: &'b Metric,
        question: &CompareOptions,
    ) -> Result<Candidate<'b>, LeftOutReason> {
        if metric.share.is_some() {
            return Err(LeftOutReason::Share);
        }
        if is_package(metric) || is_package(self.own.metric) {
            return Err(LeftOutReason::Package);
        }
        let unit = &self.own.metric.unit;
        let years = self.units.iter().map(|(length, units)| {
            question.sellable(unit, *units, metric).map(|quantity| (*length, quantity))
        });
        let years = years.collect::<Result<Vec<_>, _>>()?;
        if years.len() > 1 && is_perpetual(metric) {
            return Err(LeftOutReason::Once);
        }
        let largest = years.iter().map(|(_, quantity)| *quantity).max().unwrap_or(Quantity::ONE);
        let unsold = years.iter().find(|(_, it)| metric.tier(*it).is_none());
        let reason = LeftOutReason::NotSold(unsold.map_or(largest, |(_, quantity)| *quantity));
        // Lines that count together with this one would be bought by the other metric too.
        let others = line.segments.iter().map(|segment| {
            let units = segment.counted.beyond(segment.quantity);
            question.sellable_beside(unit, units, metric).map(|it| (segment.length, it))
        });
        let others = others.collect::<Result<Vec<_>, _>>().unwrap_or_default();
        let terms = deal.without_items();
        let mut deal = terms.with_order_beside(metric, &years, &others).ok_or(reason)?;
        // The software runs on the same hosts, whatever the metric counts.
        for line in &mut deal.lines {
            line.hosts = self.own.deal.lines.first().and_then(|own| own.hosts);
        }
        Ok(Candidate::of(deal, metric))
    }

    /// Returns every candidate: the line by its own metric first, then the other metrics.
    pub fn all(&self) -> impl Iterator<Item = &Candidate<'b>> {
        std::iter::once(&self.own).chain(&self.others)
    }

    /// Returns how many units are needed, or `None` where the years differ.
    pub fn flat(&self) -> Option<Quantity> {
        if let [(_, units)] = self.units.as_slice() { Some(*units) } else { None }
    }

    /// Returns the cost at net of the cheapest candidate over `span`.
    pub fn least(&self, span: ComparedYears) -> Money {
        let costs = self.others.iter().map(|it| it.net.cost_over(span));
        costs.fold(self.own.net.cost_over(span), Money::min)
    }
}

impl<'b> YearNeed<'b> {
    /// Compares the metrics for each stretch of equal years of a ramp; empty for a line without one.
    fn all(deal: &Deal<'b>, line: &Line<'b>, question: &CompareOptions) -> Vec<Self> {
        // A year alone would be the first one of its contract, and cost what that costs.
        let has_steps = deal.book.metrics().iter().any(|metric| !metric.year_starts.is_empty());
        if !line.is_ramp() || has_steps {
            return Vec::new();
        }
        let mut from = 1;
        let mut years = Vec::new();
        for segment in &line.segments {
            let to = from + segment.length.years().saturating_sub(1);
            let flat = Segment { length: deal.length(), uncounted_years: 0, ..segment.clone() };
            let line = Line { segments: vec![flat], ..line.clone() };
            let mut need = Need::of(deal, &line, question, ComparedYears::ONE_YEAR);
            need.break_evens.retain(|found| match found {
                BreakEven::Units(by_units) => !is_perpetual(by_units.metric),
                BreakEven::Use(by_use) => !is_perpetual(by_use.other),
                BreakEven::Years(_) => false,
            });
            years.push(Self { from, to, need });
            from = to + 1;
        }
        years
    }
}
