//! The book's own rules on a whole quote.

use super::{Case, Verdict};
use crate::book::Measure;

pub(super) fn judge(case: &Case<'_, '_>, verdict: &mut Verdict) {
    let totals = &case.pricing.totals;
    for guardrail in &case.deal.book.guardrails {
        let (beyond, found) = match guardrail.measure {
            // Compared as amounts, not as a rounded percentage.
            Measure::Discount(most) => (
                totals.list_tcv - totals.tcv > most.of(totals.list_tcv),
                format!("{} off list, more than {most}", totals.discount),
            ),
            Measure::Acv(most) => (
                totals.tcv - totals.once > most * case.deal.term,
                format!("ACV of {}, more than {}", case.show(totals.acv), case.show(most)),
            ),
            Measure::Tcv(most) => (
                totals.tcv > most,
                format!("TCV of {}, more than {}", case.show(totals.tcv), case.show(most)),
            ),
            Measure::Term(most) => (
                case.deal.term.count() > most,
                format!("term of {}, more than {most}", case.deal.term),
            ),
        };
        if !beyond {
            continue;
        }
        let reason = format!("{} ({found})", guardrail.reason);
        if guardrail.refuse {
            verdict.refuse(&guardrail.rule, reason.clone());
        }
        verdict.require(&guardrail.ask, &guardrail.rule, reason);
    }
}
