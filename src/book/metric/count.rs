//! Units inside units: how a quantity is counted from what a customer has, such as the cores of CPUs in servers.
//!
//! The price list of a vendor often counts more than there is: at least so many cores for each CPU, and at least so many
//! for each server. A metric names its levels from the outside in, and a deal states groups of equal units.

use super::keys::{COUNT_LEVEL, METRIC};
use crate::number::{Increment, Quantity};
use crate::table::Section;
use crate::text::diagnostic::Code;
use std::fmt;

/// How the quantity of a metric is counted.
#[derive(Debug, Clone)]
pub struct UnitLevels {
    /// Levels from the outside in; the last one is what is counted.
    pub(crate) levels: Vec<CountLevel>,
    /// Quantity that one counted unit is.
    pub(crate) factor: Quantity,
    /// Least quantity of a line that is counted.
    pub(crate) least: Option<Quantity>,
}

/// Level of a count, such as the CPUs of a server.
#[derive(Debug, Clone)]
pub struct CountLevel {
    pub(crate) unit: String,
    /// Fewest counted units that one unit of the level counts as.
    pub(crate) least: Option<u32>,
}

/// Groups of equal units that a deal states: 4 x 2 x 12 are 4 servers with 2 CPUs of 12 cores each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitGroups(Vec<Vec<u32>>);

impl UnitGroups {
    /// Most units of a level in one group.
    const MOST: u32 = 1_000_000;

    /// Parses groups such as "4 x 2 x 12 + 1 x 2 x 8". Returns `None` for any other text.
    pub fn parse(text: &str) -> Option<Self> {
        let number = |word: &str| {
            word.trim().parse().ok().filter(|number| (1..=Self::MOST).contains(number))
        };
        let group = |text: &str| text.split(['x', '×']).map(number).collect::<Option<Vec<u32>>>();
        text.split('+').map(group).collect::<Option<_>>().map(Self)
    }

    /// Returns whether each group has a number for each of so many levels.
    pub fn has_levels(&self, levels: usize) -> bool {
        self.0.iter().all(|group| group.len() == levels)
    }
}

/// Writes "4 x 2 x 12 + 1 x 2 x 8".
impl fmt::Display for UnitGroups {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, group) in self.0.iter().enumerate() {
            let numbers: Vec<String> = group.iter().map(ToString::to_string).collect();
            write!(f, "{}{}", if at == 0 { "" } else { " + " }, numbers.join(" x "))?;
        }
        Ok(())
    }
}

impl UnitLevels {
    /// Returns the quantity of some groups, with the least of each level, the factor, and the least of the line. Parts of
    /// a unit are rounded up, unless the metric is sold in parts. Returns `None` for more than can be sold.
    pub fn quantity(&self, groups: &UnitGroups, fractional: bool) -> Option<Quantity> {
        let counted = |group: &Vec<u32>| {
            let levels = group.iter().zip(&self.levels).rev();
            levels.fold(1_u128, |inside, (count, level)| {
                // Each unit counts as the units inside, or as the least of its level.
                u128::from(*count) * inside.max(level.least.unwrap_or(0).into())
            })
        };
        let units: u128 = groups.0.iter().map(counted).sum();
        let thousandths = units.checked_mul(self.factor.thousandths().into())?;
        let whole = if fractional { thousandths } else { thousandths.div_ceil(1000) * 1000 };
        let all = Increment::THOUSANDTH.quantity(u64::try_from(whole).ok()?)?;
        Some(self.least.map_or(all, |least| all.max(least)))
    }

    /// Whether a quantity that is not counted could be less than a counted one.
    pub fn has_least(&self) -> bool {
        self.least.is_some() || self.levels.iter().any(|level| level.least.is_some())
    }

    /// Returns the levels with their least: "server (at least 16) x cpu (at least 8) x core".
    pub fn words(&self) -> String {
        let level = |level: &CountLevel| match level.least {
            Some(least) => format!("{} (at least {least})", level.unit),
            None => level.unit.clone(),
        };
        self.levels.iter().map(level).collect::<Vec<_>>().join(" x ")
    }
}

/// Reads how a metric is counted, and reports keys that need levels.
pub(super) fn count(table: Section<'_>) -> Option<UnitLevels> {
    let sections = table.get(METRIC.count);
    for key in [METRIC.count_factor.name, METRIC.count_least.name] {
        table.report_unless(!table.is_missing(METRIC.count), key, "`count`");
    }
    let level = |section: &Section<'_>| {
        let unit = section.value(COUNT_LEVEL.unit)?;
        Some(CountLevel { unit, least: section.value(COUNT_LEVEL.least) })
    };
    if let Some(last) = sections.last()
        && let Some(place) = last.key_place(COUNT_LEVEL.least)
    {
        let message = "the last level is what is counted, and has no least";
        last.report_at(
            Code::Conflict,
            place,
            message,
            "write the least of the line as `count_least`",
        );
    }
    let levels: Option<Vec<_>> = sections.iter().map(level).collect();
    let factor = table.get(METRIC.count_factor);
    if let Some(factor) = factor.as_ref().filter(|factor| factor.value.is_zero()) {
        let fault = factor.fault(Code::BadNumber, "a factor of zero counts nothing");
        table.fault(fault.hint("write a factor above zero, such as \"0.5\""));
    }
    Some(UnitLevels {
        levels: levels.filter(|levels| !levels.is_empty())?,
        factor: factor.map_or(Quantity::ONE, |factor| factor.value),
        least: table.value(METRIC.count_least).and_then(|least| Quantity::whole(least.into())),
    })
}
