//! Parts of the deals that the search for a requiring deal writes: lines, claims, partners and services.

use crate::book::{
    Channel, ChannelAsks, ChannelTerms, Discount, Incentive, Metric, PriceBook, Program, Service,
    Tier,
};
use crate::deal::{
    DiscountOverride, Draft, DraftLine, DraftPartner, DraftProgram, DraftService, DraftYear,
    FactValue, INCUMBENT, REGION, SEGMENT,
};
use crate::number::{Increment, Money, Quantity, Rate, bisect};
use crate::text::source::{Place, Source, Written};

/// The largest quantity of a service, in units.
const LARGEST_SERVICE: u64 = 1_000_000;

pub(super) fn place() -> Place {
    Place::whole(Source::typed("book", "book"))
}

pub(super) fn written<T>(value: T) -> Written<T> {
    Written::new(value, place())
}

pub(super) fn text(value: &str) -> Written<String> {
    written(value.to_owned())
}

/// A whole unit of the currency.
pub(super) fn unit() -> Money {
    Money::of_scaled(1, 0)
}

/// Returns a line at the least fee of its range, if it has one. All use is committed.
pub(super) fn line(metric: &Metric, quantity: Quantity) -> DraftLine {
    let mut line = DraftLine::new(place());
    line.metric = Some(text(metric.name()));
    line.quantity = Some(written(quantity));
    line.committed = metric.is_metered().then(|| written(quantity));
    let fee = metric.tier(quantity).and_then(Tier::fee).filter(|fee| !fee.is_one());
    line.names_fee = fee.is_some();
    line.fee = fee.map(|fee| written(fee.least));
    line
}

pub(super) fn year(quantity: Quantity) -> DraftYear {
    DraftYear { place: place(), quantity: Some(written(quantity)), agreed: None }
}

/// Returns the overrides that withhold every discount that can be withheld.
pub(super) fn withheld<'b>(
    discounts: impl Iterator<Item = &'b Discount>,
) -> Vec<(Written<String>, DiscountOverride)> {
    let discounts = discounts.filter(|it| it.can_be_withheld());
    discounts.map(|it| (text(&it.name), DiscountOverride::Withheld)).collect()
}

/// Puts an order into a book: in its currency, and of a customer of its price column.
pub(super) fn put_into(draft: &mut Draft, book: &PriceBook) {
    draft.currency = Some(text(&book.currency().code));
    let Some(column) = book.price_column() else { return };
    for (fact, names) in [(SEGMENT, &column.segments), (REGION, &column.regions)] {
        if let Some(name) = names.first() {
            draft.record.set(fact, FactValue::text(name));
        }
    }
}

/// Adds the claim of a program, at its fixed rate if `rate` is `None`, by a customer that promises every duty.
pub(super) fn claim(draft: &mut Draft, program: &Program, rate: Option<Rate>) {
    let mut claimed = DraftProgram::new(text(program.name()), rate.map(written));
    claimed.duties = program.duties.iter().map(|duty| text(duty)).collect();
    draft.programs.push(claimed);
    if let Some(incumbent) = program.incumbents.first() {
        draft.record.set(INCUMBENT, FactValue::text(incumbent));
    }
    if let Some(segment) = program.segments.first() {
        draft.record.set(SEGMENT, FactValue::text(segment));
    }
}

/// Returns partners of a channel: at each end of its rates and just above the rate without approval, or with
/// a very small and a very large revenue.
pub(super) fn partners(channel: &Channel) -> Vec<DraftPartner> {
    let levels = channel.levels.iter().map(|level| Some(text(level)));
    let levels: Vec<_> = levels.chain(channel.levels.is_empty().then_some(None)).collect();
    let at_level = |level: &Option<Written<String>>| {
        let partner =
            DraftPartner { level: level.clone(), ..DraftPartner::new(text(channel.name())) };
        at_rates(channel, &partner)
    };
    levels.iter().flat_map(at_level).collect()
}

/// Returns partners of a channel that claim an incentive.
pub(super) fn claiming(channel: &Channel, incentive: &Incentive) -> Vec<DraftPartner> {
    let (level, sale) = incentive.scope.example(&channel.levels);
    let partner = DraftPartner {
        level: level.map(text),
        sale: Some(written(sale)),
        incentives: vec![text(&incentive.name)],
        ..DraftPartner::new(text(channel.name()))
    };
    at_rates(channel, &partner)
}

fn at_rates(channel: &Channel, partner: &DraftPartner) -> Vec<DraftPartner> {
    match channel.terms {
        ChannelTerms::FixedRates { .. } => vec![partner.clone()],
        ChannelTerms::Discount { rates, .. } => {
            let above = match channel.asks {
                ChannelAsks::Above(free) => Some(Rate::of_millionths(free.millionths() + 1)),
                ChannelAsks::Always | ChannelAsks::BelowLines => None,
            };
            let rates = above.into_iter().chain([rates.from, rates.to]);
            let with = |rate| DraftPartner { rate: Some(written(rate)), ..partner.clone() };
            rates.map(with).collect()
        }
        ChannelTerms::RevenueShare(_) => {
            let revenues = [unit(), Money::of_scaled(100_000_000_000, 0)];
            let with = |revenue| DraftPartner {
                revenue: Some(written(revenue)),
                basis: Some(text("a report")),
                ..partner.clone()
            };
            revenues.map(with).into()
        }
    }
}

pub(super) fn with_partners(draft: &Draft, partners: &[DraftPartner]) -> Vec<Draft> {
    let with = |it: &DraftPartner| Draft { partner: Some(it.clone()), ..draft.clone() };
    partners.iter().map(with).collect()
}

/// Returns a service of the largest value that the book includes.
pub(super) fn included_service(service: &Service) -> DraftService {
    let Some(counted) = &service.unit else { return service_of(service, None, service.included) };
    let parts = Increment::THOUSANDTH;
    let is_more = |count: u64| {
        parts.quantity(count).is_none_or(|quantity| counted.price * quantity > service.included)
    };
    let most = bisect(1, parts.last(LARGEST_SERVICE), is_more) - 1;
    service_of(service, parts.quantity(most), Money::ZERO)
}

/// Returns a service of a larger value than the book includes.
pub(super) fn larger_service(service: &Service) -> DraftService {
    let most = service.unit.as_ref().and(Quantity::whole(LARGEST_SERVICE));
    service_of(service, most, service.included + unit())
}

fn service_of(service: &Service, quantity: Option<Quantity>, value: Money) -> DraftService {
    DraftService {
        name: text(&service.name),
        value: service.unit.is_none().then(|| written(value)),
        quantity: quantity.map(written),
        included_before: None,
        error_reported: false,
    }
}
