//! `dealdesk quote`: the quote of a deal from a file, from flags, or from questions.

use crate::book::Books;
use crate::cli::books::BookChoice;
use crate::cli::clock::today;
use crate::cli::failure::{CommandOutcome, Failure};
use crate::cli::printing::OutputArgs;
use crate::cli::typed::DealFlags;
use crate::cli::wizard;
use crate::deal;
use crate::deal::Deal;
use crate::document::Format;
use crate::quote::text::QuoteView;
use crate::quote::{Quote, quote};
use clap::Args;
use std::path::PathBuf;

/// Price a deal: waterfall, totals and approvals
///
/// The deal comes from a file, from flags, or from both; flags override the file. Without either, on
/// a terminal, dealdesk asks.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk quote --customer \"Acme Bank\" --metric socket --quantity 500 --term 3 \\
      --prepay multi-year --strategic lighthouse=10%
  dealdesk quote examples/lighthouse.toml --explain
  dealdesk quote examples/lighthouse.toml --term 2 --format json
  dealdesk quote examples/lighthouse.toml --output quote.md

Exit codes: 0 done, also when approvals are needed; 1 the deal cannot be priced; 2 wrong command line;
4 the deal is outside policy, and is printed all the same.")]
pub struct QuoteArgs {
    /// The deal file; - reads it from standard input
    deal: Option<PathBuf>,

    #[command(flatten)]
    flags: DealFlags,

    #[command(flatten)]
    printing: OutputArgs,

    /// Show the arithmetic of every figure (tables, Markdown and pages)
    #[arg(long, help_heading = "Output")]
    explain: bool,
}

pub fn run(args: &QuoteArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    let found = wanted.load_with(args.deal.as_deref())?;
    let inputs = args.deal.as_deref().into_iter().chain(found.path.as_deref());
    args.printing.refuse_overwrite(inputs, "the quote is")?;
    if args.deal.is_none() && args.flags.is_empty() && wizard::can_ask() {
        return quote_answers(args, &found.books, format);
    }
    let deal = resolve(args, &found.books)?;
    let quote = quote(&deal);
    print(args, &quote, format)
}

/// Quotes the answers of the wizard, and offers to save them as a deal.
fn quote_answers(
    args: &QuoteArgs,
    books: &Books,
    format: &Format,
) -> Result<CommandOutcome, Failure> {
    let deal = wizard::ask(books, today())?;
    let quote = quote(&deal);
    if args.printing.is_to_file() {
        // Ctrl-C at the offer writes nothing, not even the quote.
        wizard::offer(&deal)?;
        return print(args, &quote, format);
    }
    let outcome = print(args, &quote, format)?;
    wizard::offer(&deal)?;
    Ok(outcome)
}

fn print(
    args: &QuoteArgs,
    quote: &Quote<'_, '_>,
    format: &Format,
) -> Result<CommandOutcome, Failure> {
    args.printing.print(format, &QuoteView { quote, explained: args.explain })?;
    Ok(if quote.verdict.is_refused() {
        CommandOutcome::OutsidePolicy
    } else {
        CommandOutcome::Done
    })
}

fn resolve<'b>(args: &QuoteArgs, books: &'b Books) -> Result<Deal<'b>, Failure> {
    let draft = args.flags.draft("dealdesk quote", args.deal.as_deref())?;
    deal::resolve(&draft, books, today())
        .map_err(|faults| Failure::faults("this deal cannot be quoted", faults))
}
