//! A line that changed, year by year and step by step.

use super::FactChangeJson;
use super::sides::{AmountChangeJson, ChangeJson, MinorUnits};
use crate::answer::deal_diff::{Change, LineChange, SegmentChange};
use crate::number::Rate;
use crate::price::{StepSource, WaterfallStep};
use crate::text::source::Place;
use serde::Serialize;

#[derive(Serialize)]
pub(crate) struct LineChangeJson<'a> {
    metric: &'a str,
    status: &'static str,
    list_tcv: AmountChangeJson,
    tcv: AmountChangeJson,
    facts: Vec<FactChangeJson<'a>>,
    parts: Vec<SegmentChangeJson<'a>>,
}

impl<'a> LineChangeJson<'a> {
    pub(crate) fn of(line: &'a LineChange<'a, 'a>, coins: MinorUnits) -> Self {
        Self {
            metric: line.bought.latest().map(|it| it.line.metric().name()).unwrap_or_default(),
            status: status(&line.bought),
            list_tcv: AmountChangeJson::of_money(line.list_tcv(), coins),
            tcv: AmountChangeJson::of_money(line.tcv(), coins),
            facts: line.facts.iter().map(FactChangeJson::of).collect(),
            parts: line.parts.iter().map(|part| SegmentChangeJson::of(part, coins)).collect(),
        }
    }
}

/// Returns `added`, `removed` or `changed`.
fn status<T>(change: &Change<T>) -> &'static str {
    match (&change.old, &change.new) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    }
}

#[derive(Serialize)]
struct SegmentChangeJson<'a> {
    /// The first and the last year, where years differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    years: Option<(u32, u32)>,
    edition: ChangeJson<&'a str>,
    quantity: ChangeJson<String>,
    list_unit_price: AmountChangeJson,
    net_unit_price: AmountChangeJson,
    annual: AmountChangeJson,
    /// Contract value of these years.
    tcv: AmountChangeJson,
    steps: Vec<StepChangeJson<'a>>,
}

impl<'a> SegmentChangeJson<'a> {
    fn of(part: &'a SegmentChange<'a, 'a>, coins: MinorUnits) -> Self {
        let segment = &part.segment;
        Self {
            years: part.years,
            edition: ChangeJson::of(segment.and_then(|(_, it)| it.list.tier.edition.as_deref())),
            quantity: ChangeJson::of(segment.map(|(it, _)| it.expected().to_string())),
            list_unit_price: AmountChangeJson::of_money(
                segment.map(|(_, it)| it.list.price),
                coins,
            ),
            net_unit_price: AmountChangeJson::of_money(segment.map(|(_, it)| it.net()), coins),
            annual: AmountChangeJson::of_money(segment.map(|(_, it)| it.at_net.annual), coins),
            tcv: AmountChangeJson::of_money(part.tcv, coins),
            steps: part.steps.iter().map(|step| StepChangeJson::of(step, coins)).collect(),
        }
    }
}

#[derive(Serialize)]
struct StepChangeJson<'a> {
    step: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    program: Option<&'a str>,
    status: &'static str,
    rate: ChangeJson<String>,
    amount: AmountChangeJson,
    unit_price: AmountChangeJson,
    source: ChangeJson<&'a Place>,
}

impl<'a> StepChangeJson<'a> {
    fn of(step: &Change<&'a WaterfallStep<'a>>, coins: MinorUnits) -> Self {
        let program = |step: &&'a WaterfallStep<'a>| match step.grant {
            StepSource::Program(program) | StepSource::Floor(program) => {
                Some(program.name.as_str())
            }
            _ => None,
        };
        Self {
            step: step.latest().map(|it| it.name).unwrap_or_default(),
            program: step.latest().and_then(program),
            status: status(step),
            rate: ChangeJson::of(step.and_then(|it| it.rate).map(|rate: &Rate| rate.plain())),
            amount: AmountChangeJson::of_money(step.map(|it| it.amount), coins),
            unit_price: AmountChangeJson::of_money(step.map(|it| it.price), coins),
            source: ChangeJson::of(step.map(|it| &it.rule.source)),
        }
    }
}
