//! The book's own rules on a whole quote.

use super::{Case, Verdict};
use crate::book::Measure;
use crate::value::{Money, Share};

pub(super) fn judge(case: &Case<'_, '_>, verdict: &mut Verdict) {
    let totals = &case.pricing.totals;
    // What is charged for services has no discount, and takes nothing from that of the lines.
    let lines = &case.pricing.lines;
    let list: Money = lines.iter().map(|line| line.list_tcv).sum();
    let net: Money = lines.iter().map(|line| line.tcv).sum();
    let length = case.deal.length();
    for guardrail in &case.deal.book.guardrails {
        let (beyond, found) = match guardrail.measure {
            // Compared as amounts, not as a rounded percentage.
            Measure::Discount(most) => (
                list - net > most.of(list),
                format!("{} off list, more than {most}", Share::off(list, net)),
            ),
            Measure::Acv(most) => (
                totals.tcv - totals.once > most * case.deal.term,
                format!("ACV of {}, more than {}", case.show(totals.acv), case.show(most)),
            ),
            Measure::Tcv(most) => (
                totals.tcv > most,
                format!("TCV of {}, more than {}", case.show(totals.tcv), case.show(most)),
            ),
            Measure::Term(most) => {
                (length.years_begun() > most, format!("term of {length}, more than {most}"))
            }
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
