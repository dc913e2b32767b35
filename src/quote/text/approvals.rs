//! Approvals and clauses of a quote, and the notices for its reader.

use crate::approve::{Requirement, Verdict, Violation};
use crate::book::{ClauseClass, Level, PriceBook};
use crate::deal::DealClause;
use crate::document::{Block, Cell, ListItem, Table, Tone};
use crate::quote::Quote;
use crate::quote::notice::{Notice, NoticeSeverity};

/// The column for approvers, who want to know why the customer asks; often nobody said.
const REASON: &str = "Customer's reason";

pub(super) fn clauses(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let clauses = &quote.deal.clauses;
    if clauses.is_empty() {
        return;
    }
    let table = Table::of_items(
        clauses,
        &[
            ("Clause", &|asked| Cell::text(asked.title())),
            ("Class", &|asked| Cell::text(asked.clause.class.name())),
            ("Approval", &|asked| Cell::text(agrees(quote, asked))),
            (REASON, &|asked| Cell::text(asked.reason.as_deref().unwrap_or_default())),
            ("Source", &|asked| Cell::text(asked.clause.rule.source.to_string())),
        ],
    );
    let table = table.column_if(REASON, clauses.iter().any(|asked| asked.reason.is_some()));
    blocks.extend([Block::heading("Contract terms"), Block::Table(table)]);
}

/// "VP approval", "SVP approval and Legal review".
fn agrees(quote: &Quote<'_, '_>, clause: &DealClause<'_>) -> String {
    match (clause.clause.class, clause.needs()) {
        (ClauseClass::Never, _) => "outside policy".to_owned(),
        (_, None) => "none needed".to_owned(),
        (_, Some(need)) => {
            let reviews: Vec<_> = need.review.as_deref().into_iter().collect();
            asked(quote.deal.book(), need.level, &reviews).join(" and ")
        }
    }
}

/// "SVP approval", "Legal review": whatever has to happen before it may be signed.
pub(crate) fn needs(quote: &Quote<'_, '_>) -> Vec<String> {
    let verdict = &quote.verdict;
    asked(quote.deal.book(), verdict.level(), &verdict.reviews())
}

/// Returns what a quote needs in words: "SVP approval and Legal review", or the words for nothing.
pub(crate) fn needed(quote: &Quote<'_, '_>, nothing: &str) -> String {
    let needs = needs(quote);
    match (quote.verdict.is_refused(), needs.is_empty()) {
        (true, _) => "outside policy".to_owned(),
        (false, true) => nothing.to_owned(),
        (false, false) => needs.join(" and "),
    }
}

/// Adds the violations of policy, and the approvals that the rest needs.
pub(crate) fn judged(book: &PriceBook, verdict: &Verdict, blocks: &mut Vec<Block>) {
    if verdict.is_refused() {
        let heading = "OUTSIDE POLICY: no approval level can approve this";
        blocks.extend(Block::items(heading, Tone::Bad, verdict.violations.iter().map(refusal)));
    }
    let needs = asked(book, verdict.level(), &verdict.reviews());
    let needed = needs.join(" and ");
    blocks.push(match (needs.is_empty(), verdict.is_refused()) {
        (true, false) => Block::Heading("Approval: none needed".to_owned(), Tone::Good),
        // Inside its limits it would need nothing; that is no news for a deal that is refused.
        (true, true) => return,
        (false, true) => Block::heading(format!("Would also need {needed}")),
        (false, false) => Block::Heading(format!("Needs {needed}"), Tone::Warning),
    });
    blocks.push(Block::Items(verdict.required.iter().map(|it| requirement(book, it)).collect()));
}

pub(crate) fn refusal(violation: &Violation) -> ListItem {
    ListItem::new(Tone::Bad, "refused", &violation.message).at(&violation.rule.source)
}

pub(crate) fn requirement(book: &PriceBook, required: &Requirement) -> ListItem {
    let reviews: Vec<_> = required.approval.review.iter().map(String::as_str).collect();
    let who = who(book, required.approval.level, &reviews);
    ListItem::new(Tone::Warning, who, &required.reason).at(&required.rule.source)
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

/// Returns the approval that a deal needs, or "Outside policy".
pub(crate) fn standing(book: &PriceBook, verdict: &Verdict) -> String {
    if verdict.is_refused() { "Outside policy".to_owned() } else { approval(book, verdict) }
}

pub(crate) fn notices(said: &[Notice], blocks: &mut Vec<Block>) {
    let mut notices: Vec<_> = said.iter().collect();
    notices.sort_by_key(|notice| std::cmp::Reverse(notice.kind.severity));
    let item = |notice: &Notice| {
        let tone = match notice.kind.severity {
            NoticeSeverity::Warning => Tone::Warning,
            NoticeSeverity::Note => Tone::Plain,
        };
        ListItem::new(tone, notice.kind.severity.name(), &notice.message).at(notice.source())
    };
    let items = notices.into_iter().map(item);
    blocks.extend(Block::items("Notes and warnings", Tone::Plain, items));
}
