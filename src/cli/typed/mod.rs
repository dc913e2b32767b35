//! A deal in flags, over a deal file or by itself.
//!
//! A typed value is a text with a place in the command line. [`DealFlags`] has one row for each flag,
//! and the row's function puts the value into the [`Draft`](crate::deal::Draft), read by the same
//! functions as the value of a key in a deal file.

mod command_line;
mod flags;
mod overlay;

pub use command_line::{CommandLine, day, named};
pub use flags::DealFlags;
pub use overlay::claim;
