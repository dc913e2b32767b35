//! A quote as rows of a spreadsheet: one for each line and run of equal years, one for each service that is
//! charged, and one for a share of a partner's revenue, so that a column of `tcv` adds up to the contract, and
//! one of `our_tcv` to what reaches us of it.

use super::BOOK;
use crate::deal::{ContractPeriod, Line, Partner};
use crate::document::{Cell, Table, TableColumn};
use crate::number::{Date, Money, Quantity, Share};
use crate::price::{PartnerDeal, PricedSegment};
use crate::quote::text::can_prepay;
use crate::quote::{Quote, quote_id};

/// Steps of a waterfall that are no discounts of the book, in their order.
const OTHER_STEPS: [&str; 3] = ["floor", "negotiated", "rounding"];

/// A run of equal years of a line, a service, which is paid once with the first year, or a share of revenue.
struct QuoteRow<'q, 'b> {
    number: usize,
    metric: &'q str,
    first_year: u32,
    /// `None` for a service and a share, which have no step between list and net.
    line: Option<(&'q Line<'b>, &'q PricedSegment<'b>)>,
    service_price: Money,
    /// Kind of a row without a line.
    basis: &'static str,
    ours: OurPart,
}

/// Our net of a row: of the price for one, in the first year of the row, and over the contract.
#[derive(Default)]
struct OurPart {
    unit: Money,
    annual: Money,
    tcv: Money,
}

impl<'q, 'b> QuoteRow<'q, 'b> {
    fn of<T>(&self, figure: impl FnOnce(&'q PricedSegment<'b>) -> T, of_service: T) -> T {
        self.line.map_or(of_service, |(_, priced)| figure(priced))
    }

    /// Returns an amount of a line, in place of which a service has its price.
    fn price(&self, amount: impl FnOnce(&'q PricedSegment<'b>) -> Money) -> Money {
        self.of(amount, self.service_price)
    }
}

/// One row a line and run of equal years. From `list_unit` the `_amount` columns lead to
/// `net_unit`; `price_times` of those, `price_basis` each, `times_a_year`, are a year of the line,
/// or what is paid once for it, in whole coins. `tcv` is `one_time`, `first_part` and `years` of `annual`.
pub fn table(quote: &Quote<'_, '_>) -> Table {
    let (deal, book) = (quote.deal, quote.deal.book);
    let money = |amount| Cell::money(&book.currency, amount);
    let day = |day: Option<Date>| day.map(Cell::date).unwrap_or_default();
    let digest = quote.digest();
    let id = quote_id(&digest);
    let programs: Vec<_> = deal.claims.iter().map(|claim| claim.program.name()).collect();
    // The standard way to prepay is no news of what nobody can prepay.
    let prepay = deal.prepay().filter(|_| can_prepay(quote)).unwrap_or_default();
    let committed = |row: &QuoteRow<'_, '_>| row.line.and_then(|(line, _)| line.committed);
    let no_discount = |row: &QuoteRow<'_, '_>| Share::off(row.service_price, row.service_price);
    let billing = |row: &QuoteRow<'_, '_>| {
        let (line, _) = row.line?;
        deal.billing_schedule(line.metric).map(|it| it.name.as_str())
    };
    let times_a_year = |row: &QuoteRow<'_, '_>| {
        row.line.map(|(line, _)| line.metric.price_period.times_per_year())
    };
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
        ("quantity", &|row| Cell::quantity(row.of(|it| it.segment.expected(), Quantity::ONE))),
        ("committed", &|row| committed(row).map(Cell::quantity).unwrap_or_default()),
        ("first_year", &|row| Cell::ordinal(row.first_year)),
        ("years", &|row| Cell::count(row.of(|it| it.length.years(), 1))),
        ("edition", &|row| {
            Cell::text(row.of(|it| it.list.tier.edition.as_deref().unwrap_or_default(), ""))
        }),
        ("price_basis", &|row| Cell::text(row.of(|it| it.list.basis.name(), row.basis))),
        ("price_times", &|row| Cell::quantity(row.of(|it| it.list.times, Quantity::ONE))),
        ("list_unit", &|row| money(row.price(|it| it.list.price))),
    ];
    let [name, version, sha256] = super::book(book);
    let partner = deal.partner.as_ref();
    let (channel, partner) = (partner.map(|it| it.channel.name()), partner.and_then(Partner::name));
    let after: [TableColumn<'_, QuoteRow<'_, '_>>; 24] = [
        ("net_unit", &|row| money(row.price(PricedSegment::net))),
        ("one_time", &|row| money(row.price(|it| it.at_net.once))),
        ("annual", &|row| money(row.of(|it| it.at_net.annual, Money::ZERO))),
        ("list_tcv", &|row| money(row.price(PricedSegment::list_tcv))),
        ("tcv", &|row| money(row.price(PricedSegment::tcv))),
        ("discount", &|row| Cell::share(row.of(PricedSegment::discount, no_discount(row)))),
        ("approval", &|_| Cell::text(super::approval(book, &quote.verdict))),
        ("level", &|_| Cell::text(book.ladder().name(quote.verdict.level()))),
        (BOOK[0], &|_| name.clone()),
        (BOOK[1], &|_| version.clone()),
        (BOOK[2], &|_| sha256.clone()),
        ("payment", &|_| Cell::text(deal.payment.map(|it| it.name.as_str()).unwrap_or_default())),
        ("billing", &|row| Cell::text(billing(row).unwrap_or_default())),
        ("start", &|_| day(deal.period().map(ContractPeriod::start))),
        ("end", &|_| day(deal.end())),
        ("first_part", &|row| money(row.of(|it| it.stub, Money::ZERO))),
        ("first_part_list", &|row| money(row.of(|it| it.stub_at_list, Money::ZERO))),
        ("times_a_year", &|row| Cell::count(times_a_year(row).unwrap_or(1))),
        ("channel", &|_| Cell::text(channel.unwrap_or_default())),
        ("partner", &|_| Cell::text(partner.unwrap_or_default())),
        ("our_unit", &|row| money(row.ours.unit)),
        ("our_annual", &|row| money(row.ours.annual)),
        ("our_tcv", &|row| money(row.ours.tcv)),
        ("digest", &|_| Cell::text(&digest)),
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
    let has_share = book.metrics().iter().any(|metric| metric.share.is_some());
    let of_net = has_share.then_some("net-share");
    let discounts = book.discounts.iter().map(|discount| discount.name.as_str());
    let names = of_net.into_iter().chain(discounts).chain(OTHER_STEPS);
    let steps = names.map(|name| {
        let amount = move |row: &QuoteRow<'_, '_>| {
            let steps = row.of(|it| &it.waterfall.steps, &[][..]);
            let mine = steps.iter().filter(|step| step.name == name);
            Cell::money(&book.currency, mine.map(|step| step.amount).sum())
        };
        (format!("{name}_amount"), amount)
    });
    let steps: Vec<_> = steps.collect();
    let steps: Vec<TableColumn<'_, QuoteRow<'_, '_>>> =
        steps.iter().map(|(name, amount)| (name.as_str(), amount as &dyn Fn(&_) -> _)).collect();
    let rows = lines(quote).chain(services(quote)).chain(share(quote));
    Table::of_items(rows, &[before, &steps, after].concat())
}

