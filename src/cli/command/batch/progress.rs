//! How far it is, for whoever watches.

use super::input::Input;
use crate::cli::bar;
use crate::value::grouped;
use indicatif::ProgressBar;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A bar on a terminal; nothing anywhere else.
pub struct Progress {
    is_watched: bool,
    begun: Instant,
    read: Arc<AtomicU64>,
    size: Option<u64>,
    shown: Mutex<Shown>,
}

/// What can be seen of it.
enum Shown {
    NotYet,
    Bar(ProgressBar),
    NoMore,
}

impl Progress {
    /// `is_wanted` says whether somebody would see it who wants to.
    pub fn new(input: &Input, is_wanted: bool) -> Self {
        Self {
            is_watched: is_wanted && bar::is_watched(),
            begun: Instant::now(),
            read: Arc::clone(&input.read),
            size: input.size.filter(|size| *size > 0),
            shown: Mutex::new(Shown::NotYet),
        }
    }

    /// Shows how many rows are done.
    pub fn tell(&self, rows: u64) {
        let elapsed = self.begun.elapsed();
        if !self.is_watched || elapsed < bar::SHORT {
            return;
        }
        let mut shown = self.shown();
        if matches!(*shown, Shown::NotYet) {
            *shown = Shown::Bar(drawn(self.size));
        }
        if let Shown::Bar(bar) = &*shown {
            let read = self.read.load(Ordering::Relaxed);
            bar.set_message(said(rows, elapsed, read, self.size));
            bar.set_position(read);
        }
    }

    /// Says something else, above the bar.
    pub fn aside(&self, say: impl FnOnce()) {
        match &*self.shown() {
            Shown::Bar(bar) => bar.suspend(say),
            Shown::NotYet | Shown::NoMore => say(),
        }
    }

    /// Takes the bar away for good: a thread that is still at work does not draw it again.
    pub fn clear(&self) {
        let shown = std::mem::replace(&mut *self.shown(), Shown::NoMore);
        if let Shown::Bar(bar) = shown {
            bar.finish_and_clear();
        }
    }

    fn shown(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn drawn(size: Option<u64>) -> ProgressBar {
    bar::begun(size, if size.is_some() { "{wide_bar} {percent:>3}%  {msg}" } else { "{wide_msg}" })
}

/// "12,345,678 rows, 9,876,543/s, 3s left"
fn said(rows: u64, elapsed: Duration, read: u64, size: Option<u64>) -> String {
    let millis = elapsed.as_millis().max(1);
    let rate = u128::from(rows) * 1000 / millis;
    let done = format!("{} rows, {}/s", grouped(&rows.to_string()), grouped(&rate.to_string()));
    let Some(size) = size else { return done };
    let left = u128::from(size.saturating_sub(read));
    let seconds = (left * millis).div_ceil(u128::from(read.max(1)) * 1000);
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{done}, {seconds}s left"),
        (0, minutes, seconds) => format!("{done}, {minutes}m{seconds:02}s left"),
        (hours, minutes, _) => format!("{done}, {hours}h{minutes:02}m left"),
    }
}
