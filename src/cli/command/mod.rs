//! One command, one file.

pub mod completions;
pub mod man;
pub mod quote;
pub mod schema;
pub mod version;
