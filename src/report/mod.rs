//! What a person is told: results turned into a [`Document`], which knows no domain type.

mod agreed;
mod channel;
mod clauses;
mod comparison;
mod document;
mod explain;
mod invoice_record;
mod invoices;
mod quote;
mod record;
mod services;
mod totals;
mod usage;
mod usage_record;
mod words;

pub use document::{Block, Cell, Document, Item, Row, Table, Tone};
pub use invoice_record::table as invoice_records;
pub use invoices::document as invoices;
pub use quote::document as quote;
pub(crate) use quote::{asked, needs};
pub use record::table as records;
pub use usage::document as usage;
pub use usage_record::table as usage_records;
pub(crate) use words::term;
