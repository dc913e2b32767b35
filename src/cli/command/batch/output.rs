//! Files that a batch writes: prices, and the rows that cannot be priced.

use super::naming::{FileCompression, FileEncoding};
#[cfg(feature = "parquet")]
use super::parquet::ParquetPrices;
use super::progress::BatchProgress;
use crate::answer::batch::{BatchTarget, RowFormat};
use crate::cli::failure::Failure;
use crate::cli::files::{PendingFile, cannot_write, is_standard, reason};
use crate::cli::output;
use crate::number::Currency;
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// Compression level of zstd: the default of its own program.
const ZSTD_LEVEL: i32 = 3;

/// File of prices, which appears when it is kept.
pub enum PriceFile {
    Text(RowFormat, Box<OutputFile>),
    #[cfg(feature = "parquet")]
    Parquet(PathBuf, Box<ParquetPrices<PendingFile>>),
}

impl PriceFile {
    /// Begins a file of amounts in a currency; `-` is standard output.
    #[cfg_attr(
        not(feature = "parquet"),
        expect(unused_variables, reason = "text has any decimals")
    )]
    pub fn new(path: &Path, encoding: FileEncoding, currency: &Currency) -> Result<Self, Failure> {
        match encoding {
            FileEncoding::Text(format, compression) => {
                Ok(Self::Text(format, Box::new(OutputFile::new(path, compression)?)))
            }
            #[cfg(feature = "parquet")]
            FileEncoding::Parquet => {
                let prices = ParquetPrices::new(pending(path)?, currency.minor);
                let prices = prices.map_err(|error| OutputFile::write_failure(path, &error))?;
                Ok(Self::Parquet(path.to_owned(), Box::new(prices)))
            }
        }
    }

    /// Takes the prices, in text with what they are for if asked.
    pub fn target(&mut self, with_basis: bool) -> BatchTarget<'_> {
        match self {
            Self::Text(format, file) => {
                let target =
                    if with_basis { BatchTarget::TextWithBasis } else { BatchTarget::Text };
                target(*format, file.as_mut())
            }
            #[cfg(feature = "parquet")]
            Self::Parquet(_, prices) => BatchTarget::Values(prices.as_mut()),
        }
    }

    pub fn keep(self) -> Result<(), Failure> {
        match self {
            Self::Text(_, file) => file.keep(),
            #[cfg(feature = "parquet")]
            Self::Parquet(path, prices) => prices
                .finish()
                .and_then(PendingFile::keep)
                .map_err(|error| OutputFile::write_failure(&path, &error)),
        }
    }
}

/// File of text that is compressed as it is written, and appears when it is kept.
pub struct OutputFile {
    path: PathBuf,
    writer: CompressedWriter,
    has_bytes: bool,
}

enum CompressedWriter {
    Plain(PendingFile),
    Gzip(GzEncoder<PendingFile>),
    Zstd(zstd::Encoder<'static, PendingFile>),
}

impl OutputFile {
    /// Begins a file; `-` is standard output.
    pub fn new(path: &Path, compression: FileCompression) -> Result<Self, Failure> {
        let target = pending(path)?;
        let writer = match compression {
            FileCompression::Plain => CompressedWriter::Plain(target),
            FileCompression::Gzip => {
                CompressedWriter::Gzip(GzEncoder::new(target, Compression::default()))
            }
            FileCompression::Zstd => zstd::Encoder::new(target, ZSTD_LEVEL)
                .map(CompressedWriter::Zstd)
                .map_err(|error| cannot_write(path, &reason(&error)))?,
        };
        Ok(Self { path: path.to_owned(), writer, has_bytes: false })
    }

    /// Reports that a file cannot be written. A reader that closes a pipe has not seen the sums, so that
    /// this is a failure too.
    pub fn write_failure(path: &Path, error: &io::Error) -> Failure {
        let path = if is_standard(path) { Path::new("standard output") } else { path };
        match error.kind() {
            ErrorKind::BrokenPipe => {
                cannot_write(path, "the reader of the output stopped before the end")
            }
            // No system says that: it is a row that the format has no place for.
            ErrorKind::InvalidData => cannot_write(path, &error.to_string()),
            _ => cannot_write(path, &reason(error)),
        }
    }

