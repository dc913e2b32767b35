//! `dealdesk negotiate`: offers that meet a customer's number.

mod progress;

use crate::answer::negotiate::text::offers::OffersView;
use crate::answer::negotiate::{
    ConcessionLadder, CustomerRequest, Goal, LEVERS, Search, SearchResult,
};
use crate::cli::typed::DealArgs;
use crate::cli::{
    BookChoice, CommandOutcome, Failure, OutputArgs, files, levels, output, wrong_command_line,
};
use crate::deal;
use crate::document::Format;
use crate::number::{Money, NumberError, Rate, plural};
use crate::quote::quote;
use crate::quote::text::QuoteView;
use anyhow::anyhow;
use clap::Args;
use progress::SearchProgressBar;
use std::path::PathBuf;

/// Find the offers that meet a customer's number
///
/// The search covers every combination of the free levers, and finds each rate exactly: the smallest
/// that meets the number, to the cent. It shows the offers that no other offer beats at once in
/// approval, value and commitments of the customer, best for us first, and proves that no lower
/// approval level is enough.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk negotiate examples/lighthouse.toml --target 40% --within vp
  dealdesk negotiate examples/socket.toml --target-tcv 500k --lock term
  dealdesk negotiate examples/socket.toml --budget-year 150000 --free quantity=80..100
  dealdesk negotiate examples/lighthouse.toml --target 40% --free program=lighthouse --save offer.toml
  dealdesk negotiate examples/lighthouse.toml --target 40% --quote 2
  dealdesk negotiate examples/lighthouse.toml --ladder --lock term

Levers: term, prepay, program and volume are free unless locked; payment, billing, quantity, metric,
edition and ramp stay as in the deal unless freed.

Exit codes: 0 an offer meets the number; 1 the deal cannot be priced; 2 wrong command line; 3 no offer
within the level meets the number.")]
pub struct NegotiateArgs {
    #[command(flatten)]
    deal: DealArgs,

    #[command(flatten)]
    number: GoalArgs,

    /// The highest approval level of an offer [default: the highest level of the book]
    #[arg(long, value_name = "LEVEL", help_heading = "Search")]
    within: Option<String>,

    /// Keep this lever as in the deal: term, prepay, program, volume
    #[arg(long, value_name = "LEVER", value_delimiter = ',', help_heading = "Search")]
    lock: Vec<String>,

    /// Free a lever, for any value or for these: term=2..4, quantity=480..600, metric=core:8000,
    /// payment, program=lighthouse,large-deal
    #[arg(long, value_name = "LEVER[=VALUES]", help_heading = "Search")]
    free: Vec<String>,

    /// Use rates that are multiples of this, such as 0.5%, or rates of the book [default: as fine as a
    /// cent needs]
    #[arg(long, value_name = "RATE", value_parser = rate, help_heading = "Search", allow_hyphen_values = true)]
    step: Option<Rate>,

    /// The yearly discount rate of later payments, such as 8%: offers are then compared by the present
    /// value of their payments at the start of the contract
    #[arg(long, value_name = "RATE", value_parser = rate, help_heading = "Search", allow_hyphen_values = true, conflicts_with = "ladder")]
    discount_rate: Option<Rate>,

    /// How many offers are shown; 0 shows all
    #[arg(long, value_name = "N", default_value_t = 5, help_heading = "Output")]
    top: usize,

    /// Print the full quote of this offer instead
    #[arg(long, value_name = "N", help_heading = "Output", conflicts_with = "ladder")]
    quote: Option<usize>,

    /// Write an offer as a deal file that gives the same figures
    #[arg(long, value_name = "FILE", help_heading = "Output", conflicts_with = "ladder")]
    save: Option<PathBuf>,

    /// The offer that --save writes and whose concessions are shown, each with what it gets in return
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Output")]
    offer: usize,

    #[command(flatten)]
    printing: OutputArgs,
}

/// The number that the customer names.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct GoalArgs {
    /// At least this discount off list
    #[arg(long, value_name = "RATE", value_parser = target, help_heading = "Target", allow_hyphen_values = true)]
    target: Option<Goal>,

    /// A contract value of at most this: 2200000, 2.2M
    #[arg(long, value_name = "AMOUNT", value_parser = |text: &str| amount(text).map(Goal::Tcv), help_heading = "Target", allow_hyphen_values = true)]
    target_tcv: Option<Goal>,

    /// A net unit price of at most this
    #[arg(long, value_name = "AMOUNT", value_parser = |text: &str| amount(text).map(Goal::UnitPrice), help_heading = "Target", allow_hyphen_values = true)]
    target_unit_price: Option<Goal>,

    /// Invoices of at most this in any twelve months
    #[arg(long, value_name = "AMOUNT", value_parser = |text: &str| amount(text).map(Goal::YearlyBudget), help_heading = "Target", allow_hyphen_values = true)]
    budget_year: Option<Goal>,

    /// No number: show a ladder of shrinking concessions, from list down to the largest discount of each
    /// approval level
    #[arg(long, help_heading = "Target")]
    ladder: bool,
}

