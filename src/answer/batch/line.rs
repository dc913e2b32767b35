//! The line that chunks move along: threads take them by turns, and hand them over in their order.

use super::bench::ChunkRows;
use super::csv::Chunk;
use super::intake::ChunkReader;
use super::stream::BatchError;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// What is done with chunks.
pub(super) trait ChunkStage: Sync {
    /// A place to work at; each thread has one. What came of a chunk stays there until it is handed
    /// over.
    type WorkerState;

    /// Nothing, if there is no work to be done.
    fn place(&self) -> Option<Self::WorkerState>;

    /// Works on a chunk, and says how many rows it has.
    fn chunk(&self, place: &mut Self::WorkerState, chunk: &Chunk, rows: ChunkRows) -> u64;
}

/// Hands over what came of a chunk, in the order of the input. It is told how many rows came before.
pub(super) type ChunkSink<'h, P> =
    &'h mut (dyn FnMut(&mut P, u64) -> Result<(), BatchError> + Send);

/// Works on every chunk of an input. `progress` is told of each: rows and bytes of the input so far.
pub(super) fn run<W: ChunkStage>(
    work: &W,
    intake: ChunkReader<'_>,
    threads: Option<usize>,
    progress: &(dyn Fn(u64, u64) + Sync),
    hand_over: ChunkSink<'_, W::WorkerState>,
) -> Result<(), BatchError> {
    let threads = intake.threads(threads);
    let line = ChunkPipeline {
        intake: Mutex::new(intake),
        outlet: Mutex::new(OrderedOutput { hand_over, turn: 0, rows: 0, stop: None }),
        turned: Condvar::new(),
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| line.work(work, progress));
        }
        line.work(work, progress);
    });
    let outlet = line.outlet.into_inner().unwrap_or_else(PoisonError::into_inner);
    outlet.stop.map_or(Ok(()), Err)
}

struct ChunkPipeline<'s, 'h, P> {
    intake: Mutex<ChunkReader<'s>>,
    outlet: Mutex<OrderedOutput<'h, P>>,
    turned: Condvar,
}

/// Where chunks go, in the order in which they were taken.
struct OrderedOutput<'h, P> {
    hand_over: ChunkSink<'h, P>,
    /// The chunk whose turn it is.
    turn: u64,
    /// Rows so far.
    rows: u64,
    stop: Option<BatchError>,
}

impl<P> ChunkPipeline<'_, '_, P> {
    /// Takes chunks until there are none.
    fn work<W: ChunkStage<WorkerState = P>>(&self, work: &W, progress: &(dyn Fn(u64, u64) + Sync)) {
        let Some(mut place) = work.place() else { return };
        let mut chunk = lock(&self.intake).room();
        loop {
            let taken = lock(&self.intake).take(&mut chunk);
            let taken = match taken {
                Ok(Some(taken)) => taken,
                Ok(None) => return,
                Err(error) => {
                    lock(&self.outlet).stop.get_or_insert(BatchError::Read(error));
                    self.turned.notify_all();
                    return;
                }
            };
            let rows = work.chunk(&mut place, &chunk, taken.rows);
            let mut outlet = lock(&self.outlet);
            while outlet.turn != taken.turn && outlet.stop.is_none() {
                outlet = self.turned.wait(outlet).unwrap_or_else(PoisonError::into_inner);
            }
            if outlet.stop.is_some() {
                return;
            }
            let before = outlet.rows;
            outlet.stop = (outlet.hand_over)(&mut place, before).err();
            outlet.turn += 1;
            outlet.rows += rows;
            progress(outlet.rows, taken.bytes);
            self.turned.notify_all();
        }
    }
}

/// A thread that panicked has left nothing half done that another one would use.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
