//! Where prices go, and where it says which rows have none.

use super::naming::FileCompression;
#[cfg(feature = "parquet")]
use super::parquet::ParquetPrices;
use super::progress::BatchProgress;
use crate::cli::failure::Failure;
use crate::cli::files::{PendingFile, cannot_write, is_standard, reason};
use crate::cli::output;
use crate::number::Currency;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::File;
use std::io;
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// How hard zstd tries: as hard as its own program does.
const EFFORT: i32 = 3;

/// Why nothing more is written to a reader who has left.
const CLOSED: &str = "the reader of the output stopped before the end";

/// Amounts in Parquet have as many decimal places as their currency, and at least these.
#[cfg(feature = "parquet")]
const LEAST_PLACES: u32 = 2;

/// A file that is packed as it is written, and is there when it is kept. `-` is standard output.
pub struct OutputFile {
    path: PathBuf,
    packed: CompressedWriter,
    is_begun: bool,
}

enum CompressedWriter {
    Plain(OutputTarget),
    Gzip(GzEncoder<OutputTarget>),
    Zstd(zstd::Encoder<'static, OutputTarget>),
    #[cfg(feature = "parquet")]
    Parquet(Box<ParquetPrices<OutputTarget>>),
}

enum OutputTarget {
    Standard(io::Stdout),
    File(PendingFile),
}

impl OutputFile {
    /// Begins a file. Amounts in it are of a currency.
    #[cfg_attr(
        not(feature = "parquet"),
        expect(unused_variables, reason = "text has any decimals")
    )]
    pub fn new(
        path: &Path,
        packing: FileCompression,
        currency: &Currency,
    ) -> Result<Self, Failure> {
        let target = if is_standard(path) {
            OutputTarget::Standard(io::stdout())
        } else {
            OutputTarget::File(PendingFile::new(path)?)
        };
        let packed = match packing {
            FileCompression::Plain => CompressedWriter::Plain(target),
            FileCompression::Gzip => {
                CompressedWriter::Gzip(GzEncoder::new(target, Compression::default()))
            }
            FileCompression::Zstd => {
                let encoder = zstd::Encoder::new(target, EFFORT);
                CompressedWriter::Zstd(
                    encoder.map_err(|error| cannot_write(path, &reason(&error)))?,
                )
            }
            #[cfg(feature = "parquet")]
            FileCompression::Parquet => {
                let prices = ParquetPrices::new(target, currency.minor.max(LEAST_PLACES));
                CompressedWriter::Parquet(Box::new(
                    prices.map_err(|error| Self::cannot(path, &error))?,
                ))
            }
        };
        Ok(Self { path: path.to_owned(), packed, is_begun: false })
    }

    /// It cannot be written. A reader who closes a pipe has not seen what it all came to.
    pub fn write_failure(path: &Path, error: &io::Error) -> Failure {
        let path = if is_standard(path) { Path::new("standard output") } else { path };
        match error.kind() {
            ErrorKind::BrokenPipe => cannot_write(path, CLOSED),
            // No system says that: it is a row that the format has no place for.
            ErrorKind::InvalidData => cannot_write(path, &error.to_string()),
            _ => cannot_write(path, &reason(error)),
        }
    }

    /// Ends what is packed, and moves it to its place.
    pub fn keep(self) -> Result<(), Failure> {
        let ended = match self.packed {
            CompressedWriter::Plain(target) => Ok(target),
            CompressedWriter::Gzip(encoder) => encoder.finish(),
            CompressedWriter::Zstd(encoder) => encoder.finish(),
            #[cfg(feature = "parquet")]
            CompressedWriter::Parquet(prices) => prices.finish(),
        };
        let cannot = |error| Self::write_failure(&self.path, &error);
        match ended.map_err(cannot)? {
            OutputTarget::Standard(mut stdout) => stdout.flush().map_err(cannot),
            OutputTarget::File(pending) => pending.keep(),
        }
    }
}

impl Write for OutputFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_begun = true;
        match &mut self.packed {
            CompressedWriter::Plain(target) => target.write(bytes),
            CompressedWriter::Gzip(encoder) => encoder.write(bytes),
            CompressedWriter::Zstd(encoder) => encoder.write(bytes),
            #[cfg(feature = "parquet")]
            CompressedWriter::Parquet(prices) => prices.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Write for OutputTarget {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Standard(stdout) => stdout.write(bytes),
            Self::File(pending) => pending.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Standard(stdout) => stdout.flush(),
            Self::File(_) => Ok(()),
        }
    }
}

/// Where rows go that cannot be priced.
pub enum ErrorOutput<'p> {
    File(ErrorFile<'p>),
    /// Standard error.
    Talk(&'p BatchProgress),
}

/// A file that is there only if there is such a row.
pub struct ErrorFile<'p> {
    path: &'p Path,
    packing: FileCompression,
    currency: &'p Currency,
    output: Option<Box<OutputFile>>,
    /// Why it could not be begun.
    failure: Option<Failure>,
}

impl<'p> ErrorFile<'p> {
    pub const fn new(path: &'p Path, packing: FileCompression, currency: &'p Currency) -> Self {
        Self { path, packing, currency, output: None, failure: None }
    }

    /// Begins it, beside its place.
    pub fn begin(&mut self) -> Result<&mut OutputFile, Failure> {
        let output = match self.output.take() {
            Some(output) => output,
            None => Box::new(OutputFile::new(self.path, self.packing, self.currency)?),
        };
        Ok(self.output.insert(output))
    }
}

impl ErrorOutput<'_> {
    /// Moves the file to its place. Where all rows were priced there is none, and one that an earlier
    /// run left would speak of other rows.
    pub fn keep(self) -> Result<(), Failure> {
        let Self::File(ErrorFile { path, output, .. }) = self else { return Ok(()) };
        if let Some(output) = output.filter(|output| output.is_begun) {
            return output.keep();
        }
        if !is_standard(path) && is_left(path) {
            std::fs::remove_file(path).map_err(|error| cannot_write(path, &reason(&error)))?;
        }
        Ok(())
    }

    /// Why they cannot be written.
    pub fn write_failure(&mut self, path: &Path, error: &io::Error) -> Failure {
        let failure = match self {
            Self::File(file) => file.failure.take(),
            Self::Talk(_) => None,
        };
        failure.unwrap_or_else(|| OutputFile::write_failure(path, error))
    }
}

/// Whether a file is one of such rows, which an earlier run has left.
fn is_left(path: &Path) -> bool {
    let is_file = std::fs::symlink_metadata(path).is_ok_and(|it| it.is_file());
    let mut first = Vec::new();
    let read = File::open(path).and_then(|file| file.take(12).read_to_end(&mut first));
    let begins = [&b"row,id,error"[..], b"\x1f\x8b", b"\x28\xb5\x2f\xfd"];
    is_file && read.is_ok() && begins.iter().any(|begin| first.starts_with(begin))
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
            Self::Talk(progress) => {
                progress.print_above(|| output::stderr_line(&String::from_utf8_lossy(bytes)));
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
