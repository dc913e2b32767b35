//! Any text at all is a book or a deal, or says what is wrong with it and where.

mod pages;
mod texts;

use super::cases;
use super::world::resolve;
use crate::support::OUR_BOOK as BOOK;
use dealdesk::book;
use dealdesk::book::{Books, PriceBook};
use dealdesk::document::Answer;
use dealdesk::quote::quote;
use dealdesk::quote::text::QuoteView;
use dealdesk::text::diagnostic::{Diagnostics, render};
use dealdesk::text::source::{Place, Source};
use proptest::prelude::*;
use std::sync::{Arc, LazyLock};

/// A deal with every key that a deal can have.
const DEAL: &str = r#"customer = "Acme Bank"
segment = "enterprise"
opportunity = "OPP-1"
account = "A-7"
po_number = "4500012345"
owner = "Dana"
contact = "Kim"
stage = "negotiation"
close_date = 2026-12-31
incumbent = "VMware"
notes = "Wants a ramp"
date = 2026-11-21
term_years = 3
prepay = "multi-year"
horizon_years = 25

[[line]]
metric = "socket"
quantity = 120
edition = "Community"
hosts = 3

[[line]]
metric = "node"
[[line.year]]
quantity = 100
unit_price = "200.00"
[[line.year]]
quantity = "200"
[[line.year]]
quantity = 200

[[line]]
metric = "perpetual"
quantity = 100

[[line]]
metric = "consumption"
quantity = 10000

[discount]
volume = "none"
multi-year = "10%"

[strategic]
program = "lighthouse"
rate = "10%"
reason = "First bank"
duties = ["reference"]
count = 3

[channel]
name = "reseller"
partner = "Acme Partners"
rate = "32%"

[[service]]
name = "migration"
quantity = 65
included_before = "10000.00"

[[clause]]
name = "source-escrow"
reason = "Their regulator"
"#;

static PLAIN: LazyLock<Books> = LazyLock::new(|| super::world::load(BOOK));

fn inside(place: &Place) -> Result<(), TestCaseError> {
    let (span, text) = (&place.span, place.source.text());
    prop_assert!(span.start <= span.end && span.end <= text.len(), "{:?}", span);
    prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
    prop_assert!(place.line() <= text.split('\n').count());
    Ok(())
}

/// There is something to say, each thing points into the text, and showing it does no harm.
fn say_something(faults: &Diagnostics) -> Result<(), TestCaseError> {
    prop_assert!(!faults.is_empty());
    for fault in faults.iter() {
        inside(&fault.place)?;
        fault.related.iter().try_for_each(|(place, _)| inside(place))?;
        prop_assert!(!fault.message.is_empty());
    }
    for width in [0, 7, 80] {
        let plain = render(faults, false, width);
        prop_assert!(plain.contains("error"), "{plain}");
        let moves = |c: char| c.is_control() && c != '\n' || matches!(c, '\u{202a}'..='\u{202e}');
        prop_assert!(!plain.contains(moves), "{plain:?}");
        let coloured = render(faults, true, width);
        prop_assert!(coloured.len() >= plain.len());
    }
    Ok(())
}

fn a_book(text: &str) -> Result<(), TestCaseError> {
    match book::load(&Source::file("pricing.toml", text)) {
        Ok(book) => {
            for metric in book.iter().flat_map(PriceBook::metrics) {
                let name = super::written::quoted(metric.name());
                a_deal(&format!("[[line]]\nmetric = {name}\nquantity = 77\n"), &book)?;
            }
            a_deal(DEAL, &book)
        }
        Err(faults) => say_something(&faults),
    }
}

fn a_deal(text: &str, book: &Books) -> Result<(), TestCaseError> {
    match resolve(text, book) {
        Ok(deal) => {
            let quote = quote(&deal);
            prop_assert!(!dealdesk::quote::json::to_json(&quote).to_string().is_empty());
            let view = QuoteView { quote: &quote, explained: true };
            let _ = (view.document(), view.rows());
            Ok(())
        }
        Err(faults) => say_something(&faults),
    }
}

proptest! {
    #![proptest_config(cases(150))]

    /// Text that never was a book or a deal.
    #[test]
    fn no_text_panics(text in texts::any_text()) {
        a_book(&text)?;
        a_deal(&text, &PLAIN)?;
    }

    /// A book with pieces missing, doubled, replaced or added.
    #[test]
    fn no_damaged_book_panics(text in texts::damaged(BOOK)) {
        a_book(&text)?;
    }

    /// A deal with pieces missing, doubled, replaced or added.
    #[test]
    fn no_damaged_deal_panics(text in texts::damaged(DEAL)) {
        a_deal(&text, &PLAIN)?;
    }
}

/// Depth and length that no person writes.
#[test]
fn no_depth_and_no_length_panics() -> Result<(), TestCaseError> {
    const MANY: usize = 20_000;
    let texts = [
        "[".repeat(MANY),
        "x = ".to_owned() + &"[".repeat(MANY),
        "x = ".to_owned() + &"{ a = ".repeat(MANY),
        "x".to_owned() + &".x".repeat(MANY) + " = 1",
        format!("[x{}]", ".x".repeat(MANY)),
        "x = 1\n".repeat(200),
        format!("line = \"{}\"", "é".repeat(MANY)),
        format!("{} = 1", "k".repeat(MANY)),
        format!("[[line]]\nmetric = \"{}\"\nquantity = 1", "socket".repeat(MANY)),
        format!("[[line]]\nmetric = \"socket\"\nquantity = \"{}5\"", "-".repeat(MANY)),
        format!("[[line]]\nmetric = \"socket\"\nquantity = {}", "9".repeat(MANY)),
        format!("[[line]]\nmetric = \"socket\"\nquantity = \"0.{}1\"", "0".repeat(MANY)),
        format!("[[line]]\nmetric = \"socket\"\nquantity = \"{}1\"", ",".repeat(MANY)),
        "[[line]]\n".repeat(1100),
        BOOK.replace("\"1-2\"", &format!("\"{}\"", "1".repeat(MANY))),
        BOOK.replace("\"1500.00\"", &format!("\"{}1\"", "-".repeat(MANY))),
        BOOK.replace("\"5%\"", &format!("\"{}%\"", "0".repeat(MANY))),
    ];
    for text in texts {
        a_book(&text)?;
        a_deal(&text, &PLAIN)?;
    }
    let source: Arc<Source> = Source::file("pricing.toml", "");
    say_something(&book::load(&source).expect_err("an empty book"))
}
