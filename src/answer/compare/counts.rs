//! How many of one unit stand for another.

use super::Need;
use crate::book::{Metric, PricePeriod};
use crate::deal::Line;
use crate::number::{Length, Quantity, Rate};

/// What the user says about a need that the deal does not.
#[derive(Debug)]
pub struct CompareOptions {
    /// How many of other units it is.
    pub counts: Vec<UnitCount>,
    /// The share of all hours in which a unit is in use; without it, all of them.
    pub utilization: Option<Rate>,
}

/// How many of a unit a need is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitCount {
    /// One of the unit, in the word of the book: "core".
    pub unit: String,
    /// How many.
    pub amount: CountBasis,
}

/// So many in all, or in each of another unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountBasis {
    /// In all.
    Whole(Quantity),
    /// In each of a unit: 16 in a "socket".
    Each(Quantity, String),
}

impl UnitCount {
    /// Whether another one is about the same units.
    pub fn is_same_unit(&self, other: &Self) -> bool {
        let of = |count: &Self| match &count.amount {
            CountBasis::Whole(_) => None,
            CountBasis::Each(_, of) => Some(of.clone()),
        };
        let (mine, its) = (of(self), of(other));
        let is_turned = its.as_ref() == Some(&self.unit) && mine.as_ref() == Some(&other.unit);
        is_turned || (self.unit == other.unit && (mine == its || mine.is_none() || its.is_none()))
    }

    /// Whether it says nothing about any line of a deal.
    pub fn is_idle(&self, lines: &[Line<'_>]) -> bool {
        let says = |unit: &str| match &self.amount {
            CountBasis::Whole(_) => unit != self.unit,
            CountBasis::Each(_, of) => unit == of || unit == self.unit,
        };
        !lines.iter().any(|line| says(line.metric().unit()))
    }
}

/// Years with as many as they need, where that can be counted.
type CountedYears = Vec<(Length, Option<Quantity>)>;

impl CompareOptions {
    /// The share of all hours in which a unit is in use.
    pub fn in_use(&self) -> Rate {
        self.utilization.unwrap_or(Rate::ZERO.complement())
    }

    /// How many units a line is for: of what is paid by the hour, as many as are in use on average
    /// when so large a share of them is.
    pub(super) fn needed_units(&self, line: &Line<'_>) -> Vec<(Length, Quantity)> {
        let is_used = matches!(line.metric().price_period(), PricePeriod::Hour { .. });
        let segments = line.segments().iter().map(|segment| {
            let average = segment.expected();
            let units = average.as_share(self.in_use()).filter(|_| is_used);
            (segment.length, units.unwrap_or(average))
        });
        segments.collect()
    }

    /// How many of a metric a need takes, as it is sold. Nothing, where it counts another unit and
    /// nobody said how many that is.
    pub(super) fn units_of(&self, need: &Need<'_>, metric: &Metric) -> Option<CountedYears> {
        let convert = self.conversion(need.own.metric.unit(), metric.unit())?;
        let is_used = matches!(metric.price_period(), PricePeriod::Hour { .. });
        let sold = |units: Quantity| {
            let units = convert.of(units)?;
            metric.sellable_quantity(if is_used { units.share(self.in_use())? } else { units })
        };
        Some(need.units.iter().map(|(length, units)| (*length, sold(*units))).collect())
    }

    /// How many units of a metric a need takes, in use or not.
    pub(super) fn units(&self, need: &Need<'_>, metric: &Metric) -> Option<Quantity> {
        self.conversion(need.own.metric.unit(), metric.unit())?.of(need.flat()?)
    }

    /// How one unit becomes another.
    fn conversion(&self, from: &str, to: &str) -> Option<Conversion> {
        if from == to {
            return Some(Conversion::Same);
        }
        self.counts.iter().find_map(|count| match &count.amount {
            CountBasis::Whole(all) if count.unit == to => Some(Conversion::Whole(*all)),
            CountBasis::Each(each, of) if count.unit == to && of == from => {
                Some(Conversion::Times(*each))
            }
            CountBasis::Each(each, of) if count.unit == from && of == to => {
                Some(Conversion::SharedBy(*each))
            }
            _ => None,
        })
    }
}

/// How one unit becomes another.
#[derive(Clone, Copy)]
enum Conversion {
    Same,
    Whole(Quantity),
    Times(Quantity),
    SharedBy(Quantity),
}

impl Conversion {
    fn of(self, units: Quantity) -> Option<Quantity> {
        match self {
            Self::Same => Some(units),
            Self::Whole(all) => Some(all),
            Self::Times(each) => units.times(each),
            Self::SharedBy(each) => units.divided_by(each),
        }
    }
}
