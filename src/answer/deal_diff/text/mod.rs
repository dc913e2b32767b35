//! Changes of deals for a reviewer: the money, the approvals, what changed, and
//! under a fold how the price came about.

mod said;
mod steps;
mod table;

use crate::answer::deal_diff::{
    Change, ChangeStatus, ComparedDeal, DealDiffs, SegmentChange, json, rows,
};
use crate::document::json::Json;
use crate::document::{Answer, Block, Document, ListItem, Table, Tone};
use crate::number::{Currency, Total, plural};
use crate::quote::text::book_facts;

impl Answer for DealDiffs<'_, '_> {
    /// One deal alone is the title; several stand under what they come to. What is there no more, or
    /// was as it is, has no more than a headline.
    fn document(&self) -> Document {
        let mut blocks = Vec::new();
        if let ([deal], []) = (self.deals.as_slice(), self.failed.as_slice()) {
            blocks.push(Block::Title(headline(deal)));
            blocks.extend(section(deal, self.against));
        } else {
            blocks.push(Block::Title(title(self)));
            several(self, &mut blocks);
        }
        // That nothing changed is one line.
        if self.failed.is_empty() && self.deals.iter().all(|deal| deal.difference.is_empty()) {
            return Document { blocks };
        }
        let day = [("Date", self.day.to_string())];
        let facts = Block::facts(day.into_iter().chain(book_facts(self.book)));
        blocks.push(Block::Folded("Priced by".to_owned(), vec![facts]));
        Document { blocks }
    }

    fn rows(&self) -> Table {
        rows::table(self)
    }

    fn json(&self) -> Json {
        json::to_json(self)
    }
}

/// Returns one deal with its headline and what changed in it.
pub(crate) fn deal_difference(deal: &ComparedDeal<'_, '_>) -> Vec<Block> {
    let mut blocks = vec![Block::heading(headline(deal))];
    if !deal.difference.is_empty() {
        blocks.extend(section(deal, Some("the base")));
    }
    blocks
}

fn several(changes: &DealDiffs<'_, '_>, blocks: &mut Vec<Block>) {
    let failed = changes.failed.iter().map(|failed| {
        ListItem::new(Tone::Bad, "error", format!("{}: {}", failed.name, failed.why))
    });
    blocks.extend(Block::items("Could not be compared", Tone::Bad, failed));
    let (same, other): (Vec<_>, Vec<_>) =
        changes.deals.iter().partition(|deal| deal.difference.is_empty());
    for deal in other {
        blocks.push(Block::heading(headline(deal)));
        blocks.extend(section(deal, changes.against));
    }
    if !same.is_empty() {
        blocks.push(Block::Lines(same.into_iter().map(headline).collect()));
    }
}

fn section(deal: &ComparedDeal<'_, '_>, against: Option<&str>) -> Vec<Block> {
    let difference = &deal.difference;
    let mut blocks = Vec::new();
    if let Some(why) = &deal.unpriced {
        let version = against.unwrap_or("before");
        let text = format!("its version in {version} cannot be priced by this book: {why}");
        let item = ListItem::new(Tone::Warning, "no price before", text);
        blocks.push(Block::Items(vec![item]));
    }
    blocks.extend(said::approvals(difference));
    blocks.extend(table::changed(difference));
    blocks.extend(steps::folded(difference));
    blocks.extend(said::notices(difference));
    blocks
}

/// "acme.toml (Acme Bank): TCV $2,779,815.00 → $2,007,645.00 (-$772,170.00, -27.78%)".
fn headline(deal: &ComparedDeal<'_, '_>) -> String {
    let difference = &deal.difference;
    let customer = difference.quotes.latest().and_then(|quote| quote.deal.customer());
    let customer = customer.map(|customer| format!(" ({customer})")).unwrap_or_default();
    let who = format!("{}{customer}", deal.name);
    let shown = difference.quotes.map(|quote| quote.show(quote.pricing.totals.tcv));
    let (old, new) = (shown.old.unwrap_or_default(), shown.new.unwrap_or_default());
    match difference.status() {
        ChangeStatus::Same => format!("{who}: nothing changed"),
        ChangeStatus::Added if deal.unpriced.is_some() => {
            format!("{who}: TCV {new}, no price before")
        }
        ChangeStatus::Added => format!("{who}: new, TCV {new}"),
        ChangeStatus::Removed => format!("{who}: removed, TCV was {old}"),
        ChangeStatus::Changed => {
            let told = match difference.currencies().shared() {
                Some(currency) => money(currency, difference.tcv().map(|tcv| Total::from(*tcv))),
                None => format!("{old} → {new}"),
            };
            format!("{who}: TCV {told}")
        }
    }
}

/// "3 deals: 1 changed, 1 new, 1 the same; TCV ...".
fn title(changes: &DealDiffs<'_, '_>) -> String {
    let count = |status: ChangeStatus, word: &str| {
        let deals = changes.deals.iter().filter(|deal| deal.difference.status() == status).count();
        (deals > 0).then(|| format!("{deals} {word}"))
    };
    let failed = changes.failed.len();
    let counts = [
        count(ChangeStatus::Changed, "changed"),
        count(ChangeStatus::Added, "new"),
        count(ChangeStatus::Removed, "removed"),
        count(ChangeStatus::Same, "unchanged"),
        (failed > 0).then(|| format!("{failed} could not be compared")),
    ];
    let counts: Vec<_> = counts.into_iter().flatten().collect();
    let all = changes.deals.len() + failed;
    let totals = changes.totals().into_iter();
    let totals = totals.map(|(currency, tcv)| format!("; TCV {}", money(currency, tcv)));
    let totals: String = totals.collect();
    format!("{all} deal{}: {}{totals}", plural(all), counts.join(", "))
}

/// "$2,779,815.00 → $2,007,645.00 (-$772,170.00, -27.78%)".
fn money(currency: &Currency, tcv: Change<Total>) -> String {
    let (old, new) = (tcv.old.unwrap_or_default(), tcv.new.unwrap_or_default());
    if old == new {
        return format!("{}, unchanged", currency.show_total(new));
    }
    let (from, to) = (currency.show_total(old), currency.show_total(new));
    format!("{from} → {to} ({})", more(currency, tcv))
}

/// "-$772,170.00, -27.78%"; nothing where nothing changed.
fn more(currency: &Currency, change: Change<Total>) -> String {
    let (old, new) = (change.old.unwrap_or_default(), change.new.unwrap_or_default());
    if old == new {
        return String::new();
    }
    let sign = if new > old { "+" } else { "" };
    let more = format!("{sign}{}", currency.show_total(new.minus(old)));
    if old.is_zero() { more } else { format!("{more}, {sign}{}", old.growth_to(new)) }
}

/// ", year 2" or ", years 2-3" of a ramp.
fn years(part: &SegmentChange<'_, '_>) -> String {
    match part.years {
        None => String::new(),
        Some((first, last)) if first == last => format!(", year {first}"),
        Some((first, last)) => format!(", years {first}-{last}"),
    }
}
