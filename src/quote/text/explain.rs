//! The arithmetic of every figure, so that a reader with a calculator can follow it.

use super::words;
use super::words::title;
use crate::book::{Adjustment, ListPrice, PriceBasis, PricePeriod, TierMode};
use crate::deal::{Line, Segment};
use crate::number::{Interval, Money, Quantity, Years, decimals};
use crate::price::{
    Charges, PricedSegment, PricedService, SharedLines, StepSource, WaterfallStep, charges, month,
};
use crate::quote::{Quote, all_lines};

pub(super) fn segment(
    quote: &Quote<'_, '_>,
    line: &Line<'_>,
    priced: &PricedSegment<'_>,
) -> Vec<String> {
    let steps = priced.waterfall.steps.iter().map(|step| {
        let change = match (step.grant, &priced.whole) {
            (StepSource::List(_), _) => return list_price(quote, line, priced),
            (_, Some(_)) => shared_change(quote, step),
            (_, None) => change(quote, line, &priced.segment, step),
        };
        format!("{}: {change}  [{}]", title(step), step.rule.source)
    });
    let quantity = quantity(line, priced).into_iter();
    let years = counted_years(quote, line);
    quantity.chain(steps).chain(years).chain(products(quote, line, priced)).collect()
}

/// Returns how many years earn the discounts of the commitment, where not all do.
fn counted_years(quote: &Quote<'_, '_>, line: &Line<'_>) -> Option<String> {
    let (kept, rule) = quote.deal.book.commitment.kept.as_ref()?;
    let years = quote.deal.term().count();
    let counted = Some(line.counted_years(quote.deal.term())).filter(|counted| *counted < years)?;
    let source = &rule.source;
    Some(format!(
        "Commitment: {counted} of {years} years; a year that counts keeps {kept} of the largest \
         before it at list, and is not free  [{source}]"
    ))
}

pub(super) fn service(quote: &Quote<'_, '_>, priced: &PricedService<'_>) -> String {
    let show = |amount| quote.show(amount);
    let PricedService { service, value, included, included_before, price, quantity, .. } = *priced;
    let counted = service.unit.as_ref().zip(quantity).map(|(unit, quantity)| {
        let (count, each) = (unit.count(quantity), show(unit.price));
        format!("{count} × {each} = {}; ", show(value))
    });
    let (value, included, price) = (show(value), show(included), show(price));
    let (title, most, source) = (&service.title, show(service.included), &service.rule.source);
    let counted = counted.unwrap_or_default();
    let before = match included_before {
        before if before.is_zero() => String::new(),
        before => format!(", of which other contracts have {}", show(before)),
    };
    format!(
        "{title}: {counted}{value} - {included} = {price}; up to {most} is included{before}  \
         [{source}]"
    )
}

