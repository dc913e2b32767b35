//! How many units are bought.

use super::digits::{NumberError, NumberLimits};
use super::{Rate, digits};
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use std::fmt;
use std::iter::Sum;

/// How many units of a metric: up to a billion, with up to 3 decimal places.
///
/// Whether a fraction or a zero can be sold is the metric's to say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity(Decimal);

impl Quantity {
    /// A single unit.
    pub const ONE: Self = Self(Decimal::ONE);

    /// The largest whole quantity.
    pub const MAX: u64 = 1_000_000_000;

    /// The most decimal places.
    pub const PLACES: u32 = 3;

    /// Reads `500` or `100.5`.
    ///
    /// # Errors
    /// Anything but plain digits, more than 3 decimal places, or more than a billion; and `1.000`,
    /// which is a thousand in half of the world.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        if is_grouped(text.trim()) {
            return Err(NumberError::Separator(Some(text.trim().replace('.', ""))));
        }
        let limits =
            NumberLimits { max: (Decimal::from(Self::MAX), "1000000000"), places: Self::PLACES };
        digits::exact(text, &limits).map(Self)
    }

    /// A whole quantity, if it is at most [`Quantity::MAX`].
    pub fn whole(count: u64) -> Option<Self> {
        (count <= Self::MAX).then(|| Self(Decimal::from(count)))
    }

    /// Rounded up to a whole number: a fraction between two ranges belongs to the upper one.
    pub fn ceil(self) -> u64 {
        self.0.ceil().to_u64().unwrap_or(Self::MAX)
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        self.0.is_integer()
    }

    /// What lies above a whole number of units; nothing if that is more.
    pub fn above(self, count: u64) -> Self {
        Self((self.0 - Decimal::from(count)).max(Decimal::ZERO))
    }

    /// At most this many.
    pub fn at_most(self, count: u64) -> Self {
        Self(self.0.min(Decimal::from(count)))
    }

    /// How many packages of `size` it takes; a started one counts.
    pub fn packages(self, size: u32) -> Self {
        Self((self.0 / Decimal::from(size)).ceil())
    }

    /// The whole units in it.
    pub fn floor(self) -> u64 {
        self.0.floor().to_u64().unwrap_or(Self::MAX)
    }

    /// So many for each of these, if it is at most [`Quantity::MAX`]; what does not end within 3
    /// decimal places is rounded up, so that it is enough.
    ///
    /// ```
    /// use dealdesk::number::Quantity;
    /// let [sockets, cores] = [Quantity::parse("100")?, Quantity::parse("16")?];
    /// assert_eq!(sockets.times(cores), Quantity::whole(1600));
    /// assert_eq!(sockets.shared_by(cores), Quantity::parse("6.25").ok());
    /// # Ok::<(), dealdesk::number::NumberFault>(())
    /// ```
    pub fn times(self, each: Self) -> Option<Self> {
        Self::enough(self.0 * each.0)
    }

    /// How many there are, where so many are in each: rounded likewise. Nothing, where nothing is.
    pub fn divided_by(self, each: Self) -> Option<Self> {
        Self::enough(self.0.checked_div(each.0)?)
    }

    /// This share of them, rounded likewise.
    pub fn share(self, share: Rate) -> Option<Self> {
        Self::enough(self.0 * share.decimal())
    }

    /// How many there are, if these are so large a share of them, rounded likewise. Nothing, if the
    /// share is.
    pub fn as_share(self, share: Rate) -> Option<Self> {
        Self::enough(self.0.checked_div(share.decimal())?)
    }

    fn enough(value: Decimal) -> Option<Self> {
        let value = value.round_dp_with_strategy(3, RoundingStrategy::ToPositiveInfinity);
        (value <= Decimal::from(Self::MAX)).then(|| Self(value.normalize()))
    }

    /// Whether it is nothing.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// How many of the [`DIGITS`](super::DIGITS) it takes.
    pub fn width(self) -> u32 {
        digits::width(self.0)
    }

    /// How many of them stand behind the point.
    pub fn decimals(self) -> u32 {
        digits::decimals(self.0)
    }

    /// An average can be anything.
    pub(super) const fn of_decimal(value: Decimal) -> Self {
        Self(value)
    }

    pub(super) const fn decimal(self) -> Decimal {
        self.0
    }
}

impl Sum for Quantity {
    fn sum<I: Iterator<Item = Self>>(quantities: I) -> Self {
        Self(quantities.map(|quantity| quantity.0).sum())
    }
}

/// Plain digits: `500`, `100.5`.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.normalize())
    }
}

/// A point and three zeros, such as `1.000`: to half of the world that is a thousand.
fn is_grouped(text: &str) -> bool {
    text.strip_suffix(".000").is_some_and(|whole| {
        (1..=3).contains(&whole.len())
            && !whole.starts_with('0')
            && whole.bytes().all(|b| b.is_ascii_digit())
    })
}
