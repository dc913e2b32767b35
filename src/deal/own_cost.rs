//! What the customer pays besides our price when it chooses us.

use super::draft::Draft;
use crate::book::{Cost, DraftCost, OwnCostKeys, PriceBook, read_costs, resolve_costs};
use crate::table::{Keys, Section, Shape};
use crate::text::diagnostic::Diagnostic;

/// The keys of such a cost in a deal file.
pub(super) static SHAPE: &Shape = OwnCostKeys::SHAPE;

pub(super) fn read(top: Section<'_>) -> Vec<DraftCost> {
    read_costs(top.tables("cost"))
}

pub(super) fn resolve(draft: &Draft, book: &PriceBook, faults: &mut Vec<Diagnostic>) -> Vec<Cost> {
    let coin = Some((book.currency.code.as_str(), book.currency.minor));
    let (costs, wrong) = resolve_costs(&draft.own_costs, "cost", Some(book.metrics()), coin);
    faults.extend(wrong);
    costs
}
