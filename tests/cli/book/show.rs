//! `dealdesk book show`.

use super::{BOOK, book, desk};
use crate::cli::json;
use crate::support::{Desk, OUR_BOOK, assert_shows_whole};

#[test]
fn it_is_drawn_in_every_format() {
    let desk = desk();
    for format in ["table", "markdown", "json"] {
        let ran = book(&desk, &["show", "old.toml", "--format", format]);
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{format}");
        assert_shows_whole!(format!("book_show_{format}"), ran.stdout);
    }
}

/// Nothing in the book is hidden: every line of it that holds a value is named.
#[test]
fn every_value_of_the_built_in_book_is_named_with_its_line() {
    let ran = book(&Desk::new(), &["show", "--format", "json"]);
    let is_value = |line: &&str| !line.starts_with('#') && line.contains(" = ");
    let lines = (1..).zip(OUR_BOOK.lines().map(str::trim_start));
    for (number, line) in lines.filter(|(_, line)| is_value(line)) {
        // The rows of a list stand on lines of their own, and the deal of an example is one value.
        if line.ends_with('[') || line.starts_with("deal") || line.starts_with("expect") {
            continue;
        }
        let source = format!("\"source\": \"pricing.toml:{number}\"");
        assert!(ran.stdout.contains(&source), "{number}: {line}");
    }
}

#[test]
fn one_metric_is_shown_with_the_discounts_on_it() {
    let ran = book(&desk(), &["show", "old.toml", "--metric", "setup"]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.stdout.contains("€1,000.00 to €5,000.00"), "{}", ran.stdout);
    for other in ["Metric seat", "Discount", "Guardrails"] {
        assert!(!ran.stdout.contains(other), "{}", ran.stdout);
    }
    let seats = book(&desk(), &["show", "old.toml", "--metric", "seat"]).stdout;
    assert!(seats.contains("Discount term: Term\n"), "{seats}");
}

#[test]
fn a_curve_is_drawn_in_every_format() {
    let desk = desk();
    let words = ["show", "old.toml", "--metric", "seat", "--chart", "--term", "2"];
    for format in ["table", "markdown", "json"] {
        let ran = book(&desk, &[words.as_slice(), &["--format", format]].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), ""), "{format}");
        assert_shows_whole!(format!("book_chart_{format}"), ran.stdout);
    }
    let ran = book(&desk, &[words.as_slice(), &["--svg", "seats.svg"]].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (Some(0), "seats.svg written\n"));
    let drawn = desk.read("seats.svg");
    book(&desk, &[words.as_slice(), &["--svg", "again.svg"]].concat());
    assert_eq!(drawn, desk.read("again.svg"));
    let svg = crate::support::Ran { stdout: drawn, stderr: String::new(), code: None };
    assert_shows_whole!("book_chart_svg", svg.stdout);
}

/// The sockets, cores and nodes that cost more than a larger order, worked out by hand.
/// Ranges of what is sold in parts of a unit begin just above the last whole number before.
#[test]
fn a_curve_of_parts_of_a_unit_is_exact() {
    let text = include_str!("../../findings/larger-order-costs-less-in-parts.toml");
    let desk = Desk::new().file("parts.toml", text);
    let ran =
        book(&desk, &["show", "parts.toml", "--metric", "seat", "--chart", "--format", "json"]);
    let curve = &json(&ran.stdout)["curve"];
    let quantity = |piece: usize, end: &str| &curve["pieces"][piece][end]["quantity"];
    assert_eq!([quantity(0, "from"), quantity(0, "to")], ["1", "9"]);
    assert_eq!([quantity(1, "from"), quantity(1, "to")], ["9.001", "20"]);
    let cliff = &curve["larger_order_costs_less"][0];
    let cliff = ["from", "to", "instead"].map(|key| &cliff[key]);
    assert_eq!(cliff, ["7.201", "9", "9.001"]);
    let ran = book(&desk, &["show", "parts.toml", "--metric", "seat", "--chart"]);
    assert!(ran.stdout.contains("7.201-9  USD 900.00         9.001"), "{}", ran.stdout);
}

#[test]
fn the_built_in_book_has_its_cliffs_marked() {
    let desk = Desk::new();
    let all: [(&str, &[[&str; 3]]); 3] = [
        ("socket", &[["95", "99", "100"], ["942", "999", "1000"]]),
        ("core", &[["438", "499", "500"], ["4286", "4999", "5000"]]),
        ("node", &[["26", "49", "50"], ["301", "499", "500"], ["4001", "4999", "5000"]]),
    ];
    for (metric, cliffs) in all {
        let words = ["show", "--metric", metric, "--chart", "--format", "json"];
        let told = json(&book(&desk, &words).stdout);
        let told = told["curve"]["larger_order_costs_less"].as_array().expect("a list").clone();
        let told = told.iter().map(|it| [&it["from"], &it["to"], &it["instead"]]);
        assert_eq!(told.collect::<Vec<_>>(), cliffs, "{metric}");
    }
}

