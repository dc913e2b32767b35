//! `dealdesk.desk/1`: the pipeline. Money and rates are texts in plain decimal.

use super::check::{CurrencyTotalJson, JudgedDealJson};
use crate::answer::pipeline::desk::{Pipeline, Queue, WaitingOn};
use crate::answer::pipeline::{CheckedDeal, JudgedDeal};
use crate::document::json::Json;
use crate::quote::json::price_book;
use serde::Serialize;

/// The pipeline of a folder that is called `input`, as JSON, indented, with a line break at its
/// end.
pub fn to_json(pipeline: &Pipeline<'_, '_, '_>, input: &str) -> Json {
    crate::document::json::pretty(&PipelineJson::of(pipeline, input))
}

#[derive(Serialize)]
struct PipelineJson<'a> {
    schema: &'static str,
    input: &'a str,
    date: String,
    price_book: Json,
    /// Count of the deals that could be read, shown or not.
    read: usize,
    tcv: Vec<CurrencyTotalJson<'a>>,
    /// Deals that pass the filters, in the order of `--sort`.
    deals: Vec<PipelineDealJson<'a>>,
    queues: Vec<QueueJson<'a>>,
    unreadable: Vec<UnreadDealJson<'a>>,
}

impl<'a> PipelineJson<'a> {
    fn of(pipeline: &'a Pipeline<'_, '_, '_>, input: &'a str) -> Self {
        let check = pipeline.check;
        Self {
            schema: "dealdesk.desk/1",
            input,
            date: check.day.to_string(),
            price_book: price_book(check.book),
            read: check.judged().count(),
            tcv: CurrencyTotalJson::all(&pipeline.deal_totals().tcv),
            deals: pipeline
                .deals
                .iter()
                .map(|judged| PipelineDealJson::of(pipeline, judged))
                .collect(),
            queues: pipeline.queues.iter().map(|queue| QueueJson::of(pipeline, queue)).collect(),
            unreadable: check.deals.iter().filter_map(UnreadDealJson::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct PipelineDealJson<'a> {
    name: &'a str,
    /// 0 on the last day; `null` of a quote that has expired.
    days_left: Option<u32>,
    #[serde(flatten)]
    judged: JudgedDealJson<'a>,
}

impl<'a> PipelineDealJson<'a> {
    fn of(pipeline: &Pipeline<'_, '_, '_>, judged: &'a JudgedDeal<'_, '_>) -> Self {
        let days_left = pipeline.days_left(judged);
        Self { name: judged.name, days_left, judged: JudgedDealJson::of(judged) }
    }
}

#[derive(Serialize)]
struct QueueJson<'a> {
    /// `customer`, `approval`, `review`, `change` or `quote`.
    waits_for: &'static str,
    /// Name of the level or review.
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<&'a str>,
    tcv: Vec<CurrencyTotalJson<'a>>,
    deals: Vec<&'a str>,
}

impl<'a> QueueJson<'a> {
    fn of(pipeline: &'a Pipeline<'_, '_, '_>, queue: &'a Queue<'_, '_, '_>) -> Self {
        let (waits_for, who) = match queue.waits_for {
            WaitingOn::Customer => ("customer", None),
            WaitingOn::Level(level) => ("approval", Some(pipeline.check.book.ladder().name(level))),
            WaitingOn::Review(review) => ("review", Some(review)),
            WaitingOn::Change => ("change", None),
            WaitingOn::Quote => ("quote", None),
        };
        let deals = queue.deals.iter().map(|judged| judged.name).collect();
        Self { waits_for, who, tcv: CurrencyTotalJson::all(&queue.deal_totals().tcv), deals }
    }
}

#[derive(Serialize)]
struct UnreadDealJson<'a> {
    name: &'a str,
    errors: &'a [String],
}

impl<'a> UnreadDealJson<'a> {
    fn of(deal: &'a CheckedDeal<'_, '_>) -> Option<Self> {
        Some(Self { name: deal.name, errors: deal.outcome.as_ref().err().copied()? })
    }
}
