//! Ctrl-C, the end of a terminal, and the signals that ask a process to end: temporary files are deleted before.

use super::output;
#[cfg(unix)]
use nix::sys::signal::{SigSet, Signal};
use std::io;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tempfile::NamedTempFile;

static TEMPORARY: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Outputs that are begun and have no name yet, so that they vanish with the process.
static UNNAMED: AtomicUsize = AtomicUsize::new(0);

/// Counts an output without a name as begun.
pub fn begin_unnamed() {
    UNNAMED.fetch_add(1, Ordering::Relaxed);
}

/// Counts an output that got its name.
pub fn name_unnamed() {
    UNNAMED.fetch_sub(1, Ordering::Relaxed);
}

fn files() -> MutexGuard<'static, Vec<PathBuf>> {
    TEMPORARY.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Creates a temporary file and remembers it. A signal cannot end the process between the two.
pub fn create_tracked(
    create: impl FnOnce() -> io::Result<NamedTempFile>,
) -> io::Result<NamedTempFile> {
    let mut files = files();
    let file = create()?;
    files.push(file.path().to_owned());
    Ok(file)
}

/// Runs an action that a signal cannot end halfway, such as the renaming of a temporary file.
pub fn run_uninterrupted<T>(action: impl FnOnce() -> T) -> T {
    let _files = files();
    action()
}

/// Makes a signal delete the temporary files, clear the screen, say so, and end the process with the
/// exit code that shells use for the signal.
///
/// A signal can still end the process at once through a thread that was started before.
pub fn watch(clear: impl Fn() + Send + 'static) {
    on_signals(move |code| {
        end(code, |is_deleted| {
            clear();
            let all = "canceled: nothing was written\n";
            output::stderr_line(if is_deleted { all } else { "canceled\n" });
        });
    });
}

/// Makes the first signal set a flag, and the second one end the process. Returns the flag.
pub fn watch_interrupts() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    on_signals(move |code| {
        if flag.swap(true, Ordering::Relaxed) {
            end(code, |_| {});
        }
    });
    stop
}

#[cfg(unix)]
fn signals() -> SigSet {
    SigSet::from_iter([Signal::SIGINT, Signal::SIGTERM, Signal::SIGHUP, Signal::SIGQUIT])
}

/// Calls `handle` for each signal, with the exit code that shells use for the signal.
#[cfg(unix)]
fn on_signals(mut handle: impl FnMut(i32) + Send + 'static) {
    let signals = signals();
    // Threads that start from here on leave the signals to the waiting thread.
    if signals.thread_block().is_err() {
        return;
    }
    let waiting = std::thread::Builder::new().spawn(move || {
        while let Ok(signal) = signals.wait() {
            handle(128 + signal as i32);
        }
    });
    if waiting.is_err() {
        // Without the waiting thread, signals end the process by default.
        let _ = signals.thread_unblock();
    }
}

/// Calls `handle` for each Ctrl-C, with the exit code that shells use for it.
#[cfg(not(unix))]
fn on_signals(mut handle: impl FnMut(i32) + Send + 'static) {
    let _ = ctrlc::set_handler(move || handle(130));
}

/// Signals that wait until the value is dropped, for work that takes a moment and cannot hang.
#[cfg(unix)]
pub struct BlockedSignals(Option<SigSet>);

#[cfg(not(unix))]
pub struct BlockedSignals;

#[cfg(not(unix))]
pub const fn block_signals() -> BlockedSignals {
    BlockedSignals
}

#[cfg(unix)]
pub fn block_signals() -> BlockedSignals {
    let signals = signals();
    BlockedSignals(signals.thread_block().is_ok().then_some(signals))
}

#[cfg(unix)]
impl Drop for BlockedSignals {
    fn drop(&mut self) {
        // A signal that waited ends the process here.
        if let Some(signals) = self.0.take() {
            let _ = signals.thread_unblock();
        }
    }
}

/// Deletes the temporary files and ends the process. `leave` gets whether an output was begun and is gone.
pub fn end(code: i32, leave: impl FnOnce(bool)) {
    // The lock is held to the end, so that no file is created or renamed any more.
    let files = files();
    let deleted = files.iter().filter(|path| std::fs::remove_file(path).is_ok()).count();
    leave(deleted + UNNAMED.load(Ordering::Relaxed) > 0);
    std::process::exit(code);
}
