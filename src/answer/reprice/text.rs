//! Effect of a new price book on a portfolio.

use crate::answer::reprice::{
    ApprovalsNeeded, DealGroup, RankedDeal, Repricing, json, rows_summary,
};
use crate::approve::ApprovalOutcome;
use crate::book::PriceBook;
use crate::document::json::Json;
use crate::document::{Answer, Block, Cell, Document, Table, TableRow, Tone};
use crate::number::{Currency, Total, grouped};

impl Answer for Repricing<'_> {
    fn document(&self) -> Document {
        let mut facts = counts(self);
        facts.extend(books(self.old, self.new));
        facts.extend(self.output.map(|output| ("Output".to_owned(), output.to_owned())));
        let mut blocks = vec![Block::Title(format!("Reprice {}", self.input)), Block::Facts(facts)];
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
    let mut blocks = vec![
        Block::Heading("Deals with a price in both books".to_owned(), Tone::Plain),
        Block::Table(money(repricing)),
    ];
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
        format!("{title}: {}, {}", deals(group.deals), currency.show_total(group.total))
    };
    let refused = &impact.newly_refused;
    section(titled("Now outside policy", refused), Tone::Warning, changes(refused, currency));
    let (lost, gained, unpriced) = (&impact.lost, &impact.gained, &impact.unpriced);
    section(titled("No longer priced", lost), Tone::Bad, reasons(lost, currency));
    section(titled("Newly priced", gained), Tone::Plain, reasons(gained, currency));
    let title = format!("No price in either book: {}", deals(unpriced.deals));
    section(title, Tone::Bad, reasons(unpriced, currency));
    blocks
}

/// Returns the numbers of deals by their change.
pub(crate) fn counts(repricing: &Repricing<'_>) -> Vec<(String, String)> {
    let impact = repricing.impact;
    let some = |name, deals| (deals > 0).then(|| (name, count(deals)));
    let facts = [
        Some(("Deals", count(impact.deals()))),
        Some(("Compared", count(impact.both.deals))),
        Some(("Higher price", count(impact.rises.deals))),
        Some(("Lower price", count(impact.falls.deals))),
        Some(("No change", count(impact.unchanged()))),
        some("Now outside policy", impact.newly_refused.deals),
        some("No longer priced", impact.lost.deals),
        some("Newly priced", impact.gained.deals),
        some("No price in either", impact.unpriced.deals),
        some("In other currencies", impact.elsewhere),
    ];
    facts.into_iter().flatten().map(|(name, value)| (name.to_owned(), value)).collect()
}

pub(crate) fn books(old: &PriceBook, new: &PriceBook) -> Vec<(String, String)> {
    let book =
        |book: &PriceBook| format!("{}, version {}, {}", book.name, book.version, book.sha256);
    vec![("Old book".to_owned(), book(old)), ("New book".to_owned(), book(new))]
}

fn money(repricing: &Repricing<'_>) -> Table {
    let (impact, currency) = (repricing.impact, &repricing.old.currency);
    let row = |name: &str, tcv: [Total; 2]| {
        TableRow::new([vec![Cell::text(name)], amounts(tcv, currency)].concat())
    };
    let header = ["Contract (TCV)", "Old", "New", "Change", "Share"];
    Table::new(header, [row("List", impact.list), row("Net", impact.both.tcv)])
}

fn approvals(repricing: &Repricing<'_>) -> Table {
    let currency = &repricing.old.currency;
    let rows = repricing.impact.moved.iter().map(|([old, new], moved)| {
        let names = [title(repricing.old, old), title(repricing.new, new)];
        let figures = [Cell::count(moved.deals), Cell::total(currency, moved.tcv[1])];
        TableRow::new(names.map(Cell::text).into_iter().chain(figures).collect())
    });
    Table::new(["Old approval", "New approval", "Deals", "Contract (TCV)"], rows)
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
        let title = name.and_then(|name| Some(repricing.old.metric(name)?.title.as_str()));
        let cells =
            vec![Cell::text(title.or(name).unwrap_or("Services")), Cell::count(totals.deals)];
        TableRow::new([cells, amounts(totals.tcv, &repricing.old.currency)].concat())
    });
    Table::new(["Metric", "Deals", "Old", "New", "Change", "Share"], rows)
}

fn changes(group: &DealGroup, currency: &Currency) -> Table {
    let rows = group.largest().filter_map(|named| {
        let cells = amounts([named.old?, named.new?], currency);
        Some(TableRow::new([vec![Cell::text(named.name())], cells].concat()))
    });
    Table::new(["Deal", "Old", "New", "Change", "Share"], rows)
}

fn reasons(group: &DealGroup, currency: &Currency) -> Table {
    let rows = group.largest().map(|named| {
        let RankedDeal { old, new, error, .. } = named;
        let tcv = old.or(*new).map(|tcv| Cell::total(currency, tcv)).unwrap_or_default();
        let error = error.as_deref().unwrap_or_default();
        TableRow::new(vec![Cell::text(named.name()), tcv, Cell::text(error)])
    });
    Table::new(["Deal", "Contract (TCV)", "Reason"], rows)
}

/// Before, after, and what lies between.
fn amounts([old, new]: [Total; 2], currency: &Currency) -> Vec<Cell> {
    let share = (!old.is_zero()).then(|| Cell::share(old.growth_to(new)));
    let changes = [Cell::total(currency, new.minus(old)), share.unwrap_or_default()];
    let sides = [old, new].map(|total| Cell::total(currency, total)).into_iter();
    sides.chain(changes.map(|cell| cell.plus_if(new > old))).collect()
}

fn deals(deals: u64) -> String {
    format!("{} deal{}", count(deals), if deals == 1 { "" } else { "s" })
}

fn count(count: u64) -> String {
    grouped(&count.to_string())
}
