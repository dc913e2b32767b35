//! A price book, its price curve, and the changes between two books, as JSON.
pub mod book;
pub mod curve;
pub mod diff;
