//! Break-evens of two metrics: by the number of units, by the share in use, by the years.
//!
//! Between two breakpoints of the book a total only grows, so it reaches an amount once and leaves
//! it once. Bisection finds both quantities, and no quantity in between has to be priced.

use super::candidate::{Candidate, is_package, is_perpetual};
use super::cost_by_year::{ComparedYears, ListOrNet};
use super::unit_conversion::CompareOptions;
use crate::approve::spans;
use crate::book::Metric;
use crate::deal::Deal;
use crate::number::{Increment, Money, Quantity, Ratio};
use crate::price::curve::{LinePrices, QuantitySpan, first};
use crate::quote::subscription_comparison::{ConsumptionYear, PerpetualCostByYear};
use std::cmp::Ordering;

/// A comparison of two metrics along one quantity, with the places where the cheaper one changes.
#[derive(Debug)]
pub enum BreakEven<'b> {
    Units(UnitBreakEven<'b>),
    Use(UseBreakEven<'b>),
    Years(YearBreakEven<'b>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListNet<T> {
    pub list: T,
    pub net: T,
}

/// Quantities of another metric compared with the cost of the deal.
#[derive(Debug)]
pub struct UnitBreakEven<'b> {
    pub metric: &'b Metric,
    /// The quantity of the deal, in units of its own metric.
    pub of: Quantity,
    /// The quantities of the other metric that cost less than the deal, as much, and more.
    pub ranges: ListNet<Vec<CrossoverRange>>,
}

/// Units in use on average at an hourly price, compared with all units by another metric.
#[derive(Debug)]
pub struct UseBreakEven<'b> {
    pub metric: &'b Metric,
    pub other: &'b Metric,
    pub units: Quantity,
    /// The averages that cost less than the other metric, as much, and more.
    pub ranges: ListNet<Vec<CrossoverRange>>,
    /// The cost of a year by both metrics with all units in use; `None` where the book does not sell
    /// that. The hourly price in it is the price for all units: fewer units have the same price only
    /// in the same tier.
    pub at_all: Option<ListNet<ConsumptionYear>>,
}

/// A perpetual license compared with a metric that is paid every year.
#[derive(Debug)]
pub struct YearBreakEven<'b> {
    pub metric: &'b Metric,
    pub other: &'b Metric,
    pub courses: ListNet<PerpetualCostByYear>,
}

/// A range of quantities that all cost less than an amount, exactly the amount, or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CrossoverRange {
    pub from: u64,
    /// The last quantity; `None` where the range has no end.
    pub to: Option<u64>,
    /// The cost of each quantity compared with the amount.
    pub costs: Ordering,
}

impl UseBreakEven<'_> {
    /// Returns the share of all hours at which both metrics would cost the same, if the hourly price
    /// of all units were also that of fewer units. `None` where one of them is always cheaper.
    pub fn at_price_of_all(costs: &ConsumptionYear) -> Option<Ratio> {
        let crosses = !costs.never_costs_more() && !costs.is_never_cheaper();
        costs.break_even().filter(|_| crosses)
    }

    /// Whether one of `ranges` ends at the break-even for the hourly price of all units.
    pub fn turns_at_full_use_price(
        &self,
        costs: &ConsumptionYear,
        ranges: &[CrossoverRange],
    ) -> bool {
        let costs_more = |count| {
            let count = Quantity::whole(count).unwrap_or(self.units);
            costs.consumption * count > costs.subscription * self.units
        };
        let mut ends = ranges.iter().filter_map(|range| range.to);
        ends.any(|end| !costs_more(end) && costs_more(end + 1))
    }
}

impl<T> ListNet<T> {
    fn of(mut make: impl FnMut(ListOrNet) -> T) -> Self {
        Self { list: make(ListOrNet::List), net: make(ListOrNet::Net) }
    }
}

/// A need whose years do not differ, with its candidates.
pub(super) struct BreakEvenSearch<'n, 'b> {
    pub deal: &'n Deal<'b>,
    pub own: &'n Candidate<'b>,
    pub others: &'n [Candidate<'b>],
    /// The units needed, in the unit of the line.
    pub units: Quantity,
    pub options: &'n CompareOptions,
    pub years: ComparedYears,
}

