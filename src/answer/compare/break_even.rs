//! Where it turns which of two metrics costs less: by units, by use, by years.

use super::course::{ComparedYears as Compared, ListOrNet};
use super::turns::{CrossoverRange, CrossoverSearch};
use super::{Candidate, CompareOptions, Need, is_package};
use crate::approve::spans;
use crate::book::{Metric, PricePeriod};
use crate::deal::Deal;
use crate::number::{Increment, Money, Quantity, Ratio};
use crate::price::curve::{LinePrices, QuantitySpan};
use crate::price::{Charges, PricedSegment};
use crate::quote::subscription_comparison::{ConsumptionYear, PerpetualCostByYear};

/// Where it turns.
#[derive(Debug)]
pub enum BreakEven<'b> {
    /// By how many units of another metric the need is.
    Units(UnitBreakEven<'b>),
    /// By how many of its units are in use.
    Use(UseBreakEven<'b>),
    /// By the years that go by.
    Years(YearBreakEven<'b>),
}

/// The same before discounts and after them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListNet<T> {
    /// Before them.
    pub list: T,
    /// After them.
    pub net: T,
}

/// Units of another metric, beside what the deal asks for.
#[derive(Debug)]
pub struct UnitBreakEven<'b> {
    /// What is counted.
    pub metric: &'b Metric,
    /// How many units of its own the deal is for.
    pub of: Quantity,
    /// Which quantities cost less than the deal, and which more.
    pub ranges: ListNet<Vec<CrossoverRange>>,
}

/// Units in use on average, beside the same units by another metric.
#[derive(Debug)]
pub struct UseBreakEven<'b> {
    /// What is paid by the hour.
    pub metric: &'b Metric,
    /// What it is held against.
    pub other: &'b Metric,
    /// How many units there are.
    pub units: Quantity,
    /// Which averages cost less than the other, and which more.
    pub ranges: ListNet<Vec<CrossoverRange>>,
    /// A year of both with all units in use, whose price an hour holds for fewer only in the same
    /// range; nothing where that is not sold.
    pub at_all: Option<ListNet<ConsumptionYear>>,
}

/// A licence for good, beside what is paid every year.
#[derive(Debug)]
pub struct YearBreakEven<'b> {
    /// What is bought once.
    pub metric: &'b Metric,
    /// What it is held against.
    pub other: &'b Metric,
    /// Both as the years go by.
    pub courses: ListNet<PerpetualCostByYear>,
}

impl UseBreakEven<'_> {
    /// The share of all hours at which it would turn, if the hourly price of all units held for fewer
    /// too; nothing where it would not.
    pub fn at_price_of_all(costs: &ConsumptionYear) -> Option<Ratio> {
        let turns = !costs.never_costs_more() && !costs.is_never_cheaper();
        costs.break_even().filter(|_| turns)
    }

    /// Whether it does turn there.
    pub fn turns_at_full_use_price(
        &self,
        costs: &ConsumptionYear,
        ranges: &[CrossoverRange],
    ) -> bool {
        let is_dearer = |count| {
            let count = Quantity::whole(count).unwrap_or(self.units);
            costs.consumption * count > costs.subscription * self.units
        };
        ranges.iter().filter_map(|range| range.to).any(|to| !is_dearer(to) && is_dearer(to + 1))
    }
}

impl<T> ListNet<T> {
    fn of(mut make: impl FnMut(ListOrNet) -> T) -> Self {
        Self { list: make(ListOrNet::List), net: make(ListOrNet::Net) }
    }
}

