//! Worked cases: deals with the figures that must come out, in `*.toml` beside this file.
//!
//! ```toml
//! book = '''...'''      # the text of a price book; the repository's pricing.toml if left out
//!
//! [[case]]
//! name = "100 sockets, 3 years"
//! deal = { metric = "socket", quantity = 100, term = 3 }
//! net_unit = "1912.50"  # 2,500.00 x 0.90 x 0.85
//! tcv = "573750.00"     # x 100 sockets x 3 years
//! ```
//!
//! `case` says which keys there are. What a case does not state is not compared, and a key that
//! means nothing is a failure.

mod case;
mod committed;
mod exact;
mod found;
mod perpetual;
mod refused;
mod runner;

use crate::support::{DAY, root};
use case::{Case, Expected};
use dealdesk::book::Books;
use dealdesk::number::Date;
use dealdesk::text::diagnostic::Checked;
use dealdesk::text::source::{Source, Written};
use dealdesk::{book, deal, quote};
use serde_json::Value;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

#[test]
fn every_case_comes_out() {
    let folder = root().join("tests/pricing");
    let entries = fs::read_dir(folder).expect("the folder of the cases");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "toml"));
    paths.sort();
    let failures: Vec<String> = paths.iter().flat_map(failures_of).collect();
    assert!(!paths.is_empty(), "no file has cases");
    assert!(failures.is_empty(), "\n\n{}\n", failures.join("\n"));
}

fn failures_of(path: &PathBuf) -> Vec<String> {
    let text = fs::read_to_string(path).expect("a file of cases");
    let name = path.file_name().expect("a name").to_string_lossy();
    failures(&Source::file(&name, &text))
}

/// What does not come out as the file says: every failure of every case.
fn failures(source: &Arc<Source>) -> Vec<String> {
    let table = match case::read(source) {
        Ok(table) => table,
        Err(faults) => return vec![faults.to_string()],
    };
    let book = table.book.as_deref().unwrap_or(include_str!("../../pricing.toml"));
    match book::load(&Source::file("book", book)) {
        Ok(book) => table.cases.iter().flat_map(|case| judge(case, &book)).collect(),
        Err(faults) => vec![format!("{}: {faults}", source.name())],
    }
}

fn judge(case: &Case, book: &Books) -> Vec<String> {
    let failures = match price(&case.deal, book) {
        Ok(quote) => case.expected.iter().filter_map(|it| mismatch(it, &quote)).collect(),
        Err(faults) => vec![faults.to_string()],
    };
    let Written { value: name, place } = &case.name;
    failures.into_iter().map(|failure| format!("{place}: {name}: {failure}")).collect()
}

/// The quote as programs see it: what is compared is what leaves the house.
fn price(deal: &str, book: &Books) -> Checked<Value> {
    let today = Date::parse(DAY).expect("a date");
    let draft = deal::read(&Source::file("deal", deal));
    let deal = deal::resolve(&draft, book, today)?;
    let json = quote::json::to_json(&quote::quote(&deal));
    Ok(serde_json::from_str(&json).expect("JSON"))
}

fn mismatch(expected: &Expected, quote: &Value) -> Option<String> {
    let Expected { key, values } = expected;
    let found = found::found(key, quote);
    let comes_out = found.as_ref().is_some_and(|found| match *key {
        "says" => values.iter().all(|part| found.iter().any(|said| said.contains(part))),
        _ => found == values,
    });
    let show = |values: &[String]| match values {
        [] => "nothing".to_owned(),
        values => values.join("\n             "),
    };
    let found = found.unwrap_or_default();
    (!comes_out)
        .then(|| format!("{key}\n    expected {}\n    found    {}", show(values), show(&found)))
}
