//! Contract clauses that somebody has to agree to, or nobody can.

use crate::approve::{PricedDeal, VerdictSink};
use crate::book::ClauseClass;

pub(crate) fn judge<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
    for clause in case.deal.clauses.iter().map(|asked| asked.clause) {
        let why = clause.reason.as_deref().map(|reason| format!(": {reason}"));
        let said = format_args!("{}{}", clause.title, why.unwrap_or_default());
        if clause.class == ClauseClass::Never {
            clerk.refuse(&clause.rule, said);
        } else {
            clerk.require(&clause.approval, &clause.rule, said);
        }
    }
}
