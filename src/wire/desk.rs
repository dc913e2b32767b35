//! `dealdesk.desk/1`: the pipeline. Money and rates are texts in plain decimal.

use super::book::BookWire;
use super::check::{JudgedWire, SumWire};
use crate::check::{Checked, Judged};
use crate::desk::{Pipeline, Queue, WaitsFor};
use serde::Serialize;

/// The pipeline of a folder that is called `input`, as JSON, indented, with a line break at its end.
#[must_use]
pub fn to_json(pipeline: &Pipeline<'_, '_, '_>, input: &str) -> String {
    super::pretty(&Wire::of(pipeline, input))
}

#[derive(Serialize)]
struct Wire<'a> {
    schema: &'static str,
    input: &'a str,
    date: String,
    price_book: BookWire<'a>,
    /// All that could be read, shown or not.
    read: usize,
    tcv: Vec<SumWire<'a>>,
    /// Those that were looked for, in the order that was asked for.
    deals: Vec<DealWire<'a>>,
    queues: Vec<QueueWire<'a>>,
    unreadable: Vec<UnreadWire<'a>>,
}

impl<'a> Wire<'a> {
    fn of(pipeline: &'a Pipeline<'_, '_, '_>, input: &'a str) -> Self {
        let check = pipeline.check;
        Self {
            schema: "dealdesk.desk/1",
            input,
            date: check.day.to_string(),
            price_book: BookWire::of(check.book),
            read: check.judged().count(),
            tcv: SumWire::all(&pipeline.worth().tcv),
            deals: pipeline.deals.iter().map(|judged| DealWire::of(pipeline, judged)).collect(),
            queues: pipeline.queues.iter().map(|queue| QueueWire::of(pipeline, queue)).collect(),
            unreadable: check.deals.iter().filter_map(UnreadWire::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct DealWire<'a> {
    name: &'a str,
    /// 0 on the last day; `null` of a quote that has expired.
    days_left: Option<u32>,
    #[serde(flatten)]
    judged: JudgedWire<'a>,
}

impl<'a> DealWire<'a> {
    fn of(pipeline: &Pipeline<'_, '_, '_>, judged: &'a Judged<'_, '_>) -> Self {
        let days_left = pipeline.days_left(judged);
        Self { name: judged.name, days_left, judged: JudgedWire::of(judged) }
    }
}

#[derive(Serialize)]
struct QueueWire<'a> {
    /// `customer`, `approval`, `review`, `change` or `quote`.
    waits_for: &'static str,
    /// Which level or review.
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<&'a str>,
    tcv: Vec<SumWire<'a>>,
    deals: Vec<&'a str>,
}

impl<'a> QueueWire<'a> {
    fn of(pipeline: &'a Pipeline<'_, '_, '_>, queue: &'a Queue<'_, '_, '_>) -> Self {
        let (waits_for, who) = match queue.waits_for {
            WaitsFor::Customer => ("customer", None),
            WaitsFor::Level(level) => ("approval", Some(pipeline.check.book.ladder().name(level))),
            WaitsFor::Review(review) => ("review", Some(review)),
            WaitsFor::Change => ("change", None),
            WaitsFor::Quote => ("quote", None),
        };
        let deals = queue.deals.iter().map(|judged| judged.name).collect();
        Self { waits_for, who, tcv: SumWire::all(&queue.worth().tcv), deals }
    }
}

#[derive(Serialize)]
struct UnreadWire<'a> {
    name: &'a str,
    errors: &'a [String],
}

impl<'a> UnreadWire<'a> {
    fn of(deal: &'a Checked<'_, '_>) -> Option<Self> {
        Some(Self { name: deal.name, errors: deal.outcome.as_ref().err().copied()? })
    }
}
