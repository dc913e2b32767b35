//! What a strategic program still wants from the customer, or from the deal file.

use super::Notice;
use crate::approve::{Case, Verdict};

pub(super) fn advise(case: &Case<'_, '_>, _: &Verdict, notices: &mut Vec<Notice>) {
    for claim in case.deal.claims.iter().filter(|claim| case.applies(claim)) {
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
        if case.deal.incumbent.is_none() && !program.incumbents.is_empty() {
            let message = format!(
                "{} is for {}, and the deal does not name the incumbent",
                program.title,
                program.incumbents.join(" or ")
            );
            notices.push(Notice::warning("incumbent-not-stated", message, &program.rule));
        }
    }
}
