//! Lines of a quote with their prices step by step, services, and agreed prices.

use super::explain;
use super::words::{amount, basis, describe, money, rate, segments, title};
use crate::document::{Block, Cell, Table, TableRow, Tone};
use crate::number::Share;
use crate::price::{PricedSegment, PricedService, WaterfallStep};
use crate::quote::Quote;
use std::cmp::Ordering;

pub(super) fn lines(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let header = ["Line", "Net", "Per year", "Contract", "Off list"];
    let mut table = Table::new(header, []);
    let show = |amount| money(quote, amount);
    for (line, segment, priced, years) in segments(quote) {
        table.rows.push(TableRow::new(vec![
            Cell::text(describe(quote.deal.book(), line, segment, priced, &years)),
            show(priced.net()),
            show(priced.at_net.annual),
            show(priced.tcv()),
            Cell::share(priced.discount()),
        ]));
    }
    blocks.push(Block::Heading("Lines".to_owned(), Tone::Plain));
    blocks.push(Block::Table(table));
}

pub(super) fn waterfalls(quote: &Quote<'_, '_>, explained: bool, blocks: &mut Vec<Block>) {
    for (line, segment, priced, years) in segments(quote) {
        let what = describe(quote.deal.book(), line, segment, priced, &years);
        let heading = format!("Price {}: {what}", basis(line, priced));
        blocks.push(Block::Heading(heading, Tone::Plain));
        blocks.push(Block::Table(waterfall(quote, priced)));
        if explained {
            blocks.push(Block::Lines(explain::segment(quote, line, segment, priced)));
        }
    }
}

pub(crate) fn waterfall(quote: &Quote<'_, '_>, priced: &PricedSegment<'_>) -> Table {
    let header = ["Step", "Rate", "Amount", "Price", "Source"];
    let show = |amount| money(quote, amount);
    let row = |step: &WaterfallStep<'_>| {
        TableRow::new(vec![
            Cell::text(title(step)),
            rate(step),
            amount(quote, step),
            show(step.price),
            Cell::source(&step.rule.source),
        ])
    };
    Table::new(header, priced.waterfall.steps().iter().map(row))
}

pub(super) fn services(quote: &Quote<'_, '_>, explained: bool, blocks: &mut Vec<Block>) {
    let services = &quote.pricing.services;
    if services.is_empty() {
        return;
    }
    let show = |amount| money(quote, amount);
    let row = |priced: &PricedService<'_>| {
        TableRow::new(vec![
            Cell::text(priced.service.title()),
            show(priced.value),
            show(priced.included),
            show(priced.price),
            Cell::source(&priced.service.rule.source),
        ])
    };
    let header = ["Service", "Value", "Included", "Price, once", "Source"];
    blocks.push(Block::Heading("Services".to_owned(), Tone::Plain));
    blocks.push(Block::Table(Table::new(header, services.iter().map(row))));
    if explained {
        blocks.push(Block::Lines(
            services.iter().map(|priced| service_arithmetic(quote, priced)).collect(),
        ));
    }
}

fn service_arithmetic(quote: &Quote<'_, '_>, priced: &PricedService<'_>) -> String {
    let show = |amount| quote.show(amount);
    let service = priced.service;
    format!(
        "{}: {} - {} = {}; up to {} is included  [{}]",
        service.title(),
        show(priced.value),
        show(priced.included),
        show(priced.price),
        show(service.included),
        service.rule.source
    )
}

/// One row for years that are alike, of lines with an agreed price.
pub(super) fn agreed(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let show = |amount| quote.show(amount);
    let rows = segments(quote).into_iter().filter_map(|(line, segment, priced, years)| {
        let policy = priced.policy?;
        let net = priced.net();
        let against = match net.cmp(&policy.price) {
            Ordering::Less => match Share::off(policy.price, net) {
                off if off.is_zero() => format!("{} below", show(policy.price - net)),
                off => format!("{off} below"),
            },
            Ordering::Equal => "at policy".to_owned(),
            Ordering::Greater => format!("{} above", show(net - policy.price)),
        };
        Some(TableRow::new(vec![
            Cell::text(describe(quote.deal.book(), line, segment, priced, &years)),
            money(quote, policy.price),
            money(quote, net),
            Cell::text(against),
            money(quote, policy.tcv),
            money(quote, priced.tcv()),
        ]))
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return;
    }
    let header = ["Line", "Policy", "Negotiated", "Difference", "TCV at policy", "Negotiated TCV"];
    blocks.push(Block::Heading("Negotiated price vs policy".to_owned(), Tone::Plain));
    blocks.push(Block::Table(Table::new(header, rows)));
}
