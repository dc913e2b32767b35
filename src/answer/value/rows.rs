//! A value analysis as rows of a spreadsheet: one for each measure of each alternative.

use crate::answer::value::{AlternativeComparison, ValueAnalysis};
use crate::document::{Cell, Table};
use crate::number::Money;
use crate::quote::quote_id;
use crate::quote::rows::with_book;

/// A measure with its unit: the code of a currency, `share`, `times` or `month`.
type Measure = (&'static str, Cell, String);

/// Lists the measures, named as in JSON. A measure that does not exist, as the return on nothing,
/// has no row.
pub fn table(worth: &ValueAnalysis<'_, '_>) -> Table {
    let deal = worth.quote.deal;
    let digest = worth.quote.digest();
    let id = quote_id(&digest);
    let items = worth.against.iter().flat_map(|against| {
        measures(worth, against).into_iter().map(move |measure| (against, measure))
    });
    let table = Table::of_items(
        items,
        &[
            ("quote", &|_| Cell::text(&id)),
            ("customer", &|_| Cell::text(deal.customer().unwrap_or_default())),
            ("alternative", &|(against, _)| Cell::text(&against.alternative.name)),
            ("years", &|_| Cell::count(worth.horizon.length.years())),
            ("measure", &|(_, (name, ..))| Cell::text(*name)),
            ("figure", &|(_, (_, figure, _))| figure.clone()),
            ("unit", &|(_, (.., unit))| Cell::text(unit)),
            ("digest", &|_| Cell::text(&digest)),
        ],
    );
    with_book(table, deal.book)
}

fn measures(worth: &ValueAnalysis<'_, '_>, against: &AlternativeComparison<'_>) -> Vec<Measure> {
    let figures = against.figures;
    let currency = &worth.quote.deal.book.currency;
    let money = |name, amount: Option<Money>| {
        amount.map(|amount| (name, Cell::money(currency, amount), currency.code.clone()))
    };
    let figure = |name, figure: Option<Cell>, unit: &str| Some((name, figure?, unit.to_owned()));
    let has_costs = !against.costs.counted.is_empty();
    let share = |share: Option<_>| share.filter(|_| has_costs).map(Cell::share);
    let measures = [
        money("alternative", Some(figures.alternative)),
        money("price", Some(figures.price)),
        money("own_costs", Some(figures.own)),
        money("net_benefit", Some(figures.saving())),
        figure("saved", share(figures.saved()), "share"),
        figure("roi", share(figures.roi()), "share"),
        figure("savings_multiple", share(figures.multiple()), "times"),
        figure("payback_month", against.payback.map(|it| Cell::ordinal(it.first)), "month"),
        money("present_value", against.present),
        money("present_price", worth.present_price),
        money("present_own_costs", worth.present_own),
        money("present_net_benefit", worth.present_saving(against)),
    ];
    measures.into_iter().flatten().collect()
}
