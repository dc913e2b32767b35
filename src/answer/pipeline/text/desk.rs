//! The pipeline at a glance.

use super::deals::{
    customer, customers, faults, is_through_partner, our_net, splits, totals, with_book,
};
use crate::answer::pipeline::desk::{Pipeline, Queue, WaitingOn};
use crate::answer::pipeline::{JudgedDeal, SplitDeal, json, rows};
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, Table, Tone};
use crate::number::{counted, plural};
use crate::quote::text::standing;
use std::collections::HashSet;

/// The most customers of a queue that are named.
const MOST_NAMED: usize = 5;

/// A pipeline as an answer, with the name of its folder.
#[derive(Debug, Clone, Copy)]
pub struct PipelineView<'p> {
    pub pipeline: &'p Pipeline<'p, 'p, 'p>,
    /// The folder of its deals, as it was typed.
    pub input: &'p str,
}

impl Answer for PipelineView<'_> {
    fn document(&self) -> Document {
        let pipeline = self.pipeline;
        let mut blocks = vec![Block::Title(format!("Desk {}", self.input)), facts(pipeline)];
        if !pipeline.deals.is_empty() {
            blocks.extend([Block::heading("Deals"), Block::Table(deals(pipeline))]);
            blocks.extend([Block::heading("Waiting on"), Block::Table(queues(pipeline))]);
        }
        let is_shown = |name: &str| pipeline.deals.iter().any(|judged| judged.name == name);
        let of_shown = |split: &&SplitDeal<'_, '_>| split.deals.iter().any(|name| is_shown(name));
        splits(&mut blocks, pipeline.check.splits.iter().filter(of_shown), |name| name);
        let names = pipeline.check.shared_names.iter();
        let names = names.filter(|shared| shared.deals().any(is_shown));
        let are_several = pipeline.check.deals.len() > 1;
        let unnamed = pipeline.deals.iter().filter(|it| are_several && !it.deal.states_customer());
        customers(&mut blocks, names, unnamed.map(|judged| judged.name), |name| name);
        for deal in pipeline.check.deals.iter().filter(|deal| deal.judged().is_none()) {
            blocks.push(Block::Heading(format!("{}: cannot be read", deal.name), Tone::Bad));
            blocks.push(Block::Items(faults(deal)));
        }
        Document { blocks }
    }

    fn rows(&self) -> Table {
        rows::pipeline(self.pipeline)
    }

    fn json(&self) -> Json {
        json::desk(self.pipeline, self.input)
    }
}

fn facts(pipeline: &Pipeline<'_, '_, '_>) -> Block {
    let (shown, all) = (pipeline.deals.len(), pipeline.check.deals.len());
    let read = pipeline.check.judged().count();
    let of_all = if shown < read { format!("{shown} of ") } else { String::new() };
    let mut count = format!("{of_all}{}", counted(read, "deal"));
    if read < all {
        count = format!("{count}, and {} that cannot be read", all - read);
    }
    let totals = pipeline.deal_totals();
    let sums = [("Deals", count), ("Contract (TCV)", totals.tcv.show())];
    let ours = our_net(&totals).map(|ours| ("Our net", ours));
    with_book(sums.into_iter().chain(ours), pipeline.check)
}

fn deals(pipeline: &Pipeline<'_, '_, '_>) -> Table {
    let left = |judged: &JudgedDeal<'_, '_>| match pipeline.days_left(judged) {
        None => "expired".to_owned(),
        Some(0) => "today".to_owned(),
        Some(days) => format!("{days} day{}", plural(days)),
    };
    let table = Table::of_items(
        &pipeline.deals,
        &[
            ("Deal", &|it| Cell::text(it.name)),
            ("Customer", &|it| Cell::text(customer(it))),
            ("TCV", &|it| Cell::money(&it.deal.book.currency, it.totals.tcv)),
            ("Our net", &|it| Cell::money(&it.deal.book.currency, it.our_net().tcv)),
            ("Off list", &|it| Cell::share(it.totals.discount)),
            ("Needs", &|it| Cell::text(standing(it.deal.book, &it.verdict))),
            ("Expires", &|it| Cell::text(format!("{}, {}", it.valid_until, left(it)))),
        ],
    );
    table.column_if("Our net", pipeline.deals.iter().any(|it| is_through_partner(it)))
}

fn queues(pipeline: &Pipeline<'_, '_, '_>) -> Table {
    let book = pipeline.check.book;
    let waits_for = |queue: &Queue<'_, '_, '_>| {
        Cell::text(match queue.waits_for {
            WaitingOn::Customer => "Customer",
            WaitingOn::Level(level) => book.ladder().title(level),
            WaitingOn::Review(review) => book.review_title(review),
            WaitingOn::Change => "Outside policy: change the deal",
            WaitingOn::Quote => "Expired: re-quote",
        })
    };
    let table = Table::of_items(
        &pipeline.queues,
        &[
            ("Waiting on", &|queue| waits_for(queue)),
            ("Deals", &|queue| Cell::count(queue.deals.len())),
            ("TCV", &|queue| totals(&queue.deal_totals().tcv)),
            ("Our net", &|queue| totals(&queue.deal_totals().our_net)),
            ("Customers", &|queue| Cell::text(of_queue(queue).join(", "))),
        ],
    );
    table.column_if("Our net", pipeline.deals.iter().any(|it| is_through_partner(it)))
}

/// Names the customers of a queue, each once, and counts those that are too many to name.
fn of_queue(queue: &Queue<'_, '_, '_>) -> Vec<String> {
    let mut seen = HashSet::new();
    let unseen = queue.deals.iter().filter(|judged| {
        let key = judged.customer_key();
        key.is_none() || seen.insert(key)
    });
    let names = unseen.map(|judged| judged.deal.customer().unwrap_or(judged.name).to_owned());
    let mut names: Vec<_> = names.collect();
    let rest = names.len().saturating_sub(MOST_NAMED);
    names.truncate(MOST_NAMED);
    if rest > 0 {
        names.push(format!("{rest} more"));
    }
    names
}
