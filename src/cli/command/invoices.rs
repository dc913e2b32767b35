//! `dealdesk invoices`: the dated invoices of a deal.

use crate::cli::books::BookChoice;
use crate::cli::clock::today;
use crate::cli::failure::{CommandOutcome, Failure};
use crate::cli::printing::OutputArgs;
use crate::cli::typed::DealFlags;
use crate::deal;
use crate::quote::quote;
use crate::quote::text::InvoicesView;
use crate::text::diagnostic::{Code, Diagnostic, Diagnostics};
use clap::Args;
use std::path::PathBuf;

/// List the dated invoices of a deal, which sum to its contract value
///
/// The deal needs the start of its contract. Its quote shows the same invoices.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk invoices examples/quarterly.toml
  dealdesk invoices examples/socket.toml --start 2027-01-01 --output invoices.csv
  dealdesk invoices examples/socket.toml --start 2026-12-15 --co-term-end 2028-06-30

Exit codes: 0 done; 1 the deal has errors or no invoices; 2 wrong command line; 4 the deal is outside
policy, and its invoices are listed all the same.")]
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
    let deal = deal::resolve(&draft, &found.books, today()).map_err(cannot)?;
    let quote = quote(&deal);
    if quote.schedule.is_none() {
        let place = draft.place;
        let (message, hint) = match deal.period() {
            None => (
                "the deal has no start of its contract",
                "add `start` to the deal file, or --start with a date",
            ),
            Some(_) if found.books.iter().all(|book| book.billing.is_none()) => {
                ("the price book has no billing terms", "add [billing] to the price book")
            }
            Some(_) => (
                "the partner pays a share of its revenue, which is not known yet",
                "remove [channel] to see the invoices of a direct sale",
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
