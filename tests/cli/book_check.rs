//! What is so of a price book, through the real binary.

use super::json;
use crate::support::{DAY, Desk, OUR_BOOK, Ran, assert_shows};

/// A folder with the book of the program, and nothing above it to find.
fn check(more: &[&str]) -> Ran {
    let desk = Desk::new()
        .file("pricing.toml", OUR_BOOK)
        .file("clean.toml", include_str!("../findings/clean.toml"))
        .file("cliff.toml", include_str!("../findings/larger-order-costs-less.toml"));
    desk.run(&[&["book", "check"], more, &["--date", DAY]].concat())
}

#[test]
fn findings_are_told_as_a_table() {
    let ran = check(&["pricing.toml"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_shows!("book_check_table", ran.stdout);
}

#[test]
fn findings_are_told_as_markdown() {
    let ran = check(&["pricing.toml", "--format", "markdown"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_shows!("book_check_markdown", ran.stdout);
}

#[test]
fn findings_are_told_as_json() {
    let ran = check(&["pricing.toml", "--format", "json"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_shows!("book_check_json", ran.stdout);
    let answer = json(&ran.stdout);
    assert_eq!(answer["schema"], "dealdesk.findings/1");
    let findings = answer["findings"].as_array().expect("a list");
    let node = findings.iter().find(|it| it["metric"] == "node").expect("a finding");
    assert_eq!(
        (&node["code"], &node["severity"], &node["from"], &node["to"], &node["worst"]),
        (
            &"larger-order-costs-less".into(),
            &"warning".into(),
            &"26".into(),
            &"49".into(),
            &serde_json::json!({ "quantity": "49", "extra": "12000.00" }),
        )
    );
    assert!(node["source"].as_str().is_some_and(|source| source.starts_with("pricing.toml:")));
}

#[test]
fn a_denied_code_fails() {
    let denied = ["--deny", "larger-order-costs-less"];
    for (book, code) in [("cliff.toml", 1), ("clean.toml", 0)] {
        let ran = check(&[&[book], denied.as_slice()].concat());
        assert_eq!(ran.code, Some(code), "{book}");
    }
    let ran = check(&["cliff.toml", "--deny", "larger-order-costs-less", "--format", "json"]);
    assert_eq!(json(&ran.stdout)["findings"][0]["denied"], true);
    // What is not told cannot be denied, and a gate that is open is no gate.
    for more in [["--allow", "larger-order-costs-less"], ["--only", "assumed"]] {
        let denied = ["cliff.toml", "--deny", "larger-order-costs-less"];
        let ran = check(&[denied.as_slice(), &more].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{more:?}");
    }
}

#[test]
fn one_kind_can_be_looked_at_alone() {
    let ran = check(&["pricing.toml", "--only", "assumed", "--format", "json"]);
    let answer = json(&ran.stdout);
    let codes = answer["findings"].as_array().expect("a list").iter().map(|it| it["code"].clone());
    assert!(codes.clone().count() > 5 && codes.clone().all(|code| code == "assumed"));
}

#[test]
fn several_books_are_looked_at_one_after_the_other() {
    let ran = check(&["clean.toml", "cliff.toml", "--format", "json"]);
    let answer = json(&ran.stdout);
    assert_eq!(answer["price_books"].as_array().map(Vec::len), Some(2));
    assert_eq!(answer["findings"].as_array().map(Vec::len), Some(1));
}

#[test]
fn an_error_fails_by_itself() {
    let dated = |dates: &str| {
        include_str!("../findings/clean.toml")
            .replace("[rounding]", &format!("{dates}\n[rounding]"))
    };
    let desk = Desk::new()
        .file("one.toml", &dated("effective = 2026-01-01\nuntil = 2026-11-30"))
        .file("two.toml", &dated("effective = 2027-01-01"));
    let ran = desk.run(&["book", "check", "one.toml", "two.toml", "--date", DAY]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.stdout.contains("no book may be quoted from 2026-12-01 to 2026-12-31"),
        "{}",
        ran.stdout
    );
}

#[test]
fn a_book_that_cannot_be_read_hides_no_other() {
    let ran = check(&["cliff.toml", "none.toml"]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.stdout.contains("larger-order-costs-less"), "{}", ran.stdout);
    assert!(ran.stderr.contains("none.toml"), "{}", ran.stderr);
}

#[test]
fn an_unknown_code_is_no_code() {
    for flag in ["--deny", "--allow", "--only"] {
        let ran = check(&["clean.toml", flag, "larger-order-cost-less"]);
        assert_eq!(ran.code, Some(2), "{flag}");
        assert!(ran.told().contains("did you mean larger-order-costs-less?"), "{}", ran.stderr);
    }
}

#[test]
fn a_book_that_is_none_is_said() {
    let desk = Desk::new().file("odd.toml", "[book]\nname = 1");
    let ran = desk.run(&["book", "check", "odd.toml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    let ran = desk.run(&["book", "check", "none.toml"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
}

#[test]
fn findings_are_explained() {
    let desk = Desk::new();
    let ran = desk.run(&["explain", "unit-price-rises"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""));
    assert_shows!("book_explain", ran.stdout);
    for code in dealdesk::answer::book_check::FINDING_KINDS {
        assert!(code.lesson.contains("\n\nWhat to do: "), "{} says nothing to do", code.name);
    }
}

/// No contract has so many years: they are not tried one by one.
#[test]
fn a_step_for_a_billion_years_is_not_looked_for_in_every_year() {
    let book = "\
[book]
name = \"Seats\"
version = \"1\"
currency = \"USD\"
quote_valid = \"30 days\"

[metric.seat]
title = \"Seat\"
unit = \"seat\"
units = \"seats\"
per = \"year\"
mode = \"volume\"
tiers = [{ quantity = \"1+\", price = \"120.00\" }]

[waterfall]
order = [\"multi-year\"]

[discount.multi-year]
title = \"Multi-year commitment\"
by = \"term\"
base = \"running\"
metrics = [\"seat\"]
steps = [{ years = \"1000000000+\", rate = \"10%\" }]
";
    let desk = Desk::new().file("book.toml", book);
    let before = std::time::Instant::now();
    let ran = desk.run(&["book", "check", "book.toml", "--date", DAY]);
    assert!(ran.stdout.contains("no such term is sold"), "{}{}", ran.stdout, ran.stderr);
    assert!(before.elapsed().as_secs() < 5, "{:?}", before.elapsed());
}
