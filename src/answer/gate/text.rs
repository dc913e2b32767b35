//! The gate for people: a comment with the most important first.

use super::{BookReview, Gate, GateStatus, GatedDeal, annotations, json, rows};
use crate::answer::book_tables::{BookChange, ChangeEffect, ChangeSide};
use crate::answer::deal_diff::text::deal_difference;
use crate::answer::pipeline::text::check::reasons;
use crate::answer::pipeline::{Check, CheckStatus, CheckedDeal, JudgedDeal};
use crate::answer::reprice::text::{counts, impact as sums};
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, ListItem, Table, Tone};
use crate::number::{counted, grouped, plural};
use crate::quote::text::{approval, book_identity};

/// A gate with at most so many deals, changes and paths of each kind, and texts of at most so many characters: a comment
/// has a limit.
#[derive(Debug, Clone, Copy)]
pub struct GateView<'g, 'a, 'b> {
    pub gate: &'g Gate<'a, 'b>,
    pub most: usize,
    pub longest: usize,
}

impl Answer for GateView<'_, '_, '_> {
    fn document(&self) -> Document {
        let gate = self.gate;
        let mut blocks = vec![Block::Title(headline(gate))];
        let unjudged = gate.unjudged.iter().map(|(path, why)| {
            ListItem::new(
                Tone::Bad,
                "not judged",
                if path.is_empty() { why.clone() } else { format!("{path}: {why}") },
            )
        });
        self.list(&mut blocks, "Not judged", Tone::Bad, unjudged.collect());
        for book in &gate.books {
            self.book(&mut blocks, book);
        }
        self.effect(&mut blocks);
        let deals = gate.deals();
        self.failed_deals(&mut blocks, &deals);
        let splits = gate
            .splits()
            .into_iter()
            .map(|split| ListItem::new(Tone::Warning, "split", split.message()));
        self.list(&mut blocks, "Split deals", Tone::Warning, splits.collect());
        if !deals.is_empty() {
            let shown = deals.iter().take(self.most);
            blocks.push(Block::heading(format!("Changed deals: {}", deals.len())));
            blocks.push(Block::Table(table(gate, shown.copied())));
            self.rest(&mut blocks, deals.len());
        }
        if !gate.removed.is_empty() {
            let names: Vec<_> = gate.removed.iter().take(self.most).cloned().collect();
            blocks.push(Block::heading(format!("Removed deals: {}", gate.removed.len())));
            blocks.push(Block::Lines(names));
            self.rest(&mut blocks, gate.removed.len());
        }
        if !gate.differences.is_empty() {
            let differences = gate.differences.iter().take(self.most);
            let differences = differences.flat_map(deal_difference).collect();
            blocks.push(Block::Folded("What changed in each deal".to_owned(), differences));
            self.rest(&mut blocks, gate.differences.len());
        }
        blocks.extend([Block::heading("Summary"), self.summary(deals.len())]);
        Document { blocks }.with_texts_of(self.longest)
    }

    fn rows(&self) -> Table {
        rows::table(&annotations::annotations(self.gate))
    }

    fn json(&self) -> Json {
        json::to_json(self.gate)
    }
}

