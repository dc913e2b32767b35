//! The arithmetic of every figure, so that a reader with a calculator can follow it.

use super::words;
use super::words::title;
use crate::book::{PriceBasis, PricePeriod, TierMode};
use crate::deal::{Line, Segment};
use crate::number::{Money, decimals};
use crate::price::{PricedSegment, StepSource, WaterfallStep};
use crate::quote::Quote;

pub(crate) fn segment(
    quote: &Quote<'_, '_>,
    line: &Line<'_>,
    segment: &Segment<'_>,
    priced: &PricedSegment<'_>,
) -> Vec<String> {
    let steps = priced.waterfall.steps().iter();
    let mut lines: Vec<String> = steps
        .map(|step| match step.grant {
            StepSource::List(_) => list(quote, line, segment, priced),
            _ => format!("{}: {}  [{}]", title(step), change(quote, line, step), step.rule.source),
        })
        .collect();
    lines.extend(charges(quote, line, priced));
    lines
}

fn charges(quote: &Quote<'_, '_>, line: &Line<'_>, priced: &PricedSegment<'_>) -> Vec<String> {
    let show = |amount| quote.show(amount);
    let (net, times) = (priced.net(), priced.list.times);
    let (once, annual) = (priced.at_net.once, priced.at_net.annual);
    // A line that is priced as a whole is its own product.
    let product = |price: Money, total: Money| match priced.list.basis {
        PriceBasis::Line => show(total),
        _ => format!("{} × {} = {}", show(price), times.grouped(), show(total)),
    };
    let years = words::over(priced, &show(annual), &show(priced.stub));
    let source = &line.metric.rule.source;
    let contract = show(priced.tcv());
    let mut lines = match line.metric.price_period {
        PricePeriod::Year => vec![
            format!("Per year: {}  [{source}]", product(net, annual)),
            format!("Contract: {years} = {contract}  [{source}]"),
        ],
        PricePeriod::Hour { per_month } => {
            let hour = net * times;
            let month = show(hour * per_month);
            vec![
                format!("Per hour: {}", product(net, hour)),
                format!("Per month: {} × {per_month} hours = {month}  [{source}]", show(hour)),
                format!("Per year: {month} × 12 = {}  [{source}]", show(annual)),
                format!("Contract: {years} = {contract}  [{source}]"),
            ]
        }
        PricePeriod::Once { maintenance } if maintenance.is_zero() => {
            vec![format!("Contract: {}, once  [{source}]", product(net, once))]
        }
        PricePeriod::Once { maintenance } => {
            let rounding = quote.deal.book().rounding;
            let unit = rounding.round(maintenance.of(net), line.metric.places);
            vec![
                format!("Once: {}  [{source}]", product(net, once)),
                format!("Maintenance: {maintenance} of {} = {}  [{source}]", show(net), show(unit)),
                format!("Per year: {}  [{source}]", product(unit, annual)),
                format!("Contract: {} + {years} = {contract}  [{source}]", show(once)),
            ]
        }
    };
    if let Some(part) = priced.length.part() {
        let (year, stub) = (show(annual), show(priced.stub));
        let first = format!("First {part} of a year: {year} × {part} = {stub}, rounded");
        lines.insert(lines.len() - 1, first);
    }
    lines
}

fn list(
    quote: &Quote<'_, '_>,
    line: &Line<'_>,
    segment: &Segment<'_>,
    priced: &PricedSegment<'_>,
) -> String {
    let show = |amount| quote.show(amount);
    let metric = line.metric;
    let list = &priced.list;
    let source = &list.tier.rule.source;
    let why = match (line.edition, metric.mode) {
        (Some(edition), _) => format!("the deal names {edition}"),
        (None, TierMode::Graduated) => "each unit takes the price of its own range".to_owned(),
        (None, _) => {
            format!("{} in the range {}", metric.count(segment.quantity), list.tier.quantity)
        }
    };
    let price = show(list.price);
    match list.basis {
        PriceBasis::Unit => format!("List price: {why}, at {price} each  [{source}]"),
        PriceBasis::Package(size) => format!(
            "List price: {why}; packages of {size} cost {price} each, and the line needs {}  \
             [{source}]",
            list.times.grouped()
        ),
        PriceBasis::Line if list.tier.fee.is_some() => fee(quote, segment, priced, &why),
        PriceBasis::Line => {
            let parts = metric.parts(segment.quantity, list.tier);
            let mut terms: Vec<_> = parts
                .iter()
                .map(|part| {
                    let flat = part.tier.flat.map(|flat| format!(" + {}", show(flat)));
                    let units = part.units.grouped();
                    format!(
                        "{units} × {}{} [{}]",
                        show(part.tier.price),
                        flat.unwrap_or_default(),
                        part.tier.rule.source
                    )
                })
                .collect();
            terms.extend(metric.charges.fee.map(|fee| format!("{} fee", show(fee))));
            let least = metric.charges.minimum.map(|least| format!(", at least {}", show(least)));
            format!(
                "List price: {why}; {}{} = {price}",
                terms.join(" + "),
                least.unwrap_or_default()
            )
        }
    }
}

