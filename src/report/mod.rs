//! What a person is told: results turned into a [`Document`], which knows no domain type.

mod agreed;
mod batch;
mod channel;
mod clauses;
mod comparison;
mod diff;
mod document;
mod explain;
mod invoices;
mod quote;
mod record;
mod reprice;
mod services;
mod totals;
mod usage;
mod words;

pub use batch::{document as batch, failed as batch_failed};
pub use diff::document as diff;
pub use document::{Block, Cell, Document, Item, Row, Table, Tone};
pub use invoices::document as invoices;
pub use quote::document as quote;
pub(crate) use quote::{asked, needs};
pub use record::{invoice_records, records, usage_records};
pub use reprice::document as reprice;
pub use usage::document as usage;
pub(crate) use words::term;