#[test]
fn a_command_line_that_cannot_be_meant_is_answered() {
    let desk = desk();
    let cases: [(&[&str], &str); 8] = [
        (&["--metric", "saet"], "did you mean \"seat\"?"),
        (&["--currency", "USD"], "one of: EUR"),
        (&["--chart"], "--metric"),
        (&["--metric", "setup", "--chart"], "sold at a fee"),
        (&["--metric", "seat", "--term", "2"], "add --chart"),
        (&["--metric", "seat", "--chart", "--term", "many"], "whole number of years"),
        (&["--metric", "seat", "--svg", "old.toml"], "this file is the price book itself"),
        (&["--format", "xml"], "[possible values"),
    ];
    for (words, says) in cases {
        let ran = book(&desk, &[&["show", "old.toml"], words].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{words:?}");
        assert!(ran.stderr.contains(says), "{words:?}: {}", ran.stderr);
    }
    assert_eq!(desk.read("old.toml"), BOOK);
    let ran = book(&Desk::new(), &["show", "--metric", "node", "--chart", "--prepay", "never"]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.stderr.contains("one of: annual, multi-year"), "{}", ran.stderr);
}

#[test]
fn a_book_that_cannot_be_read_is_no_book() {
    let desk = desk().file("wrong.toml", "[book]\nname = \"x\"\n");
    for (name, says) in [("none.toml", "there is no such file"), ("wrong.toml", "needs `version`")]
    {
        let ran = book(&desk, &["show", name]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{name}");
        assert!(ran.stderr.contains(says), "{}", ran.stderr);
    }
    let nowhere = ["show", "old.toml", "--metric", "seat", "--svg", "nowhere/seats.svg"];
    assert_eq!(book(&desk, &nowhere).code, Some(1));
}

#[test]
fn amounts_are_in_one_currency() {
    let text = include_str!("../../../examples/currencies/pricing.toml");
    let desk = Desk::new().file("pricing.toml", text);
    let yen = book(&desk, &["show", "--currency", "JPY"]).stdout;
    assert!(yen.contains("JPY, of USD, EUR, JPY, BHD") && yen.contains("¥375,000"), "{yen}");
    assert!(!yen.contains("$2,500"), "{yen}");
    let told = json(&book(&desk, &["show", "--format", "json"]).stdout);
    assert_eq!(told["currency"], "USD");
    assert_eq!(told["currencies"].as_array().map(Vec::len), Some(4));
}

/// Words of a book that would move a cursor, become Markdown or markup, or close a drawing.
#[test]
fn hostile_words_mean_only_themselves() {
    let title = "S\\u001b[2J\\u202e|<b>&amp;*x*\\\"]]></svg><script>@you";
    let text = BOOK
        .replace("title = \"Seat\"", &format!("title = \"{title}\""))
        .replace("edition = \"Team\"", &format!("edition = \"{title}\""))
        .replace("symbol = \"€\"", "symbol = \"</text>`\"")
        .replace("units = \"seats\"", "units = \"a<b&c\"");
    let desk = Desk::new().file("old.toml", &text);
    let words = ["show", "old.toml", "--metric", "seat", "--chart", "--svg", "seats.svg"];
    for format in ["table", "markdown", "json"] {
        let ran = book(&desk, &[&words[..], &["--format", format]].concat());
        assert_eq!(ran.code, Some(0), "{}", ran.stderr);
        assert!(!ran.stdout.contains(['\u{1b}', '\u{202e}']), "{format}: {}", ran.stdout);
        if format == "markdown" {
            let outside: Vec<_> = ran.stdout.split("```").step_by(2).collect();
            let outside = outside.concat();
            assert!(!outside.contains("<b>") && !outside.contains("*x*"), "{outside}");
            assert_eq!(ran.stdout.lines().filter(|line| line.starts_with("```")).count(), 4);
        }
    }
    let svg = desk.read("seats.svg");
    for hostile in ["\u{1b}", "\u{202e}", "<b>", "<script>", "a<b", "&c"] {
        assert!(!svg.contains(hostile), "{hostile:?}: {svg}");
    }
    assert_eq!(svg.matches("</svg>").count(), 1);
    is_well_formed(&svg);
}

/// Every element that opens closes, in order, and every attribute is quoted.
fn is_well_formed(svg: &str) {
    let mut open = Vec::new();
    let mut rest = svg;
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').expect("a tag that ends");
        let tag = &rest[at + 1..end];
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{tag}");
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().expect("a name"));
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?}");
    for reference in svg.split('&').skip(1) {
        let known = ["amp;", "lt;", "gt;", "quot;", "#39;"];
        assert!(known.iter().any(|it| reference.starts_with(it)), "&{reference}");
    }
}

/// The facts of a condition stand in columns of the guardrails, each with its line.
#[test]
fn the_facts_of_a_guardrail_are_shown() {
    let matrix = "\n[[guardrail]]\nname = \"large\"\nmeasure = \"discount\"\nabove = \"10%\"\n\
                  when = { acv_above = \"500000.00\", metric = [\"socket\"] }\napproval = \"vp\"\n\
                  reason = \"Large\"\n";
    let desk = Desk::new().file("matrix.toml", &format!("{OUR_BOOK}{matrix}"));
    let shown = book(&desk, &["show", "matrix.toml"]).stdout;
    let guardrails = shown.split("Guardrails\n").nth(1).expect("guardrails");
    assert!(guardrails.contains("Acv above") && guardrails.contains("$500,000.00"), "{guardrails}");
    let listed =
        json(&book(&desk, &["show", "matrix.toml", "--format", "json"]).stdout).to_string();
    assert!(listed.contains("acv_above") && listed.contains("500000.00"), "{listed}");
}
