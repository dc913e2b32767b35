//! Days of a contract year on which the customer's other deals count.
//!
//! A rule holds on every day, so that an approval looks at the day of a year on which the other deals are most. Money is
//! paid for every day: beside a renewal that begins two weeks before the old contract ends, a year is dearer
//! for two weeks. So what deals cost together is found for all days on which the others stay the same, and each
//! run of them counts by its share of the year. A price that is found by other days keeps the busiest one:
//! that of a perpetual unit, which is bought once, and that of a metric which counts signed contracts, of which the
//! book takes one day for the year.

use super::companion_days::{CountedDay, counts_by_year};
use super::companions::{CustomerLines, recount_beside};
use super::dated_line::{DatedLine, years};
use super::plain_lines::is_plain;
use super::{Deal, Line, precision_limits};
use crate::number::{Date, Days, Quantity};

/// Deal as it is beside others on some days of its contract years.
#[derive(Debug)]
pub struct DealOnDays<'b> {
    pub deal: Deal<'b>,
    pub runs: Vec<DaysOfYear>,
}

/// Days of a contract year of a deal that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaysOfYear {
    /// Place of the contract year in the deal, from 0 on. A part of a year before the first whole one belongs to it.
    pub year: usize,
    pub days: Days,
    /// How many days the whole year has.
    pub of: u32,
}

/// Runs of days on which lines have one quantity each.
type SameDays = (Vec<Quantity>, Vec<Days>);

impl<'b> CustomerLines<'_, 'b> {
    /// Returns a deal as it is beside the others on all days of its contract years, given by its place among them:
    /// once for all runs of days on which their lines of a metric stay the same. Returns `None` as
    /// [`CustomerLines::beside`] does.
    pub fn on_each_day(
        &self,
        metric: &str,
        deal: &Deal<'b>,
        at: usize,
    ) -> Option<Vec<DealOnDays<'b>>> {
        let busiest = self.beside(deal, at)?;
        let years = paid_years(deal, metric);
        let others = self.lines.iter().filter(|it| it.deal != Some(at));
        // What a share of other lines costs depends on these.
        let own = deal.book.metric(metric);
        let share = own.and_then(|own| own.share.as_ref());
        let counts = |line: &Line<'_>| {
            line.metric.name == metric || share.is_some_and(|share| share.is_of(line.metric))
        };
        let others: Vec<_> = others.filter(|it| counts(&it.line)).collect();
        let as_one = self.plain_lines_as_one(&others);
        let others = as_one.as_ref().map_or(others, |line| vec![line]);
        let lines = others.iter().copied().cloned().collect();
        let counted = as_one.is_some().then(|| Self { deals: self.deals.clone(), lines });
        let counted = counted.as_ref().unwrap_or(self);
        let is_by_year = own.is_some_and(counts_by_year);
        let same: Vec<_> = years.iter().map(|year| same_days(*year, &others)).collect();
        let most = same.iter().map(Vec::len).max().unwrap_or_default();
        if is_by_year || most < 2 {
            let runs = years.iter().enumerate().map(|(year, days)| run(year, *days, *days));
            return Some(vec![DealOnDays { deal: busiest, runs: runs.collect() }]);
        }
        let at_place = |place: usize| {
            let first = |year: &Vec<SameDays>| {
                let (_, days) = &year[place.min(year.len() - 1)];
                days[0].from
            };
            let days: Vec<_> = same.iter().map(first).collect();
            let mine = same.iter().zip(&years).enumerate();
            let runs = mine.flat_map(|(number, (year, all))| {
                let runs = year.get(place).into_iter().flat_map(|(_, runs)| runs);
                runs.map(move |days| run(number, *days, *all))
            });
            DealOnDays { deal: counted.beside_on(deal, at, &busiest, &days), runs: runs.collect() }
        };
        Some((0..most).map(at_place).collect())
    }

    /// Returns lines of a metric that count in no other way than by their quantities as one line with the sum of each day:
    /// the price of a line needs no more. Returns `None` where one of them counts otherwise.
    fn plain_lines_as_one(&self, lines: &[&DatedLine<'b>]) -> Option<DatedLine<'b>> {
        let (first, others) = lines.split_first()?;
        let book =
            |line: &DatedLine<'b>| line.deal.map(|at| std::ptr::from_ref(self.deals[at].book));
        let is_alike = |line: &&DatedLine<'b>| {
            std::ptr::eq(line.line.metric, first.line.metric)
                && is_plain(&line.line)
                && line.exclusive == first.exclusive
                && book(line) == book(first)
        };
        if others.is_empty() || !lines.iter().all(is_alike) {
            return None;
        }
        let ends =
            lines.iter().flat_map(|it| &it.runs).flat_map(|(days, _)| [days.from, days.until]);
        let mut ends: Vec<_> = ends.collect();
        ends.sort_unstable();
        ends.dedup();
        let runs = ends.windows(2).map(|ends| Days { from: ends[0], until: ends[1] });
        let on = |day| lines.iter().map(|line| line.on(day)).sum::<Quantity>();
        let runs = runs.map(|days| (days, on(days.from))).collect();
        Some(DatedLine { runs, ..(*first).clone() })
    }

    /// Returns a deal beside the others on a day of each of its years, with the years that count as a commitment
    /// beside all of them. Fewer units than on the busiest day need not be sold: those of that day count then.
    fn beside_on(&self, deal: &Deal<'b>, at: usize, busiest: &Deal<'b>, days: &[Date]) -> Deal<'b> {
        let companions = self.companions(deal, at, CountedDay::On(days));
        let mut deal = Deal { companions, ..deal.clone() };
        if recount_beside(&mut deal.lines, &deal.companions, deal.book.rounding).is_err() {
            return busiest.clone();
        }
        for (line, counted) in deal.lines.iter_mut().zip(&busiest.lines) {
            let uncounted = counted.uncounted_years();
            line.segments.iter_mut().for_each(|segment| segment.uncounted_years = uncounted);
        }
        if precision_limits::is_exact(&deal) { deal } else { busiest.clone() }
    }
}

