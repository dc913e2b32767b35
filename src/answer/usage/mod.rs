//! `usage`: metered use, rated into monthly invoices in arrears.
//!
//! [`read()`] sums a usage file by month, and [`rate()`] prices each month under a deal with the engine
//! that quotes it. The amount of a month can be recomputed by hand: units times hours, times the price
//! of the tier for their average, rounded once to the smallest coin of the currency.

mod approval;
mod csv;
mod errors;
mod explain;
mod header;
pub mod json;
mod metered_line;
mod month_bill;
mod notices;
mod read;
pub mod rows;
mod statement;
pub mod text;

pub use metered_line::{choose, column};
pub use month_bill::{MonthBill, UsageFigures, UsageTerms};
pub use read::{MeteredMonth, MeteredUsage, UsageTime, read};
pub use statement::{CoveredUse, Estimate, SubscriptionEquivalent, UsageStatement, rate};
