//! Where chunks of whole rows come from.

use super::bench::ChunkRows;
use super::csv::{Chunk, ChunkEnd, PADDING, Scan};
use super::row::FRONT;
use super::stream::{BatchError, BatchJob, RowFormat};
use super::{ColumnLayout, csv};
use std::io;
use std::io::Read;

/// How many bytes a thread takes at once. No row is longer.
const CHUNK: usize = 512 << 10;

/// An input of no more bytes, a few rows, is read row by row: to find out which instructions the processor has for
/// more at a time takes longer.
const SHORT: usize = 512;

/// An input that is read as it is priced.
pub(super) struct ChunkReader<'s> {
    input: &'s mut (dyn Read + Send),
    form: RowFormat,
    cutter: ChunkEnd,
    /// Read, and of no chunk yet.
    left: Vec<u8>,
    is_end: bool,
    /// How many chunks have been taken, and bytes been read.
    taken: u64,
    bytes: u64,
}

/// What a thread took.
pub(super) struct TakenChunk {
    pub rows: ChunkRows,
    /// Its place in the order of chunks.
    pub turn: u64,
    /// How far the input has been read.
    pub bytes: u64,
}

impl<'s> ChunkReader<'s> {
    /// Reads as far as the header.
    pub fn open(
        job: &BatchJob<'_, '_>,
        input: &'s mut (dyn Read + Send),
    ) -> Result<(Self, ColumnLayout), BatchError> {
        let mut intake = Self {
            input,
            form: job.form,
            cutter: ChunkEnd::default(),
            left: vec![0; CHUNK],
            is_end: false,
            taken: 0,
            bytes: 0,
        };
        let mut first = std::mem::take(&mut intake.left);
        let read = intake.fill(&mut first, 0).map_err(BatchError::Read)?;
        first.truncate(read);
        // A byte order mark belongs to the encoding, not to the text.
        if first.starts_with(b"\xef\xbb\xbf") {
            first.drain(..3);
        }
        let layout = match job.form {
            RowFormat::JsonLines => ColumnLayout::plain(job.ignored),
            RowFormat::Csv => {
                let line = first.iter().position(|&byte| byte == b'\n');
                let line = line.map_or(first.len(), |at| at + 1);
                let header: Vec<u8> = first.drain(..line).collect();
                csv::layout(job.name, &header, job.ignored).map_err(BatchError::Header)?
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
    pub fn take(&mut self, chunk: &mut Chunk) -> io::Result<Option<TakenChunk>> {
        let room = &mut chunk.bytes[FRONT..];
        let left = self.left.len();
        room[..left].copy_from_slice(&self.left);
        let most = room.len() - 1 - PADDING;
        let filled = self.fill(&mut room[..most], left)?;
        if filled == 0 {
            return Ok(None);
        }
        self.left.clear();
        let mut rows = if let Some(rows) = self.rows(chunk, filled) {
            rows
        } else {
            self.skip_line()?;
            ChunkRows::TooLong
        };
        if let ChunkRows::Csv { end, .. } | ChunkRows::Json { end } = &mut rows {
            let room = &mut chunk.bytes[FRONT..];
            self.left.extend_from_slice(&room[filled.min(*end)..filled]);
            // The last row may end without a line break.
            room[*end - 1] = b'\n';
            *end += FRONT;
        }
        if let ChunkRows::Csv { end, is_plain: true } = rows {
            chunk.scan.end(end - 1);
        }
        let turn = self.taken;
        self.taken += 1;
        Ok(Some(TakenChunk { rows, turn, bytes: self.bytes }))
    }

    /// The whole rows at the front of a chunk that is filled so far, each with a line break behind
    /// it.
    fn rows(&mut self, chunk: &mut Chunk, filled: usize) -> Option<ChunkRows> {
        let Chunk { bytes, scan } = chunk;
        let rows = &bytes[FRONT..FRONT + filled];
        let ended = |end: usize| end + usize::from(rows[end - 1] != b'\n');
        match self.form {
            RowFormat::Csv if self.is_end && filled <= SHORT => {
                Some(ChunkRows::Csv { end: ended(filled), is_plain: false })
            }
            RowFormat::Csv => {
                let plain = scan.look(bytes, filled, self.is_end);
                let end = plain.or_else(|| self.cutter.cut(rows, self.is_end))?;
                Some(ChunkRows::Csv { end: ended(end), is_plain: plain.is_some() })
            }
            RowFormat::JsonLines if self.is_end && !rows.is_empty() => {
                Some(ChunkRows::Json { end: ended(rows.len()) })
            }
            RowFormat::JsonLines => {
                memchr::memrchr(b'\n', rows).map(|at| ChunkRows::Json { end: at + 1 })
            }
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
