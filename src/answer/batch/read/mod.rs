//! Chunks of whole rows, and the rows of a chunk.
//!
//! A thread takes a chunk while it holds the input, and finds the rows of the chunk when it no longer
//! does: only the cuts between chunks are found one after another.

mod csv;
mod header;
mod json_lines;

use super::column::{Column, ColumnLayout};
use super::fast::{FieldEnds, Scan};
use super::row::{FRONT, MAX_ROW, PADDING, RowBlock, UnreadableRow, ValueRows};
use super::{BatchError, RowFormat};
use std::io::{self, Read};

/// An input of no more bytes, a few rows, is read row by row: to find out which instructions the
/// processor has for more at a time takes longer.
const SHORT: usize = 512;

pub enum BatchSource<'s> {
    Text(RowFormat, &'s mut (dyn Read + Send)),
    Values(&'s mut dyn DealSource),
}

/// Deals that are read as values, such as the columns of a Parquet file.
pub trait DealSource: Send {
    /// Returns the names of the columns, in the order of the fields of a row.
    fn columns(&self) -> Vec<String>;

    /// Says whether all rows come with the first call of [`Self::read`].
    fn is_short(&self) -> bool;

    /// Adds the next rows; none at the end.
    ///
    /// # Errors
    /// The source cannot be read.
    fn read(&mut self, rows: &mut ValueRows) -> io::Result<()>;
}

/// Some whole rows of the input. Each thread has one, and reads into it again and again.
pub(super) struct Chunk {
    /// [`FRONT`] bytes without a meaning, the rows of a text, and bytes that can be read behind them.
    bytes: Vec<u8>,
    /// End of the rows of a text.
    end: usize,
    scan: Scan,
    values: ValueRows,
    content: ChunkContent,
    /// Place of the chunk in the input, counted from 0.
    pub turn: u64,
}

/// Form of the rows of a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ChunkContent {
    /// CSV in which every quotation mark is where it belongs: the scan has found the fields.
    PlainCsv,
    Csv,
    Json,
    /// One row that is longer than any chunk.
    TooLong,
    Values,
}

/// An input that is read as it is priced.
pub(super) struct ChunkReader<'s> {
    source: BatchSource<'s>,
    /// Bytes that were read, and belong to no chunk yet.
    left: Vec<u8>,
    is_end: bool,
    taken: u64,
}

impl<'s> ChunkReader<'s> {
    /// Reads as far as the header. `name` is that of the file, and columns of `ignored` names are not read.
    pub fn open(
        source: BatchSource<'s>,
        name: &str,
        ignored: &[String],
    ) -> Result<(Self, ColumnLayout), BatchError> {
        let mut reader = Self { source, left: Vec::new(), is_end: false, taken: 0 };
        let format = match &reader.source {
            BatchSource::Text(format, _) => *format,
            BatchSource::Values(source) => {
                let layout = header::of_names(name, &source.columns(), ignored);
                reader.is_end = source.is_short();
                return Ok((reader, layout.map_err(BatchError::Header)?));
            }
        };
        let mut first = vec![0; MAX_ROW];
        let read = reader.fill(&mut first, 0).map_err(BatchError::Read)?;
        first.truncate(read);
        // A byte order mark belongs to the encoding, not to the text.
        if first.starts_with(b"\xef\xbb\xbf") {
            first.drain(..3);
        }
        let layout = match format {
            RowFormat::JsonLines => ColumnLayout::in_order(ignored),
            RowFormat::Csv => {
                let line = first.iter().position(|&byte| byte == b'\n');
                let header = first.drain(..line.map_or(first.len(), |at| at + 1));
                header::of_line(name, header.as_slice(), ignored).map_err(BatchError::Header)?
            }
        };
        reader.left = first;
        Ok((reader, layout))
    }

