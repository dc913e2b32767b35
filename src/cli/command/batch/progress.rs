//! How far it is, for whoever watches.

use super::input::Input;
use crate::value::grouped;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

/// What is done before this needs no bar.
const SHORT: Duration = Duration::from_millis(400);

/// A bar on a terminal; nothing anywhere else.
pub struct Progress {
    is_watched: bool,
    begun: Instant,
    read: Arc<AtomicU64>,
    size: Option<u64>,
    bar: OnceLock<ProgressBar>,
}

impl Progress {
    /// `is_wanted` says whether somebody would see it who wants to.
    pub fn new(input: &Input, is_wanted: bool) -> Self {
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        Self {
            is_watched: is_wanted && std::io::stderr().is_terminal() && !is_dumb,
            begun: Instant::now(),
            read: Arc::clone(&input.read),
            size: input.size.filter(|size| *size > 0),
            bar: OnceLock::new(),
        }
    }

    /// Shows how many rows are done.
    pub fn tell(&self, rows: u64) {
        let elapsed = self.begun.elapsed();
        if !self.is_watched || elapsed < SHORT {
            return;
        }
        let bar = self.bar.get_or_init(|| drawn(self.size));
        let read = self.read.load(Ordering::Relaxed);
        bar.set_message(said(rows, elapsed, read, self.size));
        bar.set_position(read);
    }

    /// Says something else, above the bar.
    pub fn aside(&self, say: impl FnOnce()) {
        match self.bar.get() {
            Some(bar) => bar.suspend(say),
            None => say(),
        }
    }

    /// Takes the bar away.
    pub fn clear(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

fn drawn(size: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(size, ProgressDrawTarget::stderr());
    let template = if size.is_some() { "{wide_bar} {percent:>3}%  {msg}" } else { "{wide_msg}" };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style.progress_chars("█▉▊▋▌▍▎▏ ")),
        Err(_) => bar,
    }
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
