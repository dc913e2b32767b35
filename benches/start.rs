//! Time of one quote, compared with starting a program at all.
//!
//! `cargo bench --bench start` runs two programs by turns, so that both share whatever the
//! machine does: one that prints a line and ends, and `dealdesk quote` on a deal file with the
//! built-in book. It prints the medians and their ratio, which is to be at most 2.
#![allow(clippy::print_stdout, clippy::expect_used, reason = "a benchmark talks, and stops")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 400;

fn main() {
    let folder = tempfile::tempdir().expect("a scratch folder");
    let hello = hello(folder.path());
    let deal = folder.path().join("deal.toml");
    std::fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/lighthouse.toml"), &deal)
        .expect("the example");
    let mut floor = Vec::with_capacity(ROUNDS);
    let mut quote = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        floor.push(time(Command::new(&hello)));
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealdesk"));
        command.current_dir(folder.path()).args(["quote", "deal.toml", "--date", "2026-11-21"]);
        quote.push(time(command));
    }
    let (floor, quote) = (median(floor), median(quote));
    let percent = 100 * quote.as_nanos() / floor.as_nanos().max(1);
    println!("one line printed   {:>6} us", floor.as_micros());
    println!("dealdesk quote     {:>6} us", quote.as_micros());
    println!("ratio              {:>4}.{:02}", percent / 100, percent % 100);
}

/// Builds a program that prints one line, linked as rustc does it by default.
fn hello(folder: &Path) -> PathBuf {
    let source = folder.join("hello.rs");
    std::fs::write(&source, "fn main() { println!(\"hello\"); }").expect("a source file");
    let program = folder.join("hello");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let status = Command::new(rustc)
        .args(["-O", "-C", "panic=abort", "-C", "strip=symbols", "-o"])
        .arg(&program)
        .arg(&source)
        .status()
        .expect("rustc runs");
    assert!(status.success(), "the program that prints one line does not build");
    program
}

fn time(mut command: Command) -> Duration {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    let status = command.status().expect("the program runs");
    let elapsed = start.elapsed();
    assert!(status.success(), "the program failed");
    elapsed
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
