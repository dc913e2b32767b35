//! What the engine said to any thread, so that no other one has to ask it again.

use super::cell::Cell;
use super::key::Key;
use super::line::lock;
use super::variants::Said;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock};
use wide::bytemuck::cast;

/// The cells that have been asked for, or are being asked for, by the threads of one run.
#[derive(Debug, Default)]
pub(super) struct Shared(Mutex<HashMap<Question, Arc<OnceLock<Option<Cell>>>>>);

/// A range of quantities of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct Question {
    text: [u128; super::key::LONGEST],
    lengths: u64,
    range: usize,
    said: Said,
}

impl Question {
    pub fn new(key: &Key, range: usize, said: Said) -> Self {
        Self { text: cast(key.lanes), lengths: key.lengths, range, said }
    }
}

impl Shared {
    /// The answer to a question, which one thread asks while others ask other ones.
    pub fn answer(&self, question: Question, ask: impl FnOnce() -> Option<Cell>) -> Option<Cell> {
        let answer = Arc::clone(lock(&self.0).entry(question).or_default());
        answer.get_or_init(ask).clone()
    }
}
