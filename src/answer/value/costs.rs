//! The costs of an alternative, and the customer's own costs on our side, year by year.

use super::horizon::{Horizon, HorizonYear};
use crate::book::{Alternative, Cost, CostFrequency, CountedUnits};
use crate::deal::{Deal, Line};
use crate::number::{Date, Money, Quantity, rounding};

/// The largest cost of an alternative, in whole units of currency: the same as for a contract.
const LARGEST: u64 = 1_000_000_000_000_000;

#[derive(Debug, Clone)]
pub struct CountedCost<'b> {
    pub cost: &'b Cost,
    /// Whether the figure is the customer's own, from the deal.
    pub is_own: bool,
    /// The units of the year with the highest need; `None` for a cost of the whole deal.
    pub times: Option<Quantity>,
    pub total: Money,
    /// The years of a yearly cost, where they need different units; empty where all need as many.
    pub periods: Vec<CostPeriod>,
    /// The one-time and the recurring part of each year.
    years: Vec<(Money, Money)>,
}

/// Years that follow one another and need as many units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CostPeriod {
    /// The first year and the last one, counted from 1.
    pub first: usize,
    pub last: usize,
    pub times: Quantity,
    pub total: Money,
}

/// The costs of an alternative, or the customer's own costs, year by year.
#[derive(Debug, Clone, Default)]
pub struct CountedCosts<'b> {
    pub counted: Vec<CountedCost<'b>>,
    pub total: Money,
    /// Figures of the customer by units that no line of the deal counts.
    pub(super) idle: Vec<&'b Cost>,
    /// The lines without a cost, by place, where costs by units cover other lines.
    pub(super) uncounted: Vec<usize>,
}

/// A cost above the largest contract value, where sums are no longer exact.
#[derive(Debug, Clone, Copy)]
pub enum CostTooLarge<'b> {
    Alternative(&'b Alternative),
    OwnCosts,
}

pub(super) type DatedPayments = Vec<(Date, Money)>;

impl<'b> CountedCosts<'b> {
    /// Counts the customer's figures in place of those of the book: nobody pays twice for what two of them call by
    /// two names. If the deal says that they add, only figures with the same title are replaced.
    pub(super) fn of_alternative(
        deal: &'b Deal<'b>,
        alternative: &'b Alternative,
        horizon: &Horizon,
    ) -> Result<Self, CostTooLarge<'b>> {
        let asked = deal.alternatives.iter().find(|it| it.alternative.name == alternative.name);
        let own = asked.map_or(&[][..], |asked| &asked.costs);
        let adds = asked.is_none_or(|asked| asked.adds);
        let is_replaced = |cost: &&Cost| own.iter().any(|mine| !adds || mine.title == cost.title);
        let standard = alternative.costs.iter().filter(|cost| !is_replaced(cost));
        let standard = standard.map(|cost| (cost, false));
        let costs = Self::count(deal, standard.chain(own.iter().map(|cost| (cost, true))), horizon);
        costs.ok_or(CostTooLarge::Alternative(alternative))
    }

    /// Counts the customer's own costs when it chooses us, such as migration and training.
    pub(super) fn own(deal: &'b Deal<'_>, horizon: &Horizon) -> Result<Self, CostTooLarge<'b>> {
        let costs = Self::count(deal, deal.own_costs.iter().map(|cost| (cost, true)), horizon);
        costs.ok_or(CostTooLarge::OwnCosts)
    }

    /// Returns `None` where costs, each with whether it is the customer's own, exceed the largest value.
    fn count(
        deal: &'b Deal<'_>,
        all: impl Iterator<Item = (&'b Cost, bool)>,
        horizon: &Horizon,
    ) -> Option<Self> {
        let mut costs = Self::default();
        let mut by_units: Vec<&CountedUnits> = Vec::new();
        for (cost, is_own) in all {
            let times = match &cost.per {
                None => None,
                Some(units) => {
                    by_units.push(units);
                    let mine = deal.lines.iter().filter(|line| counts(units, line));
                    let mine: Vec<_> = mine.collect();
                    if mine.is_empty() {
                        costs.idle.extend(is_own.then_some(cost));
                        continue;
                    }
                    Some(times(units, &mine, horizon)?)
                }
            };
            let counted = CountedCost::of(deal, cost, is_own, times.as_deref(), horizon)?;
            costs.total = costs.total + counted.total;
            if !costs.total.is_within(LARGEST) {
                return None;
            }
            costs.counted.push(counted);
        }
        // Figures of the customer for the whole deal are for all of its lines.
        let is_for_all = costs.counted.iter().any(|it| it.is_own && it.times.is_none());
        if !by_units.is_empty() && !is_for_all {
            let is_counted = |line| by_units.iter().any(|units| counts(units, line));
            let lines = deal.lines.iter().enumerate().filter(|(_, line)| !is_counted(line));
            costs.uncounted = lines.map(|(at, _)| at).collect();
        }
        Some(costs)
    }

    /// Returns the cost of each year as one payment at its beginning.
    pub(super) fn in_advance(&self, horizon: &Horizon) -> DatedPayments {
        let parts = |at: usize| self.counted.iter().map(move |it| it.years[at]);
        let cost = |at| parts(at).map(|(once, yearly)| once + yearly).sum();
        horizon.years.iter().enumerate().map(|(at, year)| (year.from, cost(at))).collect()
    }

    /// Returns one-time costs on the first day of their year, and recurring costs spread evenly over
    /// the months of their year, each part on the day on which its month has ended. Parts are rounded
    /// to `places` decimal places.
    pub(super) fn by_month(&self, horizon: &Horizon, places: u32) -> DatedPayments {
        let mut parts = Vec::new();
        for (at, year) in horizon.years.iter().enumerate() {
            let once = self.counted.iter().map(|it| it.years[at].0).sum();
            let yearly = self.counted.iter().map(|it| it.years[at].1).sum();
            parts.push((year.from, once));
            let (ends, days): (Vec<_>, Vec<_>) = horizon.months(year).into_iter().unzip();
            // The months of a whole year weigh the same. After a part of a year, the year cuts a month
            // in two, so that months weigh by their days.
            let alike = vec![1; days.len()];
            let weights = if horizon.length.part().is_some() { &days } else { &alike };
            parts.extend(ends.into_iter().zip(rounding::split(yearly, weights, places)));
        }
        parts
    }
}

