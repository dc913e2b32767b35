//! Steps by an order: by what a deal buys of all metrics of a discount in a contract year.

use super::keys::{ConditionKind, DISCOUNT, STEP};
use super::{Discount, DiscountCondition, DiscountStep, DiscountTables};
use crate::book::metric::Metric;
use crate::number::rounding::parts_by_weight;
use crate::number::{Currency, Money, Quantity, bisect};
use crate::table::Section;
use crate::text::diagnostic::Code;
use crate::text::source::Written;

/// Measure of an order that finds the step of a discount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderMeasure {
    /// Units of all lines.
    Units,
    /// List price of all lines for a year, in coins.
    ListPrice,
    /// Number of different metrics.
    Metrics,
}

/// Steps of a discount whose metrics count together. Units that are free at list and lines under an exclusive program
/// are no part of the order, as they find no step of a single metric either.
#[derive(Debug, Clone)]
pub struct OrderSteps {
    pub(crate) measure: OrderMeasure,
    /// Smallest number that gets each step, ascending.
    pub(crate) starts: Vec<u64>,
    /// Largest number that gets the last step, if there is one.
    pub(crate) end: Option<u64>,
    /// Decimal places of a coin, in which list prices are counted.
    pub(crate) coin_places: u32,
    pub(crate) rows: Vec<DiscountStep>,
}

/// Units and list price of a metric in a contract year of a deal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderedMetric<'b> {
    pub metric: &'b str,
    pub units: Quantity,
    pub list: Money,
}

