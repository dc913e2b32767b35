//! `dealdesk book`: what a price book says, what is so of it, and what changes with another one.

mod check;
mod diff;
mod show;

use crate::cli::books::BookChoice;
use crate::cli::failure::{CommandOutcome, Failure};
use crate::text::diagnostic::Diagnostics;
use check::{BookCheckArgs, BookExplainArgs};
use clap::{Args, Subcommand};
use diff::BookDiffArgs;
use show::BookShowArgs;
use std::path::Path;

/// Check a price book, show it, or compare two
#[derive(Debug, Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Examples:
  dealdesk book check
  dealdesk book explain larger-order-costs-less
  dealdesk book show
  dealdesk book show next-year.toml --metric socket
  dealdesk book diff pricing.toml next-year.toml --deals deals/"
)]
pub struct BookArgs {
    #[command(subcommand)]
    command: BookCommand,
}

#[derive(Debug, Subcommand)]
enum BookCommand {
    Check(BookCheckArgs),
    Explain(BookExplainArgs),
    Show(BookShowArgs),
    Diff(BookDiffArgs),
}

pub fn run(args: &BookArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    match &args.command {
        BookCommand::Check(args) => check::run(args, wanted),
        BookCommand::Explain(args) => check::explain(args),
        BookCommand::Show(args) => show::run(args, wanted),
        BookCommand::Diff(args) => diff::run(args, wanted),
    }
}

/// What is wrong with a listing is wrong with its book too, which was loaded by then.
fn in_no_listing(faults: Diagnostics) -> Failure {
    Failure::faults("the price book cannot be listed", faults)
}

/// The book that a command names, else the one that quotes.
fn wanted(named: Option<&Path>, wanted: &BookChoice) -> BookChoice {
    named.map_or_else(|| wanted.clone(), |path| BookChoice::new(Some(path.to_owned())))
}
