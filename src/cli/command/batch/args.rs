//! Arguments of `dealdesk batch`.

use super::naming::FileFormat;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// Price a file of deals
///
/// The file is CSV or JSON Lines, with a deal in each row. CSV begins with a header of these columns,
/// in any order: `id,customer,metric,quantity,term_years,prepay,strategic,strategic_rate`, and
/// `volume,edition,hosts,incumbent`. All but `id,metric,quantity` can be left out, and an empty cell
/// is the default.
///
/// Rows are priced as quote prices deals, and written in their order as
/// `id,list_unit,net_unit,annual,tcv,discount,approval`. The output appears whole or not at all. A
/// row that cannot be priced is in the errors file instead, as `row,id,error`; all other rows are
/// priced.
///
/// Names that end in .jsonl or .ndjson are JSON Lines, .parquet is Parquet (in builds that have it),
/// and all others CSV; .jsonl and .csv can be followed by .gz or .zst for compressed files.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk batch examples/batch.csv --output prices.csv
  dealdesk batch deals.jsonl.gz --output prices.csv.zst --errors bad.csv
  dealdesk batch deals.csv --output prices.csv --max-approval vp
  zcat deals.csv.gz | dealdesk batch - --output - | sort -t, -k5 -n

Exit codes: 0 all rows are priced; 1 some are not, and all others are written; 2 wrong command line.
With --max-approval, where no row failed: 3 a row needs a higher level, 4 a row is outside policy.")]
pub struct BatchArgs {
    /// The deals; - reads them from standard input
    pub input: PathBuf,

    /// File of the prices, which appears whole or not at all; - is standard output
    #[arg(long, value_name = "FILE")]
    pub output: PathBuf,

    /// The format of the deals [default: by the file name]
    #[arg(long, value_name = "FORMAT")]
    pub input_format: Option<FileFormat>,

    /// The format of the prices [default: by the file name]
    #[arg(long, value_name = "FORMAT")]
    pub output_format: Option<FileFormat>,

    /// File of the rows that cannot be priced, as CSV [default: the output with .errors.csv behind it, or
    /// standard error if that is no file]
    #[arg(long, value_name = "FILE")]
    pub errors: Option<PathBuf>,

    /// The highest level that a row may need; the exit code says whether one needs more
    #[arg(long, value_name = "LEVEL")]
    pub max_approval: Option<String>,

    /// The currency of all rows [default: the first one of the price book]
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,

    /// A CSV column to ignore; can be repeated
    #[arg(long, value_name = "NAME")]
    pub ignore_column: Vec<String>,

    /// The number of threads [default: the number of processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,

    /// The format of the summary on standard error
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub summary: SummaryFormat,

    /// Print errors only, without progress and summary
    #[arg(short, long, conflicts_with = "summary")]
    pub quiet: bool,
}

/// Format of the summary of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SummaryFormat {
    /// For people at a terminal
    Text,
    /// For programs, with the name and version of its schema; follows the rows that could not be
    /// priced, if they go to standard error too
    Json,
    /// No summary
    None,
}
