//! The figures of all metrics, side by side.

use super::sold;
use crate::answer::compare::{Candidate, ListOrNet, Need, NeedComparison};
use crate::book::{PriceBasis, PricePeriod};
use crate::document::{Cell, Table, TableRow};
use crate::number::{Money, rounding};
use crate::quote::text::standing;

/// Lists the cost of each metric over the years that are compared.
pub(crate) fn totals(compared: &NeedComparison<'_, '_>, need: &Need<'_>) -> Table {
    let (book, span) = (compared.deal.book, compared.span);
    let show = |amount| Cell::money(&book.currency, amount);
    let least = need.least(span);
    let rows = need.all().enumerate().map(|(at, it)| {
        let (list, net) = (it.cost_over(ListOrNet::List, span), it.cost_over(ListOrNet::Net, span));
        let is_cheapest = net == least && !need.others.is_empty();
        let mark = if is_cheapest { ", cheapest" } else { "" };
        let is_own = at == 0;
        let name = if is_own { ", as in the deal" } else { "" };
        let difference = it.difference_from(&need.own, span);
        let is_more = difference.amount > Money::ZERO;
        let [more, by] = if is_own {
            Default::default()
        } else {
            let share = difference.share().map(Cell::ratio).unwrap_or_default();
            [show(difference.amount), share].map(|it| it.plus_if(is_more))
        };
        let title = Cell::text(format!("{}{name}{mark}", it.metric.title));
        let bought = Cell::text(format!("{}{}", sold(it), edition(it)));
        let needs = Cell::text(standing(book, &it.verdict));
        TableRow::new([title, bought, show(list), show(net), more, by, needs])
    });
    Table::new(["Metric", "Bought", "List", "Net", "Difference", "Share", "Needs"], rows)
}

/// ", Enterprise": where one edition is bought; ", Community, for up to 3 hosts".
fn edition(it: &Candidate<'_>) -> String {
    let editions = it.segments().iter().map(|segment| segment.list.tier.edition.as_deref());
    let mut editions: Vec<_> = editions.flatten().collect();
    editions.dedup();
    let edition =
        if let [only] = editions.as_slice() { format!(", {only}") } else { String::new() };
    let limits = it.limits();
    let limits = limits.iter().map(|limit| format!(", {}", limit.description(it.metric)));
    edition + &limits.collect::<String>()
}

/// Lists the price of one unit, of a year, and of one needed unit over all years; only of a year, where
/// years differ.
pub(crate) fn prices(compared: &NeedComparison<'_, '_>, need: &Need<'_>) -> Table {
    let (currency, span) = (&compared.deal.book.currency, compared.span);
    let show = |amount| Cell::money(currency, amount);
    let minor = currency.minor;
    let rows = need.all().map(|it| {
        let net = it.cost_over(ListOrNet::Net, span);
        let mut cells = vec![Cell::text(&it.metric.title)];
        match it.segments() {
            _ if need.flat().is_none() => {}
            [only] => {
                let price = only.list.price;
                cells.extend([Cell::text(one(it, only.list.basis)), show(price), show(only.net())]);
            }
            // Years of other prices have no price that stands for all.
            _ => cells.extend([Cell::default(), Cell::default(), Cell::default()]),
        }
        let average = compared.deal.book.rounding.average(net, span.length, minor);
        cells.extend([show(it.net.first_year()), show(average)]);
        let each = need.flat().and_then(|units| rounding::each(net, units, minor));
        cells.extend(each.map(show));
        TableRow::new(cells)
    });
    let each = format!("Per {}, {}", need.own.metric.unit, span.length);
    let flat = ["Metric", "Unit", "List", "Net", "First year", "Average year", &each];
    let ramp = ["Metric", "First year", "Average year"];
    let columns = if need.flat().is_some() { flat.to_vec() } else { ramp.to_vec() };
    let table = Table::new(columns, rows);
    if need.flat().is_none() || need.all().any(|it| it.segments().len() == 1) {
        return table;
    }
    ["Unit", "List", "Net"].into_iter().fold(table, |table, column| table.column_if(column, false))
}

/// "socket a year".
fn one(candidate: &Candidate<'_>, basis: PriceBasis) -> String {
    let metric = candidate.metric;
    let per = match metric.price_period() {
        PricePeriod::Year => " per year",
        PricePeriod::Month => " per month",
        PricePeriod::Hour { .. } => " per hour",
        PricePeriod::Use if basis == PriceBasis::Line => " per month",
        PricePeriod::Use => "",
        PricePeriod::Once { .. } if metric.months.is_some() => "",
        PricePeriod::Once { .. } => ", perpetual",
    };
    match basis {
        PriceBasis::Unit => format!("{}{per}", metric.unit),
        PriceBasis::Package(size) => format!("{size} {}{per}", metric.units),
        PriceBasis::Line => format!("all{per}"),
    }
}

pub(crate) fn years(compared: &NeedComparison<'_, '_>, need: &Need<'_>) -> Table {
    let show = |amount| Cell::money(&compared.deal.book.currency, amount);
    let titles = need.all().map(|it| it.metric.title.clone());
    let header = std::iter::once("Year".to_owned()).chain(titles);
    let last = compared.span.length.years();
    let rows = (1..=last).map(|year| {
        let costs = need.all().map(|it| show(it.net.year(year)));
        TableRow::new(std::iter::once(Cell::text(year.to_string())).chain(costs))
    });
    let totals = need.all().map(|it| show(it.cost_over(ListOrNet::Net, compared.span)));
    let total = TableRow::total(std::iter::once(Cell::text("All")).chain(totals));
    Table::new(header, rows.chain([total]))
}
