//! Checked deals and the pipeline of the desk as rows of a spreadsheet: one for each deal.

use crate::answer::pipeline::desk::Pipeline;
use crate::answer::pipeline::{Check, CheckedDeal, JudgedDeal};
use crate::document::{Cell, Table};
use crate::number::Money;
use crate::quote::rows::{approval, reviews, with_books};

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
            ("customer", &|deal| {
                of(deal, &|it| Cell::text(it.deal.customer().unwrap_or_default()))
            }),
            ("date", &|deal| of(deal, &|it| Cell::date(it.deal.date))),
            ("valid_until", &|deal| of(deal, &|it| Cell::date(it.valid_until))),
            ("currency", &|deal| of(deal, &|it| Cell::text(&it.deal.book.currency.code))),
            ("list_tcv", &|deal| of(deal, &|it| money(it, it.totals.list_tcv))),
            ("tcv", &|deal| of(deal, &|it| money(it, it.totals.tcv))),
            ("our_net", &|deal| of(deal, &|it| money(it, it.our_net().tcv))),
            ("discount", &|deal| of(deal, &|it| Cell::share(it.totals.discount))),
            ("approval", &|deal| of(deal, &|it| Cell::text(approval(it.deal.book, &it.verdict)))),
            ("reviews", &|deal| of(deal, &|it| reviews(&it.verdict))),
            ("warnings", &|deal| of(deal, &|it| Cell::count(it.warnings().count()))),
            ("errors", &|deal| Cell::text(deal.errors().join(" | "))),
        ],
    );
    let books = check.deals.iter().map(|deal| deal.judged().map_or(check.book, |it| it.deal.book));
    with_books(table, books)
}

/// Lists the deals of a pipeline in its order. `days_left` is empty for an expired quote.
pub fn pipeline(pipeline: &Pipeline<'_, '_, '_>) -> Table {
    let table = Table::of_items(
        &pipeline.deals,
        &[
            ("deal", &|deal| Cell::text(deal.name)),
            ("customer", &|deal| Cell::text(deal.deal.customer().unwrap_or_default())),
            ("date", &|deal| Cell::date(deal.deal.date)),
            ("valid_until", &|deal| Cell::date(deal.valid_until)),
            ("days_left", &|deal| pipeline.days_left(deal).map(Cell::count).unwrap_or_default()),
            ("currency", &|deal| Cell::text(&deal.deal.book.currency.code)),
            ("list_tcv", &|deal| money(deal, deal.totals.list_tcv)),
            ("tcv", &|deal| money(deal, deal.totals.tcv)),
            ("our_net", &|deal| money(deal, deal.our_net().tcv)),
            ("discount", &|deal| Cell::share(deal.totals.discount)),
            ("approval", &|deal| Cell::text(approval(deal.deal.book, &deal.verdict))),
            ("reviews", &|deal| reviews(&deal.verdict)),
        ],
    );
    with_books(table, pipeline.deals.iter().map(|deal| deal.deal.book))
}

fn money(judged: &JudgedDeal<'_, '_>, amount: Money) -> Cell {
    Cell::money(&judged.deal.book.currency, amount)
}