impl GateView<'_, '_, '_> {
    fn list(&self, blocks: &mut Vec<Block>, heading: &str, tone: Tone, items: Vec<ListItem>) {
        let count = items.len();
        blocks.extend(Block::items(heading, tone, items.into_iter().take(self.most)));
        self.rest(blocks, count);
    }

    fn rest(&self, blocks: &mut Vec<Block>, count: usize) {
        if let Some(rest) = count.checked_sub(self.most).filter(|rest| *rest > 0) {
            blocks.push(Block::Lines(vec![format!("{rest} more: see the log of the job.")]));
        }
    }

    fn book(&self, blocks: &mut Vec<Block>, book: &BookReview<'_>) {
        let items = |changes: Vec<&BookChange>, tone: Tone, badge: &'static str| -> Vec<_> {
            changes.into_iter().map(|it| change_item(it, tone, badge)).collect()
        };
        let loosenings = items(book.loosenings().collect(), Tone::Warning, "loosens");
        self.list(blocks, "The change loosens the price book", Tone::Warning, loosenings);
        if book.keeps_version() {
            let version = book.books[1].map_or("", |book| book.version.as_str());
            let text = format!("the price book changed, and its version is still {version}");
            blocks.extend(Block::items(
                "Version",
                Tone::Warning,
                [ListItem::new(Tone::Warning, "version", text)],
            ));
        }
        let denied = book
            .denied_findings()
            .map(|it| ListItem::new(Tone::Warning, it.code.name, &it.message).at(&it.rule.source));
        self.list(blocks, "Denied findings of the price book", Tone::Warning, denied.collect());
        let is_loosening =
            |it: &&BookChange| book.loosenings().any(|known| std::ptr::eq(known, *it));
        let others: Vec<_> = book.changes.iter().filter(|it| !is_loosening(it)).collect();
        let others = others.into_iter().map(|it| {
            let badge = match it.effect {
                ChangeEffect::Loosens => "allowed",
                ChangeEffect::Tightens | ChangeEffect::Neutral => it.effect.name(),
            };
            change_item(it, Tone::Plain, badge)
        });
        self.list(blocks, "Other changes of the price book", Tone::Plain, others.collect());
    }

    /// Says what the changed price books do to all deals, those that the change leaves alone included.
    fn effect(&self, blocks: &mut Vec<Block>) {
        let Some(impact) = self.gate.impact(self.most) else { return };
        let Some(repricing) = self.gate.repricing(&impact) else { return };
        blocks.push(Block::heading("What the changed price book does to all deals"));
        blocks.push(Block::facts(counts(&repricing)));
        blocks
            .push(Block::Folded("By level, and the largest changes".to_owned(), sums(&repricing)));
    }

    fn failed_deals(&self, blocks: &mut Vec<Block>, deals: &[GatedDeal<'_, '_, '_>]) {
        let failed: Vec<_> = deals.iter().filter(|it| it.status > CheckStatus::Within).collect();
        for deal in failed.iter().take(self.most) {
            let title = format!("{}: {}", deal.name, status_words(self.gate, deal.status));
            let tone = if deal.status >= CheckStatus::Refused { Tone::Bad } else { Tone::Warning };
            blocks.extend(Block::items(title, tone, all_reasons(self.gate, deal)));
        }
        self.rest(blocks, failed.len());
    }

    fn summary(&self, deals: usize) -> Block {
        let gate = self.gate;
        let books = gate.checks().map(|(check, words)| {
            let name = if words.is_empty() { "Price book" } else { "Price books" };
            (
                name,
                format!(
                    "{}{}{words}",
                    book_identity(check.book),
                    if words.is_empty() { "" } else { ", " }
                ),
            )
        });
        let facts = [
            ("Base", gate.base.to_owned()),
            ("Date", gate.day.to_string()),
            ("Changed deals", deals.to_string()),
            ("Approval limit", gate.max_approval.clone()),
        ];
        let worth = gate.checks().map(|(check, words)| {
            let all = check.deal_totals();
            let words = if words.is_empty() { String::new() } else { format!(", {words}") };
            ("All deals", format!("{}, TCV {}{words}", grouped(&all.deals), all.tcv.show()))
        });
        Block::facts(facts.into_iter().chain(worth).chain(books))
    }
}

fn change_item(change: &BookChange, tone: Tone, badge: &str) -> ListItem {
    let shown = |side: &Option<ChangeSide>| {
        let entries = side.as_ref()?.entries.iter().map(|entry| entry.value.shown.clone());
        Some(entries.collect::<Vec<_>>().join(", "))
    };
    let (old, new) = (shown(&change.old), shown(&change.new));
    let words = match (old, new) {
        (Some(old), Some(new)) => format!("{old} to {new}"),
        (None, Some(new)) => format!("added, {new}"),
        (Some(old), None) => format!("removed, {old}"),
        (None, None) => String::new(),
    };
    let place = change.new.as_ref().or(change.old.as_ref()).map(|side| side.place.to_string());
    let item = ListItem::new(tone, badge, format!("{}: {words}", change.path()));
    ListItem { source: place, ..item }
}

/// Returns why a deal fails, by each price book that fails it.
fn all_reasons(gate: &Gate<'_, '_>, deal: &GatedDeal<'_, '_, '_>) -> Vec<ListItem> {
    let mut found: Vec<ListItem> = Vec::new();
    for ((check, words), checked) in by_book(gate, deal) {
        for item in reasons(check, checked) {
            let text = if words.is_empty() {
                item.text.clone()
            } else {
                format!("{} ({words})", item.text)
            };
            // Two books that agree say it once.
            if let Some(known) = found.iter_mut().find(|known| known.text.starts_with(&item.text)) {
                known.text.clone_from(&item.text);
                continue;
            }
            found.push(ListItem { text, ..item });
        }
    }
    found
}

fn by_book<'g, 'a, 'b>(
    gate: &'g Gate<'a, 'b>,
    deal: &GatedDeal<'g, 'a, 'b>,
) -> Vec<((&'g Check<'a, 'b>, &'static str), &'g CheckedDeal<'a, 'b>)> {
    let find = |check: &'g Check<'a, 'b>| check.deals.iter().find(|it| it.name == deal.name);
    gate.checks().filter_map(|(check, words)| Some(((check, words), find(check)?))).collect()
}

