//! `dealdesk invoices`.

use super::{json, run};
use crate::support::{Desk, root};

const SOCKET: &str = "examples/socket.toml";

fn invoices(words: &[&str]) -> crate::support::Ran {
    let path = root().join(SOCKET);
    let path = path.to_str().expect("a name");
    run(&["invoices", path], words)
}

#[test]
fn they_are_those_of_the_quote() {
    let words = ["--start", "2027-01-31", "--billing", "quarterly", "--format", "json"];
    let listed = invoices(&words);
    assert_eq!((listed.code, listed.stderr.as_str()), (Some(0), ""));
    let listed = json(&listed.stdout);
    let path = root().join(SOCKET);
    let quote = run(&["quote", path.to_str().expect("a name")], &words);
    let quote = json(&quote.stdout);
    assert_eq!(listed["schema"], "dealdesk.invoices/1");
    assert_eq!(listed["invoices"], quote["invoices"]);
    assert_eq!(listed["total"], quote["totals"]["tcv"]);
    for key in ["start", "end", "renewal", "payment", "currency", "price_book", "customer"] {
        assert_eq!(listed[key], quote[key], "{key}");
    }
    assert_eq!(listed["quote"], quote["id"]);
}

#[test]
fn a_file_of_them_is_a_spreadsheet_that_sums_to_the_contract() {
    let desk = Desk::new();
    let path = root().join(SOCKET);
    let path = path.to_str().expect("a name");
    let words = ["invoices", path, "--start", "2027-01-31", "--output", "invoices.csv"];
    let ran = desk.run(&words);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), ""), "{}", ran.stderr);
    let text = std::fs::read_to_string(desk.path("invoices.csv")).expect("the file");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().expect("a header").clone();
    let amount = header.iter().position(|name| name == "amount").expect("amounts");
    let rows = reader.records().map(|row| row.expect("a row"));
    let cents = rows.map(|row| row[amount].replace('.', "").parse::<u64>().expect("an amount"));
    assert_eq!(cents.sum::<u64>(), 57_375_000, "100 x 1,912.50 x 3");
}

#[test]
fn without_a_start_there_are_none() {
    let ran = invoices(&[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""));
    insta::assert_snapshot!(ran.stderr, @r"
    error[missing-key]: the deal does not say when its contract starts
    --> socket.toml
     = hint: add `start` to the deal file, or --start with a date

    error: this deal has no invoices: 1 fault
    ");
}

#[test]
fn outside_policy_they_are_listed_all_the_same() {
    let ran = invoices(&["--start", "2027-01-31", "--payment", "net-90"]);
    assert_eq!(ran.code, Some(4));
    assert!(
        ran.stdout.contains("2027-01-31  2027-05-01  2027-01-31 to 2028-01-30"),
        "{}",
        ran.stdout
    );
}
