//! Format of a file, by its name.

use crate::answer::batch::RowFormat;
use crate::cli::failure::{Failure, wrong_command_line};
use clap::ValueEnum;
use std::path::Path;

/// Format of rows, as a flag names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FileFormat {
    /// Rows under a header
    Csv,
    /// JSON Lines: an object in each line
    Jsonl,
    /// Parquet, if the program was built with it
    Parquet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileCompression {
    Plain,
    Gzip,
    Zstd,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileEncoding {
    /// Rows of a text, which may be compressed.
    Text(RowFormat, FileCompression),
    /// Columns of values, compressed in parts.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// Endings of names that are no file of deals, with advice. Any other name is taken for CSV.
const FOREIGN: [(&str, &str); 8] = [
    ("json", "write an object in each line, and name it .jsonl"),
    ("tsv", "write commas between the columns, and name it .csv"),
    ("xls", "save it as CSV"),
    ("xlsx", "save it as CSV"),
    ("ods", "save it as CSV"),
    ("zip", "pack it with gzip or zstd"),
    ("bz2", "pack it with gzip or zstd"),
    ("xz", "pack it with gzip or zstd"),
];

/// Finds the format of a file by the format that was `asked` for with `flag`, or by its name. Standard input
/// and output (`-`) are CSV.
pub fn of(path: &Path, asked: Option<FileFormat>, flag: &str) -> Result<FileEncoding, Failure> {
    let (compression, name) = match ending(path).as_deref() {
        Some("gz") => (FileCompression::Gzip, path.with_extension("")),
        Some("zst") => (FileCompression::Zstd, path.with_extension("")),
        _ => (FileCompression::Plain, path.to_owned()),
    };
    let format = match (asked, ending(&name).as_deref()) {
        (Some(FileFormat::Csv), _) => RowFormat::Csv,
        (Some(FileFormat::Jsonl), _) | (None, Some("jsonl" | "ndjson")) => RowFormat::JsonLines,
        (Some(FileFormat::Parquet), _) | (None, Some("parquet")) => {
            return parquet(path, compression, flag);
        }
        (None, ending) => match FOREIGN.iter().find(|(foreign, _)| Some(*foreign) == ending) {
            None => RowFormat::Csv,
            Some((_, hint)) => {
                return Err(wrong_command_line(&format!(
                    "{} is neither CSV nor JSON Lines: {hint}, or name its format with {flag}",
                    path.display()
                )));
            }
        },
    };
    Ok(FileEncoding::Text(format, compression))
}

/// Finds the compression of a file that is always CSV, by its name. `flag` is the one that names the file.
pub fn of_csv(path: &Path, flag: &str) -> Result<FileCompression, Failure> {
    if let Ok(FileEncoding::Text(RowFormat::Csv, compression)) = of(path, None, flag) {
        return Ok(compression);
    }
    Err(wrong_command_line(&format!("{flag}: {} would be CSV: name it .csv", path.display())))
}

#[cfg(feature = "parquet")]
fn parquet(path: &Path, compression: FileCompression, flag: &str) -> Result<FileEncoding, Failure> {
    if crate::cli::files::is_standard(path) {
        let message = "Parquet is not read or written from front to back: name a file";
        return Err(wrong_command_line(&format!("{flag}: {message}")));
    }
    if compression != FileCompression::Plain {
        let message = "Parquet is compressed inside: remove the other compression";
        return Err(wrong_command_line(&format!("{}: {message}", path.display())));
    }
    Ok(FileEncoding::Parquet)
}

#[cfg(not(feature = "parquet"))]
fn parquet(path: &Path, _: FileCompression, _: &str) -> Result<FileEncoding, Failure> {
    Err(wrong_command_line(&format!(
        "{}: this build has no Parquet: build it with `--features parquet`, or write CSV or JSON Lines",
        path.display()
    )))
}

fn ending(path: &Path) -> Option<String> {
    path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase())
}
