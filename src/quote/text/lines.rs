//! Lines of a quote with their prices step by step, services, and agreed prices.

use super::explain;
use super::words::{QuotedSegment, amount, basis, money, rate, segments, title};
use crate::document::{Block, Cell, ListItem, Table, Tone};
use crate::number::{Money, Share};
use crate::price::{PricedSegment, PricedService};
use crate::quote::{Quote, all_lines};
use std::cmp::Ordering;

pub(super) fn lines(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let show = |amount| money(quote, amount);
    let table = Table::of_items(
        segments(quote),
        &[
            ("Line", &|it| Cell::text(it.describe(quote))),
            ("Net", &|it| show(it.priced.net())),
            ("Per year", &|it| show(it.priced.at_net.annual)),
            ("Contract", &|it| show(it.priced.tcv())),
            ("Off list", &|it| Cell::share(it.priced.discount())),
        ],
    );
    blocks.extend([Block::heading("Lines"), Block::Table(table)]);
}

pub(super) fn waterfalls(quote: &Quote<'_, '_>, explained: bool, blocks: &mut Vec<Block>) {
    for segment in segments(quote) {
        let QuotedSegment { line, priced, .. } = segment;
        let counted = priced.segment.counted_with_others();
        let together =
            counted.map(|it| format!(" ({}{})", line.metric.count(it), all_lines(quote.deal)));
        let together = together.unwrap_or_default();
        let (basis, described) = (basis(line, priced), segment.describe(quote));
        let heading = format!("Price {basis}: {described}{together}");
        blocks.extend([Block::heading(heading), Block::Table(waterfall(quote, priced))]);
        if explained {
            blocks.push(Block::Lines(explain::segment(quote, line, priced)));
        }
    }
}

pub(crate) fn waterfall(quote: &Quote<'_, '_>, priced: &PricedSegment<'_>) -> Table {
    Table::of_items(
        &priced.waterfall.steps,
        &[
            ("Step", &|step| Cell::text(title(step))),
            ("Rate", &|step| rate(step)),
            ("Amount", &|step| amount(quote, step)),
            ("Price", &|step| money(quote, step.price)),
            ("Source", &|step| Cell::source(&step.rule.source)),
        ],
    )
}

pub(super) fn services(quote: &Quote<'_, '_>, explained: bool, blocks: &mut Vec<Block>) {
    let services = &quote.pricing.services;
    if services.is_empty() {
        return;
    }
    let show = |amount| money(quote, amount);
    let table = Table::of_items(
        services,
        &[
            ("Service", &|it| Cell::text(&it.service.title)),
            (QUANTITY, &|it| Cell::text(service_quantity(it))),
            ("Value", &|it| show(it.value)),
            (INCLUDED_BEFORE, &|it| show(it.included_before)),
            ("Included", &|it| show(it.included)),
            ("Price, once", &|it| show(it.price)),
            ("Source", &|it| Cell::source(&it.service.rule.source)),
        ],
    );
    let table = table.column_if(QUANTITY, services.iter().any(|it| it.quantity.is_some()));
    let is_before = services.iter().any(|it| !it.included_before.is_zero());
    let table = table.column_if(INCLUDED_BEFORE, is_before);
    blocks.extend([Block::heading("Services"), Block::Table(table)]);
    if explained {
        let lines = services.iter().map(|it| explain::service(quote, it));
        blocks.push(Block::Lines(lines.collect()));
    }
    let included = services.iter().filter(|it| !it.included.is_zero()).map(|it| {
        let (title, amount, until) =
            (&it.service.title, quote.show(it.included), quote.valid_until());
        let text = format!("{title} worth {amount} at no cost, if the quote is signed by {until}");
        ListItem::new(Tone::Plain, "included", &text).at(&it.service.rule.source)
    });
    blocks.extend(Block::items("Concessions", Tone::Plain, included));
}

/// Column for services that are counted in units.
const QUANTITY: &str = "Quantity";

/// Column for services that other contracts of the customer include too.
const INCLUDED_BEFORE: &str = "Included before";

fn service_quantity(priced: &PricedService<'_>) -> String {
    let counted = priced.service.unit.as_ref().zip(priced.quantity);
    counted.map(|(unit, quantity)| unit.count(quantity)).unwrap_or_default()
}

/// Lists what comes with the lines, each metric once (playbook L506, L1867, L910-L924).
pub(super) fn inclusions(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let mut told: Vec<&str> = Vec::new();
    let mut items = Vec::new();
    for line in &quote.deal.lines {
        let (included, rule) = quote.deal.inclusions(line);
        if !included.is_empty() && !told.contains(&line.metric.name()) {
            told.push(line.metric.name());
            let item = ListItem::new(Tone::Plain, &line.metric.title, included.join("; "));
            items.push(item.at(&rule.source));
        }
    }
    blocks.extend(Block::items("Included", Tone::Plain, items));
}

pub(super) fn agreed(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let show = |amount| money(quote, amount);
    let against = |net: Money, policy: Money| match net.cmp(&policy) {
        Ordering::Less => match Share::off(policy, net) {
            off if off.is_zero() => format!("{} below", quote.show(policy - net)),
            off => format!("{off} below"),
        },
        Ordering::Equal => "at policy".to_owned(),
        Ordering::Greater => format!("{} above", quote.show(net - policy)),
    };
    let table = Table::of_items(
        segments(quote).filter_map(|segment| Some((segment.priced.policy?, segment))),
        &[
            ("Line", &|(_, it)| Cell::text(it.describe(quote))),
            ("Policy", &|(policy, _)| show(policy.price)),
            ("Negotiated", &|(_, it)| show(it.priced.net())),
            ("Difference", &|(policy, it)| Cell::text(against(it.priced.net(), policy.price))),
            ("TCV at policy", &|(policy, _)| show(policy.tcv)),
            ("Negotiated TCV", &|(_, it)| show(it.priced.tcv())),
        ],
    );
    if !table.rows.is_empty() {
        blocks.extend([Block::heading("Negotiated price vs policy"), Block::Table(table)]);
    }
}
