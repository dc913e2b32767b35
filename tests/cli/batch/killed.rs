//! Whatever ends the process: there is no output, or the whole one.

use super::{HEADER, deals, left};
use crate::support::{Desk, Ran};
use std::io::Write;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// Begins to price `deals.csv`.
fn spawn(desk: &Desk) -> Child {
    let mut command = desk.command();
    command.args(["batch", "deals.csv", "--output", "prices.csv", "-q"]);
    command.stderr(Stdio::null()).spawn().expect("the binary runs")
}

#[test]
fn killed_at_any_moment_there_is_no_output_or_the_whole_one() {
    let rows = super::rows(60_000, |at| format!("D{at},,node,{},,,,\n", at % 2000));
    let desk = Desk::new().file("deals.csv", &deals(&[&rows]));
    let begun = Instant::now();
    assert_eq!(spawn(&desk).wait().expect("an end").code(), Some(1));
    let took = begun.elapsed();
    let whole = desk.read("prices.csv");
    let errors = desk.read("prices.csv.errors.csv");
    let mut without = 0;
    for moment in 0..36 {
        for name in ["prices.csv", "prices.csv.errors.csv"] {
            let _ = std::fs::remove_file(desk.path(name));
        }
        let mut child = spawn(&desk);
        std::thread::sleep(took * moment / 30);
        child.kill().expect("a process");
        child.wait().expect("an end");
        if desk.path("prices.csv").exists() {
            assert!(desk.read("prices.csv") == whole, "a part of the output after {moment}/30");
            assert!(desk.read("prices.csv.errors.csv") == errors, "prices without their errors");
        } else {
            without += 1;
        }
    }
    assert!(without > 0, "it was never killed before its end");
}

/// Whether a process has a file in the folder that has no name yet, where the system has such files.
#[cfg(unix)]
fn has_unnamed(desk: &Desk, process: u32) -> bool {
    let folder = desk.path("").canonicalize().expect("the folder");
    let open = std::fs::read_dir(format!("/proc/{process}/fd")).into_iter().flatten().flatten();
    let mut links = open.filter_map(|entry| entry.path().read_link().ok());
    links.any(|link| link.starts_with(&folder) && link.to_string_lossy().ends_with("(deleted)"))
}

/// Ctrl-C and a polite request take away what was begun.
#[cfg(unix)]
#[test]
fn interrupted_nothing_is_left() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let desk = Desk::new().file("prices.csv", "old");
        let mut command = desk.command();
        command.args(["batch", "-", "--output", "prices.csv"]);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary runs");
        let mut stdin = child.stdin.take().expect("standard input");
        stdin.write_all(HEADER.as_bytes()).expect("a reader");
        // The output is begun.
        let begun = Instant::now();
        while left(&desk).len() < 2 && !has_unnamed(&desk, child.id()) {
            assert!(begun.elapsed() < Duration::from_mins(1), "nothing was begun");
            std::thread::sleep(Duration::from_millis(5));
        }
        let id = child.id().to_string();
        let sent = std::process::Command::new("kill").args(["-s", signal, &id]).status();
        assert!(sent.expect("kill runs").success());
        let ran = Ran::of(child.wait_with_output().expect("an end"));
        assert_eq!(
            (ran.code, ran.stderr.as_str()),
            (Some(code), "canceled: nothing was written\n")
        );
        assert_eq!(
            (left(&desk).as_slice(), desk.read("prices.csv").as_str()),
            (["prices.csv".to_owned()].as_slice(), "old")
        );
        drop(stdin);
    }
}

/// Signals wait while a short file is priced.
#[cfg(unix)]
#[test]
fn a_signal_leaves_nothing_half_of_a_short_file() {
    let rows = super::rows(400, |at| format!("D{at},,node,{},,,,\n", at % 7));
    let desk = Desk::new().file("deals.csv", &deals(&[&rows]));
    let begun = Instant::now();
    assert_eq!(spawn(&desk).wait().expect("an end").code(), Some(1));
    let took = begun.elapsed();
    let whole = desk.read("prices.csv");
    for moment in 0..24 {
        for name in ["prices.csv", "prices.csv.errors.csv"] {
            let _ = std::fs::remove_file(desk.path(name));
        }
        let mut child = spawn(&desk);
        std::thread::sleep(took * moment / 20);
        let id = child.id().to_string();
        let sent = std::process::Command::new("kill").args(["-s", "TERM", &id]).status();
        assert!(sent.expect("kill runs").success() || moment > 0);
        child.wait().expect("an end");
        let left = left(&desk);
        assert!(left.iter().all(|name| !name.starts_with('.')), "{left:?} after {moment}/20");
        if left.iter().any(|name| name == "prices.csv") {
            assert!(desk.read("prices.csv") == whole, "a part of the output after {moment}/20");
        }
    }
}
