//! Exact numbers with a type for each meaning, and the only module that sees a bare decimal.
//!
//! | type | meaning | unit |
//! | --- | --- | --- |
//! | [`Money`] | an exact amount: a unit price, a line, a total | the price book's currency |
//! | [`MoneyRange`] | a range of amounts: "50000.00-100000.00" | the price book's currency, both ends included |
//! | [`Total`] | the exact sum of any number of amounts | the price book's currency |
//! | [`Rate`] | a discount, from 0 to 100% | share, 0 to 1 |
//! | [`RateRange`] | a range of rates, both ends included: "30%-35%" | share, 0 to 1 |
//! | [`Percentage`] | a share of any size, such as a return of 288% | share, 0 to 1,000 |
//! | [`Share`] | a ratio that is only shown, rounded to 4 places | share |
//! | [`Ratio`] | a ratio that is only shown, and records whether it was rounded | share or multiple |
//! | [`Quantity`] | a number of units | units of a metric |
//! | [`Increment`] | the smallest part of a unit that a metric sells | units of a metric |
//! | [`Years`] | a term | whole years |
//! | [`Length`] | the time that is paid for | whole years after a part of a year |
//! | [`Interval`] | a range: "3-49", "500+" | whole numbers, both ends included |
//! | [`Date`] | a civil date | |
//! | [`Days`] | the days from one on to the day before another | civil dates |
//! | [`Month`], [`Moment`] | a calendar month, a point in time | |
//! | [`UnitHours`] | usage | units of a metric times hours |
//!
//! Only products with a meaning exist (`Rate::of(Money)`, `Money × Quantity`; no `Money × Money`),
//! and [`rounding`] is the one place where a number can lose digits. [`bisect()`] is the one search
//! for the number from which on a condition holds.

/// Implements operators: each with the types of its sides, and the result of both in that order.
/// The result has the type of the left side.
macro_rules! operators {
    ($($operator:ident::$method:ident($left:ty, $right:ty) => $result:expr;)+) => { $(
        impl std::ops::$operator<$right> for $left {
            type Output = $left;

            fn $method(self, other: $right) -> $left {
                let result: fn($left, $right) -> $left = $result;
                result(self, other)
            }
        }
    )+ };
}

mod bisect;
mod currency;
mod date;
mod digits;
mod interval;
mod length;
mod money;
mod percentage;
pub mod present_value;
mod quantity;
mod rate;
pub mod rounding;
mod share;
mod total;
mod unit_hours;
mod words;

pub use bisect::{Bisected, bisect, try_bisect};
pub use currency::Currency;
pub use date::{Date, DateError, Days, Moment, Month, TimeZone};
pub use digits::{DIGITS, NumberError, plain_decimal, push_decimal};
pub use interval::{Interval, IntervalError};
pub use length::{Length, MOST_MONTHS, PartialYear, ProrationConvention, Years};
pub use money::{Money, MoneyRange};
pub use percentage::{DigitLoss, Percentage, Ratio};
pub use quantity::{Increment, Quantity};
pub use rate::{Rate, RateRange, RateRangeError};
pub use rounding::{Divisor, Rounding};
pub use share::Share;
pub use total::Total;
pub use unit_hours::UnitHours;
pub(crate) use words::{counted, decimals, grouped, plural};
