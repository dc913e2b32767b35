//! Guardrails that no deal goes beyond.

use crate::answer::book_check::BookUnderCheck;
use crate::answer::book_check::deepest::can_exceed;
use crate::book::{Guardrail, GuardrailMeasure};
use crate::number::Years;

/// Why no deal that anybody can grant goes beyond a guardrail, if none does.
pub(super) fn unreached(
    case: &BookUnderCheck<'_>,
    place: usize,
    guardrail: &Guardrail,
) -> Option<String> {
    let others = case.book.guardrails.iter().enumerate();
    let mut others = others.filter(|(other, _)| *other != place);
    let refused = others.find(|(other, it)| it.refuse && is_before(it, guardrail, *other < place));
    let what = match guardrail.measure {
        GuardrailMeasure::Discount(most) => format!("more than {most} off list"),
        GuardrailMeasure::Acv(most) => format!("ACV of more than {}", case.show(most)),
        GuardrailMeasure::Tcv(most) => format!("TCV of more than {}", case.show(most)),
        GuardrailMeasure::Term(most) => format!("terms of more than {most} years"),
    };
    let why = match (refused, guardrail.measure) {
        (Some((_, other)), _) => format!("{} refuses that", other.rule.id),
        (None, GuardrailMeasure::Discount(most)) if !can_exceed(case, most) => {
            "no deal can be given that".to_owned()
        }
        (None, GuardrailMeasure::Term(most)) if longest(case) <= most.into() => {
            "no such term is sold".to_owned()
        }
        _ => return None,
    };
    Some(format!("{} is for {what}, and {why}", guardrail.rule.id))
}

/// Whether a guardrail refuses all that goes beyond another one.
fn is_before(one: &Guardrail, other: &Guardrail, is_first: bool) -> bool {
    let (is_less, is_same) = match (one.measure, other.measure) {
        (GuardrailMeasure::Discount(one), GuardrailMeasure::Discount(other)) => {
            (one < other, one == other)
        }
        (GuardrailMeasure::Acv(one), GuardrailMeasure::Acv(other))
        | (GuardrailMeasure::Tcv(one), GuardrailMeasure::Tcv(other)) => (one < other, one == other),
        (GuardrailMeasure::Term(one), GuardrailMeasure::Term(other)) => (one < other, one == other),
        _ => (false, false),
    };
    is_less || is_same && (!other.refuse || is_first)
}

/// The longest term that is sold.
fn longest(case: &BookUnderCheck<'_>) -> u64 {
    let range = case.book.terms.as_ref().and_then(|(range, _)| range.to());
    range.unwrap_or(Years::MAX).min(Years::MAX)
}
