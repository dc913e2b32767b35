//! The changes of deals as rows of a spreadsheet: one for each figure or fact that changed.

use crate::answer::deal_diff::{Change, ComparedDeal, DealDiffs, LineChange, UncomparedDeal};
use crate::document::{Cell, Table};
use crate::number::Money;
use crate::quote::rows::{approval, with_book};

/// Something that changed: what it is of, its name, both sides, and the difference of amounts.
struct ChangedRow<'d> {
    deal: &'d str,
    status: &'static str,
    of: String,
    name: String,
    sides: Change<Cell>,
    difference: Cell,
    currency: Cell,
}

/// Lists the changes of every deal. `of` is `deal`, a metric or a service; a deal that could not be
/// compared has one row with the status `failed` and the reason under `new`.
pub fn table(changes: &DealDiffs<'_, '_>) -> Table {
    let side = |side: &Option<Cell>| side.clone().unwrap_or_default();
    let table = Table::of_items(
        changes.deals.iter().flat_map(changed).chain(changes.failed.iter().map(failed)),
        &[
            ("deal", &|row| Cell::text(row.deal)),
            ("status", &|row| Cell::text(row.status)),
            ("of", &|row| Cell::text(&row.of)),
            ("name", &|row| Cell::text(&row.name)),
            ("old", &|row| side(&row.sides.old)),
            ("new", &|row| side(&row.sides.new)),
            ("difference", &|row| row.difference.clone()),
            ("currency", &|row| row.currency.clone()),
        ],
    );
    with_book(table, changes.book)
}

fn failed(deal: &UncomparedDeal) -> ChangedRow<'_> {
    ChangedRow {
        deal: &deal.name,
        status: "failed",
        of: "deal".to_owned(),
        name: "error".to_owned(),
        sides: Change { old: None, new: Some(Cell::text(&deal.why)) },
        difference: Cell::default(),
        currency: Cell::default(),
    }
}

fn changed<'d>(deal: &'d ComparedDeal<'_, '_>) -> Vec<ChangedRow<'d>> {
    let difference = &deal.difference;
    let currencies = difference.currencies();
    let shared = currencies.shared();
    let mut rows = Vec::new();
    let mut push = |of: &str, name: &str, sides: Change<Cell>, more: Option<Money>| {
        if !sides.is_same() {
            let more = shared.zip(more).map(|(currency, more)| Cell::money(currency, more));
            rows.push(ChangedRow {
                deal: &deal.name,
                status: difference.status().name(),
                of: of.to_owned(),
                name: name.to_owned(),
                sides,
                difference: more.unwrap_or_default(),
                currency: Cell::text(shared.map(|it| it.code.as_str()).unwrap_or_default()),
            });
        }
    };
    let money = |amount: Change<Money>| {
        currencies.zip(amount).map(|(currency, amount)| Cell::money(currency, *amount))
    };
    for fact in &difference.facts {
        push("deal", &fact.name, fact.value.map(Cell::text), None);
    }
    for line in &difference.lines {
        let of = line.line.latest().map(|it| it.line.metric.name()).unwrap_or_default();
        for fact in &line.facts {
            push(of, &fact.name, fact.value.map(Cell::text), None);
        }
        push(of, "quantity", quantities(line), None);
        let unit = line.line.and_then(|line| match line.segments.as_slice() {
            [only] => Some(only.net()),
            _ => None,
        });
        push(of, "net_unit", money(unit), None);
        push(of, "list_tcv", money(line.list_tcv()), Some(line.list_tcv().more()));
        push(of, "tcv", money(line.tcv()), Some(line.tcv().more()));
    }
    for service in &difference.services {
        let of = service.latest().map(|it| it.service.name.as_str()).unwrap_or_default();
        let before = service.map(|it| it.included_before);
        if before.old != before.new {
            push(of, "included_before", money(before), Some(before.more()));
        }
        let price = service.map(|it| it.price);
        push(of, "price", money(price), Some(price.more()));
    }
    let amounts =
        [("list_tcv", difference.list_tcv()), ("tcv", difference.tcv()), ("arr", difference.arr())];
    let ours = difference.our_net().map(|ours| ("our_net", ours));
    for (name, amount) in amounts.into_iter().chain(ours) {
        push("deal", name, money(amount), Some(amount.more()));
    }
    push("deal", "discount", difference.discount().map(|share| Cell::share(*share)), None);
    let needs = difference.quotes.map(|it| Cell::text(approval(it.deal.book, &it.verdict)));
    push("deal", "approval", needs, None);
    rows
}

/// Returns what a line buys, with blanks between years that differ.
fn quantities(line: &LineChange<'_, '_>) -> Change<Cell> {
    line.line.map(|priced| match priced.line.segments() {
        [first, ..] if !priced.line.is_ramp() => Cell::quantity(first.expected()),
        segments => {
            let all: Vec<_> = segments.iter().map(|it| it.expected().to_string()).collect();
            Cell::text(all.join(" "))
        }
    })
}
