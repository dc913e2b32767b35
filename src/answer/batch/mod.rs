//! Files of deals, at the speed of reading them.
//!
//! There is one engine, and batch asks it like `quote` does. Millions of rows are only a few kinds of
//! deal, though: what the engine says of a row holds for every row that differs from it in quantity
//! and rate alone, within bounds that the engine itself shows. So a row's way is
//!
//! ```text
//! stream  rows in, prices out                                           [`run`]
//! intake  chunks of whole rows                                          chunk
//! line    taken by threads, handed over in order
//! csv     where rows and fields end, 64 bytes at a time; json           row
//! key     the texts of a row as they stand
//! kinds   what is known of rows with those texts                        kind
//! cell    what the engine said of the kind, as a line in cents          figures
//! shared  the same, said to another thread
//! desk    the engine itself: a kind's corners, and what is no kind      priced
//! page    digits                                                        output
//! ```
//!
//! The way from `kinds` to `page` allocates nothing. A row that is in any way out of the ordinary
//! takes the way over `desk`, and costs as much as a quote.

mod bench;
mod both;
mod cell;
mod column;
mod csv;
mod desk;
mod intake;
pub mod json;
mod json_lines;
mod key;
mod kinds;
mod line;
mod number;
mod page;
mod pen;
mod row;
mod shared;
mod stream;
mod summary;
mod tally;
pub mod text;
mod variants;

pub use both::{DealFigures, PairSink, RowPair, SecondPricer, run_both};
pub use column::{Column, ColumnLayout};
pub use desk::{PricedRow, RowPricer};
pub use pen::HEADER;
pub use stream::{BatchError, BatchJob, RowFormat, run};
pub use summary::BatchSummary;
pub use tally::{OutcomeTotals, Tally};
