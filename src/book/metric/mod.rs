//! Metrics: the units that a book sells, each with its price by quantity.

mod count;
pub(super) mod keys;
mod list;
mod overage;
mod read;
mod share;

pub use count::{CountLevel, UnitGroups, UnitLevels};
pub use keys::ShareBase;
pub use list::{ListPrice, PriceBasis, TierCharge};
pub use overage::OveragePrice;

use super::ladder::ApprovalNeed;
use super::rule::Rule;
use crate::number::{Increment, Interval, Money, MoneyRange, Quantity, Rate};
use crate::table::{FlagOrText, choices};
pub(super) use read::read_all;
pub use share::LineShare;

/// Unit of sale with its price list.
#[derive(Debug, Clone)]
pub struct Metric {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) unit: String,
    pub(crate) units: String,
    pub(crate) price_period: PricePeriod,
    /// Months that a unit lasts, if it is neither perpetual nor paid per year.
    pub(crate) months: Option<u32>,
    pub(crate) usage_hours: Option<MonthHours>,
    pub(crate) mode: TierMode,
    /// Decimal places of the net unit price.
    pub(crate) places: u32,
    /// Decimal places of the smallest coin of its currency.
    pub(crate) coin_places: u32,
    pub(crate) fractional: bool,
    pub(crate) counted: CountedLines,
    /// How the quantity is counted from units inside units, where a deal states these.
    pub(crate) count_levels: Option<UnitLevels>,
    pub(crate) charges: LineCharges,
    /// Cost of a unit to the seller, as often as the price.
    pub(crate) cost: Option<Money>,
    /// Share of other lines that the price is, in place of a price list.
    pub(crate) share: Option<LineShare>,
    /// Price of use beyond the commitment of a line, if that is another one.
    pub(crate) overage: Option<OveragePrice>,
    /// Ranges of the price list, ascending and without a gap.
    pub(crate) tiers: Vec<Tier>,
    pub(crate) instead_of: Option<String>,
    /// Benefits that come with a paid unit, in words for customers.
    pub(crate) inclusions: Vec<String>,
    /// Index of the billing schedule for this metric, whatever the deal says.
    pub(crate) billing: Option<usize>,
    /// Metrics one of which a deal needs beside it; none if it is sold alone.
    pub(crate) requires: Vec<String>,
    pub(crate) approval: ApprovalNeed,
    /// Whether the playbook does not ask for that approval.
    pub(crate) approval_assumed: bool,
    /// Kind of thing that may be sold by it, such as "edge devices".
    pub(crate) sold_for: Option<String>,
    /// Most digits that the discounts of the book, without programs, add to a price of the metric.
    pub(crate) discount_places: u32,
    /// Metrics that find the step of a discount together with it, itself included; none if no discount is by order.
    pub(crate) ordered_with: Vec<String>,
    /// Quantities from which on an order of the metric alone gets another step of a discount by order.
    pub(crate) order_breakpoints: Vec<u64>,
    /// Contract years, ascending and after the first, from which on a discount gives another step, or a share of other
    /// lines is paid.
    pub(crate) year_starts: Vec<u32>,
    /// Whether a discount changes the price of a line as a whole, so that it is rounded for each quantity.
    pub(crate) has_line_steps: bool,
    pub(crate) rule: Rule,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PricePeriod {
    Year,
    /// Month of a subscription: a year costs twelve of them, each rounded to the coin.
    Month,
    Hour {
        per_month: u32,
    },
    /// Price of a unit that is used in a month: a year of an estimate costs twelve such months, each rounded to the
    /// coin.
    Use,
    /// Price of a perpetual unit, with yearly maintenance.
    Once {
        /// Yearly maintenance as a share of the net license total.
        maintenance: Rate,
    },
}

impl PricePeriod {
    /// Returns how often the price can be due in a year, at most.
    pub const fn times_per_year(self) -> u32 {
        match self {
            Self::Year | Self::Once { .. } => 1,
            Self::Month | Self::Use => 12,
            Self::Hour { per_month } => per_month * 12,
        }
    }

