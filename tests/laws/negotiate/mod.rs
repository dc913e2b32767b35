//! The search for offers, held against trying every deal of books that are small enough for it.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `books`, `goals` | a small book and a number, and how they are drawn |
//! | `trying` | every deal of such a book: an enumeration that owes the search nothing |
//!
//! | module | what its laws say |
//! | --- | --- |
//! | `offers` | what is offered is all that is worth offering, and each offer is real |

mod books;
mod goals;
mod offers;
mod trying;

use crate::findings::day;
use books::Small;
use dealdesk::book::Books;
use dealdesk::negotiate::{Outcome, Search, Table};
use goals::Wish;
use trying::{Told, draft};

/// What is on the table of a deal.
fn table<'b>(books: &'b Books, deal: &str) -> Table<'b> {
    Table::new(draft(deal), books, day()).unwrap_or_else(|faults| panic!("{faults}"))
}

/// A search with every lever that is free by itself, and with every program.
fn search<'b>(table: &Table<'b>, small: &Small, wish: Wish) -> Search<'b> {
    let names: Vec<_> = (0..small.programs.len()).map(|at| format!("p{at}")).collect();
    // One that excludes other discounts is tried where it is named.
    let named = ("program", names.iter().map(String::as_str).collect());
    let free: Vec<_> = Some(named).filter(|_| !names.is_empty()).into_iter().collect();
    Search::new(table, wish.goal(), &free, &[]).expect("levers")
}

/// All of what a search finds.
fn found<'b>(table: &Table<'b>, search: &Search<'b>) -> Outcome<'b> {
    search.run(table, &|_| true)
}

fn told(offer: &dealdesk::negotiate::Offer<'_>) -> Told {
    Told {
        level: offer.level().height(),
        reviews: offer.verdict.reviews().len(),
        tcv: offer.tcv(),
        years: offer.commitment.years,
        months_ahead: offer.commitment.months_ahead,
        programs: offer.commitment.programs.iter().cloned().collect(),
    }
}
