//! What a deal does to its partner.

use super::Notice;
use crate::approve::{PricedDeal, Verdict};
use crate::book::{Channel, Metric, PriceBasis, PricePeriod};
use crate::number::Money;
use crate::price::StepSource;
use crate::quote::channel::{PartnerDeal, Resale, ResoldSegment, partner_deal};

pub(super) fn advise(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    let Some(partner) = &case.deal.partner else { return };
    let channel = partner.channel;
    match partner_deal(case.deal, case.pricing) {
        Some(PartnerDeal::Resale(resale)) => {
            losses(case, channel, &resale, notices);
            floors(case, channel, &resale, notices);
        }
        Some(PartnerDeal::RevenueSplit(split)) => {
            let message = format!(
                "the partner pays {} a year, estimated from its revenue; the price of the lines is \
                 what it would pay without {}",
                case.show(split.ours),
                channel.title
            );
            notices.push(Notice::note("revenue-share", message, &channel.rule));
        }
        None => {}
    }
    if channel.assumed {
        let message =
            format!("the terms of {} are assumed: the playbook does not give them", channel.title);
        notices.push(Notice::warning("assumed-figure", message, &channel.rule));
    }
}

/// A rate off list can leave the partner a price above the customer's.
fn losses(
    case: &PricedDeal<'_, '_>,
    channel: &Channel,
    resale: &Resale,
    notices: &mut Vec<Notice>,
) {
    for (at, (line, resold)) in case.deal.lines.iter().zip(&resale.lines).enumerate() {
        let priced = &case.pricing.lines[at].segments;
        for ((segment, priced), resold) in line.segments.iter().zip(priced).zip(resold) {
            if resold.margin.is_negative() {
                let count = line.metric.count(segment.quantity);
                let each = each(line.metric, priced.list.basis);
                let message = format!("{count}: {}", loss(case, resold, priced.tcv(), &each));
                notices.push(Notice::warning("partner-margin-negative", message, &channel.rule));
            }
        }
    }
}

/// A floor is the least that the customer pays; what is left of it for us can be less.
fn floors(
    case: &PricedDeal<'_, '_>,
    channel: &Channel,
    resale: &Resale,
    notices: &mut Vec<Notice>,
) {
    let segments = case.pricing.lines.iter().flat_map(|line| &line.segments);
    for (priced, resold) in segments.zip(resale.lines.iter().flatten()) {
        let floor = priced.waterfall.steps().iter().find_map(|step| match step.grant {
            StepSource::Floor(program) => program.floor,
            _ => None,
        });
        if let Some(floor) = floor.filter(|floor| resold.charges.annual < *floor) {
            let message = format!(
                "the customer pays the floor of {} a year, and of that the partner pays us {}",
                case.show(floor),
                case.show(resold.charges.annual)
            );
            notices.push(Notice::warning("partner-below-floor", message, &channel.rule));
        }
    }
}

/// "a socket", as in a price of so much a socket.
fn each(metric: &Metric, basis: PriceBasis) -> String {
    let (one, many) = &metric.unit;
    match (basis, metric.price_period) {
        (PriceBasis::Unit, _) => format!("a {one}"),
        (PriceBasis::Package(size), _) => format!("a package of {size} {many}"),
        (PriceBasis::Line, PricePeriod::Year) => "a year".to_owned(),
        (PriceBasis::Line, PricePeriod::Hour { .. }) => "an hour".to_owned(),
        (PriceBasis::Line, PricePeriod::Once { .. }) => "once".to_owned(),
    }
}

fn loss(case: &PricedDeal<'_, '_>, resold: &ResoldSegment, customer: Money, each: &str) -> String {
    let below_zero = |amount: Money| case.show(Money::ZERO - amount);
    format!(
        "the partner pays {} {each} and its customer {}, so it loses {} {each}, {} over {}",
        case.show(resold.price),
        case.show(resold.price + resold.margin),
        below_zero(resold.margin),
        below_zero(customer - resold.tcv()),
        resold.length
    )
}
