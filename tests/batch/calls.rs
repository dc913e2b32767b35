//! The engine is asked for a few rows of a kind, and for no row more.

use crate::support::{DAY, OUR_BOOK};
use dealdesk::answer::batch;
use dealdesk::answer::batch::{BatchJob, BatchSource, BatchTarget, RowFormat, RowPricer};
use dealdesk::approve::{APPROVAL_RULES, ApprovalRule, PricedDeal, Promise, VerdictSink};
use dealdesk::book;
use dealdesk::book::{Metric, PriceBook};
use dealdesk::number::Date;
use dealdesk::text::source::Source;
use std::fmt::Write;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

/// A rule that asks for nothing, and counts the deals that it judges.
#[derive(Debug)]
struct CallCount(AtomicU64);

impl ApprovalRule for CallCount {
    fn judge<'b>(&self, _: &PricedDeal<'_, 'b>, _: &mut dyn VerdictSink<'b>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    fn promises<'b>(&self, _: &'b PriceBook, _: &Metric) -> Vec<Promise<'b>> {
        Vec::new()
    }
}

/// How often the engine is asked to price a file of these rows with our book.
fn calls(rows: &str) -> u64 {
    let count: &'static CallCount = Box::leak(Box::new(CallCount(AtomicU64::new(0))));
    let counted: [&dyn ApprovalRule; 1] = [count];
    let rules: Vec<_> = APPROVAL_RULES.iter().copied().chain(counted).collect();
    let books = book::load(&Source::file("pricing.toml", OUR_BOOK)).expect("the built-in book");
    let date = Date::parse(DAY).expect("a date");
    let pricer = RowPricer::new(&books, None, date).expect("a currency");
    let pricer = pricer.with_rules(Box::leak(rules.into_boxed_slice()));
    let job = BatchJob {
        pricers: [&pricer],
        name: "rows",
        ignored: &[],
        threads: Some(2),
        progress: &|_| {},
    };
    let (mut input, mut output, mut errors) = (rows.as_bytes(), io::sink(), Vec::new());
    let source = BatchSource::Text(RowFormat::Csv, &mut input);
    let target = BatchTarget::Text(RowFormat::Csv, &mut output);
    let tally = batch::run(&job, source, target, &mut errors).expect("a header");
    assert_eq!((tally.failed, errors.len()), (0, 0));
    count.0.load(Ordering::Relaxed)
}

/// A million rows of one kind: 500 quantities of one range by 2,000 rates below the most of a program.
#[test]
fn a_million_like_rows_are_a_few_calls() {
    const HEADER: &str = "id,customer,metric,quantity,term_years,prepay,strategic,strategic_rate\n";
    let mut rows = HEADER.to_owned();
    for at in 0..1_000_000_u32 {
        let (quantity, rate) = (500 + at % 500, at / 500 + 1);
        writeln!(rows, "{at},,socket,{quantity},3,,lighthouse,0.1{rate:04}").expect("a string");
    }
    let asked = calls(&rows);
    assert!((1..200).contains(&asked), "{asked} calls");
    // The count counts: rows that no range holds are asked for one by one.
    let rows: String = (0..100).fold(HEADER.to_owned(), |rows, at| {
        rows + &format!("{at},,consumption,{},3,,lighthouse,0.1\n", 10_000 + at)
    });
    assert!(calls(&rows) >= 100);
}
