//! Notices about programs: duties that are not promised, limits, and incumbents that are not named.

use super::{Notice, kinds};
use crate::approve::{PricedDeal, Verdict};
use crate::book::Program;

/// Warns about a program whose duties, limit or incumbent is not settled. Lighthouse customers promise a
/// reference, a case study and a press release (playbook L1790, L1846).
pub(super) fn program(case: &PricedDeal<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for claim in case.deal.claims.iter().filter(|claim| case.has_effect(claim)) {
        let Program { title, rule, .. } = claim.program;
        let missing = claim.missing_duties().join(", ");
        if !missing.is_empty() && !claim.program.duties_required {
            let message = format!("{title} needs {missing}, and the deal does not promise that");
            notices.push(Notice::new(&kinds::DUTY_MISSING, message, rule));
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
            notices.push(Notice::new(&kinds::FIRST_IN_NOT_NAMED, message, rule));
        }
        if let (Some(count), Some(limit)) = (claim.count, claim.program.limit)
            && count > limit
        {
            let message =
                format!("{title} is for {limit} customers, and this one would be number {count}");
            notices.push(Notice::new(&kinds::PROGRAM_LIMIT, message, rule));
        }
        let known = claim.program.incumbents.join(" or ");
        if case.deal.incumbent().is_none() && !known.is_empty() {
            let message =
                format!("{title} is for {known}, and the deal does not name the incumbent");
            notices.push(Notice::new(&kinds::INCUMBENT_NOT_STATED, message, rule));
        }
    }
}
