//! Notes and warnings of a value analysis.

use super::claims::JudgedClaim;
use super::comparison::AlternativeComparison;
use super::costs::CountedCosts;
use super::horizon::Horizon;
use crate::book::{Cost, Rule};
use crate::quote::Quote;
use crate::quote::notice::{Notice, kinds};

pub(super) fn notices(
    quote: &Quote<'_, '_>,
    horizon: &Horizon,
    own: &CountedCosts<'_>,
    against: &[AlternativeComparison<'_>],
    claims: &[JudgedClaim<'_>],
) -> Vec<Notice> {
    let mut notices = Vec::new();
    notices.extend(own.idle.iter().map(|cost| idle("own costs", cost)));
    for it in against {
        of_alternative(quote, it, &mut notices);
    }
    for claim in claims.iter().filter(|claim| !claim.holds()) {
        let text = claim.claim.text.as_deref().map(|text| format!(": \"{text}\""));
        let message = format!(
            "the figures do not support the claim against {}{}",
            claim.claim.against.title,
            text.unwrap_or_default()
        );
        let rule = Rule { id: "claim".to_owned(), source: claim.claim.source.clone() };
        notices.push(Notice::new(&kinds::CLAIM_DOES_NOT_HOLD, message, &rule));
    }
    let mut note = |kind, message: &str| notices.push(Notice::new(kind, message.to_owned(), None));
    if horizon.is_beyond() {
        note(
            &kinds::AFTER_THE_CONTRACT,
            "years after the contract are assumed to cost as much as its last year, paid at the \
             beginning of each year",
        );
    }
    if !horizon.is_dated {
        note(
            &kinds::NO_START,
            "the deal has no start date: the contract is assumed to start on the day of the quote",
        );
    }
    let lines = quote.deal.lines();
    if lines.iter().any(|line| line.metric().is_metered()) {
        note(
            &kinds::ESTIMATE,
            "the price depends on usage: these figures use the average that the deal expects",
        );
    }
    notices
}

/// Warns of a figure by units that no line of the deal counts.
fn idle(side: &str, cost: &Cost) -> Notice {
    let per = cost.per.as_ref().map(ToString::to_string).unwrap_or_default();
    let message = format!(
        "{side}: {} is per \"{per}\", and no line of the deal has that unit: the cost is left out",
        cost.title
    );
    Notice::new(&kinds::COST_NOT_COUNTED, message, &cost.rule)
}

fn of_alternative(
    quote: &Quote<'_, '_>,
    it: &AlternativeComparison<'_>,
    notices: &mut Vec<Notice>,
) {
    let (title, rule) = (it.alternative.title.as_str(), &it.alternative.rule);
    notices.extend(it.costs.idle.iter().map(|cost| idle(title, cost)));
    if it.costs.counted.is_empty() {
        let message =
            format!("the costs of {title} are not known: add [[alternative.cost]] to the deal");
        return notices.push(Notice::new(&kinds::NO_COSTS, message, rule));
    }
    for line in &it.costs.uncounted {
        let units = &quote.deal.lines()[*line].metric().units;
        let message = format!(
            "line {} counts on our side only: {title} has no cost per unit of {units}",
            line + 1
        );
        notices.push(Notice::new(&kinds::LINE_NOT_COUNTED, message, rule));
    }
    for counted in it.costs.counted.iter().filter(|counted| counted.cost.assumed) {
        let message =
            format!("{title}: {} is assumed: the playbook does not give it", counted.cost.title);
        notices.push(Notice::new(&kinds::ASSUMED_COST, message, &counted.cost.rule));
    }
    if let Some(payback) = it.payback.filter(|it| it.lasting > it.first) {
        let message = format!(
            "{title}: later invoices put the customer behind again after month {}; the customer \
             is ahead for the rest of the period from month {}",
            payback.first, payback.lasting
        );
        notices.push(Notice::new(&kinds::PAYBACK_AGAIN, message, rule));
    }
}
