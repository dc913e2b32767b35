//! Lines of the customer's other deals, with the days on which it has their units.

use super::{Deal, Line, Segment};
use crate::book::{Program, SignedContract};
use crate::number::{Date, Days, Length, Quantity};

/// Line of another deal, with its quantity in each year of the deal that it counts with.
#[derive(Debug, Clone)]
pub struct CompanionLine<'b> {
    pub(super) line: Line<'b>,
    /// The line with the years of its own deal, if that deal has the same terms: both are one commitment. Those of a
    /// deal that begins in another year are moved to the years of this one.
    pub(super) in_its_years: Option<Line<'b>>,
    /// Programs that the other deal claims.
    pub(super) programs: Vec<&'b str>,
    /// The program that excludes every other discount of the line.
    pub(super) exclusive: Option<&'b str>,
    /// The signed contract of the line, if it is of one.
    pub(super) contract: Option<&'b SignedContract>,
}

impl CompanionLine<'_> {
    /// Whether the units of the line are among those that a program is for. A claim is of a whole deal, so that the
    /// lines of all deals are, under the program or not; but lines that an exclusive program takes stand apart. What
    /// the customer has signed before counts where it is under the program.
    pub(super) fn counts_for(&self, program: &Program) -> bool {
        if self.contract.is_some() {
            return self.programs.contains(&program.name());
        }
        self.exclusive == program.exclusive.then_some(program.name())
    }
}

/// Line with the days on which the customer has its units.
#[derive(Debug, Clone)]
pub(super) struct DatedLine<'b> {
    /// Place of the deal among those of the customer; `None` for a signed contract.
    pub deal: Option<usize>,
    pub contract: Option<&'b SignedContract>,
    pub line: Line<'b>,
    pub programs: Vec<&'b str>,
    /// The program that excludes every other discount of the line.
    pub exclusive: Option<&'b str>,
    pub runs: Vec<(Days, Quantity)>,
}

/// Line of the customer that belongs to no book: of a signed contract, or of a deal under another book.
pub(super) struct LineFromElsewhere<'b> {
    pub metric: &'b str,
    pub edition: Option<&'b str>,
    pub hosts: Option<u32>,
    pub programs: Vec<&'b str>,
    pub exclusive: Option<&'b str>,
    pub runs: Vec<(Days, Quantity)>,
}

impl<'b> DatedLine<'b> {
    pub(super) fn on(&self, day: Date) -> Quantity {
        let run = self.runs.iter().find(|(days, _)| days.from <= day && day < days.until);
        run.map_or(Quantity::ZERO, |(_, quantity)| *quantity)
    }

    /// Returns the line as one of the book of another deal, if that sells the metric.
    pub(super) fn in_book_of(&self, deal: &Deal<'b>) -> Option<Self> {
        let line = deal.line_from_elsewhere(LineFromElsewhere {
            metric: &self.line.metric.name,
            edition: self.line.edition,
            hosts: self.line.hosts,
            programs: self.programs.clone(),
            exclusive: self.exclusive,
            runs: self.runs.clone(),
        })?;
        let mut line = Self { deal: self.deal, ..line };
        for (segment, own) in line.line.segments.iter_mut().zip(&self.line.segments) {
            segment.length = own.length;
        }
        Some(line)
    }

    /// Returns the line in the years of another deal of its terms, which begins so many years earlier than its own, or
    /// later if that is below zero. A contract that ends is no fall: its last year stands for those after it. A signed
    /// contract keeps the years that it was signed with, and of a contract that is over when the other begins no year
    /// counts.
    pub(super) fn moved(&self, years_later: i32, deal: &Deal<'b>) -> Option<Line<'b>> {
        let own = self.line.segments.iter();
        let own = own.flat_map(|it| std::iter::repeat_n(it.quantity, it.length.years() as usize));
        let own: Vec<_> = own.collect();
        let last = own.len().checked_sub(1)?;
        let is_over = years_later.unsigned_abs() as usize > last;
        if deal.signed_as.is_some() || is_over {
            return None;
        }
        let quantity_in = |year: usize| {
            let year = i64::try_from(year).ok()? - i64::from(years_later);
            own.get(usize::try_from(year).ok()?.min(last)).copied()
        };
        let lengths = years(deal).into_iter().map(|(_, length)| length).enumerate();
        let years =
            lengths.map(|(year, length)| (length, quantity_in(year).unwrap_or(Quantity::ZERO)));
        Some(Line { segments: self.segments(years), committed: None, ..self.line.clone() })
    }

    /// Returns segments with quantities of the line in the years of another deal.
    pub(super) fn segments(
        &self,
        years: impl Iterator<Item = (Length, Quantity)>,
    ) -> Vec<Segment<'b>> {
        let Some(first) = self.line.segments.first() else { return Vec::new() };
        let segments = years.map(|(length, quantity)| {
            let bought = self.line.segments.iter().find(|it| it.quantity == quantity);
            let segment = bought.unwrap_or(first).clone();
            // A fee is for units that are there.
            let fee = segment.fee.filter(|_| !quantity.is_zero());
            Segment { length, quantity, expected: None, fee, ..segment }
        });
        segments.collect()
    }
}

/// Returns the runs of equal years of a line, each with its days. Perpetual units are there without an end.
pub(super) fn runs(deal: &Deal<'_>, line: &Line<'_>) -> Vec<(Days, Quantity)> {
    let period = deal.contract_period();
    let start = period.start();
    let months = line.metric.months.and_then(|months| i32::try_from(months).ok());
    let ends = line.year_ends().map(|year| match months {
        Some(months) => start.plus_months(months),
        None => period.boundary(12 * year),
    });
    let mut from = start;
    let runs = ends.zip(&line.segments).map(|(until, segment)| {
        let days = Days { from, until };
        from = until;
        (days, segment.quantity)
    });
    let mut runs: Vec<_> = runs.collect();
    if let Some((last, _)) = runs.last_mut().filter(|_| line.metric.is_perpetual()) {
        last.until = Date::LAST;
    }
    runs
}

/// Returns the contract years of a deal, with the part of a year before the first in it.
pub(super) fn years(deal: &Deal<'_>) -> Vec<(Days, Length)> {
    let (period, length) = (deal.contract_period(), deal.length());
    let mut from = period.start();
    let mut part = length.part();
    let begun = if length.years() == 0 { 0..=0 } else { 1..=length.years() };
    let years = begun.map(|year| {
        let days = Days { from, until: period.boundary(12 * year) };
        from = days.until;
        (days, Length::new(part.take(), year.min(1)))
    });
    years.collect()
}

/// Returns the contract years of a deal, each with all days from the first one on. A perpetual unit is bought once: its
/// price is found by the most units that the customer ever has, and is that of every year.
pub(super) fn kept_years(deal: &Deal<'_>) -> Vec<(Days, Length)> {
    let days = Days { from: deal.contract_period().start(), until: Date::LAST };
    years(deal).into_iter().map(|(_, length)| (days, length)).collect()
}
