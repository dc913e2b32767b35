//! Checked deals and the pipeline of the desk, as JSON.
pub mod check;
pub mod desk;
