//! Notices about programs: duties that are not promised, limits, and ARR that is an estimate.

use super::Notice;
use crate::approve::{PricedDeal, Verdict};
use crate::book::Program;
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
        let mut named = claim.program.first_in.iter();
        if !claim.program.first_in.is_empty()
            && !named.any(|fact| case.deal.listed_fact(*fact).is_some())
        {
            let facts = claim.program.first_in.iter().map(|fact| {
                let known = case.deal.book.customers.of(*fact).join(", ");
                format!("no {} of the book ({known})", fact.name())
            });
            let facts = facts.collect::<Vec<_>>().join(" and ");
            let message = format!("{title}: the deal names {facts}");
            notices.push(Notice::warning("first-in-not-named", message, rule));
        }
        if let (Some(count), Some(limit)) = (claim.count, claim.program.limit)
            && count > limit
        {
            let message =
                format!("{title} is for {limit} customers, and this one would be number {count}");
            notices.push(Notice::warning("program-limit", message, rule));
        }
        // The ARR may be large enough only with use that the customer does not commit to.
        let arr = case.pricing.totals.arr_before_programs;
        let floor = claim.program.arr_above.filter(|floor| arr > *floor);
        if let Some((floor, certain)) = floor.map(|floor| (floor, certain_arr(case)))
            && certain <= floor
        {
            let amounts = [floor, arr - certain, arr];
            let [floor, estimate, arr] = amounts.map(|amount| case.show(amount));
            let message = format!(
                "{title} is for ARR above {floor}, and {estimate} of {arr} is an estimate of use"
            );
            notices.push(Notice::warning("arr-estimated", message, rule));
        }
        let known = claim.program.incumbents.join(" or ");
        if case.deal.incumbent().is_none() && !known.is_empty() {
            let message =
                format!("{title} is for {known}, and the deal does not name the incumbent");
            notices.push(Notice::warning("incumbent-not-stated", message, rule));
        }
    }
}

/// Returns the ARR before programs without use that nobody commits to.
fn certain_arr(case: &PricedDeal<'_, '_>) -> Money {
    let certain = case.pricing.lines.iter().enumerate().filter_map(|(at, bought)| {
        let last = bought.segments.last()?;
        if bought.line.metric.is_hourly() {
            Some(committed(case.deal, at, bought.segments.len() - 1)?.annual_before_programs)
        } else {
            Some(last.annual_before_programs)
        }
    });
    certain.sum()
}
