//! The flags of `dealdesk diff`.

use crate::cli::printing::OutputArgs;
use clap::Args;
use std::path::PathBuf;

/// Compare two versions of a deal: money, approvals, and steps of the price
///
/// The versions are two files; or with --against each file now and in a revision of git. A file that
/// the revision does not have is a new deal, and a deleted file is a removed deal. One book prices both
/// versions, on the date that each names, or today.
///
/// Only changes are shown. The differences of the lines add up to the difference of the contract.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk diff offer-1.toml offer-2.toml
  dealdesk diff acme-bank.toml --against HEAD~1
  dealdesk diff deals/*.toml --against origin/main --format markdown --output comment.md
  dealdesk diff acme-bank.toml --against v1.2 --max-approval vp

Exit codes: 0 done, whatever changed; 1 a deal could not be compared, and the others are shown all the
same; 2 wrong command line. With --max-approval, for the new versions: 3 a deal needs a higher level,
4 a deal is outside policy.")]
pub struct DiffArgs {
    /// The old version and the new one; - reads one from standard input. With --against, any number of
    /// deal files
    #[arg(value_name = "DEAL", required = true)]
    pub deals: Vec<PathBuf>,

    /// The revision of git that has the old versions: a branch, a tag or a commit
    #[arg(long, value_name = "REV")]
    pub against: Option<String>,

    /// The highest approval level that a new version may need
    #[arg(long, value_name = "LEVEL")]
    pub max_approval: Option<String>,

    /// The date of all versions, which overrides their own
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub date: Option<String>,

    #[command(flatten)]
    pub printing: OutputArgs,
}
