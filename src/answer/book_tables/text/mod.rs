//! A price book, its price curve, and the changes between two books, as documents.
pub mod book;
pub mod curve;
pub mod diff;

pub use book::BookView;
pub use diff::BookDiffView;
