//! `dealdesk invoices`: a deal as dated invoices.

use crate::cli::books::BookChoice;
use crate::cli::failure::{CommandOutcome, Failure};
use crate::cli::printing::OutputArgs;
use crate::cli::typed::DealFlags;
use crate::deal;
use crate::quote::quote;
use crate::quote::text::InvoicesView;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use clap::Args;
use std::path::PathBuf;

/// List the dated invoices of a deal, which sum to its contract
///
/// They are those of the quote, which shows them too once the deal says when its contract starts.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk invoices examples/quarterly.toml
  dealdesk invoices examples/socket.toml --start 2027-01-01 --output invoices.csv
  dealdesk invoices examples/socket.toml --start 2026-12-15 --co-term-end 2028-06-30

A deal that is outside policy has its invoices listed all the same, and exits with 4.")]
pub struct InvoicesArgs {
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

pub fn run(args: &InvoicesArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    let found = wanted.load_with(args.deal.as_deref())?;
    let inputs = args.deal.as_deref().into_iter().chain(found.path.as_deref());
    args.printing.refuse_overwrite(inputs, "the list is")?;
    let cannot = |faults| Failure::faults("this deal has no invoices", faults);
    let draft = args.flags.draft("dealdesk invoices", args.deal.as_deref())?;
    let deal = deal::resolve(&draft, &found.books, crate::cli::today()).map_err(cannot)?;
    let quote = quote(&deal);
    if quote.schedule.is_none() {
        let place = draft.place;
        let (message, hint) = match deal.period() {
            None => (
                "the deal does not say when its contract starts",
                "add `start` to the deal file, or --start with a date",
            ),
            Some(_) if found.books.iter().all(|book| book.billing.is_none()) => {
                ("the book does not say when invoices are sent", "give the book [billing]")
            }
            Some(_) => (
                "the partner pays a share of its revenue, which nobody knows yet",
                "take [channel] out to see what the lines would be invoiced at",
            ),
        };
        let fault = Diagnostic::new(Code::MissingKey, place, message).hint(hint);
        return Err(cannot(Diagnostics::sorted(vec![fault])));
    }
    args.printing.print(format, &InvoicesView { quote: &quote, explained: args.explain })?;
    Ok(if quote.verdict.is_refused() {
        CommandOutcome::OutsidePolicy
    } else {
        CommandOutcome::Done
    })
}
