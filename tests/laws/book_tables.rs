//! Listings of price books, held against the shape that books are read by: a key that a book may
//! have and that is not listed, or not compared, fails here without anybody thinking of it.

use super::cases;
use super::world::world;
use crate::support::OUR_BOOK;
use dealdesk::answer::book_tables::{BookChange, BookTables, changes, read};
use dealdesk::book::SHAPE;
use dealdesk::table::{Key, Kind, Shape};
use dealdesk::text::source::Source;
use proptest::prelude::*;

/// What one book of a walk has otherwise than the others.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Otherwise {
    Other,
    Gone,
}

/// A book with every key that there is, of which one is otherwise.
struct Author<'a> {
    /// Whether its amounts are in several currencies.
    several: bool,
    otherwise: Option<(&'a str, Otherwise)>,
    text: String,
}

impl Author<'_> {
    fn of(several: bool, otherwise: Option<(&str, Otherwise)>) -> String {
        let mut author = Author { several, otherwise, text: String::new() };
        author.table("", "", &SHAPE);
        author.text
    }

    /// `header` is what stands in brackets, and `path` the keys of it.
    fn table(&mut self, header: &str, path: &str, shape: &'static Shape) {
        let is_here = |key: &&Key| is_here(path, key, self.several);
        let keys: Vec<&Key> = shape.keys.iter().filter(is_here).collect();
        let (tables, values): (Vec<&Key>, Vec<&Key>) =
            keys.into_iter().partition(|key| inner(key.kind).is_some());
        for key in values {
            let path = format!("{path}.{}", key.name);
            let otherwise = self.otherwise.filter(|(other, _)| *other == path);
            if otherwise.is_some_and(|(_, how)| how == Otherwise::Gone) {
                continue;
            }
            let value = value(key.kind, &path, otherwise.is_some(), self.several);
            self.text.extend([key.name, " = ", &value, "\n"]);
        }
        for key in tables {
            let (Some(shape), path) = (inner(key.kind), format!("{path}.{}", key.name)) else {
                continue;
            };
            let below = format!("{header}{}", key.name);
            match key.kind {
                Kind::Named(_) => {
                    self.text.extend(["[", &below, ".thing]\n"]);
                    self.table(&format!("{below}.thing."), &path, shape);
                }
                Kind::Table(_) => {
                    self.text.extend(["[", &below, "]\n"]);
                    self.table(&format!("{below}."), &path, shape);
                }
                _ if path == ".currency" => {
                    self.text += "[[currency]]\n";
                    self.table("", &path, shape);
                    self.text += "[[currency]]\ncode = \"EUR\"\n";
                }
                _ => {
                    self.text.extend(["[[", &below, "]]\n"]);
                    self.table(&format!("{below}."), &path, shape);
                }
            }
        }
    }
}

/// A book has one currency or a list of them.
fn is_here(path: &str, key: &Key, several: bool) -> bool {
    match (path, key.name) {
        ("", "currency") => several,
        (".book", "currency" | "symbol") => !several,
        _ => true,
    }
}

fn inner(kind: Kind) -> Option<&'static Shape> {
    match kind {
        Kind::Table(shape)
        | Kind::Tables(shape)
        | Kind::TableOrTables(shape)
        | Kind::Named(shape) => Some(shape),
        _ => None,
    }
}

fn value(kind: Kind, path: &str, other: bool, several: bool) -> String {
    let pick = |one: &str, two: &str| if other { two.to_owned() } else { one.to_owned() };
    let amount = |one: &str, two: &str| {
        let amount = pick(one, two);
        if several {
            format!("{{ USD = \"{amount}\", EUR = \"7.00\" }}")
        } else {
            format!("\"{amount}\"")
        }
    };
    match kind {
        Kind::Text if path == ".book.currency" || path == ".currency.code" => "\"USD\"".to_owned(),
        Kind::Text => pick("\"one\"", "\"two\""),
        Kind::Choice(words) => format!("\"{}\"", words[usize::from(other)]),
        Kind::Whole(low, _) => (low + u32::from(other)).to_string(),
        Kind::Quantity => pick("1", "2"),
        Kind::AnyTable => pick("{ inner = 1 }", "{ inner = 2 }"),
        Kind::Money => amount("1.00", "2.00"),
        Kind::MoneyRange => amount("1.00-2.00", "1.00-3.00"),
        // A rate and a number of years too, whatever the rule measures.
        Kind::Threshold => pick("\"0.5\"", "\"0.6\""),
        Kind::Rate => pick("\"10%\"", "\"20%\""),
        Kind::Percentage => pick("\"110%\"", "\"120%\""),
        Kind::Rates => pick("\"10%-20%\"", "\"10%-30%\""),
        Kind::Range => pick("\"1+\"", "\"1-9\""),
        Kind::Date => pick("2026-01-01", "2026-01-02"),
        Kind::Flag => pick("true", "false"),
        Kind::FlagOrText => pick("true", "\"the range\""),
        Kind::Texts => pick("[\"one\"]", "[\"two\"]"),
        Kind::Currencies if several => "[\"USD\", \"EUR\"]".to_owned(),
        Kind::Currencies => "[\"USD\"]".to_owned(),
        _ => unreachable!("{path} holds no value"),
    }
}

