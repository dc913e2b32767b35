//! Quantities, and the parts of a unit that a metric sells.

use super::digits::NumberError;
use super::{Money, Rate, digits};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt;
use std::iter::Sum;

/// Number of units of a metric: up to a billion, with up to 3 decimal places.
///
/// The metric says whether a fraction or zero can be sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(Decimal);

impl Quantity {
    pub const ZERO: Self = Self(Decimal::ZERO);

    pub const ONE: Self = Self(Decimal::ONE);

    /// Largest whole quantity.
    pub const MAX: u64 = 1_000_000_000;

    /// Largest number of decimal places.
    pub const PLACES: u32 = 3;

    /// Reads `500` or `100.5`.
    ///
    /// # Errors
    /// Returns an error for anything but plain digits, for more than 3 decimal places, for more
    /// than a billion, and for `1.000`, which means a thousand in half of the world.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        if is_grouped(text.trim()) {
            return Err(NumberError::Separator(Some(text.trim().replace('.', ""))));
        }
        digits::exact(text, (Decimal::from(Self::MAX), "1000000000"), Self::PLACES).map(Self)
    }

    /// Returns a whole quantity, if it is at most [`Quantity::MAX`].
    pub fn whole(count: u64) -> Option<Self> {
        (count <= Self::MAX).then(|| Self(Decimal::from(count)))
    }

    /// Returns the quantity rounded up: a fraction between two ranges belongs to the upper one.
    pub fn ceil(self) -> u64 {
        self.0.ceil().to_u64().unwrap_or(Self::MAX)
    }

    pub fn is_whole(self) -> bool {
        self.0.is_integer()
    }

    /// Returns the part above a whole number of units; zero if that number is larger.
    pub fn above(self, count: u64) -> Self {
        Self((self.0 - Decimal::from(count)).max(Decimal::ZERO))
    }

    pub fn at_most(self, count: u64) -> Self {
        Self(self.0.min(Decimal::from(count)))
    }

    /// Returns the number of packages of `size`; a started one counts.
    pub fn packages(self, size: u32) -> Self {
        Self((self.0 / Decimal::from(size)).ceil())
    }

    pub fn floor(self) -> u64 {
        self.0.floor().to_u64().unwrap_or(Self::MAX)
    }

    /// Returns the product, if it is at most [`Quantity::MAX`]: `each` for every unit. The result
    /// is rounded up to 3 decimal places, so that it is enough.
    ///
    /// ```
    /// use dealdesk::number::Quantity;
    /// let [sockets, cores] = [Quantity::parse("100")?, Quantity::parse("16")?];
    /// assert_eq!(sockets.times(cores), Quantity::whole(1600));
    /// assert_eq!(sockets.divided_by(cores), Quantity::parse("6.25").ok());
    /// # Ok::<(), dealdesk::number::NumberError>(())
    /// ```
    pub fn times(self, each: Self) -> Option<Self> {
        Self::enough(self.0 * each.0)
    }

    /// Returns the quotient: the number of groups of `each` units, rounded like
    /// [`Quantity::times`]. Returns `None` if `each` is zero.
    pub fn divided_by(self, each: Self) -> Option<Self> {
        Self::enough(self.0.checked_div(each.0)?)
    }

    /// Returns this share of the quantity, rounded like [`Quantity::times`].
    pub fn share(self, share: Rate) -> Option<Self> {
        Self::enough(self.0 * share.decimal())
    }

    /// Returns the quantity of which this one is the given share, rounded like [`Quantity::times`].
    /// Returns `None` for a share of zero.
    pub fn as_share(self, share: Rate) -> Option<Self> {
        Self::enough(self.0.checked_div(share.decimal())?)
    }

    fn enough(value: Decimal) -> Option<Self> {
        let value = value.round_dp_with_strategy(3, RoundingStrategy::ToPositiveInfinity);
        (value <= Decimal::from(Self::MAX)).then(|| Self(value.normalize()))
    }

    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Returns the part above another quantity; zero if that is larger.
    pub fn beyond(self, other: Self) -> Self {
        Self((self.0 - other.0).max(Decimal::ZERO))
    }

    /// Returns the quantity in thousandths of a unit, the smallest part that is sold.
    pub fn thousandths(self) -> u64 {
        (self.0 * Decimal::ONE_THOUSAND).to_u64().unwrap_or(u64::MAX)
    }

    /// Returns how many of the [`DIGITS`](super::DIGITS) the quantity takes.
    pub fn width(self) -> u32 {
        digits::width(self.0)
    }

    /// Returns the number of digits after the point.
    pub fn decimals(self) -> u32 {
        digits::decimals(self.0)
    }

    /// Returns a quantity of any size, such as an average.
    pub(super) const fn of_decimal(value: Decimal) -> Self {
        Self(value)
    }

    pub(super) const fn decimal(self) -> Decimal {
        self.0
    }
}

operators! {
    Mul::mul(Money, Quantity) => |price, times| {
        Money::from_decimal(price.decimal() * times.decimal())
    };
}

operators! {
    Add::add(Quantity, Quantity) => |one, other| Quantity(one.decimal() + other.decimal());
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(quantities: I) -> Self {
        Self(quantities.map(|quantity| quantity.0).sum())
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalize())
    }
}

/// Returns whether a text looks like `1.000`: in half of the world that is a thousand.
fn is_grouped(text: &str) -> bool {
    text.strip_suffix(".000").is_some_and(|whole| {
        (1..=3).contains(&whole.len())
            && !whole.starts_with('0')
            && whole.bytes().all(|b| b.is_ascii_digit())
    })
}

/// Smallest part of a unit that a metric sells. Every order is a whole number of increments, so a
/// proof for whole numbers holds for parts of a unit too.
///
/// ```
/// use dealdesk::number::{Increment, Quantity};
/// let parts = Increment::THOUSANDTH;
/// // Of the ranges "1-49" and "50-499" the second one begins just above 49.
/// assert_eq!(parts.quantity(parts.first(50)), Quantity::parse("49.001").ok());
/// assert_eq!(parts.quantity(parts.last(499)), Quantity::whole(499));
/// assert_eq!(Increment::UNIT.first(50), 50);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Increment {
    places: u32,
}

impl Increment {
    pub const UNIT: Self = Self { places: 0 };

    pub const THOUSANDTH: Self = Self { places: Quantity::PLACES };

    const fn to_a_unit(self) -> u64 {
        10_u64.pow(self.places)
    }

    /// Returns the quantity of `count` increments, if that is at most [`Quantity::MAX`] units.
    pub fn quantity(self, count: u64) -> Option<Quantity> {
        let decimal = Decimal::from_i128_with_scale(count.into(), self.places).normalize();
        (decimal <= Decimal::from(Quantity::MAX)).then(|| Quantity::of_decimal(decimal))
    }

    /// Returns the first count that lands in a range from `from`: a fraction between two ranges
    /// belongs to the upper one, and zero is no order.
    pub const fn first(self, from: u64) -> u64 {
        from.saturating_sub(1) * self.to_a_unit() + 1
    }

    /// Returns the last count that lands in a range up to `to`.
    pub const fn last(self, to: u64) -> u64 {
        to * self.to_a_unit()
    }
}