fn fee(
    quote: &Quote<'_, '_>,
    segment: &Segment<'_>,
    priced: &PricedSegment<'_>,
    why: &str,
) -> String {
    let currency = quote.deal.book().currency();
    let tier = priced.list.tier;
    let range = tier.fee.map(|range| currency.show_range(range)).unwrap_or_default();
    let named = match segment.fee {
        Some(fee) => format!("; the deal names {}", currency.show(fee)),
        None => String::new(),
    };
    format!("List price: {why}, for a fee of {range}{named}  [{}]", tier.rule.source)
}

fn change(quote: &Quote<'_, '_>, line: &Line<'_>, step: &WaterfallStep<'_>) -> String {
    let show = |amount| quote.show(amount);
    let off = Money::ZERO - step.amount;
    let before = step.price - step.amount;
    match (step.grant, step.rate) {
        (StepSource::Rounding, _) => format!(
            "{} to {}, {}: {}",
            show(step.base),
            decimals(line.metric.places),
            quote.deal.book().rounding,
            show(step.price)
        ),
        (StepSource::Negotiated, _) => {
            format!("negotiated at {}; the policy price is {}", show(step.price), show(step.base))
        }
        (StepSource::Floor(_), _) => {
            format!("{} is less than the floor of {} per year", show(step.base), show(step.price))
        }
        (_, Some(rate)) if step.amount > Money::ZERO => {
            let (base, on) = (show(step.base), show(step.amount));
            format!("{rate} of {base} = {on}; {} + {on} = {}", show(before), show(step.price))
        }
        (_, Some(rate)) => format!(
            "{rate} of {} = {}{}; {} - {} = {}",
            show(step.base),
            show(rate.of(step.base)),
            if rate.of(step.base) > off { ", more than the price" } else { "" },
            show(before),
            show(off),
            show(step.price)
        ),
        (_, None) => format!("{} - {} = {}", show(before), show(off), show(step.price)),
    }
}

/// Explains the totals as far as their table does not.
pub(crate) fn totals(quote: &Quote<'_, '_>) -> Vec<String> {
    let show = |amount| quote.show(amount);
    let totals = &quote.pricing.totals;
    let segments = || quote.pricing.lines.iter().flat_map(|line| &line.segments);
    let sum = |amounts: Vec<Money>| amounts.into_iter().map(show).collect::<Vec<_>>().join(" + ");
    let mut lines = Vec::new();
    let services = quote.pricing.services.iter().map(|service| service.price);
    let services = services.filter(|price| !price.is_zero());
    if segments().count() + services.clone().count() > 1 {
        let list = segments().map(PricedSegment::list_tcv).chain(services.clone());
        let net = segments().map(PricedSegment::tcv).chain(services);
        let (list, net) = (sum(list.collect()), sum(net.collect()));
        lines.push(format!("List: {list} = {}", show(totals.list_tcv)));
        lines.push(format!("Contract: {net} = {}", show(totals.tcv)));
    }
    lines.push(format!(
        "Off list: ({} - {}) / {} = {}, to 2 places",
        show(totals.list_tcv),
        show(totals.tcv),
        show(totals.list_tcv),
        totals.discount
    ));
    if totals.exit_arr.is_some() {
        let (recurring, average) = (show(totals.tcv - totals.once), show(totals.acv));
        let over = words::divisor(quote.deal.length());
        lines.push(format!("Average per year: {recurring} / {over} = {average}, rounded"));
    }
    lines
}
