//! `dealdesk book diff`.

use super::{BOOK, book, desk, next};
use crate::cli::json;
use crate::support::{DAY, Desk, Ran, assert_shows_whole};
use std::process::Command;

const DEALS: &str = "\
id,metric,quantity,term_years,strategic,strategic_rate
same,seat,5,1,,
rise,seat,20,1,,
dear,seat,150,2,,
refused,seat,20,1,school,45%
lost,seat,1,1,,
never,site,0,1,,
";

#[test]
fn it_is_drawn_in_every_format() {
    let desk = desk().file("deals.csv", DEALS);
    for format in ["table", "markdown", "json"] {
        let words = ["diff", "old.toml", "new.toml", "--format", format];
        let ran = book(&desk, &words);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{format}");
        assert_shows_whole!(format!("book_diff_{format}"), ran.stdout);
        let ran = book(&desk, &[&words[..], &["--deals", "deals.csv", "--date", DAY]].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(1), ""), "{format}");
        assert_shows_whole!(format!("book_diff_deals_{format}"), ran.stdout);
    }
}

/// What a change does to deals is what `reprice` says, to the last key.
#[test]
fn deals_are_repriced() {
    let deal = "[[line]]\nmetric = \"seat\"\nquantity = 20\n";
    let desk = desk().file("deals.csv", DEALS).file("deals/a.toml", deal).file("b.toml", deal);
    for deals in ["deals.csv", "deals", "b.toml"] {
        let more = ["--top", "1", "--date", DAY, "--format", "json"];
        let words = ["reprice", deals, "--price-book", "old.toml", "--book", "new.toml"];
        let alone = desk.run(&[&words[..], &more].concat());
        let words = ["diff", "old.toml", "new.toml", "--deals", deals];
        let ran = book(&desk, &[&words[..], &more].concat());
        assert_eq!(json(&ran.stdout)["deals"], json(&alone.stdout), "{deals}");
        assert_eq!(ran.code, alone.code, "{deals}");
    }
}

#[test]
fn the_old_book_is_the_one_that_quotes() {
    let desk = Desk::new().file("pricing.toml", BOOK).file("new.toml", &next());
    let nearest = book(&desk, &["diff", "new.toml", "--format", "json"]);
    let both = book(&desk, &["diff", "pricing.toml", "new.toml", "--format", "json"]);
    assert_eq!((nearest.code, nearest.stdout), (Some(0), both.stdout));
}

#[test]
fn a_book_that_says_the_same_has_no_change() {
    let other = BOOK.replace("\"10%\"", "0.10").replace("[term]", "# Years\n[term]");
    let desk = desk().file("other.toml", &other);
    let same = book(&desk, &["diff", "old.toml", "old.toml"]);
    assert_eq!(same.code, Some(0));
    assert!(same.stdout.contains("The files are the same.\n"), "{}", same.stdout);
    let other = book(&desk, &["diff", "old.toml", "other.toml"]).stdout;
    assert!(
        other.contains("The files differ, but the price books in them are the same.\n"),
        "{other}"
    );
    let told = json(&book(&desk, &["diff", "old.toml", "other.toml", "--format", "json"]).stdout);
    assert_eq!(told["changes"].as_array().map(Vec::len), Some(0));
}

/// Runs git in the folder of a desk, as nobody in particular.
fn git(desk: &Desk, words: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(desk.path("")).args([
        "-c",
        "user.name=T",
        "-c",
        "user.email=t@example.com",
    ]);
    let ran = Ran::of(command.args(words).output().expect("git runs"));
    assert_eq!(ran.code, Some(0), "{words:?}: {}", ran.stderr);
}

#[test]
fn a_book_is_held_against_a_revision_of_itself() {
    let desk = Desk::new().file("books/prices.toml", BOOK);
    git(&desk, &["init", "-q"]);
    git(&desk, &["add", "."]);
    git(&desk, &["commit", "-qm", "Prices"]);
    std::fs::write(desk.path("books/prices.toml"), next()).expect("a book");
    let words = ["diff", "books/prices.toml", "--against", "HEAD"];
    let ran = book(&desk, &[&words[..], &["--format", "json"]].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    let told = json(&ran.stdout);
    assert_eq!(told["old_book"]["version"], "2026");
    assert_eq!(told["new_book"]["version"], "2027");
    assert_eq!(told["changes"][0]["old"]["source"], "HEAD:prices.toml:3");
    assert_eq!(told["changes"][0]["new"]["source"], "prices.toml:3");
    // The one that quotes, too.
    let mut command = desk.command();
    command.env("DEALDESK_PRICE_BOOK", "books/prices.toml");
    let ran = command.args(["book", "diff", "--against", "HEAD", "--format", "json"]).output();
    assert_eq!(json(&Ran::of(ran.expect("a run")).stdout), told);
    for (revision, code) in [("nope", 1), ("--output=x", 2), ("HEAD:x", 2), ("", 2)] {
        let against = format!("--against={revision}");
        let ran = book(&desk, &["diff", "books/prices.toml", &against]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(code), ""), "{revision}");
        assert!(ran.stderr.contains("revision"), "{}", ran.stderr);
    }
}

