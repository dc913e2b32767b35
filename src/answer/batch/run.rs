//! A batch from its first row to its last: threads price chunks by turns, and hand them over in the order
//! of the input.

use super::column::ColumnLayout;
use super::memo::SharedMemo;
use super::output::{BatchOutput, BatchTarget, ChunkOutput, HEADER, HEADER_WITH_BASIS};
use super::price::RowPricer;
use super::read::{BatchSource, ChunkReader};
use super::summary::Tally;
use super::worker::{RowSink, Worker};
use super::{BatchError, RowFormat};
use std::io::Write;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Settings of a batch that prices rows under one book, or under several at once.
pub struct BatchJob<'a, 'b, const BOOKS: usize = 1> {
    pub pricers: [&'a RowPricer<'b>; BOOKS],
    pub name: &'a str,
    pub ignored: &'a [String],
    /// Number of threads; `None` for as many as there are processors.
    pub threads: Option<usize>,
    /// Called after every chunk with the number of rows so far.
    pub progress: &'a (dyn Fn(u64) + Sync),
}

/// Prices every row of an input, and returns the sums. The output is the same bytes for any number of threads.
/// `errors` gets a header with the first row that cannot be priced, and no byte if all can.
///
/// # Errors
/// The header is wrong, or something cannot be read or written. A row that cannot be priced is no error
/// of the batch.
pub fn run(
    job: &BatchJob<'_, '_>,
    source: BatchSource<'_>,
    mut target: BatchTarget<'_>,
    errors: &mut (dyn Write + Send),
) -> Result<Tally, BatchError> {
    let (reader, layout) = ChunkReader::open(source, job.name, job.ignored)?;
    let [pricer] = job.pricers;
    let (mut format, mut with_basis) = (None, false);
    if let BatchTarget::Text(form, _) | BatchTarget::TextWithBasis(form, _) = &target {
        format = Some(*form);
    }
    match &mut target {
        BatchTarget::Text(RowFormat::Csv, output) => output.write_all(HEADER.as_bytes()),
        BatchTarget::TextWithBasis(form, output) => {
            with_basis = true;
            let header = if *form == RowFormat::Csv { HEADER_WITH_BASIS } else { "" };
            output.write_all(header.as_bytes())
        }
        BatchTarget::Text(RowFormat::JsonLines, _) | BatchTarget::Values(_) => Ok(()),
    }
    .map_err(BatchError::Write)?;
    let mut output = BatchOutput { target, errors, tally: Tally::new(pricer.book()) };
    let sink = || ChunkOutput::new(pricer, &layout, format, with_basis);
    price_chunks(job, reader, &layout, &sink, &mut |chunk, before| output.write(chunk, before))?;
    Ok(output.tally)
}

/// Takes the output of a chunk, in the order of the input. The number is that of the rows before.
type ChunkSink<'h, S> = &'h mut (dyn FnMut(&mut S, u64) -> Result<(), BatchError> + Send);

/// Prices every chunk of an input. Each thread has a worker with a sink of its own.
pub(super) fn price_chunks<S: RowSink<BOOKS>, const BOOKS: usize>(
    job: &BatchJob<'_, '_, BOOKS>,
    reader: ChunkReader<'_>,
    layout: &ColumnLayout,
    sink: &(dyn Fn() -> S + Sync),
    hand_over: ChunkSink<'_, S>,
) -> Result<(), BatchError> {
    let threads = reader.threads(job.threads);
    let shared = std::array::from_fn(|_| SharedMemo::default());
    let (reader, turned) = (Mutex::new(reader), Condvar::new());
    let ordered = Mutex::new(OrderedOutput { hand_over, turn: 0, rows: 0, stop: None });
    let work = || {
        // Every layout has the columns that a worker needs: its header was checked.
        let Some(mut worker) = Worker::new(job.pricers, layout, &shared, sink()) else { return };
        let mut chunk = lock(&reader).new_chunk();
        loop {
            let taken = lock(&reader).take(&mut chunk);
            match taken {
                Ok(true) => {}
                Ok(false) => return,
                Err(error) => {
                    lock(&ordered).stop.get_or_insert(BatchError::Read(error));
                    turned.notify_all();
                    return;
                }
            }
            let rows = worker.price(&chunk);
            let mut output = lock(&ordered);
            while output.turn != chunk.turn && output.stop.is_none() {
                output = turned.wait(output).unwrap_or_else(PoisonError::into_inner);
            }
            if output.stop.is_some() {
                return;
            }
            let before = output.rows;
            output.stop = (output.hand_over)(worker.sink(), before).err();
            output.turn += 1;
            output.rows += rows;
            (job.progress)(output.rows);
            turned.notify_all();
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    let output = ordered.into_inner().unwrap_or_else(PoisonError::into_inner);
    output.stop.map_or(Ok(()), Err)
}

/// Output of chunks, in the order in which they were taken.
struct OrderedOutput<'h, S> {
    hand_over: ChunkSink<'h, S>,
    /// Number of the chunk whose turn it is.
    turn: u64,
    rows: u64,
    stop: Option<BatchError>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
