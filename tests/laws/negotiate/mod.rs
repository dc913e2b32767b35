//! The search for offers, held against trying every deal of books that are small enough for it.
//!
//! | module | what it holds |
//! | --- | --- |
//! | `books`, `goals` | a small book and a number, and how they are drawn |
//! | `paying` | ways to pay, some of which programs include or need, and what they make of a price |
//! | `trying` | every deal of such a book: an enumeration that owes the search nothing |
//!
//! | module | what its laws say |
//! | --- | --- |
//! | `frontier` | what is offered is all that is worth offering, for everything that is sold flat |
//! | `present` | the same where ways to pay are free, and it can count what payments are worth |
//! | `several` | the same of ramps and of several lines, as far as it holds of them |
//! | `offers` | an offer is what a quote says of its deal file, and gives nothing that it need not |
//! | `certificate` | what comes closest is the best there is, and what binds does bind |
//! | `steps` | rates are multiples of a step, and the best on that grid |

mod books;
mod certificate;
mod frontier;
mod goals;
mod offers;
mod paying;
mod present;
mod several;
mod steps;
mod trying;

use crate::findings::day;
use books::Small;
use dealdesk::answer::negotiate::{CustomerRequest, Goal, Search, SearchResult};
use dealdesk::book::Books;
use trying::draft;

/// What is on the table of a deal.
fn table<'b>(books: &'b Books, deal: &str) -> CustomerRequest<'b> {
    CustomerRequest::new(draft(deal), books, day()).unwrap_or_else(|faults| panic!("{faults}"))
}

/// A search with every lever that is free by itself, and with every program.
fn search<'b>(
    table: &CustomerRequest<'b>,
    small: &Small,
    goal: Goal,
    locked: &[&str],
) -> Search<'b> {
    let names: Vec<_> = (0..small.programs.len()).map(|at| format!("p{at}")).collect();
    // One that excludes other discounts is tried where it is named.
    let named = ("program", names.iter().map(String::as_str).collect());
    let free: Vec<_> = Some(named).filter(|_| !names.is_empty()).into_iter().collect();
    Search::new(table, goal, &free, locked).expect("levers")
}

/// All of what a search finds.
fn found<'b>(table: &CustomerRequest<'b>, search: &Search<'b>) -> SearchResult<'b> {
    search.run(table, &|_| true)
}
