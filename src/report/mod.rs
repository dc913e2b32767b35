//! What a person is told: results turned into a [`Document`], which knows no domain type.

mod agreed;
mod batch;
mod book;
mod channel;
mod check;
mod clauses;
mod comparison;
mod deals;
mod desk;
mod document;
mod explain;
mod findings;
mod invoices;
mod quote;
mod record;
mod reprice;
mod services;
mod totals;
mod usage;
mod words;

pub use batch::{document as batch, failed as batch_failed};
pub use book::document as book;
pub use check::document as check;
pub use desk::document as desk;
pub use document::{Block, Cell, Document, Item, Row, Table, Tone};
pub use findings::{document as findings, lesson};
pub use invoices::document as invoices;
pub use quote::document as quote;
pub(crate) use quote::{asked, needs};
pub use record::{invoice_records, records, usage_records};
pub use reprice::document as reprice;
pub use usage::document as usage;
pub(crate) use words::term;
