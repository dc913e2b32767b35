//! Bisection: the one search for the number from which on a condition holds.

use std::ops::{Add, Div, Sub};

/// Whole number that a bisection can search.
pub trait Bisected:
    Copy + Ord + From<u8> + Add<Output = Self> + Sub<Output = Self> + Div<Output = Self>
{
}

impl Bisected for u32 {}
impl Bisected for u64 {}

/// Returns the first number from `low` to `high` for which a condition holds.
///
/// The caller promises that the condition holds for `high`, and for every number above one for
/// which it holds. `high` is never tested, so a caller without the first promise tests it before.
/// If the second promise is broken, the condition holds for the result, but perhaps for a smaller
/// number too. The condition is tested at most once for each bit of `high - low`.
///
/// ```
/// use dealdesk::number::bisect;
/// assert_eq!(bisect(1_u64, 100, |number| number * number >= 50), 8);
/// assert_eq!(bisect(1_u64, 100, |_| false), 100);
/// // The last number for which a condition holds lies before the first for which it does not.
/// assert_eq!(bisect(1_u32, 100, |number| number * number > 50) - 1, 7);
/// ```
pub fn bisect<N: Bisected>(low: N, high: N, mut holds: impl FnMut(N) -> bool) -> N {
    try_bisect(low, high, |number| Some(holds(number))).unwrap_or(high)
}

/// Returns the result of [`bisect`], or `None` as soon as the condition cannot be tested.
pub fn try_bisect<N: Bisected>(
    mut low: N,
    mut high: N,
    mut holds: impl FnMut(N) -> Option<bool>,
) -> Option<N> {
    while low < high {
        let middle = low + (high - low) / N::from(2);
        if holds(middle)? {
            high = middle;
        } else {
            low = middle + N::from(1);
        }
    }
    Some(high)
}