pub fn run(args: &NegotiateArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    let found = args.deal.load_book(wanted, &args.printing, "the answer is")?;
    if let Some(path) = args.save.as_ref().filter(|path| path.exists()) {
        let path = path.display();
        return Err(anyhow!("{path} exists already: save the offer under another name").into());
    }
    let draft = args.deal.draft("dealdesk negotiate")?;
    let table = CustomerRequest::new(draft.clone(), &found.books, found.today())
        .map_err(|faults| Failure::faults("this deal cannot be negotiated", faults))?;
    found.refuse_unsigned(&draft, table.deal())?;
    let GoalArgs { target, target_tcv, target_unit_price, budget_year, ladder } = args.number;
    let goal = target.or(target_tcv).or(target_unit_price).or(budget_year);
    // A ladder has no number: its search goes down to the largest discount.
    let goal = goal.unwrap_or(Goal::Tcv(Money::ZERO));
    check_goal(&table, goal, args.discount_rate.is_some())?;
    let (free, locked) = (free(args)?, locked(args)?);
    let mut search =
        Search::new(&table, goal, &free, &locked).map_err(|fault| wrong_command_line(&fault))?;
    search.step = args.step;
    search.discount_rate = args.discount_rate;
    let within = levels::level(table.deal().book(), "--within", args.within.as_deref())?;
    search.within = within.unwrap_or(search.within);
    let bar = SearchProgressBar::new();
    if ladder {
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
            let plural = plural(count);
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
        files::write_new(path, &deal::to_toml(&offer.deal))?;
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

fn free(args: &NegotiateArgs) -> Result<Vec<(&str, Vec<&str>)>, Failure> {
    let mut free: Vec<(&str, Vec<&str>)> = Vec::new();
    for typed in &args.free {
        let (name, values) = typed.split_once('=').unwrap_or((typed, ""));
        check_lever("--free", name)?;
        let values = values.split(',').map(str::trim).filter(|value| !value.is_empty());
        match free.iter_mut().find(|(known, _)| *known == name) {
            Some((_, more)) => more.extend(values),
            None => free.push((name, values.collect())),
        }
    }
    Ok(free)
}

fn locked(args: &NegotiateArgs) -> Result<Vec<&str>, Failure> {
    for name in &args.lock {
        check_lever("--lock", name)?;
        if args.free.iter().any(|free| free.split('=').next() == Some(name)) {
            return Err(wrong_command_line(&format!("{name} cannot be both free and locked")));
        }
    }
    Ok(args.lock.iter().map(String::as_str).collect())
}

fn check_lever(flag: &str, name: &str) -> Result<(), Failure> {
    let names = LEVERS.iter().map(|lever| lever.name);
    if names.clone().any(|known| known == name) {
        return Ok(());
    }
    Err(levels::no_such(flag, ("lever", "levers"), name, names))
}

fn target(text: &str) -> Result<Goal, String> {
    let outside = "a target is between 0% and 100%";
    match Rate::parse(text) {
        Err(NumberError::Negative | NumberError::AboveOne(None)) => Err(outside.to_owned()),
        Ok(rate) if rate.is_zero() => Err(outside.to_owned()),
        _ => rate(text).map(Goal::Discount),
    }
}

fn rate(text: &str) -> Result<Rate, String> {
    let rate = Rate::parse(text).map_err(|fault| match &fault {
        NumberError::AboveOne(Some(meant)) => format!("{fault}; write {meant}"),
        _ => fault.to_string(),
    })?;
    if rate.is_zero() { Err("it is zero".to_owned()) } else { Ok(rate) }
}

/// Parses `2200000`, `2.2M` and `$700k`, exactly.
fn amount(text: &str) -> Result<Money, String> {
    let text = text.trim().trim_start_matches('$');
    let (digits, shift) = match text.chars().last() {
        Some('k' | 'K') => (&text[..text.len() - 1], 3),
        Some('m' | 'M') => (&text[..text.len() - 1], 6),
        _ => (text, 0),
    };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let shifted = part.len().min(shift);
    let zeros = "0".repeat(shift - shifted);
    let (moved, rest) = part.split_at(shifted);
    let point = if rest.is_empty() { "" } else { "." };
    Money::parse(&format!("{whole}{moved}{zeros}{point}{rest}")).map_err(|fault| fault.to_string())
}
