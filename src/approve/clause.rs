//! Contract clauses that somebody has to agree to, or nobody can.

use super::{Case, Clerk};
use crate::book::Class;

pub(super) fn judge<'b>(case: &Case<'_, 'b>, clerk: &mut dyn Clerk<'b>) {
    for clause in case.deal.clauses.iter().map(|asked| asked.clause) {
        let why = clause.reason.as_deref().map(|reason| format!(": {reason}"));
        let said = format_args!("{}{}", clause.title, why.unwrap_or_default());
        if clause.class == Class::Never {
            clerk.refuse(&clause.rule, said);
        } else {
            clerk.require(&clause.ask, &clause.rule, said);
        }
    }
}
