//! The command line: each command loads its inputs, asks an answer module and prints the answer. No
//! other module touches the terminal, the clock, files or the environment.

mod args;
mod books;
mod codes;
mod command;
mod contracts;
mod deal_files;
mod deals;
mod failure;
mod files;
mod git;
mod git_tree;
mod interrupt;
mod levels;
mod output;
mod printing;
mod progress_bar;
mod typed;
mod wizard;

use crate::text::clean;
use args::{COMMANDS, GlobalArgs};
use books::{BookChoice, LoadedBook};
use clap::{ArgMatches, FromArgMatches};
use failure::{CommandOutcome, Failure, wrong_command_line};
use printing::OutputArgs;
use std::ffi::OsString;
use std::process::ExitCode;

pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<_> = args.into_iter().collect();
    let outcome = parse(&args).map_err(Failure::Usage).and_then(|typed| dispatch(&typed));
    outcome.map_or_else(output::report, CommandOutcome::exit_code)
}

/// Returns the arguments, or clap's message, which may also be the help. A message repeats arguments, so
/// it is made from arguments without control characters.
fn parse(args: &[OsString]) -> Result<ArgMatches, clap::Error> {
    if let Ok(typed) = args::minimal_command().try_get_matches_from(args) {
        return Ok(typed);
    }
    let parse = |args: &[OsString]| args::full_command().try_get_matches_from(args);
    let harmless = |arg: &OsString| OsString::from(clean(&arg.to_string_lossy()).into_owned());
    parse(args).map_err(|answer| {
        let shown: Vec<_> = args.iter().map(harmless).collect();
        parse(&shown).err().unwrap_or(answer)
    })
}

fn dispatch(typed: &ArgMatches) -> Result<CommandOutcome, Failure> {
    let everywhere = GlobalArgs::from_arg_matches(typed).map_err(Failure::Usage)?;
    let book = BookChoice::new(everywhere.price_book, everywhere.contracts);
    if everywhere.version {
        return command::version::run(&book);
    }
    if let Some((named, flags)) = typed.subcommand()
        && let Some((_, command)) = COMMANDS.iter().find(|(name, _)| *name == named)
    {
        return command.run(flags, &book);
    }
    let help = args::full_command().render_help();
    let is_colored = output::stdout().colored;
    output::data(&if is_colored { help.ansi().to_string() } else { help.to_string() })
}