    /// Returns how often the price is due in a month, for a price that is charged by the month.
    pub const fn times_per_month(self) -> Option<u32> {
        match self {
            Self::Month | Self::Use => Some(1),
            Self::Hour { per_month } => Some(per_month),
            Self::Year | Self::Once { .. } => None,
        }
    }

    /// Returns whether a quantity is subscribed to, whatever is used of it.
    pub const fn is_subscription(self) -> bool {
        matches!(self, Self::Year | Self::Month)
    }

    /// Returns whether a quantity is an estimate of use, which is billed when it is known.
    pub const fn is_metered(self) -> bool {
        matches!(self, Self::Hour { .. } | Self::Use)
    }

    /// Returns " × 12 months": what leads from a price to a year.
    pub(crate) fn factor(self) -> String {
        match self {
            Self::Month | Self::Use => " × 12 months".to_owned(),
            Self::Hour { per_month } => format!(" × {per_month} hours × 12"),
            Self::Year | Self::Once { .. } => String::new(),
        }
    }
}

choices! {
    /// Hours of a month over which usage is averaged and for which a commitment is paid.
    pub enum MonthHours {
        /// Hours that the book gives every month: [`PricePeriod::Hour`].
        Book = "book",
        /// Hours that the month has: 672, 696, 720 or 744.
        Real = "real",
    }
}

choices! {
    /// Lines whose quantity finds the tier of a line and its step of a volume discount.
    pub enum CountedLines {
        /// All lines of the metric in the same year of the contract.
        Deal = "deal",
        /// Each line by itself.
        Line = "line",
        /// All lines of the metric in the same year of the contract, and those of the customer's signed contracts.
        Customer = "customer",
    }
}

/// Mode in which the tiers turn a quantity into money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TierMode {
    /// The whole quantity takes the price of the range that it lands in.
    Volume,
    /// Each unit takes the price of its own range.
    Graduated,
    /// Started packages of `size` units count, after `included` free units.
    Package { size: u32, included: u32 },
}

/// Charges of a line in addition to the price of its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineCharges {
    pub fee: Option<Money>,
    /// Least price at list.
    pub minimum: Option<Money>,
    /// Least price after discounts.
    pub net_minimum: Option<Money>,
}

#[derive(Debug, Clone)]
pub struct Tier {
    pub(crate) quantity: Interval,
    pub(crate) price: Money,
    /// Flat fee, charged once when the range is entered (graduated) or landed in.
    pub(crate) flat: Option<Money>,
    pub(crate) fee: Option<MoneyRange>,
    pub(crate) edition: Option<String>,
    pub(crate) max_hosts: Option<u32>,
    pub(crate) units_per_host: Option<u32>,
    /// Whether no other tier of the metric stands beside it in one contract year.
    pub(crate) exclusive: bool,
    pub(crate) assumed: FlagOrText,
    pub(crate) rule: Rule,
}

impl Metric {
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Adds the first year of a share of other lines to the years from which on the price is another one.
    pub(super) fn start_share(&mut self) {
        let first = self.share.as_ref().map(|share| share.from_year).filter(|year| *year > 1);
        self.year_starts.extend(first);
        self.year_starts.sort_unstable();
        self.year_starts.dedup();
    }

    /// Returns a quantity with its unit: "1 socket", "500 sockets".
    pub fn count(&self, quantity: Quantity) -> String {
        let (one, many) = (&self.unit, &self.units);
        let noun = if quantity == Quantity::ONE { one } else { many };
        format!("{} {noun}", quantity.grouped())
    }

    pub const fn price_period(&self) -> PricePeriod {
        self.price_period
    }

    /// Whether a unit is bought once and kept.
    pub const fn is_perpetual(&self) -> bool {
        matches!(self.price_period, PricePeriod::Once { .. }) && self.months.is_none()
    }

    /// Whether a quantity is an estimate of use, of which a part can be committed.
    pub const fn is_metered(&self) -> bool {
        self.price_period.is_metered()
    }

