//! What orders are counted in.

use super::Quantity;
use rust_decimal::Decimal;

/// The smallest part that something is sold in: every order is a whole number of them, so that what
/// is proved of whole numbers holds for parts of a unit too.
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
    /// A whole unit.
    pub const UNIT: Self = Self { places: 0 };

    /// The smallest part of a unit that a quantity can have.
    pub const THOUSANDTH: Self = Self { places: Quantity::PLACES };

    const fn to_a_unit(self) -> u64 {
        10_u64.pow(self.places)
    }

    /// So many of it, if that is at most [`Quantity::MAX`] units.
    pub fn quantity(self, count: u64) -> Option<Quantity> {
        let decimal = Decimal::from_i128_with_scale(count.into(), self.places).normalize();
        (decimal <= Decimal::from(Quantity::MAX)).then(|| Quantity::of_decimal(decimal))
    }

    /// The first count that lands in a range of quantities: a fraction between two ranges belongs to
    /// the upper one, and nothing is no order.
    pub const fn first(self, from: u64) -> u64 {
        from.saturating_sub(1) * self.to_a_unit() + 1
    }

    /// The last count that lands in a range of quantities.
    pub const fn last(self, to: u64) -> u64 {
        to * self.to_a_unit()
    }
}
