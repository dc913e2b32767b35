//! What a person is told: results turned into a [`Document`], which knows no domain type.

mod channel;
mod comparison;
mod document;
mod explain;
mod quote;
mod record;
mod totals;
mod words;

pub use document::{Block, Cell, Document, Item, Row, Table, Tone};
pub use quote::document as quote;
pub(crate) use quote::{asked, needs};
pub use record::table as records;
