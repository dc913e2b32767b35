//! Fractions of whole numbers of any size.
//!
//! The engine counts in decimals of 28 digits. Nothing here shares a line with it, so a digit that
//! it dropped without a word would be seen.

use dealdesk::number::Money;
use num_bigint::BigInt;
use num_rational::BigRational;

/// A number without error.
pub type Exact = BigRational;

/// `units` over ten to the power of `places`.
pub fn scaled(units: u64, places: u32) -> Exact {
    Exact::new(BigInt::from(units), BigInt::from(10).pow(places))
}

/// A whole number.
pub fn whole(count: u64) -> Exact {
    scaled(count, 0)
}

/// Nothing.
pub fn zero() -> Exact {
    whole(0)
}

/// The number that plain digits stand for, with or without a sign.
pub fn read(text: &str) -> Exact {
    let (digits, sign) = text.strip_prefix('-').map_or((text, 1), |digits| (digits, -1));
    let (units, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let number: BigInt = format!("{units}{decimals}").parse().expect("plain digits");
    let places = u32::try_from(decimals.len()).expect("few decimals");
    Exact::new(number * sign, BigInt::from(10).pow(places))
}

/// An amount of the engine, by the digits that it prints.
pub fn exact(amount: Money) -> Exact {
    read(&amount.at_least(0))
}

/// How a half is rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    Away,
    Even,
}

/// The nearest number with so many decimals.
pub fn round(value: &Exact, places: u32, half: Half) -> Exact {
    let unit = scaled(1, places);
    let steps = value / &unit;
    let below = steps.floor();
    let rest = &steps - &below;
    let middle = Exact::new(BigInt::from(1), BigInt::from(2));
    let up = match half {
        _ if rest != middle => rest > middle,
        Half::Away => value >= &zero(),
        Half::Even => below.to_integer() % 2 != BigInt::from(0),
    };
    (if up { below + whole(1) } else { below }) * unit
}
