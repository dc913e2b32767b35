//! Ratios of two amounts, to be shown.

use super::rounding::quotient;
use super::{Divisor, Money, Rounding};
use rust_decimal::Decimal;
use std::fmt;

/// Ratio of two amounts, rounded half up to 4 places, to be shown and never calculated with.
///
/// ```
/// use dealdesk::number::{Money, Share};
/// let off = Share::off(Money::parse("4500000")?, Money::parse("2779815")?);
/// assert_eq!((off.plain(), off.to_string()), ("0.3823".to_owned(), "38.23%".to_owned()));
/// # Ok::<(), dealdesk::number::NumberError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Share(Decimal);

impl Share {
    /// Returns how far `net` lies below `list`, as a share of `list`; zero without a list price.
    pub fn off(list: Money, net: Money) -> Self {
        Self(quotient((list - net).decimal(), list.decimal(), 4))
    }

    /// Returns the share of `off` in `whole`, in ten-thousandths; both count the same small unit.
    #[inline]
    pub fn off_scaled(off: u64, whole: Divisor) -> u64 {
        Rounding::HalfUp.whole(off * 10_000, whole)
    }

    /// Returns the share of this number of ten-thousandths.
    pub fn of_ten_thousandths(share: i64) -> Self {
        Self(Decimal::new(share, 4))
    }

    /// Returns the share as a number of ten-thousandths.
    pub fn ten_thousandths(self) -> i64 {
        let mut value = self.0;
        value.rescale(4);
        i64::try_from(value.mantissa()).unwrap_or(i64::MAX)
    }

    /// Returns the share of `part` in `whole`; zero if `whole` is zero.
    pub fn of(part: Money, whole: Money) -> Self {
        Self::of_whole(part.decimal(), whole.decimal())
    }

    pub(super) fn of_whole(part: Decimal, whole: Decimal) -> Self {
        Self(quotient(part, whole, 4))
    }

    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Returns the plain share with 4 places: `0.3823`.
    pub fn plain(self) -> String {
        self.0.to_string()
    }
}

operators! {
    Sub::sub(Share, Share) => |one, other| Share(one.0 - other.0);
}

/// Writes the percentage with 2 places: `38.23%`.
impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut percent = self.0 * Decimal::ONE_HUNDRED;
        percent.rescale(2);
        write!(f, "{percent}%")
    }
}
