//! A deal with another quantity expects that one, whatever the first expected.

use crate::support::{DAY, OUR_BOOK};
use dealdesk::number::{Date, Quantity};
use dealdesk::text::source::Source;
use dealdesk::{book, deal};

#[test]
fn another_quantity_takes_the_place_of_what_was_expected() {
    let book = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("the book");
    let text = "[[line]]\nmetric = \"consumption\"\nquantity = 5000\ncommitted = 8000\n";
    let draft = deal::read(&Source::file("deal", text));
    let deal = deal::resolve(&draft, &book, Date::parse(DAY).expect("a date")).expect("a deal");
    let nine = Quantity::whole(9000).expect("a quantity");
    let other = deal.with_quantity(0, 0, nine).expect("a deal");
    for (deal, quantity) in [(&deal, 5000), (&other, 9000)] {
        let line = format!("committed = 8000\nquantity = {quantity}\n");
        assert!(deal::to_toml(deal).ends_with(&line), "{}", deal::to_toml(deal));
    }
}

/// A fee that the deal names is for its package, whatever the quantity in it.
#[test]
fn another_quantity_keeps_its_fee() {
    let book = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("the book");
    let text = "[[line]]\nmetric = \"edge-pilot\"\nquantity = 20\nfee = \"60000.00\"\n";
    let draft = deal::read(&Source::file("deal", text));
    let deal = deal::resolve(&draft, &book, Date::parse(DAY).expect("a date")).expect("a deal");
    let thirty = Quantity::whole(30).expect("a quantity");
    let other = deal::to_toml(&deal.with_quantity(0, 0, thirty).expect("a deal"));
    assert!(other.contains("quantity = 30\n"), "{other}");
    assert!(other.contains("fee = \"60000.00\"\n"), "{other}");
}

/// Names of the book stand in a deal as they are, and quoted only where TOML asks for it.
#[test]
fn a_name_without_blanks_is_written_bare() {
    let book = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("the book");
    let text = "discount.volume = \"none\"\n[[line]]\nmetric = \"socket\"\nquantity = 100\n";
    let draft = deal::read(&Source::file("deal", text));
    let deal = deal::resolve(&draft, &book, Date::parse(DAY).expect("a date")).expect("a deal");
    let written = deal::to_toml(&deal);
    assert!(written.contains("\nvolume = \"none\"\n"), "{written}");
}
