//! JSON Lines: the same rows in other words.

use super::drawn::file;
use super::rows::{NAMES, Row, csv, numbered};
use super::run::{CSV, JSON, desk, priced};
use crate::laws::cases;
use crate::laws::world::load;
use crate::support::OUR_BOOK;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::Config;
use serde_json::Value;

/// An object: what is a number as one, digit by digit, and what is empty as nothing in three ways.
fn line(row: &Row, turn: usize) -> String {
    let mut fields: Vec<String> = Vec::new();
    for (at, (name, text)) in NAMES.iter().zip(&row.0).enumerate() {
        let is_number = serde_json::from_str::<Value>(text).is_ok_and(|value| value.is_number())
            && text.trim() == text;
        let value = match (text.as_str(), (at + turn) % 3) {
            ("", 0) => continue,
            ("", 1) => "null".to_owned(),
            (text, _) if is_number => text.to_owned(),
            (text, _) => Value::from(text).to_string(),
        };
        fields.push(format!("{}: {value}", Value::from(*name)));
    }
    let turn = turn % fields.len().max(1);
    fields.rotate_left(turn);
    format!("{{{}}}", fields.join(", "))
}

proptest! {
    #![proptest_config(Config { max_shrink_iters: 20, ..cases(12) })]

    /// Gives the same bytes for the same rows, errors included.
    #[test]
    fn rows_of_json_are_rows_of_csv(file in file()) {
        let books = load(&file.book.toml());
        let desk = desk(&books, Some(file.book.currencies.main));
        let lines = file.rows.iter().enumerate().map(|(at, row)| line(row, at) + ["\n", "\r\n", "\n\n"][at % 3]);
        let lines: String = lines.collect();
        let ran = priced(&desk, lines.as_bytes(), JSON);
        let other = priced(&desk, &csv(&file.rows), CSV);
        prop_assert_eq!(ran, other);
    }

    /// A line that is no object of ours is told by its number, and hides no other.
    #[test]
    fn a_bad_line_is_told_and_hides_none(bad in vec(prop::option::of(prop::sample::select(BAD)), 1..20), open in any::<bool>()) {
        let books = load(OUR_BOOK);
        let row = Row::of(&[("metric", "socket"), ("quantity", "500")]);
        let rows = numbered(vec![row; bad.len()]);
        let lines = rows.iter().zip(&bad).map(|(row, bad)| bad.map_or_else(|| line(row, 0), str::to_owned));
        let lines = lines.collect::<Vec<_>>().join("\n") + if open { "" } else { "\n" };
        let ran = priced(&desk(&books, None), lines.as_bytes(), JSON);
        let (told, priced): (Vec<_>, Vec<_>) =
            rows.iter().zip(&bad).enumerate().partition(|(_, (_, bad))| bad.is_some());
        let told: Vec<_> = told.iter().map(|(at, _)| *at as u64 + 1).collect();
        let faults = ran.faults();
        prop_assert_eq!(faults.iter().map(|(row, _)| *row).collect::<Vec<_>>(), told);
        let ids: Vec<_> = ran.rows().into_iter().map(|row| row[0].clone()).collect();
        prop_assert_eq!(ids, priced.iter().map(|(_, (row, _))| row.text("id").to_owned()).collect::<Vec<_>>());
        prop_assert_eq!(ran.count(), bad.len() as u64);
    }
}

const BAD: &[&str] = &[
    "{",
    "}",
    "x",
    "[]",
    "[{}]",
    "null",
    "5",
    "\"id\"",
    "{}",
    "{}{}",
    "{\"id\": 1}",
    "{\"id\": true, \"metric\": \"socket\", \"quantity\": 5}",
    "{\"id\": 1, \"metric\": \"socket\", \"quantity\": [5]}",
    "{\"id\": 1, \"metric\": \"socket\", \"quantity\": {}}",
    "{\"id\": 1, \"id\": 2, \"metric\": \"socket\", \"quantity\": 5}",
    "{\"id\": 1, \"metric\": \"socket\", \"quantity\": 5, \"color\": 1}",
    "{\"id\": 1, \"metric\": \"socket\", \"quantity\": 5} {",
    "{\"id\": 1, \"metric\": \"socket\", \"quantity\": 5e0}",
    "{\"id\": 1, \"metric\": \"socket\", \"quantity\": 05}",
    "{\"id\": 1, \"metric\": \"socket\", \"quantity\": -5}",
    "{\"id\": 1, \"metric\": \"socket\", \"quantity\": 5.0001}",
    "{\"id\": 1, \"metric\": \"socket\", \"quantity\": NaN}",
    "{\"id\": \"\", \"metric\": \"socket\", \"quantity\": 5}",
    "{\"id\": \"\\ud800\", \"metric\": \"socket\", \"quantity\": 5}",
    "{\"id\": \"a, \"metric\": \"socket\", \"quantity\": 5}",
    "id,metric,quantity",
];

/// A number is the digits that it is written with: no power of two comes near it.
#[test]
fn numbers_keep_their_digits() {
    let books = load(OUR_BOOK);
    let told = |quantity: &str, rate: &str| {
        let line = format!(
            "{{\"id\": 1, \"metric\": \"socket\", \"quantity\": {quantity}, \"strategic\": \"lighthouse\", \"strategic_rate\": {rate}}}"
        );
        let ran = priced(&desk(&books, None), line.as_bytes(), JSON);
        let mut rows = ran.rows();
        rows.pop().map(|row| row[2].clone()).ok_or_else(|| ran.faults()[0].1[2].clone())
    };
    assert_eq!(told("500", "0.1"), Ok("2295.00".to_owned()));
    assert_eq!(told("500.0", "0.100000000000000000000000000"), told("500", "0.1"));
    // A float would drop these.
    let fine = told("500", "0.10000000000000000000000001").expect_err("too many places");
    assert!(fine.contains("decimal places"), "{fine}");
    let large = told("500.00000000000000000001", "0.1").expect_err("too many places");
    assert!(large.contains("decimal places"), "{large}");
}
