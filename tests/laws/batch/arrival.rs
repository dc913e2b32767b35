//! However a file arrives, and whoever prices it: the same bytes.

use super::rows::{NAMES, Row, csv, csv_of, numbered};
use super::run::{CSV, JSON, Ran, Way, desk, priced};
use crate::laws::cases;
use crate::laws::world::load;
use crate::support::OUR_BOOK;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::Config;

/// Rows that come to a few chunks of 512 KiB, with line breaks and quotation marks in the names of
/// customers, and some that are none.
fn long() -> impl Strategy<Value = Vec<Row>> {
    let name = prop_oneof![
        2 => (0..900_usize).prop_map(|length| "n".repeat(length)),
        2 => (0..300_usize).prop_map(|count| "a\n".repeat(count)),
        1 => (0..200_usize).prop_map(|count| "\"q\",\r\n".repeat(count)),
    ];
    let metric = prop_oneof![9 => Just("socket"), 3 => Just("node"), 1 => Just("none such")];
    let row = (name, metric, 1..2000_u32, 1..=3_u32).prop_map(|(name, metric, quantity, term)| {
        let row = Row::of(&[("customer", &name), ("metric", metric)]);
        row.with("quantity", &quantity.to_string()).with("term_years", &term.to_string())
    });
    (vec(row, 400), 6..=9_usize).prop_map(|(rows, times)| {
        let count = rows.len() * times;
        numbered(rows.into_iter().cycle().take(count))
    })
}

fn json(rows: &[Row]) -> Vec<u8> {
    let lines = rows.iter().map(|row| {
        let fields: serde_json::Map<_, _> = NAMES
            .iter()
            .zip(&row.0)
            .map(|(name, text)| ((*name).to_owned(), text.as_str().into()))
            .collect();
        serde_json::Value::Object(fields).to_string() + "\n"
    });
    lines.collect::<String>().into_bytes()
}

proptest! {
    #![proptest_config(Config { max_shrink_iters: 20, ..cases(3) })]

    /// Neither threads nor a slow reader nor the cuts between chunks change a byte, and what no
    /// price depends on changes none either.
    #[test]
    fn the_output_depends_on_nothing_but_the_rows(
        rows in long(), steps in vec(1..70_000_usize, 1..5), front in 0..200_usize,
    ) {
        let book = load(OUR_BOOK);
        let desk = desk(&book, None);
        // What stands in front moves every cut.
        let rows: Vec<_> = std::iter::once(rows[0].clone().with("customer", &"f".repeat(front)))
            .chain(rows.iter().skip(1).cloned()).collect();
        let file = csv(&rows);
        prop_assert!(file.len() > 2 * (512 << 10), "{}", file.len());
        let first = priced(&desk, &file, CSV);
        prop_assert_eq!(first.count(), rows.len() as u64);
        for (threads, steps) in [(2, &[][..]), (3, &steps[..]), (7, &[]), (1, &steps[..])] {
            let ran = priced(&desk, &file, Way { threads, steps, ..CSV });
            same(&ran, &first)?;
        }
        let short = ["id", "metric", "quantity", "term_years"];
        same(&priced(&desk, &csv_of(&rows, &short), CSV), &first)?;
        let lines = json(&rows);
        for (threads, steps) in [(1, &[][..]), (3, &steps[..])] {
            same(&priced(&desk, &lines, Way { threads, steps, ..JSON }), &first)?;
        }
    }
}

fn same(ran: &Ran, first: &Ran) -> Result<(), TestCaseError> {
    prop_assert_eq!(&ran.tally, &first.tally);
    // Megabytes, of which nobody would read a difference.
    let differs = ran.rows().into_iter().zip(first.rows()).find(|(one, other)| one != other);
    prop_assert_eq!(differs, None);
    prop_assert!(ran.output == first.output && ran.faults == first.faults);
    Ok(())
}

/// Byte by byte, over a cut.
#[test]
fn a_reader_may_give_a_byte_at_a_time() {
    let book = load(OUR_BOOK);
    let desk = desk(&book, None);
    let row = Row::of(&[("customer", &"c\n".repeat(400)), ("metric", "core"), ("quantity", "7")]);
    let file = csv(&numbered(vec![row; 700]));
    let first = priced(&desk, &file, CSV);
    assert_eq!(first.count(), 700);
    assert!(file.len() > 512 << 10);
    for steps in [&[1_usize][..], &[2, 1, 3]] {
        assert_eq!(priced(&desk, &file, Way { steps, ..CSV }), first);
    }
}
