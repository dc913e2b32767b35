//! The id of a quote and its digest.

use super::json;
use crate::support::{DAY, Desk, OUR_BOOK};
use serde_json::Value;

const DEAL: &str = "customer = \"Acme\"\nstart = 2027-01-01\nnotes = \"\"\"\nTwo\nlines.\n\"\"\"\n[[line]]\nmetric = \"socket\"\nquantity = 5\n";

fn read(desk: &Desk, command: &str, format: &str) -> String {
    let ran = desk.run(&[command, "deal.toml", "--date", DAY, "--format", format]);
    assert_eq!(ran.code, Some(0), "{}", ran.stderr);
    ran.stdout
}

/// Returns the digest of JSON, whose first half is the id.
fn digest(found: &Value, id: &str) -> String {
    let text = |key: &str| found[key].as_str().expect("a text").to_owned();
    let (digest, id) = (text("digest"), text(id));
    assert_eq!(digest.len(), 64);
    assert_eq!(id, format!("Q-{}", digest[..32].to_uppercase()));
    digest
}

#[test]
fn every_output_carries_the_whole_digest() {
    let desk = Desk::new().file("pricing.toml", OUR_BOOK).file("deal.toml", DEAL);
    let expected = digest(&json(&read(&desk, "quote", "json")), "id");
    assert_eq!(digest(&json(&read(&desk, "invoices", "json")), "quote"), expected);
    for command in ["quote", "invoices"] {
        let rows = read(&desk, command, "csv");
        let mut reader = csv::Reader::from_reader(rows.as_bytes());
        let at = reader.headers().expect("a header").iter().position(|it| it == "digest");
        let at = at.expect("a column");
        for row in reader.records() {
            assert_eq!(&row.expect("a row")[at], expected, "{command}");
        }
    }
}

/// Git and editors write the line ends of their system.
#[test]
fn line_ends_are_no_part_of_a_deal_or_a_book() {
    let with_crlf = |text: &str| text.replace('\n', "\r\n");
    let desk = Desk::new().file("pricing.toml", OUR_BOOK).file("deal.toml", DEAL);
    let written = read(&desk, "quote", "json");
    let desk = desk.file("pricing.toml", &with_crlf(OUR_BOOK)).file("deal.toml", &with_crlf(DEAL));
    assert_eq!(read(&desk, "quote", "json"), written);
}

#[test]
fn another_note_is_another_quote() {
    let desk = Desk::new().file("pricing.toml", OUR_BOOK).file("deal.toml", DEAL);
    let one = digest(&json(&read(&desk, "quote", "json")), "id");
    let desk = desk.file("deal.toml", &DEAL.replace("Two", "Three"));
    assert_ne!(digest(&json(&read(&desk, "quote", "json")), "id"), one);
}
