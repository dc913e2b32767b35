//! How it ends.

use super::{PRICES, ROWS, deals, desk, price};
use crate::support::{Desk, Ran};
use std::process::Stdio;

/// With the highest level that a row may need, the exit code is that of the worst row.
#[test]
fn the_worst_row_decides() {
    let cases = [
        (2, "none", 0),
        (3, "none", 3),
        (3, "vp", 0),
        (4, "vp", 3),
        (4, "svp", 0),
        (5, "none", 4),
        (5, "svp", 4),
    ];
    for (rows, level, code) in cases {
        let desk = Desk::new().file("deals.csv", &deals(&ROWS[..rows]));
        let ran = price(&desk, &["--max-approval", level]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(code), ""), "{rows} rows, {level}");
        assert_eq!(desk.read("prices.csv").lines().count(), rows + 1);
    }
}

#[test]
fn rows_that_failed_come_first() {
    let desk = Desk::new().file("deals.csv", &deals(&[ROWS[4], "X,,node,many,,,,\n"]));
    assert_eq!(price(&desk, &["--max-approval", "vp"]).code, Some(1));
}

#[test]
fn the_summary_says_what_is_beyond_the_level() {
    let words = ["batch", "deals.csv", "--output", "prices.csv", "--max-approval", "none"];
    let told = desk().run(&words).stderr;
    assert!(told.ends_with("\n\n2 rows need an approval\n\n1 row is outside policy\n"), "{told}");
}

#[test]
fn words_that_the_book_does_not_know_are_a_wrong_command_line() {
    let cases = [
        (
            ["--max-approval", "SVP"],
            "the price book has no level \"SVP\": it has none, vp, svp; did you mean svp?",
        ),
        (["--currency", "EUR"], "the price book has no currency \"EUR\": it has USD"),
        (["--threads", "0"], "0 is not in 1..=256"),
        (["--summary", "xml"], "possible values: text, json, none"),
    ];
    for (words, told) in cases {
        let desk = desk();
        let ran =
            desk.run(&[&["batch", "deals.csv", "--output", "p.csv"], words.as_slice()].concat());
        assert!(ran.code == Some(2) && ran.stderr.contains(told), "{}", ran.stderr);
        assert_eq!(super::left(&desk), ["deals.csv"]);
    }
}

/// Rows that nobody has looked at may have failed, or need more than they may.
#[test]
fn a_reader_who_stops_before_the_end_is_told() {
    let rows = super::rows(30_000, |at| format!("D{at},,node,150,,,,\n"));
    let desk = Desk::new().file("deals.csv", &deals(&[&rows]));
    let mut command = desk.command();
    command.args(["batch", "deals.csv", "--output", "-"]);
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    drop(child.stdout.take());
    let ran = Ran::of(child.wait_with_output().expect("an end"));
    assert!(ran.code == Some(1) && ran.stderr.contains("before the end"), "{}", ran.stderr);
}

#[test]
fn rows_are_priced_in_the_currency_that_is_asked_for() {
    let book = crate::support::root().join("examples/currencies/pricing.toml");
    let deals = "id,metric,quantity,term_years\nD1,socket,75,3\n";
    let desk = Desk::new().file("deals.csv", deals);
    let book = ["--price-book", book.to_str().expect("a name")];
    let ran = price(&desk, &[book.as_slice(), &["--currency", "JPY"]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    let row = "D1,375000,302813,22710975,68132925,0.1925,none\n";
    assert_eq!(
        desk.read("prices.csv"),
        format!("{}{row}", &PRICES[..PRICES.find('D').expect("a row")])
    );
}
