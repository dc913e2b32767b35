//! `book show` and `book diff`: a price book as its file has it, every key with its value and its line,
//! and the changes between two books.
//!
//! [`BookTables`] are read by the same shape as the book itself, so that no key of a book can be
//! missing. Values are compared by meaning: `"15%"` equals `0.15`, and a flag that is false equals a
//! missing one.

mod changes;
mod effect;
mod entry_value;
pub mod json;
mod ramp_prices;
mod read;
pub mod rows;
mod tables;
pub mod text;

pub use changes::{BookChange, ChangeEffect, ChangeSide};
pub use entry_value::{EntryValue, PlainValue};
pub use read::read;
pub use tables::{BookTable, BookTables, Entry, GroupRow, TableGroup};

/// Returns the changes from one version of a book to another, in the order of its tables, each with its effect. A change
/// that is the same in every currency occurs once.
pub fn changes(old: &[BookTables], new: &[BookTables]) -> Vec<BookChange> {
    let mut found = changes::differences(old, new);
    effect::find_effects(&mut found, old, new);
    found
}
