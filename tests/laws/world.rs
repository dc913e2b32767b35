//! A random book with a random deal on it.

use super::books::book;
use super::deals::wish;
use super::model::{Book, Deal};
use dealdesk::book::Books;
use dealdesk::number::Date;
use dealdesk::text::diagnostic::Checked;
use dealdesk::text::source::Source;
use dealdesk::{book as books, deal};
use proptest::prelude::*;

/// A book and what somebody wants of it.
#[derive(Debug, Clone)]
pub struct World {
    pub book: Book,
    pub deal: Deal,
}

/// Any book with any deal on it.
pub fn world() -> impl Strategy<Value = World> {
    (book(), wish()).prop_map(|(book, wish)| World { deal: wish.of(&book), book })
}

impl World {
    pub fn load(&self) -> Books {
        load(&self.book.toml())
    }

    /// The deal, if its figures are within what the engine calculates with.
    pub fn resolve<'b>(&self, book: &'b Books) -> Option<deal::Deal<'b>> {
        resolve(&self.deal.toml(&self.book), book).ok()
    }
}

/// A book that has to be valid.
pub fn load(text: &str) -> Books {
    let loaded = books::load(&Source::file("pricing.toml", text));
    loaded.unwrap_or_else(|faults| unreachable!("{faults}\n{text}"))
}

/// A deal that somebody wrote.
pub fn resolve<'b>(text: &str, book: &'b Books) -> Checked<deal::Deal<'b>> {
    let draft = deal::read(&Source::file("deal.toml", text));
    deal::resolve(&draft, book, Date::parse(crate::support::DAY).expect("a date"))
}

proptest! {
    #![proptest_config(super::cases(400))]

    /// What the generator takes for a valid book is one. Elsewhere nothing would be tried.
    #[test]
    fn a_generated_book_loads(world in world()) {
        let text = world.book.toml();
        let loaded = books::load(&Source::file("pricing.toml", &text));
        prop_assert!(loaded.is_ok(), "{}\n{text}", loaded.err().map_or_else(String::new, |it| it.to_string()));
    }

    /// And what it takes for a deal of that book resolves, unless its figures are too long.
    #[test]
    fn a_generated_deal_resolves(world in world()) {
        let book = world.load();
        let text = world.deal.toml(&world.book);
        if let Err(faults) = resolve(&text, &book) {
            for fault in faults.iter() {
                prop_assert_eq!(fault.code.name(), "too-many-digits", "{}\n{}", fault.message, text);
            }
        }
    }
}
