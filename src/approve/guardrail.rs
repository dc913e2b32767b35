//! The book's own rules on a whole quote.

use super::{Case, Clerk};
use crate::book::Measure;
use crate::value::{Money, Share};

pub(super) fn judge<'b>(case: &Case<'_, 'b>, clerk: &mut dyn Clerk<'b>) {
    let totals = &case.pricing.totals;
    // What is charged for services has no discount, and takes nothing from that of the lines.
    let lines = &case.pricing.lines;
    let list: Money = lines.iter().map(|line| line.list_tcv).sum();
    let net: Money = lines.iter().map(|line| line.tcv).sum();
    let length = case.deal.length();
    for guardrail in &case.deal.book.guardrails {
        let is_beyond = match guardrail.measure {
            // Compared as amounts, not as a rounded percentage.
            Measure::Discount(most) => list - net > most.of(list),
            Measure::Acv(most) => totals.tcv - totals.once > most * case.deal.term,
            Measure::Tcv(most) => totals.tcv > most,
            Measure::Term(most) => length.years_begun() > most,
        };
        if !is_beyond {
            continue;
        }
        let found = match guardrail.measure {
            Measure::Discount(most) => {
                format!("{} off list, more than {most}", Share::off(list, net))
            }
            Measure::Acv(most) => {
                format!("ACV of {}, more than {}", case.show(totals.acv), case.show(most))
            }
            Measure::Tcv(most) => {
                format!("TCV of {}, more than {}", case.show(totals.tcv), case.show(most))
            }
            Measure::Term(most) => format!("term of {length}, more than {most}"),
        };
        let reason = format_args!("{} ({found})", guardrail.reason);
        if guardrail.refuse {
            clerk.refuse(&guardrail.rule, reason);
        }
        clerk.require(&guardrail.ask, &guardrail.rule, reason);
    }
}
