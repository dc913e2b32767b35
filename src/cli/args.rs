//! The command line as clap parses it. Names of the price book stay text here, because the book is
//! loaded later.

use super::command::{
    batch, book, check, compare, desk, diff, invoices, negotiate, new, quote, reprice, schema,
    shell, usage, value,
};
use super::{BookChoice, CommandOutcome, Failure};
use clap::{ArgMatches, CommandFactory, Parser};
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

/// A command: its name, and the function that runs it with its flags.
struct CommandEntry<A>(&'static str, fn(&A, &BookChoice) -> Result<CommandOutcome, Failure>);

/// A command with flags of any type.
pub trait AnyCommand: Sync {
    fn name(&self) -> &'static str;
    fn add_flags(&self) -> fn(clap::Command) -> clap::Command;
    fn run(&self, typed: &ArgMatches, book: &BookChoice) -> Result<CommandOutcome, Failure>;
}

impl<A: clap::Args> AnyCommand for CommandEntry<A> {
    fn name(&self) -> &'static str {
        self.0
    }

    fn add_flags(&self) -> fn(clap::Command) -> clap::Command {
        A::augment_args
    }

    fn run(&self, typed: &ArgMatches, book: &BookChoice) -> Result<CommandOutcome, Failure> {
        self.1(&A::from_arg_matches(typed).map_err(Failure::Usage)?, book)
    }
}

/// Every command, in the order of completions and man pages.
pub static COMMANDS: [&dyn AnyCommand; 16] = [
    &CommandEntry("quote", quote::run),
    &CommandEntry("invoices", invoices::run),
    &CommandEntry("negotiate", negotiate::run),
    &CommandEntry("new", new::run),
    &CommandEntry("value", value::run),
    &CommandEntry("usage", usage::run),
    &CommandEntry("batch", batch::run),
    &CommandEntry("reprice", reprice::run),
    &CommandEntry("check", check::run),
    &CommandEntry("desk", desk::run),
    &CommandEntry("compare", compare::run),
    &CommandEntry("diff", diff::run),
    &CommandEntry("book", book::run),
    &CommandEntry("schema", schema::run),
    &CommandEntry("completions", |args, _| shell::completions(args, full_command())),
    &CommandEntry("man", |args, _| shell::man(args, full_command())),
];

/// The commands in the order of the help, under the heading of those who use them.
const HELP: [(&str, &[&str]); 5] = [
    ("Quote", &["new", "quote", "invoices", "usage", "compare", "value", "negotiate"]),
    ("Approve", &["check", "desk", "diff"]),
    ("Price book", &["book", "reprice"]),
    ("Files", &["batch", "schema"]),
    ("Shell", &["completions", "man"]),
];

/// Returns the whole command line, for help, completions and man pages.
pub fn full_command() -> clap::Command {
    let whole = |entry: &&dyn AnyCommand| (entry.add_flags())(clap::Command::new(entry.name()));
    let command = GlobalArgs::command().subcommands(COMMANDS.iter().map(whole));
    let template = help_template(&command);
    command.help_template(template)
}

/// Returns the command line with the flags of the typed command only, because a definition of all
/// flags takes longer than the price of a deal. [`full_command`] explains what this one refuses.
pub fn minimal_command() -> clap::Command {
    let later = |entry: &&dyn AnyCommand| clap::Command::new(entry.name()).defer(entry.add_flags());
    GlobalArgs::command().subcommands(COMMANDS.iter().map(later))
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
    let groups = HELP.iter().map(|(heading, names)| {
        let commands: String = names.iter().map(|name| describe(name)).collect();
        format!("{header}{heading}:{header:#}\n{commands}\n")
    });
    let groups: String = groups.collect();
    format!(
        "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{groups}\
         {header}Options:{header:#}\n{{options}}{{after-help}}"
    )
}
