//! Offers, the ladder of concessions, and the words that both share.
pub(crate) mod concession;
pub mod ladder;
pub mod offers;
