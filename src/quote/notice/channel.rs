//! Notices about the partner of a deal.

use super::{Notice, each, kinds};
use crate::approve::{PricedDeal, Verdict};
use crate::book::{Channel, Rule};
use crate::number::Money;
use crate::price::{PartnerDeal, Resale, StepSource, partner_deal};

/// Warns about a partner that loses money, pays less than a floor or has no name, and notes an estimated revenue
/// share.
pub(super) fn channel(case: &PricedDeal<'_, '_>, verdict: &Verdict, notices: &mut Vec<Notice>) {
    let Some(partner) = &case.deal.partner else { return };
    let Channel { title, rule, assumed, .. } = partner.channel;
    if !partner.states_name() {
        let message = "the deal does not name its partner: it could be the customer itself";
        notices.push(Notice::new(&kinds::PARTNER_NOT_NAMED, message.to_owned(), rule));
    }
    match partner_deal(case.deal, case.pricing) {
        Some(PartnerDeal::Resale(resale)) => {
            losses(case, rule, &resale, notices);
            floors(case, rule, &resale, notices);
        }
        Some(PartnerDeal::RevenueSplit(split)) => {
            let message = format!(
                "the partner pays {} per year, estimated from its revenue; the prices of the \
                 lines apply only without {title}",
                case.show(split.ours)
            );
            notices.push(Notice::new(&kinds::REVENUE_SHARE, message, rule));
        }
        None => {}
    }
    let is_asked = || verdict.required.iter().any(|required| required.rule == *rule);
    if partner.channel.approval_assumed && is_asked() {
        let message = format!("the approval for {title} is assumed: the playbook does not give it");
        notices.push(Notice::new(&kinds::ASSUMED_FIGURE, message, rule));
    }
    if *assumed {
        let message = format!("the terms of {title} are assumed: the playbook does not give them");
        notices.push(Notice::new(&kinds::ASSUMED_FIGURE, message, rule));
    }
}

/// Warns where the partner pays more than its customer: a rate off list can do that.
fn losses(case: &PricedDeal<'_, '_>, rule: &Rule, resale: &Resale<'_>, notices: &mut Vec<Notice>) {
    let below_zero = |amount: Money| case.show(Money::ZERO - amount);
    for (line, resold) in case.pricing.lines.iter().zip(&resale.lines) {
        let metric = line.line.metric;
        for (priced, resold) in line.segments.iter().zip(resold) {
            if !resold.margin.is_negative() {
                continue;
            }
            let count = metric.count(priced.segment.quantity);
            let each = each(metric, priced.list.basis);
            let (price, customer) = (case.show(resold.price), case.show(priced.net()));
            let (lost, all) = (below_zero(resold.margin), below_zero(priced.tcv() - resold.tcv()));
            let message = format!(
                "{count}: the partner pays {price} {each} and its customer {customer}: the partner \
                 loses {lost} {each}, {all} over {}",
                resold.length
            );
            notices.push(Notice::new(&kinds::PARTNER_MARGIN_NEGATIVE, message, rule));
        }
    }
}

/// Warns where the floor of a program is paid by the customer and less than it reaches us.
fn floors(case: &PricedDeal<'_, '_>, rule: &Rule, resale: &Resale<'_>, notices: &mut Vec<Notice>) {
    let segments = case.pricing.lines.iter().flat_map(|line| &line.segments);
    for (priced, resold) in segments.zip(resale.lines.iter().flatten()) {
        let floor = priced.waterfall.steps.iter().find_map(|step| match step.grant {
            StepSource::Floor(program) => program.floor,
            _ => None,
        });
        let ours = resold.charges.annual;
        if let Some(floor) = floor.filter(|floor| ours < *floor) {
            let message = format!(
                "the customer pays the floor of {} per year, and the partner pays us {} of it",
                case.show(floor),
                case.show(ours)
            );
            notices.push(Notice::new(&kinds::PARTNER_BELOW_FLOOR, message, rule));
        }
    }
}
