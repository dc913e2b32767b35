//! CSV as others read it, and what is none.

use super::alone::held_alone;
use super::rows::{Row, numbered};
use super::run::{CSV, Ran, Way, desk, priced};
use crate::laws::cases;
use crate::laws::world::load;
use crate::support::OUR_BOOK;
use dealdesk::book::Books;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::LazyLock;

static BOOK: LazyLock<Books> = LazyLock::new(|| load(OUR_BOOK));

const COLUMNS: [&str; 4] = ["id", "customer", "metric", "quantity"];

/// A field and whether it is put in quotation marks without need.
fn field(texts: &'static [&'static str]) -> impl Strategy<Value = (String, bool)> {
    let pieces =
        vec(select(&["a", "b", " ", ",", "\"", "\n", "\r\n", "é", "\"\"", "'", "="][..]), 0..5);
    let text = prop_oneof![3 => select(texts).prop_map(str::to_owned), 2 => pieces.prop_map(|it| it.concat())];
    (text, any::<bool>())
}

/// As it stands in a file. A mark that does not begin a field is a character like any other.
fn written((text, is_quoted): &(String, bool), all: bool) -> String {
    let needs = text.starts_with('"') || text.contains([',', '\n', '\r']);
    if needs || *is_quoted || all {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.clone()
    }
}

proptest! {
    #![proptest_config(cases(150))]

    /// Quotation marks, commas and line breaks in fields, ends of lines as on Windows, a mark of
    /// the byte order, blank lines and no line break at the end: the rows are those that the `csv`
    /// crate reads.
    #[test]
    fn csv_is_read_as_others_read_it(
        rows in vec([field(&["1", "A-7", ""]), field(&["Acme", ""]), field(&["socket", "core"]), field(&["5", "120", "0"])], 0..12),
        (windows, mark, closed, all, blank) in any::<(bool, bool, bool, bool, u16)>(),
        step in 1..9_usize,
    ) {
        let end = if windows { "\r\n" } else { "\n" };
        let lines = rows.iter().enumerate().map(|(at, row)| {
            let line = row.iter().map(|field| written(field, all)).collect::<Vec<_>>().join(",");
            let blank = if blank >> at & 1 == 1 { end } else { "" };
            format!("{line}{end}{blank}")
        });
        let mut file = format!("{}{end}{}", COLUMNS.join(","), lines.collect::<String>());
        if !closed {
            file.truncate(file.trim_end_matches(['\r', '\n']).len());
        }
        let mut reader = csv::Reader::from_reader(file.as_bytes());
        let read: Vec<_> = reader.records().map(|row| {
            let row = row.expect("CSV");
            COLUMNS.iter().zip(row.iter()).fold(Row::default(), |it, (name, text)| it.with(name, text))
        }).collect();
        prop_assert_eq!(read.len(), rows.len());
        let file = format!("{}{file}", if mark { "\u{feff}" } else { "" });
        let ran = priced(&desk(&BOOK, None), file.as_bytes(), Way { steps: &[step], ..CSV });
        held_alone(&ran, &read, &BOOK, "USD")?;
    }

    /// A row that is none is told once, by its number, and hides no other: whatever stands in it,
    /// and in front of it and behind it.
    #[test]
    fn a_bad_row_is_told_once_and_hides_none(
        rows in vec((prop::option::weighted(0.4, bad()), select(GOOD)), 1..16),
        windows in any::<bool>(), closed in any::<bool>(), threads in 1..4_usize,
    ) {
        let end = if windows { "\r\n" } else { "\n" };
        let lines = rows.iter().enumerate().map(|(at, (bad, good))| {
            bad.clone().unwrap_or_else(|| format!("r{at},{good},socket,500"))
        });
        let mut file = format!("{}{end}{}", COLUMNS.join(","), lines.collect::<Vec<_>>().join(end));
        if closed {
            file += end;
        }
        let ran = priced(&desk(&BOOK, None), file.as_bytes(), Way { threads, ..CSV });
        let is_told = |at: &usize| rows[*at].0.is_some();
        let (told, good): (Vec<usize>, Vec<usize>) = (0..rows.len()).partition(is_told);
        let faults: Vec<_> = ran.faults().iter().map(|(row, _)| *row).collect();
        prop_assert_eq!(faults, told.iter().map(|at| *at as u64 + 1).collect::<Vec<_>>());
        let ids: Vec<_> = ran.rows().into_iter().map(|row| row[0].clone()).collect();
        prop_assert_eq!(ids, good.iter().map(|at| format!("r{at}")).collect::<Vec<_>>());
        prop_assert_eq!(ran.count(), rows.len() as u64);
    }
}

/// Customers that leave no doubt about where a mark opens and where it closes.
const GOOD: &[&str] =
    &["", "Acme", "\"Acme\"", "\"A, B\"", "\"A\nB\"", "\"A \"\"B\"\"\"", "5\" disk", "\"x\r\ny\""];

