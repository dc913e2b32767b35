//! Guardrails that no deal goes beyond.

use crate::book::{Guardrail, Measure};
use crate::findings::Case;
use crate::findings::deepest::can_exceed;
use crate::value::Years;

/// Why no deal that anybody can grant goes beyond a guardrail, if none does.
pub(super) fn unreached(case: &Case<'_>, place: usize, guardrail: &Guardrail) -> Option<String> {
    let others = case.book.guardrails.iter().enumerate();
    let mut others = others.filter(|(other, _)| *other != place);
    let refused = others.find(|(other, it)| it.refuse && is_before(it, guardrail, *other < place));
    let what = match guardrail.measure {
        Measure::Discount(most) => format!("more than {most} off list"),
        Measure::Acv(most) => format!("ACV of more than {}", case.show(most)),
        Measure::Tcv(most) => format!("TCV of more than {}", case.show(most)),
        Measure::Term(most) => format!("terms of more than {most} years"),
    };
    let why = match (refused, guardrail.measure) {
        (Some((_, other)), _) => format!("{} refuses that", other.rule.id),
        (None, Measure::Discount(most)) if !can_exceed(case, most) => {
            "no deal can be given that".to_owned()
        }
        (None, Measure::Term(most)) if longest(case) <= most.into() => {
            "no such term is sold".to_owned()
        }
        _ => return None,
    };
    Some(format!("{} is for {what}, and {why}", guardrail.rule.id))
}

/// Whether a guardrail refuses all that goes beyond another one.
fn is_before(one: &Guardrail, other: &Guardrail, is_first: bool) -> bool {
    let (is_less, is_same) = match (one.measure, other.measure) {
        (Measure::Discount(one), Measure::Discount(other)) => (one < other, one == other),
        (Measure::Acv(one), Measure::Acv(other)) | (Measure::Tcv(one), Measure::Tcv(other)) => {
            (one < other, one == other)
        }
        (Measure::Term(one), Measure::Term(other)) => (one < other, one == other),
        _ => (false, false),
    };
    is_less || is_same && (!other.refuse || is_first)
}

/// The longest term that is sold.
fn longest(case: &Case<'_>) -> u64 {
    let range = case.book.terms.as_ref().and_then(|(range, _)| range.to());
    range.unwrap_or(Years::MAX).min(Years::MAX)
}
