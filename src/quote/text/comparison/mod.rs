//! A line beside the same by subscription.

mod consumption;
mod perpetual;

use super::words::segments;
use crate::book::{Level, Metric, PricePeriod};
use crate::document::{Block, Cell, TableRow, Tone};
use crate::number::Quantity;
use crate::quote::Quote;
use crate::quote::subscription_comparison::{
    ComparedCosts, SubscriptionComparison, compared_subscription,
};

/// One part for each line that stands in place of a subscription.
pub(crate) fn part(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let mut parts = segments(quote).into_iter();
    for (at, line) in quote.pricing.lines.iter().enumerate() {
        let mut next_year = 1;
        for (line, segment, priced, years) in parts.by_ref().take(line.segments.len()) {
            let year = next_year;
            next_year += priced.length.years();
            let Some(metric) = compared_subscription(quote.deal, line) else { continue };
            let is_mine = |it: &&SubscriptionComparison<'_>| (it.line, it.first_year) == (at, year);
            let count = line.metric.count(segment.quantity);
            let average = if let PricePeriod::Hour { .. } = line.metric.price_period {
                " on average"
            } else {
                ""
            };
            let what = format!("{count}{average}{years}");
            let heading = format!("{} vs subscription: {what}", line.metric.title);
            blocks.push(Block::Heading(heading, Tone::Plain));
            let found = quote.comparisons.iter().find(is_mine);
            match found {
                Some(found) => compared(quote, found, blocks),
                None => blocks.push(not_sold(metric, segment.quantity)),
            }
        }
    }
}

fn not_sold(metric: &Metric, quantity: Quantity) -> Block {
    let count = metric.count(quantity);
    Block::Lines(vec![format!("The price book has no subscription for {count}.")])
}

fn compared(quote: &Quote<'_, '_>, found: &SubscriptionComparison<'_>, blocks: &mut Vec<Block>) {
    match &found.costs {
        ComparedCosts::Perpetual(costs) => perpetual::part(quote, found, costs, blocks),
        ComparedCosts::Consumption(costs) => consumption::part(quote, found, costs, blocks),
    }
}

/// Says on which terms the net price of the subscription depends.
fn terms(quote: &Quote<'_, '_>, found: &SubscriptionComparison<'_>) -> String {
    let book = quote.deal.book();
    let level = found.verdict.level();
    let needs = if found.verdict.is_refused() {
        ", outside policy".to_owned()
    } else if level > Level::NONE {
        format!(", with {} approval", book.ladder().title(level))
    } else {
        String::new()
    };
    let edition = found.subscription.list.tier.edition.as_ref();
    let edition = edition.map_or_else(String::new, |edition| format!(", {edition}"));
    format!(
        "Subscription: {}, {}{edition}. The net price is for a commitment of {} on the terms of \
         this deal, without programs{needs}.  [{}]",
        found.metric.title,
        found.metric.count(found.quantity),
        quote.deal.term(),
        found.bought.metric.rule.source
    )
}

/// The figures at list and at net under their names; under one, where they are the same.
fn sides<T: PartialEq>(at_list: T, at_net: T) -> Vec<(&'static str, T)> {
    if at_list == at_net {
        vec![("list and net", at_list)]
    } else {
        vec![("list", at_list), ("net", at_net)]
    }
}

fn row(name: impl Into<String>, figures: impl IntoIterator<Item = Cell>) -> TableRow {
    TableRow::new(std::iter::once(Cell::text(name)).chain(figures).collect())
}