fn products(quote: &Quote<'_, '_>, line: &Line<'_>, priced: &PricedSegment<'_>) -> Vec<String> {
    let show = |amount| quote.show(amount);
    let (net, times) = (priced.net(), priced.list.times);
    let (once, annual) = (priced.at_net.once, priced.at_net.annual);
    let all = charges_together(quote, line, priced);
    let coins = |exact: Money, charge: Money, of_all: fn(&Charges) -> Money| {
        let all = all.as_ref().map(|(count, charges)| (count.as_str(), of_all(charges)));
        in_coins(quote, exact, charge, all)
    };
    // A line that is priced as a whole is its own product.
    let product = |total: &str| match priced.list.basis {
        PriceBasis::Line => total.to_owned(),
        _ => format!("{} × {} = {total}", show(net), times.grouped()),
    };
    let years = words::over(priced, &show(annual), &show(priced.stub));
    let source = &line.metric.rule.source;
    let contract = show(priced.tcv());
    let mut lines = match line.metric.price_period {
        PricePeriod::Year => vec![
            format!(
                "Per year: {}  [{source}]",
                product(&coins(net * times, annual, |it| it.annual))
            ),
            format!("Contract: {years} = {contract}  [{source}]"),
        ],
        PricePeriod::Month | PricePeriod::Use => {
            let paid = month(quote.deal.book, priced, 1);
            let year = coins(paid * 12, annual, |it| it.annual);
            let product = product(&in_coins(quote, net * times, paid, None));
            vec![
                format!("Per month: {product}  [{source}]"),
                format!("Per year: {} × 12 = {year}  [{source}]", show(paid)),
                format!("Contract: {years} = {contract}  [{source}]"),
            ]
        }
        PricePeriod::Hour { per_month } => {
            let hour = net * times;
            let month = hour * per_month;
            let (shown, year) = (show(month), coins(month * 12, annual, |it| it.annual));
            vec![
                format!("Per hour: {}", product(&show(hour))),
                format!("Per month: {} × {per_month} hours = {shown}  [{source}]", show(hour)),
                format!("Per year: {shown} × 12 = {year}  [{source}]"),
                format!("Contract: {years} = {contract}  [{source}]"),
            ]
        }
        PricePeriod::Once { maintenance } => {
            let license = product(&coins(net * times, once, |it| it.once));
            if maintenance.is_zero() {
                return vec![format!("Contract: {license}, once  [{source}]")];
            }
            let (paid, year) = (show(once), coins(maintenance.of(once), annual, |it| it.annual));
            vec![
                format!("Once: {license}  [{source}]"),
                format!("Maintenance: {maintenance} of {paid} = {year} per year  [{source}]"),
                format!("Contract: {paid} + {years} = {contract}  [{source}]"),
            ]
        }
    };
    if let Some(part) = priced.length.part() {
        let (year, stub) = (show(annual), show(priced.stub));
        let first = if priced.part_costs_floor {
            format!("First {part} of a year: {stub}, the floor of a started year")
        } else {
            format!("First {part} of a year: {year} × {part} = {stub}, rounded")
        };
        lines.insert(lines.len() - 1, first);
    }
    lines
}

/// Returns what a line costs with the lines that count together with it at its price, and the count of all.
fn charges_together(
    quote: &Quote<'_, '_>,
    line: &Line<'_>,
    priced: &PricedSegment<'_>,
) -> Option<(String, Charges)> {
    let pool = priced.segment.pool.as_ref()?;
    let (quantity, charges) = if let Some(all) = &priced.whole {
        (pool.quantity(), all.at_net)
    } else {
        let quantity = pool.quantity_at_terms();
        (quantity, charges(quote.deal.book, line.metric, priced.net(), quantity))
    };
    Some((line.metric.count(quantity), charges))
}

/// "$8.6415, to 2 decimal places, half up: $8.64": an amount and the charge that is rounded from it, or
/// the share of that in what all lines cost that count together.
pub(super) fn in_coins(
    quote: &Quote<'_, '_>,
    exact: Money,
    charge: Money,
    all: Option<(&str, Money)>,
) -> String {
    let (amount, charged) = (quote.show(exact), quote.show(charge));
    let book = quote.deal.book;
    match all {
        _ if exact == charge => charged,
        None => {
            format!("{amount}, to {}, {}: {charged}", decimals(book.currency.minor), book.rounding)
        }
        Some((count, all)) => {
            let all = quote.show(all);
            format!("{amount}; its share of {all} for {count}{}: {charged}", all_lines(quote.deal))
        }
    }
}

/// Returns how a quantity was counted from units inside units.
fn quantity(line: &Line<'_>, priced: &PricedSegment<'_>) -> Option<String> {
    let (groups, count) = line.count().zip(line.metric.count_levels.as_ref())?;
    let factor = if count.factor == Quantity::ONE {
        String::new()
    } else {
        format!(", times {}", count.factor)
    };
    let least = count.least.map(|least| format!(", at least {}", least.grouped()));
    let (levels, least) = (count.words(), least.unwrap_or_default());
    let (all, source) = (line.metric.count(priced.segment.expected()), &line.metric.rule.source);
    Some(format!("Quantity: {groups} of {levels}{factor}{least} = {all}  [{source}]"))
}

