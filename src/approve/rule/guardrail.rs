//! The book's own rules on a whole quote.

use crate::approve::{PricedDeal, Verdict, VerdictSink};
use crate::book::{Guardrail, GuardrailMeasure, PriceBook};
use crate::number::{Money, Share, Total};

pub(crate) fn judge<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
    let totals = &case.pricing.totals;
    // What is charged for services has no discount, and takes nothing from that of the lines.
    let lines = &case.pricing.lines;
    let list: Money = lines.iter().map(|line| line.list_tcv).sum();
    let net: Money = lines.iter().map(|line| line.tcv).sum();
    let length = case.deal.length();
    for guardrail in &case.deal.book.guardrails {
        let is_beyond = match guardrail.measure {
            // Compared as amounts, not as a rounded percentage.
            GuardrailMeasure::Discount(most) => list - net > most.of(list),
            GuardrailMeasure::Acv(most) => totals.tcv - totals.once > most * case.deal.term,
            GuardrailMeasure::Tcv(most) => totals.tcv > most,
            GuardrailMeasure::Term(most) => length.years_begun() > most,
        };
        if !is_beyond {
            continue;
        }
        let found = match guardrail.measure {
            GuardrailMeasure::Discount(most) => {
                format!("{} off list, more than {most}", Share::off(list, net))
            }
            GuardrailMeasure::Acv(most) => {
                format!("ACV of {}, more than {}", case.show(totals.acv), case.show(most))
            }
            GuardrailMeasure::Tcv(most) => {
                format!("TCV of {}, more than {}", case.show(totals.tcv), case.show(most))
            }
            GuardrailMeasure::Term(most) => format!("term of {length}, more than {most}"),
        };
        tell(guardrail, &found, clerk);
    }
}

fn tell<'b>(guardrail: &'b Guardrail, found: &str, clerk: &mut dyn VerdictSink<'b>) {
    let reason = format_args!("{} ({found})", guardrail.reason);
    if guardrail.refuse {
        clerk.refuse(&guardrail.rule, reason);
    }
    clerk.require(&guardrail.approval, &guardrail.rule, reason);
}

/// What the rules of a book on ACV and TCV ask for, if the sums of several deals are held against
/// them: all that can be said of deals whose terms differ so much that they cannot be one.
pub fn of_sums(book: &PriceBook, acv: Total, tcv: Total) -> Verdict {
    let mut verdict = Verdict::default();
    for guardrail in &book.guardrails {
        let (what, sum, most) = match guardrail.measure {
            GuardrailMeasure::Acv(most) => ("ACV", acv, most),
            GuardrailMeasure::Tcv(most) => ("TCV", tcv, most),
            GuardrailMeasure::Discount(_) | GuardrailMeasure::Term(_) => continue,
        };
        if sum > most.into() {
            let (sum, most) = (book.currency.show_total(sum), book.currency.show(most));
            tell(guardrail, &format!("{what} of {sum} in all, more than {most}"), &mut verdict);
        }
    }
    verdict
}
