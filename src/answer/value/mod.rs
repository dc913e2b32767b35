//! `value`: a deal compared with what its customer could have instead, by total cost of ownership,
//! savings, return, payback and present value; and a check of the claims about its value.
//!
//! Our side is the quote. The other side is the figures that the price book and the deal hold for an
//! alternative. No other figure is used, and every assumption is a [`Notice`](crate::quote::notice).

mod analysis;
mod claims;
mod comparison;
mod costs;
mod horizon;
pub mod json;
mod notices;
mod our_price;
mod returns;
pub mod rows;
pub mod text;

pub use analysis::{ValueAnalysis, ValueRequest, value_analysis};
pub use claims::{ClaimFinding, ClaimedFigure, JudgedClaim};
pub use comparison::{AlternativeComparison, Payback};
pub use costs::{CostPeriod, CostTooLarge, CountedCost, CountedCosts};
pub use horizon::Horizon;
pub use our_price::OurPrice;
pub use returns::{FormulaMatch, ReturnFormula, ValueFigures};
