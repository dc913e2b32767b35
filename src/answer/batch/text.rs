//! The summary of a batch as a document.

use crate::answer::batch::{BatchSummary, OutcomeTotals};
use crate::book::Level;
use crate::document::{Block, Cell, Document, Table, TableRow, Tone};
use crate::number::{counted, grouped};
use crate::quote::text::book_facts;

pub fn document(summary: &BatchSummary<'_>) -> Document {
    let mut blocks = vec![
        Block::Title(format!("Batch {}", summary.input)),
        facts(summary),
        Block::heading("Approvals"),
        Block::Table(approvals(summary)),
    ];
    blocks.extend(news(summary).map(|(text, tone)| Block::Heading(text, tone)));
    Document { blocks }
}

fn facts(summary: &BatchSummary<'_>) -> Block {
    let (book, tally) = (summary.book, summary.tally);
    let currency = book.currency();
    let (list, net) = (tally.list_tcv, tally.tcv());
    let (off, word) =
        if net > list { (net.minus(list), "more") } else { (list.minus(net), "less") };
    let facts = [
        ("Rows", grouped(&summary.rows())),
        ("Priced", grouped(&tally.priced())),
        ("Failed", grouped(&tally.failed)),
        ("List", currency.show_total(list)),
        ("Contract (TCV)", currency.show_total(net)),
        ("Off list", format!("{}, {} {word}", tally.discount(), currency.show_total(off))),
    ];
    let (date, output) =
        (("Date", summary.date.to_string()), ("Output", summary.output.to_owned()));
    Block::facts(facts.into_iter().chain([date]).chain(book_facts(book)).chain([output]))
}

/// A row for each level of the ladder, one for what is outside policy, and one for each review.
fn approvals(summary: &BatchSummary<'_>) -> Table {
    let ladder = summary.book.ladder();
    let row = |name: &str, standings: OutcomeTotals| {
        let tcv = Cell::total(summary.book.currency(), standings.tcv);
        TableRow::new([Cell::text(name), Cell::count(standings.count), tcv])
    };
    let title = |name| ladder.level(name).map_or(name, |level| ladder.title(level));
    let levels = summary.levels().map(|(name, standings)| row(title(name), standings));
    let refused = row("Outside policy", summary.refused());
    let review = |(name, rows)| row(&format!("and {}", summary.book.review_title(name)), rows);
    let rows = levels.chain([refused]).chain(summary.reviews().map(review));
    Table::new(["Needs", "Rows", "Contract (TCV)"], rows)
}

/// Returns the sentences that call for an action, each with its tone.
fn news(summary: &BatchSummary<'_>) -> impl Iterator<Item = (String, Tone)> {
    let (above, refused) = (summary.above(), summary.refused().count);
    let above = summary.within.filter(|_| above > 0).map(|within| {
        let needs = if above == 1 { "needs" } else { "need" };
        let what = match within {
            Level::NONE => "an approval".to_owned(),
            level => format!("more than {}", summary.book.ladder().title(level)),
        };
        (format!("{} {needs} {what}", counted(above, "row")), Tone::Warning)
    });
    let refused = summary.within.filter(|_| refused > 0).map(|_| {
        let is = if refused == 1 { "is" } else { "are" };
        (format!("{} {is} outside policy", counted(refused, "row")), Tone::Bad)
    });
    let failed = failed(summary).map(|text| (text, Tone::Bad));
    [failed, above, refused].into_iter().flatten()
}

/// How many rows could not be priced, if there are any, and where it says why.
pub fn failed(summary: &BatchSummary<'_>) -> Option<String> {
    let failed = summary.tally.failed;
    let place = summary.errors.map_or("see above".to_owned(), |name| format!("see {name}"));
    (failed > 0).then(|| format!("{} could not be priced: {place}", counted(failed, "row")))
}