    /// Reads until a buffer is full or the input ends, and returns how far the buffer is filled.
    fn fill(&mut self, buffer: &mut [u8], mut filled: usize) -> io::Result<usize> {
        let BatchSource::Text(_, input) = &mut self.source else { return Ok(filled) };
        while filled < buffer.len() && !self.is_end {
            match input.read(&mut buffer[filled..]) {
                Ok(0) => self.is_end = true,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(filled)
    }

    /// Returns how many threads have something to do: one, if the input ended with its first bytes.
    pub fn threads(&self, wanted: Option<usize>) -> usize {
        if self.is_end {
            return 1;
        }
        let processors = || std::thread::available_parallelism().map_or(1, usize::from);
        wanted.unwrap_or_else(processors)
    }

    /// Returns an empty chunk with room for rows: for an input that has ended, no more than is left of it.
    pub fn new_chunk(&self) -> Chunk {
        let room = match &self.source {
            BatchSource::Values(_) => 0,
            BatchSource::Text(..) if self.is_end => self.left.len(),
            BatchSource::Text(..) => MAX_ROW,
        };
        Chunk {
            bytes: vec![b'\n'; FRONT + room + 1 + PADDING],
            end: FRONT,
            scan: Scan::default(),
            values: ValueRows::default(),
            content: ChunkContent::Values,
            turn: 0,
        }
    }

    /// Fills a chunk with the next whole rows; says whether there are any.
    pub fn take(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        let has_rows = match &mut self.source {
            BatchSource::Values(source) => {
                chunk.values.clear();
                source.read(&mut chunk.values)?;
                chunk.values.finish();
                chunk.content = ChunkContent::Values;
                chunk.values.count > 0
            }
            BatchSource::Text(format, _) => {
                let format = *format;
                self.take_text(chunk, format)?
            }
        };
        chunk.turn = self.taken;
        self.taken += 1;
        Ok(has_rows)
    }

    fn take_text(&mut self, chunk: &mut Chunk, format: RowFormat) -> io::Result<bool> {
        let room = &mut chunk.bytes[FRONT..];
        let left = self.left.len();
        room[..left].copy_from_slice(&self.left);
        let most = room.len() - 1 - PADDING;
        let filled = self.fill(&mut room[..most], left)?;
        if filled == 0 {
            return Ok(false);
        }
        self.left.clear();
        let Some((end, is_plain)) = self.cut(chunk, filled, format) else {
            self.skip_line()?;
            chunk.content = ChunkContent::TooLong;
            return Ok(true);
        };
        let room = &mut chunk.bytes[FRONT..];
        self.left.extend_from_slice(&room[filled.min(end)..filled]);
        // The last row may end without a line break.
        room[end - 1] = b'\n';
        chunk.end = end + FRONT;
        if is_plain {
            chunk.scan.end(chunk.end - 1);
        }
        chunk.content = match format {
            RowFormat::Csv if is_plain => ChunkContent::PlainCsv,
            RowFormat::Csv => ChunkContent::Csv,
            RowFormat::JsonLines => ChunkContent::Json,
        };
        Ok(true)
    }

    /// Finds where the whole rows at the front of a chunk end, each with a line break behind it, and
    /// whether a scan has found all of their fields.
    fn cut(&self, chunk: &mut Chunk, filled: usize, format: RowFormat) -> Option<(usize, bool)> {
        let Chunk { bytes, scan, .. } = chunk;
        let rows = &bytes[FRONT..FRONT + filled];
        let ended = |end: usize| end + usize::from(rows[end - 1] != b'\n');
        match format {
            RowFormat::Csv if self.is_end && filled <= SHORT => Some((ended(filled), false)),
            RowFormat::Csv => {
                let plain = scan.find(bytes, filled, self.is_end);
                let end = plain.or_else(|| csv::cut(rows, self.is_end))?;
                Some((ended(end), plain.is_some()))
            }
            RowFormat::JsonLines if self.is_end => Some((ended(rows.len()), false)),
            RowFormat::JsonLines => memchr::memrchr(b'\n', rows).map(|at| (at + 1, false)),
        }
    }

    fn skip_line(&mut self) -> io::Result<()> {
        let mut buffer = vec![0; MAX_ROW];
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

/// Finds the rows of chunks. Each thread has one.
pub(super) struct RowFinder<'l> {
    layout: &'l ColumnLayout,
    id: usize,
    fast: FieldEnds,
    careful: Vec<u32>,
    /// Row of the last line of JSON.
    line: ValueRows,
}

impl<'l> RowFinder<'l> {
    /// Returns `None` if rows of the layout have no id.
    pub fn new(layout: &'l ColumnLayout) -> Option<Self> {
        let id = layout.field(Column::Id)?;
        let (fast, careful, line) = (FieldEnds::default(), Vec::new(), ValueRows::default());
        Some(Self { layout, id, fast, careful, line })
    }

    /// Hands on every row of a chunk, in order.
    pub fn rows(
        &mut self,
        chunk: &Chunk,
        mut each: impl FnMut(Result<RowBlock<'_>, UnreadableRow>),
    ) {
        let Chunk { bytes, end, scan, values, content, .. } = chunk;
        let width = self.layout.width;
        match content {
            ChunkContent::PlainCsv | ChunkContent::Csv => {
                let mut start = FRONT;
                if *content == ChunkContent::PlainCsv {
                    start = self.fast.blocks(bytes, scan, width, |rows| each(Ok(rows)));
                }
                csv::rows(bytes, (start, *end), (width, self.id), &mut self.careful, each);
            }
            ChunkContent::Json => {
                let lines = bytes[FRONT..*end].split(|&byte| byte == b'\n');
                for text in lines.filter(|text| !text.trim_ascii().is_empty()) {
                    each(json_lines::read(&mut self.line, text, self.layout));
                }
            }
            ChunkContent::TooLong => {
                let id = csv::id_of(&bytes[FRONT..], self.id);
                each(Err(UnreadableRow::too_long(id)));
            }
            ChunkContent::Values => {
                let mut at = 0;
                while at < values.count {
                    let mut rows = values.rows_from(at, width);
                    let next = values.next_too_long(at);
                    rows.count = next.unwrap_or(values.count) - at;
                    if rows.count > 0 {
                        each(Ok(rows));
                    }
                    at += rows.count;
                    if next.is_some() {
                        let id = rows.row(rows.count).value(self.id);
                        each(Err(UnreadableRow::too_long(&id)));
                        at += 1;
                    }
                }
            }
        }
    }
}
