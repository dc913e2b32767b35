//! A quote as an executive reads it: who, what, why that price, how much, who must agree.
pub(crate) mod agreed;
pub(crate) mod channel;
pub(crate) mod clauses;
pub(crate) mod comparison;
pub(crate) mod explain;
pub mod invoices;
pub(crate) mod services;
pub(crate) mod totals;
pub(crate) mod words;

use super::text::words::{basis, describe, rate, segments, term, title};
use crate::approve::{Requirement, Verdict, Violation};
use crate::book::{Discount, DiscountCondition, Level, PriceBook};
use crate::deal::FactPosition;
use crate::document::{Answer, Block, Cell, Document, ListItem, Table, TableRow, Tone};
use crate::price::{PricedSegment, WaterfallStep};
use crate::quote::notice::{Notice, NoticeSeverity};
use crate::quote::{Quote, json, rows};
pub use invoices::InvoicesView;

/// A quote as an answer, with or without the arithmetic of its figures.
#[derive(Debug, Clone, Copy)]
pub struct QuoteView<'q> {
    /// The quote.
    pub quote: &'q Quote<'q, 'q>,
    /// Whether every figure has its arithmetic beside it.
    pub explained: bool,
}

impl Answer for QuoteView<'_> {
    fn document(&self) -> Document {
        document(self.quote, self.explained)
    }

    fn rows(&self) -> Table {
        rows::records(self.quote)
    }

    fn json(&self) -> String {
        json::to_json(self.quote)
    }
}

/// A part of the document, with the arithmetic of its figures if that is wanted.
type QuoteSection = fn(&Quote<'_, '_>, bool, &mut Vec<Block>);

/// From top to bottom. What a deal has nothing of leaves no trace.
const PARTS: &[QuoteSection] = &[
    head,
    lines,
    waterfalls,
    services::part,
    agreed::part,
    totals::part,
    channel::part,
    invoices::part,
    comparison::part,
    clauses::part,
    approvals,
    worth_knowing,
];

/// The quote; with `explained`, the arithmetic of every figure too.
pub fn document(quote: &Quote<'_, '_>, explained: bool) -> Document {
    let mut blocks = Vec::new();
    for part in PARTS {
        part(quote, explained, &mut blocks);
    }
    Document { blocks }
}

fn head(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    blocks.push(Block::Title(format!("Quote {}", quote.id())));
    blocks.push(Block::Facts(facts(quote)));
}

pub(crate) fn facts(quote: &Quote<'_, '_>) -> Vec<(String, String)> {
    let deal = quote.deal;
    let book = deal.book();
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            facts.push((name.to_owned(), value));
        }
    };
    if deal.customer().is_none() {
        fact("Customer", Some("not named".to_owned()));
    }
    for (row, value) in deal.record.at(FactPosition::Head) {
        fact(row.title, Some(value.to_string()));
    }
    fact("Date", Some(format!("{}, valid until {}", deal.date(), quote.valid_until())));
    fact("Term", Some(term(deal)));
    fact("Currency", book.is_one_of_several.then(|| book.currency().code.clone()));
    fact("Prepay", prepay(quote));
    for (name, value) in invoices::facts(quote) {
        fact(&name, Some(value));
    }
    let mut billed: Vec<_> = deal.lines.iter().map(|line| line.metric).collect();
    billed.dedup_by_key(|metric| metric.name());
    for metric in billed {
        let way = book.billing_schedule(metric.billing);
        fact("Billed", way.map(|way| format!("{}: {}", metric.title(), way.title())));
    }
    for claim in &deal.claims {
        let rate = if claim.rate.is_zero() { String::new() } else { format!(" at {}", claim.rate) };
        fact("Program", Some(format!("{}{rate}", claim.program.title())));
        fact("Reason", claim.reason.clone());
        fact("Duties", (!claim.duties.is_empty()).then(|| claim.duties.join(", ")));
    }
    fact("Channel", deal.partner().map(channel::agreed));
    fact("Partner", deal.partner().and_then(|partner| partner.name().map(str::to_owned)));
    for (row, value) in deal.record.at(FactPosition::Foot) {
        fact(row.title, Some(value.to_string()));
    }
    fact("Price book", Some(format!("{}, version {}", book.name(), book.version())));
    fact("SHA-256", Some(book.sha256().to_owned()));
    facts
}

/// Whether any line can be prepaid.
pub(crate) fn can_prepay(quote: &Quote<'_, '_>) -> bool {
    let by_prepayment =
        |discount: &&Discount| matches!(discount.condition, DiscountCondition::Prepay { .. });
    let discount = quote.deal.book().discounts().iter().find(by_prepayment);
    let lines = &quote.deal.lines;
    discount.is_some_and(|it| lines.iter().any(|line| it.applies_to(line.metric.name())))
}

/// How the lines that can be prepaid are.
fn prepay(quote: &Quote<'_, '_>) -> Option<String> {
    let book = quote.deal.book();
    let (rows, _) = book.prepayments()?;
    let row = rows.get(quote.deal.prepay.filter(|_| can_prepay(quote))?)?;
    let billing = book.billing_schedule(row.billing).map(|way| format!(", billed {}", way.title()));
    Some(format!("{}{}", row.choices().first()?, billing.unwrap_or_default()))
}

fn lines(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let header = ["Line", "Net", "A year", "Contract", "Off list"];
    let mut table = Table::new(header, []);
    let show = |amount| Cell::figure(quote.show(amount));
    for (line, segment, priced, years) in segments(quote) {
        table.rows.push(TableRow {
            cells: vec![
                Cell::text(describe(line, segment, priced, &years)),
                show(priced.net()),
                show(priced.at_net.annual),
                show(priced.tcv()),
                Cell::figure(priced.discount().to_string()),
            ],
        });
    }
    blocks.push(Block::Heading("Lines".to_owned(), Tone::Plain));
    blocks.push(Block::Table(table));
}

