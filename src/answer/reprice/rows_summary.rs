//! A repricing as rows of a spreadsheet: sums, approvals, metrics, and the deals that are named.

use crate::answer::reprice::Repricing;
use crate::document::{Cell, Table};
use crate::number::Total;
use crate::quote::rows::with_book;

#[derive(Default)]
struct RepricedRow {
    group: &'static str,
    name: String,
    deals: u64,
    old: Option<Total>,
    new: Option<Total>,
    approvals: [String; 2],
    error: String,
}

/// Lists sums and deals by their `group`, named as in JSON: `list_tcv`, `tcv`, `approvals`,
/// `metrics`, `rises`, `falls`, `newly_refused`, `no_longer_priced`, `newly_priced` and `unpriced`.
/// The first five hold all deals, the others the largest ones. The last columns name the new book.
pub fn table(repricing: &Repricing<'_>) -> Table {
    let (old, new) = (repricing.old, repricing.new);
    let currency = &old.currency;
    let total =
        |total: Option<Total>| total.map(|it| Cell::total(currency, it)).unwrap_or_default();
    let both = |row: &RepricedRow| row.old.zip(row.new);
    let table = Table::of_items(
        rows(repricing),
        &[
            ("group", &|row| Cell::text(row.group)),
            ("name", &|row| Cell::text(&row.name)),
            ("deals", &|row| Cell::count(row.deals)),
            ("old_tcv", &|row| total(row.old)),
            ("new_tcv", &|row| total(row.new)),
            ("change", &|row| total(both(row).map(|(old, new)| new.minus(old)))),
            ("share", &|row| {
                let grown = both(row).filter(|(old, _)| !old.is_zero());
                grown.map(|(old, new)| Cell::share(old.growth_to(new))).unwrap_or_default()
            }),
            ("old_approval", &|row| Cell::text(&row.approvals[0])),
            ("new_approval", &|row| Cell::text(&row.approvals[1])),
            ("error", &|row| Cell::text(&row.error)),
            ("currency", &|_| Cell::text(currency.code.as_str())),
            ("old_book_version", &|_| Cell::text(&old.version)),
            ("old_book_sha256", &|_| Cell::text(&old.sha256)),
        ],
    );
    with_book(table, new)
}

fn rows(repricing: &Repricing<'_>) -> Vec<RepricedRow> {
    let impact = repricing.impact;
    let sum = |group, deals, [old, new]: [Total; 2]| RepricedRow {
        group,
        deals,
        old: Some(old),
        new: Some(new),
        ..RepricedRow::default()
    };
    let both = &impact.both;
    let mut rows = vec![sum("list_tcv", both.deals, impact.list), sum("tcv", both.deals, both.tcv)];
    rows.extend(impact.moved.iter().map(|([old, new], moved)| RepricedRow {
        approvals: [old.name(repricing.old), new.name(repricing.new)],
        ..sum("approvals", moved.deals, moved.tcv)
    }));
    rows.extend(impact.metrics().map(|(name, totals)| RepricedRow {
        name: name.unwrap_or("services").to_owned(),
        ..sum("metrics", totals.deals, totals.tcv)
    }));
    let groups = [
        ("rises", &impact.rises),
        ("falls", &impact.falls),
        ("newly_refused", &impact.newly_refused),
        ("no_longer_priced", &impact.lost),
        ("newly_priced", &impact.gained),
        ("unpriced", &impact.unpriced),
    ];
    for (group, deals) in groups {
        rows.extend(deals.largest().map(|deal| RepricedRow {
            group,
            name: deal.name(),
            deals: 1,
            old: deal.old,
            new: deal.new,
            error: deal.error.clone().unwrap_or_default(),
            ..RepricedRow::default()
        }));
    }
    rows
}
