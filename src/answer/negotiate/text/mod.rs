//! Offers and the ladder of concessions as documents.
pub mod ladder;
pub mod offers;
