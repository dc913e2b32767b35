//! Outputs never replace inputs.

use super::{PRICES, desk, left, price};
use crate::support::{Desk, OUR_BOOK};
use std::fs::File;
use std::io::Write;

#[test]
fn inputs_are_spared() {
    let desk = desk().file("pricing.toml", OUR_BOOK);
    let cases = [
        ["--output", "deals.csv", "-q"].as_slice(),
        &["--output", "./deals.csv", "-q"],
        &["--output", "pricing.toml", "-q"],
        &["--output", "prices.csv", "--errors", "deals.csv"],
        &["--output", "prices.csv", "--errors", "pricing.toml"],
        &["--output", "prices.csv", "--errors", "./prices.csv"],
        &["--output", "-", "--errors", "-"],
    ];
    for words in cases {
        let ran = desk.run(&[&["batch", "deals.csv"], words].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{words:?}: {}", ran.stderr);
    }
    assert_eq!(left(&desk), ["deals.csv", "pricing.toml"]);
}

/// Standard input would be empty the second time.
#[test]
fn standard_input_is_read_once() {
    let desk = desk();
    let commands = [
        ["batch", "-", "--output", "p.csv", "--price-book", "-"].as_slice(),
        &["reprice", "-", "--book", "-"],
        &["reprice", "deals.csv", "--book", "-", "--price-book", "-"],
        &["quote", "-", "--price-book", "-"],
        &["check", "-", "--price-book", "-"],
        &["diff", "-", "-"],
        &["book", "diff", "-", "-"],
    ];
    for words in commands {
        let ran = desk.run(words);
        let said = "error: only one of the files can be standard input\n";
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(2), said), "{words:?}");
    }
}

/// No errors file is left beside a device, and no device is taken away.
#[cfg(unix)]
#[test]
fn a_device_is_written_to() {
    let desk = desk();
    let ran = desk.run(&["batch", "deals.csv", "--output", "/dev/stdout", "-q"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (Some(0), PRICES, ""));
    assert_eq!(price(&desk, &["--errors", "/dev/null"]).code, Some(0));
    assert!(std::path::Path::new("/dev/null").exists());
    assert_eq!(left(&desk), ["deals.csv", "prices.csv"]);
}

/// Goes on with open files, and takes a file on standard input for an input as well.
#[cfg(unix)]
#[test]
fn files_that_are_open_already_keep_what_they_have() {
    let desk = desk();
    let mut log = File::create(desk.path("log.txt")).expect("a file");
    log.write_all(b"before\n").expect("room");
    let mut command = desk.command();
    command.args(["batch", "deals.csv", "--output", "/dev/stdout", "-q"]).stdout(log);
    assert!(command.status().expect("it runs").success());
    assert_eq!(desk.read("log.txt"), format!("before\n{PRICES}"));

    let deals = desk.read("deals.csv");
    let mut command = desk.command();
    command.args(["batch", "-", "--output", "deals.csv", "-q"]);
    command.stdin(File::open(desk.path("deals.csv")).expect("the deals"));
    assert_eq!(command.output().expect("it runs").status.code(), Some(2));
    assert_eq!(desk.read("deals.csv"), deals);
}

#[test]
fn only_errors_of_an_earlier_run_are_taken_away() {
    let desk = desk().file("notes.txt", "to keep\n").file("old.csv", "row,id,error\n1,D1,x\n");
    assert_eq!(price(&desk, &["--errors", "notes.txt"]).code, Some(0));
    assert_eq!(desk.read("notes.txt"), "to keep\n");
    assert_eq!(price(&desk, &["--errors", "old.csv"]).code, Some(0));
    assert_eq!(left(&desk), ["deals.csv", "notes.txt", "prices.csv"]);
}

/// A rule that asks for a review and for no level is not nothing.
#[test]
fn a_review_stands_beside_the_level() {
    let rule = "\n[[guardrail]]\nname = \"deep\"\nmeasure = \"discount\"\nabove = \"10%\"\n\
                review = \"legal\"\nreason = \"More than 10% off list\"\n";
    let desk = Desk::new().file("deals.csv", &super::deals(&super::ROWS));
    let desk = desk.file("pricing.toml", &(OUR_BOOK.to_owned() + rule));
    let ran = desk.run(&["batch", "deals.csv", "--output", "prices.csv"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.stderr.contains("  and Legal review     4  "), "{}", ran.stderr);
    let json = ["batch", "deals.csv", "--output", "prices.csv", "--summary", "json"];
    let json = desk.run(&json).stderr;
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(json["reviews"][0]["approval"], "legal");
    assert_eq!(json["reviews"][0]["rows"], 4);
    let prices = desk.read("prices.csv");
    let approvals: Vec<_> =
        prices.lines().skip(1).map(|row| row.rsplit(',').next().unwrap_or_default()).collect();
    assert_eq!(approvals, ["none+legal", "none", "vp+legal", "svp+legal", "refused+legal"]);
}