#[test]
fn a_command_line_that_cannot_be_meant_is_answered() {
    let desk = desk();
    let cases: [(&[&str], &str); 6] = [
        (&[], "there is nothing to compare"),
        (&["old.toml", "new.toml", "old.toml"], "unexpected"),
        (&["old.toml", "new.toml", "--against", "HEAD"], "these are two"),
        (&["--against", "HEAD"], "built into the program"),
        (&["old.toml", "new.toml", "--deals", "deals.csv", "--currency", "USD"], "no currency"),
        (&["old.toml", "new.toml", "--deals", "empty"], "no deal file"),
    ];
    std::fs::create_dir(desk.path("empty")).expect("a folder");
    for (words, says) in cases {
        let ran = book(&desk, &[&["diff"], words].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{words:?}");
        assert!(ran.stderr.contains(says), "{words:?}: {}", ran.stderr);
    }
}

#[test]
fn what_cannot_be_read_is_told() {
    let desk = desk().file("wrong.toml", "[book]\nname = \"x\"\n");
    let cases: [&[&str]; 4] = [
        &["none.toml", "new.toml"],
        &["old.toml", "none.toml"],
        &["old.toml", "wrong.toml"],
        &["old.toml", "new.toml", "--deals", "none.csv"],
    ];
    for words in cases {
        let ran = book(&desk, &[&["diff"], words].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{words:?}");
        assert!(!ran.stderr.is_empty());
    }
}

/// What changed in one currency stands beside what changed in another, and what is in none is told once.
#[test]
fn each_currency_has_its_own_amounts() {
    let old = include_str!("../../../examples/currencies/pricing.toml");
    let raised = |old: &str, from: &str, to: &str| {
        assert!(old.contains(from), "{from}");
        old.replacen(from, to, 1)
    };
    let new = raised(old, "USD = \"2500.00\"", "USD = \"2600.00\"");
    let new = raised(&new, "JPY = \"375000\"", "JPY = \"380000\"");
    let new = raised(&new, "name = \"Four currencies\"", "name = \"Currencies\"");
    let new = raised(&new, "rate = \"5%\"", "rate = \"6%\"");
    let desk = Desk::new().file("old.toml", old).file("new.toml", &new);
    let ran = book(&desk, &["diff", "old.toml", "new.toml", "--format", "json"]);
    let told = json(&ran.stdout);
    let changes = told["changes"].as_array().expect("a list").iter();
    let changes: Vec<_> =
        changes.map(|it| (it["path"].as_str(), it["currency"].as_str())).collect();
    let price = Some("metric.socket.tiers.50+.price");
    let rate = "discount.volume.steps.50-99.rate";
    let all =
        [(Some("book.name"), None), (price, Some("USD")), (price, Some("JPY")), (Some(rate), None)];
    assert_eq!(changes, all);
    let table = book(&desk, &["diff", "old.toml", "new.toml"]).stdout;
    assert!(table.contains("  50+, price, USD  changed  $2,500.00  $2,600.00"), "{table}");
    assert!(table.contains("  50+, price, JPY  changed  ¥375,000   ¥380,000"), "{table}");
}

#[test]
fn hostile_words_mean_only_themselves() {
    let hostile = next().replace("\"Seat\"", "\"S\\u001b[2J|<b>*x*\"");
    let desk = desk().file("hostile.toml", &hostile);
    for format in ["table", "markdown", "json"] {
        let ran = book(&desk, &["diff", "old.toml", "hostile.toml", "--format", format]);
        assert_eq!(ran.code, Some(0));
        assert!(!ran.stdout.contains('\u{1b}'), "{format}: {}", ran.stdout);
        assert!(format != "markdown" || !ran.stdout.contains("<b>"), "{}", ran.stdout);
    }
}
