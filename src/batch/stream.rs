//! Rows in, prices out: chunks that threads take by turns and write in their order.

use super::Layout;
use super::bench::{Bench, Done, Rows};
use super::csv::{self, Chunk, Cutter, PADDING, Scan};
use super::desk::Desk;
use super::pen::HEADER;
use super::row::FRONT;
use super::shared::Shared;
use super::tally::Tally;
use crate::diagnostic::Faults;
use crate::text;
use std::io::{self, Read, Write};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many bytes a thread takes at once. No row is longer.
const CHUNK: usize = 512 << 10;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// With a header.
    Csv,
    /// An object in each line.
    JsonLines,
}

/// What is to be done.
pub struct Job<'a, 'b> {
    /// Where rows are priced.
    pub desk: &'a Desk<'b>,
    /// How the input is written.
    pub form: Form,
    /// How the output is to be written.
    pub written: Form,
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
pub enum Stop {
    /// The header is wrong.
    Header(Faults),
    /// The input cannot be read.
    Read(io::Error),
    /// The output cannot be written.
    Write(io::Error),
    /// The faults of rows cannot be written.
    WriteFaults(io::Error),
}

/// Prices every row of an input.
///
/// The output is the same bytes for any number of threads. `faults` gets a header with the first row
/// that cannot be priced, and nothing if all can.
///
/// # Errors
/// The header is wrong, or something cannot be read or written. A row that cannot be priced is none.
pub fn run(
    job: &Job<'_, '_>,
    input: &mut (dyn Read + Send),
    output: &mut (dyn Write + Send),
    faults: &mut (dyn Write + Send),
) -> Result<Tally, Stop> {
    let (intake, layout) = Intake::open(job, input)?;
    if job.written == Form::Csv {
        output.write_all(HEADER.as_bytes()).map_err(Stop::Write)?;
    }
    let threads = intake.threads(job.threads);
    let line = Line {
        intake: Mutex::new(intake),
        outlet: Mutex::new(Outlet {
            output,
            faults,
            turn: 0,
            rows: 0,
            tally: Tally::new(job.desk),
            stop: None,
        }),
        turned: Condvar::new(),
        shared: Shared::default(),
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(|| line.work(job, &layout));
        }
        line.work(job, &layout);
    });
    let outlet = line.outlet.into_inner().unwrap_or_else(PoisonError::into_inner);
    match outlet.stop {
        Some(stop) => Err(stop),
        None => Ok(outlet.tally),
    }
}

/// The line that chunks move along.
struct Line<'s> {
    intake: Mutex<Intake<'s>>,
    outlet: Mutex<Outlet<'s>>,
    turned: Condvar,
    shared: Shared,
}

/// Where chunks come from.
pub(super) struct Intake<'s> {
    input: &'s mut (dyn Read + Send),
    form: Form,
    cutter: Cutter,
    /// Read, and of no chunk yet.
    left: Vec<u8>,
    is_end: bool,
    /// How many chunks have been taken, and bytes been read.
    taken: u64,
    bytes: u64,
}

/// Where they go, in the order in which they were taken.
struct Outlet<'s> {
    output: &'s mut (dyn Write + Send),
    faults: &'s mut (dyn Write + Send),
    /// The chunk whose turn it is.
    turn: u64,
    /// Rows so far.
    rows: u64,
    tally: Tally,
    stop: Option<Stop>,
}

/// What a thread took.
pub(super) struct Taken {
    pub rows: Rows,
    /// Its place in the order of chunks.
    pub turn: u64,
    /// How far the input has been read.
    pub bytes: u64,
}

/// A thread that panicked has left nothing half done that another one would use.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Line<'_> {
    /// Takes chunks until there are none.
    fn work(&self, job: &Job<'_, '_>, layout: &Layout) {
        let Some(mut bench) = Bench::new(job.desk, layout, &self.shared, job.written) else {
            return;
        };
        let mut chunk = lock(&self.intake).room();
        loop {
            let taken = lock(&self.intake).take(&mut chunk);
            let taken = match taken {
                Ok(Some(taken)) => taken,
                Ok(None) => return,
                Err(error) => {
                    lock(&self.outlet).stop.get_or_insert(Stop::Read(error));
                    self.turned.notify_all();
                    return;
                }
            };
            let done = bench.price(&chunk, taken.rows);
            let mut outlet = lock(&self.outlet);
            while outlet.turn != taken.turn && outlet.stop.is_none() {
                outlet = self.turned.wait(outlet).unwrap_or_else(PoisonError::into_inner);
            }
            if outlet.stop.is_some() {
                return;
            }
            let put = outlet.put(done);
            if let Err(stop) = put {
                outlet.stop = Some(stop);
            }
            outlet.turn += 1;
            (job.progress)(outlet.rows, taken.bytes);
            self.turned.notify_all();
        }
    }
}

