//! A quote as an executive reads it: who, what, why that price, how much, who must agree.

use super::document::{Block, Cell, Document, Item, Row, Table, Tone};
use super::explain;
use crate::advise::Severity;
use crate::book::{Basis, Per};
use crate::deal::{Line, Segment};
use crate::price::{PricedSegment, Step};
use crate::quote::Quote;
use crate::value::{Money, Share};

/// The quote; with `explained`, the arithmetic of every figure too.
#[must_use]
pub fn document(quote: &Quote<'_, '_>, explained: bool) -> Document {
    let mut blocks = vec![
        Block::Title(format!("Quote {}", quote.id())),
        Block::Facts(facts(quote)),
        Block::Heading("Lines".to_owned(), Tone::Plain),
        Block::Table(lines(quote)),
    ];
    for (line, priced) in quote.deal.lines.iter().zip(&quote.pricing.lines) {
        let mut year = 1;
        for (segment, priced) in line.segments.iter().zip(&priced.segments) {
            let years = years(line, year, priced);
            year += priced.years.count();
            let what = format!("{}{years}", describe(line, segment, priced));
            let heading = format!("Price of {}: {what}", basis(line, priced));
            blocks.push(Block::Heading(heading, Tone::Plain));
            blocks.push(Block::Table(waterfall(quote, priced)));
            if explained {
                blocks.push(Block::Lines(explain::segment(quote, line, segment, priced)));
            }
        }
    }
    blocks.push(Block::Heading("Totals".to_owned(), Tone::Plain));
    blocks.push(Block::Facts(totals(quote)));
    if explained {
        blocks.push(Block::Lines(explain::totals(quote)));
    }
    approvals(quote, &mut blocks);
    notices(quote, &mut blocks);
    Document { blocks }
}

fn facts(quote: &Quote<'_, '_>) -> Vec<(String, String)> {
    let deal = quote.deal;
    let book = deal.book();
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            facts.push((name.to_owned(), value));
        }
    };
    fact("Customer", Some(deal.customer().unwrap_or("not named").to_owned()));
    fact("Segment", deal.segment.clone());
    fact("Opportunity", deal.opportunity.clone());
    fact("Incumbent", deal.incumbent.clone());
    fact("Date", Some(format!("{}, valid until {}", deal.date(), quote.valid_until())));
    fact("Term", Some(deal.term().to_string()));
    fact("Prepay", prepay(quote));
    for claim in &deal.claims {
        let rate = if claim.rate.is_zero() { String::new() } else { format!(" at {}", claim.rate) };
        fact("Strategic", Some(format!("{}{rate}", claim.program.title())));
        fact("Reason", claim.reason.clone());
        fact("Duties", (!claim.duties.is_empty()).then(|| claim.duties.join(", ")));
    }
    fact("Notes", deal.notes.clone());
    fact("Price book", Some(format!("{}, version {}", book.name(), book.version())));
    fact("SHA-256", Some(book.sha256().to_owned()));
    facts
}

fn prepay(quote: &Quote<'_, '_>) -> Option<String> {
    let (rows, standard) = quote.deal.book().prepayments()?;
    let row = rows.get(quote.deal.prepay.unwrap_or(standard))?;
    let billing = row.billing.as_ref().map(|billing| format!(", billed {billing}"));
    Some(format!("{}{}", row.choice()?, billing.unwrap_or_default()))
}

/// "500 sockets, Enterprise+".
fn describe(line: &Line<'_>, segment: &Segment<'_>, priced: &PricedSegment<'_>) -> String {
    let edition = priced.list.tier.edition.as_deref();
    let count = line.metric.count(segment.quantity);
    let average = match line.metric.per {
        Per::Hour { .. } => " on average",
        Per::Year => "",
    };
    edition.map_or_else(
        || format!("{count}{average}"),
        |edition| format!("{count}{average}, {edition}"),
    )
}

/// ", year 2" or ", years 2-3" of a ramp; nothing for a flat line.
fn years(line: &Line<'_>, first: u32, priced: &PricedSegment<'_>) -> String {
    match (line.is_ramp(), priced.years.count()) {
        (false, _) => String::new(),
        (true, 1) => format!(", year {first}"),
        (true, count) => format!(", years {first}-{}", first + count - 1),
    }
}

/// "a socket and year".
pub(super) fn basis(line: &Line<'_>, priced: &PricedSegment<'_>) -> String {
    let (one, many) = &line.metric.unit;
    let per = match line.metric.per {
        Per::Year => "year",
        Per::Hour { .. } => "hour",
    };
    match priced.list.basis {
        Basis::Unit => format!("one {one} a {per}"),
        Basis::Package(size) => format!("a package of {size} {many} a {per}"),
        Basis::Line => format!("the whole line a {per}"),
    }
}

fn lines(quote: &Quote<'_, '_>) -> Table {
    let header = ["Line", "Years", "List", "Net", "A year", "Contract", "Off list"];
    let mut table = Table { header: header.map(str::to_owned).to_vec(), rows: Vec::new() };
    let show = |amount: Money| Cell::number(quote.deal.book().currency().show(amount));
    for (line, priced) in quote.deal.lines.iter().zip(&quote.pricing.lines) {
        let mut year = 1;
        for (segment, years) in line.segments.iter().zip(&priced.segments) {
            let count = years.years.count();
            let which = if line.is_ramp() && count == 1 {
                year.to_string()
            } else {
                format!("{year}-{}", year + count - 1)
            };
            let which = if count == quote.deal.term().count() { count.to_string() } else { which };
            year += count;
            table.rows.push(Row {
                cells: vec![
                    Cell::text(describe(line, segment, years)),
                    Cell::number(which),
                    show(years.list.price),
                    show(years.net()),
                    show(years.annual),
                    show(years.tcv()),
                    Cell::number(Share::off(years.list_annual, years.annual).to_string()),
                ],
            });
        }
    }
    table
}