fn bad() -> impl Strategy<Value = String> {
    let short = select(
        &[
            "x",
            "x,Acme,socket",
            "x,Acme,socket,5,6",
            ",,,,",
            "x,\"Acme,socket,5",
            "\"x,Acme,socket,5",
            "x,Acme,socket,\"5",
            "x,\"Acme\"s,socket,5",
            "x,\"Acme\" ,socket,5",
            "x,\"Ac\"me\",socket,5",
            "x,\"Acme\",socket",
            "x,\"A,B\",C,socket,5",
            "\"\"x,\"A\",socket,5",
            ",Acme,socket,5",
            "\"\",Acme,socket,500",
            "\" \",Acme,socket,500",
            "x,Acme,,5",
            "x,Acme,socket,",
            "x,Acme,socket,five",
        ][..],
    );
    let long = select(&[65_600_usize, 200_000, 524_288, 600_000, 1_100_000][..]);
    prop_oneof![
        12 => short.prop_map(str::to_owned),
        1 => long.clone().prop_map(|length| format!("x,\"{}\",socket,500", "q".repeat(length))),
        1 => long.prop_map(|length| format!("x,{},socket,500", "q".repeat(length.max(524_288)))),
    ]
}

/// Reads a quotation mark alike wherever it stands in a file, which is searched in pieces.
#[test]
fn a_mark_means_the_same_wherever_it_stands() {
    for ahead in 0..130 {
        for (customer, is_row) in [
            ("\"A, B\"", true),
            ("\"A \"\"B\"\"\"", true),
            ("\"\"", true),
            ("5\"", true),
            ("\"Acme\"s", false),
            ("\"Acme\"\r", false),
        ] {
            // Two of them could be taken for one field with rows in it.
            for next in ["", customer] {
                let rows = [&"q".repeat(ahead), customer, next];
                let rows = rows.map(|customer| format!("r,{customer},socket,500\n")).concat();
                let file = format!("{}\n{rows}", COLUMNS.join(","));
                let ran = priced(&desk(&BOOK, None), file.as_bytes(), CSV);
                let faults = if is_row { 0 } else { 1 + usize::from(!next.is_empty()) };
                let counts = (ran.rows().len(), ran.faults().len());
                assert_eq!(counts, (3 - faults, faults), "{customer} behind {ahead} bytes");
            }
        }
    }
}

/// A row may be as long as it likes up to 512 KiB, and a field in quotation marks up to 64.
#[test]
fn the_limits_of_rows_and_fields_are_where_they_are() {
    let of = |customer: &str| -> Ran {
        let file = format!("{}\nr1,{customer},socket,500\nr2,,socket,500\n", COLUMNS.join(","));
        priced(&desk(&BOOK, None), file.as_bytes(), CSV)
    };
    let row = "r1,,socket,500\n".len();
    for (length, is_priced) in
        [(1, true), ((512 << 10) - row, true), ((512 << 10) - row + 1, false)]
    {
        let ran = of(&"q".repeat(length));
        assert_eq!(ran.rows().len(), 1 + usize::from(is_priced), "{length}");
        assert_eq!(ran.count(), 2);
    }
    for (length, is_priced) in [(1, true), ((64 << 10) - 2, true), (64 << 10, false)] {
        let ran = of(&format!("\"{}\"", "q".repeat(length)));
        assert_eq!(ran.rows().len(), 1 + usize::from(is_priced), "{length}");
        assert_eq!(ran.count(), 2);
    }
}

/// An id that is none is a fault of its row however many rows are alike, and wherever it stands.
#[test]
fn a_row_without_an_id_is_told_among_its_like() {
    let ids: [&[u8]; 8] = [b"a", b"", b"\"\"", b" ", b"\"  \"", b"\xff", b"\"\xff\"", b"b"];
    let rows = ids.iter().cycle().take(40);
    let mut file = b"id,metric,quantity\n".to_vec();
    for id in rows {
        file.extend([id, &b",socket,500\n"[..]].concat());
    }
    let ran = priced(&desk(&BOOK, None), &file, CSV);
    let ids: Vec<_> = ran.rows().into_iter().map(|row| row[0].clone()).collect();
    assert_eq!(ids, ["a", "b"].repeat(5));
    assert_eq!(ran.count(), 40);
}

/// Columns in another order, in quotation marks, and some that are to be left out.
#[test]
fn columns_stand_in_any_order() -> Result<(), TestCaseError> {
    let rows = [500, 1, 3, 49, 50, 1000].map(|quantity: u32| {
        let row =
            Row::of(&[("metric", "socket"), ("strategic", "lighthouse"), ("term_years", "3")]);
        row.with("quantity", &quantity.to_string()).with("strategic_rate", "0.1")
    });
    let rows = numbered(rows);
    let columns = [
        "strategic_rate",
        "note",
        "quantity",
        "strategic",
        "x",
        "id",
        "term_years",
        "note",
        "metric",
    ];
    let quoted = columns.map(|name| format!(" \"{name}\"")).join(",");
    for header in [columns.join(","), quoted] {
        let lines = rows.iter().map(|row| {
            let text =
                |name: &&str| if name.len() > 4 || *name == "id" { row.text(name) } else { "?" };
            columns.iter().map(text).collect::<Vec<_>>().join(",") + "\n"
        });
        let file = format!("{header}\n{}", lines.collect::<String>());
        let ignored = ["note".to_owned(), "x".to_owned()];
        let ran = priced(&desk(&BOOK, None), file.as_bytes(), Way { ignored: &ignored, ..CSV });
        held_alone(&ran, &rows, &BOOK, "USD")?;
    }
    Ok(())
}
