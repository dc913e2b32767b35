//! The clauses that a deal asks for.

use super::draft::Draft;
use crate::book::{Clause, PriceBook};
use crate::table::{Key, Kind, Section, Shape, unknown};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// The keys of a clause in a deal file.
pub(super) static SHAPE: Shape = Shape {
    what: "a clause",
    about: "A clause that the customer wants in the contract.",
    keys: &[
        Key::required("name", Kind::Text, "One of the book's clauses."),
        Key::optional("reason", Kind::Text, "Why the customer wants it."),
    ],
};

/// A clause as it was written or typed.
#[derive(Debug, Clone)]
pub struct DraftClause {
    /// One of the book's clauses.
    pub name: Written<String>,
    /// Why the customer wants it.
    pub reason: Option<Written<String>>,
}

/// A clause of the book that a deal asks for.
#[derive(Debug, Clone)]
pub struct DealClause<'b> {
    pub(crate) clause: &'b Clause,
    pub(crate) reason: Option<String>,
}

impl<'b> DealClause<'b> {
    /// The clause of the book.
    pub const fn clause(&self) -> &'b Clause {
        self.clause
    }
}

pub(super) fn read(top: Section<'_>) -> Vec<DraftClause> {
    let clauses = top.tables("clause").into_iter().filter_map(|table| {
        let reason = table.text("reason");
        Some(DraftClause { name: table.text("name")?, reason })
    });
    clauses.collect()
}

pub(super) fn resolve<'b>(
    draft: &Draft,
    book: &'b PriceBook,
    faults: &mut Vec<Diagnostic>,
) -> Vec<DealClause<'b>> {
    let mut asked = Vec::new();
    for (index, DraftClause { name, reason }) in draft.clauses.iter().enumerate() {
        let Some(clause) = book.clause(&name.value) else {
            let names = book.clauses().iter().map(Clause::name);
            faults.push(unknown(Code::UnknownClause, "clause", name, names));
            continue;
        };
        let same = |other: &&DraftClause| other.name.value == name.value;
        if let Some(first) = draft.clauses[..index].iter().find(same) {
            let what = format!("the clause \"{}\"", name.value);
            faults.push(
                Diagnostic::twice(name.place.clone(), first.name.place.clone(), &what)
                    .hint("take one of them out"),
            );
        }
        asked.push(DealClause { clause, reason: super::resolve::text(reason.as_ref()) });
    }
    asked
}
