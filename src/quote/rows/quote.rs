//! A quote as rows of a spreadsheet: one for each line and run of equal years, and one for each
//! service that is charged, so that a column of `tcv` adds up to the contract.

use super::BOOK;
use crate::book::{BillingSchedule, Discount, PaymentTerm};
use crate::deal::{ContractPeriod, Line, Segment};
use crate::document::{Cell, Table, TableRow};
use crate::number::{Currency, Date, Money, Share};
use crate::price::{PricedSegment, PricedService};
use crate::quote::Quote;
use crate::quote::text::can_prepay;

/// Steps of a waterfall that are no discounts of the book, in their order.
const OTHER_STEPS: [&str; 3] = ["floor", "negotiated", "rounding"];

/// Columns on payment and dates, behind the columns of the book.
const TIMING: [&str; 7] =
    ["payment", "billing", "start", "end", "first_part", "first_part_list", "times_a_year"];

/// One row a line and run of equal years. From `list_unit` the `_amount` columns lead to
/// `net_unit`; `price_times` of those, `price_basis` each, `times_a_year`, are a year of the line,
/// or what is paid once for it. `tcv` is `one_time`, `first_part` and `years` of `annual`.
pub fn table(quote: &Quote<'_, '_>) -> Table {
    let steps: Vec<&str> =
        quote.deal.book().discounts().iter().map(Discount::name).chain(OTHER_STEPS).collect();
    let currency = quote.deal.book().currency();
    let mut table = Table::new(header(&steps), []);
    for (index, priced) in quote.pricing.lines.iter().enumerate() {
        let line = &priced.line;
        let mut first = 1;
        for priced in &priced.segments {
            let mut cells = who_and_what(quote, index + 1, line, &priced.segment);
            cells.extend(price(currency, priced, first, &steps));
            cells.extend(verdict(quote));
            let way = quote
                .deal
                .billing_schedule(line.metric)
                .map(BillingSchedule::name)
                .unwrap_or_default();
            let firsts = [priced.stub, priced.stub_at_list];
            cells.extend(timing(quote, way, firsts, line.metric.price_period.times_per_year()));
            table.rows.push(TableRow::new(cells));
            first += priced.length.years();
        }
    }
    let services = quote.pricing.services.iter().enumerate();
    for (index, service) in services.filter(|(_, service)| !service.price.is_zero()) {
        let number = quote.deal.lines.len() + index + 1;
        let mut cells = who(quote, number, service.service.name());
        cells.extend([Cell::count(1_u64), Cell::default()]);
        cells.extend(charge(currency, service, steps.len()));
        cells.extend(verdict(quote));
        cells.extend(timing(quote, "", [Money::ZERO; 2], 1));
        table.rows.push(TableRow::new(cells));
    }
    table
}

fn header(steps: &[&str]) -> Vec<String> {
    let before = [
        "quote",
        "customer",
        "date",
        "currency",
        "term_years",
        "prepay",
        "program",
        "line",
        "metric",
        "quantity",
        "committed",
        "first_year",
        "years",
        "edition",
        "price_basis",
        "price_times",
        "list_unit",
    ];
    let after =
        ["net_unit", "one_time", "annual", "list_tcv", "tcv", "discount", "approval", "level"];
    let steps = steps.iter().map(|step| format!("{step}_amount"));
    let before = before.map(str::to_owned).into_iter();
    let after = after.into_iter().chain(BOOK).chain(TIMING).map(str::to_owned);
    before.chain(steps).chain(after).collect()
}

fn who_and_what(
    quote: &Quote<'_, '_>,
    number: usize,
    line: &Line<'_>,
    segment: &Segment<'_>,
) -> Vec<Cell> {
    let mut cells = who(quote, number, line.metric.name());
    cells.push(Cell::quantity(segment.expected()));
    cells.push(line.committed.map(Cell::quantity).unwrap_or_default());
    cells
}

/// Returns the cells that name the quote, the customer and the line.
fn who(quote: &Quote<'_, '_>, number: usize, what: &str) -> Vec<Cell> {
    let deal = quote.deal;
    let programs: Vec<_> = deal.claims.iter().map(|claim| claim.program.name()).collect();
    vec![
        Cell::text(quote.id()),
        Cell::text(deal.customer().unwrap_or_default()),
        Cell::date(deal.date()),
        Cell::text(deal.book().currency().code.as_str()),
        Cell::count(deal.term().count()),
        // The standard way to prepay is no news of what nobody can prepay.
        Cell::text(deal.prepay().filter(|_| can_prepay(quote)).unwrap_or_default()),
        Cell::text(programs.join(" ")),
        Cell::ordinal(number),
        Cell::text(what),
    ]
}

fn price(currency: &Currency, priced: &PricedSegment<'_>, first: u32, steps: &[&str]) -> Vec<Cell> {
    let list = &priced.list;
    let amount = |amount: Money| Cell::money(currency, amount);
    let step = |name: &&str| {
        let mine = priced.waterfall.steps().iter().filter(|step| step.name == *name);
        amount(mine.map(|step| step.amount).sum())
    };
    let mut cells = vec![
        Cell::ordinal(first),
        Cell::count(priced.length.years()),
        Cell::text(list.tier.edition.as_deref().unwrap_or_default()),
        Cell::text(list.basis.name()),
        Cell::quantity(list.times),
        amount(list.price),
    ];
    cells.extend(steps.iter().map(step));
    let totals =
        [priced.net(), priced.at_net.once, priced.at_net.annual, priced.list_tcv(), priced.tcv()];
    cells.extend(totals.map(amount));
    cells.push(Cell::share(priced.discount()));
    cells
}

/// A service, paid once with the first year. It has no step between list and net.
fn charge(currency: &Currency, priced: &PricedService<'_>, steps: usize) -> Vec<Cell> {
    let amount = |amount: Money| Cell::money(currency, amount);
    let (price, nothing) = (priced.price, Money::ZERO);
    let mut cells = vec![
        Cell::ordinal(1_u64),
        Cell::count(1_u64),
        Cell::default(),
        Cell::text("service"),
        Cell::count(1_u64),
        amount(price),
    ];
    cells.extend((0..steps).map(|_| amount(nothing)));
    cells.extend([price, price, nothing, price, price].map(amount));
    cells.push(Cell::share(Share::off(price, price)));
    cells
}

fn verdict(quote: &Quote<'_, '_>) -> impl Iterator<Item = Cell> {
    let book = quote.deal.book();
    let level = book.ladder().name(quote.verdict.level());
    [super::approval(book, &quote.verdict), level]
        .map(Cell::text)
        .into_iter()
        .chain(super::book(book))
}

/// Returns the cells on payment, contract dates, and the charge for the part of a year at net and
/// at list.
fn timing(
    quote: &Quote<'_, '_>,
    way: &str,
    firsts: [Money; 2],
    times_a_year: u32,
) -> impl Iterator<Item = Cell> {
    let deal = quote.deal;
    let day = |day: Option<Date>| day.map(Cell::date).unwrap_or_default();
    let words = [deal.payment.map(PaymentTerm::name).unwrap_or_default(), way].map(Cell::text);
    let days = [day(deal.period().map(ContractPeriod::start)), day(deal.end())];
    let firsts = firsts.map(|amount| Cell::money(deal.book().currency(), amount));
    let times = Cell::count(times_a_year);
    words.into_iter().chain(days).chain(firsts).chain([times])
}
