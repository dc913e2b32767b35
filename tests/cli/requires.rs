//! Add-ons beside signed contracts: the base has to be there on all days of the add-on.

use crate::support::Desk;

/// A contract of a platform from 1 November 2026 on, with its term and its years.
fn folder(contract: &str) -> Desk {
    let book = include_str!("../../examples/books/add-on.toml");
    let head = "customer = \"Acme\"\ndate = 2026-11-01\nstart = 2026-11-01\n";
    Desk::new().file("pricing.toml", book).file("base.toml", &format!("{head}{contract}"))
}

/// Whether an add-on of a year from a day on is within policy.
fn is_allowed(folder: Desk, start: &str) -> bool {
    let deal = format!(
        "customer = \"Acme\"\ndate = 2026-12-01\nstart = {start}\n[[line]]\nmetric = \"audit\"\nquantity = 10\n"
    );
    let ran = folder.file("audit.toml", &deal).run(&[
        "check",
        "audit.toml",
        "--contracts",
        "base.toml",
        "--date",
        "2026-12-01",
    ]);
    assert!([Some(0), Some(4)].contains(&ran.code), "{}{}", ran.stdout, ran.stderr);
    ran.code == Some(0)
}

#[test]
fn a_base_in_a_contract_counts_where_it_lasts_as_long() {
    let line = "[[line]]\nmetric = \"platform\"\n";
    let two_years = format!("term_years = 2\n{line}quantity = 5\n");
    assert!(is_allowed(folder(&two_years), "2026-12-01"));
    // The last day of the contract alone is no base of a year.
    assert!(!is_allowed(folder(&two_years), "2028-10-31"));
    let one_year = format!("{line}quantity = 5\n");
    assert!(is_allowed(folder(&one_year), "2026-11-01"));
    assert!(!is_allowed(folder(&one_year), "2026-12-01"));
    let ramp = format!("term_years = 2\n{line}year = [{{ quantity = 5 }}, {{ quantity = 0 }}]\n");
    assert!(!is_allowed(folder(&ramp), "2026-12-01"));
}
