//! A Parquet file of deals, read as the CSV that says the same.

use super::cells::ColumnCells;
use super::kind::ColumnKind;
use super::plain;
use crate::answer::batch::Column;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::fs::File;
use std::io;
use std::io::{ErrorKind, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many rows are in memory at once, beside the pages that they are on.
const ROWS: usize = 1024;

/// In a row that is longer than this many bytes a line break becomes a blank: the engine takes longer
/// ones to their first line break, wherever that is.
const LONG: usize = 16 << 10;

/// The rows of a file under a header.
pub struct ParquetDeals {
    file: SerializedFileReader<File>,
    /// The columns that are read, by their places in the file.
    kinds: Vec<(usize, ColumnKind)>,
    cells: Vec<ColumnCells>,
    /// The row group behind the one that is being read, and how many rows of this one are left.
    next: usize,
    left: usize,
    text: Vec<u8>,
    given: usize,
    progress: ReadProgress,
}

/// How far it is, as bytes of the file.
struct ReadProgress {
    read: Arc<AtomicU64>,
    size: u64,
    rows: u64,
    of: u64,
}

impl ParquetDeals {
    /// Opens a file, of which columns of `ignored` names are not read. `read` is told how far it is.
    ///
    /// # Errors
    /// It cannot be read, or a column does not hold what belongs there.
    pub fn open(file: File, ignored: &[String], read: Arc<AtomicU64>) -> io::Result<Self> {
        let size = file.metadata()?.len();
        let file = SerializedFileReader::new(file).map_err(plain)?;
        let schema = file.metadata().file_metadata().schema_descr();
        let mut names: Vec<&str> = Vec::new();
        let mut kinds = Vec::new();
        for (place, described) in schema.columns().iter().enumerate() {
            // A column that is in parts stands as several, one behind the other.
            let name = schema.get_column_root(place).name();
            let column = Column::of(name);
            if let Some(column) = column {
                let kind = ColumnKind::of(column, described);
                kinds.push((
                    place,
                    kind.map_err(|why| io::Error::new(ErrorKind::InvalidData, why))?,
                ));
                names.push(name);
            } else if !ignored.iter().any(|known| known == name) && names.last() != Some(&name) {
                // The header is refused for it before a row is read.
                names.push(name);
            }
        }
        let mut text = Vec::new();
        put_row(&mut text, names.iter().map(|name| name.as_bytes()), true);
        let of = u64::try_from(file.metadata().file_metadata().num_rows()).unwrap_or_default();
        let progress = ReadProgress { read, size, rows: 0, of };
        Ok(Self { file, kinds, cells: Vec::new(), next: 0, left: 0, text, given: 0, progress })
    }

    /// The next rows; none at the end.
    fn refill(&mut self) -> io::Result<()> {
        self.text.clear();
        self.given = 0;
        while self.left == 0 {
            if self.next == self.file.num_row_groups() {
                return Ok(());
            }
            self.begin()?;
        }
        let rows = self.left.min(ROWS);
        for cells in &mut self.cells {
            cells.read(rows)?;
        }
        for row in 0..rows {
            let length: usize = self.cells.iter().map(|cells| cells.text(row).len()).sum();
            put_row(&mut self.text, self.cells.iter().map(|cells| cells.text(row)), length > LONG);
        }
        self.left -= rows;
        self.progress.tell(rows);
        Ok(())
    }

    /// Begins the next row group.
    fn begin(&mut self) -> io::Result<()> {
        let group = self.file.get_row_group(self.next).map_err(plain)?;
        let schema = group.metadata().schema_descr();
        let cells = self.kinds.iter().map(|(place, kind)| {
            let chunk = group.metadata().column(*place);
            let start = chunk.dictionary_page_offset().unwrap_or_else(|| chunk.data_page_offset());
            // The library stops the program for those.
            if start < 0 || chunk.compressed_size() < 0 {
                return Err(ParquetError::General("a column begins nowhere".to_owned()));
            }
            let reader = group.get_column_reader(*place)?;
            Ok(ColumnCells::new(*kind, reader, schema.column(*place).max_def_level()))
        });
        self.cells = cells.collect::<Result<_, _>>().map_err(plain)?;
        self.left = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
        self.next += 1;
        Ok(())
    }
}

impl Read for ParquetDeals {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        if self.given == self.text.len() {
            self.refill()?;
        }
        let read = (&self.text[self.given..]).read(bytes)?;
        self.given += read;
        Ok(read)
    }
}

impl ReadProgress {
    fn tell(&mut self, rows: usize) {
        self.rows += rows as u64;
        let read = u128::from(self.size) * u128::from(self.rows) / u128::from(self.of.max(1));
        self.read.store(u64::try_from(read).unwrap_or(self.size), Ordering::Relaxed);
    }
}

/// A row of CSV, in one line if it `is_flat`.
fn put_row<'a>(text: &mut Vec<u8>, cells: impl Iterator<Item = &'a [u8]>, is_flat: bool) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            text.push(b',');
        }
        if !cell.iter().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
            text.extend_from_slice(cell);
            continue;
        }
        text.push(b'"');
        for byte in cell {
            match byte {
                b'"' => text.extend_from_slice(b"\"\""),
                b'\n' | b'\r' if is_flat => text.push(b' '),
                _ => text.push(*byte),
            }
        }
        text.push(b'"');
    }
    text.push(b'\n');
}