impl OrderSteps {
    /// Returns the step for an order, which consists of the metrics that `applies` names.
    pub(super) fn row(
        &self,
        order: &[OrderedMetric<'_>],
        applies: &[String],
    ) -> Option<&DiscountStep> {
        let mine = || order.iter().filter(|it| is_one_of(it, applies));
        let number = match self.measure {
            OrderMeasure::Units => mine().map(|it| it.units).sum::<Quantity>().ceil(),
            OrderMeasure::ListPrice => {
                mine().map(|it| it.list).sum::<Money>().coins(self.coin_places)
            }
            OrderMeasure::Metrics => mine().count() as u64,
        };
        let place = self.starts.partition_point(|start| *start <= number).checked_sub(1)?;
        let is_last = place + 1 == self.rows.len();
        let is_over = is_last && self.end.is_some_and(|end| end < number);
        self.rows.get(place).filter(|_| !is_over)
    }

    /// Returns the measure of an order, in words for the arithmetic of a quote: "an order of $65,000.00 at list a year".
    fn measured(
        &self,
        order: &[OrderedMetric<'_>],
        applies: &[String],
        currency: &Currency,
    ) -> String {
        let mine = || order.iter().filter(|it| is_one_of(it, applies));
        match self.measure {
            OrderMeasure::Units => {
                format!("{} units in all", mine().map(|it| it.units).sum::<Quantity>().grouped())
            }
            OrderMeasure::Metrics => format!("{} of its products", mine().count()),
            OrderMeasure::ListPrice => {
                let list = currency.show(mine().map(|it| it.list).sum());
                format!("an order of {list} at list a year")
            }
        }
    }

    /// Returns the orders that get a row, in words after the title of the discount: ": 100+ units of all its metrics".
    pub fn words(&self, row: &DiscountStep, currency: &Currency) -> String {
        let place = self.rows.iter().position(|it| std::ptr::eq(it, row)).unwrap_or_default();
        let start = self.starts.get(place).copied().unwrap_or_default();
        let next = self.starts.get(place + 1).map(|next| next - 1).or(self.end);
        let range = match next {
            None => format!("{start}+"),
            Some(last) if last == start => start.to_string(),
            Some(last) => format!("{start}-{last}"),
        };
        match self.measure {
            OrderMeasure::Units => format!(": {range} units in all"),
            OrderMeasure::Metrics => format!(": {range} of its products"),
            OrderMeasure::ListPrice => {
                let from = currency.show(Money::of_scaled(start, self.coin_places));
                format!(": an order of {from} or more at list a year")
            }
        }
    }

    /// Returns the quantities of a metric from which on an order of this metric alone gets another step: for the price
    /// of the range that the quantity lands in, and for that of each edition.
    pub(super) fn breakpoints(&self, metric: &Metric) -> Vec<u64> {
        let starts = self.starts.iter().copied().chain(self.end.map(|end| end + 1));
        match self.measure {
            OrderMeasure::Units => starts.collect(),
            OrderMeasure::Metrics => Vec::new(),
            OrderMeasure::ListPrice => {
                let starts: Vec<_> = starts.collect();
                let tiers = metric.tiers.iter().flat_map(|tier| {
                    let of_range = (tier.quantity.from(), tier.quantity.to(), None);
                    let of_edition = tier.edition.as_deref().map(|name| (0, None, Some(name)));
                    std::iter::once(of_range).chain(of_edition)
                });
                let found = tiers.flat_map(|(from, to, edition)| {
                    starts.iter().filter_map(move |start| {
                        self.first_at(metric, (from, to.unwrap_or(Quantity::MAX)), edition, *start)
                    })
                });
                let mut found: Vec<u64> = found.collect();
                found.sort_unstable();
                found.dedup();
                found
            }
        }
    }

    /// Returns the first quantity of a range whose list price for a year is so many coins or more. A list price only
    /// grows within a range.
    fn first_at(
        &self,
        metric: &Metric,
        (low, high): (u64, u64),
        edition: Option<&str>,
        coins: u64,
    ) -> Option<u64> {
        let reaches = |units: u64| {
            let list = Quantity::whole(units).and_then(|it| metric.list(it, edition));
            list.is_some_and(|it| {
                let year = it.price * it.times * metric.price_period.times_per_year();
                year.coins(self.coin_places) >= coins
            })
        };
        if !reaches(high) {
            return None;
        }
        Some(bisect(low, high, reaches))
    }
}

fn is_one_of(ordered: &OrderedMetric<'_>, metrics: &[String]) -> bool {
    metrics.iter().any(|name| name == ordered.metric)
}

impl Discount {
    /// Returns the part of a metric in an amount off an order, which its metrics share by their list prices.
    pub fn order_part(
        &self,
        order: &[OrderedMetric<'_>],
        metric: &str,
        amount: Money,
        coin_places: u32,
    ) -> Money {
        let mine: Vec<_> = order.iter().filter(|it| is_one_of(it, &self.metrics)).collect();
        let Some(place) = mine.iter().position(|it| it.metric == metric) else {
            return Money::ZERO;
        };
        let weights: Vec<u64> = mine.iter().map(|it| it.list.coins(coin_places)).collect();
        parts_by_weight(amount, &weights, coin_places).nth(place).unwrap_or_default()
    }

    /// Returns the measure of an order that found the step of the discount, in words; `None` for another discount.
    pub fn measured_order(
        &self,
        order: &[OrderedMetric<'_>],
        currency: &Currency,
    ) -> Option<String> {
        let DiscountCondition::Order(steps) = &self.condition else { return None };
        Some(steps.measured(order, &self.metrics, currency))
    }
}

/// Returns how an order is measured by a discount, if its metrics count together.
pub(super) fn measure(table: Section<'_>, by: ConditionKind) -> Option<OrderMeasure> {
    table.report_unless(by == ConditionKind::Quantity, DISCOUNT.pooled, "by = \"quantity\"");
    match by {
        ConditionKind::Quantity => table.get(DISCOUNT.pooled).then_some(OrderMeasure::Units),
        ConditionKind::Amount => Some(OrderMeasure::ListPrice),
        ConditionKind::Metrics => Some(OrderMeasure::Metrics),
        _ => None,
    }
}

/// Reads the starts of steps by the list price of an order, and reports those that do not ascend and those that are
/// finer than a coin.
pub(super) fn amount_starts(
    table: Section<'_>,
    steps: &[Section<'_>],
    currency: Option<&Currency>,
) -> Option<Vec<u64>> {
    let written: Vec<_> = steps.iter().map(|step| step.get(STEP.from)).collect();
    for pair in written.windows(2) {
        let [Some(before), Some(next)] = pair else { continue };
        if next.value <= before.value {
            let message = "a step starts at no more than the one before";
            let fault = next.fault(Code::RangeOverlap, message);
            let fault = fault.related(before.place.clone(), "the step before");
            table.fault(fault.hint("put the steps in ascending order"));
        }
    }
    let places = currency?.minor;
    let coins = |from: Option<Written<Money>>| {
        let from = from?;
        let coins = from.value.scaled(places);
        table.report(coins.ok_or_else(|| {
            let message = "an order is compared in whole coins";
            from.fault(Code::BadNumber, message)
                .hint("use no more decimal places than the currency")
        }))
    };
    let starts: Vec<_> = written.into_iter().map(coins).collect();
    starts.into_iter().collect()
}

/// Reports a discount by order on use, which is an estimate.
pub(super) fn check_metered(tables: &DiscountTables<'_>, metrics: &[Metric]) {
    for (_, table) in tables {
        let by = table.value(DISCOUNT.by);
        let is_by_order = match by {
            Some(ConditionKind::Amount | ConditionKind::Metrics) => true,
            Some(ConditionKind::Quantity) => table.get(DISCOUNT.pooled),
            _ => false,
        };
        for name in table.get(DISCOUNT.metrics).into_iter().filter(|_| is_by_order) {
            let metered = metrics.iter().find(|it| it.name == name.value && it.is_metered());
            if let Some(metric) = metered {
                let message = format!("{} is metered, and an estimate is no order", name.value);
                let fault = name.fault(Code::Conflict, message);
                let fault = fault.related(metric.rule.source.clone(), "the metric");
                table.fault(fault.hint("remove it from the metrics of the discount"));
            }
        }
    }
}
