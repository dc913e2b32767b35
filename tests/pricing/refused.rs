//! What would come out as a wrong figure is refused instead.

use super::price;
use crate::support::OUR_BOOK;
use dealdesk::book;
use dealdesk::text::source::Source;

const BOOK: &str = "
[book]
name = \"Refused\"
version = \"1\"
currency = \"USD\"
quote_valid = \"30 days\"

[metric.seat]
title = \"Seats\"
unit = \"seat\"
units = \"seats\"
mode = \"graduated\"
places = 2
";

/// The fault of a book whose seats have these lines besides, if there is one.
fn fault_of_book(lines: &str) -> Option<String> {
    let loaded = book::load(&Source::file("book", &format!("{BOOK}{lines}")));
    loaded.err().map(|faults| faults.to_string())
}

/// Charged with each hour, a yearly 100.00 would be 876,000.00.
#[test]
fn a_yearly_charge_beside_a_price_per_hour() {
    let prices = "tiers = [{ quantity = \"1+\", price = \"0.05\" }]\n";
    let flat = "tiers = [{ quantity = \"1+\", price = \"0.05\", flat = \"100.00\" }]\n";
    let hour = "per = \"hour\"\nhours_per_month = 730\n";
    let year = "per = \"year\"\n";
    let charges = [
        (format!("fee = \"100.00\"\n{prices}"), "`fee` is only used with per = \"year\""),
        (format!("minimum = \"1.00\"\n{prices}"), "`minimum` is only used with per"),
        (flat.to_owned(), "`flat` is only used with per = \"year\" or \"once\""),
    ];
    assert_eq!(fault_of_book(&format!("{hour}{prices}")), None);
    for (lines, message) in charges {
        assert_eq!(fault_of_book(&format!("{year}{lines}")), None);
        let fault = fault_of_book(&format!("{hour}{lines}")).expect("a fault");
        assert!(fault.contains(message), "{fault}");
    }
}

/// Only a program that stands alone can say what a line costs at least.
#[test]
fn a_floor_of_a_program_that_leaves_other_discounts() {
    let seats = "per = \"year\"\ntiers = [{ quantity = \"1+\", price = \"0.05\" }]\n";
    let program = |exclusive| {
        format!(
            "{seats}\n[waterfall]\norder = [\"gift\"]\n\n[discount.gift]\ntitle = \"Gift\"\n\
             by = \"program\"\nbase = \"running\"\nmetrics = [\"seat\"]\n\
             program.half = {{ title = \"Half\", rate = \"50%\", approval = \"none\", \
             floor = \"9.00\", exclusive = {exclusive} }}\n"
        )
    };
    assert_eq!(fault_of_book(&program(true)), None);
    let fault = fault_of_book(&program(false)).expect("a fault");
    assert!(fault.contains("`floor` is only used with exclusive = true"), "{fault}");
}

/// 9.10 for 100 seats that cost 910.00 together would be 9.10 for all of them.
#[test]
fn a_unit_price_for_a_line_that_has_none() {
    let tiers = "per = \"year\"\ntiers = [\n  { quantity = \"1-10\", price = \"10.00\" },\n  \
                 { quantity = \"11+\", price = \"9.00\" },\n]\n";
    let book = book::load(&Source::file("book", &format!("{BOOK}{tiers}"))).expect("a book");
    let line = "[[line]]\nmetric = \"seat\"\nquantity = 100\n";
    price(line, &book).expect("a quote");
    let faults = price(&format!("{line}unit_price = \"9.10\"\n"), &book).expect_err("a fault");
    let message = "deal:4: this line is priced as a whole, so it cannot have a unit price";
    assert_eq!(faults.to_string(), message);
}

/// A floor is for the whole line: a price of 300.00 a node would be one of 300.00 for 100 nodes.
#[test]
fn a_price_agreed_beside_a_program_that_fixes_it() {
    let book = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("the book");
    let academic = "strategic = { program = \"institutional\" }\n";
    let nodes = "[[line]]\nmetric = \"node\"\nquantity = 100\n";
    let agreed = "unit_price = \"300.00\"\n";
    price(&format!("{academic}{nodes}"), &book).expect("a quote");
    price(&format!("{nodes}{agreed}"), &book).expect("a quote");
    let faults = price(&format!("{academic}{nodes}{agreed}"), &book).expect_err("a fault");
    let message = "deal:5: Academic institution fixes the price, so no price can be negotiated";
    assert_eq!(faults.to_string(), message);
}
