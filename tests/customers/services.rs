//! Services that a contract includes once, in several deals of one customer.

use super::{acme, splits};
use crate::pipeline::BOOK;
use crate::support::DAY;

fn training(value: &str, rest: &str) -> String {
    acme("seat", 1, rest) + &format!("[[service]]\nname = \"training\"\nvalue = \"{value}\"\n")
}

/// Returns what is told of training. A contract includes $1,000.00 of it.
fn told(beyond: &str, deals: &[&str]) -> Vec<String> {
    let book = BOOK.replace("beyond = \"refused\"", &format!("beyond = \"{beyond}\""));
    let all = splits(&book, DAY, deals).into_iter();
    all.filter(|it| it.contains("raining")).collect()
}

/// One deal of $2,000.00 pays half of it, and two of $1,000.00 each pay nothing.
#[test]
fn a_service_of_a_contract_is_included_once_in_a_split() {
    let told_of = |numbers: &str, extra: &str, all: &str| {
        [format!(
            "{extra}: {numbers}: Training: {all} included, of $1,000.00 that one contract includes"
        )]
    };
    let deal = training("1000.00", "");
    let both = told_of("1 2", "1000.00", "$2,000.00");
    assert_eq!(told("priced", &[&deal, &deal]), both);
    assert_eq!(told("priced", &[&deal, &training("1000.00", "term_years = 2")]), both);
    // What a deal prices beyond the limit is not included.
    assert_eq!(told("priced", &[&deal, &training("5000.00", "")]), both);
    let cent = told_of("1 2", "0.01", "$1,000.01");
    assert_eq!(told("priced", &[&training("600.00", ""), &training("400.01", "")]), cent);
    let none = Vec::<String>::new();
    assert_eq!(told("priced", &[&training("600.00", ""), &training("400.00", "")]), none);
    // The contract after it includes it again.
    assert_eq!(told("priced", &[&deal, &training("1000.00", "start = 2027-11-21")]), none);
    let third = training("1000.00", "start = 2027-11-20");
    let all = told("priced", &[&deal, &deal, &third]);
    assert_eq!(all, told_of("1 2 3", "2000.00", "$3,000.00"));
}

/// A service for one month is counted in the singular.
#[test]
fn a_service_of_one_month_says_so() {
    let book = BOOK.replace("beyond = \"refused\"", "beyond = \"priced\"\nincluded_months = 1");
    let deal = training("1000.00", "");
    let told = "1000.00: 1 2: Training: $2,000.00 included, of $1,000.00 that a customer gets once in 1 month";
    assert!(splits(&book, DAY, &[&deal, &deal]).contains(&told.to_owned()));
}

/// Deals of the same terms are refused as one deal, and are told once.
#[test]
fn what_is_refused_beyond_the_limit_is_told_once() {
    let deal = training("1000.00", "");
    assert_eq!(told("refused", &[&deal, &deal]), ["service.training: 1 2"]);
    let longer = training("1000.00", "term_years = 2");
    assert_eq!(
        told("refused", &[&deal, &longer]),
        ["1000.00: 1 2: Training: $2,000.00 included, of $1,000.00 that one contract includes"]
    );
}
