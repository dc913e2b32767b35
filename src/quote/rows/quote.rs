//! A quote as rows of a spreadsheet: one for each line and run of equal years, and one for each
//! service that is charged, so that a column of `tcv` adds up to the contract.

use super::BOOK;
use crate::deal::ContractPeriod;
use crate::document::{Cell, Table, TableColumn};
use crate::number::{Date, Money, Quantity, Share};
use crate::price::{Charges, WaterfallStep};
use crate::quote::Quote;
use crate::quote::text::can_prepay;

/// Steps of a waterfall that are no discounts of the book, in their order.
const OTHER_STEPS: [&str; 3] = ["floor", "negotiated", "rounding"];

/// A run of equal years of a line, or a service.
struct QuoteRow<'q, 'b> {
    number: usize,
    metric: &'q str,
    quantity: Quantity,
    committed: Option<Quantity>,
    first_year: u32,
    years: u32,
    edition: &'q str,
    basis: &'q str,
    times: Quantity,
    list: Money,
    steps: &'q [WaterfallStep<'b>],
    net: Money,
    charges: Charges,
    list_tcv: Money,
    tcv: Money,
    discount: Share,
    billing: &'q str,
    stub: Money,
    stub_at_list: Money,
    times_a_year: u32,
}

/// One row a line and run of equal years. From `list_unit` the `_amount` columns lead to
/// `net_unit`; `price_times` of those, `price_basis` each, `times_a_year`, are a year of the line,
/// or what is paid once for it. `tcv` is `one_time`, `first_part` and `years` of `annual`.
pub fn table(quote: &Quote<'_, '_>) -> Table {
    let (deal, book) = (quote.deal, quote.deal.book);
    let money = |amount| Cell::money(&book.currency, amount);
    let day = |day: Option<Date>| day.map(Cell::date).unwrap_or_default();
    let id = quote.id();
    let programs: Vec<_> = deal.claims.iter().map(|claim| claim.program.name()).collect();
    // The standard way to prepay is no news of what nobody can prepay.
    let prepay = deal.prepay().filter(|_| can_prepay(quote)).unwrap_or_default();
    let before: [TableColumn<'_, QuoteRow<'_, '_>>; 17] = [
        ("quote", &|_| Cell::text(&id)),
        ("customer", &|_| Cell::text(deal.customer().unwrap_or_default())),
        ("date", &|_| Cell::date(deal.date)),
        ("currency", &|_| Cell::text(&book.currency.code)),
        ("term_years", &|_| Cell::count(deal.term.count())),
        ("prepay", &|_| Cell::text(prepay)),
        ("program", &|_| Cell::text(programs.join(" "))),
        ("line", &|row| Cell::ordinal(row.number)),
        ("metric", &|row| Cell::text(row.metric)),
        ("quantity", &|row| Cell::quantity(row.quantity)),
        ("committed", &|row| row.committed.map(Cell::quantity).unwrap_or_default()),
        ("first_year", &|row| Cell::ordinal(row.first_year)),
        ("years", &|row| Cell::count(row.years)),
        ("edition", &|row| Cell::text(row.edition)),
        ("price_basis", &|row| Cell::text(row.basis)),
        ("price_times", &|row| Cell::quantity(row.times)),
        ("list_unit", &|row| money(row.list)),
    ];
    let [name, version, sha256] = super::book(book);
    let after: [TableColumn<'_, QuoteRow<'_, '_>>; 18] = [
        ("net_unit", &|row| money(row.net)),
        ("one_time", &|row| money(row.charges.once)),
        ("annual", &|row| money(row.charges.annual)),
        ("list_tcv", &|row| money(row.list_tcv)),
        ("tcv", &|row| money(row.tcv)),
        ("discount", &|row| Cell::share(row.discount)),
        ("approval", &|_| Cell::text(super::approval(book, &quote.verdict))),
        ("level", &|_| Cell::text(book.ladder().name(quote.verdict.level()))),
        (BOOK[0], &|_| name.clone()),
        (BOOK[1], &|_| version.clone()),
        (BOOK[2], &|_| sha256.clone()),
        ("payment", &|_| Cell::text(deal.payment.map_or("", |term| &term.name))),
        ("billing", &|row| Cell::text(row.billing)),
        ("start", &|_| day(deal.period().map(ContractPeriod::start))),
        ("end", &|_| day(deal.end())),
        ("first_part", &|row| money(row.stub)),
        ("first_part_list", &|row| money(row.stub_at_list)),
        ("times_a_year", &|row| Cell::count(row.times_a_year)),
    ];
    table_of(quote, &before, &after)
}

