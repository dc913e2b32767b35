//! Parquet, for builds that ask for it: deals read as the CSV that says the same, and prices written
//! from JSON Lines, whose ids are the texts that they are.

mod cells;
mod deals;
mod kind;
mod prices;

pub use deals::ParquetDeals;
pub use prices::ParquetPrices;

use crate::answer::batch::RowFormat;
use parquet::errors::ParquetError;
use std::io;

/// What deals are read as.
pub const READ: RowFormat = RowFormat::Csv;

/// What prices are made from.
pub const MADE_FROM: RowFormat = RowFormat::JsonLines;

/// What the system said, where it was the system; the library wraps it.
fn plain(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(cause) => io::Error::new(io::ErrorKind::InvalidData, cause),
        },
        other => io::Error::new(io::ErrorKind::InvalidData, other),
    }
}
