//! Parquet, for builds that ask for it: deals read and prices written as values.

mod kind;
mod read;
mod write;

pub use read::ParquetDeals;
pub use write::ParquetPrices;

use parquet::errors::ParquetError;
use std::io;

/// Returns the error of the system, which the library wraps, or the library's own.
fn plain(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(cause) => io::Error::new(io::ErrorKind::InvalidData, cause),
        },
        other => io::Error::new(io::ErrorKind::InvalidData, other),
    }
}