/// Puts a column for the amount of each step between the others.
fn table_of<'q, 'b>(
    quote: &'q Quote<'_, 'b>,
    before: &[TableColumn<'_, QuoteRow<'q, 'b>>],
    after: &[TableColumn<'_, QuoteRow<'q, 'b>>],
) -> Table {
    let book = quote.deal.book;
    let names = book.discounts.iter().map(|discount| discount.name.as_str()).chain(OTHER_STEPS);
    let steps = names.map(|name| {
        let amount = move |row: &QuoteRow<'_, '_>| {
            let mine = row.steps.iter().filter(|step| step.name == name);
            Cell::money(&book.currency, mine.map(|step| step.amount).sum())
        };
        (format!("{name}_amount"), amount)
    });
    let steps: Vec<_> = steps.collect();
    let steps: Vec<TableColumn<'_, QuoteRow<'_, '_>>> =
        steps.iter().map(|(name, amount)| (name.as_str(), amount as &dyn Fn(&_) -> _)).collect();
    Table::of_items(lines(quote).chain(services(quote)), &[before, &steps, after].concat())
}

fn lines<'q, 'b>(quote: &'q Quote<'_, 'b>) -> impl Iterator<Item = QuoteRow<'q, 'b>> {
    (1..).zip(&quote.pricing.lines).flat_map(|(number, priced)| {
        let line = &priced.line;
        let way = quote.deal.billing_schedule(line.metric);
        priced.by_year().map(move |(first_year, priced)| QuoteRow {
            number,
            metric: line.metric.name(),
            quantity: priced.segment.expected(),
            committed: line.committed,
            first_year,
            years: priced.length.years(),
            edition: priced.list.tier.edition.as_deref().unwrap_or_default(),
            basis: priced.list.basis.name(),
            times: priced.list.times,
            list: priced.list.price,
            steps: &priced.waterfall.steps,
            net: priced.net(),
            charges: priced.at_net,
            list_tcv: priced.list_tcv(),
            tcv: priced.tcv(),
            discount: priced.discount(),
            billing: way.map(|schedule| schedule.name.as_str()).unwrap_or_default(),
            stub: priced.stub,
            stub_at_list: priced.stub_at_list,
            times_a_year: line.metric.price_period.times_per_year(),
        })
    })
}

/// Services are paid once with the first year, and have no step between list and net.
fn services<'q, 'b>(quote: &'q Quote<'_, 'b>) -> impl Iterator<Item = QuoteRow<'q, 'b>> {
    let numbered = (quote.deal.lines.len() + 1..).zip(&quote.pricing.services);
    let charged = numbered.filter(|(_, service)| !service.price.is_zero());
    charged.map(|(number, service)| QuoteRow {
        number,
        metric: &service.service.name,
        quantity: Quantity::ONE,
        committed: None,
        first_year: 1,
        years: 1,
        edition: "",
        basis: "service",
        times: Quantity::ONE,
        list: service.price,
        steps: &[],
        net: service.price,
        charges: Charges { once: service.price, annual: Money::ZERO },
        list_tcv: service.price,
        tcv: service.price,
        discount: Share::off(service.price, service.price),
        billing: "",
        stub: Money::ZERO,
        stub_at_list: Money::ZERO,
        times_a_year: 1,
    })
}
