//! One amount over another.

use super::{Money, Quantity, rounding};
use rust_decimal::Decimal;
use std::fmt;

/// One amount over another, as far as it is finite within some places, to be shown and never
/// calculated with: unlike a [`Share`](super::Share) it knows whether it was rounded.
///
/// ```
/// use dealdesk::number::{Money, Ratio};
/// let ratio = |part, whole, places| {
///     Some(Ratio::of(Money::parse(part).ok()?, Money::parse(whole).ok()?, places)?)
/// };
/// let saved = ratio("8500", "16000", 8).expect("a whole");
/// assert_eq!((saved.to_string(), saved.is_exact()), ("53.125%".to_owned(), true));
/// let third = ratio("1", "3", 4).expect("a whole");
/// assert_eq!((third.to_string(), third.is_exact()), ("33.33%".to_owned(), false));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ratio {
    value: Decimal,
    exact: bool,
}

impl Ratio {
    /// `part` over `whole`, rounded half up to so many places; nothing where there is no whole.
    pub fn of(part: Money, whole: Money, places: u32) -> Option<Self> {
        Self::of_decimals(part.decimal(), whole.decimal(), places)
    }

    /// The same of two quantities.
    pub fn of_quantities(part: Quantity, whole: Quantity, places: u32) -> Option<Self> {
        Self::of_decimals(part.decimal(), whole.decimal(), places)
    }

    fn of_decimals(part: Decimal, whole: Decimal, places: u32) -> Option<Self> {
        if whole.is_zero() {
            return None;
        }
        let value = rounding::quotient(part, whole, places).normalize();
        Some(Self { value, exact: rounding::is_exact(part, 1, whole, places) })
    }

    /// Whether no digit was lost.
    pub const fn is_exact(self) -> bool {
        self.exact
    }

    /// Plain digits: `0.53125`, `1.752`.
    pub fn plain(self) -> String {
        self.value.to_string()
    }
}

/// As a percentage, for people: `53.125%`.
impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}%", (self.value * Decimal::ONE_HUNDRED).normalize())
    }
}
