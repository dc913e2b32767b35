//! Lines of a customer's other deals that count with those of a deal.
//!
//! Who splits an order over several contracts buys the same units on the same days. So deals are joined by
//! metric and by days, whatever their terms and ways to pay: in each contract year of a deal, its lines count
//! together with those of the other deals on the day of that year on which these are most. What deals save apart is
//! looked at day by day instead (`each_day.rs`). Which years count as
//! a commitment is found over all deals with the same terms, each year beside that year of the others. Everything else of the deal stays as it is.
//!
//! A line from elsewhere counts by its names: that of a signed contract, and that of a deal under another price book or
//! in another currency. The book of the deal that it counts with says what its metric is.

use super::commitment::count_years;
use super::companion_days::{CountedDay, counts_by_year, on_days};
use super::counting::{UnsoldCount, count_together, recount};
use super::dated_line::{CompanionLine, DatedLine, LineFromElsewhere, kept_years, runs, years};
use super::{ContractPeriod, Deal, Line, Segment, precision_limits};
use crate::book::PriceBook;
use crate::number::{Date, Days, ProrationConvention, Quantity, Rounding, Years};

/// The most years between two dates, whose years have four digits.
const MOST_YEARS: i32 = 10_000;

/// Lines of several deals of one customer, with their days.
#[derive(Debug)]
pub struct CustomerLines<'d, 'b> {
    pub(super) deals: Vec<&'d Deal<'b>>,
    pub(super) lines: Vec<DatedLine<'b>>,
}

impl<'d, 'b> CustomerLines<'d, 'b> {
    pub fn of(deals: &[&'d Deal<'b>]) -> Self {
        let lines = deals.iter().enumerate().flat_map(|(at, deal)| {
            deal.lines.iter().map(move |line| DatedLine {
                deal: Some(at),
                contract: None,
                line: line.clone(),
                programs: deal.programs_for(line.metric),
                exclusive: deal.exclusive_program(line),
                runs: runs(deal, line),
            })
        });
        Self { deals: deals.to_vec(), lines: lines.collect() }
    }