fn waterfall(quote: &Quote<'_, '_>, priced: &PricedSegment<'_>) -> Table {
    let header = ["Step", "Rate", "Amount", "Price", "Source"];
    let show = |amount: Money| quote.deal.book().currency().show(amount);
    let row = |step: &Step<'_>| Row {
        cells: vec![
            Cell::text(title(step)),
            Cell::number(step.rate.map(|rate| rate.to_string()).unwrap_or_default()),
            Cell::number(if step.name == "list" { String::new() } else { show(step.amount) }),
            Cell::number(show(step.price)),
            Cell::text(step.rule.source.clone()),
        ],
    };
    Table {
        header: header.map(str::to_owned).to_vec(),
        rows: priced.waterfall.steps().iter().map(row).collect(),
    }
}

/// What a step is, and which program it is for.
pub(super) fn title(step: &Step<'_>) -> String {
    match step.grant {
        crate::price::Grant::Program(program) => format!("{}: {}", step.title, program.name()),
        _ => step.title.to_owned(),
    }
}

fn totals(quote: &Quote<'_, '_>) -> Vec<(String, String)> {
    let totals = &quote.pricing.totals;
    let show = |amount: Money| quote.deal.book().currency().show(amount);
    let mut facts = vec![
        ("List".to_owned(), show(totals.list_tcv)),
        ("Contract (TCV)".to_owned(), show(totals.tcv)),
        (
            "Off list".to_owned(),
            format!("{} ({})", totals.discount, show(totals.list_tcv - totals.tcv)),
        ),
    ];
    match totals.exit_arr {
        None => facts.push(("A year (ARR)".to_owned(), show(totals.arr))),
        Some(exit) => {
            facts.push(("First-year ARR".to_owned(), show(totals.arr)));
            facts.push(("Exit ARR".to_owned(), show(exit)));
            facts.push(("Average a year (ACV)".to_owned(), show(totals.acv)));
        }
    }
    for (line, priced) in quote.deal.lines.iter().zip(&quote.pricing.lines) {
        if let (Per::Hour { per_month }, [segment]) = (line.metric.per, priced.segments.as_slice())
        {
            let month = segment.net() * segment.list.times * per_month;
            facts.push((format!("A month, {}", line.metric.title().to_lowercase()), show(month)));
        }
    }
    facts
}

/// "SVP approval", "Legal review": whatever has to happen before it may be signed.
pub(crate) fn needs(quote: &Quote<'_, '_>) -> Vec<String> {
    let (verdict, book) = (&quote.verdict, quote.deal.book());
    let level = verdict.level();
    let approval = (level > crate::book::Level::NONE)
        .then(|| format!("{} approval", book.ladder().title(level)));
    let reviews = verdict.reviews().into_iter().map(|name| book.review_title(name).to_owned());
    approval.into_iter().chain(reviews).collect()
}

fn approvals(quote: &Quote<'_, '_>, blocks: &mut Vec<Block>) {
    let verdict = &quote.verdict;
    let ladder = quote.deal.book().ladder();
    let needs = needs(quote);
    let heading = if needs.is_empty() {
        (
            "Approval: none needed".to_owned(),
            if verdict.is_refused() { Tone::Plain } else { Tone::Good },
        )
    } else {
        (format!("Needs {}", needs.join(" and ")), Tone::Warning)
    };
    blocks.push(Block::Heading(heading.0, heading.1));
    let item = |required: &crate::approve::Requirement| {
        let mut badge = match required.ask.level {
            crate::book::Level::NONE => String::new(),
            level => ladder.title(level).to_owned(),
        };
        if let Some(review) = &required.ask.review {
            let gap = if badge.is_empty() { "" } else { ", " };
            badge = format!("{badge}{gap}{}", quote.deal.book().review_title(review));
        }
        Item {
            tone: Tone::Warning,
            badge,
            text: required.reason.clone(),
            source: Some(required.rule.source.clone()),
        }
    };
    if !verdict.required.is_empty() {
        blocks.push(Block::Items(verdict.required.iter().map(item).collect()));
    }
    if verdict.is_refused() {
        let heading = "OUTSIDE POLICY: no approval level can grant this";
        blocks.push(Block::Heading(heading.to_owned(), Tone::Bad));
        let item = |violation: &crate::approve::Violation| Item {
            tone: Tone::Bad,
            badge: "refused".to_owned(),
            text: violation.message.clone(),
            source: Some(violation.rule.source.clone()),
        };
        blocks.push(Block::Items(verdict.violations.iter().map(item).collect()));
    }
}

fn notices(quote: &Quote<'_, '_>, blocks: &mut Vec<Block>) {
    if quote.notices.is_empty() {
        return;
    }
    let mut notices: Vec<_> = quote.notices.iter().collect();
    notices.sort_by_key(|notice| std::cmp::Reverse(notice.severity));
    let item = |notice: &&crate::advise::Notice| Item {
        tone: match notice.severity {
            Severity::Warning => Tone::Warning,
            Severity::Note => Tone::Plain,
        },
        badge: notice.severity.name().to_owned(),
        text: notice.message.clone(),
        source: notice.rule.as_ref().map(|rule| rule.source.clone()),
    };
    blocks.push(Block::Heading("Worth knowing".to_owned(), Tone::Plain));
    blocks.push(Block::Items(notices.iter().map(item).collect()));
}
