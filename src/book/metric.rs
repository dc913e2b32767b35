//! A metric: the unit that is sold, and its price by quantity.

use super::policy::{ApprovalNeed, Rule};
use crate::number::{Increment, Interval, Money, MoneyRange, Quantity, Rate, Rounding};

/// A unit of sale with its price list.
#[derive(Debug, Clone)]
pub struct Metric {
    pub(crate) name: String,
    pub(crate) title: String,
    /// "socket", "sockets".
    pub(crate) unit: (String, String),
    pub(crate) price_period: PricePeriod,
    /// How long what is bought once lasts; without it, for good.
    pub(crate) months: Option<u32>,
    /// The hours that a month of use is billed by, if the book says that.
    pub(crate) usage_hours: Option<MonthHours>,
    pub(crate) mode: TierMode,
    /// Decimal places of its net unit price.
    pub(crate) places: u32,
    /// Whether a part of a unit can be sold.
    pub(crate) fractional: bool,
    pub(crate) charges: LineCharges,
    /// Ascending and without a gap.
    pub(crate) tiers: Vec<Tier>,
    /// The metric by the year that it is compared with, unit for unit.
    pub(crate) instead_of: Option<String>,
    /// Which way of the book it is invoiced, whatever a deal says.
    pub(crate) billing: Option<usize>,
    /// Needed by every quote that sells it.
    pub(crate) approval: ApprovalNeed,
    /// The playbook does not say that it needs that.
    pub(crate) approval_assumed: bool,
    pub(crate) rule: Rule,
}

/// What a price pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PricePeriod {
    /// A unit for a year.
    Year,
    /// A unit for an hour, with so many hours to a month.
    Hour {
        /// Hours to a month.
        per_month: u32,
    },
    /// A unit for good, with maintenance a year at this share of its net price.
    Once {
        /// Share of the net price that maintenance costs in a year.
        maintenance: Rate,
    },
}

impl PricePeriod {
    /// The most that a price can count for in a year.
    pub const fn times_per_year(self) -> u32 {
        match self {
            Self::Year | Self::Once { .. } => 1,
            Self::Hour { per_month } => per_month * 12,
        }
    }
}

/// The hours of a month that use is averaged over, and a commitment paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MonthHours {
    /// As many in every month as the book says: [`Per::Hour`].
    Book,
    /// Those that the month has: 672, 696, 720 or 744.
    Real,
}

impl MonthHours {
    /// The names that books and flags use, with what they mean.
    pub const NAMES: &'static [(&'static str, Self)] =
        &[("book", Self::Book), ("real", Self::Real)];

    /// The name that books and flags use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Book => "book",
            Self::Real => "real",
        }
    }
}

/// How a tier table turns a quantity into money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TierMode {
    /// The whole quantity takes the price of the range it lands in.
    Volume,
    /// Each unit takes the price of its own range.
    Graduated,
    /// Started packages of `size` units count, after `included` free units.
    Package {
        /// Units to a package.
        size: u32,
        /// Units that are free.
        included: u32,
    },
}

/// Charges of a line beside the price of its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineCharges {
    /// Charged once a line and year, whatever the quantity.
    pub fee: Option<Money>,
    /// The least that a line costs in a year at list.
    pub minimum: Option<Money>,
}

/// One range of a price list.
#[derive(Debug, Clone)]
pub struct Tier {
    pub(crate) quantity: Interval,
    pub(crate) price: Money,
    /// Charged once when the range is entered (graduated) or landed in.
    pub(crate) flat: Option<Money>,
    /// What the whole line costs, in place of `price` and `flat`; a deal names it inside a range.
    pub(crate) fee: Option<MoneyRange>,
    pub(crate) edition: Option<String>,
    /// The edition may be named for any quantity on at most so many hosts.
    pub(crate) max_hosts: Option<u32>,
    /// The playbook does not give this figure.
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

impl Metric {
    /// The name that files use: `socket`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The words that people read: `CPU socket`.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// "1 socket", "500 sockets".
    pub fn count(&self, quantity: Quantity) -> String {
        let (one, many) = &self.unit;
        let noun = if quantity == Quantity::ONE { one } else { many };
        format!("{} {noun}", quantity.grouped())
    }

    /// What one of it is called: `socket`.
    pub fn unit(&self) -> &str {
        &self.unit.0
    }

    /// What several of it are called: `sockets`.
    pub fn units(&self) -> &str {
        &self.unit.1
    }

    /// What a price pays for.
    pub const fn price_period(&self) -> PricePeriod {
        self.price_period
    }

    /// Whether what is bought lasts for some months, not for good and not for years.
    pub const fn is_for_months(&self) -> bool {
        self.months.is_some()
    }

    /// The decimal places of its net unit price.
    pub const fn places(&self) -> u32 {
        self.places
    }

    /// What a year of maintenance costs at a price, rounded like a price of its own; nothing where
    /// there is none.
    pub fn maintenance_of(&self, price: Money, rounding: Rounding) -> Money {
        match self.price_period {
            PricePeriod::Once { maintenance } => rounding.round(maintenance.of(price), self.places),
            PricePeriod::Year | PricePeriod::Hour { .. } => Money::ZERO,
        }
    }

    /// The name of the metric by the year that it is compared with.
    pub fn instead_of(&self) -> Option<&str> {
        self.instead_of.as_deref()
    }

    /// As many units as it can be sold in: a part of one counts whole where units are sold whole.
    pub fn sellable_quantity(&self, quantity: Quantity) -> Option<Quantity> {
        if self.fractional { Some(quantity) } else { Quantity::whole(quantity.ceil()) }
    }

    /// The smallest part that it is sold in.
    pub const fn increment(&self) -> Increment {
        if self.fractional { Increment::THOUSANDTH } else { Increment::UNIT }
    }

    /// The ranges, ascending.
    pub fn tiers(&self) -> &[Tier] {
        &self.tiers
    }

    /// The range that a quantity lands in.
    pub fn tier(&self, quantity: Quantity) -> Option<&Tier> {
        let units = quantity.ceil();
        // Ascending and without a gap: the last one that begins by then, if it goes so far.
        let begun = self.tiers.partition_point(|tier| tier.quantity.from() <= units);
        self.tiers.get(begun.checked_sub(1)?).filter(|tier| tier.quantity.contains(units))
    }

    /// Its editions, in the order of the price list.
    pub fn editions(&self) -> impl Iterator<Item = &str> + Clone {
        self.tiers.iter().filter_map(|tier| tier.edition.as_deref())
    }

    /// The tier of an edition, named in any case.
    pub fn edition(&self, name: &str) -> Option<&Tier> {
        self.tiers.iter().find(|tier| {
            let edition = tier.edition.as_deref();
            edition.is_some_and(|edition| edition.to_lowercase() == name.to_lowercase())
        })
    }
}

impl Tier {
    /// The quantities that land in it.
    pub const fn quantity(&self) -> Interval {
        self.quantity
    }

    /// What the whole line costs, where that is a fixed fee.
    pub const fn fee(&self) -> Option<MoneyRange> {
        self.fee
    }
}
