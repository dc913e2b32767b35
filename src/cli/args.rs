//! What can be typed. Words only: what they mean is decided later, with the book at hand.

use super::command::batch::BatchArgs;
use super::command::book::BookArgs;
use super::command::check::CheckArgs;
use super::command::compare::CompareArgs;
use super::command::completions::CompletionsArgs;
use super::command::desk::DeskArgs;
use super::command::diff::DiffArgs;
use super::command::invoices::InvoicesArgs;
use super::command::man::ManArgs;
use super::command::negotiate::NegotiateArgs;
use super::command::new::NewArgs;
use super::command::quote::QuoteArgs;
use super::command::reprice::RepriceArgs;
use super::command::schema::SchemaArgs;
use super::command::usage::UsageArgs;
use super::command::value::ValueArgs;
use clap::{Args as _, Parser, Subcommand};
use std::path::PathBuf;

/// Price a deal from one price book, exactly, with its approvals and the reason for every figure.
#[derive(Debug, Parser)]
#[command(
    name = "dealdesk",
    version,
    disable_version_flag = true,
    disable_help_subcommand = true,
    after_help = "\
Examples:
  dealdesk quote --customer \"Acme Bank\" --metric socket --quantity 500 --term 3
  dealdesk quote examples/lighthouse.toml --explain
  dealdesk quote examples/lighthouse.toml --format json
  dealdesk invoices examples/lighthouse.toml --start 2027-01-01
  dealdesk negotiate examples/lighthouse.toml --target 40% --within vp
  dealdesk value examples/value.toml --discount-rate 8%
  dealdesk new acme-bank.toml
  dealdesk usage examples/usage.csv examples/consumption-committed.toml
  dealdesk batch examples/batch.csv --output prices.csv
  dealdesk reprice deals.csv --book next-year.toml
  dealdesk check deals/ --max-approval vp
  dealdesk desk deals/ --expires-within 30
  dealdesk compare examples/socket.toml --units core=16/socket
  dealdesk diff deals/acme-bank.toml --against main
  dealdesk book check --deny larger-order-costs-less
  dealdesk book show --metric socket --chart
  dealdesk book diff pricing.toml next-year.toml --deals deals/

Exit codes: 0 done, 1 could not do it, 2 wrong command line, 3 above the allowed approval level,
4 outside policy."
)]
pub struct Args {
    #[command(flatten)]
    pub everywhere: GlobalArgs,

    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What every command takes.
#[derive(Debug, clap::Args)]
pub struct GlobalArgs {
    /// The price book
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        help = "The price book [env: DEALDESK_PRICE_BOOK] [default: the nearest pricing.toml from here upwards, else the built-in one]"
    )]
    pub price_book: Option<PathBuf>,

    /// Print the versions of dealdesk and of the price book
    #[arg(short = 'V', long)]
    pub version: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Quote(Box<QuoteArgs>),
    Invoices(Box<InvoicesArgs>),
    Negotiate(Box<NegotiateArgs>),
    New(NewArgs),
    Value(Box<ValueArgs>),
    Usage(UsageArgs),
    Batch(BatchArgs),
    Reprice(RepriceArgs),
    Check(CheckArgs),
    Desk(DeskArgs),
    Compare(Box<CompareArgs>),
    Diff(DiffArgs),
    Book(BookArgs),
    Schema(SchemaArgs),
    Completions(CompletionsArgs),
    Man(ManArgs),
}

/// Lays out the flags of a command.
type CommandBuilder = fn(clap::Command) -> clap::Command;

/// The commands by their names.
const COMMANDS: &[(&str, CommandBuilder)] = &[
    ("quote", QuoteArgs::augment_args),
    ("invoices", InvoicesArgs::augment_args),
    ("negotiate", NegotiateArgs::augment_args),
    ("new", NewArgs::augment_args),
    ("value", ValueArgs::augment_args),
    ("usage", UsageArgs::augment_args),
    ("batch", BatchArgs::augment_args),
    ("reprice", RepriceArgs::augment_args),
    ("check", CheckArgs::augment_args),
    ("desk", DeskArgs::augment_args),
    ("compare", CompareArgs::augment_args),
    ("diff", DiffArgs::augment_args),
    ("book", BookArgs::augment_args),
    ("schema", SchemaArgs::augment_args),
    ("completions", CompletionsArgs::augment_args),
    ("man", ManArgs::augment_args),
];

/// The command line with the flags of the one command that is asked for: to lay out those of all takes
/// longer than to price a deal. It has no help: what it refuses is asked of the whole one.
pub fn minimal_command() -> clap::Command {
    let command = clap::Command::new("dealdesk");
    let command = GlobalArgs::augment_args(command.disable_version_flag(true));
    let command = command.disable_help_subcommand(true);
    let mine = COMMANDS.iter().map(|&(name, lay_out)| clap::Command::new(name).defer(lay_out));
    command.subcommands(mine)
}