    pub fn add(&mut self, rows: &[u8]) -> Result<(), Failure> {
        self.write_all(rows).map_err(|error| Self::write_failure(&self.path, &error))
    }

    pub fn keep(self) -> Result<(), Failure> {
        let target = match self.writer {
            CompressedWriter::Plain(target) => Ok(target),
            CompressedWriter::Gzip(encoder) => encoder.finish(),
            CompressedWriter::Zstd(encoder) => encoder.finish(),
        };
        target.and_then(PendingFile::keep).map_err(|error| Self::write_failure(&self.path, &error))
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.has_bytes = true;
        match &mut self.writer {
            CompressedWriter::Plain(target) => target.write(bytes),
            CompressedWriter::Gzip(encoder) => encoder.write(bytes),
            CompressedWriter::Zstd(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Begins a file; `-` is standard output.
fn pending(path: &Path) -> Result<PendingFile, Failure> {
    if is_standard(path) { Ok(PendingFile::Stdout) } else { PendingFile::new(path) }
}

/// Destination of the rows that cannot be priced.
pub enum ErrorOutput<'p> {
    File(ErrorFile<'p>),
    /// Standard error, above the progress bar.
    Terminal(&'p BatchProgress),
}

/// File that exists only if there is such a row.
pub struct ErrorFile<'p> {
    path: &'p Path,
    compression: FileCompression,
    output: Option<Box<OutputFile>>,
    /// Reason for which the file could not be begun.
    failure: Option<Failure>,
}

impl<'p> ErrorFile<'p> {
    pub const fn new(path: &'p Path, compression: FileCompression) -> Self {
        Self { path, compression, output: None, failure: None }
    }

    pub fn begin(&mut self) -> Result<&mut OutputFile, Failure> {
        let output = match self.output.take() {
            Some(output) => output,
            None => Box::new(OutputFile::new(self.path, self.compression)?),
        };
        Ok(self.output.insert(output))
    }
}

impl ErrorOutput<'_> {
    /// Moves the file to its place. If all rows were priced there is no file, and one that an earlier run
    /// left is removed, because it is about other rows.
    pub fn keep(self) -> Result<(), Failure> {
        let Self::File(ErrorFile { path, compression, output, .. }) = self else { return Ok(()) };
        if let Some(output) = output.filter(|output| output.has_bytes) {
            return output.keep();
        }
        if !is_standard(path) && is_error_file(path, compression) {
            std::fs::remove_file(path).map_err(|error| cannot_write(path, &reason(&error)))?;
        }
        Ok(())
    }

    pub fn write_failure(&mut self, path: &Path, error: &io::Error) -> Failure {
        let failure = match self {
            Self::File(file) => file.failure.take(),
            Self::Terminal(_) => None,
        };
        failure.unwrap_or_else(|| OutputFile::write_failure(path, error))
    }
}

/// Says whether a file begins as one that an earlier run has left, unpacked: with the header.
fn is_error_file(path: &Path, compression: FileCompression) -> bool {
    let is_file = std::fs::symlink_metadata(path).is_ok_and(|it| it.is_file());
    let mut first = Vec::new();
    let read = File::open(path).and_then(|file| match compression {
        FileCompression::Plain => file.take(12).read_to_end(&mut first),
        FileCompression::Gzip => GzDecoder::new(file).take(12).read_to_end(&mut first),
        FileCompression::Zstd => zstd::Decoder::new(file)?.take(12).read_to_end(&mut first),
    });
    is_file && read.is_ok() && first == b"row,id,error"
}

impl Write for ErrorOutput<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => match file.begin() {
                Ok(output) => output.write(bytes),
                Err(failure) => {
                    file.failure = Some(failure);
                    Err(ErrorKind::Other.into())
                }
            },
            Self::Terminal(progress) => {
                progress.print_above(|| output::stderr_line(&String::from_utf8_lossy(bytes)));
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
