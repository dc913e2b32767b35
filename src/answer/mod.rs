//! One folder for each command that answers a question: what the answer is, and how people and programs read it.
pub mod batch;
pub mod book_check;
pub mod book_import;
pub mod book_new;
pub mod book_tables;
pub mod compare;
pub mod deal_diff;
pub mod gate;
pub mod negotiate;
pub mod pipeline;
pub mod reprice;
pub mod usage;
pub mod value;
