//! How many of one unit stand for another.

use super::Need;
use crate::book::{Metric, Per};
use crate::deal::Line;
use crate::value::{Length, Quantity, Rate};

/// What the user says about a need that the deal does not.
#[derive(Debug)]
pub struct Question {
    /// How many of other units it is.
    pub counts: Vec<Count>,
    /// The share of all hours in which a unit is in use; without it, all of them.
    pub utilisation: Option<Rate>,
}

/// How many of a unit a need is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// One of the unit, in the word of the book: "core".
    pub unit: String,
    /// How many.
    pub amount: Amount,
}

/// So many in all, or in each of another unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Amount {
    /// In all.
    Whole(Quantity),
    /// In each of a unit: 16 in a "socket".
    Each(Quantity, String),
}

impl Count {
    /// Whether another one is about the same units.
    #[must_use]
    pub fn says_what(&self, other: &Self) -> bool {
        let of = |count: &Self| match &count.amount {
            Amount::Whole(_) => None,
            Amount::Each(_, of) => Some(of.clone()),
        };
        let (mine, its) = (of(self), of(other));
        let is_turned = its.as_ref() == Some(&self.unit) && mine.as_ref() == Some(&other.unit);
        is_turned || (self.unit == other.unit && (mine == its || mine.is_none() || its.is_none()))
    }

    /// Whether it says nothing about any line of a deal.
    #[must_use]
    pub fn is_idle(&self, lines: &[Line<'_>]) -> bool {
        let says = |unit: &str| match &self.amount {
            Amount::Whole(_) => unit != self.unit,
            Amount::Each(_, of) => unit == of || unit == self.unit,
        };
        !lines.iter().any(|line| says(line.metric().unit()))
    }
}

/// Years with as many as they need, where that can be counted.
type Counted = Vec<(Length, Option<Quantity>)>;

impl Question {
    /// The share of all hours in which a unit is in use.
    #[must_use]
    pub fn in_use(&self) -> Rate {
        self.utilisation.unwrap_or(Rate::ZERO.rest())
    }

    /// How many units a line is for: of what is paid by the hour, as many as are in use on average
    /// when so large a share of them is.
    pub(super) fn needed(&self, line: &Line<'_>) -> Vec<(Length, Quantity)> {
        let is_used = matches!(line.metric().per(), Per::Hour { .. });
        let segments = line.segments().iter().map(|segment| {
            let average = segment.expected();
            let units = average.as_share(self.in_use()).filter(|_| is_used);
            (segment.length, units.unwrap_or(average))
        });
        segments.collect()
    }

    /// How many of a metric a need takes, as it is sold. Nothing, where it counts another unit and
    /// nobody said how many that is.
    pub(super) fn counted(&self, need: &Need<'_>, metric: &Metric) -> Option<Counted> {
        let convert = self.conversion(need.own.metric.unit(), metric.unit())?;
        let is_used = matches!(metric.per(), Per::Hour { .. });
        let sold = |units: Quantity| {
            let units = convert.of(units)?;
            metric.sold_as(if is_used { units.share(self.in_use())? } else { units })
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
            Amount::Whole(all) if count.unit == to => Some(Conversion::Whole(*all)),
            Amount::Each(each, of) if count.unit == to && of == from => {
                Some(Conversion::Times(*each))
            }
            Amount::Each(each, of) if count.unit == from && of == to => {
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
            Self::SharedBy(each) => units.shared_by(each),
        }
    }
}
