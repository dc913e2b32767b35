//! Pay for use beside a subscription.

use super::{is_by_unit, sides, terms};
use crate::book::PricePeriod;
use crate::deal::Line;
use crate::document::{Block, Cell, Table, TableRow};
use crate::number::Money;
use crate::quote::Quote;
use crate::quote::subscription_comparison::{
    ConsumptionCosts, ConsumptionYear, SubscriptionComparison,
};
use crate::quote::text::words::money;

pub(crate) fn part(
    quote: &Quote<'_, '_>,
    found: &SubscriptionComparison<'_>,
    costs: &ConsumptionCosts,
    blocks: &mut Vec<Block>,
) {
    let line = &found.bought;
    let (used, bought) = (&found.priced, &found.subscription);
    let by_unit = is_by_unit(found);
    let sides = sides(
        (costs.at_list, used.list.price, bought.list.price),
        (costs.at_net, used.net(), bought.net()),
    );
    let header = ["Per year", "Consumption", "Subscription", "Multiple", "Break-even use"];
    let rows = sides.iter().map(|(name, (costs, ..))| figures(quote, name, costs));
    let summary = Table::new(header, rows);
    let has_range = sides.iter().any(|(_, (costs, ..))| has_break_even(costs));
    let lines = sides.iter().map(|(name, (costs, hour, year))| {
        let made = by_unit.then(|| quotient(quote, line, *hour, *year));
        break_even(quote, line, name, costs, made)
    });
    let mut lines: Vec<_> = lines.collect();
    // What is in use in fewer hours is fewer units on average, and these can land in another range.
    let lowest = line.metric.tiers.first();
    if has_range && lowest.is_some_and(|lowest| lowest.rule != used.list.tier.rule) {
        let all = line.metric.count(used.segment.quantity);
        lines.push(format!(
            "This uses the hourly price of {all}. A smaller average can have another price: \
             dealdesk compare shows the break-even for it."
        ));
    }
    lines.push(terms(quote, found));
    blocks.extend([Block::Table(summary), Block::Lines(lines)]);
}

fn figures(quote: &Quote<'_, '_>, name: &str, costs: &ConsumptionYear) -> TableRow {
    let show = |amount| money(quote, amount);
    let multiple = costs.multiple().map(|it| {
        let rounded = if it.is_exact() { "" } else { ", rounded" };
        Cell::ratio(it).shown_as(format!("{}x{rounded}", it.plain()))
    });
    let multiple = multiple.unwrap_or_default();
    let share = match costs.break_even() {
        _ if costs.is_never_cheaper() => Cell::figure("never"),
        _ if costs.is_always_cheaper() => Cell::figure("not reached"),
        share => share.map(Cell::ratio).unwrap_or_default(),
    };
    let name = Cell::text(format!("At {name}"));
    TableRow::new([name, show(costs.consumption), show(costs.subscription), multiple, share])
}

/// "$150.00 / ($0.03 × 730 hours × 12)".
fn quotient(quote: &Quote<'_, '_>, line: &Line<'_>, hour: Money, year: Money) -> String {
    let show = |amount| quote.show(amount);
    match line.metric.price_period {
        PricePeriod::Hour { per_month } => {
            format!("{} / ({} × {per_month} hours × 12)", show(year), show(hour))
        }
        _ => String::new(),
    }
}

fn committed(quote: &Quote<'_, '_>, costs: &ConsumptionYear) -> String {
    if costs.committed.is_zero() {
        return String::new();
    }
    let least = quote.show(costs.committed);
    format!(" Of consumption, {least} per year is committed and charged even if not used.")
}

/// Returns whether there is a share of the hours at which both cost the same.
fn has_break_even(costs: &ConsumptionYear) -> bool {
    !costs.is_always_cheaper() && !costs.never_costs_more() && !costs.is_never_cheaper()
}

fn break_even(
    quote: &Quote<'_, '_>,
    line: &Line<'_>,
    name: &str,
    costs: &ConsumptionYear,
    made: Option<String>,
) -> String {
    let unit = &line.metric.unit;
    let Some(share) = costs.break_even() else {
        return format!("At {name}, consumption costs nothing.");
    };
    if costs.is_always_cheaper() {
        return format!(
            "At {name}, consumption costs less even with every {unit} in use in every hour."
        );
    }
    let made = made.map(|made| format!("{made} = ")).unwrap_or_default();
    let rounded = if share.is_exact() { "" } else { ", rounded half up to 2 places" };
    let news = if costs.never_costs_more() {
        format!("Consumption costs no more, even with every {unit} in use in every hour.")
    } else if costs.is_never_cheaper() {
        format!("Consumption never costs less.{}", committed(quote, costs))
    } else {
        format!(
            "Below {share} use of each {unit}'s hours, consumption costs less; above it, the \
             subscription costs less.{}",
            committed(quote, costs)
        )
    };
    format!("Break-even at {name}: {made}{share}{rounded}. {news}")
}