/// Returns the list price of a line, and where several lines have one price as a whole, its share of that.
pub(crate) fn list_price(
    quote: &Quote<'_, '_>,
    line: &Line<'_>,
    priced: &PricedSegment<'_>,
) -> String {
    let show = |amount| quote.show(amount);
    let (metric, segment) = (line.metric, &priced.segment);
    if metric.share.is_some() {
        let share = share_of(quote, line, segment, "list");
        return format!("List price: {share}  [{}]", priced.list.tier.rule.source);
    }
    let (list, quantity) = match (&priced.whole, &segment.pool) {
        (Some(_), Some(pool)) => (segment.pooled_list(), pool.quantity()),
        _ => (priced.list, segment.quantity),
    };
    let tier = list.tier;
    let together = segment.counted_with_others().map(|_| all_lines(quote.deal)).unwrap_or_default();
    let overage = metric.overage(tier, quantity, line.committed);
    let why = match (line.edition, metric.mode) {
        (Some(edition), _) => format!("the deal names {edition}"),
        (None, TierMode::Graduated) => "each unit takes the price of its own range".to_owned(),
        (None, _) if let Some(overage) = overage => {
            format!("{} committed, in the range {}", metric.count(overage.committed), tier.quantity)
        }
        (None, _) => {
            let counted = metric.count(segment.counted);
            format!("{counted}{together} in the range {}", tier.quantity)
        }
    };
    let list = list_of(quote, (line, priced), (&list, quantity), &why);
    match &priced.whole {
        Some(_) => {
            let (all, own) = (metric.count(quantity), metric.count(segment.quantity));
            let all_cost = show(segment.pooled_list().whole().price);
            let own_cost = show(priced.list.price);
            format!("{list}; {own} of {all} take {own_cost} of {all_cost}")
        }
        None => list,
    }
}