impl<'b> BreakEvenSearch<'_, 'b> {
    /// Returns those by units against each metric, then those by use or by years against each candidate.
    pub(super) fn all(&self) -> Vec<BreakEven<'b>> {
        let metrics = self.deal.book.metrics().iter();
        let of_other_units =
            metrics.filter(|it| it.unit != self.own.metric.unit && it.share.is_none());
        let by_units = of_other_units.filter_map(|metric| self.by_units(metric));
        let mut found: Vec<_> = by_units.map(BreakEven::Units).collect();
        for other in self.others {
            found.extend(self.by_use(other).map(BreakEven::Use));
            let by_years = match [self.own, other].map(|it| is_perpetual(it.metric)) {
                [true, false] => by_years(self.own, other),
                [false, true] => by_years(other, self.own),
                _ => None,
            };
            found.extend(by_years.map(BreakEven::Years));
        }
        found
    }

    fn by_units(&self, metric: &'b Metric) -> Option<UnitBreakEven<'b>> {
        if is_package(metric) {
            return None;
        }
        let spans = spans(self.deal.book, metric, Increment::UNIT);
        let begin = Quantity::whole(spans.first()?.from)?;
        let terms = self.deal.without_items().with_order(metric, begin)?;
        let prices = LinePrices::of_units(&terms);
        let ranges = self.crossovers(prices, 0, self.own, &spans);
        Some(UnitBreakEven { metric, of: self.units, ranges })
    }

    /// Splits quantities into ranges by their cost compared with a candidate. Quantities below
    /// `least`, which is committed, pay for it all the same.
    fn crossovers(
        &self,
        prices: LinePrices<'_, 'b>,
        least: u64,
        beside: &Candidate<'b>,
        spans: &[QuantitySpan],
    ) -> ListNet<Vec<CrossoverRange>> {
        ListNet::of(|side| {
            crossovers(prices, spans, beside.cost_over(side, self.years), |quantity| {
                Some(side.cost_over(&prices.years_at(quantity.max(least))?, self.years))
            })
        })
    }

    /// Finds how many units in use at an hourly price cost less than all of them by another metric.
    fn by_use(&self, other: &Candidate<'b>) -> Option<UseBreakEven<'b>> {
        let (used, other) = match [self.own, other].map(|it| it.metric.is_hourly()) {
            [true, false] => (self.own, other),
            [false, true] => (other, self.own),
            _ => return None,
        };
        let metric = used.metric;
        let units = self.options.converted(&self.own.metric.unit, self.units, metric).ok()?;
        let most = units.floor();
        let up_to_most =
            |it: QuantitySpan| QuantitySpan { to: Some(it.to.unwrap_or(most).min(most)), ..it };
        let spans = spans(self.deal.book, metric, Increment::UNIT).into_iter();
        // Less than one unit is no whole one.
        let is_any = |span: &QuantitySpan| span.to.is_none_or(|to| to >= span.from);
        let spans: Vec<_> = spans.map(up_to_most).filter(is_any).collect();
        let committed = used.deal.lines().first().and_then(|line| line.committed);
        let prices = LinePrices::of_units(&used.deal);
        let ranges = self.crossovers(prices, committed.map_or(0, Quantity::ceil), other, &spans);
        let commitment = committed.and_then(|committed| prices.price_at(committed.ceil()));
        let is_subscription = other.metric.price_period().is_subscription();
        // A year that stands for all is one of equal years.
        let are_equal = other.segments().len() == 1 && used.segments().len() == 1;
        let all = prices.price_at(units.ceil()).filter(|_| is_subscription && are_equal);
        let at_all = all.map(|all| {
            ListNet::of(|side| ConsumptionYear {
                consumption: side.of(Some(&all)).annual,
                committed: side.of(commitment.as_ref()).annual,
                subscription: side.of(other.segments().first()).annual,
            })
        });
        Some(UseBreakEven { metric, other: other.metric, units, ranges, at_all })
    }
}

/// Compares a license with years that all cost the same. Returns `None` where a discount is for years of the contract.
fn by_years<'b>(license: &Candidate<'b>, other: &Candidate<'b>) -> Option<YearBreakEven<'b>> {
    if license.segments().len() > 1 || other.segments().len() > 1 {
        return None;
    }
    let courses = ListNet::of(|side| PerpetualCostByYear {
        license: side.of(license.segments().first()),
        subscription: side.of(other.segments().first()).annual,
    });
    Some(YearBreakEven { metric: license.metric, other: other.metric, courses })
}

/// Splits the quantities of `spans` into ranges by whether they cost less than `amount`, exactly
/// `amount`, or more. Quantities that the engine cannot price are left out.
fn crossovers(
    prices: LinePrices<'_, '_>,
    spans: &[QuantitySpan],
    amount: Money,
    cost: impl Fn(u64) -> Option<Money>,
) -> Vec<CrossoverRange> {
    let compared = |quantity| cost(quantity).map(|cost| cost.cmp(&amount));
    let mut ranges: Vec<CrossoverRange> = Vec::new();
    for span in spans {
        let last = span.to.unwrap_or(Quantity::MAX);
        let Some(to) = prices.last(span.from, last) else { continue };
        let mut from = span.from;
        while from <= to {
            let Some(costs) = compared(from) else { break };
            let is_other = |at| compared(at) != Some(costs);
            let next = first(from, to, is_other);
            let until = if is_other(next) { next - 1 } else { to };
            let end = if until == to && span.to.is_none() { None } else { Some(until) };
            match ranges.last_mut() {
                Some(last) if last.costs == costs && last.to == Some(from - 1) => last.to = end,
                _ => ranges.push(CrossoverRange { from, to: end, costs }),
            }
            from = until + 1;
        }
    }
    ranges
}
