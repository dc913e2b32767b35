//! What it costs to prove what is so of a book, by the number of its breakpoints.
//!
//! `cargo bench --bench findings` looks at the built-in book and at books that it makes, by turns, and
//! prints medians and ratios.
//!
//! | candidate | what it is |
//! | --- | --- |
//! | built-in | the book of the program |
//! | 250, 500, 1000 tiers | one metric whose price falls at every tier, each ten units wide |
//! | wide | 1000 tiers, each ten thousand units wide: as many breakpoints, a thousand times the quantities |
#![allow(clippy::print_stdout, clippy::expect_used, reason = "a benchmark talks, and stops")]

use dealdesk::answer::book_check::findings;
use dealdesk::book;
use dealdesk::book::Books;
use dealdesk::number::Date;
use dealdesk::text::source::Source;
use std::fmt::Write;
use std::time::Instant;

const ROUNDS: usize = 15;

fn main() {
    let date = Date::parse("2026-11-21").expect("a date");
    let built_in = load(include_str!("../pricing.toml"));
    let books = [
        ("built-in", built_in),
        ("250 tiers", tiers(250, 10)),
        ("500 tiers", tiers(500, 10)),
        ("1000 tiers", tiers(1000, 10)),
        ("wide", tiers(1000, 10_000)),
    ];
    let mut times = vec![Vec::new(); books.len()];
    for _ in 0..ROUNDS {
        for ((_, books), times) in books.iter().zip(&mut times) {
            let start = Instant::now();
            let found = findings(&[books], date);
            times.push(start.elapsed().as_micros());
            assert!(!found.is_empty(), "there is something to find");
        }
    }
    let medians: Vec<u128> = times
        .iter_mut()
        .map(|times| {
            times.sort_unstable();
            times[ROUNDS / 2]
        })
        .collect();
    for ((name, _), median) in books.iter().zip(&medians) {
        println!("{name:12}{median:10} us");
    }
    let ratio = |what: &str, one: usize, other: usize| {
        let hundredths = medians[one] * 100 / medians[other].max(1);
        println!("{what}: {}.{:02}", hundredths / 100, hundredths % 100);
    };
    println!();
    ratio("500 tiers, in times of 250", 2, 1);
    ratio("1000 tiers, in times of 500", 3, 2);
    ratio("1000 wide tiers, in times of 1000", 4, 3);
}

fn load(text: &str) -> Books {
    book::load(&Source::file("pricing.toml", text)).expect("a book")
}

/// A book with so many tiers of one metric, each so many units wide. Each begins below the end of the
/// one before it, so that there is a cliff at every tier.
fn tiers(count: u64, width: u64) -> Books {
    let mut text = "[book]\nname = \"B\"\nversion = \"1\"\ncurrency = \"USD\"\nquote_valid = \"30 days\"\n\
                    [rounding]\nmode = \"half-up\"\n[metric.seat]\ntitle = \"Seat\"\nunit = \"seat\"\n\
                    units = \"seats\"\nper = \"year\"\nmode = \"volume\"\nplaces = 2\n"
        .to_owned();
    for tier in 0..count {
        let from = tier * width + 1;
        let to = if tier + 1 == count { "+".to_owned() } else { format!("-{}", from + width - 1) };
        let cents = 1_000_000_000 / (tier + 10);
        let _ = write!(
            text,
            "[[metric.seat.tiers]]\nquantity = \"{from}{to}\"\nprice = \"{}.{:02}\"\n",
            cents / 100,
            cents % 100
        );
    }
    load(&text)
}
