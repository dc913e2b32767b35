//! `compare`: one need of a customer, priced by every metric that can meet it.
//!
//! A metric can meet a need if it counts the same unit, or a unit that the user converts with a
//! [`UnitCount`]; its name does not matter. The engine prices every metric as a deal of one line,
//! with the terms of the customer's deal and without its programs. [`BreakEven`] finds where the
//! cheaper of two metrics changes.

mod break_even;
mod candidate;
mod chart;
mod cost_by_year;
pub mod json;
mod need;
pub mod rows;
pub mod text;
mod unit_conversion;

pub use break_even::{
    BreakEven, CrossoverRange, ListNet, UnitBreakEven, UseBreakEven, YearBreakEven,
};
pub use candidate::{Candidate, EditionLimit, LeftOutReason};
pub use chart::{Axis, BreakEvenChart};
pub use cost_by_year::{ComparedYears, CostByYear, ListOrNet};
pub use need::{Need, NeedComparison, YearNeed};
pub use unit_conversion::{CompareOptions, CountBasis, UnitCount};
