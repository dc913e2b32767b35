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
/// row that cannot be priced is not in it: it is in the errors file as `row,id,error`, and all others
/// are priced all the same.
///
/// Names that end in .jsonl or .ndjson are JSON Lines, .parquet is Parquet (in builds that have it),
/// and any others CSV; with .gz or .zst behind .jsonl or .csv they are packed.
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

    /// How the deals are written [default: what the name of the file says]
    #[arg(long, value_name = "FORMAT")]
    pub input_format: Option<FileFormat>,

    /// How the prices are written [default: what the name of the file says]
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

    /// A column of CSV that says nothing; can be given several times
    #[arg(long, value_name = "NAME")]
    pub ignore_column: Vec<String>,

    /// How many rows are priced at once [default: as many as there are processors]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,

    /// How to sum up on standard error
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub summary: SummaryFormat,

    /// Neither progress nor summary: only what went wrong
    #[arg(short, long, conflicts_with = "summary")]
    pub quiet: bool,
}

/// Format of the summary of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SummaryFormat {
    /// For people at a terminal
    Text,
    /// For programs, with the name and version of its schema; behind the rows that could not be
    /// priced, where those go to standard error too
    Json,
    /// Not at all
    None,
}

impl BatchArgs {
    /// Returns the format of the summary.
    pub const fn summary_format(&self) -> SummaryFormat {
        if self.quiet { SummaryFormat::None } else { self.summary }
    }
}
