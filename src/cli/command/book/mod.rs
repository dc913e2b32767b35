//! `dealdesk book`: what a price book says, and what another one would.

pub mod check;
pub mod show;

use crate::cli::books::Wanted;
use crate::cli::failure::{Failure, Outcome};
use check::{CheckArgs, ExplainArgs};
use clap::{Args, Subcommand};
use show::ShowArgs;

/// Show a price book, and prove what is so of it
#[derive(Debug, Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Examples:
  dealdesk book check
  dealdesk book explain larger-order-costs-less
  dealdesk book show
  dealdesk book show next-year.toml --metric socket"
)]
pub struct BookArgs {
    #[command(subcommand)]
    command: BookCommand,
}

#[derive(Debug, Subcommand)]
enum BookCommand {
    Check(CheckArgs),
    Explain(ExplainArgs),
    Show(ShowArgs),
}

pub fn run(args: &BookArgs, wanted: &Wanted) -> Result<Outcome, Failure> {
    match &args.command {
        BookCommand::Check(args) => check::run(args, wanted),
        BookCommand::Explain(args) => check::explain(args),
        BookCommand::Show(args) => show::run(args, wanted),
    }
}

/// The book that a command names, else the one that quotes.
fn wanted(named: Option<&std::path::Path>, wanted: &Wanted) -> Wanted {
    named.map_or_else(|| wanted.clone(), |path| Wanted::new(Some(path.to_owned())))
}
