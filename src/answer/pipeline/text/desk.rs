//! The pipeline at a glance.

use super::deals::{book, customer, deals, faults, splits, totals};
use crate::answer::pipeline::desk::{Pipeline, Queue, WaitingOn};
use crate::answer::pipeline::{JudgedDeal, SplitDeal, json, rows};
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, Table, TableRow, Tone};
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
        let shown = pipeline.deals.len();
        let mut blocks =
            vec![Block::Title(format!("Desk {}", self.input)), Block::Facts(facts(pipeline))];
        if shown > 0 {
            let rows = pipeline.deals.iter().map(|judged| row(pipeline, judged));
            let header = ["Deal", "Customer", "TCV", "Off list", "Needs", "Expires"];
            blocks.push(Block::Heading("Deals".to_owned(), Tone::Plain));
            blocks.push(Block::Table(Table::new(header, rows)));
            let rows = pipeline.queues.iter().map(|it| queue(pipeline, it));
            let header = ["Waiting on", "Deals", "TCV", "Customers"];
            blocks.push(Block::Heading("Waiting on".to_owned(), Tone::Plain));
            blocks.push(Block::Table(Table::new(header, rows)));
        }
        let is_shown = |name: &str| pipeline.deals.iter().any(|judged| judged.name == name);
        let of_shown = |split: &&SplitDeal<'_, '_>| split.deals.iter().any(|name| is_shown(name));
        splits(&mut blocks, pipeline.check.splits.iter().filter(of_shown), |name| name);
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

fn facts(pipeline: &Pipeline<'_, '_, '_>) -> Vec<(String, String)> {
    let (shown, all) = (pipeline.deals.len(), pipeline.check.deals.len());
    let read = pipeline.check.judged().count();
    let mut count = if shown < read { format!("{shown} of {}", deals(read)) } else { deals(shown) };
    if read < all {
        count = format!("{count}, and {} that cannot be read", all - read);
    }
    let facts = [("Deals", count), ("Contract (TCV)", pipeline.deal_totals().tcv.show())];
    let facts = facts.map(|(name, value)| (name.to_owned(), value));
    facts.into_iter().chain(book(pipeline.check)).collect()
}

fn row(pipeline: &Pipeline<'_, '_, '_>, judged: &JudgedDeal<'_, '_>) -> TableRow {
    let left = match pipeline.days_left(judged) {
        None => "expired".to_owned(),
        Some(0) => "today".to_owned(),
        Some(1) => "1 day".to_owned(),
        Some(days) => format!("{days} days"),
    };
    TableRow::new(vec![
        Cell::text(judged.name),
        Cell::text(customer(judged)),
        Cell::money(&judged.deal.book.currency, judged.totals.tcv),
        Cell::share(judged.totals.discount),
        Cell::text(standing(judged.deal.book, &judged.verdict)),
        Cell::text(format!("{}, {left}", judged.valid_until)),
    ])
}

fn queue(pipeline: &Pipeline<'_, '_, '_>, queue: &Queue<'_, '_, '_>) -> TableRow {
    let book = pipeline.check.book;
    let waits_for = match queue.waits_for {
        WaitingOn::Customer => "Customer",
        WaitingOn::Level(level) => book.ladder().title(level),
        WaitingOn::Review(review) => book.review_title(review),
        WaitingOn::Change => "Outside policy: change the deal",
        WaitingOn::Quote => "Expired: re-quote",
    };
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
    TableRow::new(vec![
        Cell::text(waits_for),
        Cell::count(queue.deals.len()),
        totals(&queue.deal_totals().tcv),
        Cell::text(names.join(", ")),
    ])
}
