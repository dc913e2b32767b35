//! The real binary.

mod batch;
mod book;
mod book_check;
mod books;
mod check;
#[cfg(unix)]
mod ci;
mod clauses;
mod compare;
mod contracts;
mod currencies;
mod days;
mod deals;
mod deny;
mod desk;
mod diff;
mod facts;
mod files;
mod formats;
mod hostile;
mod identity;
mod invoices;
mod negotiate;
mod output;
mod partner;
mod program;
mod quote;
mod records;
mod reprice;
mod requires;
mod schema;
mod structures;
mod terms;
mod usage;
mod value;
#[cfg(unix)]
mod wizard;
mod words;

use crate::support::{DAY, Desk, Ran};

/// The deal of the contract, in flags.
const ACME: [&str; 13] = [
    "quote",
    "--customer",
    "Acme Bank",
    "--metric",
    "socket",
    "--quantity",
    "500",
    "--term",
    "3",
    "--prepay",
    "multi-year",
    "--strategic",
    "lighthouse=10%",
];

/// A deal outside policy, in flags: ten years, and more than the program may give.
const REFUSED: [&str; 11] = [
    "quote",
    "--customer",
    "Evergreen Trust",
    "--metric",
    "core",
    "--quantity",
    "5000",
    "--term",
    "10",
    "--strategic",
    "large-deal=40%",
];

/// A deal file.
const DEAL: &str = "\
customer = \"Acme Bank\"
date = 2026-11-21
term_years = 3

[[line]]
metric = \"node\"
quantity = 100
";

/// A small book of that name: one seat costs 100.
fn book(name: &str) -> String {
    format!(
        "\
[book]
name = \"{name}\"
version = \"1\"
currency = \"EUR\"
quote_valid = \"30 days\"

[metric.seat]
title = \"Seat\"
unit = \"seat\"
units = \"seats\"
per = \"year\"
mode = \"volume\"
places = 2
tiers = [{{ quantity = \"1+\", price = \"100.00\" }}]
"
    )
}

/// These words and then those, on the day of all tests.
fn on_the_day<'a>(words: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [words, more, &["--date", DAY]].concat()
}

/// A run of the built-in book, in an empty folder.
fn run(words: &[&str], more: &[&str]) -> Ran {
    Desk::new().run(&on_the_day(words, more))
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("JSON and nothing else")
}
