//! A number of deals against policy: one line each, and then why.

use super::deals::{approval, book, customer, deals, faults, section};
use super::document::{Block, Cell, Document, Item, Row, Table, Tone};
use super::quote::{refusal, requirement};
use crate::advise::Notice;
use crate::batch::Standing;
use crate::book::{Level, Rule};
use crate::check::{Check, Checked, Judged, Split, Status};

/// The answer of a check.
#[must_use]
pub fn document(check: &Check<'_, '_>) -> Document {
    let mut blocks = vec![
        Block::Title(format!("Check of {}", deals(check.deals.len()))),
        Block::Heading(headline(check), tone(check.worst())),
        Block::Table(table(check)),
    ];
    for deal in &check.deals {
        let status = check.status(deal);
        let title = format!("{}: {}", deal.name, word(check, status));
        section(&mut blocks, title, tone(status), reasons(check, deal));
    }
    let splits = check.splits.iter().map(split).collect();
    let title = "More together than each by itself".to_owned();
    section(&mut blocks, title, Tone::Warning, splits);
    // A split is told once, not once for each of its deals.
    let warnings = check.judged().flat_map(|judged| {
        let alone = judged.warnings().filter(|notice| notice.code != Split::CODE);
        alone.map(|notice| warning(judged, notice))
    });
    section(&mut blocks, "Warnings".to_owned(), Tone::Warning, warnings.collect());
    blocks.push(Block::Heading("Summary".to_owned(), Tone::Plain));
    blocks.push(Block::Facts(summary(check)));
    Document { blocks }
}

/// "1 outside policy, 3 ok": what matters most first.
fn headline(check: &Check<'_, '_>) -> String {
    let all = [Status::Unread, Status::Refused, Status::Above, Status::Within];
    let counts = all.map(|status| (status, check.count(status)));
    let counts = counts.iter().filter(|(_, count)| *count > 0);
    let counts = counts.map(|(status, count)| format!("{count} {}", word(check, *status)));
    counts.collect::<Vec<_>>().join(", ")
}

const fn tone(status: Status) -> Tone {
    match status {
        Status::Within => Tone::Good,
        Status::Above => Tone::Warning,
        Status::Refused | Status::Unread => Tone::Bad,
    }
}

/// How a deal stands.
fn word(check: &Check<'_, '_>, status: Status) -> String {
    match (status, check.within) {
        (Status::Within, _) => "ok".to_owned(),
        (Status::Above, Some(level)) if level > Level::NONE => {
            format!("above {}", check.book.ladder().title(level))
        }
        (Status::Above, _) => "needs approval".to_owned(),
        (Status::Refused, _) => "outside policy".to_owned(),
        (Status::Unread, _) => "cannot be read".to_owned(),
    }
}

fn table(check: &Check<'_, '_>) -> Table {
    let row = |deal: &Checked<'_, '_>| {
        let figures = deal.judged().map(|judged| {
            let figures = [judged.show(judged.totals.tcv), judged.totals.discount.to_string()];
            (customer(judged), figures, approval(judged))
        });
        let (customer, figures, approval) = figures.unwrap_or_default();
        let mut cells = vec![Cell::text(deal.name), Cell::text(customer)];
        cells.extend(figures.map(Cell::number));
        cells.extend([approval, word(check, check.status(deal))].map(Cell::text));
        Row { cells }
    };
    let header = ["Deal", "Customer", "Contract (TCV)", "Off list", "Approval", "Status"];
    Table::new(header, check.deals.iter().map(row))
}

/// Why a deal is not allowed; nothing of one that is.
fn reasons(check: &Check<'_, '_>, deal: &Checked<'_, '_>) -> Vec<Item> {
    let Some(judged) = deal.judged() else { return faults(deal) };
    let (book, verdict) = (judged.deal.book(), &judged.verdict);
    let refused = verdict.violations.iter().map(|it| named(refusal(it), &it.rule));
    let above = verdict
        .required
        .iter()
        .filter(|required| check.within.is_some_and(|within| required.ask.level > within));
    refused.chain(above.map(|it| named(requirement(book, it), &it.rule))).collect()
}

/// The same with the name of its rule, which whoever looks at many deals looks for.
fn named(item: Item, rule: &Rule) -> Item {
    Item { source: Some(format!("{}, {}", rule.id, rule.source)), ..item }
}

fn split(split: &Split<'_, '_>) -> Item {
    let (tone, badge) = (Tone::Warning, "split".to_owned());
    named(Item { tone, badge, text: split.message(), source: None }, &split.rule)
}

fn warning(judged: &Judged<'_, '_>, notice: &Notice) -> Item {
    Item {
        tone: Tone::Warning,
        badge: "warning".to_owned(),
        text: format!("{}: {}", judged.name, notice.message),
        source: notice.rule.as_ref().map(|rule| rule.source.clone()),
    }
}

fn summary(check: &Check<'_, '_>) -> Vec<(String, String)> {
    let ladder = check.book.ladder();
    let standings = check.standings().filter(|(_, worth)| worth.deals > 0);
    let standings = standings.map(|(standing, worth)| {
        let name = match standing {
            Standing::Needs(Level::NONE) => "none needed",
            Standing::Needs(level) => ladder.title(level),
            Standing::Refused => "outside policy",
        };
        format!("{name}: {} ({})", worth.deals, worth.tcv.show())
    });
    let standings: Vec<_> = standings.collect();
    let unread = check.count(Status::Unread);
    let of = if unread > 0 { format!(", of which {unread} cannot be read") } else { String::new() };
    let within = check.within.map(|level| ladder.title(level).to_owned());
    let facts = [
        Some(("Deals", format!("{}{of}", check.deals.len()))),
        Some(("Contract (TCV)", check.worth().tcv.show())),
        (!standings.is_empty()).then(|| ("Approvals", standings.join(", "))),
        within.map(|level| ("Allowed", level)),
    ];
    let facts = facts.into_iter().flatten().map(|(name, value)| (name.to_owned(), value));
    facts.chain(book(check)).collect()
}
