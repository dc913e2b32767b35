//! What the engine said to any thread, so that no other one has to ask it again.

use super::cell::PriceRange;
use super::key::RowKey;
use super::line::lock;
use super::variants::RateInput;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};
use wide::bytemuck::cast;

/// The cells that have been asked for, or are being asked for, by the threads of one run.
#[derive(Debug, Default)]
pub(super) struct SharedMemo(Mutex<HashMap<MemoKey, Arc<OnceLock<Option<PriceRange>>>>>);

/// A range of quantities of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct MemoKey {
    text: [u128; super::key::LONGEST],
    lengths: u64,
    range: usize,
    rate_input: RateInput,
}

impl MemoKey {
    pub fn new(key: &RowKey, range: usize, rate_input: RateInput) -> Self {
        Self { text: cast(key.lanes), lengths: key.lengths, range, rate_input }
    }
}

impl SharedMemo {
    /// The answer to a question, which one thread asks while others ask other ones.
    pub fn answer(
        &self,
        question: MemoKey,
        ask: impl FnOnce() -> Option<PriceRange>,
    ) -> Option<PriceRange> {
        let answer = Arc::clone(lock(&self.0).entry(question).or_default());
        answer.get_or_init(ask).clone()
    }
}