fn counts(units: &CountedUnits, line: &Line<'_>) -> bool {
    let (one, many) = (&line.metric.unit, &line.metric.units);
    [one, many].contains(&&units.word)
}

/// Returns the units of each year, every line rounded up by itself; `None` for too large a quantity.
fn times(units: &CountedUnits, lines: &[&Line<'_>], horizon: &Horizon) -> Option<Vec<Quantity>> {
    let mut sums = vec![0_u64; horizon.years.len()];
    for line in lines {
        for (sum, needed) in sums.iter_mut().zip(horizon.needed(line)) {
            *sum += units.times(needed).ceil();
        }
    }
    sums.into_iter().map(Quantity::whole).collect()
}

impl<'b> CountedCost<'b> {
    fn of(
        deal: &Deal<'_>,
        cost: &'b Cost,
        is_own: bool,
        times: Option<&[Quantity]>,
        horizon: &Horizon,
    ) -> Option<Self> {
        let mut held = 0;
        let mut parts = Vec::new();
        for (at, year) in horizon.years.iter().enumerate() {
            let needed = times.map_or(Some(Quantity::ONE), |times| times.get(at).copied())?;
            let (once, yearly) = match cost.frequency {
                CostFrequency::Once => (cost.amount * needed.above(held), Money::ZERO),
                CostFrequency::Years(years) => {
                    (Money::ZERO, share(deal, cost.amount * needed, years, year))
                }
            };
            // Units bought for an earlier year are still there.
            held = held.max(needed.ceil());
            if !(once + yearly).is_within(LARGEST) {
                return None;
            }
            parts.push((once, yearly));
        }
        let total = parts.iter().map(|(once, yearly)| *once + *yearly).sum();
        let most = times.and_then(|times| times.iter().max().copied());
        // What is paid once is paid for the most units, whenever they are needed.
        let is_yearly = matches!(cost.frequency, CostFrequency::Years(_));
        let periods = times.filter(|_| is_yearly).map(|times| periods(times, &parts));
        let periods = periods.filter(|periods| periods.len() > 1).unwrap_or_default();
        Some(Self { cost, is_own, times: most, total, periods, years: parts })
    }
}

/// Joins the years that follow one another with as many units. The parts of each year are given.
fn periods(times: &[Quantity], parts: &[(Money, Money)]) -> Vec<CostPeriod> {
    let mut periods: Vec<CostPeriod> = Vec::new();
    for (year, (&times, &(once, yearly))) in (1..).zip(times.iter().zip(parts)) {
        let total = once + yearly;
        match periods.last_mut().filter(|last| last.times == times) {
            Some(last) => (last.last, last.total) = (year, last.total + total),
            None => periods.push(CostPeriod { first: year, last: year, times, total }),
        }
    }
    periods
}

/// Returns the part of one year in a cost for several years; all parts add up to the cost.
fn share(deal: &Deal<'_>, together: Money, years: u32, year: &HorizonYear) -> Money {
    let book = deal.book;
    let places = book.currency.minor;
    if !together.is_within(LARGEST) {
        return together;
    }
    let weights = vec![1; usize::try_from(years).unwrap_or(1)];
    let which = usize::try_from(year.index % years.max(1)).unwrap_or_default();
    let whole = rounding::split(together, &weights, places).nth(which).unwrap_or_default();
    year.part.map_or(whole, |part| book.rounding.part(whole, part, places))
}
