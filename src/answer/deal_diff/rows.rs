//! The changes of deals as rows of a spreadsheet: one for each figure or fact that changed.

use crate::answer::deal_diff::{Change, ComparedDeal, DealDiffs, LineChange};
use crate::document::{Cell, Table};
use crate::number::Money;
use crate::quote::rows::{approval, with_book};

/// Something that changed: what it is of, its name, both sides, and the difference of amounts.
struct ChangedRow<'d> {
    deal: &'d ComparedDeal<'d, 'd>,
    of: String,
    name: String,
    sides: Change<Cell>,
    difference: Option<Money>,
}

/// Lists the changes of every deal. `of` is `deal`, a metric or a service; a deal that could not be
/// compared has one row with the status `failed` and the reason under `new`.
pub fn table(changes: &DealDiffs<'_, '_>) -> Table {
    let side = |side: &Option<Cell>| side.clone().unwrap_or_default();
    let mut table = Table::of_items(
        changes.deals.iter().flat_map(changed),
        &[
            ("deal", &|row| Cell::text(&row.deal.name)),
            ("status", &|row| Cell::text(row.deal.difference.status().name())),
            ("of", &|row| Cell::text(&row.of)),
            ("name", &|row| Cell::text(&row.name)),
            ("old", &|row| side(&row.sides.old)),
            ("new", &|row| side(&row.sides.new)),
            ("difference", &|row| {
                let both = row.difference.zip(row.deal.difference.currency());
                both.map(|(amount, currency)| Cell::money(currency, amount)).unwrap_or_default()
            }),
            ("currency", &|row| {
                Cell::text(
                    row.deal.difference.currency().map(|it| it.code.as_str()).unwrap_or_default(),
                )
            }),
        ],
    );
    let failed = Table::of_items(
        &changes.failed,
        &[
            ("deal", &|failed| Cell::text(&failed.name)),
            ("status", &|_| Cell::text("failed")),
            ("of", &|_| Cell::text("deal")),
            ("name", &|_| Cell::text("error")),
            ("old", &|_| Cell::default()),
            ("new", &|failed| Cell::text(&failed.why)),
            ("difference", &|_| Cell::default()),
            ("currency", &|_| Cell::default()),
        ],
    );
    table.rows.extend(failed.rows);
    with_book(table, changes.book)
}

fn changed<'d>(deal: &'d ComparedDeal<'_, '_>) -> Vec<ChangedRow<'d>> {
    let difference = &deal.difference;
    let mut rows = Vec::new();
    let mut push = |of: &str, name: &str, sides: Change<Cell>, difference: Option<Money>| {
        if !sides.is_same() {
            let (of, name) = (of.to_owned(), name.to_owned());
            rows.push(ChangedRow { deal, of, name, sides, difference });
        }
    };
    let words = |sides: &Change<String>| sides.map(Cell::text);
    let currencies = difference.quotes.map(|quote| quote.deal.book().currency());
    let money = |amount: Change<Money>| Change {
        old: currencies.old.zip(amount.old).map(|(currency, it)| Cell::money(currency, it)),
        new: currencies.new.zip(amount.new).map(|(currency, it)| Cell::money(currency, it)),
    };
    for fact in &difference.facts {
        push("deal", &fact.name, words(&fact.value), None);
    }
    for line in &difference.lines {
        let of = line.bought.latest().map(|it| it.line.metric().name()).unwrap_or_default();
        for fact in &line.facts {
            push(of, &fact.name, words(&fact.value), None);
        }
        push(of, "quantity", quantities(line), None);
        let unit = line.bought.and_then(|bought| match bought.priced.segments.as_slice() {
            [only] => Some(only.net()),
            _ => None,
        });
        push(of, "net_unit", money(unit), None);
        push(of, "list_tcv", money(line.list_tcv()), Some(line.list_tcv().more()));
        push(of, "tcv", money(line.tcv()), Some(line.tcv().more()));
    }
    for service in &difference.services {
        let of = service.latest().map(|it| it.service.name()).unwrap_or_default();
        let price = service.map(|it| it.price);
        push(of, "price", money(price), Some(price.more()));
    }
    let amounts =
        [("list_tcv", difference.list_tcv()), ("tcv", difference.tcv()), ("arr", difference.arr())];
    for (name, amount) in amounts {
        push("deal", name, money(amount), Some(amount.more()));
    }
    push("deal", "discount", difference.discount().map(|share| Cell::share(*share)), None);
    let needs = difference.quotes.map(|it| Cell::text(approval(it.deal.book(), &it.verdict)));
    push("deal", "approval", needs, None);
    rows
}

/// Returns what a line buys, with blanks between years that differ.
fn quantities(line: &LineChange<'_, '_>) -> Change<Cell> {
    line.bought.map(|bought| match bought.line.segments() {
        [only] => Cell::quantity(only.expected()),
        segments => {
            let all: Vec<_> = segments.iter().map(|it| it.expected().to_string()).collect();
            Cell::text(all.join(" "))
        }
    })
}