fn lines<'q, 'b>(quote: &'q Quote<'_, 'b>) -> impl Iterator<Item = QuoteRow<'q, 'b>> {
    (1..).zip(&quote.pricing.lines).flat_map(move |(number, bought)| {
        let line = &bought.line;
        bought.by_year().enumerate().map(move |(at, (first_year, priced))| QuoteRow {
            number,
            metric: line.metric.name(),
            first_year,
            line: Some((line, priced)),
            service_price: Money::ZERO,
            basis: "",
            ours: of_line(quote, (number - 1, at), priced),
        })
    })
}

/// Returns our net of a segment: nothing of its own where we have a share of revenue in its place.
fn of_line(
    quote: &Quote<'_, '_>,
    (line, segment): (usize, usize),
    priced: &PricedSegment<'_>,
) -> OurPart {
    match &quote.partner {
        None => OurPart { unit: priced.net(), annual: priced.at_net.annual, tcv: priced.tcv() },
        Some(partner) => {
            let resold = partner.resold(line, segment);
            resold.map_or_else(OurPart::default, |it| OurPart {
                unit: it.price,
                annual: it.our_charges().0.annual,
                tcv: it.our_tcv(),
            })
        }
    }
}

/// The row of our share in a partner's revenue, which the customer does not pay.
fn share<'q, 'b>(quote: &'q Quote<'_, 'b>) -> Option<QuoteRow<'q, 'b>> {
    let (partner, Some(PartnerDeal::RevenueSplit(split))) =
        (quote.deal.partner.as_ref()?, &quote.partner)
    else {
        return None;
    };
    Some(QuoteRow {
        number: quote.deal.lines.len() + quote.pricing.services.len() + 1,
        metric: partner.channel.name(),
        first_year: 1,
        line: None,
        service_price: Money::ZERO,
        basis: "share",
        ours: OurPart { unit: Money::ZERO, annual: split.ours, tcv: split.ours_tcv },
    })
}

fn services<'q, 'b>(quote: &'q Quote<'_, 'b>) -> impl Iterator<Item = QuoteRow<'q, 'b>> {
    let numbered = (quote.deal.lines.len() + 1..).zip(&quote.pricing.services);
    let charged = numbered.filter(|(_, service)| !service.price.is_zero());
    charged.map(|(number, priced)| QuoteRow {
        number,
        metric: &priced.service.name,
        first_year: 1,
        line: None,
        service_price: priced.price,
        basis: "service",
        ours: OurPart { unit: priced.price, annual: Money::ZERO, tcv: priced.price },
    })
}
