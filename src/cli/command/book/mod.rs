//! `dealdesk book`: what a price book says, and what another one would.

pub mod show;

use crate::cli::books::Wanted;
use crate::cli::failure::{Failure, Outcome};
use clap::{Args, Subcommand};
use show::ShowArgs;

/// Show a price book
#[derive(Debug, Args)]
#[command(
    arg_required_else_help = true,
    after_help = "\
Examples:
  dealdesk book show
  dealdesk book show next-year.toml --metric socket"
)]
pub struct BookArgs {
    #[command(subcommand)]
    command: BookCommand,
}

#[derive(Debug, Subcommand)]
enum BookCommand {
    Show(ShowArgs),
}

pub fn run(args: &BookArgs, wanted: &Wanted) -> Result<Outcome, Failure> {
    match &args.command {
        BookCommand::Show(args) => show::run(args, wanted),
    }
}

/// The book that a command names, else the one that quotes.
fn wanted(named: Option<&std::path::Path>, wanted: &Wanted) -> Wanted {
    named.map_or_else(|| wanted.clone(), |path| Wanted::new(Some(path.to_owned())))
}