    /// Returns a deal as it is beside the others, given by its place among them. Returns `None` where the book
    /// does not sell the quantity of all of them, or its figures could not be exact.
    pub fn beside(&self, deal: &Deal<'b>, at: usize) -> Option<Deal<'b>> {
        let mut deal =
            Deal { companions: self.companions(deal, at, CountedDay::Busiest), ..deal.clone() };
        recount_beside(&mut deal.lines, &deal.companions, deal.book.rounding).ok()?;
        count_years_beside(&mut deal.lines, &deal.companions, deal.book);
        precision_limits::is_exact(&deal).then_some(deal)
    }

    /// Returns all deals of the customer as they are beside each other, in the order in which they were given, or
    /// `None` where one of them has no price.
    pub fn all_beside(&self, deals: &[&Deal<'b>]) -> Option<Vec<Deal<'b>>> {
        deals.iter().enumerate().map(|(at, deal)| self.beside(deal, at)).collect()
    }

    /// Returns the lines of the other deals and of signed contracts that are of a metric of the deal, on its days: on a
    /// day of each of its contract years.
    pub(super) fn companions(
        &self,
        deal: &Deal<'b>,
        at: usize,
        counted: CountedDay<'_>,
    ) -> Vec<CompanionLine<'b>> {
        let (years, kept_years) = (years(deal), kept_years(deal));
        // Which years count is found beside the busiest days alone.
        let counts_years =
            deal.book.commitment.kept.is_some() && matches!(counted, CountedDay::Busiest);
        let same_terms = |other: &&Deal<'b>| {
            (counts_years && deal.states_same_terms(other)).then(|| deal.years_to(other))
        };
        let years_to: Vec<_> = self.deals.iter().map(same_terms).collect();
        let in_its_years = |line: &DatedLine<'b>| {
            let years_later = years_to[line.deal?]?;
            if years_later == 0 { Some(line.line.clone()) } else { line.moved(years_later, deal) }
        };
        let others = || self.lines.iter().filter(|it| it.deal != Some(at));
        let is_of_book = |it: &&DatedLine<'b>| {
            it.deal.is_some_and(|other| std::ptr::eq(self.deals[other].book, deal.book))
        };
        let elsewhere = others().filter(|it| !is_of_book(it));
        let elsewhere: Vec<_> = elsewhere.filter_map(|it| it.in_book_of(deal)).collect();
        // A contract among the deals counts as one of them.
        let signed = deal.signed.iter().filter(|it| !it.is_among(&self.deals)).map(|it| &it.line);
        let others: Vec<_> = others().filter(is_of_book).chain(&elsewhere).chain(signed).collect();
        let mut found = Vec::new();
        for (place, own) in deal.lines.iter().enumerate() {
            // Each group of lines that count together is looked at once.
            let is_alike = |line: &Line<'b>| {
                std::ptr::eq(line.metric, own.metric)
                    && (!own.metric.counts_all_lines() || count_together(line, own))
            };
            if deal.lines[..place].iter().any(is_alike) {
                continue;
            }
            let exclusive = deal.exclusive_program(own);
            let others = others.iter().copied();
            let mine = others.filter(|it| is_alike(&it.line) && it.exclusive == exclusive);
            let mine: Vec<_> = mine.collect();
            let years = if own.metric.is_perpetual() { &kept_years } else { &years };
            let counted = if counts_by_year(own.metric) { CountedDay::Busiest } else { counted };
            found.extend(on_days(years, counted, &mine, in_its_years));
        }
        // Lines of a free edition count for no other line, but an edition can have to stand alone.
        let is_apart = |it: &&&DatedLine<'b>| {
            let mut mine =
                deal.lines.iter().filter(|own| std::ptr::eq(own.metric, it.line.metric)).peekable();
            mine.peek().is_some_and(|own| own.metric.counts_all_lines())
                && mine.all(|own| !count_together(&it.line, own))
        };
        let apart: Vec<_> = others.iter().filter(is_apart).copied().collect();
        found.extend(on_days(&years, counted, &apart, in_its_years));
        found
    }

    /// Returns the most units of a metric that all deals have on one day of some runs of days.
    pub fn most_on(&self, metric: &str, within: &[Days]) -> Quantity {
        let mine = self.lines.iter().filter(|it| it.line.metric.name == metric);
        let mine: Vec<_> = mine.collect();
        let begun = mine.iter().flat_map(|it| &it.runs).map(|(days, _)| days.from);
        let is_within =
            |day: &Date| within.iter().any(|days| days.from <= *day && *day < days.until);
        let first_days = begun.filter(is_within).chain(within.iter().map(|days| days.from));
        let all = |day| mine.iter().map(|it| it.on(day)).sum();
        let mut days: Vec<Date> = first_days.collect();
        days.sort_unstable();
        days.dedup();
        days.into_iter().map(all).fold(Quantity::ZERO, Quantity::max)
    }
}

