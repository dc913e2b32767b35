//! The command line as clap parses it. Names of the price book stay text here, because the book is
//! loaded later.

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
    /// The price book
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

/// A group of commands in the help, by who uses them.
struct CommandGroup {
    title: &'static str,
    commands: &'static [(&'static str, CommandBuilder)],
}

/// Adds the flags of a command to its definition.
type CommandBuilder = fn(clap::Command) -> clap::Command;

/// Every command, in the order of the help.
const GROUPS: &[CommandGroup] = &[
    CommandGroup {
        title: "Quote",
        commands: &[
            ("new", NewArgs::augment_args),
            ("quote", QuoteArgs::augment_args),
            ("invoices", InvoicesArgs::augment_args),
            ("usage", UsageArgs::augment_args),
            ("compare", CompareArgs::augment_args),
            ("value", ValueArgs::augment_args),
            ("negotiate", NegotiateArgs::augment_args),
        ],
    },
    CommandGroup {
        title: "Approve",
        commands: &[
            ("check", CheckArgs::augment_args),
            ("desk", DeskArgs::augment_args),
            ("diff", DiffArgs::augment_args),
        ],
    },
    CommandGroup {
        title: "Price book",
        commands: &[("book", BookArgs::augment_args), ("reprice", RepriceArgs::augment_args)],
    },
    CommandGroup {
        title: "Files",
        commands: &[("batch", BatchArgs::augment_args), ("schema", SchemaArgs::augment_args)],
    },
    CommandGroup {
        title: "Shell",
        commands: &[("completions", CompletionsArgs::augment_args), ("man", ManArgs::augment_args)],
    },
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
    let commands = GROUPS.iter().flat_map(|group| group.commands);
    let commands = commands.map(|&(name, add_flags)| clap::Command::new(name).defer(add_flags));
    command.subcommands(commands)
}

/// Returns the help with the commands in groups. Clap has one heading for all subcommands, so the
/// template holds the list, made of the commands' own descriptions.
fn help_template(command: &clap::Command) -> String {
    let styles = command.get_styles();
    let (header, literal) = (styles.get_header(), styles.get_literal());
    let mut template = "{about-with-newline}\n{usage-heading} {usage}\n".to_owned();
    for group in GROUPS {
        template.extend(["\n", &format!("{header}{}:{header:#}", group.title), "\n"]);
        for (name, _) in group.commands {
            let about = command.find_subcommand(name).and_then(clap::Command::get_about);
            let about = about.map(ToString::to_string).unwrap_or_default();
            let padding = " ".repeat(13_usize.saturating_sub(name.len()));
            template.extend(["  ", &format!("{literal}{name}{literal:#}"), &padding, &about, "\n"]);
        }
    }
    template.extend(["\n", &format!("{header}Options:{header:#}"), "\n{options}{after-help}"]);
    template
}
