//! Fractions of whole numbers of any size: what a decimal has no room for, until it is rounded.

use crate::number::{Money, Rate};
use num_bigint::{BigInt, Sign};
use std::iter::Sum;

/// A rate is a whole number of these to one.
const ONE: u32 = 1_000_000;

/// Days that simple interest counts to a year.
const YEAR: u32 = 365;

/// The powers of what one becomes in a year, over powers of [`ONE`].
pub(super) struct CompoundFactors {
    /// `(ONE + rate)^n`, from `n = 0` on.
    grown: Vec<BigInt>,
    /// `ONE^n`.
    ones: Vec<BigInt>,
}

impl CompoundFactors {
    /// Up to so many years.
    pub fn of_a_year(rate: Rate, years: u32) -> Self {
        let powers = |of: u32| {
            let step = move |power: &BigInt| Some(power * of);
            std::iter::successors(Some(BigInt::from(1)), step)
        };
        let count = usize::try_from(years).unwrap_or_default() + 1;
        Self {
            grown: powers(ONE + rate.millionths()).take(count).collect(),
            ones: powers(ONE).take(count).collect(),
        }
    }

    /// An amount that has `years` less to be discounted for than the latest one, in whole units of
    /// the `scale`-th decimal place and over the denominator of that one.
    pub fn times(&self, amount: Money, scale: u32, years: u32) -> BigInt {
        let (digits, decimals) = amount.digits();
        let units = BigInt::from(digits) * BigInt::from(10).pow(scale - decimals);
        let years = usize::try_from(years).unwrap_or_default();
        let rest = self.ones.len() - 1 - years.min(self.ones.len() - 1);
        units * &self.grown[years] * &self.ones[rest]
    }

    /// What one becomes in so many years, in whole units of `ONE^years`.
    pub fn at(&self, years: u32) -> BigInt {
        self.grown[usize::try_from(years).unwrap_or_default()].clone()
    }
}

/// A fraction; its denominator is above nothing.
pub(super) struct Fraction {
    over: BigInt,
    under: BigInt,
}

impl Fraction {
    /// An amount discounted simply, for so many days.
    pub fn discount_simple(amount: BigInt, rate: Rate, days: u32) -> Self {
        let year = BigInt::from(ONE) * YEAR;
        Self { over: amount * &year, under: year + BigInt::from(rate.millionths()) * days }
    }

    /// The same divided by a whole number and by so many tens.
    pub fn over(self, divisor: &BigInt, tens: u32) -> Self {
        Self { under: self.under * divisor * BigInt::from(10).pow(tens), ..self }
    }

    /// The amount that it is, rounded half up and away from nothing.
    pub fn half_up(self, places: u32) -> Money {
        let is_below = self.over.sign() == Sign::Minus;
        let over = if is_below { -self.over } else { self.over };
        let units = (over * BigInt::from(10).pow(places) * 2 + &self.under) / (self.under * 2);
        let units = i128::try_from(units).unwrap_or_default();
        Money::of_digits(if is_below { -units } else { units }, places).unwrap_or_default()
    }
}

impl Sum for Fraction {
    fn sum<I: Iterator<Item = Self>>(fractions: I) -> Self {
        let nothing = Self { over: BigInt::from(0), under: BigInt::from(1) };
        fractions.fold(nothing, |sum, it| Self {
            over: sum.over * &it.under + it.over * &sum.under,
            under: sum.under * it.under,
        })
    }
}
