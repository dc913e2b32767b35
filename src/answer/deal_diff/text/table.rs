//! The small table: what changed, before and now, and what it adds to the contract.

use super::{more, years};
use crate::answer::deal_diff::{Change, ChangeStatus, DealDiff, FactChange, LineChange};
use crate::document::{Block, Cell, Table, TableRow};
use crate::number::{Currency, Money, Total};
use crate::quote::text::words::describe;

/// Returns the table of changes; `None` if no change can be shown in a table.
pub(crate) fn changed(difference: &DealDiff<'_, '_>) -> Option<Block> {
    let mut rows = Vec::new();
    rows.extend(difference.facts.iter().map(|it| fact(&it.title, it)));
    for line in &difference.lines {
        of_line(difference, line, &mut rows);
    }
    for service in &difference.services {
        let title = service.latest().map(|it| it.service.title.as_str()).unwrap_or_default();
        let told = difference.quotes.zip(*service).map(|(quote, service)| {
            let before = match service.included_before {
                before if before.is_zero() => String::new(),
                before => format!("{} included before, ", quote.show(before)),
            };
            let (value, price) = (quote.show(service.value), quote.show(service.price));
            format!("value {value}, {before}price {price}")
        });
        rows.push(row(title, told, added(difference, service.map(|it| it.price))));
    }
    totals(difference, &mut rows);
    if rows.is_empty() || difference.is_empty() {
        return None;
    }
    let status = difference.status();
    let (is_added, is_removed) = (status == ChangeStatus::Added, status == ChangeStatus::Removed);
    let item = match status {
        ChangeStatus::Added => "New item",
        ChangeStatus::Removed => "Removed item",
        ChangeStatus::Changed | ChangeStatus::Same => "Changed item",
    };
    let table = Table::new([item, "Before", "Now", "Change"], rows);
    let table = table.column_if("Before", !is_added).column_if("Now", !is_removed);
    Some(Block::Table(table.column_if("Change", !is_added && !is_removed)))
}

fn row(title: &str, sides: Change<String>, change: Cell) -> TableRow {
    let [old, new] = [sides.old, sides.new].map(|side| Cell::text(side.unwrap_or_default()));
    TableRow::new([Cell::text(title), old, new, change])
}

fn fact(title: &str, fact: &FactChange) -> TableRow {
    row(title, fact.value.clone(), Cell::default())
}

/// Adds the years of a line: "500 sockets, Enterprise+ at $1,853.21".
fn of_line(difference: &DealDiff<'_, '_>, line: &LineChange<'_, '_>, rows: &mut Vec<TableRow>) {
    let title = line.line.latest().map(|it| it.line.metric.title.as_str()).unwrap_or_default();
    for part in &line.parts {
        let priced = difference.quotes.zip(line.line).zip(part.segment);
        let told = priced.map(|((quote, line), priced)| {
            let what = describe(quote.deal.book, &line.line, &priced.segment, priced, "");
            format!("{what} at {}", quote.show(priced.net()))
        });
        // A step that changed without changing the price is told with the steps.
        if told.is_same() && part.tcv.is_same() {
            continue;
        }
        let title = format!("{title}{}", years(part));
        rows.push(row(&title, told, added(difference, part.tcv)));
    }
    rows.extend(line.facts.iter().map(|it| fact(&format!("{title}: {}", it.title), it)));
}

/// Returns the change of the contract value by a line or a service.
fn added(difference: &DealDiff<'_, '_>, tcv: Change<Money>) -> Cell {
    let more = tcv.more();
    let currency = difference.currencies().shared().filter(|_| !more.is_zero());
    let cell = currency.map(|currency| Cell::money(currency, more).plus_if(!more.is_negative()));
    cell.unwrap_or_default()
}

fn totals(difference: &DealDiff<'_, '_>, rows: &mut Vec<TableRow>) {
    let amounts = [
        Some(("List", difference.list_tcv())),
        Some(("Contract (TCV)", difference.tcv())),
        difference.our_net().map(|ours| ("Our net", ours)),
        Some(("Per year (ARR)", difference.arr())),
    ];
    for (title, amount) in amounts.into_iter().flatten() {
        if amount.is_same() {
            continue;
        }
        let shown = difference.quotes.zip(amount).map(|(quote, amount)| quote.show(*amount));
        let total = amount.map(|amount| Total::from(*amount));
        let is_changed = difference.status() == ChangeStatus::Changed;
        let change = |currency: &Currency| Cell::figure(more(currency, total));
        let currency = difference.currencies().shared().filter(|_| is_changed);
        rows.push(row(title, shown, currency.map(change).unwrap_or_default()));
    }
    let discount = difference.discount();
    if !discount.is_same() {
        rows.push(row("Off list", discount.map(ToString::to_string), Cell::default()));
    }
}
