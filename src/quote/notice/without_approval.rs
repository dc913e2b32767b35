//! The price without the steps that somebody has to approve.

use super::Notice;
use crate::approve::{PricedDeal, Verdict, route};
use crate::book::{DiscountStep, Level};
use crate::deal::DiscountOverride;
use crate::price::{StepSource, price};

pub(super) fn advise(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    // What was agreed is paid, whatever the steps before it say.
    let mut segments = case.deal.lines.iter().flat_map(|line| &line.segments);
    if segments.any(|segment| segment.agreed.is_some()) {
        return;
    }
    let mut deal = case.deal.clone();
    let mut changes: Vec<String> = Vec::new();
    let mut rule = None;
    for discount in case.deal.book.discounts() {
        let asking = asking(case, discount.name());
        let Some(row) = asking.iter().min_by_key(|row| row.rate_without_approval) else { continue };
        deal = deal.with_take(discount, DiscountOverride::Rate(row.rate_without_approval));
        changes.push(format!("{} at {}", discount.title.to_lowercase(), row.rate_without_approval));
        rule.get_or_insert(&row.rule);
    }
    let Some(rule) = rule else { return };
    let pricing = price(&deal);
    let need = if changes.len() == 1 { "needs" } else { "need" };
    let mut message = format!(
        "{} {need} no approval: TCV {}",
        changes.join(" and "),
        case.show(pricing.totals.tcv)
    );
    // Where there is one price, it is what people talk about.
    if let ([line], [priced]) = (case.deal.lines.as_slice(), pricing.lines.as_slice())
        && let [segment] = priced.segments.as_slice()
    {
        let (one, _) = &line.metric.unit;
        message = format!("{message}, {} a {one}", case.show(segment.net()));
    }
    let rest = route(&PricedDeal { deal: &deal, pricing: &pricing }).level();
    if rest > Level::NONE {
        let title = case.deal.book.ladder.title(rest);
        message = format!("{message}; the rest still needs {title} approval");
    }
    notices.push(Notice::note("without-approval", message, rule));
}

/// The rows of a discount that were given, and need somebody's approval.
fn asking<'b>(case: &PricedDeal<'_, 'b>, discount: &str) -> Vec<&'b DiscountStep> {
    let rows =
        case.steps().filter(|step| step.name == discount).filter_map(|step| match step.grant {
            StepSource::Row(row)
                if step.rate.is_some_and(|rate| rate > row.rate_without_approval) =>
            {
                Some(row)
            }
            _ => None,
        });
    rows.filter(|row| row.approval.level > Level::NONE).collect()
}