impl<'b> Deal<'b> {
    /// Returns the lines of signed contracts that count with those of the deal.
    pub(super) fn beside_contracts(&self) -> Vec<CompanionLine<'b>> {
        if self.signed.is_empty() {
            return Vec::new();
        }
        CustomerLines { deals: Vec::new(), lines: Vec::new() }.companions(
            self,
            0,
            CountedDay::Busiest,
        )
    }

    /// Returns a line from elsewhere as one of the book of the deal, if the book sells its metric.
    pub(super) fn line_from_elsewhere(
        &self,
        found: LineFromElsewhere<'b>,
    ) -> Option<DatedLine<'b>> {
        let metric = self.book.metric(found.metric)?;
        // A program that the book does not have excludes the line from every count.
        let exclusive = found.exclusive;
        if exclusive.is_some_and(|name| self.book.programs().all(|(_, it)| it.name != name)) {
            return None;
        }
        let edition = found.edition.filter(|name| metric.edition(name).is_some());
        let at_list = |quantity| Segment::at_list(metric, self.length(), quantity, edition);
        // A quantity that the book does not sell alone can be sold together with others.
        let least = at_list(Quantity::whole(metric.tiers().first()?.quantity.from().max(1))?)?;
        let runs = found.runs.iter().map(|(_, quantity)| *quantity);
        let segments = runs.map(|quantity| {
            at_list(quantity).unwrap_or_else(|| Segment { quantity, ..least.clone() })
        });
        let segments = segments.collect();
        let (hosts, sold_for, committed) = (found.hosts, None, None);
        let count = None;
        let line = Line { metric, edition, hosts, sold_for, committed, count, segments };
        let (programs, runs) = (found.programs, found.runs);
        Some(DatedLine { deal: None, contract: None, line, programs, exclusive, runs })
    }

    /// Returns the days of the contract. One that states no start begins on the day of the quote.
    pub fn contract_period(&self) -> ContractPeriod {
        self.period.unwrap_or_else(|| self.days_from(self.date))
    }

    /// Returns the first and the last day of the contract, as [`Self::contract_period`] dates it.
    pub fn contract_days(&self) -> (Date, Date) {
        let period = self.contract_period();
        (period.start(), self.last_day(&period))
    }

    /// Returns the years from the start of the contract to that of another one, to the nearest year; below zero for one
    /// that begins earlier. A start up to half a year away is in the same year.
    pub(crate) fn years_to(&self, other: &Self) -> i32 {
        let begins = |deal: &Self| deal.contract_period().start();
        let between = |first: Date, next: Date| {
            let mut years = 0..MOST_YEARS;
            years.find(|years| next < first.plus_months(12 * years + 6)).unwrap_or(MOST_YEARS)
        };
        let (mine, others) = (begins(self), begins(other));
        if mine <= others { between(mine, others) } else { -between(others, mine) }
    }

    /// Returns the first and the last day on which the customer has units of the deal: those of the contract, and for
    /// perpetual units all days from the first one on.
    pub fn days_of_units(&self) -> (Date, Date) {
        let (begins, ends) = self.contract_days();
        let keeps_units = self.lines.iter().any(|line| line.metric.is_perpetual());
        (begins, if keeps_units { Date::LAST } else { ends })
    }

    /// Returns the deal with the days of a longer contract, to judge its length. Its lines keep theirs.
    pub fn with_days(&self, begins: Date, ends: Date) -> Self {
        let billing = self.book.billing.as_ref().and_then(|billing| billing.proration.as_ref());
        let convention = billing.map_or(ProrationConvention::Actual, |(convention, _)| *convention);
        let period = ContractPeriod::co_term(begins, ends, convention);
        let term = Years::new(period.length().years().into()).unwrap_or(self.term);
        Self { period: Some(period), term, months_in_term: None, ..self.clone() }
    }

    /// Returns the name of the program that excludes every other discount of a line.
    pub(super) fn exclusive_program(&self, line: &Line<'b>) -> Option<&'b str> {
        self.exclusive_claim(line).map(|claim| claim.program.name.as_str())
    }
}

/// Finds the list price of each line by the quantity that counts for it, beside the lines of other deals.
///
/// # Errors
/// Lines whose quantity together is not sold.
pub(super) fn recount_beside<'b>(
    lines: &mut Vec<Line<'b>>,
    companions: &[CompanionLine<'b>],
    rounding: Rounding,
) -> Result<(), UnsoldCount> {
    let own = lines.len();
    lines.extend(companions.iter().map(|companion| companion.line.clone()));
    let counted = recount(lines, rounding);
    lines.truncate(own);
    counted.map_err(|unsold| UnsoldCount { line: unsold.line.min(own.saturating_sub(1)), ..unsold })
}

/// Finds the years that do not count for the discounts of each line beside the lines of the customer's other deals.
/// The first years of deals with the same terms that begin in one year are looked at together, and so is each later year.
pub(super) fn count_years_beside<'b>(
    lines: &mut [Line<'b>],
    companions: &[CompanionLine<'b>],
    book: &PriceBook,
) {
    count_years(lines, book);
    let others = || companions.iter().filter_map(|it| it.in_its_years.as_ref());
    if book.commitment.kept.is_none() || others().next().is_none() {
        return;
    }
    let apart = companions.iter().filter(|it| it.in_its_years.is_none()).map(|it| &it.line);
    let one_commitment = lines.len() + others().count();
    let mut all: Vec<_> = lines.iter().chain(others()).chain(apart).cloned().collect();
    // Deals that begin on different days can be more in their first years than on any day.
    if recount(&mut all, book.rounding).is_err() {
        return;
    }
    all.truncate(one_commitment);
    count_years(&mut all, book);
    for (line, counted) in lines.iter_mut().zip(&all) {
        let uncounted = counted.uncounted_years();
        line.segments.iter_mut().for_each(|segment| segment.uncounted_years = uncounted);
    }
}
