//! `dealdesk value`: a deal compared with what its customer could have instead.

use crate::answer::value::{CostTooLarge, ValueRequest, value_analysis};
use crate::book::{Alternative, PriceBook};
use crate::cli::typed::DealArgs;
use crate::cli::{BookChoice, CommandOutcome, Failure, OutputArgs, levels, wrong_command_line};
use crate::deal::{Deal, Draft};
use crate::number::Rate;
use crate::quote::quote;
use crate::table;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Source, Written};
use clap::Args;

/// Compare a deal with its alternatives: savings, ROI, payback, claims
///
/// Our side is the quote, over the term or --horizon, and the customer's other costs in the deal. The
/// other side is the figures of the price book for an alternative, and the customer's own figures in
/// the deal. Each claim of the deal about its value is recomputed, and a claim that the quote does not
/// support is reported.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk value examples/value.toml
  dealdesk value examples/value.toml --discount-rate 8%
  dealdesk value --metric socket --quantity 500 --term 3 --against vmware --against hyper-v
  dealdesk value examples/value.toml --deny-claims --format json

Exit codes: 0 done, whatever the claims are; 1 the deal cannot be priced, or with --deny-claims a
claim does not hold; 2 wrong command line; 4 the deal is outside policy, so that no level can approve
its price.")]
pub struct ValueArgs {
    /// An alternative of the price book, such as vmware; can be repeated [default: those that the
    /// deal names, or else all of the book]
    #[arg(long, value_name = "NAME")]
    against: Vec<String>,

    /// The yearly discount rate of later payments, for present values
    #[arg(long, value_name = "RATE", allow_hyphen_values = true)]
    discount_rate: Option<String>,

    /// Exit with 1 if a claim of the deal does not hold
    #[arg(long)]
    deny_claims: bool,

    #[command(flatten)]
    deal: DealArgs,

    #[command(flatten)]
    printing: OutputArgs,
}

const CANNOT: &str = "this deal cannot be valued";

pub fn run(args: &ValueArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    let found = args.deal.load_book(wanted, &args.printing, "the answer is")?;
    let rate = args.discount_rate.as_deref().map(discount_rate).transpose()?;
    let draft = args.deal.draft("dealdesk value")?;
    let deal = found.deal(&draft, CANNOT)?;
    check_years(&draft, &deal)?;
    let alternative = |name: &String| alternative(deal.book(), name);
    let against = args.against.iter().map(alternative).collect::<Result<_, _>>()?;
    let quote = quote(&deal);
    let worth = value_analysis(&quote, &ValueRequest { against, rate }).map_err(|too_large| {
        let what = match too_large {
            CostTooLarge::Alternative(alternative) => format!("{} costs", alternative.title),
            CostTooLarge::OwnCosts => "the customer's own costs are".to_owned(),
        };
        let message = format!("{what} more than dealdesk can calculate");
        fault(Code::TooManyDigits, &draft.place, &message, "check for a figure that is too large")
    })?;
    args.printing.print(format, &worth)?;
    Ok(if quote.verdict.is_refused() {
        CommandOutcome::OutsidePolicy
    } else {
        CommandOutcome::Denied.when(args.deny_claims && !worth.claims_hold())
    })
}

fn fault(code: Code, place: &Place, message: &str, hint: &str) -> Failure {
    Failure::fault(CANNOT, Diagnostic::new(code, place.clone(), message).hint(hint))
}

/// Refuses a deal of some months, and a horizon shorter than the contract, because no quote has the
/// price of such a part.
fn check_years(draft: &Draft, deal: &Deal<'_>) -> Result<(), Failure> {
    if deal.months().is_some() {
        let message = "this deal buys a package for some months, and a value is one of whole years";
        let hint = "compute the value of the contract that follows it";
        return Err(fault(Code::Conflict, &draft.place, message, hint));
    }
    let years = deal.length().years();
    match &draft.horizon {
        Some(horizon) if horizon.value < years => {
            let message =
                format!("the customer pays for {years} years, and the horizon is shorter");
            let hint = format!("write {years} years or more, or a shorter term");
            Err(fault(Code::Conflict, &horizon.place, &message, &hint))
        }
        _ => Ok(()),
    }
}

fn alternative<'b>(book: &'b PriceBook, name: &str) -> Result<&'b Alternative, Failure> {
    if book.alternatives.is_empty() {
        let message = "--against: the price book has no [alternative] to compare with";
        return Err(wrong_command_line(message));
    }
    let names = book.alternatives.iter().map(|it| it.name.as_str());
    let unknown = || levels::unknown("--against", name, "alternative", names);
    book.alternative(name).ok_or_else(unknown)
}

fn discount_rate(word: &str) -> Result<Rate, Failure> {
    let source = Source::typed("command line", &format!("--discount-rate {word}"));
    let start = "--discount-rate ".len();
    let place = Place::new(source, start..start + word.len());
    let rate = table::rate(Written::new(word, place));
    rate.map(|rate| rate.value).map_err(|fault| Failure::fault(CANNOT, fault))
}
