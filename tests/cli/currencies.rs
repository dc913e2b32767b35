//! A book in several currencies.

use super::json;
use crate::support::{DAY, Desk};

const BOOK: &str = include_str!("../../examples/currencies/pricing.toml");
const YEN: &str = include_str!("../../examples/currencies/yen.toml");

fn desk() -> Desk {
    Desk::new().file("pricing.toml", BOOK).file("yen.toml", YEN)
}

#[test]
fn the_flag_wins_over_the_file_and_without_either_the_first_holds() {
    let desk = desk();
    let total = |args: &[&str]| {
        let ran = desk.run(&[&["quote", "--date", DAY, "--format", "json"], args].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
        let quote = json(&ran.stdout);
        (quote["currency"].clone(), quote["totals"]["tcv"].clone())
    };
    // 75 x 302,813 x 3; 761.06875 a socket; 2,500.00 x 0.95 x 75.
    assert_eq!(total(&["yen.toml"]), ("JPY".into(), "68132925".into()));
    let dinars = total(&["yen.toml", "--currency", "BHD"]);
    assert_eq!(dinars, ("BHD".into(), "171240.525".into()));
    let dollars = total(&["--metric", "socket", "--quantity", "75"]);
    assert_eq!(dollars, ("USD".into(), "178125.00".into()));
}

#[test]
fn the_same_deal_in_two_currencies_is_two_quotes() {
    let desk = desk();
    let id = |currency: &str| {
        let args = ["quote", "yen.toml", "--date", DAY, "--format", "json", "--currency", currency];
        json(&desk.run(&args).stdout)["id"].clone()
    };
    assert_eq!(id("JPY"), id("JPY"));
    assert_ne!(id("JPY"), id("USD"));
}

/// A report says which currency it is in, a row of a spreadsheet too.
#[test]
fn every_format_names_the_currency() {
    let desk = desk();
    for (format, words) in [
        ("table", "  Currency  JPY\n"),
        ("markdown", "- **Currency:** JPY\n"),
        ("csv", ",2026-11-21,JPY,3,"),
    ] {
        let ran = desk.run(&["quote", "yen.toml", "--date", DAY, "--format", format]);
        assert!(ran.stdout.contains(words), "{}", ran.stdout);
    }
}

/// A symbol is text from outside like any other.
#[test]
fn a_symbol_cannot_move_the_cursor() {
    let hostile = BOOK.replace("symbol = \"¥\"", "symbol = \"\\u001b[2J\"");
    assert_ne!(hostile, BOOK);
    let desk = desk().file("pricing.toml", &hostile);
    for format in ["table", "markdown", "json", "csv"] {
        let ran = desk.run(&["quote", "yen.toml", "--date", DAY, "--format", format]);
        assert_eq!(ran.code, Some(0));
        assert!(!ran.stdout.contains('\u{1b}'), "{format}");
    }
}
