//! The command line as clap parses it. Names of the price book stay text here, because the book is
//! loaded later.

use super::command::{
    batch, book, check, compare, desk, diff, invoices, negotiate, new, quote, reprice, schema,
    shell, usage, value,
};
use clap::{Args as _, CommandFactory, Parser, Subcommand};
use std::path::PathBuf;

/// Price deals exactly from one price book, with approvals and the source of every figure.
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

Exit codes: 0 done; 1 a file, deal or price book has errors; 2 wrong command line; 3 a deal needs a
higher approval level than allowed; 4 a deal is outside policy."
)]
pub struct Args {
    #[command(flatten)]
    pub everywhere: GlobalArgs,

    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The flags of every command.
#[derive(Debug, clap::Args)]
pub struct GlobalArgs {
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        help = "The price book [env: DEALDESK_PRICE_BOOK] [default: the nearest pricing.toml in this folder or above, else the built-in one]"
    )]
    pub price_book: Option<PathBuf>,

    /// Print the versions of dealdesk and of the price book
    #[arg(short = 'V', long)]
    pub version: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Quote(Box<quote::QuoteArgs>),
    Invoices(Box<invoices::InvoicesArgs>),
    Negotiate(Box<negotiate::NegotiateArgs>),
    New(new::NewArgs),
    Value(Box<value::ValueArgs>),
    Usage(usage::UsageArgs),
    Batch(batch::BatchArgs),
    Reprice(reprice::RepriceArgs),
    Check(check::CheckArgs),
    Desk(desk::DeskArgs),
    Compare(Box<compare::CompareArgs>),
    Diff(diff::DiffArgs),
    Book(book::BookArgs),
    Schema(schema::SchemaArgs),
    Completions(shell::CompletionsArgs),
    Man(shell::ManArgs),
}

/// Adds the flags of a command to its definition.
type CommandBuilder = fn(clap::Command) -> clap::Command;

/// Every command, in the order of the help and under the heading of those who use it.
const COMMANDS: &[(&str, &str, CommandBuilder)] = &[
    ("Quote", "new", new::NewArgs::augment_args),
    ("Quote", "quote", quote::QuoteArgs::augment_args),
    ("Quote", "invoices", invoices::InvoicesArgs::augment_args),
    ("Quote", "usage", usage::UsageArgs::augment_args),
    ("Quote", "compare", compare::CompareArgs::augment_args),
    ("Quote", "value", value::ValueArgs::augment_args),
    ("Quote", "negotiate", negotiate::NegotiateArgs::augment_args),
    ("Approve", "check", check::CheckArgs::augment_args),
    ("Approve", "desk", desk::DeskArgs::augment_args),
    ("Approve", "diff", diff::DiffArgs::augment_args),
    ("Price book", "book", book::BookArgs::augment_args),
    ("Price book", "reprice", reprice::RepriceArgs::augment_args),
    ("Files", "batch", batch::BatchArgs::augment_args),
    ("Files", "schema", schema::SchemaArgs::augment_args),
    ("Shell", "completions", shell::CompletionsArgs::augment_args),
    ("Shell", "man", shell::ManArgs::augment_args),
];

/// Returns the whole command line, for help, completions and man pages.
pub fn full_command() -> clap::Command {
    let command = Args::command();
    let template = help_template(&command);
    command.help_template(template)
}

/// Returns the command line with the flags of the typed command only, because a definition of all
/// flags takes longer than the price of a deal. It has no help: [`full_command`] explains what this
/// one refuses.
pub fn minimal_command() -> clap::Command {
    let command = clap::Command::new("dealdesk");
    let command = GlobalArgs::augment_args(command.disable_version_flag(true));
    let command = command.disable_help_subcommand(true);
    command.subcommands(
        COMMANDS.iter().map(|&(_, name, add_flags)| clap::Command::new(name).defer(add_flags)),
    )
}

/// Returns the help with the commands in groups. Clap has one heading for all subcommands, so the
/// template holds the list, made of the commands' own descriptions.
fn help_template(command: &clap::Command) -> String {
    let styles = command.get_styles();
    let (header, literal) = (styles.get_header(), styles.get_literal());
    let describe = |name: &str| {
        let about = command.find_subcommand(name).and_then(clap::Command::get_about);
        let about = about.map(ToString::to_string).unwrap_or_default();
        let padding = " ".repeat(13_usize.saturating_sub(name.len()));
        format!("  {literal}{name}{literal:#}{padding}{about}\n")
    };
    let groups = COMMANDS.chunk_by(|(heading, ..), (next, ..)| heading == next).map(|group| {
        let heading = group.first().map_or("", |(heading, ..)| heading);
        let commands: String = group.iter().map(|(_, name, _)| describe(name)).collect();
        format!("{header}{heading}:{header:#}\n{commands}\n")
    });
    let groups: String = groups.collect();
    format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{groups}\
         {header}Options:{header:#}\n{{options}}{{after-help}}"
    )
}
