//! Where deals come from.

use super::naming::FileCompression;
use crate::cli::failure::Failure;
#[cfg(feature = "parquet")]
use crate::cli::failure::wrong_command_line;
use crate::cli::files;
use flate2::bufread::MultiGzDecoder;
use std::io;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// What the input is, in words.
const WHAT: &str = "file of deals";

/// How many bytes of a packed file are read at once.
const PACKED: usize = 64 << 10;

/// The input, unpacked as it is read.
pub struct BatchInput {
    path: PathBuf,
    pub bytes: Box<dyn Read + Send>,
    /// Bytes of the file that were read so far, as they lie there.
    pub read: Arc<AtomicU64>,
    /// And all of them, of a file.
    pub size: Option<u64>,
    /// Columns that say nothing, where rows still have them.
    pub ignored: Vec<String>,
    /// Whether it is not packed.
    is_plain: bool,
}

impl BatchInput {
    /// Opens a file; `-` is standard input. Columns of `ignored` names say nothing.
    pub fn open(
        path: &Path,
        packing: FileCompression,
        ignored: &[String],
    ) -> Result<Self, Failure> {
        let read = Arc::default();
        let (source, size): (Box<dyn Read + Send>, _) = if files::is_standard(path) {
            (Box::new(io::stdin()), None)
        } else {
            let file = files::open(path, WHAT)?;
            let there = file.metadata().ok().filter(std::fs::Metadata::is_file);
            let size = there.map(|there| there.len());
            (Box::new(file), size)
        };
        let counted = CountingReader { source, read: Arc::clone(&read) };
        let packed = |counted| BufReader::with_capacity(PACKED, counted);
        let bytes: Box<dyn Read + Send> = match packing {
            FileCompression::Plain => Box::new(counted),
            FileCompression::Gzip => Box::new(MultiGzDecoder::new(packed(counted))),
            FileCompression::Zstd => {
                let unpacked = zstd::Decoder::with_buffer(packed(counted));
                Box::new(unpacked.map_err(|error| files::cannot_read(path, WHAT, error))?)
            }
            #[cfg(feature = "parquet")]
            FileCompression::Parquet => return Self::open_parquet(path, ignored),
        };
        let is_plain = packing == FileCompression::Plain;
        let ignored = ignored.to_vec();
        Ok(Self { path: path.to_owned(), bytes, read, size, ignored, is_plain })
    }

    /// Opens a file that is read by columns, from its end.
    #[cfg(feature = "parquet")]
    fn open_parquet(path: &Path, ignored: &[String]) -> Result<Self, Failure> {
        let file = files::open(path, WHAT)?;
        let there = file.metadata().map_err(|error| files::cannot_read(path, WHAT, error))?;
        if !there.is_file() {
            let message = "Parquet is not read from front to back: save it as a file";
            return Err(wrong_command_line(&format!("{}: {message}", path.display())));
        }
        let read = Arc::default();
        let deals = super::parquet::ParquetDeals::open(file, ignored, Arc::clone(&read));
        let deals = deals.map_err(|error| files::cannot_read(path, WHAT, error))?;
        let size = Some(there.len());
        Ok(Self {
            path: path.to_owned(),
            bytes: Box::new(deals),
            read,
            size,
            ignored: Vec::new(),
            is_plain: false,
        })
    }

    /// Whether it is so short that it is read and priced in a moment.
    pub fn is_short(&self) -> bool {
        const SHORT: u64 = 64 << 10;
        self.is_plain && self.size.is_some_and(|size| size <= SHORT)
    }

    /// It cannot be read to its end.
    pub fn read_failure(&self, error: io::Error) -> Failure {
        files::cannot_read(&self.path, WHAT, error).into()
    }
}

/// What it is called where it is spoken of.
pub fn name(path: &Path) -> String {
    if files::is_standard(path) {
        return "standard input".to_owned();
    }
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Counts what is read.
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
