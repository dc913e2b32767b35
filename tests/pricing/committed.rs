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
