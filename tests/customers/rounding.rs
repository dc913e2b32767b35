//! Coins of rounding between deals of one customer: they are no saving.

use super::{acme, splits};
use crate::pipeline::BOOK;
use crate::support::DAY;
use dealdesk::price::price;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};

/// Returns the test book with other prices of a seat, and a discount on them.
fn book(mode: &str, tiers: &str, discount: &str) -> String {
    let seat = "mode = \"volume\"\nplaces = 2\ntiers = [{ quantity = \"1+\", price = \"100.00\" }]";
    let priced = BOOK.replacen(seat, &format!("{mode}\nplaces = 2\ntiers = [{tiers}]"), 1);
    assert_ne!(priced, BOOK);
    let volume = "by = \"quantity\"\nbase = \"running\"\nmetrics = [\"seat\"]";
    priced.replacen("order = [\"volume\", ", "order = [\"coins\", \"volume\", ", 1)
        + &format!("\n[discount.coins]\ntitle = \"Coins\"\n{volume}\nsteps = [{discount}]\n")
}

fn tcv(book: &str, text: &str) -> String {
    let books = book::load(&Source::file("pricing.toml", book)).expect("a book");
    let draft = deal::read(&Source::file("deal.toml", text));
    let deal = deal::resolve(&draft, &books, super::day(DAY)).expect("a deal");
    price(&deal).totals.tcv.at_least(2)
}

/// Six seats are one package at $8.03, less $2.48: $5.55 a year, of which 5 and 1 seats are $4.625 and $0.925. One
/// package for 5 seats and none for 1 is what they cost apart.
#[test]
fn shares_of_a_package_are_no_saving() {
    let tiers = "{ quantity = \"1+\", price = \"8.03\" }";
    let step = "{ quantity = \"2+\", amount = \"2.48\" }";
    let book = book("mode = \"package\"\nsize = 2\nincluded = 4", tiers, step);
    for rest in ["", "term_years = 3"] {
        let (five, one) = (acme("seat", 5, rest), acme("seat", 1, rest));
        assert_eq!(splits(&book, DAY, &[&five, &one]), Vec::<String>::new());
        assert_eq!(splits(&book, DAY, &[&one, &five]), Vec::<String>::new());
    }
    assert_eq!(tcv(&book, &acme("seat", 6, "term_years = 3")), "16.65");
}

/// Seven seats cost 7 x $0.05 at half the price, and 14 cost as much and 7 x $0.10: $1.05, of which half is $0.53.
#[test]
fn deals_of_the_same_terms_cost_together_what_one_deal_costs() {
    let tiers = "{ quantity = \"1-7\", price = \"0.05\" }, { quantity = \"8+\", price = \"0.10\" }";
    let book = book("mode = \"graduated\"", tiers, "{ quantity = \"1+\", rate = \"50%\" }");
    let seven = acme("seat", 7, "");
    let [together, alone] = [14, 7].map(|seats| tcv(&book, &acme("seat", seats, "")));
    assert_eq!((together.as_str(), alone.as_str()), ("0.53", "0.18"));
    assert_eq!(
        splits(&book, DAY, &[&seven, &seven]),
        ["0.17: 1 2: $0.36 apart, $0.53 as 14 seats"]
    );
}
