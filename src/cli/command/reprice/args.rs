//! Arguments of `dealdesk reprice`.

use crate::cli::command::batch::naming::FileFormat;
use crate::cli::printing::FormatArgs;
use clap::Args;
use std::path::PathBuf;

/// Price deals under a new price book, and show the changes
///
/// The deals are a folder of deal files, with the folders in it; one deal file (.toml); or a file of
/// deals as batch reads it: CSV or JSON Lines, compressed or not. In a folder every file named .toml
/// is a deal, except names that begin with a dot, pricing.toml, and the two books.
///
/// The old book is the current price book: --price-book, `DEALDESK_PRICE_BOOK`, or the nearest
/// pricing.toml. Sums, levels and metrics are those of the deals that both books have a price for;
/// the others are counted and named with the reason.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk reprice deals/ --book next-year.toml
  dealdesk reprice deals.csv.gz --book next-year.toml --output changes.csv
  dealdesk reprice deals.jsonl --book next-year.toml --top 25 --format markdown
  zcat deals.csv.gz | dealdesk reprice - --book next-year.toml --format json

Exit codes: 0 the new book has a price for every deal; 1 it has none for some, whether the old one had
or not, or some could not be read: the answer is printed all the same; 2 wrong command line. A deal
that the new book refuses has a price.")]
pub struct RepriceArgs {
    /// A folder of deal files, a deal file, or a file of deals; - reads such rows from standard input
    #[arg(value_name = "DEALS")]
    pub input: PathBuf,

    /// The new price book
    #[arg(long, value_name = "FILE")]
    pub book: PathBuf,

    /// Also write a CSV row for each deal, whole or not at all; compressed if the name ends in .gz or
    /// .zst
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,

    #[command(flatten)]
    pub printed: FormatArgs,

    #[command(flatten)]
    pub how: TwoBooksArgs,
}

/// Arguments that `reprice` shares with `book diff`.
#[derive(Debug, Args)]
pub struct TwoBooksArgs {
    /// The number of deals listed of each kind
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(..=1000))]
    pub top: u16,

    /// The currency to compare [default: the first one of the old price book]
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,

    /// The format of a file of deals [default: by the file name]
    #[arg(long, value_name = "FORMAT")]
    pub input_format: Option<FileFormat>,

    /// A CSV column to ignore; can be repeated
    #[arg(long, value_name = "NAME")]
    pub ignore_column: Vec<String>,

    /// The number of threads [default: the number of processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,

    /// No progress
    #[arg(short, long)]
    pub quiet: bool,
}
