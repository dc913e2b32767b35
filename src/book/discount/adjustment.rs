//! Changes that a step of a discount makes to a price.

use crate::number::{Money, Rate, Years};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adjustment {
    /// Share of the base that is taken off.
    Rate(Rate),
    /// Fixed amount off each price.
    Amount(Money),
    /// Share of the base that is put on.
    Uplift(Rate),
    /// Share that is put on for each year from the first of the step on, to what the year before costs.
    Growth(Rate),
    /// Months of a year that are not paid for.
    FreeMonths(u32),
    /// Fixed amount off the order of a year, which its lines share by their list prices.
    OrderAmount(Money),
}

/// Decimal places by which the price of some months is finer than that of a year: a month can be a twelfth that no
/// decimal is, and is rounded once, with the price of the line.
const MONTH_PLACES: u32 = 6;

/// Most decimal places of a coin, to which a share of an amount is rounded.
const COIN_PLACES: u32 = 4;

/// Returns the factor of some years of growth in whole numbers, rounded up.
fn growth_factor(rate: Rate, years: u64) -> u64 {
    const ONE: u128 = 1_000_000;
    let year = ONE + u128::from(rate.millionths());
    let grown = (0..years).fold(ONE, |factor, _| factor * year / ONE + 1);
    u64::try_from(grown / ONE + 1).unwrap_or(u64::MAX)
}

fn digits_of(number: u64) -> u32 {
    number.checked_ilog10().map_or(1, |log| log + 1)
}

impl Adjustment {
    /// Returns the digits that the adjustment can add to a price.
    pub(crate) fn places(self) -> u32 {
        match self {
            Self::Rate(rate) => rate.places(),
            // An uplift is at most as much again.
            Self::Uplift(rate) => rate.places() + 1,
            // A difference has the places of the finer of its two terms.
            Self::Amount(amount) => amount.width(),
            Self::Growth(rate) => rate.places() + digits_of(growth_factor(rate, Years::MAX)),
            Self::FreeMonths(_) => MONTH_PLACES,
            Self::OrderAmount(amount) => amount.width() + COIN_PLACES,
        }
    }

    /// Returns the decimal places of the price of some months of a year.
    pub(crate) fn month_places(year: Money) -> u32 {
        year.decimals() + MONTH_PLACES
    }

    /// Returns a bound of how many times the price can be as much in a contract year as it was before the step, which
    /// begins in the year `from`.
    pub(crate) fn most_times(self, from: u64, year: u32) -> u64 {
        match self {
            Self::Growth(rate) => growth_factor(rate, (u64::from(year) + 1).saturating_sub(from)),
            _ => 1,
        }
    }

    /// Whether the adjustment changes the price of a line as a whole, and not that of a unit.
    pub const fn is_of_line(self) -> bool {
        matches!(self, Self::FreeMonths(_) | Self::OrderAmount(_))
    }

    /// Whether the adjustment puts something on the price.
    pub const fn is_uplift(self) -> bool {
        matches!(self, Self::Uplift(_) | Self::Growth(_))
    }

    pub fn is_nothing(self) -> bool {
        match self {
            Self::Rate(rate) | Self::Uplift(rate) | Self::Growth(rate) => rate.is_zero(),
            Self::FreeMonths(_) => false,
            Self::Amount(amount) | Self::OrderAmount(amount) => amount.is_zero(),
        }
    }
}