/// Returns the list price of all lines that are priced as one with a line.
fn list_of(
    quote: &Quote<'_, '_>,
    (line, priced): (&Line<'_>, &PricedSegment<'_>),
    (list, quantity): (&ListPrice<'_>, Quantity),
    why: &str,
) -> String {
    let show = |amount| quote.show(amount);
    let metric = line.metric;
    let (tier, source, price) = (list.tier, &list.tier.rule.source, show(list.price));
    match list.basis {
        PriceBasis::Unit => format!("List price: {why}, at {price} each  [{source}]"),
        PriceBasis::Package(size) => format!(
            "List price: {why}; packages of {size} cost {price} each, and the line needs {}  \
             [{source}]",
            list.times.grouped()
        ),
        PriceBasis::Line if let Some(range) = tier.fee => {
            let range = quote.deal.book.currency.show_range(range);
            let named = priced.segment.fee.map(|fee| format!("; the deal names {}", show(fee)));
            let named = named.unwrap_or_default();
            format!("List price: {why}, for a fee of {range}{named}  [{source}]")
        }
        PriceBasis::Line => {
            let overage = metric.overage(tier, quantity, line.committed);
            let parts = metric.parts(overage.map_or(quantity, |it| it.committed), tier);
            let terms = parts.iter().map(|part| {
                let (units, price) = (part.units.grouped(), show(part.tier.price));
                let flat = part.tier.flat.map(|flat| format!(" + {}", show(flat)));
                let flat = flat.unwrap_or_default();
                format!("{units} × {price}{flat} [{}]", part.tier.rule.source)
            });
            let fee = metric.charges.fee.map(|fee| format!("{} fee", show(fee)));
            let beyond = overage.filter(|it| !it.beyond.is_zero()).map(|it| {
                let (units, price) = (it.beyond.grouped(), show(it.price));
                format!("{units} × {price} beyond the commitment [{}]", metric.rule.source)
            });
            let terms = terms.chain(beyond).chain(fee).collect::<Vec<_>>().join(" + ");
            let least = metric.charges.minimum.map(|least| format!(", at least {}", show(least)));
            format!("List price: {why}; {terms}{} = {price}", least.unwrap_or_default())
        }
    }
}

/// Returns a step of the prices of several lines, of which the line takes its share.
fn shared_change(quote: &Quote<'_, '_>, step: &WaterfallStep<'_>) -> String {
    let show = |amount| quote.show(amount);
    let off = Money::ZERO - step.amount;
    let (before, price) = (show(step.price + off), show(step.price));
    let (sign, by) =
        if step.amount > Money::ZERO { ("+", show(step.amount)) } else { ("-", show(off)) };
    let rate = step.rate.map(|rate| format!("{rate}, of all lines; ")).unwrap_or_default();
    format!("{rate}{before} {sign} {by} = {price}")
}

/// Returns "30% of $173,250.00, the net price of Seat for a year, = $51,975.00".
fn share_of(quote: &Quote<'_, '_>, line: &Line<'_>, segment: &Segment<'_>, price: &str) -> String {
    let Some(share) = &line.metric.share else { return String::new() };
    if segment.year < share.from_year {
        return format!("{} from year {} of the contract on", share.rate, share.from_year);
    }
    let all = SharedLines::of(quote.deal, share, segment);
    let amount = if price == "net" { all.net } else { all.list };
    let book = quote.deal.book;
    // A metric can be sold in other currencies alone.
    let title = |name: &String| book.metric(name).map(|it| it.title.clone());
    let titles = share.of.iter().filter_map(title).collect::<Vec<_>>().join(" and ");
    let (rate, product) = (share.rate, quote.show(share.rate.of(amount)));
    format!(
        "{rate} of {}, the {price} price of {titles} for a year, = {product}",
        quote.show(amount)
    )
}

fn change(
    quote: &Quote<'_, '_>,
    line: &Line<'_>,
    segment: &Segment<'_>,
    step: &WaterfallStep<'_>,
) -> String {
    let show = |amount| quote.show(amount);
    let off = Money::ZERO - step.amount;
    let (base, before, price) = (show(step.base), show(step.price + off), show(step.price));
    let book = quote.deal.book;
    let order = book.discount(step.name).and_then(|discount| {
        let order = quote.deal.discount_context(line.metric, segment).order;
        discount.measured_order(&order, &book.currency)
    });
    let order = order.map(|order| format!(", for {order}")).unwrap_or_default();
    match (step.grant, step.rate) {
        (StepSource::NetShare, _) => share_of(quote, line, segment, "net"),
        (StepSource::Rounding, _) => {
            let (places, rounding) = (decimals(line.metric.places), quote.deal.book.rounding);
            format!("{base} to {places}, {rounding}: {price}")
        }
        (StepSource::Negotiated, _) => {
            format!("negotiated at {price}; the policy price is {base}")
        }
        (StepSource::Floor(_), _) => {
            format!("{base} is less than the floor of {price} per year")
        }
        (StepSource::Minimum, _) => format!("{base} is less than the minimum of {price}"),
        (StepSource::Row(row), None) if let Adjustment::Growth(rate) = row.adjustment => {
            let first = row.range.map_or(1, Interval::from);
            let grown = Years::new((u64::from(segment.year) + 1).saturating_sub(first));
            let places = decimals(line.metric.places);
            let over = match grown {
                Some(years) if years > Years::ONE => {
                    format!(" a year for {years}, each to {places}")
                }
                _ => format!(", to {places}"),
            };
            let on = show(step.amount);
            format!("growth of {base} by {rate}{over} = {on}; {before} + {on} = {price}")
        }
        (StepSource::Row(row), None) if let Adjustment::OrderAmount(amount) = row.adjustment => {
            let (amount, title, off) = (show(amount), &line.metric.title, show(off));
            format!("{title} has {off} of {amount} off the order; {before} - {off} = {price}")
        }
        (StepSource::Row(row), None) if let Adjustment::FreeMonths(months) = row.adjustment => {
            let off = show(off);
            format!("{months} of 12 months of {base} = {off}; {before} - {off} = {price}")
        }
        (_, Some(rate)) if step.amount > Money::ZERO => {
            let on = show(step.amount);
            format!("{rate} of {base} = {on}; {before} + {on} = {price}")
        }
        (_, Some(rate)) => {
            let part = rate.of(step.base);
            let beyond = if part > off { ", more than the price" } else { "" };
            let (part, off) = (show(part), show(off));
            format!("{rate} of {base} = {part}{beyond}; {before} - {off} = {price}{order}")
        }
        (_, None) => format!("{before} - {} = {price}{order}", show(off)),
    }
}

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
    let (list, tcv, discount) = (show(totals.list_tcv), show(totals.tcv), totals.discount);
    lines.push(format!("Off list: ({list} - {tcv}) / {list} = {discount}, to 2 places"));
    if totals.exit_arr.is_some() {
        let (recurring, average) = (show(totals.tcv - totals.once), show(totals.acv));
        let over = words::divisor(quote.deal.length());
        let before = words::before_rounding(quote);
        lines.push(format!("Average per year: {recurring} / {over} = {average}, rounded{before}"));
    }
    lines
}