fn status_words(gate: &Gate<'_, '_>, status: CheckStatus) -> String {
    match status {
        CheckStatus::Within => "within policy".to_owned(),
        CheckStatus::Denied => "denied".to_owned(),
        CheckStatus::Above => format!("needs more than {}", gate.max_approval),
        CheckStatus::Refused => "outside policy".to_owned(),
        CheckStatus::Unread => "cannot be read".to_owned(),
    }
}

/// Returns the result and its first reason, in one line.
fn headline(gate: &Gate<'_, '_>) -> String {
    let deals = gate.deals();
    let first = |status: CheckStatus| deals.iter().find(|deal| deal.status == status);
    let deal = |deal: Option<&GatedDeal<'_, '_, '_>>| {
        let deal = deal?;
        let reason = all_reasons(gate, deal).into_iter().next();
        let why = reason.map(|it| format!(": {}", it.text)).unwrap_or_default();
        Some(format!("{}{why}", deal.name))
    };
    let unjudged = || {
        let (path, why) = gate.unjudged.first()?;
        Some(if path.is_empty() { why.clone() } else { format!("{path}: {why}") })
    };
    let book = || {
        let mut loosenings = gate.books.iter().flat_map(BookReview::loosenings);
        let loosening = loosenings.next().map(|it| format!("the change loosens {}", it.path()));
        let version = || {
            let kept = gate.books.iter().any(BookReview::keeps_version);
            kept.then(|| "the price book changed without a new version".to_owned())
        };
        let denied = || {
            let mut denied = gate.books.iter().flat_map(BookReview::denied_findings);
            denied.next().map(|it| it.message.clone())
        };
        loosening.or_else(version).or_else(denied)
    };
    let (word, why) = match gate.status() {
        GateStatus::Passed => {
            let count = deals.len();
            let why = if count == 0 {
                "no deal changed".to_owned()
            } else {
                let verb = if count == 1 { "needs" } else { "need" };
                format!(
                    "{} changed, and {verb} no more than {}",
                    counted(count, "deal"),
                    gate.max_approval
                )
            };
            ("Within policy", Some(why))
        }
        GateStatus::NeedsApproval => (
            "Approval needed",
            book()
                .or_else(|| deal(first(CheckStatus::Above)))
                .or_else(|| deal(first(CheckStatus::Denied))),
        ),
        GateStatus::OutsidePolicy => ("Outside policy", deal(first(CheckStatus::Refused))),
        GateStatus::NotJudged => {
            ("Not judged", unjudged().or_else(|| deal(first(CheckStatus::Unread))))
        }
    };
    let failed = deals.iter().filter(|deal| deal.status > CheckStatus::Within).count()
        + gate.unjudged.len()
        + gate.books.iter().flat_map(BookReview::loosenings).count();
    let more = match failed.saturating_sub(1) {
        0 => String::new(),
        more => format!(" (and {more} more reason{})", plural(more)),
    };
    format!("{word}: {}{more}", why.unwrap_or_default())
}

fn table<'g, 'a: 'g, 'b: 'a>(
    gate: &Gate<'_, '_>,
    deals: impl Iterator<Item = GatedDeal<'g, 'a, 'b>>,
) -> Table {
    let judged = |it: &GatedDeal<'g, 'a, 'b>| -> Option<&'g JudgedDeal<'a, 'b>> {
        it.by_own.or(it.by_base).and_then(CheckedDeal::judged)
    };
    let needs = |deal: Option<&CheckedDeal<'_, '_>>| {
        let judged = deal.and_then(CheckedDeal::judged);
        Cell::text(judged.map(|it| approval(it.deal.book(), &it.verdict)).unwrap_or_default())
    };
    let items: Vec<_> = deals.collect();
    let both = gate.by_base.is_some() && gate.by_own.is_some();
    let table = Table::of_items(
        &items,
        &[
            ("Deal", &|it| Cell::text(it.name)),
            ("Customer", &|it| {
                Cell::text(judged(it).and_then(|it| it.deal.customer()).unwrap_or_default())
            }),
            ("TCV", &|it| {
                judged(it)
                    .map(|it| Cell::money(it.deal.book().currency(), it.totals.tcv))
                    .unwrap_or_default()
            }),
            ("Off list", &|it| {
                judged(it).map(|it| Cell::share(it.totals.discount)).unwrap_or_default()
            }),
            ("Approval by the base", &|it| needs(it.by_base)),
            ("Approval", &|it| needs(it.by_own.or(it.by_base))),
            ("Status", &|it| Cell::text(status_words(gate, it.status))),
        ],
    );
    table.column_if("Approval by the base", both)
}
