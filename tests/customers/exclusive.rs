//! A program that excludes every other discount, in one deal, and other discounts of the customer in another one.

use super::{acme, splits};
use crate::support::{DAY, OUR_BOOK};

/// A license of an institution for 3 years from December on.
fn licensed() -> String {
    acme("node", 100, "segment = \"research\"\nterm_years = 3\nstart = 2026-12-01")
        + "[strategic]\nprogram = \"institutional\"\nduties = [\"accredited-university\"]\n"
}

fn told(other: &str) -> Vec<String> {
    let all = splits(OUR_BOOK, DAY, &[&licensed(), other]).into_iter();
    all.filter(|it| it.contains("institutional")).collect()
}

/// 100 sockets have a discount for their volume, and 49 for a year have none.
#[test]
fn other_discounts_stand_beside_no_exclusive_program() {
    let refused = ["academic.institutional: 1 2"];
    let none = Vec::<String>::new();
    let sockets = |quantity, rest: &str| acme("socket", quantity, rest);
    assert_eq!(told(&sockets(100, "start = 2027-06-01")), refused);
    assert_eq!(told(&sockets(49, "start = 2027-06-01\nterm_years = 2")), refused);
    assert_eq!(told(&sockets(49, "start = 2027-06-01")), none);
    // After the license there is none, and neither is there one for another customer.
    assert_eq!(told(&sockets(100, "start = 2029-12-01")), none);
    assert_eq!(told(&sockets(100, "start = 2027-06-01").replace("Acme", "Globex")), none);
    // Withheld, nothing is off.
    let withheld = sockets(100, "start = 2027-06-01").replacen(
        "[[line]]",
        "[discount]\nvolume = \"none\"\n[[line]]",
        1,
    );
    assert_eq!(told(&withheld), none);
    // A program of any rate is another program.
    let program = "[strategic]\nprogram = \"first-customer\"\nrate = \"10%\"\n";
    assert_eq!(told(&(sockets(49, "start = 2027-06-01") + program)), refused);
    // Two licenses are of one program.
    assert_eq!(told(&licensed()), none);
}
