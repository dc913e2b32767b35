//! Contract clauses that somebody has to agree to, or nobody can.

use super::{Case, Verdict};
use crate::book::Class;

pub(super) fn judge(case: &Case<'_, '_>, verdict: &mut Verdict) {
    for clause in case.deal.clauses.iter().map(|asked| asked.clause) {
        let why = clause.reason.as_deref().map(|reason| format!(": {reason}"));
        let said = format_args!("{}{}", clause.title, why.unwrap_or_default());
        if clause.class == Class::Never {
            verdict.refuse(&clause.rule, said);
        } else {
            verdict.require(&clause.ask, &clause.rule, said);
        }
    }
}
