//! The command line: each command loads its inputs, asks an answer module and prints the answer. No
//! other module touches the terminal, the clock, files or the environment.

mod args;
mod books;
mod command;
mod deals;
mod failure;
mod files;
mod git;
mod interrupt;
mod levels;
mod output;
mod printing;
mod progress_bar;
mod typed;
mod wizard;

use crate::number::Date;
use crate::text::clean;
use args::{Args, Command};
use books::{BookChoice, LoadedBook};
use clap::FromArgMatches;
use failure::{CommandOutcome, Failure, wrong_command_line};
use printing::OutputArgs;
use std::ffi::OsString;
use std::process::ExitCode;

/// Returns the date of the system's clock, for a deal that names none.
fn today() -> Date {
    Date::of_clock(std::time::SystemTime::now())
}

/// Runs the command of the arguments and returns its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<_> = args.into_iter().collect();
    let outcome = parse(&args).map_err(Failure::Usage).and_then(dispatch);
    outcome.map_or_else(output::report, CommandOutcome::exit_code)
}

/// Returns the arguments, or clap's message, which may also be the help. A message repeats arguments, so
/// it is made from arguments without control characters.
fn parse(args: &[OsString]) -> Result<Args, clap::Error> {
    let by = |definition: clap::Command, args: &[OsString]| {
        definition.try_get_matches_from(args).and_then(|found| Args::from_arg_matches(&found))
    };
    if let Ok(args) = by(args::minimal_command(), args) {
        return Ok(args);
    }
    let parse = |args: &[OsString]| by(args::full_command(), args);
    let harmless = |arg: &OsString| OsString::from(clean(&arg.to_string_lossy()).into_owned());
    parse(args).map_err(|answer| {
        let shown: Vec<_> = args.iter().map(harmless).collect();
        parse(&shown).err().unwrap_or(answer)
    })
}

fn dispatch(args: Args) -> Result<CommandOutcome, Failure> {
    let book = BookChoice::new(args.everywhere.price_book);
    if args.everywhere.version {
        return command::version::run(&book);
    }
    match args.command {
        Some(Command::Quote(args)) => command::quote::run(&args, &book),
        Some(Command::Invoices(args)) => command::invoices::run(&args, &book),
        Some(Command::Negotiate(args)) => command::negotiate::run(&args, &book),
        Some(Command::New(args)) => command::new::run(&args, &book),
        Some(Command::Value(args)) => command::value::run(&args, &book),
        Some(Command::Usage(args)) => command::usage::run(&args, &book),
        Some(Command::Batch(args)) => command::batch::run(&args, &book),
        Some(Command::Reprice(args)) => command::reprice::run(&args, &book),
        Some(Command::Book(args)) => command::book::run(&args, &book),
        Some(Command::Check(args)) => command::check::run(&args, &book),
        Some(Command::Desk(args)) => command::desk::run(&args, &book),
        Some(Command::Compare(args)) => command::compare::run(&args, &book),
        Some(Command::Diff(args)) => command::diff::run(&args, &book),
        Some(Command::Schema(args)) => command::schema::run(&args),
        Some(Command::Completions(args)) => {
            command::shell::completions(&args, args::full_command())
        }
        Some(Command::Man(args)) => command::shell::man(&args, args::full_command()),
        None => {
            let help = args::full_command().render_help();
            let is_colored = output::stdout().colored;
            output::data(&if is_colored { help.ansi().to_string() } else { help.to_string() })
        }
    }
}
