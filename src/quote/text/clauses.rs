//! The clauses that a deal asks for, and who must agree to each.

use super::asked;
use crate::book::{Clause, ClauseClass};
use crate::deal::DealClause;
use crate::document::{Block, Cell, Table, TableRow, Tone};
use crate::quote::Quote;

/// The clauses under their heading.
pub(crate) fn part(quote: &Quote<'_, '_>, _: bool, blocks: &mut Vec<Block>) {
    let clauses = &quote.deal.clauses;
    if clauses.is_empty() {
        return;
    }
    // Who approves wants to know why the customer asks; often nobody said.
    let reasons = clauses.iter().any(|asked| asked.reason.is_some());
    let row = |asked: &DealClause<'_>| {
        let clause = asked.clause;
        let reason = reasons.then(|| asked.reason.as_deref().unwrap_or_default());
        let agrees = agrees(quote, clause);
        let source = clause.rule.source.to_string();
        let cells = [clause.title.as_str(), clause.class.name(), agrees.as_str()].into_iter();
        let cells = cells.chain(reason).chain([source.as_str()]);
        TableRow::new(cells.map(Cell::text).collect())
    };
    let header = ["Clause", "Class", "Who must agree"]
        .into_iter()
        .chain(reasons.then_some("Why it is asked for"))
        .chain(["Source"]);
    blocks.push(Block::Heading("Contract terms".to_owned(), Tone::Plain));
    blocks.push(Block::Table(Table {
        header: header.map(str::to_owned).collect(),
        rows: clauses.iter().map(row).collect(),
    }));
}

/// "VP approval", "SVP approval and Legal review".
fn agrees(quote: &Quote<'_, '_>, clause: &Clause) -> String {
    let reviews: Vec<_> = clause.approval.review.as_deref().into_iter().collect();
    match clause.class {
        ClauseClass::Standard => "nobody".to_owned(),
        ClauseClass::Never => "nobody can".to_owned(),
        ClauseClass::Negotiable | ClauseClass::RedLine => {
            asked(quote.deal.book(), clause.approval.level, &reviews).join(" and ")
        }
    }
}
