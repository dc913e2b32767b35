//! Metering: what was used, rated into monthly invoices in arrears.
//!
//! [`read()`] turns a usage file into sums by month, [`rate()`] prices each month under a deal by
//! the one engine. What a month costs is a product that anybody can do again: units times hours,
//! times the price of the range that their average lands in, rounded once to the coins of the
//! currency.

mod choose;
mod csv;
mod faults;
mod header;
pub mod json;
mod judge;
mod notices;
mod rate;
mod read;
pub mod rows;
mod subscription;
pub mod text;

pub use choose::{choose, column};
pub use rate::{Estimate, MonthBill, UsageFigures, UsageStatement, UsageTerms, rate};
pub use read::{MeteredMonth, MeteredUsage, UsageTime, read};
pub use subscription::{CoveredUse, SubscriptionEquivalent};