/// Every key with a value, with the path to it.
fn leaves(path: &str, shape: &'static Shape, several: bool) -> Vec<(String, &'static Key)> {
    let keys = shape.keys.iter().filter(|key| is_here(path, key, several));
    let found = keys.flat_map(|key| {
        let path = format!("{path}.{}", key.name);
        match inner(key.kind) {
            Some(shape) => leaves(&path, shape, several),
            None => vec![(path, key)],
        }
    });
    found.collect()
}

fn list(text: &str) -> Vec<BookTables> {
    read(&Source::file("book.toml", text)).unwrap_or_else(|faults| {
        panic!("{text}\n{}", dealdesk::text::diagnostic::render(&faults, false, 100))
    })
}

#[test]
fn each_key_of_a_book_is_listed_and_compared() {
    for several in [false, true] {
        let base = Author::of(several, None);
        let old = list(&base);
        let all = leaves("", &SHAPE, several);
        assert!(all.len() > 100, "{}", all.len());
        for (path, key) in all {
            for how in [Otherwise::Other, Otherwise::Gone] {
                let is_fixed = matches!(key.kind, Kind::Currencies) && how == Otherwise::Other;
                // Other things change with these.
                let names = [".book.currency", ".currency.code", ".guardrail.measure"];
                let is_named = names.contains(&path.as_str());
                if is_fixed || is_named || (key.required && how == Otherwise::Gone) {
                    continue;
                }
                let new = list(&Author::of(several, Some((&path, how))));
                told(&changes(&old, &new), &path, key, how);
                told(&changes(&new, &old), &path, key, how);
            }
        }
    }
}

/// One change, at its key; or the row that goes by it left and another came.
fn told(changes: &[BookChange], path: &str, key: &Key, how: Otherwise) {
    let top = path.split('.').nth(1).expect("a key of the file");
    assert!(!changes.is_empty(), "{path} {how:?} is not told");
    let is_told = |change: &BookChange| {
        change.kind == top && change.key.is_none_or(|changed| changed == key.name)
    };
    let paths: Vec<_> = changes.iter().map(BookChange::path).collect();
    assert!(changes.iter().all(is_told), "{path} {how:?}: {paths:?}");
    let mut currencies: Vec<_> = changes.iter().map(BookChange::currency).collect();
    currencies.dedup();
    let is_one = changes.len() == currencies.len();
    assert!(is_one || changes.iter().all(|it| it.key.is_none()), "{path} {how:?}: {paths:?}");
}

#[test]
fn a_book_in_other_words_is_the_same_book() {
    let plain: Vec<_> =
        OUR_BOOK.lines().filter(|line| !line.trim_start().starts_with('#')).collect();
    let other = plain.join("\n").replace("\"15%\"", "0.15").replace("\"1500.00\"", "\"1500\"");
    assert_ne!(other, plain.join("\n"));
    assert!(changes(&list(OUR_BOOK), &list(&other)).is_empty());
}

#[test]
fn a_ladder_in_another_order_is_told() {
    let book = |levels: [&str; 2]| {
        let levels = levels.map(|it| format!("[[approval]]\nlevel = \"{it}\"\ntitle = \"T\"\n"));
        let text = "[book]\nname = \"B\"\nversion = \"1\"\ncurrency = \"EUR\"\nquote_valid = \"30 days\"\n[metric]\n";
        list(&format!("{text}{}", levels.concat()))
    };
    let told = changes(&book(["vp", "svp"]), &book(["svp", "vp"]));
    let paths: Vec<_> = told.iter().map(BookChange::path).collect();
    assert_eq!(paths, ["approval.order"]);
}

fn paths(old: &str, new: &str) -> Vec<String> {
    changes(&list(old), &list(new)).iter().map(BookChange::path).collect()
}

