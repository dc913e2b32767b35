//! The command line as clap parses it. Names of the price book stay text here, because the book is
//! loaded later.

use super::command::{
    batch, book, check, ci, compare, desk, diff, explain, invoices, negotiate, new, quote, reprice,
    schema, shell, usage, value,
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
        help = "The price book, or a folder of them; can be repeated: the date of a deal chooses [env: DEALDESK_PRICE_BOOK] [default: the nearest pricing.toml in this folder or above, else the built-in one]"
    )]
    pub price_book: Vec<PathBuf>,

    #[arg(
        long,
        global = true,
        value_name = "FILE",
        help = "Contracts that customers have signed: deal files, or a folder of them; can be repeated. They count where a metric has counted = \"customer\", and as deals of their customers in splits"
    )]
    pub contracts: Vec<PathBuf>,

    /// Print the versions of dealdesk and of the price book
    #[arg(short = 'V', long)]
    pub version: bool,
}

/// The function that runs a command with its flags.
struct Run<A>(fn(&A, &BookChoice) -> Result<CommandOutcome, Failure>);

/// A command with flags of any type.
pub trait AnyCommand: Sync {
    fn add_flags(&self) -> fn(clap::Command) -> clap::Command;
    fn run(&self, typed: &ArgMatches, book: &BookChoice) -> Result<CommandOutcome, Failure>;
}

impl<A: clap::Args> AnyCommand for Run<A> {
    fn add_flags(&self) -> fn(clap::Command) -> clap::Command {
        A::augment_args
    }

    fn run(&self, typed: &ArgMatches, book: &BookChoice) -> Result<CommandOutcome, Failure> {
        self.0(&A::from_arg_matches(typed).map_err(Failure::Usage)?, book)
    }
}

/// Every command, in the order of completions and man pages.
pub static COMMANDS: [(&str, &dyn AnyCommand); 18] = [
    ("quote", &Run(quote::run)),
    ("invoices", &Run(invoices::run)),
    ("negotiate", &Run(negotiate::run)),
    ("new", &Run(new::run)),
    ("value", &Run(value::run)),
    ("usage", &Run(usage::run)),
    ("batch", &Run(batch::run)),
    ("reprice", &Run(reprice::run)),
    ("check", &Run(check::run)),
    ("ci", &Run(ci::run)),
    ("desk", &Run(desk::run)),
    ("compare", &Run(compare::run)),
    ("diff", &Run(diff::run)),
    ("book", &Run(book::run)),
    ("explain", &Run(explain::run)),
    ("schema", &Run(schema::run)),
    ("completions", &Run(|args, _| shell::completions(args, full_command()))),
    ("man", &Run(|args, _| shell::man(args, full_command()))),
];

/// The commands in the order of the help, under the heading of those who use them.
const HELP: [(&str, &[&str]); 5] = [
    ("Quote", &["new", "quote", "invoices", "usage", "compare", "value", "negotiate"]),
    ("Approve", &["check", "ci", "desk", "diff", "explain"]),
    ("Price book", &["book", "reprice"]),
    ("Files", &["batch", "schema"]),
    ("Shell", &["completions", "man"]),
];

/// Returns the whole command line, for help, completions and man pages.
pub fn full_command() -> clap::Command {
    let whole = COMMANDS.iter().map(|(name, it)| (it.add_flags())(clap::Command::new(name)));
    let command = GlobalArgs::command().subcommands(whole);
    let template = help_template(&command);
    command.help_template(template)
}

/// Returns the command line with the flags of the typed command only, because a definition of all
/// flags takes longer than the price of a deal. [`full_command`] explains what this one refuses.
pub fn minimal_command() -> clap::Command {
    let later = COMMANDS.iter().map(|(name, it)| clap::Command::new(name).defer(it.add_flags()));
    GlobalArgs::command().subcommands(later)
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
