//! Time of the batch engine alone, compared with reading its rows.
//!
//! `cargo bench --bench engine` prices rows that it makes, from memory into a sink: no file, no
//! process start. It runs its candidates by turns, so that all of them share whatever the machine
//! does, and prints medians and their ratios. `ROWS=100000` in front of it makes fewer rows.
//!
//! | candidate | what it does |
//! | --- | --- |
//! | reading | the `csv` crate finds every field, and nothing is priced |
//! | one thread, two threads | [`batch::run`] |
//! | one by one | the same deals, written so widely that none is looked up, so that each is priced as `quote` does |
//! | the first thousand, the first | a run of so few rows, for which the engine must be asked first |
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::cast_possible_truncation,
    clippy::type_complexity,
    reason = "a benchmark talks, stops, and makes small numbers"
)]

use dealdesk::answer::batch;
use dealdesk::answer::batch::{BatchJob, BatchSource, BatchTarget, RowFormat, RowPricer};
use dealdesk::book;
use dealdesk::number::Date;
use dealdesk::text::source::Source;
use std::io;
use std::io::Write;
use std::time::Instant;

const ROUNDS: usize = 9;
const ROWS: usize = 1_000_000;

/// Rows that are priced one by one, which takes long.
const ALONE: usize = 20_000;

fn main() {
    let rows = std::env::var("ROWS").ok().and_then(|rows| rows.parse().ok()).unwrap_or(ROWS);
    let books = book::load(&Source::file("pricing.toml", include_str!("../pricing.toml")));
    let books = books.expect("the built-in book");
    let date = Date::parse("2026-11-21").expect("a date");
    let pricer = RowPricer::new(&books, None, date).expect("its first currency");

    let all = deals(rows, "");
    let alone = deals(ALONE, &" ".repeat(64));
    let few = [deals(ALONE, ""), deals(1_000, ""), deals(1, "")];
    assert_eq!(
        prices(&pricer, &alone),
        prices(&pricer, &few[0]),
        "blanks around a text have no meaning"
    );

    let price = |deals: &[u8], threads| run(&pricer, deals, threads, &mut io::sink());
    let mut candidates: [(&str, usize, Box<dyn Fn()>, Vec<u128>); 6] = [
        ("reading", rows, Box::new(|| read(&all)), Vec::new()),
        ("one thread", rows, Box::new(|| price(&all, 1)), Vec::new()),
        ("two threads", rows, Box::new(|| price(&all, 2)), Vec::new()),
        ("one by one", ALONE, Box::new(|| price(&alone, 1)), Vec::new()),
        ("the first thousand", 1_000, Box::new(|| price(&few[1], 1)), Vec::new()),
        ("the first", 1, Box::new(|| price(&few[2], 1)), Vec::new()),
    ];
    for _ in 0..ROUNDS {
        for (_, _, candidate, times) in &mut candidates {
            let start = Instant::now();
            candidate();
            times.push(start.elapsed().as_nanos());
        }
    }
    let each = |place: usize| {
        let (_, rows, _, times) = &candidates[place];
        let mut times = times.clone();
        times.sort_unstable();
        10 * times[ROUNDS / 2] / *rows as u128
    };
    for (place, (name, rows, ..)) in candidates.iter().enumerate() {
        let tenths = each(place);
        println!("{name:<20} {rows:>9} rows {:>9}.{} ns a row", tenths / 10, tenths % 10);
    }
    let ratio = |name, over: usize, under: usize| {
        let percent = 100 * each(over) / each(under).max(1);
        println!("{name:<42} {:>6}.{:02}", percent / 100, percent % 100);
    };
    println!();
    ratio("pricing, in times of reading alone", 1, 0);
    ratio("two threads, in times of one", 1, 2);
    ratio("a row by itself, in times of one looked up", 3, 1);
    ratio("a row of the first thousand, the same", 4, 1);
    ratio("the first row, the same", 5, 1);
}

fn run(pricer: &RowPricer<'_>, mut deals: &[u8], threads: usize, output: &mut (dyn Write + Send)) {
    let job = BatchJob {
        pricers: [pricer],
        name: "deals.csv",
        ignored: &[],
        threads: Some(threads),
        progress: &|_| {},
    };
    let source = BatchSource::Text(RowFormat::Csv, &mut deals);
    let target = BatchTarget::Text(RowFormat::Csv, output);
    let tally = batch::run(&job, source, target, &mut io::sink()).expect("a header");
    assert_eq!(tally.failed, 0, "every row has a price");
}

fn prices(pricer: &RowPricer<'_>, deals: &[u8]) -> Vec<u8> {
    let mut output = Vec::new();
    run(pricer, deals, 1, &mut output);
    output
}

fn read(deals: &[u8]) {
    let mut reader = csv::Reader::from_reader(deals);
    let mut record = csv::ByteRecord::new();
    let mut length = 0;
    while reader.read_byte_record(&mut record).expect("CSV") {
        length += record.iter().map(<[u8]>::len).sum::<usize>();
    }
    std::hint::black_box(length);
}

/// Makes the same deals every time, with blanks behind the payment term.
fn deals(rows: usize, blanks: &str) -> Vec<u8> {
    let mut text =
        b"id,customer,metric,quantity,term_years,prepay,strategic,strategic_rate\n".to_vec();
    let mut state = 1_u64;
    // Numbers without a pattern that matters here: a linear congruence, of which the high bits.
    let mut any = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let customers = ["Acme Bank", "Globex Logistics LLC", "\"Initech, Inc.\"", "Zürich Rück"];
    let metrics = [("socket", 3), ("core", 16), ("node", 1)];
    let programs =
        [("first-customer", 2_500), ("lighthouse", 3_000), ("competitive-displacement", 2_000)];
    for row in 1..=rows {
        let customer = customers[any(4) as usize];
        let (metric, least) = metrics[any(3) as usize];
        let most = 10_u64.pow(1 + any(4) as u32);
        let quantity = least + any(most);
        let term = 1 + any(5);
        let prepay = if term > 1 && any(2) == 0 { "multi-year" } else { "annual" };
        let (program, rate) = match programs.get(any(6) as usize) {
            Some((program, most)) => (*program, format!("0.{:04}", any(most + 1))),
            None => ("", String::new()),
        };
        writeln!(
            text,
            "D{row:08},{customer},{metric},{quantity},{term},{prepay}{blanks},{program},{rate}"
        )
        .expect("memory");
    }
    text
}
