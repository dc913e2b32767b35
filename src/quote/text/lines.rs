//! Lines of a quote with their prices step by step, services, and agreed prices.

use super::explain;
use super::words::{QuotedSegment, amount, basis, money, rate, segments, title};
use crate::document::{Block, Cell, Table, TableColumn, TableRow};
use crate::number::Share;
use crate::price::{PricedSegment, PricedService, WaterfallStep};
use crate::quote::Quote;
use std::cmp::Ordering;

pub(super) fn lines(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let show = |amount| money(quote, amount);
    let columns: [TableColumn<'_, QuotedSegment<'_, '_>>; 5] = [
        ("Line", &|it| Cell::text(it.describe(quote))),
        ("Net", &|it| show(it.priced.net())),
        ("Per year", &|it| show(it.priced.at_net.annual)),
        ("Contract", &|it| show(it.priced.tcv())),
        ("Off list", &|it| Cell::share(it.priced.discount())),
    ];
    let table = Table::of_items(segments(quote), &columns);
    blocks.extend([Block::heading("Lines"), Block::Table(table)]);
}

pub(super) fn waterfalls(quote: &Quote<'_, '_>, explained: bool, blocks: &mut Vec<Block>) {
    for segment in segments(quote) {
        let QuotedSegment { line, priced, .. } = segment;
        let counted = priced.segment.counted_with_others();
        let together = counted.map(|it| format!(" ({} in all lines)", line.metric.count(it)));
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
    let columns: [TableColumn<'_, &WaterfallStep<'_>>; 5] = [
        ("Step", &|step| Cell::text(title(step))),
        ("Rate", &|step| rate(step)),
        ("Amount", &|step| amount(quote, step)),
        ("Price", &|step| money(quote, step.price)),
        ("Source", &|step| Cell::source(&step.rule.source)),
    ];
    Table::of_items(priced.waterfall.steps(), &columns)
}

pub(super) fn services(quote: &Quote<'_, '_>, explained: bool, blocks: &mut Vec<Block>) {
    let services = &quote.pricing.services;
    if services.is_empty() {
        return;
    }
    let show = |amount| money(quote, amount);
    let columns: [TableColumn<'_, &PricedService<'_>>; 5] = [
        ("Service", &|it| Cell::text(it.service.title())),
        ("Value", &|it| show(it.value)),
        ("Included", &|it| show(it.included)),
        ("Price, once", &|it| show(it.price)),
        ("Source", &|it| Cell::source(&it.service.rule.source)),
    ];
    let table = Table::of_items(services, &columns);
    blocks.extend([Block::heading("Services"), Block::Table(table)]);
    if explained {
        let lines = services.iter().map(|it| explain::service(quote, it));
        blocks.push(Block::Lines(lines.collect()));
    }
}

pub(super) fn agreed(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let show = |amount| quote.show(amount);
    let rows = segments(quote).filter_map(|segment| {
        let policy = segment.priced.policy?;
        let net = segment.priced.net();
        let against = match net.cmp(&policy.price) {
            Ordering::Less => match Share::off(policy.price, net) {
                off if off.is_zero() => format!("{} below", show(policy.price - net)),
                off => format!("{off} below"),
            },
            Ordering::Equal => "at policy".to_owned(),
            Ordering::Greater => format!("{} above", show(net - policy.price)),
        };
        Some(TableRow::new(vec![
            Cell::text(segment.describe(quote)),
            money(quote, policy.price),
            money(quote, net),
            Cell::text(against),
            money(quote, policy.tcv),
            money(quote, segment.priced.tcv()),
        ]))
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return;
    }
    let header = ["Line", "Policy", "Negotiated", "Difference", "TCV at policy", "Negotiated TCV"];
    let table = Table::new(header, rows);
    blocks.extend([Block::heading("Negotiated price vs policy"), Block::Table(table)]);
}
