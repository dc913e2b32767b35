//! `dealdesk invoices`: the dated invoices of a deal.

use crate::cli::typed::DealArgs;
use crate::cli::{BookChoice, CommandOutcome, Failure, OutputArgs};
use crate::quote::quote;
use crate::quote::text::InvoicesView;
use crate::text::diagnostic::{Code, Diagnostic};
use clap::Args;

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
    #[command(flatten)]
    deal: DealArgs,

    #[command(flatten)]
    printing: OutputArgs,

    /// Show the arithmetic of every figure (tables, Markdown and pages)
    #[arg(long, help_heading = "Output")]
    explain: bool,
}

pub fn run(args: &InvoicesArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    let found = args.deal.load_book(wanted, &args.printing, "the list is")?;
    let cannot = "this deal has no invoices";
    let draft = args.deal.draft("dealdesk invoices")?;
    let deal = found.deal(&draft, cannot)?;
    let quote = quote(&deal);
    if quote.schedule.is_none() {
        let (message, hint) = match deal.period() {
            None => (
                "the deal has no start of its contract",
                "add `start` to the deal file, or --start with a date",
            ),
            Some(_) if deal.book().billing.is_none() => {
                ("the price book has no billing terms", "add [billing] to the price book")
            }
            Some(_) => (
                "the partner pays a share of its revenue, which is not known yet",
                "remove [channel] to see the invoices of a direct sale",
            ),
        };
        let fault = Diagnostic::new(Code::MissingKey, draft.place, message).hint(hint);
        return Err(Failure::fault(cannot, fault));
    }
    args.printing.print(format, &InvoicesView { quote: &quote, explained: args.explain })?;
    Ok(CommandOutcome::OutsidePolicy.when(quote.verdict.is_refused()))
}
