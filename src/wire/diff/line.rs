//! A line that changed, year by year and step by step.

use super::FactWire;
use super::sides::{AmountWire, Coins, SidesWire};
use crate::diff::{Change, LineChange, PartChange};
use crate::price::{Grant, Step};
use crate::source::Place;
use crate::value::Rate;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct LineWire<'a> {
    metric: &'a str,
    status: &'static str,
    list_tcv: AmountWire,
    tcv: AmountWire,
    facts: Vec<FactWire<'a>>,
    parts: Vec<PartWire<'a>>,
}

impl<'a> LineWire<'a> {
    pub(super) fn of(line: &'a LineChange<'a, 'a>, coins: Coins) -> Self {
        Self {
            metric: line.bought.latest().map(|it| it.line.metric().name()).unwrap_or_default(),
            status: status(&line.bought),
            list_tcv: AmountWire::of_money(line.list_tcv(), coins),
            tcv: AmountWire::of_money(line.tcv(), coins),
            facts: line.facts.iter().map(FactWire::of).collect(),
            parts: line.parts.iter().map(|part| PartWire::of(part, coins)).collect(),
        }
    }
}

/// What became of something that changed.
fn status<T>(change: &Change<T>) -> &'static str {
    match (&change.old, &change.new) {
        (None, _) => "added",
        (_, None) => "removed",
        _ => "changed",
    }
}

#[derive(Serialize)]
struct PartWire<'a> {
    /// The first and the last year, where years differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    years: Option<(u32, u32)>,
    edition: SidesWire<&'a str>,
    quantity: SidesWire<String>,
    list_unit_price: AmountWire,
    net_unit_price: AmountWire,
    annual: AmountWire,
    /// What these years add to the contract.
    tcv: AmountWire,
    steps: Vec<StepWire<'a>>,
}

impl<'a> PartWire<'a> {
    fn of(part: &'a PartChange<'a, 'a>, coins: Coins) -> Self {
        let segment = &part.segment;
        Self {
            years: part.years,
            edition: SidesWire::of(segment.and_then(|(_, it)| it.list.tier.edition.as_deref())),
            quantity: SidesWire::of(segment.map(|(it, _)| it.expected().to_string())),
            list_unit_price: AmountWire::of_money(segment.map(|(_, it)| it.list.price), coins),
            net_unit_price: AmountWire::of_money(segment.map(|(_, it)| it.net()), coins),
            annual: AmountWire::of_money(segment.map(|(_, it)| it.at_net.annual), coins),
            tcv: AmountWire::of_money(part.tcv, coins),
            steps: part.steps.iter().map(|step| StepWire::of(step, coins)).collect(),
        }
    }
}

#[derive(Serialize)]
struct StepWire<'a> {
    step: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    program: Option<&'a str>,
    status: &'static str,
    rate: SidesWire<String>,
    amount: AmountWire,
    unit_price: AmountWire,
    source: SidesWire<&'a Place>,
}

impl<'a> StepWire<'a> {
    fn of(step: &Change<&'a Step<'a>>, coins: Coins) -> Self {
        let program = |step: &&'a Step<'a>| match step.grant {
            Grant::Program(program) | Grant::Floor(program) => Some(program.name.as_str()),
            _ => None,
        };
        Self {
            step: step.latest().map(|it| it.name).unwrap_or_default(),
            program: step.latest().and_then(program),
            status: status(step),
            rate: SidesWire::of(step.and_then(|it| it.rate).map(|rate: &Rate| rate.plain())),
            amount: AmountWire::of_money(step.map(|it| it.amount), coins),
            unit_price: AmountWire::of_money(step.map(|it| it.price), coins),
            source: SidesWire::of(step.map(|it| &it.rule.source)),
        }
    }
}
