//! Deals of one customer: whose they are, and what they cost and need together and apart.

mod beside_contracts;
mod commitments;
mod days;
mod decoys;
mod elsewhere;
mod exclusive;
mod following;
mod joined;
mod names;
mod perpetual;
mod rates_taken;
mod revenue;
mod rounding;
mod services;
mod shares;
mod signed;
mod terms;
mod whose;

use crate::support::DAY;
use dealdesk::answer::pipeline::{Check, NamedDeal, SplitNeed, check};
use dealdesk::book::Books;
use dealdesk::number::Date;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};

fn day(text: &str) -> Date {
    Date::parse(text).expect("a date")
}

/// Checks deals that are known by their numbers, from 1 on.
fn with<T>(book: &str, on: &str, deals: &[&str], look: impl FnOnce(&Check<'_, '_>) -> T) -> T {
    with_books(&book::load(&Source::file("pricing.toml", book)).expect("a book"), on, deals, look)
}

fn with_books<T>(
    books: &Books,
    on: &str,
    deals: &[&str],
    look: impl FnOnce(&Check<'_, '_>) -> T,
) -> T {
    let named = deals.iter().enumerate().map(|(at, text)| {
        let draft = deal::read(&Source::file("deal.toml", text));
        let deal = deal::resolve(&draft, books, day(DAY));
        NamedDeal { name: (at + 1).to_string(), deal: Ok(deal.unwrap_or_else(|it| panic!("{it}"))) }
    });
    let named: Vec<_> = named.collect();
    look(&check(&named, books.first(), day(on), None))
}

/// Returns each split as "rule: deals", or as "saved: deals: apart, together as so many units".
fn splits(book: &str, on: &str, deals: &[&str]) -> Vec<String> {
    with(book, on, deals, splits_of)
}

fn splits_of(checked: &Check<'_, '_>) -> Vec<String> {
    let told = checked.splits.iter().map(|split| {
        let deals = split.deals.join(" ");
        match &split.crossing {
            SplitNeed::Pays(saving) => {
                format!("{}: {deals}: {}", saving.saved().plain(2), split.reason)
            }
            SplitNeed::Needs(_) | SplitNeed::Refused => format!("{}: {deals}", split.rule.id),
        }
    });
    told.collect()
}

/// Returns a deal of Acme with one line, and what else it states.
fn acme(metric: &str, quantity: u32, rest: &str) -> String {
    format!("customer = \"Acme\"\n{rest}\n[[line]]\nmetric = \"{metric}\"\nquantity = {quantity}\n")
}