impl Deal<'_> {
    /// Returns the days of each contract year.
    pub fn days_of_years(&self) -> Vec<DaysOfYear> {
        let years = years(self).into_iter().enumerate();
        years.map(|(year, (days, _))| run(year, days, days)).collect()
    }
}

fn run(year: usize, days: Days, all: Days) -> DaysOfYear {
    DaysOfYear { year, days, of: all.from.days_to(all.until) }
}

/// Returns the days of each contract year of a deal for which its lines of a metric are paid.
fn paid_years(deal: &Deal<'_>, metric: &str) -> Vec<Days> {
    let months = deal.book.metric(metric).and_then(|it| i32::try_from(it.months?).ok());
    let days = |days: Days| match months {
        Some(months) => Days { until: days.from.plus_months(months), ..days },
        None => days,
    };
    years(deal).into_iter().map(|(year, _)| days(year)).collect()
}

/// Returns the days of a year in runs on which each of some lines has one quantity; those of equal quantities together.
fn same_days(year: Days, lines: &[&DatedLine<'_>]) -> Vec<SameDays> {
    let ends =
        lines.iter().flat_map(|line| &line.runs).flat_map(|(days, _)| [days.from, days.until]);
    let mut from: Vec<_> = ends.filter(|day| year.from < *day && *day < year.until).collect();
    from.push(year.from);
    from.sort_unstable();
    from.dedup();
    let until = from.iter().copied().skip(1).chain([year.until]);
    let mut found: Vec<SameDays> = Vec::new();
    for (from, until) in from.iter().copied().zip(until) {
        let quantities: Vec<_> = lines.iter().map(|line| line.on(from)).collect();
        let days = Days { from, until };
        match found.iter_mut().find(|(known, _)| *known == quantities) {
            Some((_, runs)) => runs.push(days),
            None => found.push((quantities, vec![days])),
        }
    }
    found
}
