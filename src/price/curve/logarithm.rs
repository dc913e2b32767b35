//! Logarithms in whole numbers, the same on every machine.

/// Binary places behind the point.
const PLACES: u32 = 16;

/// The logarithm of a number to base 2, in 65,536ths and never above it; that of nothing is nothing.
///
/// ```
/// use dealdesk::price::curve::logarithm;
/// assert_eq!(logarithm(1), 0);
/// assert_eq!(logarithm(8), 3 << 16);
/// assert_eq!(logarithm(10), 217_705); // 3.32193 x 65,536
/// ```
pub fn logarithm(number: u64) -> u64 {
    let Some(whole) = number.checked_ilog2() else { return 0 };
    // The number over the power of two below it, from 1 up to 2, in 2^63rds.
    let mut rest = u128::from(number) << (63 - whole);
    let mut digits = u64::from(whole);
    for _ in 0..PLACES {
        // Squaring doubles the logarithm, which shows its next digit.
        rest = (rest * rest) >> 63;
        let digit = rest >> 64;
        digits = digits << 1 | u64::from(digit > 0);
        rest >>= digit;
    }
    digits
}
