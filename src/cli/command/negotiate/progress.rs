//! The progress bar of a search, and Ctrl-C, which ends the search early.

use crate::answer::negotiate::SearchProgress;
use crate::cli::{interrupt, progress_bar};
use indicatif::ProgressBar;
use std::cell::OnceCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

const TEMPLATE: &str =
    "{wide_bar} {percent:>3}%  {pos} of {len}, {eta} left; Ctrl-C keeps the best";

pub struct SearchProgressBar {
    begun: Instant,
    long: OnceCell<(Arc<AtomicBool>, Option<ProgressBar>)>,
}

impl SearchProgressBar {
    pub fn new() -> Self {
        Self { begun: Instant::now(), long: OnceCell::new() }
    }

    /// Shows the progress and returns whether to go on. Once the bar is shown, Ctrl-C ends the search,
    /// and the offers found so far are kept.
    pub fn update(&self, progress: SearchProgress) -> bool {
        // Reading the clock takes as long as pricing a few deals.
        if !progress.decided.is_multiple_of(64) {
            return true;
        }
        if self.long.get().is_none() && self.begun.elapsed() < progress_bar::SHORT {
            return true;
        }
        let (stopped, bar) = self.long.get_or_init(|| {
            let new_bar = || progress_bar::new_bar(Some(progress.combinations), TEMPLATE);
            (interrupt::watch_interrupts(), progress_bar::is_watched().then(new_bar))
        });
        if let Some(bar) = bar {
            bar.set_position(progress.decided);
        }
        !stopped.load(Ordering::Relaxed)
    }

    pub fn clear(&self) {
        if let Some((_, Some(bar))) = self.long.get() {
            bar.finish_and_clear();
        }
    }
}
