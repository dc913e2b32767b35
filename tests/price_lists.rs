//! The books of `examples/books`: price lists of other vendors, each with its figures as examples.

use crate::findings::day;
use crate::support::root;
use dealdesk::answer::book_check::findings;
use dealdesk::document::{Answer as _, Canvas, terminal};
use dealdesk::quote::quote;
use dealdesk::quote::text::QuoteView;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};
use std::fs;
use std::path::PathBuf;

fn books() -> Vec<PathBuf> {
    let folder = fs::read_dir(root().join("examples/books")).expect("the books");
    let mut paths: Vec<_> = folder.map(|entry| entry.expect("a file").path()).collect();
    paths.sort();
    paths
}

/// Every example has its figures, and every book has an example.
#[test]
fn every_example_holds() {
    for path in books() {
        let name = path.display();
        let text = fs::read_to_string(&path).expect("a book");
        let source = Source::file(&name.to_string(), &text);
        let books = book::load(&source).unwrap_or_else(|faults| panic!("{name}: {faults}"));
        assert!(!deal::examples(&source).is_empty(), "{name} proves nothing");
        let found = findings(&[&books], day());
        let differ: Vec<_> = found.iter().filter(|it| it.code.name == "example-differs").collect();
        assert!(differ.is_empty(), "{name}: {differ:?}");
    }
}

/// A deal is written as it is read, and its quote is drawn in each width.
#[test]
fn every_example_is_quoted_as_it_is_written() {
    for path in books() {
        let text = fs::read_to_string(&path).expect("a book");
        let source = Source::file("book.toml", &text);
        let books = book::load(&source).expect("a book");
        for example in deal::examples(&source) {
            let Ok(deal) = deal::resolve(&example.draft, &books, day()) else { continue };
            let written = deal::to_toml(&deal);
            let read = deal::read(&Source::file("deal.toml", &written));
            let again = deal::resolve(&read, &books, day());
            let again = again.unwrap_or_else(|faults| panic!("{}: {faults}", path.display()));
            let (one, other) = (quote(&deal), quote(&again));
            assert_eq!(one.pricing.totals, other.pricing.totals, "{}", path.display());
            let view = QuoteView { quote: &one, explained: true };
            for width in [60, 120] {
                let drawn = terminal(&view.document(), Canvas { width, colored: false });
                assert!(drawn.contains(&deal.book().currency().show(one.pricing.totals.tcv)));
            }
        }
    }
}
