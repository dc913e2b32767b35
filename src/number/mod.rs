//! Numbers that cannot be confused, and the only module that sees a bare decimal.
//!
//! | type | what it is | unit |
//! | --- | --- | --- |
//! | [`Money`] | an exact amount: a unit price, a line, a total | the price book's currency |
//! | [`MoneyRange`] | "50000.00-100000.00" | the price book's currency, both ends included |
//! | [`Total`] | the exact sum of any number of amounts | the price book's currency |
//! | [`Rate`] | a discount, from nothing to all of it | share, 0 to 1 |
//! | [`Rates`] | "30%-35%": a range of rates, both ends included | share, 0 to 1 |
//! | [`Percentage`] | a share of any size, such as a return of 288% | share, 0 to 1,000 |
//! | [`Share`] | a ratio that is only shown, rounded to 4 places | share |
//! | [`Ratio`] | a ratio that is only shown, and knows whether it was rounded | share or multiple |
//! | [`Quantity`] | how many units | units of a metric |
//! | [`Increment`] | the smallest part that a metric is sold in | units of a metric |
//! | [`Years`] | a term | whole years |
//! | [`Length`] | how long something is paid for | whole years after a part of one |
//! | [`Interval`] | "3-49", "500+" | whole numbers, both ends included |
//! | [`Date`] | a civil date | |
//! | [`Month`], [`Moment`] | a calendar month, a point in time | |
//! | [`UnitHours`] | what was used | units of a metric times hours |
//!
//! Only products with a meaning exist (`Rate::of(Money)`, `Money × Quantity`; no `Money × Money`),
//! and [`rounding`] is the one place where a number can lose digits.

mod bisect;
mod currency;
mod date;
mod digits;
mod increment;
mod interval;
mod length;
mod moment;
mod money;
mod money_range;
mod month;
mod percentage;
pub mod present_value;
mod quantity;
mod rate;
mod rates;
mod ratio;
pub mod rounding;
mod total;
mod unit_hours;
mod years;

pub use bisect::{Bisected, bisect, try_bisect};
pub use currency::Currency;
pub(crate) use currency::{decimals, grouped};
pub use date::{Date, DateError};
pub use digits::{DIGITS, NumberError, plain_decimal, push_decimal};
pub use increment::Increment;
pub use interval::{Interval, IntervalError};
pub use length::{Length, PartialYear, ProrationConvention};
pub use moment::Moment;
pub use money::Money;
pub use money_range::MoneyRange;
pub use month::Month;
pub use percentage::{DigitLoss, Percentage};
pub use quantity::Quantity;
pub use rate::{Rate, Share};
pub use rates::{RateRange, RateRangeError};
pub use ratio::Ratio;
pub use rounding::{Divisor, Rounding};
pub use total::Total;
pub use unit_hours::UnitHours;
pub use years::Years;
