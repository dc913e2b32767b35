//! One need, priced by every metric that fits: what each costs, who gains by it, and where it turns.
//!
//! What fits is decided by the unit that a metric counts, never by its name: metrics of one unit
//! stand for each other by themselves, and others by a [`Count`] that the user gives. Every price is
//! the engine's, of a deal with nothing but that line.

mod break_even;
mod by_year;
mod candidate;
mod counts;
mod course;
mod drawing;
pub mod json;
mod limit;
pub mod rows;
pub mod text;
mod turns;

pub use break_even::{BreakEven, ListNet, UnitBreakEven, UseBreakEven, YearBreakEven};
pub use by_year::YearNeed;
pub use candidate::Candidate;
pub use counts::{CompareOptions, CountBasis, UnitCount};
pub use course::{ComparedYears, CostByYear, ListOrNet};
pub use drawing::{Axis, BreakEvenChart};
pub use limit::EditionLimit;
pub use turns::CrossoverRange;

use crate::book::{Metric, PricePeriod};
use crate::deal::{Deal, Line};
use crate::number::{Length, Money, Quantity};
use crate::price::price;

/// The needs of a deal, a line each.
#[derive(Debug)]
pub struct NeedComparison<'a, 'b> {
    /// What was asked for.
    pub deal: &'a Deal<'b>,
    /// How it is looked at.
    pub question: &'a CompareOptions,
    /// The years that are compared.
    pub span: ComparedYears,
    /// One for each line of the deal, in its order.
    pub needs: Vec<Need<'b>>,
}

/// What one line of a deal is for, in every way that the book sells it.
#[derive(Debug)]
pub struct Need<'b> {
    /// How many units are needed, by the unit of the line, and how long: more than one where years
    /// differ.
    pub units: Vec<(Length, Quantity)>,
    /// The contract value that the deal asks for, with its programs and agreed prices.
    pub asked: Money,
    /// As the line has it, without those.
    pub own: Candidate<'b>,
    /// By other metrics, in the order of the book.
    pub others: Vec<Candidate<'b>>,
    /// Metrics that have no price here, with the reason.
    pub left_out: Vec<(&'b Metric, LeftOutReason)>,
    /// Where it turns which of two costs less; empty where years differ.
    pub break_evens: Vec<BreakEven<'b>>,
    /// Each of the years that differ; empty where none does.
    pub by_year: Vec<YearNeed<'b>>,
}

/// Why a metric has no price for a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOutReason {
    /// It counts another unit, and nobody said how many that is.
    NoCount,
    /// The book does not sell so many.
    NotSold(Quantity),
    /// More of it would be needed than the program counts.
    TooMany,
    /// It is a package at a fee, or lasts for some months.
    Package,
    /// It is bought once, and the years of the line differ.
    Once,
}

impl<'a, 'b> NeedComparison<'a, 'b> {
    /// Of a deal.
    pub fn of(deal: &'a Deal<'b>, question: &'a CompareOptions) -> Self {
        let span = ComparedYears::of(deal);
        let needs = deal.lines().iter().enumerate().map(|(at, line)| {
            let asked = price(deal).lines.get(at).map_or(Money::ZERO, |priced| priced.tcv);
            let by_year = by_year::all(deal, line, question);
            Need { asked, by_year, ..Need::of(deal, line, question, span) }
        });
        Self { deal, question, span, needs: needs.collect() }
    }

    /// Whether something by the hour is priced or told of.
    pub fn has_use(&self) -> bool {
        let mut all = self.needs.iter().flat_map(Need::all);
        all.any(|it| matches!(it.metric.price_period(), PricePeriod::Hour { .. }))
    }
}

impl<'b> Need<'b> {
    /// At no price but the line's own, and without a look at its years.
    fn of(
        deal: &Deal<'b>,
        line: &Line<'b>,
        question: &CompareOptions,
        span: ComparedYears,
    ) -> Self {
        let own = Candidate::of(deal.line_alone(line), line.metric());
        let units = question.needed_units(line);
        let mut need = Self {
            units,
            asked: own.pricing.totals.tcv,
            own,
            others: Vec::new(),
            left_out: Vec::new(),
            break_evens: Vec::new(),
            by_year: Vec::new(),
        };
        let metrics = deal.book().metrics().iter();
        for metric in metrics.filter(|it| it.name() != line.metric().name()) {
            match need.priced_by(deal, metric, question) {
                Ok(candidate) => need.others.push(candidate),
                Err(reason) => need.left_out.push((metric, reason)),
            }
        }
        need.break_evens = break_even::all(deal, &need, question, span);
        need
    }

    /// The same need by another metric.
    fn priced_by(
        &self,
        deal: &Deal<'b>,
        metric: &'b Metric,
        question: &CompareOptions,
    ) -> Result<Candidate<'b>, LeftOutReason> {
        if is_package(metric) || is_package(self.own.metric) {
            return Err(LeftOutReason::Package);
        }
        let counted = question.units_of(self, metric).ok_or(LeftOutReason::NoCount)?;
        let years = counted.into_iter().map(|(length, count)| Some((length, count?)));
        let years = years.collect::<Option<Vec<_>>>().ok_or(LeftOutReason::TooMany)?;
        if years.len() > 1 && matches!(metric.price_period(), PricePeriod::Once { .. }) {
            return Err(LeftOutReason::Once);
        }
        let largest = years.iter().map(|(_, quantity)| *quantity).max().unwrap_or(Quantity::ONE);
        let unsold = years.iter().find(|(_, it)| metric.tier(*it).is_none());
        let reason = LeftOutReason::NotSold(unsold.map_or(largest, |(_, quantity)| *quantity));
        let mut deal = deal.without_items().with_order_by_year(metric, &years).ok_or(reason)?;
        // It runs on the same hosts, whatever is counted.
        for line in &mut deal.lines {
            line.hosts = self.own.deal.lines.first().and_then(|own| own.hosts);
        }
        Ok(Candidate::of(deal, metric))
    }

    /// As the line has it, and by every other metric.
    pub fn all(&self) -> impl Iterator<Item = &Candidate<'b>> {
        std::iter::once(&self.own).chain(&self.others)
    }

    /// How many units are needed, if that is the same in all years.
    pub fn flat(&self) -> Option<Quantity> {
        if let [(_, units)] = self.units.as_slice() { Some(*units) } else { None }
    }

    /// The least that the need costs, by any metric.
    pub fn least(&self, span: ComparedYears) -> Money {
        let costs = self.others.iter().map(|it| it.net.cost_over(span));
        costs.fold(self.own.net.cost_over(span), Money::min)
    }
}

/// Whether it is a package for some months or at a fee: no standing need is met by it.
fn is_package(metric: &Metric) -> bool {
    metric.is_for_months() || metric.tiers().iter().any(|tier| tier.fee().is_some())
}
