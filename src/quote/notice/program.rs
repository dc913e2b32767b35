//! Notices about programs: duties that are not promised, limits, and ARR that is an estimate.

use super::Notice;
use crate::approve::{PricedDeal, Verdict};
use crate::book::{PricePeriod, Program};
use crate::number::Money;
use crate::price::committed;

/// Warns about a program whose duties, limit, ARR or incumbent is not settled. Lighthouse customers promise a
/// reference, a case study and a press release (playbook L1790, L1846).
pub(super) fn program(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for claim in case.deal.claims.iter().filter(|claim| case.has_effect(claim)) {
        let Program { title, rule, .. } = claim.program;
        let missing = claim.missing_duties().join(", ");
        if !missing.is_empty() && !claim.program.duties_required {
            let message = format!("{title} needs {missing}, and the deal does not promise that");
            notices.push(Notice::warning("duty-missing", message, rule));
        }
        if let (Some(count), Some(limit)) = (claim.count, claim.program.limit)
            && count > limit
        {
            let message =
                format!("{title} is for {limit} customers, and this one would be number {count}");
            notices.push(Notice::warning("program-limit", message, rule));
        }
        if let Some(floor) = claim.program.arr_above {
            estimated(case, floor, claim.program, notices);
        }
        let known = claim.program.incumbents.join(" or ");
        if case.deal.incumbent().is_none() && !known.is_empty() {
            let message =
                format!("{title} is for {known}, and the deal does not name the incumbent");
            notices.push(Notice::warning("incumbent-not-stated", message, rule));
        }
    }
}

/// Warns where the ARR is large enough for a program only with use that the customer does not commit to.
fn estimated(
    case: &PricedDeal<'_, '_>,
    floor: Money,
    program: &Program,
    notices: &mut Vec<Notice>,
) {
    let lines = case.pricing.lines.iter().enumerate();
    let certain = lines.filter_map(|(at, bought)| {
        let last = bought.segments.last()?;
        Some(match bought.line.metric.price_period {
            PricePeriod::Hour { .. } => {
                let least = committed(case.deal, at, bought.segments.len() - 1);
                least.map_or(Money::ZERO, |least| least.annual_before_programs)
            }
            PricePeriod::Year | PricePeriod::Once { .. } => last.annual_before_programs,
        })
    });
    let (certain, arr) = (certain.sum::<Money>(), case.pricing.totals.arr_before_programs);
    if certain <= floor && arr > floor {
        let (floor, estimate, arr) = (case.show(floor), case.show(arr - certain), case.show(arr));
        let message = format!(
            "{} is for ARR above {floor}, and {estimate} of {arr} is an estimate of use",
            program.title
        );
        notices.push(Notice::warning("arr-estimated", message, &program.rule));
    }
}
