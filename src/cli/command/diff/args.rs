//! What can be typed.

use crate::cli::printing::OutputArgs;
use clap::Args;
use std::path::PathBuf;

/// Say what changed between two versions of a deal: money, approvals, and every step of the price
///
/// The versions are two files; or with --against each file as it is and as it was in a revision of
/// git. A file that was not there is a new deal, and one that is there no more a removed one. One book
/// prices both versions, on the day that each names, and else today.
///
/// Only what changed is told. What the lines cost more or less adds up to what the contract does.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk diff offer-1.toml offer-2.toml
  dealdesk diff acme-bank.toml --against HEAD~1
  dealdesk diff deals/*.toml --against origin/main --format markdown --output comment.md
  dealdesk diff acme-bank.toml --against v1.2 --max-approval vp

Exit codes: 0 told, whatever changed; 1 a deal could not be compared, and the others are told all
the same; 2 wrong command line. With --max-approval, by the new versions: 3 a level above it is
needed, 4 outside policy.")]
pub struct DiffArgs {
    /// The old version and the new one; - reads one from standard input. With --against, any number of
    /// deal files
    #[arg(value_name = "DEAL", required = true)]
    pub deals: Vec<PathBuf>,

    /// The revision of git that has the old versions: a branch, a tag or a commit
    #[arg(long, value_name = "REV")]
    pub against: Option<String>,

    /// The highest approval level that is no failure of a new version
    #[arg(long, value_name = "LEVEL")]
    pub max_approval: Option<String>,

    /// The day of all versions, whatever they name
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<String>,

    #[command(flatten)]
    pub printing: OutputArgs,
}
