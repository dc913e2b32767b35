//! Deals that a batch reads.

use super::naming::{FileCompression, FileEncoding};
#[cfg(feature = "parquet")]
use super::parquet::ParquetDeals;
use crate::answer::batch::{BatchSource, RowFormat};
use crate::cli::failure::Failure;
#[cfg(feature = "parquet")]
use crate::cli::failure::wrong_command_line;
use crate::cli::files;
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const WHAT: &str = "file of deals";

/// Bytes of a compressed file that are read at once.
const COMPRESSED: usize = 64 << 10;

/// Input that is uncompressed as it is read.
pub struct BatchInput {
    path: PathBuf,
    pub rows: InputRows,
    /// Bytes of the file that were read so far, as they are stored.
    pub read: Arc<AtomicU64>,
    pub size: Option<u64>,
    /// Names of columns that the batch has to leave out.
    pub ignored: Vec<String>,
    is_plain: bool,
}

pub enum InputRows {
    Text(RowFormat, Box<dyn Read + Send>),
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetDeals>),
}

impl InputRows {
    pub fn source(&mut self) -> BatchSource<'_> {
        match self {
            Self::Text(format, bytes) => BatchSource::Text(*format, bytes),
            #[cfg(feature = "parquet")]
            Self::Parquet(deals) => BatchSource::Values(deals.as_mut()),
        }
    }
}

impl BatchInput {
    /// Opens a file; `-` is standard input. Columns of `ignored` names are not read.
    pub fn open(path: &Path, encoding: FileEncoding, ignored: &[String]) -> Result<Self, Failure> {
        let (format, compression) = match encoding {
            FileEncoding::Text(format, compression) => (format, compression),
            #[cfg(feature = "parquet")]
            FileEncoding::Parquet => return Self::open_parquet(path, ignored),
        };
        let read = Arc::default();
        let (source, size): (Box<dyn Read + Send>, _) = if files::is_standard(path) {
            (Box::new(io::stdin()), None)
        } else {
            let file = files::open(path, WHAT)?;
            let metadata = file.metadata().ok().filter(std::fs::Metadata::is_file);
            let size = metadata.map(|metadata| metadata.len());
            (Box::new(file), size)
        };
        let counted = CountingReader { source, read: Arc::clone(&read) };
        let buffered = |counted| BufReader::with_capacity(COMPRESSED, counted);
        let bytes: Box<dyn Read + Send> = match compression {
            FileCompression::Plain => Box::new(counted),
            FileCompression::Gzip => Box::new(MultiGzDecoder::new(buffered(counted))),
            FileCompression::Zstd => {
                let decoder = zstd::Decoder::with_buffer(buffered(counted));
                Box::new(decoder.map_err(|error| files::cannot_read(path, WHAT, error))?)
            }
        };
        Ok(Self {
            path: path.to_owned(),
            rows: InputRows::Text(format, bytes),
            read,
            size,
            ignored: ignored.to_vec(),
            is_plain: compression == FileCompression::Plain,
        })
    }

    /// Opens a file that is read by columns, from its end.
    #[cfg(feature = "parquet")]
    fn open_parquet(path: &Path, ignored: &[String]) -> Result<Self, Failure> {
        let file = files::open(path, WHAT)?;
        let metadata = file.metadata().map_err(|error| files::cannot_read(path, WHAT, error))?;
        if !metadata.is_file() {
            let message = "Parquet is not read from front to back: save it as a file";
            return Err(wrong_command_line(&format!("{}: {message}", path.display())));
        }
        let read = Arc::default();
        let deals = ParquetDeals::open(file, ignored, Arc::clone(&read));
        let deals = deals.map_err(|error| files::cannot_read(path, WHAT, error))?;
        Ok(Self {
            path: path.to_owned(),
            rows: InputRows::Parquet(Box::new(deals)),
            read,
            size: Some(metadata.len()),
            // The reader has left them out.
            ignored: Vec::new(),
            is_plain: false,
        })
    }

    /// Says whether the input is so short that it is read and priced in a moment.
    pub fn is_short(&self) -> bool {
        const SHORT: u64 = 64 << 10;
        self.is_plain && self.size.is_some_and(|size| size <= SHORT)
    }

    pub fn read_failure(&self, error: io::Error) -> Failure {
        files::cannot_read(&self.path, WHAT, error).into()
    }
}

struct CountingReader {
    source: Box<dyn Read + Send>,
    read: Arc<AtomicU64>,
}

impl Read for CountingReader {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(bytes)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}
