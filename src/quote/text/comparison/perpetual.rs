//! Perpetual licenses beside a subscription, over the years.

use super::{is_by_unit, sides, terms};
use crate::document::{Block, Cell, Table};
use crate::number::{grouped, plural};
use crate::quote::Quote;
use crate::quote::subscription_comparison::{
    PerpetualCostByYear, PerpetualCosts, SubscriptionComparison,
};
use crate::quote::text::words::money;
use std::cmp::Ordering;

/// Years that a table shows one by one.
const ALL_YEARS: u32 = 10;

pub(crate) fn part(
    quote: &Quote<'_, '_>,
    found: &SubscriptionComparison<'_>,
    costs: &PerpetualCosts,
    blocks: &mut Vec<Block>,
) {
    let sides = sides(costs.at_list, costs.at_net);
    blocks.push(Block::Table(summary(quote, costs.horizon, &sides)));
    let mut lines = one(quote, found, costs);
    lines.extend(sides.iter().map(|(name, course)| breaks_even(quote, name, course)));
    lines.push(terms(quote, found));
    if costs.horizon > quote.deal.term().count() {
        let after = "Years after the term are assumed to cost as much as the years before.";
        lines.push(after.to_owned());
    }
    blocks.push(Block::Lines(lines));
    blocks.extend([Block::heading("Total cost by year"), Block::Table(course(quote, costs))]);
}

fn summary(quote: &Quote<'_, '_>, years: u32, sides: &[(&str, PerpetualCostByYear)]) -> Table {
    let show = |amount| money(quote, amount);
    Table::of_items(
        sides,
        &[
            (&format!("After {years} year{}", plural(years)), &|(name, _)| {
                Cell::text(format!("At {name}"))
            }),
            ("Perpetual", &|(_, course)| show(course.perpetual(years))),
            ("Subscription", &|(_, course)| show(course.subscribed(years))),
            ("Difference", &|(_, course)| difference(course, years)),
        ],
    )
}

/// "53.125% less".
fn difference(course: &PerpetualCostByYear, years: u32) -> Cell {
    let (perpetual, subscribed) = (course.perpetual(years), course.subscribed(years));
    let Some(saved) = course.saved(years) else { return Cell::default() };
    let about = if saved.is_exact() { "" } else { ", rounded" };
    let share = saved.to_string();
    Cell::ratio(saved).shown_as(match subscribed.cmp(&perpetual) {
        Ordering::Equal => "the same".to_owned(),
        Ordering::Less => format!("{share} less{about}"),
        Ordering::Greater => format!("{} more{about}", share.trim_start_matches('-')),
    })
}

fn course(quote: &Quote<'_, '_>, costs: &PerpetualCosts) -> Table {
    let show = |amount| money(quote, amount);
    let (list, net) = (&costs.at_list, &costs.at_net);
    let one_license = list.license == net.license;
    let one_subscription = list.subscription == net.subscription;
    let at_list =
        |is_one: bool, name: &str| format!("{name}{}", if is_one { "" } else { ", list" });
    let table = Table::of_items(
        years(quote, costs),
        &[
            ("Year", &|year| Cell::text(year.to_string())),
            (&at_list(one_license, "Perpetual"), &|year| show(list.perpetual(*year))),
            ("Perpetual, net", &|year| show(net.perpetual(*year))),
            (&at_list(one_subscription, "Subscription"), &|year| show(list.subscribed(*year))),
            ("Subscription, net", &|year| show(net.subscribed(*year))),
        ],
    );
    let table = table.column_if("Perpetual, net", !one_license);
    table.column_if("Subscription, net", !one_subscription)
}

/// All years of a short horizon. Of a long one the first, the last, those between in even steps,
/// the term, and those about a break-even.
fn years(quote: &Quote<'_, '_>, costs: &PerpetualCosts) -> Vec<u32> {
    let last = costs.horizon;
    let step = match last {
        ..=ALL_YEARS => 1,
        _ if last <= 50 => 5,
        _ => 10,
    };
    let turns = [&costs.at_list, &costs.at_net].map(PerpetualCostByYear::break_even);
    let turns: Vec<u128> = turns.into_iter().flatten().collect();
    let is_shown = |year: &u32| {
        let turn = |&turn: &u128| u128::from(*year) == turn || u128::from(*year) + 1 == turn;
        [1, last, quote.deal.term().count()].contains(year)
            || year.is_multiple_of(step)
            || turns.iter().any(turn)
    };
    (1..=last).filter(is_shown).collect()
}

/// The figures of one unit, where both are priced by the unit.
fn one(
    quote: &Quote<'_, '_>,
    found: &SubscriptionComparison<'_>,
    costs: &PerpetualCosts,
) -> Vec<String> {
    if !is_by_unit(found) {
        return Vec::new();
    }
    let show = |amount| quote.show(amount);
    let (metric, license) = (found.bought.metric, &found.priced);
    let (unit, years) = (&metric.unit, costs.horizon);
    let prices = sides(
        (license.list.price, found.subscription.list.price),
        (license.net(), found.subscription.net()),
    );
    let lines = prices.into_iter().map(|(name, (price, subscription))| {
        let maintenance = metric.maintenance_of(price);
        let (perpetual, subscribed) = (price + maintenance * years, subscription * years);
        let (price, maintenance, perpetual) = (show(price), show(maintenance), show(perpetual));
        let (subscription, subscribed) = (show(subscription), show(subscribed));
        format!(
            "One {unit} at {name}: {price} + {years} × {maintenance} = {perpetual} perpetual, \
             {years} × {subscription} = {subscribed} by subscription."
        )
    });
    lines.collect()
}

/// "Break-even at list: year 20", and why.
fn breaks_even(quote: &Quote<'_, '_>, name: &str, course: &PerpetualCostByYear) -> String {
    let show = |amount| quote.show(amount);
    let (maintenance, subscription) = (course.license.annual, course.subscription);
    let Some(year) = course.break_even() else {
        let (maintenance, subscription) = (show(maintenance), show(subscription));
        return format!(
            "Break-even at {name}: never. A year of maintenance costs {maintenance}, and a year of \
             subscription {subscription}."
        );
    };
    let such = if year == 1 { " such year makes" } else { " such years make" };
    let year = grouped(&year);
    let (more, license) = (show(subscription - maintenance), show(course.license.once));
    format!(
        "Break-even at {name}: year {year}. A year of subscription costs {more} more than a year of \
         maintenance, and {year}{such} up for the license price of {license}."
    )
}
