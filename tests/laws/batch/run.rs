//! A batch in memory.

use crate::support::DAY;
use dealdesk::answer::batch::{
    BatchJob, BatchSource, BatchTarget, HEADER, RowFormat, RowPricer, Tally, run,
};
use dealdesk::book::Books;
use dealdesk::number::Date;
use std::io;
use std::io::Read;

/// Output of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ran {
    /// The output, without its header.
    pub output: String,
    pub faults: String,
    pub tally: Tally,
}

/// How a file is read.
#[derive(Debug, Clone, Copy)]
pub struct Way<'a> {
    pub form: RowFormat,
    pub threads: usize,
    /// How many bytes a reader gives at once: these by turns, and as many as fit if there are none.
    pub steps: &'a [usize],
    pub ignored: &'a [String],
}

pub const CSV: Way<'static> = Way { form: RowFormat::Csv, threads: 1, steps: &[], ignored: &[] };
pub const JSON: Way<'static> = Way { form: RowFormat::JsonLines, ..CSV };

/// Prices rows in one currency of a book.
pub fn desk<'b>(books: &'b Books, currency: Option<&str>) -> RowPricer<'b> {
    RowPricer::new(books, currency, Date::parse(DAY).expect("a date"))
        .expect("a currency of the book")
}

/// Prices a file that begins as it should.
pub fn priced(desk: &RowPricer<'_>, file: &[u8], way: Way<'_>) -> Ran {
    let job = BatchJob {
        pricers: [desk],
        name: "rows",
        ignored: way.ignored,
        threads: Some(way.threads),
        progress: &|_| {},
    };
    let mut input = Slow { bytes: file, steps: way.steps.iter().copied().cycle(), asked: 0 };
    let (mut output, mut faults) = (Vec::new(), Vec::new());
    let source = BatchSource::Text(way.form, &mut input);
    let target = BatchTarget::Text(RowFormat::Csv, &mut output);
    let tally = run(&job, source, target, &mut faults);
    let tally = tally.unwrap_or_else(|stop| panic!("{stop:?}"));
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let output = text(output);
    let output = output.strip_prefix(HEADER).expect("a header").to_owned();
    Ran { output, faults: text(faults), tally }
}

impl Ran {
    /// The rows of the output, as others read them.
    pub fn rows(&self) -> Vec<Vec<String>> {
        records(&self.output)
    }

    /// Each fault with the number of its row.
    pub fn faults(&self) -> Vec<(u64, Vec<String>)> {
        let faults = records(&self.faults);
        let mut faults = faults.into_iter();
        if let Some(header) = faults.next() {
            assert_eq!(header, ["row", "id", "error"]);
        }
        faults.map(|fault| (fault[0].parse().expect("a number"), fault)).collect()
    }

    /// How many rows there were, after a look at whether that adds up.
    pub fn count(&self) -> u64 {
        let (priced, failed) = (self.rows().len() as u64, self.faults().len() as u64);
        assert_eq!((self.tally.priced(), self.tally.failed), (priced, failed), "{self:?}");
        priced + failed
    }
}

fn records(text: &str) -> Vec<Vec<String>> {
    let mut file = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let rows = file.records().map(|row| row.unwrap_or_else(|error| panic!("{error}: {text:?}")));
    rows.map(|row| row.iter().map(str::to_owned).collect()).collect()
}

/// A reader that gives a few bytes at once, and is interrupted now and then.
struct Slow<'f, I> {
    bytes: &'f [u8],
    steps: I,
    asked: usize,
}

impl<I: Iterator<Item = usize>> Read for Slow<'_, I> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.asked += 1;
        if self.asked.is_multiple_of(5) {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let step = self.steps.next().unwrap_or(buffer.len()).min(buffer.len());
        self.bytes.read(&mut buffer[..step])
    }
}
