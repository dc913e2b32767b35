//! A comparison as rows of a spreadsheet: one for each metric that meets a need.

use crate::answer::compare::{Candidate, ListOrNet, Need, NeedComparison};
use crate::deal::{Line, Segment};
use crate::document::{Cell, Table};
use crate::number::Money;
use crate::quote::rows::{approval, reviews, with_book};

/// Lists the candidates of every need; the first of a need is the metric of the deal.
/// `difference` and `share` compare `net` with that metric.
pub fn table(compared: &NeedComparison<'_, '_>) -> Table {
    let (deal, span) = (compared.deal, compared.span);
    let (book, currency) = (deal.book, &deal.book.currency);
    let money = |amount: Money| Cell::money(currency, amount);
    let net = |it: &Candidate<'_>| it.cost_over(ListOrNet::Net, span);
    let difference = |need: &Need<'_>, it: &Candidate<'_>| it.difference_from(&need.own, span);
    let needs = compared.needs.iter().enumerate();
    let items = needs.flat_map(|(at, need)| need.all().map(move |it| (at + 1, need, it)));
    let table = Table::of_items(
        items,
        &[
            ("customer", &|_| Cell::text(deal.customer().unwrap_or_default())),
            ("line", &|(line, ..)| Cell::ordinal(*line)),
            ("metric", &|(.., it)| Cell::text(it.metric.name())),
            ("unit", &|(.., it)| Cell::text(&it.metric.unit)),
            ("quantities", &|(.., it)| quantities(it)),
            ("edition", &|(.., it)| {
                // Years of a ramp can have several editions.
                let only = if let [only] = it.segments() { Some(only) } else { None };
                Cell::text(only.and_then(|it| it.list.tier.edition.as_deref()).unwrap_or_default())
            }),
            ("years", &|_| Cell::count(span.length.years())),
            ("list", &|(.., it)| money(it.cost_over(ListOrNet::List, span))),
            ("net", &|(.., it)| money(net(it))),
            ("first_year", &|(.., it)| money(it.net.first_year())),
            ("average_year", &|(.., it)| {
                money(book.rounding.average(net(it), span.length, currency.minor))
            }),
            ("difference", &|(_, need, it)| money(difference(need, it).amount)),
            ("share", &|(_, need, it)| {
                difference(need, it).share().map(Cell::ratio).unwrap_or_default()
            }),
            ("gains", &|(_, need, it)| Cell::text(difference(need, it).gains())),
            ("approval", &|(.., it)| Cell::text(approval(book, &it.verdict))),
            ("reviews", &|(.., it)| reviews(&it.verdict)),
            ("currency", &|_| Cell::text(currency.code.as_str())),
        ],
    );
    with_book(table, book)
}

/// Returns what is bought in the years of a candidate, with blanks between them.
fn quantities(candidate: &Candidate<'_>) -> Cell {
    let segments = candidate.deal.lines().iter().flat_map(Line::segments);
    let quantities: Vec<_> = segments.map(Segment::quantity).collect();
    match quantities.as_slice() {
        [only] => Cell::quantity(*only),
        all => Cell::text(all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")),
    }
}
