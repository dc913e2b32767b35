//! What an alternative costs, year by year.

use super::horizon::{Horizon, HorizonYear};
use crate::book::{Alternative, Cost, CostFrequency, CountedUnits};
use crate::deal::{Deal, Line};
use crate::number::{Date, Money, Quantity, rounding};

/// The most that an alternative can cost, in whole units of currency: as much as a contract.
const LARGEST: u64 = 1_000_000_000_000_000;

/// A cost as far as it counts for a deal.
#[derive(Debug, Clone)]
pub struct CountedCost<'b> {
    /// What it is.
    pub cost: &'b Cost,
    /// Whether it is the customer's own figure.
    pub is_own: bool,
    /// How many times its units are needed in the year that needs most; nothing where it is for the
    /// whole deal.
    pub times: Option<Quantity>,
    /// All of it.
    pub total: Money,
    /// What of it is paid once, in each year.
    once: Vec<Money>,
    /// What each year costs.
    yearly: Vec<Money>,
}

/// What an alternative costs, year by year.
#[derive(Debug, Clone)]
pub(super) struct AlternativeCosts<'b> {
    pub counted: Vec<CountedCost<'b>>,
    pub total: Money,
    /// Figures of the customer that count for nothing: the deal has none of their units.
    pub idle: Vec<&'b Cost>,
    /// The lines that nothing is counted for, though other lines are counted by their units.
    pub uncounted: Vec<usize>,
}

impl<'b> AlternativeCosts<'b> {
    /// The costs of an alternative for a deal: those of the customer, and those of the book that
    /// they do not replace. Nothing, where they are more than can be exact.
    pub fn of(deal: &'b Deal<'b>, alternative: &'b Alternative, horizon: &Horizon) -> Option<Self> {
        let asked = deal.alternatives.iter().find(|it| it.alternative.name == alternative.name);
        let own = asked.map_or(&[][..], |asked| &asked.costs);
        let is_replaced = |cost: &&Cost| own.iter().any(|mine| mine.title == cost.title);
        let standard = alternative.costs.iter().filter(|cost| !is_replaced(cost));
        let standard = standard.map(|cost| (cost, false));
        Self::count(deal, standard.chain(own.iter().map(|cost| (cost, true))), horizon)
    }

    /// What the customer pays besides our price.
    pub fn beside(deal: &'b Deal<'_>, horizon: &Horizon) -> Option<Self> {
        Self::count(deal, deal.own_costs.iter().map(|cost| (cost, true)), horizon)
    }

    /// Each with whether it is the customer's own figure.
    fn count(
        deal: &'b Deal<'_>,
        all: impl Iterator<Item = (&'b Cost, bool)>,
        horizon: &Horizon,
    ) -> Option<Self> {
        let mut costs = Self {
            counted: Vec::new(),
            total: Money::ZERO,
            idle: Vec::new(),
            uncounted: Vec::new(),
        };
        let mut is_by_units = false;
        let mut is_counted = vec![false; deal.lines().len()];
        for (cost, is_own) in all {
            let times = match &cost.per {
                None => None,
                Some(units) => {
                    is_by_units = true;
                    let lines = deal.lines().iter().zip(&mut is_counted);
                    let mine: Vec<_> = lines
                        .filter(|(line, _)| counts(units, line))
                        .map(|(line, is_counted)| {
                            *is_counted = true;
                            line
                        })
                        .collect();
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
        if is_by_units && !is_for_all {
            let lines = is_counted.iter().enumerate().filter(|(_, is_counted)| !**is_counted);
            costs.uncounted = lines.map(|(at, _)| at).collect();
        }
        Some(costs)
    }

    /// Each year at its beginning, with what is paid once.
    pub fn in_advance(&self, horizon: &Horizon) -> Vec<(Date, Money)> {
        let year = |at: usize| self.counted.iter().map(|it| it.once[at] + it.yearly[at]).sum();
        horizon.years.iter().enumerate().map(|(at, year_of)| (year_of.from, year(at))).collect()
    }

    /// What is paid once when it is needed, and each year spread evenly over its months, each part
    /// on the day on which its month has ended.
    pub fn by_month(&self, horizon: &Horizon, places: u32) -> Vec<(Date, Money)> {
        let mut parts = Vec::new();
        for (at, year) in horizon.years.iter().enumerate() {
            let once = self.counted.iter().map(|it| it.once[at]).sum();
            let yearly = self.counted.iter().map(|it| it.yearly[at]).sum();
            parts.push((year.from, once));
            let (ends, days): (Vec<_>, Vec<_>) = horizon.months(year).into_iter().unzip();
            // The months of a whole year are alike; where a part comes first, some are cut in two.
            let alike = vec![1; days.len()];
            let weights = if horizon.length.part().is_some() { &days } else { &alike };
            parts.extend(ends.into_iter().zip(rounding::split(yearly, weights, places)));
        }
        parts
    }
}

/// Whether a line is counted in these units.
fn counts(units: &CountedUnits, line: &Line<'_>) -> bool {
    let metric = line.metric();
    [metric.unit(), metric.units()].contains(&units.word.as_str())
}

/// How many times the units are needed in each year, each line for itself; nothing, where that is
/// more than there can be.
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
        let nothing = || vec![Money::ZERO; horizon.years.len()];
        let (mut once, mut yearly) = (nothing(), nothing());
        let mut held = 0;
        for (at, year) in horizon.years.iter().enumerate() {
            let needed = times.map_or(Some(Quantity::ONE), |times| times.get(at).copied())?;
            match cost.frequency {
                // What was bought for an earlier year is there already.
                CostFrequency::Once => {
                    once[at] = cost.amount * needed.above(held);
                    held = held.max(needed.ceil());
                }
                CostFrequency::Years(years) => {
                    yearly[at] = share(deal, cost.amount * needed, years, year);
                }
            }
            if !(once[at] + yearly[at]).is_within(LARGEST) {
                return None;
            }
        }
        let total = once.iter().chain(&yearly).copied().sum();
        let most = times.and_then(|times| times.iter().max().copied());
        Some(Self { cost, is_own, times: most, total, once, yearly })
    }
}

/// What a year costs of what some years cost together: they are alike to the smallest coin, and add
/// up.
fn share(deal: &Deal<'_>, together: Money, years: u32, year: &HorizonYear) -> Money {
    let book = deal.book();
    let places = book.currency().minor;
    if !together.is_within(LARGEST) {
        return together;
    }
    let weights = vec![1; usize::try_from(years).unwrap_or(1)];
    let which = usize::try_from(year.index % years.max(1)).unwrap_or_default();
    let whole = rounding::split(together, &weights, places).nth(which).unwrap_or_default();
    year.part.map_or(whole, |part| book.rounding().part(whole, part, places))
}
