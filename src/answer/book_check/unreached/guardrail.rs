//! Guardrails that no deal exceeds.

use super::super::finding::BookUnderCheck;
use super::super::max_discount::can_exceed;
use crate::book::{Guardrail, GuardrailMeasure};
use crate::number::Years;

/// Returns the reason why no deal that a level can grant exceeds a guardrail, if none does.
pub(super) fn unreached(
    check: &BookUnderCheck<'_>,
    place: usize,
    guardrail: &Guardrail,
) -> Option<String> {
    let others = check.book.guardrails.iter().enumerate();
    let mut others = others.filter(|(other, _)| *other != place);
    let refusing = others.find(|(other, it)| it.refuse && covers(it, guardrail, *other < place));
    let limit = match guardrail.measure {
        GuardrailMeasure::Discount(most) => format!("more than {most} off list"),
        GuardrailMeasure::Acv(most) => format!("ACV of more than {}", check.show(most)),
        GuardrailMeasure::Tcv(most) => format!("TCV of more than {}", check.show(most)),
        GuardrailMeasure::Term(most) => format!("terms of more than {most} years"),
    };
    let reason = match (refusing, guardrail.measure) {
        (Some((_, other)), _) => format!("{} refuses such deals", other.rule.id),
        (None, GuardrailMeasure::Discount(most)) if !can_exceed(check, most) => {
            "no deal can have that discount".to_owned()
        }
        (None, GuardrailMeasure::Term(most)) if longest_term(check) <= most.into() => {
            "no such term is sold".to_owned()
        }
        _ => return None,
    };
    Some(format!("{} is for {limit}, and {reason}", guardrail.rule.id))
}

/// Whether a guardrail that refuses leaves no deal for another one.
fn covers(one: &Guardrail, other: &Guardrail, is_first: bool) -> bool {
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

/// The longest term that is sold, in years.
fn longest_term(check: &BookUnderCheck<'_>) -> u64 {
    let range = check.book.terms.as_ref().and_then(|(range, _)| range.to());
    range.unwrap_or(Years::MAX).min(Years::MAX)
}