fn waterfalls(quote: &Quote<'_, '_>, explained: bool, blocks: &mut Vec<Block>) {
    for (line, segment, priced, years) in segments(quote) {
        let what = describe(line, segment, priced, &years);
        let heading = format!("Price of {}: {what}", basis(line, priced));
        blocks.push(Block::Heading(heading, Tone::Plain));
        blocks.push(Block::Table(waterfall(quote, priced)));
        if explained {
            blocks.push(Block::Lines(explain::segment(quote, line, segment, priced)));
        }
    }
}

pub(crate) fn waterfall(quote: &Quote<'_, '_>, priced: &PricedSegment<'_>) -> Table {
    let header = ["Step", "Rate", "Amount", "Price", "Source"];
    let show = |amount| quote.show(amount);
    let row = |step: &WaterfallStep<'_>| TableRow {
        cells: vec![
            Cell::text(title(step)),
            Cell::figure(rate(step)),
            Cell::figure(if step.name == "list" { String::new() } else { show(step.amount) }),
            Cell::figure(show(step.price)),
            Cell::text(step.rule.source.to_string()),
        ],
    };
    Table::new(header, priced.waterfall.steps().iter().map(row))
}

/// "SVP approval", "Legal review": whatever has to happen before it may be signed.
pub(crate) fn needs(quote: &Quote<'_, '_>) -> Vec<String> {
    let verdict = &quote.verdict;
    asked(quote.deal.book(), verdict.level(), &verdict.reviews())
}

fn approvals(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    judged(quote.deal.book(), &quote.verdict, blocks);
}

/// What is outside policy, and who must agree to the rest.
pub(crate) fn judged(book: &PriceBook, verdict: &Verdict, blocks: &mut Vec<Block>) {
    if verdict.is_refused() {
        let heading = "OUTSIDE POLICY: no approval level can grant this";
        blocks.push(Block::Heading(heading.to_owned(), Tone::Bad));
        blocks.push(Block::Items(verdict.violations.iter().map(refusal).collect()));
    }
    let needs = asked(book, verdict.level(), &verdict.reviews());
    blocks.push(match (needs.is_empty(), verdict.is_refused()) {
        (true, false) => Block::Heading("Approval: none needed".to_owned(), Tone::Good),
        // Inside its limits it would need nothing; that is no news for a deal that is refused.
        (true, true) => return,
        (false, true) => {
            Block::Heading(format!("Would also need {}", needs.join(" and ")), Tone::Plain)
        }
        (false, false) => Block::Heading(format!("Needs {}", needs.join(" and ")), Tone::Warning),
    });
    blocks.push(Block::Items(verdict.required.iter().map(|it| requirement(book, it)).collect()));
}

/// What nobody can say yes to.
pub(crate) fn refusal(violation: &Violation) -> ListItem {
    ListItem {
        tone: Tone::Bad,
        badge: "refused".to_owned(),
        text: violation.message.clone(),
        source: Some(violation.rule.source.to_string()),
    }
}

/// What somebody has to say yes to.
pub(crate) fn requirement(book: &PriceBook, required: &Requirement) -> ListItem {
    let reviews: Vec<_> = required.approval.review.iter().map(String::as_str).collect();
    ListItem {
        tone: Tone::Warning,
        badge: who(book, required.approval.level, &reviews),
        text: required.reason.clone(),
        source: Some(required.rule.source.to_string()),
    }
}

/// "SVP approval", "Legal review": what a level and reviews are called.
pub(crate) fn asked(book: &PriceBook, level: Level, reviews: &[&str]) -> Vec<String> {
    let level = (level > Level::NONE).then(|| format!("{} approval", book.ladder().title(level)));
    let reviews = reviews.iter().map(|name| book.review_title(name).to_owned());
    level.into_iter().chain(reviews).collect()
}

/// "SVP, Legal review": the same in the fewest words.
pub(crate) fn who(book: &PriceBook, level: Level, reviews: &[&str]) -> String {
    asked(book, level, reviews).join(", ").replace(" approval", "")
}

/// "None", "SVP, Legal review": what the rules of a deal ask for.
pub(crate) fn approval(book: &PriceBook, verdict: &Verdict) -> String {
    let who = who(book, verdict.level(), &verdict.reviews());
    if who.is_empty() { book.ladder().title(Level::NONE).to_owned() } else { who }
}

/// The same, or "Outside policy".
pub(crate) fn standing(book: &PriceBook, verdict: &Verdict) -> String {
    if verdict.is_refused() { "Outside policy".to_owned() } else { approval(book, verdict) }
}

fn worth_knowing(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    notices(&quote.notices, blocks);
}

/// What the reader should know, what matters most first.
pub(crate) fn notices(said: &[Notice], blocks: &mut Vec<Block>) {
    if said.is_empty() {
        return;
    }
    let mut notices: Vec<_> = said.iter().collect();
    notices.sort_by_key(|notice| std::cmp::Reverse(notice.severity));
    let item = |notice: &&Notice| ListItem {
        tone: match notice.severity {
            NoticeSeverity::Warning => Tone::Warning,
            NoticeSeverity::Note => Tone::Plain,
        },
        badge: notice.severity.name().to_owned(),
        text: notice.message.clone(),
        source: notice.rule.as_ref().map(|rule| rule.source.to_string()),
    };
    blocks.push(Block::Heading("Worth knowing".to_owned(), Tone::Plain));
    blocks.push(Block::Items(notices.iter().map(item).collect()));
}
