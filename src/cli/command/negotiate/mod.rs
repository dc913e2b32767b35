//! `dealdesk negotiate`: offers that meet a customer's number.

mod args;
mod progress;

use crate::answer::negotiate::text::offers::OffersView;
use crate::answer::negotiate::{ConcessionLadder, CustomerRequest, Goal, Search, SearchResult};
use crate::cli::{
    BookChoice, CommandOutcome, Failure, files, levels, output, today, wrong_command_line,
};
use crate::deal;
use crate::document::Format;
use crate::number::Money;
use crate::quote::quote;
use crate::quote::text::QuoteView;
use anyhow::anyhow;
pub use args::NegotiateArgs;
use progress::SearchProgressBar;

pub fn run(args: &NegotiateArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    let found = args.deal.load_book(wanted, &args.printing, "the answer is")?;
    if let Some(path) = args.save.as_ref().filter(|path| path.exists()) {
        let path = path.display();
        return Err(anyhow!("{path} exists already: save the offer under another name").into());
    }
    let draft = args.deal.draft("dealdesk negotiate")?;
    let table = CustomerRequest::new(draft, &found.books, today())
        .map_err(|faults| Failure::faults("this deal cannot be negotiated", faults))?;
    // A ladder has no number: its search goes down to the largest discount.
    let goal = args.number.goal().unwrap_or(Goal::Tcv(Money::ZERO));
    check_goal(&table, goal, args.discount_rate.is_some())?;
    let (free, locked) = (args::free(args)?, args::locked(args)?);
    let mut search =
        Search::new(&table, goal, &free, &locked).map_err(|fault| wrong_command_line(&fault))?;
    search.step = args.step;
    search.discount_rate = args.discount_rate;
    let within = levels::level(table.deal().book(), "--within", args.within.as_deref())?;
    search.within = within.unwrap_or(search.within);
    let bar = SearchProgressBar::new();
    if args.number.ladder {
        let ladder = ConcessionLadder::new(&table, search, &|progress| bar.update(progress));
        bar.clear();
        args.printing.print(format, &ladder)?;
        return Ok(CommandOutcome::AboveLevel.when(ladder.steps.is_empty()));
    }
    let found = search.run(&table, &|progress| bar.update(progress));
    bar.clear();
    print(args, format, &table, &search, &found)?;
    Ok(CommandOutcome::AboveLevel.when(found.offers.is_empty()))
}

/// Prints the offers, or the quote of one, and saves an offer.
fn print<'b>(
    args: &NegotiateArgs,
    format: &Format,
    table: &CustomerRequest<'b>,
    search: &Search<'b>,
    found: &SearchResult<'b>,
) -> Result<(), Failure> {
    let top = if args.top == 0 { usize::MAX } else { args.top };
    let offer = |number: usize, flag: &str| {
        let offer = number.checked_sub(1).and_then(|place| found.offers.get(place));
        offer.ok_or_else(|| {
            let count = found.offers.len();
            let plural = if count == 1 { "" } else { "s" };
            wrong_command_line(&format!("{flag} {number}: there are {count} offer{plural}"))
        })
    };
    // Without an offer nothing is saved, and the answer says so.
    let is_any = !found.offers.is_empty();
    let saved = is_any.then(|| offer(args.offer, "--offer")).transpose()?;
    if let Some(number) = args.quote {
        let quote = quote(&offer(number, "--quote")?.deal);
        args.printing.print(format, &QuoteView { quote: &quote, explained: false })?;
    } else {
        let (asked, closer) = (table, args.offer);
        args.printing.print(format, &OffersView { asked, search, found, top, closer })?;
    }
    if let Some((path, offer)) = args.save.as_ref().zip(saved) {
        files::write(path, &deal::to_toml(&offer.deal))?;
        output::saved(path, "gives its quote");
    }
    Ok(())
}

/// Refuses a number that the deal does not have.
fn check_goal(table: &CustomerRequest<'_>, goal: Goal, is_discounted: bool) -> Result<(), Failure> {
    let metrics: Vec<_> = table.deal().lines().iter().map(|line| line.metric().name()).collect();
    let is_mixed = metrics.windows(2).any(|pair| pair[0] != pair[1]);
    if matches!(goal, Goal::UnitPrice(_)) && is_mixed {
        let message = "--target-unit-price: the deal buys several metrics, which have no common unit \
            price: give --target, --target-tcv or --budget-year";
        return Err(wrong_command_line(message));
    }
    let is_yearly = matches!(goal, Goal::YearlyBudget(_));
    if (is_yearly || is_discounted) && !table.is_invoiced() {
        let flag = if is_yearly { "--budget-year" } else { "--discount-rate" };
        return Err(wrong_command_line(&format!(
            "{flag}: the invoices of this deal are not known: the book has no [billing], or a partner \
             pays a share of its revenue"
        )));
    }
    Ok(())
}
