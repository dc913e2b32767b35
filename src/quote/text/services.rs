//! The services of a deal, at their value and at their price.

use crate::document::{Block, Cell, Table, TableRow, Tone};
use crate::price::PricedService;
use crate::quote::Quote;

/// The services under their heading.
pub(crate) fn part(quote: &Quote<'_, '_>, explained: bool, blocks: &mut Vec<Block>) {
    let services = &quote.pricing.services;
    if services.is_empty() {
        return;
    }
    let show = |amount| Cell::figure(quote.show(amount));
    let row = |priced: &PricedService<'_>| TableRow {
        cells: vec![
            Cell::text(priced.service.title()),
            show(priced.value),
            show(priced.included),
            show(priced.price),
            Cell::text(priced.service.rule.source.to_string()),
        ],
    };
    let header = ["Service", "Value", "Included", "Price, once", "Source"];
    blocks.push(Block::Heading("Services".to_owned(), Tone::Plain));
    blocks.push(Block::Table(Table::new(header, services.iter().map(row))));
    if explained {
        blocks.push(Block::Lines(services.iter().map(|priced| explain(quote, priced)).collect()));
    }
}

/// How the price of a service comes about.
fn explain(quote: &Quote<'_, '_>, priced: &PricedService<'_>) -> String {
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
