//! `dealdesk negotiate`: the offers that meet a customer's number.

mod args;
mod progress;

use crate::cli::books::Wanted;
use crate::cli::failure::{Failure, Outcome, wrong_command_line};
use crate::cli::printing::Printed;
use crate::cli::{files, levels, output, today};
use crate::deal;
use crate::negotiate::{Goal, Ladder, Offer, Outcome as Found, Search, Table};
use crate::quote::quote;
use crate::report::Shown;
use crate::text::clean;
use crate::value::Money;
use crate::{render, report, wire};
use anyhow::anyhow;
pub use args::NegotiateArgs;
use progress::Bar;

pub fn run(args: &NegotiateArgs, wanted: &Wanted) -> Result<Outcome, Failure> {
    let found = wanted.beside(args.deal.as_deref())?;
    if let Some(path) = args.save.as_ref().filter(|path| path.exists()) {
        let path = path.display();
        return Err(anyhow!("{path} is there already: save the offer under another name").into());
    }
    let draft = args.flags.draft("dealdesk negotiate", args.deal.as_deref())?;
    let table = Table::new(draft, &found.books, today())
        .map_err(|faults| Failure::faults("this deal cannot be negotiated", faults))?;
    // A ladder goes as far down as it can.
    let goal = args.number.goal().unwrap_or(Goal::Tcv(Money::ZERO));
    can_be_judged(&table, goal, args.discount_rate.is_some())?;
    let (free, locked) = (args::free(args)?, args::locked(args)?);
    let mut search =
        Search::new(&table, goal, &free, &locked).map_err(|fault| wrong_command_line(&fault))?;
    search.step = args.step;
    search.discount_rate = args.discount_rate;
    if let Some(name) = &args.within {
        search.within = levels::level(table.deal().book(), "--within", name)?;
    }
    let bar = Bar::new();
    if args.number.ladder {
        let ladder = Ladder::new(&table, search, &|progress| bar.tell(progress));
        bar.clear();
        output::data(&match args.format {
            Printed::Table => render::terminal(&report::ladder(&ladder), output::stdout()),
            Printed::Markdown => render::markdown(&report::ladder(&ladder)),
            Printed::Json => wire::ladder_to_json(&ladder),
        })?;
        return Ok(if ladder.steps.is_empty() { Outcome::AboveLevel } else { Outcome::Done });
    }
    let found = search.run(&table, &|progress| bar.tell(progress));
    bar.clear();
    tell(args, &table, &search, &found)?;
    Ok(if found.offers.is_empty() { Outcome::AboveLevel } else { Outcome::Done })
}

/// What was found, in the form that was asked for; then an offer is saved.
fn tell<'b>(
    args: &NegotiateArgs,
    table: &Table<'b>,
    search: &Search<'b>,
    found: &Found<'b>,
) -> Result<(), Failure> {
    let top = if args.top == 0 { usize::MAX } else { args.top };
    // It is there, or nothing is.
    if !found.offers.is_empty() {
        offer(found, args.offer, "--offer")?;
    }
    let shown = Shown { top, closer: args.offer };
    let drawn = match (args.quote, args.format) {
        (Some(number), format) => {
            let quote = quote(&offer(found, number, "--quote")?.deal);
            match format {
                Printed::Table => render::terminal(&report::quote(&quote, false), output::stdout()),
                Printed::Markdown => render::markdown(&report::quote(&quote, false)),
                Printed::Json => wire::to_json(&quote),
            }
        }
        (None, Printed::Table) => {
            render::terminal(&report::offers(table, search, found, shown), output::stdout())
        }
        (None, Printed::Markdown) => render::markdown(&report::offers(table, search, found, shown)),
        (None, Printed::Json) => wire::offers_to_json(table, search, found, top),
    };
    output::data(&drawn)?;
    if let Some(path) = &args.save {
        // Where there is none there is nothing to save, and that is told.
        if !found.offers.is_empty() {
            files::write(path, &deal::to_toml(&offer(found, args.offer, "--offer")?.deal))?;
            let path = path.display().to_string();
            let path = clean(&path);
            output::talk(&format!("{path} written: dealdesk quote {path} gives its quote\n"));
        }
    }
    Ok(())
}

fn offer<'f, 'b>(
    found: &'f Found<'b>,
    number: usize,
    flag: &str,
) -> Result<&'f Offer<'b>, Failure> {
    let place = number.checked_sub(1);
    place.and_then(|place| found.offers.get(place)).ok_or_else(|| {
        let count = found.offers.len();
        let plural = if count == 1 { "" } else { "s" };
        wrong_command_line(&format!("{flag} {number}: there are {count} offer{plural}"))
    })
}

/// A number can be one that says nothing about the deal.
fn can_be_judged(table: &Table<'_>, goal: Goal, is_discounted: bool) -> Result<(), Failure> {
    let metrics: Vec<_> = table.deal().lines().iter().map(|line| line.metric().name()).collect();
    let is_mixed = metrics.windows(2).any(|pair| pair[0] != pair[1]);
    if matches!(goal, Goal::UnitPrice(_)) && is_mixed {
        let message = "--target-unit-price: the deal buys several things, and they have no price of \
            one unit: name a --target, --target-tcv or --budget-year";
        return Err(wrong_command_line(message));
    }
    let is_yearly = matches!(goal, Goal::YearlyBudget(_));
    if (is_yearly || is_discounted) && !table.is_invoiced() {
        let flag = if is_yearly { "--budget-year" } else { "--discount-rate" };
        return Err(wrong_command_line(&format!(
            "{flag}: nobody can tell how this deal is invoiced: the book has no [billing], or a partner \
             pays a share of its revenue"
        )));
    }
    Ok(())
}
