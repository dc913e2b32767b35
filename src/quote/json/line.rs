//! Lines of a quote: the purchase, its price step by step, and the years of a ramp.

use crate::book::{Adjustment, PriceBook, PricePeriod};
use crate::deal::{Deal, Line};
use crate::document::json::{Json, object};
use crate::number::{Currency, Money, Share};
use crate::price::{PricedLine, PricedSegment, StepSource, WaterfallStep, committed, month};

/// A line. Its contract value is that of all years, so that lines sum to the totals.
pub(super) fn line(deal: &Deal<'_>, at: usize, priced: &PricedLine<'_>) -> Json {
    let (book, line) = (deal.book, &priced.line);
    let first = &priced.segments[0];
    let all_years = (priced.list_tcv, priced.tcv, Share::off(priced.list_tcv, priced.tcv));
    object! {
        metric: line.metric.name(),
        edition: edition(first),
        hosts: line.hosts,
        sold_for: line.sold_for,
        count: line.count().map(ToString::to_string),
        per: match line.metric.price_period {
            PricePeriod::Year => "year",
            PricePeriod::Month => "month",
            PricePeriod::Hour { .. } => "hour",
            PricePeriod::Use => "use",
            PricePeriod::Once { .. } => "once",
        },
        months: line.metric.months,
        billing: deal.billing_schedule(line.metric).map(|schedule| schedule.name.as_str()),
        committed: committed_part(deal, at),
        counted_years: (line.uncounted_years() > 0)
            .then(|| line.counted_years(deal.term)),
        inclusions: Json::list_if_any(deal.inclusions(line).0.iter().map(String::as_str)),
        ..prices(book, line, first, all_years),
        periods: Json::list_if_any(years(book, priced)),
    }
}

/// Each year of a line whose years differ, with the contract value of that year.
fn years(book: &PriceBook, priced: &PricedLine<'_>) -> impl Iterator<Item = Json> {
    let segments = priced.segments.iter().filter(|_| priced.line.has_years());
    let years = segments.flat_map(|it| std::iter::repeat_n(it, it.length.years() as usize));
    (1_u32..).zip(years).map(|(year, segment)| {
        let one_year = (segment.at_list.annual, segment.at_net.annual, segment.discount());
        object! {
            year,
            edition: edition(segment),
            ..prices(book, &priced.line, segment, one_year),
        }
    })
}

fn edition<'a>(priced: &'a PricedSegment<'_>) -> Option<&'a str> {
    priced.list.tier.edition.as_deref()
}

/// The keys that a line and each year of a ramp have. `price_basis` is the object of a unit price, a
/// unit, a package or the line, and `price_times` is the number of those objects in the line.
fn prices(
    book: &PriceBook,
    line: &Line<'_>,
    priced: &PricedSegment<'_>,
    (list_tcv, tcv, discount): (Money, Money, Share),
) -> Json {
    let currency = &book.currency;
    let plain = |amount| currency.plain(amount);
    let times_per_month = line.metric.price_period.times_per_month();
    let monthly = times_per_month.map(|times| plain(month(book, priced, times)));
    object! {
        quantity: priced.segment.expected(),
        counted: priced.segment.counted_with_others(),
        list_unit_price: plain(priced.list.price),
        net_unit_price: plain(priced.net()),
        policy_unit_price: priced.policy.map(|policy| plain(policy.price)),
        price_basis: priced.list.basis.name(),
        price_times: priced.list.times,
        monthly,
        one_time: (priced.at_net.once != Money::ZERO).then(|| plain(priced.at_net.once)),
        list_annual: plain(priced.at_list.annual),
        annual: plain(priced.at_net.annual),
        list_tcv: plain(list_tcv),
        tcv: plain(tcv),
        discount,
        waterfall: Json::list(priced.waterfall.steps.iter().map(|it| step(currency, it))),
    }
}

fn step(currency: &Currency, step: &WaterfallStep<'_>) -> Json {
    let plain = |amount| currency.plain(amount);
    let is_list = matches!(step.grant, StepSource::List(_));
    let (growth, free_months) = match step.grant {
        StepSource::Row(row) => match row.adjustment {
            Adjustment::Growth(rate) => (Some(rate), None),
            Adjustment::FreeMonths(months) => (None, Some(months)),
            _ => (None, None),
        },
        _ => (None, None),
    };
    let is_negotiated = matches!(step.grant, StepSource::Negotiated);
    let program = match step.grant {
        StepSource::Program(program) | StepSource::Floor(program) => Some(program.name()),
        _ => None,
    };
    object! {
        step: step.name,
        program,
        base: (!is_list).then(|| plain(step.base)),
        rate: step.rate,
        growth,
        free_months,
        amount: (!is_list).then(|| plain(step.amount)),
        implied_discount: is_negotiated.then(|| Share::off(step.base, step.price)),
        unit_price: plain(step.price),
        rule: &step.rule.id,
        source: &step.rule.source,
    }
}

/// Committed part of a line, due even without use. For a ramp the prices are those of the first
/// year, and the contract value is that of all years.
fn committed_part(deal: &Deal<'_>, at: usize) -> Option<Json> {
    let line = deal.lines.get(at)?;
    let per_month = line.metric.times_per_metered_month()?;
    let plain = |amount| deal.book.currency.plain(amount);
    let segments = (0..line.segments.len()).map(|segment| committed(deal, at, segment));
    let segments: Vec<_> = segments.collect::<Option<_>>()?;
    let first = segments.first()?;
    Some(object! {
        quantity: line.committed?,
        net_unit_price: plain(first.net()),
        monthly: plain(month(deal.book, first, per_month)),
        annual: plain(first.at_net.annual),
        tcv: plain(segments.iter().map(PricedSegment::tcv).sum::<Money>()),
    })
}
