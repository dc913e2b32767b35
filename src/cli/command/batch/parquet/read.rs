//! Deals read from Parquet.

use super::kind::ColumnKind;
use super::plain;
use crate::answer::batch::{Column, DealSource, ValueRows};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use std::fs::File;
use std::io::{self, ErrorKind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Rows in memory at once, beside the pages that they are on.
const ROWS: usize = 1024;

/// Bytes of rows that are handed on at once. Longer rows go one by one.
const BYTES: usize = 512 << 10;

pub struct ParquetDeals {
    file: SerializedFileReader<File>,
    /// Names of the columns of deals, and of those that are not known, for which the header is refused.
    names: Vec<String>,
    /// Columns that are read, by their places in the file.
    kinds: Vec<(usize, ColumnKind)>,
    columns: Vec<ColumnValues>,
    /// Row group behind the one that is being read, and the number of rows that are left of this one.
    next_group: usize,
    left: usize,
    /// Rows that `columns` hold, and the next one of them.
    held: usize,
    next: usize,
    /// Progress in bytes of the file, and its size.
    read: Arc<AtomicU64>,
    size: u64,
    /// Number of rows so far, and of all.
    rows: u64,
    all_rows: u64,
}

impl ParquetDeals {
    /// Opens a file, of which columns of `ignored` names are not read. `read` is set to the progress. A
    /// column of a type that is not exact is refused.
    pub fn open(file: File, ignored: &[String], read: Arc<AtomicU64>) -> io::Result<Self> {
        let size = file.metadata()?.len();
        let file = SerializedFileReader::new(file).map_err(plain)?;
        let schema = file.metadata().file_metadata().schema_descr();
        let mut names: Vec<String> = Vec::new();
        let mut kinds = Vec::new();
        for (place, described) in schema.columns().iter().enumerate() {
            // A column that is in parts stands as several, one behind the other.
            let name = schema.get_column_root(place).name();
            if let Some(column) = Column::of(name) {
                let kind = ColumnKind::of(column, described);
                let kind = kind.map_err(|why| io::Error::new(ErrorKind::InvalidData, why))?;
                kinds.push((place, kind));
                names.push(name.to_owned());
            } else if !ignored.iter().any(|known| known == name)
                && names.last().is_none_or(|last| last != name)
            {
                names.push(name.to_owned());
            }
        }
        let all_rows = file.metadata().file_metadata().num_rows();
        let all_rows = u64::try_from(all_rows).unwrap_or_default();
        let mut deals = Self {
            file,
            names,
            kinds,
            columns: Vec::new(),
            next_group: 0,
            left: 0,
            held: 0,
            next: 0,
            read,
            size,
            rows: 0,
            all_rows,
        };
        // A file that cannot be read is reported as such, whatever its columns are.
        deals.refill()?;
        Ok(deals)
    }

    /// Reads the next rows of every column; says whether there are any.
    fn refill(&mut self) -> io::Result<bool> {
        while self.left == 0 {
            if self.next_group == self.file.num_row_groups() {
                return Ok(false);
            }
            self.begin_group()?;
        }
        self.held = self.left.min(ROWS);
        self.next = 0;
        for column in &mut self.columns {
            column.read(self.held)?;
        }
        self.left -= self.held;
        self.rows += self.held as u64;
        let read = u128::from(self.size) * u128::from(self.rows) / u128::from(self.all_rows.max(1));
        self.read.store(u64::try_from(read).unwrap_or(self.size), Ordering::Relaxed);
        Ok(true)
    }

    fn begin_group(&mut self) -> io::Result<()> {
        let group = self.file.get_row_group(self.next_group).map_err(plain)?;
        let schema = group.metadata().schema_descr();
        let columns = self.kinds.iter().map(|(place, kind)| {
            let chunk = group.metadata().column(*place);
            let start = chunk.dictionary_page_offset().unwrap_or_else(|| chunk.data_page_offset());
            // The library stops the program for those.
            if start < 0 || chunk.compressed_size() < 0 {
                return Err(ParquetError::General("a column begins nowhere".to_owned()));
            }
            let reader = group.get_column_reader(*place)?;
            let present = schema.column(*place).max_def_level();
            let (bytes, ends) = (Vec::new(), Vec::new());
            Ok(ColumnValues { kind: *kind, reader, present, bytes, ends })
        });
        self.columns = columns.collect::<Result<_, _>>().map_err(plain)?;
        self.left = usize::try_from(group.metadata().num_rows()).unwrap_or_default();
        self.next_group += 1;
        Ok(())
    }
}

impl DealSource for ParquetDeals {
    fn columns(&self) -> Vec<String> {
        self.names.clone()
    }

    fn is_short(&self) -> bool {
        self.all_rows <= ROWS as u64
    }

    fn read(&mut self, rows: &mut ValueRows) -> io::Result<()> {
        if self.next == self.held && !self.refill()? {
            return Ok(());
        }
        while self.next < self.held && rows.length() < BYTES {
            rows.push(self.columns.iter().map(|column| column.value(self.next)));
            self.next += 1;
        }
        Ok(())
    }
}

struct ColumnValues {
    kind: ColumnKind,
    reader: ColumnReader,
    /// Level of a value that is present; zero for a column without nulls, which has no levels.
    present: i16,
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl ColumnValues {
    fn read(&mut self, rows: usize) -> io::Result<()> {
        self.bytes.clear();
        self.ends.clear();
        let (kind, rows, to) = (self.kind, (rows, self.present), (&mut self.bytes, &mut self.ends));
        match &mut self.reader {
            ColumnReader::Int32ColumnReader(reader) => put_all(reader, rows, to, |it, bytes| {
                kind.put_whole((*it).into(), it.cast_unsigned().into(), bytes)
            }),
            ColumnReader::Int64ColumnReader(reader) => put_all(reader, rows, to, |it, bytes| {
                kind.put_whole(*it, it.cast_unsigned(), bytes)
            }),
            ColumnReader::ByteArrayColumnReader(reader) => {
                put_all(reader, rows, to, |it, bytes| kind.put_bytes(it.data(), bytes))
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                put_all(reader, rows, to, |it, bytes| kind.put_bytes(it.data(), bytes))
            }
            _ => Err(broken("a column is not of the type that the schema says")),
        }
    }

    /// Returns the value of a row; empty for a null.
    fn value(&self, row: usize) -> &[u8] {
        let end = |row: usize| self.ends.get(row).copied().unwrap_or_default();
        let start = row.checked_sub(1).map(end).unwrap_or_default();
        self.bytes.get(start..end(row)).unwrap_or_default()
    }
}

/// Puts every value by `put`, and where it ends. `present` is the level of a value that is no null.
fn put_all<T: DataType>(
    reader: &mut ColumnReaderImpl<T>,
    (rows, present): (usize, i16),
    (bytes, ends): (&mut Vec<u8>, &mut Vec<usize>),
    put: impl Fn(&T::T, &mut Vec<u8>) -> Option<()>,
) -> io::Result<()> {
    let (mut levels, mut values) = (Vec::with_capacity(rows), Vec::with_capacity(rows));
    let read = reader.read_records(rows, Some(&mut levels), None, &mut values);
    if read.map_err(plain)?.0 != rows {
        return Err(broken("a column has fewer rows than the file says"));
    }
    let mut values = values.iter();
    for row in 0..rows {
        if present == 0 || levels.get(row) == Some(&present) {
            let value = values.next().ok_or_else(|| broken("a column lacks values"))?;
            put(value, bytes).ok_or_else(|| broken("a DECIMAL has more than 38 digits"))?;
        }
        ends.push(bytes.len());
    }
    Ok(())
}

fn broken(what: &str) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, what)
}
