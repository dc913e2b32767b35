//! The steps of a waterfall.

use crate::number::{Currency, Rate, Share};
use crate::price::{StepSource, WaterfallStep};
use crate::text::source::Place;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct WaterfallStepJson<'a> {
    step: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    program: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    base: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rate: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<String>,
    /// How far an agreed price lies below policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    implied_discount: Option<String>,
    unit_price: String,
    rule: &'a str,
    source: &'a Place,
}

impl<'a> WaterfallStepJson<'a> {
    pub(crate) fn of(currency: &Currency, step: &'a WaterfallStep<'_>) -> Self {
        let plain = |amount| currency.plain(amount);
        let is_list = matches!(step.grant, StepSource::List(_));
        let changes = |text: String| (!is_list).then_some(text);
        let program = match step.grant {
            StepSource::Program(program) | StepSource::Floor(program) => Some(program.name()),
            _ => None,
        };
        Self {
            step: step.name,
            program,
            base: changes(plain(step.base)),
            rate: step.rate.map(Rate::plain),
            amount: changes(plain(step.amount)),
            implied_discount: matches!(step.grant, StepSource::Negotiated)
                .then(|| Share::off(step.base, step.price).plain()),
            unit_price: plain(step.price),
            rule: &step.rule.id,
            source: &step.rule.source,
        }
    }
}
