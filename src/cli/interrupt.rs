//! Ctrl-C and SIGTERM: what is being written beside its place goes with the process.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tempfile::NamedTempFile;

/// Files that are being written beside their places.
static BESIDE: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn files() -> MutexGuard<'static, Vec<PathBuf>> {
    BESIDE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes such a file. The process cannot leave between its making and its being known.
pub fn create_tracked(
    make: impl FnOnce() -> io::Result<NamedTempFile>,
) -> io::Result<NamedTempFile> {
    let mut files = files();
    let file = make()?;
    files.push(file.path().to_owned());
    Ok(file)
}

/// Moves such a file to its place, before the process leaves or not at all.
pub fn settle<T>(settle: impl FnOnce() -> T) -> T {
    let _files = files();
    settle()
}

/// From now on a signal takes those files away, then says so with `leave` and ends the process, with
/// the exit code that a shell gives to it.
///
/// Threads that were begun before may still be ended by a signal at once.
#[cfg(unix)]
pub fn watch(leave: impl FnOnce(bool) + Send + 'static) {
    use nix::sys::signal::{SigSet, Signal};
    let signals = SigSet::from_iter([Signal::SIGINT, Signal::SIGTERM]);
    // Every thread that is begun from here on leaves them to the one that waits.
    if signals.thread_block().is_err() {
        return;
    }
    let waits = std::thread::Builder::new().spawn(move || {
        if let Ok(signal) = signals.wait() {
            end(128 + signal as i32, leave);
        }
    });
    if waits.is_err() {
        // Then they end the process as they always did.
        let _ = signals.thread_unblock();
    }
}

/// From now on the first signal is a wish that can be looked at, and the second one ends the process.
#[cfg(unix)]
pub fn watch_interrupts() -> Arc<AtomicBool> {
    use nix::sys::signal::{SigSet, Signal};
    let wish = Arc::new(AtomicBool::new(false));
    let signals = SigSet::from_iter([Signal::SIGINT, Signal::SIGTERM]);
    if signals.thread_block().is_err() {
        return wish;
    }
    let heard = Arc::clone(&wish);
    let waits = std::thread::Builder::new().spawn(move || {
        while let Ok(signal) = signals.wait() {
            if heard.swap(true, Ordering::Relaxed) {
                end(128 + signal as i32, |_| {});
            }
        }
    });
    if waits.is_err() {
        // Then they end the process as they always did.
        let _ = signals.thread_unblock();
    }
    wish
}

/// The same where there is Ctrl-C alone.
#[cfg(not(unix))]
pub fn heed() -> Arc<AtomicBool> {
    let wish = Arc::new(AtomicBool::new(false));
    let heard = Arc::clone(&wish);
    let _ = ctrlc::set_handler(move || {
        if heard.swap(true, Ordering::Relaxed) {
            end(130, |_| {});
        }
    });
    wish
}

/// Signals that wait until it is dropped: for what takes a moment, and nobody can hold up.
#[cfg(unix)]
pub struct BlockedSignals(Option<nix::sys::signal::SigSet>);

/// From now on signals wait.
#[cfg(unix)]
pub fn block_signals() -> BlockedSignals {
    use nix::sys::signal::{SigSet, Signal};
    let signals = SigSet::from_iter([Signal::SIGINT, Signal::SIGTERM]);
    BlockedSignals(signals.thread_block().is_ok().then_some(signals))
}

#[cfg(unix)]
impl Drop for BlockedSignals {
    fn drop(&mut self) {
        // A signal that has waited ends the process here, as it always did.
        if let Some(signals) = self.0.take() {
            let _ = signals.thread_unblock();
        }
    }
}

/// The same where there is Ctrl-C alone.
#[cfg(not(unix))]
pub fn watch(leave: impl FnOnce(bool) + Send + 'static) {
    let mut leave = Some(leave);
    let _ = ctrlc::set_handler(move || {
        if let Some(leave) = leave.take() {
            end(130, leave);
        }
    });
}

/// `leave` is told whether something was taken away.
fn end(code: i32, leave: impl FnOnce(bool)) {
    // Held to the end: nothing is made or moved any more.
    let files = files();
    let taken = files.iter().filter(|path| std::fs::remove_file(path).is_ok()).count();
    leave(taken > 0);
    std::process::exit(code);
}
