//! What a strategic program still wants from the customer, or from the deal file.

use super::Notice;
use crate::approve::{PricedDeal, Verdict};
use crate::book::{PricePeriod, Program};
use crate::number::Money;
use crate::price::committed;

pub(super) fn advise(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for claim in case.deal.claims.iter().filter(|claim| case.has_effect(claim)) {
        let program = claim.program;
        let missing = claim.missing_duties();
        if !missing.is_empty() && !program.duties_required {
            let message = format!(
                "{} asks for {}, and the deal does not promise that",
                program.title,
                missing.join(", ")
            );
            notices.push(Notice::warning("duty-missing", message, &program.rule));
        }
        if let (Some(count), Some(limit)) = (claim.count, program.limit)
            && count > limit
        {
            let message = format!(
                "{} is for {limit} customers, and this would be number {count}",
                program.title
            );
            notices.push(Notice::warning("program-limit", message, &program.rule));
        }
        if let Some(floor) = program.arr_above {
            estimated(case, floor, program, notices);
        }
        if case.deal.incumbent().is_none() && !program.incumbents.is_empty() {
            let message = format!(
                "{} is for {}, and the deal does not name the incumbent",
                program.title,
                program.incumbents.join(" or ")
            );
            notices.push(Notice::warning("incumbent-not-stated", message, &program.rule));
        }
    }
}

/// ARR that is enough only with use that nobody has committed to.
fn estimated(
    case: &PricedDeal<'_, '_>,
    floor: Money,
    program: &Program,
    notices: &mut Vec<Notice>,
) {
    let lines = case.deal.lines.iter().zip(&case.pricing.lines);
    let certain = lines.filter_map(|(line, priced)| match line.metric.price_period {
        PricePeriod::Hour { .. } => {
            let least = committed(case.deal, line, line.segments.last()?);
            Some(least.map_or(Money::ZERO, |least| least.annual_before_programs))
        }
        PricePeriod::Year | PricePeriod::Once { .. } => {
            Some(priced.segments.last()?.annual_before_programs)
        }
    });
    let (certain, arr) = (certain.sum::<Money>(), case.pricing.totals.arr_before_programs);
    if certain <= floor && arr > floor {
        let message = format!(
            "{} is for ARR above {}, and {} of {} is an estimate of use",
            program.title,
            case.show(floor),
            case.show(arr - certain),
            case.show(arr)
        );
        notices.push(Notice::warning("arr-estimated", message, &program.rule));
    }
}
