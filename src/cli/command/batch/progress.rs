//! Progress of a batch on a terminal.

use super::input::BatchInput;
use crate::cli::progress_bar;
use crate::number::grouped;
use indicatif::ProgressBar;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Progress bar, which is shown on a terminal only.
pub struct BatchProgress {
    is_watched: bool,
    begun: Instant,
    read: Arc<AtomicU64>,
    size: Option<u64>,
    shown: Mutex<BarState>,
}

enum BarState {
    NotYet,
    Bar(ProgressBar),
    NoMore,
}

impl BatchProgress {
    /// Begins the clock. `is_wanted` says whether the bar may be shown.
    pub fn new(input: &BatchInput, is_wanted: bool) -> Self {
        Self {
            is_watched: is_wanted && progress_bar::is_watched(),
            begun: Instant::now(),
            read: Arc::clone(&input.read),
            size: input.size.filter(|size| *size > 0),
            shown: Mutex::new(BarState::NotYet),
        }
    }

    pub fn update(&self, rows: u64) {
        let elapsed = self.begun.elapsed();
        if !self.is_watched || elapsed < progress_bar::SHORT {
            return;
        }
        let mut shown = self.shown();
        if matches!(*shown, BarState::NotYet) {
            let template = self.size.map_or("{wide_msg}", |_| "{wide_bar} {percent:>3}%  {msg}");
            *shown = BarState::Bar(progress_bar::new_bar(self.size, template));
        }
        if let BarState::Bar(bar) = &*shown {
            let read = self.read.load(Ordering::Relaxed);
            bar.set_message(progress_text(rows, elapsed, read, self.size));
            bar.set_position(read);
        }
    }

    pub fn print_above(&self, say: impl FnOnce()) {
        match &*self.shown() {
            BarState::Bar(bar) => bar.suspend(say),
            BarState::NotYet | BarState::NoMore => say(),
        }
    }

    /// Removes the bar for good: a thread that is still at work does not draw it again.
    pub fn clear(&self) {
        let shown = std::mem::replace(&mut *self.shown(), BarState::NoMore);
        if let BarState::Bar(bar) = shown {
            bar.finish_and_clear();
        }
    }

    fn shown(&self) -> MutexGuard<'_, BarState> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Formats progress such as "12,345,678 rows, 9,876,543/s, 3s left".
fn progress_text(rows: u64, elapsed: Duration, read: u64, size: Option<u64>) -> String {
    let millis = elapsed.as_millis().max(1);
    let rate = u128::from(rows) * 1000 / millis;
    let done = format!("{} rows, {}/s", grouped(&rows), grouped(&rate));
    let Some(size) = size else { return done };
    let left = u128::from(size.saturating_sub(read));
    let seconds = (left * millis).div_ceil(u128::from(read.max(1)) * 1000);
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{done}, {seconds}s left"),
        (0, minutes, seconds) => format!("{done}, {minutes}m{seconds:02}s left"),
        (hours, minutes, _) => format!("{done}, {hours}h{minutes:02}m left"),
    }
}