    /// Returns how often the price of a unit is due in a month of use; `None` for what is not metered.
    pub fn times_per_metered_month(&self) -> Option<u32> {
        self.price_period.times_per_month().filter(|_| self.is_metered())
    }

    /// Whether use is counted in units times hours, so that a unit can be in use for a part of the time.
    pub const fn is_hourly(&self) -> bool {
        matches!(self.price_period, PricePeriod::Hour { .. })
    }

    /// Returns the yearly maintenance of a license at this price, exactly; or zero.
    pub fn maintenance_of(&self, price: Money) -> Money {
        match self.price_period {
            PricePeriod::Once { maintenance } => maintenance.of(price),
            PricePeriod::Year
            | PricePeriod::Month
            | PricePeriod::Hour { .. }
            | PricePeriod::Use => Money::ZERO,
        }
    }

    /// Returns whether whole units at a price cost whole coins, so that no charge for them has to be rounded.
    pub fn charges_whole_coins(&self) -> bool {
        self.places <= self.coin_places
            && !self.has_line_steps
            && self.maintenance_of(Money::of_scaled(1, 0)).is_zero()
    }

    /// Returns whether a line costs nothing at list because of the edition that it names.
    pub(crate) fn is_free_at(&self, edition: &str) -> bool {
        self.charges == LineCharges::default() && self.edition(edition).is_some_and(Tier::is_free)
    }

    /// Returns whether all lines of the metric in a deal count together.
    pub(crate) fn counts_all_lines(&self) -> bool {
        self.counted != CountedLines::Line
    }

    /// Returns whether the lines of the customer's signed contracts count with those of a deal.
    pub(crate) fn counts_signed_contracts(&self) -> bool {
        self.counted == CountedLines::Customer
    }

    /// Returns the quantity that can be sold: a fraction is rounded up where units are sold whole.
    pub fn sellable_quantity(&self, quantity: Quantity) -> Option<Quantity> {
        if self.fractional { Some(quantity) } else { Quantity::whole(quantity.ceil()) }
    }

    pub const fn increment(&self) -> Increment {
        if self.fractional { Increment::THOUSANDTH } else { Increment::UNIT }
    }

    pub fn tiers(&self) -> &[Tier] {
        &self.tiers
    }

    pub fn tier(&self, quantity: Quantity) -> Option<&Tier> {
        let units = quantity.ceil();
        // The ranges ascend without a gap: the last one that starts at or below the quantity is the
        // only one that can hold it.
        let begun = self.tiers.partition_point(|tier| tier.quantity.from() <= units);
        self.tiers.get(begun.checked_sub(1)?).filter(|tier| tier.quantity.contains(units))
    }

    pub fn editions(&self) -> impl Iterator<Item = &str> + Clone {
        self.tiers.iter().filter_map(|tier| tier.edition.as_deref())
    }

    /// Returns the tier of an edition; the case of the name does not matter.
    pub fn edition(&self, name: &str) -> Option<&Tier> {
        self.tiers.iter().find(|tier| {
            let edition = tier.edition.as_deref();
            edition.is_some_and(|edition| edition.to_lowercase() == name.to_lowercase())
        })
    }
}

impl Tier {
    pub(crate) fn is_free(&self) -> bool {
        let is_nothing = |amount: Option<Money>| amount.is_none_or(Money::is_zero);
        self.price.is_zero() && is_nothing(self.flat) && self.fee.is_none()
    }

    /// Returns whether so many hosts can have a quantity. Hosts that are not stated are as many as the tier
    /// allows.
    pub(crate) fn fits_hosts(&self, quantity: Quantity, hosts: Option<u32>) -> bool {
        let hosts = hosts.or(self.max_hosts);
        let most = self.units_per_host.zip(hosts);
        most.is_none_or(|(units, hosts)| quantity.ceil() <= u64::from(units) * u64::from(hosts))
    }

    pub const fn quantity(&self) -> Interval {
        self.quantity
    }

    pub const fn fee(&self) -> Option<MoneyRange> {
        self.fee
    }
}
