//! Effect of a new price book on a portfolio.

use crate::answer::reprice::{ApprovalsNeeded, DealGroup, Repricing, json, rows_summary};
use crate::approve::ApprovalOutcome;
use crate::book::PriceBook;
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, Table, TableRow, Tone};
use crate::number::{Currency, Total, counted, grouped};
use crate::quote::text::book_identity;

impl Answer for Repricing<'_> {
    fn document(&self) -> Document {
        let output = self.output.map(|output| ("Output", output.to_owned()));
        let facts = counts(self).chain(books(self.old, self.new)).chain(output);
        let title = Block::Title(format!("Reprice {}", self.input));
        let mut blocks = vec![title, Block::facts(facts)];
        blocks.extend(impact(self));
        Document { blocks }
    }

    fn rows(&self) -> Table {
        rows_summary::table(self)
    }

    fn json(&self) -> Json {
        json::to_json(self)
    }
}

/// The deals in sums, and those that change most.
pub(crate) fn impact(repricing: &Repricing<'_>) -> Vec<Block> {
    let (impact, currency) = (repricing.impact, &repricing.old.currency);
    let mut blocks =
        vec![Block::heading("Deals with a price in both books"), Block::Table(money(repricing))];
    let mut section = |title: String, tone: Tone, table: Table| {
        if !table.rows.is_empty() {
            blocks.extend([Block::Heading(title, tone), Block::Table(table)]);
        }
    };
    section("Approvals".to_owned(), Tone::Plain, approvals(repricing));
    section("By metric".to_owned(), Tone::Plain, metrics(repricing));
    section("Largest increases".to_owned(), Tone::Plain, changes(&impact.rises, currency));
    section("Largest decreases".to_owned(), Tone::Plain, changes(&impact.falls, currency));
    let titled = |title: &str, group: &DealGroup| {
        let deals = counted(group.deals, "deal");
        format!("{title}: {deals}, {}", currency.show_total(group.total))
    };
    let refused = &impact.newly_refused;
    section(titled("Now outside policy", refused), Tone::Warning, changes(refused, currency));
    let (lost, gained, unpriced) = (&impact.lost, &impact.gained, &impact.unpriced);
    section(titled("No longer priced", lost), Tone::Bad, reasons(lost, currency));
    section(titled("Newly priced", gained), Tone::Plain, reasons(gained, currency));
    let title = format!("No price in either book: {}", counted(unpriced.deals, "deal"));
    section(title, Tone::Bad, reasons(unpriced, currency));
    blocks
}

/// Returns the numbers of deals by their change.
pub(crate) fn counts(repricing: &Repricing<'_>) -> impl Iterator<Item = (&'static str, String)> {
    let impact = repricing.impact;
    let always = [
        ("Deals", impact.deals()),
        ("Compared", impact.both.deals),
        ("Higher price", impact.rises.deals),
        ("Lower price", impact.falls.deals),
        ("No change", impact.unchanged()),
    ];
    let if_any = [
        ("Now outside policy", impact.newly_refused.deals),
        ("No longer priced", impact.lost.deals),
        ("Newly priced", impact.gained.deals),
        ("No price in either", impact.unpriced.deals),
        ("In other currencies", impact.elsewhere),
    ];
    let facts = always.into_iter().chain(if_any.into_iter().filter(|(_, deals)| *deals > 0));
    let facts = facts.map(|(name, deals)| (name, grouped(&deals)));
    facts.chain([("Date", repricing.date.to_string())])
}

pub(crate) fn books(old: &PriceBook, new: &PriceBook) -> [(&'static str, String); 2] {
    [("Old book", book_identity(old)), ("New book", book_identity(new))]
}

fn money(repricing: &Repricing<'_>) -> Table {
    let (impact, currency) = (repricing.impact, &repricing.old.currency);
    let row = |name: &str, tcv: [Total; 2]| {
        TableRow::new([Cell::text(name)].into_iter().chain(amounts(tcv, currency)))
    };
    let header = ["Contract (TCV)", "Old", "New", "Change", "Share"];
    let ours = (impact.our_net != impact.both.tcv).then(|| row("Our net", impact.our_net));
    Table::new(
        header,
        [row("List", impact.list), row("Net", impact.both.tcv)].into_iter().chain(ours),
    )
}

fn approvals(repricing: &Repricing<'_>) -> Table {
    let Repricing { old: before, new: after, .. } = *repricing;
    Table::of_items(
        &repricing.impact.moved,
        &[
            ("Old approval", &|([old, _], _)| Cell::text(title(before, old))),
            ("New approval", &|([_, new], _)| Cell::text(title(after, new))),
            ("Deals", &|(_, moved)| Cell::count(moved.deals)),
            ("Contract (TCV)", &|(_, moved)| Cell::total(&before.currency, moved.tcv[1])),
        ],
    )
}

/// Returns the titles of a level and of the reviews beside it: "None, Legal".
fn title(book: &PriceBook, needs: &ApprovalsNeeded) -> String {
    let level = match needs.outcome {
        ApprovalOutcome::Needs(level) => book.ladder().title(level),
        ApprovalOutcome::Refused => "Outside policy",
    };
    let reviews = needs.reviews.iter().map(|name| book.review_title(name));
    std::iter::once(level).chain(reviews).collect::<Vec<_>>().join(", ")
}

fn metrics(repricing: &Repricing<'_>) -> Table {
    let rows = repricing.impact.metrics().map(|(name, totals)| {
        let title = name.and_then(|name| repricing.old.metric(name)).map(|it| it.title.as_str());
        let title = Cell::text(title.or(name).unwrap_or("Services"));
        let amounts = amounts(totals.tcv, &repricing.old.currency);
        TableRow::new([title, Cell::count(totals.deals)].into_iter().chain(amounts))
    });
    Table::new(["Metric", "Deals", "Old", "New", "Change", "Share"], rows)
}

fn changes(group: &DealGroup, currency: &Currency) -> Table {
    let rows = group.largest().filter_map(|named| {
        let amounts = amounts([named.old?, named.new?], currency);
        Some(TableRow::new([Cell::text(named.name())].into_iter().chain(amounts)))
    });
    Table::new(["Deal", "Old", "New", "Change", "Share"], rows)
}

fn reasons(group: &DealGroup, currency: &Currency) -> Table {
    let total = |total| Cell::total(currency, total);
    Table::of_items(
        group.largest(),
        &[
            ("Deal", &|it| Cell::text(it.name())),
            ("Contract (TCV)", &|it| it.old.or(it.new).map(total).unwrap_or_default()),
            ("Reason", &|it| Cell::text(it.error.as_deref().unwrap_or_default())),
        ],
    )
}

/// Before, after, and what lies between.
fn amounts([old, new]: [Total; 2], currency: &Currency) -> impl Iterator<Item = Cell> {
    let share = (!old.is_zero()).then(|| Cell::share(old.growth_to(new)));
    let changes = [Cell::total(currency, new.minus(old)), share.unwrap_or_default()];
    let sides = [old, new].map(|total| Cell::total(currency, total)).into_iter();
    sides.chain(changes.map(|cell| cell.plus_if(new > old)))
}
