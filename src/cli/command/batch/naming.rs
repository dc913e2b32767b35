//! What the name of a file says of its bytes.

use crate::answer::batch::RowFormat;
use crate::cli::failure::{Failure, wrong_command_line};
use clap::ValueEnum;
use std::path::Path;

/// How rows are written, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FileFormat {
    /// Rows under a header
    Csv,
    /// JSON Lines: an object in each line
    Jsonl,
    /// Parquet, if the program was built with it
    Parquet,
}

/// How a file is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileCompression {
    Plain,
    Gzip,
    Zstd,
    /// By columns, and in packed parts.
    #[cfg(feature = "parquet")]
    Parquet,
}

/// Endings of what is no file of deals, with what to do about it. Any other name is taken for CSV.
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

/// How a file is written and packed, by its name and by what was `asked` for. `flag` is the one that
/// asks. `-` has no name: CSV, and not packed.
pub fn of(
    path: &Path,
    asked: Option<FileFormat>,
    flag: &str,
) -> Result<(RowFormat, FileCompression), Failure> {
    let (packing, name) = match ending(path).as_deref() {
        Some("gz") => (FileCompression::Gzip, path.with_extension("")),
        Some("zst") => (FileCompression::Zstd, path.with_extension("")),
        _ => (FileCompression::Plain, path.to_owned()),
    };
    let form = match (asked, ending(&name).as_deref()) {
        (Some(FileFormat::Csv), _) => RowFormat::Csv,
        (Some(FileFormat::Jsonl), _) | (None, Some("jsonl" | "ndjson")) => RowFormat::JsonLines,
        (Some(FileFormat::Parquet), _) | (None, Some("parquet")) => {
            return parquet(path, packing, flag);
        }
        (None, ending) => {
            if let Some((_, hint)) = FOREIGN.iter().find(|(foreign, _)| Some(*foreign) == ending) {
                return Err(wrong_command_line(&format!(
                    "{} is neither CSV nor JSON Lines: {hint}, or name its format with {flag}",
                    path.display()
                )));
            }
            RowFormat::Csv
        }
    };
    Ok((form, packing))
}

/// How a file is packed that is always CSV, by its name. `flag` is the one that names it.
pub fn of_csv(path: &Path, flag: &str) -> Result<FileCompression, Failure> {
    // By its name alone, which has to be one that CSV may have.
    if let Ok((
        RowFormat::Csv,
        packing @ (FileCompression::Plain | FileCompression::Gzip | FileCompression::Zstd),
    )) = of(path, None, flag)
    {
        return Ok(packing);
    }
    Err(wrong_command_line(&format!("{flag}: {} would be CSV: name it .csv", path.display())))
}

#[cfg(feature = "parquet")]
fn parquet(
    path: &Path,
    packing: FileCompression,
    flag: &str,
) -> Result<(RowFormat, FileCompression), Failure> {
    if crate::cli::files::is_standard(path) {
        let message = "Parquet is not read or written from front to back: name a file";
        return Err(wrong_command_line(&format!("{flag}: {message}")));
    }
    if packing != FileCompression::Plain {
        let message = "Parquet is compressed inside: remove the other compression";
        return Err(wrong_command_line(&format!("{}: {message}", path.display())));
    }
    let is_read = flag == "--input-format";
    let form = if is_read { super::parquet::READ } else { super::parquet::MADE_FROM };
    Ok((form, FileCompression::Parquet))
}

#[cfg(not(feature = "parquet"))]
fn parquet(
    path: &Path,
    _: FileCompression,
    _: &str,
) -> Result<(RowFormat, FileCompression), Failure> {
    Err(wrong_command_line(&format!(
        "{}: this build has no Parquet: build it with `--features parquet`, or write CSV or JSON \
         Lines",
        path.display()
    )))
}

fn ending(path: &Path) -> Option<String> {
    path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase())
}
