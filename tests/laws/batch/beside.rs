//! Rows under two books are what they are under each of them, and sum up in any order.

use super::drawn::{File, file};
use super::rows::{Row, csv};
use super::run::{CSV, Ran, desk, priced};
use crate::laws::books::book;
use crate::laws::cases;
use crate::laws::model::Book;
use crate::laws::world::load;
use crate::support::DAY;
use dealdesk::answer::batch::{BatchJob, BatchSource, RowFormat, RowPricer, run_two_books};
use dealdesk::answer::reprice::{HEADER, Impact, RepriceWriter};
use dealdesk::book::Books;
use dealdesk::number::{Date, Total};
use proptest::prelude::*;
use proptest::test_runner::Config;

/// Rows with a book for them, and another one: the same at other prices, or any at all.
fn files() -> impl Strategy<Value = (File, Book)> {
    let other = prop_oneof![1 => book().prop_map(Some), 3 => Just(None)];
    (file(), other, 0..=2_u64).prop_map(|(file, other, half)| {
        let mut new = file.book.clone();
        for tier in new.metrics.iter_mut().step_by(2).flat_map(|metric| &mut metric.tiers) {
            if let Some(price) = &mut tier.price {
                // Whole amounts, which every currency has.
                price.micros = price.micros / 2 / 1_000_000 * half * 1_000_000;
            }
        }
        (file, other.unwrap_or(new))
    })
}

/// Compares rows under two books, and writes the comparison.
fn compared(books: [&Books; 2], code: &str, rows: &[Row], threads: usize) -> (Impact, String) {
    let date = || Date::parse(DAY).expect("a date");
    let [old, new] =
        books.map(|books| RowPricer::new(books, Some(code), date()).expect("a currency"));
    let writer = RepriceWriter::new(old.book(), new.book(), 3, true);
    let job = BatchJob {
        pricers: [&old, &new],
        name: "rows",
        ignored: &[],
        threads: Some(threads),
        progress: &|_| {},
    };
    let (mut impact, mut written) = (writer.output().impact, HEADER.as_bytes().to_vec());
    let rows = csv(rows);
    let mut rows = rows.as_slice();
    let source = BatchSource::Text(RowFormat::Csv, &mut rows);
    let done = run_two_books(&job, source, &|| writer.output(), &mut |output| {
        impact.merge(output.impact);
        written.extend(output.rows);
        Ok(())
    });
    done.unwrap_or_else(|stop| panic!("{stop:?}"));
    (impact, String::from_utf8(written).expect("UTF-8"))
}

/// The unit price, the contract value and the approval of every row under one book; nothing for one
/// that has no price.
fn alone(ran: &Ran, count: usize) -> Vec<[String; 3]> {
    let failed: Vec<u64> = ran.faults().iter().map(|(row, _)| *row).collect();
    let mut priced = ran.rows().into_iter();
    let rows = (1..=count as u64).map(|row| {
        if failed.contains(&row) {
            return Default::default();
        }
        let row = priced.next().expect("a row");
        [row[2].clone(), row[4].clone(), row[6].clone()]
    });
    rows.collect()
}

/// An amount in millionths.
fn exact(text: &str) -> i128 {
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    format!("{whole}{rest:0<6}").parse().expect("an amount")
}

fn sum(totals: impl IntoIterator<Item = Total>) -> Total {
    let mut sum = Total::default();
    totals.into_iter().for_each(|total| sum += total);
    sum
}

