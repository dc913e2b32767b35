//! `dealdesk quote`: the quote of a deal from a file, from flags, or from questions.

use crate::answer::pipeline::judge_beside;
use crate::cli::typed::DealArgs;
use crate::cli::{BookChoice, CommandOutcome, Failure, OutputArgs, deals, wizard};
use crate::quote::quote;
use crate::quote::text::QuoteView;
use clap::Args;

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
    #[command(flatten)]
    deal: DealArgs,

    #[command(flatten)]
    printing: OutputArgs,

    /// Show the arithmetic of every figure (tables, Markdown and pages)
    #[arg(long, help_heading = "Output")]
    explain: bool,
}

pub fn run(args: &QuoteArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    let found = args.deal.load_book(wanted, &args.printing, "the quote is")?;
    let is_asked = args.deal.is_empty() && wizard::can_ask();
    let deal = if is_asked {
        wizard::ask(&found.books, found.today())?
    } else {
        let draft = args.deal.draft("dealdesk quote")?;
        let deal = found.deal(&draft, "this deal cannot be quoted")?;
        deals::named_beside_contracts(deal, &draft, found)?
    };
    let mut quote = quote(&deal);
    judge_beside(&mut quote, &found.signed_deals(&[]));
    // Ctrl-C at the offer to save writes nothing, not even the quote.
    let is_saved_first = is_asked && args.printing.output.is_some();
    if is_saved_first {
        wizard::save(&deal, None)?;
    }
    args.printing.print(format, &QuoteView { quote: &quote, explained: args.explain })?;
    if is_asked && !is_saved_first {
        wizard::save(&deal, None)?;
    }
    Ok(CommandOutcome::OutsidePolicy.when(quote.verdict.is_refused()))
}
