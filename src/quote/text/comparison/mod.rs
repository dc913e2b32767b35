//! A line beside the same by subscription.

mod consumption;
mod perpetual;

use super::words::{QuotedSegment, segments_of};
use crate::book::{Level, PriceBasis, PricePeriod};
use crate::document::Block;
use crate::quote::subscription_comparison::{
    ComparedCosts, SubscriptionComparison, compared_subscription,
};
use crate::quote::{Quote, with_approval};

pub(super) fn part(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    for (at, bought) in quote.pricing.lines.iter().enumerate() {
        let Some(metric) = compared_subscription(quote.deal, &bought.line) else { continue };
        let average = match bought.line.metric.price_period {
            PricePeriod::Hour { .. } => " on average",
            PricePeriod::Year
            | PricePeriod::Month
            | PricePeriod::Use
            | PricePeriod::Once { .. } => "",
        };
        for (segment, (first_year, _)) in segments_of(bought).zip(bought.by_year()) {
            let QuotedSegment { line, priced, years } = segment;
            let quantity = priced.segment.quantity;
            let (title, count) = (&line.metric.title, line.metric.count(quantity));
            let heading = format!("{title} vs subscription: {count}{average}{years}");
            blocks.push(Block::heading(heading));
            let mut found = quote.comparisons.iter();
            match found.find(|it| (it.line, it.first_year) == (at, first_year)) {
                Some(found) => match &found.costs {
                    ComparedCosts::Perpetual(costs) => perpetual::part(quote, found, costs, blocks),
                    ComparedCosts::Consumption(it) => consumption::part(quote, found, it, blocks),
                },
                None => blocks.push(Block::Lines(vec![format!(
                    "The price book has no subscription for {}.",
                    metric.count(quantity)
                )])),
            }
        }
    }
}

/// Says on which terms the net price of the subscription depends.
fn terms(quote: &Quote<'_, '_>, found: &SubscriptionComparison<'_>) -> String {
    let needs = if found.verdict.is_refused() {
        ", outside policy".to_owned()
    } else {
        with_approval(quote.deal.book, found.verdict.level(), Level::NONE)
    };
    let edition = found.subscription.list.tier.edition.as_ref();
    let edition = edition.map(|edition| format!(", {edition}")).unwrap_or_default();
    let (title, count) = (&found.metric.title, found.metric.count(found.quantity));
    let (term, source) = (quote.deal.term, &found.bought.metric.rule.source);
    format!(
        "Subscription: {title}, {count}{edition}. The net price is for a commitment of {term} on \
         the terms of this deal, without programs{needs}.  [{source}]"
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

/// Returns whether both sides have one price for each of the same number of units.
fn is_by_unit(found: &SubscriptionComparison<'_>) -> bool {
    let (own, other) = (&found.priced.list, &found.subscription.list);
    [own.basis, other.basis] == [PriceBasis::Unit; 2] && own.times == other.times
}
