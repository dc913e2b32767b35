//! Agreed prices beside what policy gives by itself, year by year.

use super::words::{describe, segments};
use crate::document::{Block, Cell, Table, TableRow, Tone};
use crate::number::Share;
use crate::quote::Quote;
use std::cmp::Ordering;

/// One row for years that are alike, of lines with an agreed price.
pub(crate) fn part(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let show = |amount| quote.show(amount);
    let rows = segments(quote).into_iter().filter_map(|(line, segment, priced, years)| {
        let policy = priced.policy?;
        let net = priced.net();
        let against = match net.cmp(&policy.price) {
            Ordering::Less => match Share::off(policy.price, net) {
                off if off.is_zero() => format!("{} below", show(policy.price - net)),
                off => format!("{off} below"),
            },
            Ordering::Equal => "the same".to_owned(),
            Ordering::Greater => format!("{} above", show(net - policy.price)),
        };
        Some(TableRow {
            cells: vec![
                Cell::text(describe(line, segment, priced, &years)),
                Cell::figure(show(policy.price)),
                Cell::figure(show(net)),
                Cell::text(against),
                Cell::figure(show(policy.tcv)),
                Cell::figure(show(priced.tcv())),
            ],
        })
    });
    let rows: Vec<_> = rows.collect();
    if rows.is_empty() {
        return;
    }
    let header = ["Line", "Policy", "Agreed", "Agreed is", "Contract at policy", "As agreed"];
    blocks.push(Block::Heading("Agreed prices against policy".to_owned(), Tone::Plain));
    blocks.push(Block::Table(Table::new(header, rows)));
}
