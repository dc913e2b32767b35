//! The exact text of `exact.toml` comes out of the real binary, and what could not be exact is
//! refused.

use super::{case, found, price};
use crate::support::cases::Table;
use crate::support::{DAY, Desk};
use dealdesk::text::diagnostic::Code;
use dealdesk::text::source::Source;

fn table() -> Table {
    let source = Source::file("exact.toml", include_str!("exact.toml"));
    case::CASES.read(&source).expect("a file of cases")
}

#[test]
fn the_binary_prints_every_digit() {
    let Table { book, cases, .. } = table();
    let desk = Desk::new().file("pricing.toml", &book);
    let failures = cases.iter().flat_map(|case| {
        std::fs::write(desk.path("deal.toml"), case::deal(case).expect("a deal")).expect("a file");
        let ran = desk.run(&["quote", "deal.toml", "--format", "json", "--date", DAY]);
        let quote = serde_json::from_str(&ran.stdout).expect("a quote");
        case.compare(|key| found::found(key, &quote))
    });
    assert_eq!(failures.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn one_digit_more_is_refused() {
    let book = table().books;
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
