//! The exact text of `exact.toml` comes out of the real binary, and what could not be exact is
//! refused.

use super::{case, mismatch, price};
use crate::support::{DAY, Desk};
use dealdesk::book;
use dealdesk::text::diagnostic::Code;
use dealdesk::text::source::Source;

fn table() -> (case::Table, String) {
    let source = Source::file("exact.toml", include_str!("exact.toml"));
    let table = case::read(&source).expect("a file of cases");
    let book = table.book.clone().expect("a book of its own");
    (table, book)
}

#[test]
fn the_binary_prints_every_digit() {
    let (table, book) = table();
    let desk = Desk::new().file("pricing.toml", &book);
    let mut failures = Vec::new();
    for case in &table.cases {
        std::fs::write(desk.path("deal.toml"), &case.deal).expect("a deal file");
        let ran = desk.run(&["quote", "deal.toml", "--format", "json", "--date", DAY]);
        let quote = serde_json::from_str(&ran.stdout).expect("a quote");
        failures.extend(case.expected.iter().filter_map(|it| mismatch(it, &quote)));
    }
    assert_eq!(failures, Vec::<String>::new());
}

#[test]
fn one_digit_more_is_refused() {
    let (_, book) = table();
    let book = book::load(&Source::file("book", &book)).expect("a book");
    let deal = |rate: &str| {
        format!(
            "strategic = [\n  {{ program = \"first\", rate = \"{rate}\" }},\n  \
             {{ program = \"second\", rate = 0.056 }},\n]\n\
             [[line]]\nmetric = \"steps\"\nquantity = 1\n"
        )
    };
    price(&deal("0.1234"), &book).expect("27 digits");
    let faults = price(&deal("0.12345"), &book).expect_err("28 digits, and one for the quantity");
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), [Code::TooManyDigits]);
}
