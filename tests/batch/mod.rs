//! Prices of another program: deals of a seeded generator, priced with the decimals of Python's
//! standard library.
//!
//! `deals.csv` is the first 2,000 rows of the workload that `benches/README.md` describes: every
//! metric and program, a quarter of the quantities on or beside the edge of a range, names with
//! commas, quotation marks and letters of many alphabets. `prices.csv` was written by the same
//! folder's Python peer.

mod calls;

use crate::support::{DAY, OUR_BOOK};
use dealdesk::answer::batch;
use dealdesk::answer::batch::{BatchJob, BatchSource, BatchTarget, RowFormat, RowPricer};
use dealdesk::book;
use dealdesk::number::Date;
use dealdesk::text::source::Source;

const DEALS: &str = include_str!("deals.csv");
const PRICES: &str = include_str!("prices.csv");

/// Compares every byte of the output, priced by one thread.
#[test]
fn prices_are_those_of_another_program() {
    assert_eq!(priced(DEALS, 1), PRICES);
}

/// Compares a file that several threads have to share.
#[test]
fn prices_are_the_same_in_a_larger_file() {
    let (deals, prices) = (many(DEALS), many(PRICES));
    // Not `assert_eq`, which would show all of it.
    let is_same = priced(&deals, 3) == prices;
    assert!(is_same, "a file of several chunks is not what its parts are");
}

/// Repeats the rows of a file twenty times.
fn many(file: &str) -> String {
    let (header, rows) = file.split_once('\n').expect("a header");
    format!("{header}\n{}", rows.repeat(20))
}

fn priced(deals: &str, threads: usize) -> String {
    let books = book::load(&Source::file("pricing.toml", OUR_BOOK));
    let books = books.expect("the built-in book");
    let date = Date::parse(DAY).expect("a date");
    let pricer = RowPricer::new(&books, None, date).expect("a currency");
    let job = BatchJob {
        pricers: [&pricer],
        name: "deals.csv",
        ignored: &[],
        threads: Some(threads),
        progress: &|_| {},
    };
    let (mut output, mut errors) = (Vec::new(), Vec::new());
    let mut deals = deals.as_bytes();
    let source = BatchSource::Text(RowFormat::Csv, &mut deals);
    let target = BatchTarget::Text(RowFormat::Csv, &mut output);
    let ran = batch::run(&job, source, target, &mut errors);
    assert_eq!((ran.expect("a header").failed, errors.len()), (0, 0));
    String::from_utf8(output).expect("UTF-8")
}
