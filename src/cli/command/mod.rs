//! The commands: each file or folder holds the flags of one command and its `run` function.

pub mod batch;
pub mod book;
pub mod check;
pub mod ci;
pub mod compare;
pub mod desk;
pub mod diff;
pub mod explain;
pub mod invoices;
pub mod negotiate;
pub mod new;
pub mod quote;
pub mod reprice;
pub mod schema;
pub mod shell;
pub mod usage;
pub mod value;
pub mod version;