impl<'s> Intake<'s> {
    /// Reads as far as the header.
    pub fn open(
        job: &Job<'_, '_>,
        input: &'s mut (dyn Read + Send),
    ) -> Result<(Self, Layout), Stop> {
        let mut intake = Self {
            input,
            form: job.form,
            cutter: Cutter::default(),
            left: vec![0; CHUNK],
            is_end: false,
            taken: 0,
            bytes: 0,
        };
        let mut first = std::mem::take(&mut intake.left);
        let read = intake.fill(&mut first, 0).map_err(Stop::Read)?;
        first.truncate(read);
        // A byte order mark belongs to the encoding, not to the text.
        if first.starts_with(b"\xef\xbb\xbf") {
            first.drain(..3);
        }
        let layout = match job.form {
            Form::JsonLines => Layout::plain(job.ignored),
            Form::Csv => {
                let line = memchr::memchr(b'\n', &first).map_or(first.len(), |at| at + 1);
                let header: Vec<u8> = first.drain(..line).collect();
                csv::layout(job.name, &header, job.ignored).map_err(Stop::Header)?
            }
        };
        intake.left = first;
        Ok((intake, layout))
    }

    /// Reads until a buffer is full or the input ends, and says how far it is filled.
    fn fill(&mut self, buffer: &mut [u8], mut filled: usize) -> io::Result<usize> {
        while filled < buffer.len() && !self.is_end {
            match self.input.read(&mut buffer[filled..]) {
                Ok(0) => self.is_end = true,
                Ok(read) => {
                    filled += read;
                    self.bytes += read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }

    /// How many threads find something to do: what ended with its first bytes is one chunk.
    pub fn threads(&self, wanted: Option<usize>) -> usize {
        if self.is_end {
            return 1;
        }
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        wanted.unwrap_or_else(processors)
    }

    /// Room for a chunk: of an input that has ended no more than is left.
    pub fn room(&self) -> Chunk {
        let most = if self.is_end { self.left.len() } else { CHUNK };
        Chunk { bytes: vec![b'\n'; FRONT + most + 1 + PADDING], scan: Scan::default() }
    }

    /// The next whole rows, put at the front of a chunk.
    pub fn take(&mut self, chunk: &mut Chunk) -> io::Result<Option<Taken>> {
        let room = &mut chunk.bytes[FRONT..];
        let left = self.left.len();
        room[..left].copy_from_slice(&self.left);
        let most = room.len() - 1 - PADDING;
        let filled = self.fill(&mut room[..most], left)?;
        self.left.clear();
        let mut rows = match self.rows(chunk, filled) {
            Some(rows) => rows,
            None if filled == 0 => return Ok(None),
            None => {
                self.skip_line()?;
                Rows::TooLong
            }
        };
        if let Rows::Csv { end, .. } | Rows::Json { end } = &mut rows {
            let room = &mut chunk.bytes[FRONT..];
            self.left.extend_from_slice(&room[filled.min(*end)..filled]);
            // The last row may end without a line break.
            room[*end - 1] = b'\n';
            *end += FRONT;
        }
        if let Rows::Csv { end, is_plain: true } = rows {
            chunk.scan.end(end - 1);
        }
        let turn = self.taken;
        self.taken += 1;
        Ok(Some(Taken { rows, turn, bytes: self.bytes }))
    }

    /// The whole rows at the front of a chunk that is filled so far, each with a line break behind
    /// it.
    fn rows(&mut self, chunk: &mut Chunk, filled: usize) -> Option<Rows> {
        let Chunk { bytes, scan } = chunk;
        let rows = &bytes[FRONT..FRONT + filled];
        let ended = |end: usize| end + usize::from(rows[end - 1] != b'\n');
        match self.form {
            Form::Csv => {
                let plain = scan.look(bytes, filled, self.is_end);
                let end = plain.or_else(|| self.cutter.cut(rows, self.is_end))?;
                Some(Rows::Csv { end: ended(end), is_plain: plain.is_some() })
            }
            Form::JsonLines if self.is_end && !rows.is_empty() => {
                Some(Rows::Json { end: ended(rows.len()) })
            }
            Form::JsonLines => memchr::memrchr(b'\n', rows).map(|at| Rows::Json { end: at + 1 }),
        }
    }

    /// Goes on behind the next line break.
    fn skip_line(&mut self) -> io::Result<()> {
        let mut buffer = vec![0; CHUNK];
        while !self.is_end {
            let filled = self.fill(&mut buffer, 0)?;
            if let Some(at) = memchr::memchr(b'\n', &buffer[..filled]) {
                self.left.extend_from_slice(&buffer[at + 1..filled]);
                return Ok(());
            }
        }
        Ok(())
    }
}

impl Outlet<'_> {
    /// Writes a chunk.
    fn put(&mut self, done: &Done) -> Result<(), Stop> {
        self.output.write_all(done.page.written()).map_err(Stop::Write)?;
        if !done.faults.is_empty() {
            let mut table = ::csv::Writer::from_writer(Vec::new());
            let mut rows: Vec<[String; 3]> = Vec::new();
            if self.tally.failed == 0 {
                rows.push(["row", "id", "error"].map(str::to_owned));
            }
            rows.extend(done.faults.iter().map(|fault| {
                let row = (self.rows + fault.row).to_string();
                [row, text::cell(&fault.id).into_owned(), text::cell(&fault.error).into_owned()]
            }));
            let written = rows.iter().try_for_each(|row| table.write_record(row));
            let bytes = written.map_err(io::Error::other).and_then(|()| {
                table.into_inner().map_err(|error| io::Error::other(error.to_string()))
            });
            bytes.and_then(|bytes| self.faults.write_all(&bytes)).map_err(Stop::WriteFaults)?;
        }
        self.rows += done.rows;
        self.tally.add(&done.tally);
        Ok(())
    }
}
