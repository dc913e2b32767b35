//! Checked deals and the pipeline of the desk as rows of a spreadsheet: one for each deal.

use crate::answer::pipeline::desk::Pipeline;
use crate::answer::pipeline::{Check, CheckedDeal, JudgedDeal};
use crate::document::{Cell, Table};
use crate::quote::rows::{approval, reviews, with_book};

/// Lists the deals of a check. A deal that cannot be read has its errors and no figures.
pub fn checked(check: &Check<'_, '_>) -> Table {
    let of = |deal: &&CheckedDeal<'_, '_>, cell: &dyn Fn(&JudgedDeal<'_, '_>) -> Cell| {
        deal.judged().map(cell).unwrap_or_default()
    };
    let table = Table::of_items(
        &check.deals,
        &[
            ("deal", &|deal| Cell::text(deal.name)),
            ("status", &|deal| Cell::text(check.status(deal).name())),
            ("customer", &|deal| of(deal, &customer)),
            ("date", &|deal| of(deal, &|it| Cell::date(it.deal.date))),
            ("valid_until", &|deal| of(deal, &|it| Cell::date(it.valid_until))),
            ("currency", &|deal| of(deal, &currency)),
            ("list_tcv", &|deal| of(deal, &list_tcv)),
            ("tcv", &|deal| of(deal, &tcv)),
            ("discount", &|deal| of(deal, &|it| Cell::share(it.totals.discount))),
            ("approval", &|deal| of(deal, &needs)),
            ("reviews", &|deal| of(deal, &|it| reviews(&it.verdict))),
            ("warnings", &|deal| of(deal, &|it| Cell::count(it.warnings().count()))),
            ("errors", &|deal| Cell::text(deal.errors().join(" | "))),
        ],
    );
    with_book(table, check.book)
}

/// Lists the deals of a pipeline in its order. `days_left` is empty for an expired quote.
pub fn pipeline(pipeline: &Pipeline<'_, '_, '_>) -> Table {
    let days_left = |deal: &&&JudgedDeal<'_, '_>| pipeline.days_left(deal);
    let table = Table::of_items(
        &pipeline.deals,
        &[
            ("deal", &|deal| Cell::text(deal.name)),
            ("customer", &|deal| customer(deal)),
            ("date", &|deal| Cell::date(deal.deal.date)),
            ("valid_until", &|deal| Cell::date(deal.valid_until)),
            ("days_left", &|deal| days_left(deal).map(Cell::count).unwrap_or_default()),
            ("currency", &|deal| currency(deal)),
            ("list_tcv", &|deal| list_tcv(deal)),
            ("tcv", &|deal| tcv(deal)),
            ("discount", &|deal| Cell::share(deal.totals.discount)),
            ("approval", &|deal| needs(deal)),
            ("reviews", &|deal| reviews(&deal.verdict)),
        ],
    );
    with_book(table, pipeline.check.book)
}

fn customer(judged: &JudgedDeal<'_, '_>) -> Cell {
    Cell::text(judged.deal.customer().unwrap_or_default())
}

fn currency(judged: &JudgedDeal<'_, '_>) -> Cell {
    Cell::text(judged.deal.book.currency.code.as_str())
}

fn list_tcv(judged: &JudgedDeal<'_, '_>) -> Cell {
    Cell::money(&judged.deal.book.currency, judged.totals.list_tcv)
}

fn tcv(judged: &JudgedDeal<'_, '_>) -> Cell {
    Cell::money(&judged.deal.book.currency, judged.totals.tcv)
}

fn needs(judged: &JudgedDeal<'_, '_>) -> Cell {
    Cell::text(approval(judged.deal.book, &judged.verdict))
}