/// Every break-even of a need whose years do not differ.
pub(super) fn all<'b>(
    deal: &Deal<'b>,
    need: &Need<'b>,
    question: &CompareOptions,
    span: Compared,
) -> Vec<BreakEven<'b>> {
    let Some(of) = need.flat().filter(|_| !is_package(need.own.metric)) else { return Vec::new() };
    let mut found = Vec::new();
    let metrics = deal.book().metrics().iter();
    for metric in metrics.filter(|it| it.unit() != need.own.metric.unit()) {
        let turning = units(deal, need, metric, of, span);
        found.extend(turning.map(BreakEven::Units));
    }
    for other in &need.others {
        let pair = [&need.own, other];
        let hours = pair.map(|it| matches!(it.metric.price_period(), PricePeriod::Hour { .. }));
        let turning = match hours {
            [true, false] => question.units(need, need.own.metric).map(|units| (0, units)),
            [false, true] => question.units(need, other.metric).map(|units| (1, units)),
            _ => None,
        };
        found.extend(turning.map(|(at, units)| {
            BreakEven::Use(in_use(deal, [pair[at], pair[1 - at]], units, span))
        }));
        let once = pair.map(|it| matches!(it.metric.price_period(), PricePeriod::Once { .. }));
        found.extend(match once {
            [true, false] => Some(BreakEven::Years(years(pair))),
            [false, true] => Some(BreakEven::Years(years([other, &need.own]))),
            _ => None,
        });
    }
    found
}

/// How many of another metric cost less than the deal.
fn units<'b>(
    deal: &Deal<'b>,
    need: &Need<'b>,
    metric: &'b Metric,
    of: Quantity,
    span: Compared,
) -> Option<UnitBreakEven<'b>> {
    if is_package(metric) {
        return None;
    }
    let spans = spans(deal.book(), metric, Increment::UNIT);
    let begin = Quantity::whole(spans.first()?.from)?;
    let terms = deal.without_items().with_order(metric, begin)?;
    let ranges = ListNet::of(|side| {
        let line = CrossoverSearch {
            prices: LinePrices::of_units(&terms),
            side,
            compared: span,
            least: 0,
        };
        line.crossovers(need.own.cost_over(side, span), &spans)
    });
    Some(UnitBreakEven { metric, of, ranges })
}

/// How many units in use cost less than all of them by another metric.
fn in_use<'b>(
    deal: &Deal<'b>,
    [used, other]: [&Candidate<'b>; 2],
    units: Quantity,
    span: Compared,
) -> UseBreakEven<'b> {
    let metric = used.metric;
    let most = units.floor();
    let up_to = |it: QuantitySpan| QuantitySpan { to: Some(it.to.unwrap_or(most).min(most)), ..it };
    let within = spans(deal.book(), metric, Increment::UNIT).into_iter().map(up_to);
    let within: Vec<_> = within.collect();
    let committed = used.deal.lines().first().and_then(|line| line.committed);
    let prices = LinePrices::of_units(&used.deal);
    let least = committed.map_or(0, Quantity::ceil);
    let ranges = ListNet::of(|side| {
        let line = CrossoverSearch { prices, side, compared: span, least };
        line.crossovers(other.cost_over(side, span), &within)
    });
    let yearly = |side: ListOrNet, priced: Option<&PricedSegment<'_>>| {
        priced.map_or(Money::ZERO, |priced| side.of(priced).annual)
    };
    let paid = committed.and_then(|committed| prices.price_at(committed.ceil()));
    let bought = other.segments().first();
    let at_all = prices
        .price_at(units.ceil())
        .filter(|_| matches!(other.metric.price_period(), PricePeriod::Year));
    let at_all = at_all.map(|all| {
        ListNet::of(|side| ConsumptionYear {
            consumption: yearly(side, Some(&all)),
            committed: yearly(side, paid.as_ref()),
            subscription: yearly(side, bought),
        })
    });
    UseBreakEven { metric, other: other.metric, units, ranges, at_all }
}

/// In which year a licence for good has cost no more.
fn years<'b>([licence, other]: [&Candidate<'b>; 2]) -> YearBreakEven<'b> {
    let charges = |candidate: &Candidate<'b>, side: ListOrNet| {
        let none = Charges { once: Money::ZERO, annual: Money::ZERO };
        candidate.segments().first().map_or(none, |priced| side.of(priced))
    };
    let courses = ListNet::of(|side| PerpetualCostByYear {
        license: charges(licence, side),
        subscription: charges(other, side).annual,
    });
    YearBreakEven { metric: licence.metric, other: other.metric, courses }
}
