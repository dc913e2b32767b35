//! Where prices go, and where it says which rows have none.

use super::naming::Packing;
#[cfg(feature = "parquet")]
use super::parquet::Prices;
use super::progress::Progress;
use crate::cli::failure::Failure;
use crate::cli::files::{Pending, cannot_write, is_standard, reason};
use crate::cli::output;
use crate::value::Currency;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs::File;
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// How hard zstd tries: as hard as its own program does.
const EFFORT: i32 = 3;

/// Why nothing more is written to a reader who has left.
const CLOSED: &str = "whoever read it stopped before the end";

/// Amounts in Parquet have as many decimal places as their currency, and at least these.
#[cfg(feature = "parquet")]
const LEAST_PLACES: u32 = 2;

/// A file that is packed as it is written, and is there when it is kept. `-` is standard output.
pub struct Output {
    path: PathBuf,
    packed: Packed,
    is_begun: bool,
}

enum Packed {
    Plain(Target),
    Gzip(GzEncoder<Target>),
    Zstd(zstd::Encoder<'static, Target>),
    #[cfg(feature = "parquet")]
    Parquet(Box<Prices<Target>>),
}

enum Target {
    Standard(io::Stdout),
    File(Pending),
}

impl Output {
    /// Begins a file. Amounts in it are of a currency.
    #[cfg_attr(
        not(feature = "parquet"),
        expect(unused_variables, reason = "text has any decimals")
    )]
    pub fn new(path: &Path, packing: Packing, currency: &Currency) -> Result<Self, Failure> {
        let target = if is_standard(path) {
            Target::Standard(io::stdout())
        } else {
            Target::File(Pending::new(path)?)
        };
        let packed = match packing {
            Packing::Plain => Packed::Plain(target),
            Packing::Gzip => Packed::Gzip(GzEncoder::new(target, Compression::default())),
            Packing::Zstd => {
                let encoder = zstd::Encoder::new(target, EFFORT);
                Packed::Zstd(encoder.map_err(|error| cannot_write(path, &reason(&error)))?)
            }
            #[cfg(feature = "parquet")]
            Packing::Parquet => {
                let prices = Prices::new(target, currency.minor.max(LEAST_PLACES));
                Packed::Parquet(Box::new(prices.map_err(|error| Self::cannot(path, &error))?))
            }
        };
        Ok(Self { path: path.to_owned(), packed, is_begun: false })
    }

    /// It cannot be written. A reader who closes a pipe has not seen what it all came to.
    pub fn cannot(path: &Path, error: &io::Error) -> Failure {
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
            Packed::Plain(target) => Ok(target),
            Packed::Gzip(encoder) => encoder.finish(),
            Packed::Zstd(encoder) => encoder.finish(),
            #[cfg(feature = "parquet")]
            Packed::Parquet(prices) => prices.finish(),
        };
        let cannot = |error| Self::cannot(&self.path, &error);
        match ended.map_err(cannot)? {
            Target::Standard(mut stdout) => stdout.flush().map_err(cannot),
            Target::File(pending) => pending.keep(),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_begun = true;
        match &mut self.packed {
            Packed::Plain(target) => target.write(bytes),
            Packed::Gzip(encoder) => encoder.write(bytes),
            Packed::Zstd(encoder) => encoder.write(bytes),
            #[cfg(feature = "parquet")]
            Packed::Parquet(prices) => prices.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Write for Target {
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
pub enum Errors<'p> {
    File(ErrorsFile<'p>),
    /// Standard error.
    Talk(&'p Progress),
}

/// A file that is there only if there is such a row.
pub struct ErrorsFile<'p> {
    path: &'p Path,
    packing: Packing,
    currency: &'p Currency,
    output: Option<Box<Output>>,
    /// Why it could not be begun.
    failure: Option<Failure>,
}

impl<'p> ErrorsFile<'p> {
    pub const fn new(path: &'p Path, packing: Packing, currency: &'p Currency) -> Self {
        Self { path, packing, currency, output: None, failure: None }
    }

    /// Begins it, beside its place.
    pub fn begin(&mut self) -> Result<&mut Output, Failure> {
        let output = match self.output.take() {
            Some(output) => output,
            None => Box::new(Output::new(self.path, self.packing, self.currency)?),
        };
        Ok(self.output.insert(output))
    }
}

impl Errors<'_> {
    /// Moves the file to its place. Where all rows were priced there is none, and one that an earlier
    /// run left would speak of other rows.
    pub fn keep(self) -> Result<(), Failure> {
        let Self::File(ErrorsFile { path, output, .. }) = self else { return Ok(()) };
        if let Some(output) = output.filter(|output| output.is_begun) {
            return output.keep();
        }
        if !is_standard(path) && is_left(path) {
            std::fs::remove_file(path).map_err(|error| cannot_write(path, &reason(&error)))?;
        }
        Ok(())
    }

    /// Why they cannot be written.
    pub fn cannot(&mut self, path: &Path, error: &io::Error) -> Failure {
        let failure = match self {
            Self::File(file) => file.failure.take(),
            Self::Talk(_) => None,
        };
        failure.unwrap_or_else(|| Output::cannot(path, error))
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

impl Write for Errors<'_> {
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
                progress.aside(|| output::talk(&String::from_utf8_lossy(bytes)));
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
