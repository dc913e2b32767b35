//! What it costs to find the offers that meet a number, by what is free to change.
//!
//! `cargo bench --bench negotiate` asks for 40% off 500 sockets of the built-in book, by turns with
//! each set of free levers, and prints medians, and what one combination costs in times of a quote's price
//! and verdict.
#![allow(clippy::print_stdout, clippy::expect_used, reason = "a benchmark talks, and stops")]

use dealdesk::answer::negotiate::{CustomerRequest, Goal, Search};
use dealdesk::approve::{PricedDeal, route};
use dealdesk::book::Books;
use dealdesk::number::{Date, Rate};
use dealdesk::price::price;
use dealdesk::text::source::Source;
use dealdesk::{book, deal};
use std::hint::black_box;
use std::time::Instant;

const ROUNDS: usize = 15;

const DEAL: &str = "customer = \"Acme Bank\"\nterm_years = 3\n\
                    [[line]]\nmetric = \"socket\"\nquantity = 500\n";

/// Levers that are free beside those that always are, with their settings.
type Free = Vec<(&'static str, Vec<&'static str>)>;

fn main() {
    let date = Date::parse("2026-11-21").expect("a date");
    let source = Source::file("pricing.toml", include_str!("../pricing.toml"));
    let books = book::load(&source).expect("the built-in book");
    let paying: Free = vec![("payment", vec![]), ("billing", vec![]), ("edition", vec![])];
    let metrics = ("metric", vec!["core:8000", "node:1200"]);
    let all: Free = [paying.clone(), vec![("ramp", vec![]), metrics]].concat();
    let quantities: Free = vec![("quantity", vec!["480..520"])];
    let sets = [
        ("by default", vec![]),
        ("payment, billing and edition too", paying),
        ("all but quantity", all),
        ("41 quantities", quantities),
    ];
    let mut times = vec![Vec::new(); sets.len()];
    let mut counts = vec![0; sets.len()];
    for _ in 0..ROUNDS {
        for ((_, free), (times, count)) in sets.iter().zip(times.iter_mut().zip(&mut counts)) {
            let start = Instant::now();
            *count = found(&books, date, free);
            times.push(start.elapsed().as_nanos());
        }
    }
    let one = one(&books, date);
    println!(
        "| free levers | combinations | ms | a combination, in times of one price and verdict |"
    );
    println!("| --- | ---: | ---: | ---: |");
    for ((name, _), (mut times, count)) in sets.iter().zip(times.into_iter().zip(counts)) {
        times.sort_unstable();
        let median = times[ROUNDS / 2];
        let tenths = median * 10 / (u128::from(count) * one);
        let (ms, rest) = (median / 1_000_000, median / 100_000 % 10);
        println!("| {name} | {count} | {ms}.{rest} | {}.{} |", tenths / 10, tenths % 10);
    }
}

/// Looks for the offers, and says how many combinations there are.
fn found(books: &Books, date: Date, free: &[(&str, Vec<&str>)]) -> u64 {
    let draft = deal::read(&Source::file("deal.toml", DEAL));
    let table = CustomerRequest::new(draft, books, date).expect("a deal");
    let goal = Goal::Discount(Rate::parse("40%").expect("a rate"));
    let search = Search::new(&table, goal, free, &[]).expect("levers of the book");
    let outcome = search.run(&table, &|_| true);
    assert!(!outcome.offers.is_empty(), "there are offers");
    outcome.certificate.combinations
}

/// How many nanoseconds a price and a verdict of the deal take.
fn one(books: &Books, date: Date) -> u128 {
    const TURNS: u32 = 10_000;
    let draft = deal::read(&Source::file("deal.toml", DEAL));
    let deal = deal::resolve(&draft, books, date).expect("a deal");
    let start = Instant::now();
    for _ in 0..TURNS {
        let pricing = price(black_box(&deal));
        black_box(route(&PricedDeal { deal: &deal, pricing: &pricing }));
    }
    (start.elapsed().as_nanos() / u128::from(TURNS)).max(1)
}
