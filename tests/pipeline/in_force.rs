//! Only what is in force together is added up: contracts that follow each other are not.

use super::{assert_splits, deal, line};

const YEAR: &str = "guardrail.a-year";

/// A deal of Acme for so many seats, by the year, from a day on.
fn from(start: &str, years: u32, quantity: u32) -> String {
    let terms = format!("start = {start}\nterm_years = {years}\n");
    deal("Acme", &(terms + &line("seat", quantity)))
}

#[test]
fn contracts_that_follow_each_other_are_not_added_up() {
    assert_splits(&[from("2027-01-01", 1, 60), from("2028-01-01", 1, 60)], &[]);
    assert_splits(&[from("2028-01-01", 1, 60), from("2027-01-01", 1, 60)], &[]);
    // One day together is enough.
    let both = [from("2027-01-01", 1, 60), from("2027-12-31", 1, 60)];
    assert_splits(&both, &[&format!("{YEAR}: 1 2")]);
    // Nor are sums of deals whose terms differ.
    assert_splits(&[from("2027-01-01", 1, 60), from("2028-01-01", 2, 60)], &[]);
    let longer = [from("2027-01-01", 2, 60), from("2028-01-01", 1, 60)];
    assert_splits(&longer, &[&format!("{YEAR}: 1 2")]);
}

/// 90 and 90 seats follow each other, and 20 are beside both of them.
#[test]
fn a_contract_beside_two_is_added_to_each_of_them() {
    let texts = [from("2027-01-01", 1, 90), from("2027-07-01", 1, 20), from("2028-01-01", 1, 90)];
    assert_splits(&texts, &[&format!("{YEAR}: 1 2"), &format!("{YEAR}: 2 3")]);
    // A deal without a start begins on the day of its quote.
    let now = deal("Acme", &line("seat", 60));
    assert_splits(&[now.clone(), from("2027-01-01", 1, 60)], &[&format!("{YEAR}: 1 2")]);
    assert_splits(&[now, from("2029-01-01", 1, 60)], &[]);
}
