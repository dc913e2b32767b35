//! The small table: what changed, before and now, and what it adds to the contract.

use super::{more, years};
use crate::answer::deal_diff::{
    Change, ChangeStatus, DealDiff, FactChange, LineChange, SegmentChange,
};
use crate::document::{Block, Cell, Table, TableRow};
use crate::number::{Currency, Money, Total};
use crate::quote::Quote;
use crate::quote::text::words::describe;

/// Returns the table of changes; `None` if no change can be shown in a table.
pub(crate) fn changed(difference: &DealDiff<'_, '_>) -> Option<Block> {
    let mut rows = Vec::new();
    rows.extend(difference.facts.iter().map(|it| fact(&it.title, it)));
    for line in &difference.lines {
        of_line(difference, line, &mut rows);
    }
    for service in &difference.services {
        let title = service.latest().map(|it| it.service.title()).unwrap_or_default();
        let told = |side: VersionSide| {
            let service = side.of(service)?;
            let show = |amount| Some(side.of(&difference.quotes)?.show(amount));
            Some(format!("value {}, price {}", show(service.value)?, show(service.price)?))
        };
        let tcv = service.map(|it| it.price);
        rows.push(row(
            title,
            [told(VersionSide::Old), told(VersionSide::New)],
            share(difference, tcv),
        ));
    }
    totals(difference, &mut rows);
    if rows.is_empty() || difference.is_empty() {
        return None;
    }
    let (header, kept): (&[&str], &[usize]) = match difference.status() {
        ChangeStatus::Added => (&["New item", "Now"], &[0, 2]),
        ChangeStatus::Removed => (&["Removed item", "Before"], &[0, 1]),
        ChangeStatus::Changed | ChangeStatus::Same => {
            (&["Changed item", "Before", "Now", "Change"], &[0, 1, 2, 3])
        }
    };
    let keep = |row: TableRow| {
        TableRow::new(kept.iter().filter_map(|at| row.cells.get(*at).cloned()).collect())
    };
    Some(Block::Table(Table::new(header.iter().copied(), rows.into_iter().map(keep))))
}

/// One of both versions.
#[derive(Clone, Copy)]
enum VersionSide {
    Old,
    New,
}

impl VersionSide {
    fn of<T: Copy>(self, change: &Change<T>) -> Option<T> {
        match self {
            Self::Old => change.old,
            Self::New => change.new,
        }
    }
}

fn row(title: &str, sides: [Option<String>; 2], change: Cell) -> TableRow {
    let [old, new] = sides.map(|side| Cell::text(side.unwrap_or_default()));
    TableRow::new(vec![Cell::text(title), old, new, change])
}

fn fact(title: &str, fact: &FactChange) -> TableRow {
    row(title, [fact.value.old.clone(), fact.value.new.clone()], Cell::default())
}

fn of_line(difference: &DealDiff<'_, '_>, line: &LineChange<'_, '_>, rows: &mut Vec<TableRow>) {
    let title = line.bought.latest().map(|bought| bought.line.metric().title()).unwrap_or_default();
    for part in &line.parts {
        let years = years(part);
        let sides =
            [VersionSide::Old, VersionSide::New].map(|side| told(side, difference, line, part));
        rows.push(row(&format!("{title}{years}"), sides, share(difference, part.tcv)));
    }
    rows.extend(line.facts.iter().map(|it| fact(&format!("{title}: {}", it.title), it)));
}

/// "500 sockets, Enterprise+ at $1,853.21".
fn told(
    side: VersionSide,
    difference: &DealDiff<'_, '_>,
    line: &LineChange<'_, '_>,
    part: &SegmentChange<'_, '_>,
) -> Option<String> {
    let (segment, priced) = side.of(&part.segment)?;
    let bought = side.of(&line.bought)?;
    let quote = side.of(&difference.quotes)?;
    let net = quote.show(priced.net());
    Some(format!("{} at {net}", describe(quote.deal.book(), bought.line, segment, priced, "")))
}

/// Returns the change of the contract value by a line or a service.
fn share(difference: &DealDiff<'_, '_>, tcv: Change<Money>) -> Cell {
    let Some(currency) = difference.currency() else { return Cell::default() };
    let more = tcv.more();
    if more.is_zero() {
        return Cell::default();
    }
    Cell::money(currency, more).plus_if(!more.is_negative())
}

fn totals(difference: &DealDiff<'_, '_>, rows: &mut Vec<TableRow>) {
    let amounts = [
        ("List", difference.list_tcv()),
        ("Contract (TCV)", difference.tcv()),
        ("Per year (ARR)", difference.arr()),
    ];
    for (title, amount) in amounts {
        if amount.is_same() {
            continue;
        }
        let show = |side: VersionSide| {
            let show = |quote: &Quote<'_, '_>| side.of(&amount).map(|amount| quote.show(amount));
            side.of(&difference.quotes).and_then(show)
        };
        let total = amount.map(|amount| Total::from(*amount));
        let is_changed = difference.status() == ChangeStatus::Changed;
        let change = |currency: &Currency| Cell::figure(more(currency, total));
        let change = difference.currency().filter(|_| is_changed).map(change).unwrap_or_default();
        rows.push(row(title, [show(VersionSide::Old), show(VersionSide::New)], change));
    }
    let discount = difference.discount();
    if !discount.is_same() {
        let shown = discount.map(ToString::to_string);
        rows.push(row("Off list", [shown.old, shown.new], Cell::default()));
    }
}
