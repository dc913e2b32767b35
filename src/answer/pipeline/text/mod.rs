//! Checked deals and the pipeline of the desk, as documents.
pub mod check;
pub(crate) mod deals;
pub mod desk;

pub use desk::PipelineView;
