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
mod limit;
mod turns;

pub use break_even::{BreakEven, Sides, Turning, UseTurning, YearsTurning};
pub use by_year::YearNeed;
pub use candidate::Candidate;
pub use counts::{Amount, Count, Question};
pub use course::{Course, Side, Span};
pub use drawing::{Along, Drawing};
pub use limit::Limit;
pub use turns::Range;

use crate::book::{Metric, Per};
use crate::deal::{Deal, Line};
use crate::price::price;
use crate::value::{Length, Money, Quantity};

/// The needs of a deal, a line each.
#[derive(Debug)]
pub struct Candidates<'a, 'b> {
    /// What was asked for.
    pub deal: &'a Deal<'b>,
    /// How it is looked at.
    pub question: &'a Question,
    /// The years that are compared.
    pub span: Span,
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
    pub left_out: Vec<(&'b Metric, Reason)>,
    /// Where it turns which of two costs less; empty where years differ.
    pub break_evens: Vec<BreakEven<'b>>,
    /// Each of the years that differ; empty where none does.
    pub by_year: Vec<YearNeed<'b>>,
}

/// Why a metric has no price for a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
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

impl<'a, 'b> Candidates<'a, 'b> {
    /// Of a deal.
    #[must_use]
    pub fn of(deal: &'a Deal<'b>, question: &'a Question) -> Self {
        let span = Span::of(deal);
        let needs = deal.lines().iter().enumerate().map(|(at, line)| {
            let asked = price(deal).lines.get(at).map_or(Money::ZERO, |priced| priced.tcv);
            let by_year = by_year::all(deal, line, question);
            Need { asked, by_year, ..Need::of(deal, line, question, span) }
        });
        Self { deal, question, span, needs: needs.collect() }
    }

    /// Whether something by the hour is priced or told of.
    #[must_use]
    pub fn has_use(&self) -> bool {
        let mut all = self.needs.iter().flat_map(Need::all);
        all.any(|it| matches!(it.metric.per(), Per::Hour { .. }))
    }
}

impl<'b> Need<'b> {
    /// At no price but the line's own, and without a look at its years.
    fn of(deal: &Deal<'b>, line: &Line<'b>, question: &Question, span: Span) -> Self {
        let own = Candidate::of(deal.line_alone(line), line.metric());
        let units = question.needed(line);
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
            match need.by(deal, metric, question) {
                Ok(candidate) => need.others.push(candidate),
                Err(reason) => need.left_out.push((metric, reason)),
            }
        }
        need.break_evens = break_even::all(deal, &need, question, span);
        need
    }

    /// The same need by another metric.
    fn by(
        &self,
        deal: &Deal<'b>,
        metric: &'b Metric,
        question: &Question,
    ) -> Result<Candidate<'b>, Reason> {
        if is_package(metric) || is_package(self.own.metric) {
            return Err(Reason::Package);
        }
        let counted = question.counted(self, metric).ok_or(Reason::NoCount)?;
        let years = counted.into_iter().map(|(length, count)| Some((length, count?)));
        let years = years.collect::<Option<Vec<_>>>().ok_or(Reason::TooMany)?;
        if years.len() > 1 && matches!(metric.per(), Per::Once { .. }) {
            return Err(Reason::Once);
        }
        let largest = years.iter().map(|(_, quantity)| *quantity).max().unwrap_or(Quantity::ONE);
        let unsold = years.iter().find(|(_, it)| metric.tier(*it).is_none());
        let reason = Reason::NotSold(unsold.map_or(largest, |(_, quantity)| *quantity));
        let mut deal = deal.terms_alone().buying_by_year(metric, &years).ok_or(reason)?;
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
    #[must_use]
    pub fn flat(&self) -> Option<Quantity> {
        if let [(_, units)] = self.units.as_slice() { Some(*units) } else { None }
    }

    /// The least that the need costs, by any metric.
    #[must_use]
    pub fn least(&self, span: Span) -> Money {
        let costs = self.others.iter().map(|it| it.net.over(span));
        costs.fold(self.own.net.over(span), Money::min)
    }
}

/// Whether it is a package for some months or at a fee: no standing need is met by it.
fn is_package(metric: &Metric) -> bool {
    metric.is_for_months() || metric.tiers().iter().any(|tier| tier.fee().is_some())
}
