//! Files of deals, at the speed of reading them.
//!
//! There is one engine, and batch asks it as `quote` does. A million rows are only a few kinds of deal,
//! though: rows that differ in quantity and rate alone. So batch asks the engine once for a range of
//! quantities and rates of a kind, and prices every other row of the range by a formula in cents.
//!
//! # How a million rows are read, priced and written
//!
//! 1. **Chunks** (`read`). A thread takes the next 512 KiB of the input and cuts them behind the last
//!    whole row. From there on it works alone, until its turn comes to hand over its output (`run`).
//! 2. **Marks of fields** (`fast`). A scan marks commas and line breaks outside of quotation marks, 64
//!    bytes at a time, and the marks become the ends of fields: blocks of some hundred rows.
//! 3. **Numbers and keys** (`fast`). The quantity and the rate of a row become whole numbers. The bytes
//!    of all other columns that decide a price are the key of its kind.
//! 4. **The memo** (`memo`). The key finds the kind in a hash table, and the quantity finds the range
//!    between two breakpoints, which has the formula of the price and the approval outcome.
//! 5. **Output** (`output`, `fast`). Id, list price, figures and approval are written in words of eight or
//!    sixteen bytes, and the sums are kept in cents. No step from 2 to 5 allocates memory.
//!
//! JSON Lines and Parquet are read as values ([`ValueRows`]), which enter at step 3.
//!
//! # The promise that the memo relies on
//!
//! A formula holds for a whole range because of the contract of a rule, [`ApprovalRule`]: between two
//! breakpoints that it names, a rule answers alike, or changes its answer once as the quantity or the rate
//! grows. So the answers at the corners of a range decide all of it. Kinds with a rule that does not promise
//! this have no ranges. A range is used only if its formula gives the engine's own figures at every corner.
//!
//! # The careful way, and why the bytes are the same
//!
//! Every fast step gives up on a row that is in any way unusual: a stray quotation mark, a row of 256 bytes
//! or more, a fraction of a unit. Such a row is read by `read::csv`, priced by the engine (`price`), and
//! written from exact decimals. Both ways write the same digits, because a range holds exact cents and a
//! price is rounded once, from an exact fraction. `docs/src/methods/batch.md` has the proof, and
//! `tests/laws/batch` compare both ways.
//!
//! [`ApprovalRule`]: crate::approve::ApprovalRule

mod column;
mod fast;
pub mod json;
mod memo;
mod output;
mod price;
mod read;
mod row;
mod run;
mod summary;
pub mod text;
mod two_books;
mod worker;

pub use column::{Column, ColumnLayout};
pub use output::{BatchTarget, HEADER, PriceSink, RowValues};
pub use price::{PricedRow, RowPricer};
pub use read::{BatchSource, DealSource};
pub use row::ValueRows;
pub use run::{BatchJob, run};
pub use summary::{BatchSummary, OutcomeTotals, Tally};
pub use two_books::{DealFigures, PairSink, RowPair, run_two_books};

use crate::text::diagnostic::Diagnostics;
use std::io;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFormat {
    Csv,
    JsonLines,
}

/// Reason for which a batch stopped.
#[derive(Debug)]
pub enum BatchError {
    Header(Diagnostics),
    Read(io::Error),
    Write(io::Error),
    /// The file of rows that could not be priced cannot be written.
    WriteErrors(io::Error),
}
