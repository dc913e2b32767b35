//! The command line: the only module that touches the terminal, the clock, files and the
//! environment.

mod args;
mod books;
mod command;
mod failure;
mod files;
mod output;
mod typed;
mod wizard;

use args::{Args, Command};
use clap::{CommandFactory, FromArgMatches};
use failure::{Failure, Outcome};
use std::ffi::OsString;
use std::process::ExitCode;

/// Does what the arguments say, and answers with the exit code of the contract.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let parsed =
        definition().try_get_matches_from(args).and_then(|found| Args::from_arg_matches(&found));
    let outcome = match parsed {
        Ok(args) => dispatch(args),
        Err(asked) => Err(Failure::from(asked)),
    };
    match outcome {
        Ok(outcome) => outcome.exit_code(),
        Err(failure) => failure.report(),
    }
}

fn dispatch(args: Args) -> Result<Outcome, Failure> {
    let book = books::Wanted(args.price_book);
    if args.version {
        return command::version::run(&book);
    }
    match args.command {
        Some(Command::Quote(args)) => command::quote::run(&args, &book),
        Some(Command::New(args)) => command::new::run(&args, &book),
        Some(Command::Schema(args)) => command::schema::run(&args),
        Some(Command::Completions(args)) => command::completions::run(&args),
        Some(Command::Man(args)) => command::man::run(&args),
        None => {
            output::data(&definition().render_help().ansi().to_string())?;
            Ok(Outcome::Done)
        }
    }
}

/// The whole command line, for parsing, help, completions and man pages.
fn definition() -> clap::Command {
    Args::command()
}