proptest! {
    #![proptest_config(Config { max_shrink_iters: 15, ..cases(60) })]

    /// Every row says what a batch says by either book, and the sums are those of both batches.
    #[test]
    fn two_books_at_once_are_two_batches((file, new) in files()) {
        let (old, new) = (load(&file.book.toml()), load(&new.toml()));
        let code = file.book.currencies.main;
        prop_assume!(new.of(code).is_some());
        let ran = [&old, &new].map(|books| priced(&desk(books, Some(code)), &csv(&file.rows), CSV));
        let (impact, written) = compared([&old, &new], code, &file.rows, 2);
        let mut rows = csv::Reader::from_reader(written.as_bytes());
        let [before, after] = ran.each_ref().map(|ran| alone(ran, file.rows.len()));
        let mut read = 0;
        for ((row, before), after) in rows.records().zip(&before).zip(&after) {
            let row = row.expect("CSV");
            prop_assert_eq!([&row[1], &row[3], &row[6]], before.each_ref().map(String::as_str));
            prop_assert_eq!([&row[2], &row[4], &row[7]], after.each_ref().map(String::as_str));
            let is_priced = !before[1].is_empty() && !after[1].is_empty();
            prop_assert_eq!(row[5].is_empty(), !is_priced);
            if is_priced {
                prop_assert_eq!(exact(&row[5]), exact(&after[1]) - exact(&before[1]));
            }
            prop_assert_eq!(row[8].is_empty(), is_priced);
            read += 1;
        }
        prop_assert_eq!(read, file.rows.len());
        prop_assert_eq!(impact.deals(), read as u64);
        let [before, after] = ran.map(|ran| ran.tally);
        prop_assert_eq!(sum([impact.both.tcv[0], impact.lost.total]), before.tcv());
        prop_assert_eq!(sum([impact.both.tcv[1], impact.gained.total]), after.tcv());
        prop_assert_eq!(impact.gained.deals + impact.unpriced.deals, before.failed);
        prop_assert_eq!(impact.failed(), after.failed);
        for side in 0..2 {
            let net = impact.both.tcv[side];
            prop_assert_eq!(sum(impact.metrics().map(|(_, it)| it.tcv[side])), net);
            prop_assert_eq!(sum(impact.moved.values().map(|moved| moved.tcv[side])), net);
        }
        let moved: u64 = impact.moved.values().map(|moved| moved.deals).sum();
        prop_assert_eq!(moved, impact.both.deals);
    }

    /// A book changes nothing of what it says itself.
    #[test]
    fn the_same_book_changes_nothing(file in file()) {
        let books = load(&file.book.toml());
        let (impact, _) = compared([&books, &books], file.book.currencies.main, &file.rows, 1);
        prop_assert_eq!((impact.rises.deals, impact.falls.deals), (0, 0));
        prop_assert_eq!((impact.lost.deals, impact.gained.deals), (0, 0));
        prop_assert_eq!(impact.newly_refused.deals, 0);
        prop_assert_eq!(impact.list[0], impact.list[1]);
        prop_assert_eq!(impact.both.tcv[0], impact.both.tcv[1]);
        prop_assert!(impact.moved.keys().all(|[old, new]| old == new));
        prop_assert_eq!(impact.rises.largest().chain(impact.falls.largest()).count(), 0);
    }

    /// The parts of a file add up to it, in whatever order and however they are put together.
    #[test]
    fn parts_add_up_in_any_order(
        ((file, new), part, keys) in (files(), 1..40_usize, proptest::collection::vec(any::<u32>(), 200)),
    ) {
        let (old, new) = (load(&file.book.toml()), load(&new.toml()));
        let code = file.book.currencies.main;
        prop_assume!(new.of(code).is_some());
        let books = [&old, &new];
        let (whole, _) = compared(books, code, &file.rows, 1);
        let mut parts: Vec<_> =
            file.rows.chunks(part).map(|rows| compared(books, code, rows, 1).0).collect();
        let mut keys = keys.iter().cycle();
        parts.sort_by_cached_key(|_| keys.next());
        // In pairs, until one is left.
        while parts.len() > 1 {
            let last = parts.pop().expect("a part");
            let at = *keys.next().expect("a key") as usize % parts.len();
            parts[at].merge(last);
        }
        prop_assert_eq!(parts.pop(), Some(whole));
    }
}
