//! How far a search is, and whether somebody wants to have what was found so far.

use crate::cli::interrupt;
use crate::negotiate::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::cell::OnceCell;
use std::io::IsTerminal;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What is done before this needs no bar, and nobody stops it.
const SHORT: Duration = Duration::from_millis(400);

/// A bar on a terminal once a search is long; nothing anywhere else.
pub struct Bar {
    begun: Instant,
    long: OnceCell<(Arc<AtomicBool>, Option<ProgressBar>)>,
}

impl Bar {
    pub fn new() -> Self {
        Self { begun: Instant::now(), long: OnceCell::new() }
    }

    /// Shows how far it is, and says whether to go on: Ctrl-C once a search is long ends it, and what
    /// was found so far is kept.
    pub fn tell(&self, progress: Progress) -> bool {
        // To look at the clock takes as long as a few prices.
        if !progress.decided.is_multiple_of(64) {
            return true;
        }
        if self.long.get().is_none() && self.begun.elapsed() < SHORT {
            return true;
        }
        let (stopped, bar) =
            self.long.get_or_init(|| (interrupt::heed(), drawn(progress.combinations)));
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

fn drawn(combinations: u64) -> Option<ProgressBar> {
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if is_dumb || !std::io::stderr().is_terminal() {
        return None;
    }
    let bar = ProgressBar::with_draw_target(Some(combinations), ProgressDrawTarget::stderr());
    let template = "{wide_bar} {percent:>3}%  {pos} of {len} combinations, {eta} left; Ctrl-C keeps the best so far";
    let style = ProgressStyle::with_template(template).ok()?;
    Some(bar.with_style(style.progress_chars("█▉▊▋▌▍▎▏ ")))
}
