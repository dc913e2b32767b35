//! The findings of price books as rows of a spreadsheet: one for each finding.

use crate::answer::book_check::BookCheck;
use crate::document::{Cell, Table};
use crate::number::Quantity;
use crate::quote::rows::BOOK;

/// Lists the findings. `from` and `to` are the quantities that a finding holds for, and
/// `worst_extra` is what it costs at `worst_quantity`.
pub fn table(findings: &BookCheck<'_, '_>) -> Table {
    let quantity = |quantity: Option<Quantity>| quantity.map(Cell::quantity).unwrap_or_default();
    Table::of_items(
        findings.found,
        &[
            ("code", &|it| Cell::text(it.code.name)),
            ("severity", &|it| Cell::text(it.code.severity.name())),
            ("denied", &|it| Cell::text(if findings.is_denied(it) { "yes" } else { "no" })),
            ("metric", &|it| Cell::text(it.metric.unwrap_or_default())),
            ("from", &|it| quantity(it.quantities.map(|(from, _)| from))),
            ("to", &|it| quantity(it.quantities.and_then(|(_, to)| to))),
            ("worst_quantity", &|it| quantity(it.worst.map(|worst| worst.quantity))),
            ("worst_extra", &|it| {
                let extra = it.worst.map(|worst| Cell::money(it.book.currency(), worst.extra));
                extra.unwrap_or_default()
            }),
            ("discount", &|it| it.share.map(Cell::share).unwrap_or_default()),
            ("currency", &|it| Cell::text(it.book.currency().code.as_str())),
            ("rule", &|it| Cell::text(&it.rule.id)),
            ("source", &|it| Cell::source(&it.rule.source)),
            ("message", &|it| Cell::text(&it.message)),
            ("advice", &|it| Cell::text(&it.advice)),
            (BOOK[0], &|it| Cell::text(&it.book.name)),
            (BOOK[1], &|it| Cell::text(&it.book.version)),
            (BOOK[2], &|it| Cell::text(&it.book.sha256)),
        ],
    )
}
