//! Conversion of one unit into another, such as 16 cores in each socket.

use super::candidate::LeftOutReason;
use crate::book::Metric;
use crate::deal::Line;
use crate::number::{Length, Quantity, Rate};

/// Facts about a need that the user gives and the deal does not hold.
#[derive(Debug)]
pub struct CompareOptions {
    /// How many of other units the need is.
    pub counts: Vec<UnitCount>,
    /// The share of all hours in which a unit is in use; `None` means all of them.
    pub utilization: Option<Rate>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitCount {
    /// The counted unit in the word of the book, in the singular: "core".
    pub unit: String,
    pub amount: CountBasis,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountBasis {
    Whole(Quantity),
    /// A count for each of another unit: 16 in a "socket".
    Each(Quantity, String),
}

impl UnitCount {
    /// Whether both counts convert between the same units: one repeats or contradicts the other.
    pub fn is_same_unit(&self, other: &Self) -> bool {
        let is_one = self.unit == other.unit;
        match (&self.amount, &other.amount) {
            (CountBasis::Each(_, mine), CountBasis::Each(_, theirs)) => {
                (is_one && mine == theirs) || (*theirs == self.unit && *mine == other.unit)
            }
            _ => is_one,
        }
    }

    pub fn is_idle(&self, lines: &[Line<'_>]) -> bool {
        let applies_to = |unit: &str| match &self.amount {
            CountBasis::Whole(_) => unit != self.unit,
            CountBasis::Each(_, per) => unit == per || unit == self.unit,
        };
        !lines.iter().any(|line| applies_to(&line.metric().unit))
    }
}

impl CompareOptions {
    /// Returns the share of all hours in which a unit is in use, 100% by default.
    pub fn in_use(&self) -> Rate {
        self.utilization.unwrap_or(Rate::ZERO.complement())
    }

    /// Returns how many units a line meets in each stretch of equal years. A line that is paid by
    /// the hour counts units in use on average, so its units are that average divided by the
    /// utilization.
    pub(super) fn needed_units(&self, line: &Line<'_>) -> Vec<(Length, Quantity)> {
        let segments = line.segments().iter().map(|segment| {
            let average = segment.expected();
            let units = average.as_share(self.in_use()).filter(|_| line.metric.is_hourly());
            (segment.length, units.unwrap_or(average))
        });
        let mut needed: Vec<(Length, Quantity)> = Vec::new();
        for (length, units) in segments {
            // Years that differ by the other lines alone are one need.
            match needed.last_mut().filter(|(_, known)| *known == units) {
                Some((last, _)) => *last = last.and(length.years()),
                None => needed.push((length, units)),
            }
        }
        needed
    }

    /// Returns how many of `metric` meet a need of `units`, in quantities that the book sells.
    pub(super) fn sellable(
        &self,
        unit: &str,
        units: Quantity,
        metric: &Metric,
    ) -> Result<Quantity, LeftOutReason> {
        let units = self.converted(unit, units, metric)?;
        let used = if metric.is_hourly() { units.share(self.in_use()) } else { Some(units) };
        used.and_then(|used| metric.sellable_quantity(used)).ok_or(LeftOutReason::TooMany)
    }

    /// Returns how many of `metric` meet the `units` of the other lines that count with a line. An
    /// absolute count is the whole need, so that no other line is beside it.
    pub(super) fn sellable_beside(
        &self,
        unit: &str,
        units: Quantity,
        metric: &Metric,
    ) -> Result<Quantity, LeftOutReason> {
        let is_whole =
            |it: &UnitCount| it.unit == metric.unit && matches!(it.amount, CountBasis::Whole(_));
        if units.is_zero() || unit != metric.unit && self.counts.iter().any(is_whole) {
            return Ok(Quantity::ZERO);
        }
        self.sellable(unit, units, metric)
    }

    /// Converts a quantity into the unit of `metric`, in use or not.
    pub(super) fn converted(
        &self,
        unit: &str,
        units: Quantity,
        metric: &Metric,
    ) -> Result<Quantity, LeftOutReason> {
        let to = &metric.unit;
        if unit == to {
            return Ok(units);
        }
        let converted = self.counts.iter().find_map(|count| match &count.amount {
            CountBasis::Whole(all) if count.unit == *to => Some(Some(*all)),
            CountBasis::Each(each, per) if count.unit == *to && per == unit => {
                Some(units.times(*each))
            }
            CountBasis::Each(each, per) if count.unit == unit && per == to => {
                Some(units.divided_by(*each))
            }
            _ => None,
        });
        converted.ok_or(LeftOutReason::NoCount)?.ok_or(LeftOutReason::TooMany)
    }
}
