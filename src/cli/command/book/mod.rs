//! `dealdesk book`: a price book checked, shown, compared with another, imported from a price list, or begun.

mod check;
mod diff;
mod import;
mod new;
mod show;

use crate::cli::{BookChoice, CommandOutcome, Failure};
use check::BookCheckArgs;
use clap::{Args, Subcommand};
use diff::BookDiffArgs;
use import::BookImportArgs;
use new::BookNewArgs;
use show::BookShowArgs;

/// Check a price book, show it, compare two, import a price list, or begin a new one
#[derive(Debug, Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Examples:
  dealdesk book check
  dealdesk book show
  dealdesk book show next-year.toml --metric socket
  dealdesk book diff pricing.toml next-year.toml --deals deals/
  dealdesk book import prices.csv --output pricing.toml
  dealdesk book new --output pricing.toml"
)]
pub struct BookArgs {
    #[command(subcommand)]
    command: BookCommand,
}

#[derive(Debug, Subcommand)]
enum BookCommand {
    Check(BookCheckArgs),
    Show(BookShowArgs),
    Diff(BookDiffArgs),
    Import(BookImportArgs),
    New(BookNewArgs),
}

pub fn run(args: &BookArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    match &args.command {
        BookCommand::Check(args) => check::run(args, wanted),
        BookCommand::Show(args) => show::run(args, wanted),
        BookCommand::Diff(args) => diff::run(args, wanted),
        BookCommand::Import(args) => import::run(args, wanted),
        BookCommand::New(args) => new::run(args, wanted),
    }
}
