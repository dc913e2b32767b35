//! Any bytes at all.

use super::run::{CSV, JSON, Way, desk, priced};
use crate::laws::cases;
use crate::laws::world::load;
use crate::support::OUR_BOOK;
use dealdesk::answer::batch::{BatchJob, BatchSource, BatchTarget, RowFormat, run};
use dealdesk::book::Books;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::LazyLock;

static BOOK: LazyLock<Books> = LazyLock::new(|| load(OUR_BOOK));

const PIECES: &[&[u8]] = &[
    b"\"",
    b"\"\"",
    b",",
    b",\"",
    b"\",",
    b"\n",
    b"\r\n",
    b"\r",
    b"\0",
    b"\xff",
    b"\xc3",
    b"\xef\xbb\xbf",
    b" ",
    b"=1+1",
    b"@x",
    b"-",
    b"0.1",
    b"10%",
    b"5",
    b"500",
    b"99999999999999999999",
    b"socket",
    b"node",
    b"lighthouse",
    b"VMware",
    b"multi-year",
    b"\xe2\x80\xae",
    b"\x1b[2J",
    b"{",
    b"}",
    b":",
    b"\\",
    b"null",
    b"\"id\":",
    b"\"metric\":\"socket\"",
    b"\"quantity\":5",
    b"a,,socket,500,1,,lighthouse,0.1\n",
    b"a,\"b\nc\",socket,500,1,,,\n",
    b"a,b,node,7,3,,research,\r\n",
    b"\n\n\n",
    b"{\"id\":1,\"metric\":\"socket\",\"quantity\":5}\n",
];

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let pieces = vec(select(PIECES), 0..120).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces, 1 => vec(any::<u8>(), 0..300)]
}

proptest! {
    #![proptest_config(cases(250))]

    /// Prices or reports every row in its place without a panic, whatever the threads and readers are.
    #[test]
    fn any_bytes_are_rows_or_faults(bytes in bytes(), step in 1..40_usize, front in 0..3_usize) {
        let desk = desk(&BOOK, None);
        let header = b"id,customer,metric,quantity,term_years,prepay,strategic,strategic_rate\n";
        // What is odd can stand on both sides of a cut.
        let row = format!("f,\"{}\",socket,500,1,,,\n", "g".repeat(65_000));
        let filler = row.repeat([0, 8, 9][front]);
        let csv = [&header[..], filler.as_bytes(), &bytes].concat();
        for (file, way) in [(&csv, CSV), (&bytes, JSON)] {
            let first = priced(&desk, file, way);
            let rows = first.count();
            let told: Vec<_> = first.faults().iter().map(|(row, _)| *row).collect();
            prop_assert!(told.is_sorted_by(|one, other| one < other), "{told:?}");
            prop_assert!(told.last().is_none_or(|last| *last <= rows));
            let is_quiet = |text: &str| !text.contains(|c: char| c.is_control() && c != '\n');
            prop_assert!(is_quiet(&first.output) && is_quiet(&first.faults), "{first:?}");
            for row in first.rows() {
                prop_assert!(!row[0].starts_with(['=', '+', '-', '@']) && row.len() == 7, "{row:?}");
            }
            for threads in [2, 7] {
                prop_assert_eq!(&priced(&desk, file, Way { threads, steps: &[step * 997], ..way }), &first);
            }
        }
    }

    /// Also where a header should be.
    #[test]
    fn any_bytes_are_a_file_or_none(bytes in bytes(), is_csv in any::<bool>()) {
        let desk = desk(&BOOK, None);
        let form = if is_csv { RowFormat::Csv } else { RowFormat::JsonLines };
        let job = BatchJob { pricers: [&desk], name: "x", ignored: &[], threads: Some(2), progress: &|_| {} };
        let (mut input, mut output) = (bytes.as_slice(), Vec::new());
        let source = BatchSource::Text(form, &mut input);
        let _ = run(&job, source, BatchTarget::Text(RowFormat::Csv, &mut output), &mut Vec::new());
    }
}