const SEAT: &str = "\
[book]
name = \"Seats\"
version = \"1\"
currency = \"USD\"
quote_valid = \"30 days\"
[[guardrail]]
name = \"large\"
measure = \"acv\"
above = \"0.5\"
refuse = true
reason = \"too large\"
[metric.seat]
title = \"Seat\"
unit = \"seat\"
units = \"seats\"
per = \"year\"
mode = \"volume\"
tiers = [{ quantity = \"1-9\", price = \"5.00\" }, { quantity = \"10+\", price = \"4.00\" }]
";

#[test]
fn another_currency_or_measure_is_another_amount() {
    let euros = SEAT.replace("USD", "EUR");
    let tiers = ["1-9", "10+"].map(|row| format!("metric.seat.tiers.{row}.price"));
    let all = ["book.currency", &tiers[0], &tiers[1], "guardrail.large.above"];
    assert_eq!(paths(SEAT, &euros), all);
    let rate = SEAT.replace("\"acv\"", "\"discount\"");
    assert_eq!(paths(SEAT, &rate), ["guardrail.large.measure", "guardrail.large.above"]);
    // The symbol is how an amount is shown, and no other amount.
    let symbol = SEAT.replace("\"USD\"", "\"USD\"\nsymbol = \"US$\"");
    assert_eq!(paths(SEAT, &symbol), ["book.symbol"]);
}

/// Tables with names go by them, wherever they stand.
#[test]
fn tables_are_compared_by_their_names() {
    let terms = |rows: [(&str, u32); 2]| {
        let rows = rows
            .map(|(name, days)| format!("[payment.terms.{name}]\ntitle = \"T\"\ndays = {days}\n"));
        format!("{SEAT}[payment]\nstandard = \"net\"\n{}", rows.concat())
    };
    let old = terms([("net", 30), ("later", 60)]);
    assert!(paths(&old, &terms([("later", 60), ("net", 30)])).is_empty());
    assert_eq!(paths(&old, &terms([("later", 61), ("net", 30)])), ["payment.terms.later.days"]);
    assert_eq!(
        paths(&old, &terms([("net", 30), ("latest", 60)])),
        ["payment.terms.later", "payment.terms.latest"]
    );
}

/// A range that ends or begins elsewhere has changed.
#[test]
fn ranges_are_moved_split_and_joined() {
    let moved = SEAT.replace("1-9", "1-19").replace("10+", "20+");
    assert_eq!(
        paths(SEAT, &moved),
        ["metric.seat.tiers.1-19.quantity", "metric.seat.tiers.20+.quantity"]
    );
    let other = SEAT.replace("10+", "10-19");
    let apart = other.replace("1-9", "30-39").replace("10-19", "40+");
    assert_eq!(
        paths(&other, &apart),
        ["1-9", "10-19", "30-39", "40+"].map(|row| format!("metric.seat.tiers.{row}"))
    );
    // Cut anew, 10-19 is as much of 5-12 as of 13-19, and neither became what it was.
    let cut = SEAT.replace("10+", "10-19");
    let anew = SEAT.replace("1-9", "1-4").replace(
        "{ quantity = \"10+\"",
        "{ quantity = \"5-12\", price = \"4.50\" }, { quantity = \"13-19\"",
    );
    assert_eq!(
        paths(&cut, &anew),
        ["1-4.quantity", "10-19", "5-12", "13-19"].map(|row| format!("metric.seat.tiers.{row}"))
    );
    assert_eq!(
        paths(&anew, &cut),
        ["1-9.quantity", "5-12", "13-19", "10-19"].map(|row| format!("metric.seat.tiers.{row}"))
    );
    let joined =
        SEAT.replace(", { quantity = \"10+\", price = \"4.00\" }", "").replace("1-9", "1+");
    assert_eq!(paths(SEAT, &joined), ["metric.seat.tiers.1+.quantity", "metric.seat.tiers.10+"]);
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_book_differs_from_itself_in_nothing(one in world(), other in world()) {
        let [one, other] = [one, other].map(|world| list(&world.book.toml()));
        prop_assert!(changes(&one, &one).is_empty());
        // What came one way goes the other way.
        let kinds = |old: &[BookTables], new: &[BookTables]| {
            let found = changes(old, new);
            let count = |word: &str| found.iter().filter(|change| change.word() == word).count();
            [count("added"), count("removed"), count("changed")]
        };
        let [added, removed, changed] = kinds(&one, &other);
        prop_assert_eq!(kinds(&other, &one), [removed, added, changed]);
    }
}
