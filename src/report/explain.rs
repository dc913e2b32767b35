//! The arithmetic of every figure, so that a reader with a calculator can follow it.

use super::quote::title;
use crate::book::{Basis, Mode, Per};
use crate::deal::{Line, Segment};
use crate::price::{Grant, PricedSegment, Step};
use crate::quote::Quote;
use crate::value::Money;

/// How the price and the year of a segment come about.
pub(super) fn segment(
    quote: &Quote<'_, '_>,
    line: &Line<'_>,
    segment: &Segment<'_>,
    priced: &PricedSegment<'_>,
) -> Vec<String> {
    let show = |amount: Money| quote.deal.book().currency().show(amount);
    let steps = priced.waterfall.steps().iter();
    let mut lines: Vec<String> = steps
        .map(|step| match step.grant {
            Grant::List(_) => list(quote, line, segment, priced),
            _ => format!("{}: {}  [{}]", title(step), change(quote, line, step), step.rule.source),
        })
        .collect();
    let (net, times) = (priced.net(), priced.list.times);
    let mut product = show(net);
    if priced.list.basis != Basis::Line {
        product = format!("{product} × {}", times.grouped());
    }
    if let Per::Hour { per_month } = line.metric.per {
        let month = net * times * per_month;
        lines.push(format!(
            "A month: {product} × {per_month} hours = {}  [{}]",
            show(month),
            line.metric.rule.source
        ));
        product = format!("{} × 12", show(month));
    }
    if product != show(priced.annual) {
        product = format!("{product} = {}", show(priced.annual));
    }
    lines.push(format!("A year: {product}"));
    lines.push(format!(
        "Contract: {} × {} = {}",
        show(priced.annual),
        priced.years,
        show(priced.tcv())
    ));
    lines
}

fn list(
    quote: &Quote<'_, '_>,
    line: &Line<'_>,
    segment: &Segment<'_>,
    priced: &PricedSegment<'_>,
) -> String {
    let show = |amount: Money| quote.deal.book().currency().show(amount);
    let metric = line.metric;
    let list = &priced.list;
    let source = &list.tier.rule.source;
    let range = format!("{} {}", list.tier.quantity, metric.unit.1);
    let why = match (line.edition, metric.mode) {
        (Some(edition), _) => format!("the deal names {edition}"),
        (None, Mode::Graduated) => "each unit takes the price of its own range".to_owned(),
        (None, _) => format!("{} fall in {range}", metric.count(segment.quantity)),
    };
    let price = show(list.price);
    match list.basis {
        Basis::Unit => format!("List price: {why}, so each is {price}  [{source}]"),
        Basis::Package(size) => format!(
            "List price: {why}; packages of {size} are {price} each, and it takes {}  [{source}]",
            list.times.grouped()
        ),
        Basis::Line => {
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
            terms.extend(metric.extras.fee.map(|fee| format!("{} fee", show(fee))));
            let least = metric.extras.minimum.map(|least| format!(", at least {}", show(least)));
            format!(
                "List price: {why}; {}{} = {price}",
                terms.join(" + "),
                least.unwrap_or_default()
            )
        }
    }
}

/// What a step does to the price.
fn change(quote: &Quote<'_, '_>, line: &Line<'_>, step: &Step<'_>) -> String {
    let show = |amount: Money| quote.deal.book().currency().show(amount);
    let off = Money::ZERO - step.amount;
    let before = step.price - step.amount;
    match (step.grant, step.rate) {
        (Grant::Rounding, _) => format!(
            "{} to {} decimal places, {}: {}",
            show(step.base),
            line.metric.places,
            quote.deal.book().rounding,
            show(step.price)
        ),
        (Grant::Negotiated, _) => {
            format!("agreed at {}, where policy gives {}", show(step.price), show(step.base))
        }
        (_, Some(rate)) => format!(
            "{rate} of {} = {}; {} - {} = {}",
            show(step.base),
            show(rate.of(step.base)),
            show(before),
            show(off),
            show(step.price)
        ),
        (_, None) => format!("{} - {} = {}", show(before), show(off), show(step.price)),
    }
}

/// How the totals come about.
pub(super) fn totals(quote: &Quote<'_, '_>) -> Vec<String> {
    let show = |amount: Money| quote.deal.book().currency().show(amount);
    let totals = &quote.pricing.totals;
    let sum = |amounts: Vec<Money>| {
        amounts.iter().map(|amount| show(*amount)).collect::<Vec<_>>().join(" + ")
    };
    let mut lines = Vec::new();
    let segments: Vec<_> = quote.pricing.lines.iter().flat_map(|line| &line.segments).collect();
    if segments.len() > 1 {
        let list = sum(segments.iter().map(|segment| segment.list_tcv()).collect());
        let net = sum(segments.iter().map(|segment| segment.tcv()).collect());
        lines.push(format!("List: {list} = {}", show(totals.list_tcv)));
        lines.push(format!("Contract: {net} = {}", show(totals.tcv)));
    } else if let [segment] = segments.as_slice() {
        lines.push(format!(
            "List: {} × {} × {} = {}",
            show(segment.list.price),
            segment.list.times.grouped(),
            segment.years,
            show(totals.list_tcv)
        ));
    }
    lines.push(format!(
        "Off list: 1 - {} / {} = {}, to 2 places",
        show(totals.tcv),
        show(totals.list_tcv),
        totals.discount
    ));
    lines
}
