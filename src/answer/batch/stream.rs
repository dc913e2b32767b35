//! Rows in, prices out: chunks that threads take by turns and write in their order.

use super::bench::{ChunkResult, ChunkRows, Worker};
use super::csv::Chunk;
use super::desk::RowPricer;
use super::intake::ChunkReader;
use super::line::ChunkStage;
use super::pen::HEADER;
use super::shared::SharedMemo;
use super::tally::Tally;
use super::{ColumnLayout, line};
use crate::text;
use crate::text::diagnostic::Diagnostics;
use std::io;
use std::io::{Read, Write};

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFormat {
    /// With a header.
    Csv,
    /// An object in each line.
    JsonLines,
}

/// What is to be done.
pub struct BatchJob<'a, 'b> {
    /// Where rows are priced.
    pub desk: &'a RowPricer<'b>,
    /// How the input is written.
    pub form: RowFormat,
    /// How the output is to be written.
    pub written: RowFormat,
    /// What the input is called.
    pub name: &'a str,
    /// Columns that say nothing.
    pub ignored: &'a [String],
    /// How many threads price rows; nothing for as many as there are processors.
    pub threads: Option<usize>,
    /// Told of every chunk: rows and bytes of the input so far.
    pub progress: &'a (dyn Fn(u64, u64) + Sync),
}

/// Why a batch stopped.
#[derive(Debug)]
pub enum BatchError {
    /// The header is wrong.
    Header(Diagnostics),
    /// The input cannot be read.
    Read(io::Error),
    /// The output cannot be written.
    Write(io::Error),
    /// The faults of rows cannot be written.
    WriteErrors(io::Error),
}

/// Prices every row of an input.
///
/// The output is the same bytes for any number of threads. `faults` gets a header with the first row
/// that cannot be priced, and nothing if all can.
///
/// # Errors
/// The header is wrong, or something cannot be read or written. A row that cannot be priced is none.
pub fn run(
    job: &BatchJob<'_, '_>,
    input: &mut (dyn Read + Send),
    output: &mut (dyn Write + Send),
    faults: &mut (dyn Write + Send),
) -> Result<Tally, BatchError> {
    let (intake, layout) = ChunkReader::open(job, input)?;
    if job.written == RowFormat::Csv {
        output.write_all(HEADER.as_bytes()).map_err(BatchError::Write)?;
    }
    let pricing = PricingStage { job, layout: &layout, shared: &SharedMemo::default() };
    let mut outlet = BatchOutput { output, faults, tally: Tally::new(job.desk) };
    let mut put = |bench: &mut Worker<'_, '_>, before| outlet.put(bench.done(), before);
    line::run(&pricing, intake, job.threads, job.progress, &mut put)?;
    Ok(outlet.tally)
}

/// Rows are priced at benches.
struct PricingStage<'p, 'a, 'b> {
    job: &'p BatchJob<'a, 'b>,
    layout: &'p ColumnLayout,
    shared: &'p SharedMemo,
}

impl<'p, 'b> ChunkStage for PricingStage<'p, '_, 'b> {
    type WorkerState = Worker<'p, 'b>;

    fn place(&self) -> Option<Self::WorkerState> {
        Worker::new(self.job.desk, self.layout, self.shared, self.job.written)
    }

    fn chunk(&self, bench: &mut Self::WorkerState, chunk: &Chunk, rows: ChunkRows) -> u64 {
        bench.price(chunk, rows).rows
    }
}

/// Where priced rows go.
struct BatchOutput<'s> {
    output: &'s mut (dyn Write + Send),
    faults: &'s mut (dyn Write + Send),
    tally: Tally,
}

impl BatchOutput<'_> {
    /// Writes a chunk, behind so many rows.
    fn put(&mut self, done: &ChunkResult, before: u64) -> Result<(), BatchError> {
        self.output.write_all(done.page.written()).map_err(BatchError::Write)?;
        if !done.faults.is_empty() {
            let mut table = ::csv::Writer::from_writer(Vec::new());
            let mut rows: Vec<[String; 3]> = Vec::new();
            if self.tally.failed == 0 {
                rows.push(["row", "id", "error"].map(str::to_owned));
            }
            rows.extend(done.faults.iter().map(|fault| {
                let row = (before + fault.row).to_string();
                [row, text::cell(&fault.id).into_owned(), text::cell(&fault.error).into_owned()]
            }));
            let written = rows.iter().try_for_each(|row| table.write_record(row));
            let bytes = written.map_err(io::Error::other).and_then(|()| {
                table.into_inner().map_err(|error| io::Error::other(error.to_string()))
            });
            bytes
                .and_then(|bytes| self.faults.write_all(&bytes))
                .map_err(BatchError::WriteErrors)?;
        }
        self.tally.add(&done.tally);
        Ok(())
    }
}
