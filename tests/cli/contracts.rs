//! `--contracts`: contracts that customers have signed.

use super::{book, json};
use crate::support::{DAY, Desk};

const DEAL: &str =
    "customer = \"Acme\"\nstart = 2026-12-01\n[[line]]\nmetric = \"seat\"\nquantity = 1\n";

/// A desk with seats that count by customer, a deal and a contract of one customer.
fn desk() -> Desk {
    let by_customer =
        book("Seats").replace("mode = \"volume\"", "mode = \"volume\"\ncounted = \"customer\"");
    Desk::new()
        .file("pricing.toml", &by_customer)
        .file("deals/acme.toml", DEAL)
        .file("deals/signed/first.toml", &DEAL.replace("quantity = 1", "quantity = 2"))
}

#[test]
fn a_folder_of_contracts_counts_and_is_no_folder_of_deals() {
    let words =
        ["check", "deals", "--contracts", "deals/signed", "--date", DAY, "--format", "json"];
    let checked = json(&desk().run(&words).stdout);
    let deals = checked["deals"].as_array().expect("deals");
    let names: Vec<_> = deals.iter().map(|deal| deal["name"].as_str().expect("a name")).collect();
    assert_eq!(names, ["deals/acme.toml"]);
    let words = ["quote", "deals/acme.toml", "--contracts", "deals/signed", "--date", DAY];
    let quote = desk().run(&words);
    let noted = "2 seats of the signed contract first.toml count too, until 2027-11-30";
    assert!(quote.stdout.contains(noted), "{}", quote.stdout);
    assert!(quote.stdout.contains("(3 seats in all lines and contracts)"), "{}", quote.stdout);
}

#[test]
fn contracts_that_would_count_for_nothing_are_refused() {
    let signed = ["--contracts", "deals/signed/first.toml"];
    for (words, expected) in [
        (
            &["quote", "deals/signed/first.toml"][..],
            "deals/signed/first.toml is both a deal and a contract of --contracts",
        ),
        (&["book", "check"], "--contracts: this command looks at books alone"),
        (&["book", "show"], "--contracts: this command is about one price book"),
        (
            &["book", "diff", "pricing.toml", "pricing.toml"],
            "--contracts: this command compares books",
        ),
        (
            &["batch", "deals.csv", "--output", "out.csv"],
            "--contracts: `batch` prices each row by itself",
        ),
    ] {
        let ran = desk()
            .file("deals.csv", "id,metric,quantity\n1,seat,1\n")
            .run(&[words, &signed].concat());
        assert_eq!(ran.code, Some(2), "{words:?}: {}", ran.stderr);
        assert!(ran.stderr.contains(expected), "{words:?}: {}", ran.stderr);
    }
}

#[test]
fn a_contract_with_an_error_prices_nothing() {
    for (contract, expected) in [
        (DEAL.replace("seat", "chair"), "the book has no metric \"chair\""),
        (DEAL.replace("customer = \"Acme\"\n", ""), "the contract does not name its customer"),
    ] {
        let desk = desk().file("contract.toml", &contract);
        let ran = desk.run(&["quote", "deals/acme.toml", "--contracts", "contract.toml"]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "{}", ran.stderr);
        assert!(ran.stderr.contains(expected), "{}", ran.stderr);
        assert!(
            ran.stderr.contains("the contract contract.toml cannot be counted"),
            "{}",
            ran.stderr
        );
    }
}
