//! Offers and the ladder of concessions as JSON.
pub(crate) mod concession;
pub mod ladder;
pub mod offers;
