//! What a customer could have instead of the deal, with figures of its own.

use super::Deal;
use super::draft::Draft;
use crate::book::{
    Alternative, AlternativeCostKeys, Cost, DraftCost, PriceBook, read_costs, resolve_costs,
};
use crate::table::{Key, Keys, Kind, Section, Shape, unknown};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

/// The keys of an alternative in a deal file.
pub(super) static SHAPE: Shape = Shape {
    what: "an alternative",
    about: "What the customer could have instead, for `dealdesk value`.",
    keys: &[
        Key::required("name", Kind::Text, "One of the book's alternatives."),
        Key::optional(
            "cost",
            Kind::Tables(AlternativeCostKeys::SHAPE),
            "The customer's own figures, one table a cost.",
        ),
    ],
};

/// An alternative as it was written.
#[derive(Debug, Clone)]
pub struct DraftAlternative {
    /// One of the book's alternatives.
    pub name: Written<String>,
    /// The customer's own figures.
    pub(super) costs: Vec<DraftCost>,
}

/// An alternative of the book that a deal is held against.
#[derive(Debug, Clone)]
pub struct DealAlternative<'b> {
    pub(crate) alternative: &'b Alternative,
    /// The customer's own figures.
    pub(crate) costs: Vec<Cost>,
}

pub(super) fn read(top: Section<'_>) -> Vec<DraftAlternative> {
    let alternatives = top.tables("alternative").into_iter().filter_map(|table| {
        let costs = read_costs(table.tables("cost"));
        Some(DraftAlternative { name: table.text("name")?, costs })
    });
    alternatives.collect()
}

pub(super) fn resolve<'b>(
    draft: &Draft,
    book: &'b PriceBook,
    faults: &mut Vec<Diagnostic>,
) -> Vec<DealAlternative<'b>> {
    let mut asked = Vec::new();
    for (index, DraftAlternative { name, costs }) in draft.alternatives.iter().enumerate() {
        let coin = Some((book.currency.code.as_str(), book.currency.minor));
        let id = format!("alternative.{}", name.value);
        let (costs, wrong) = resolve_costs(costs, &id, Some(book.metrics()), coin);
        faults.extend(wrong);
        let same = |other: &&DraftAlternative| other.name.value == name.value;
        if let Some(first) = draft.alternatives[..index].iter().find(same) {
            let what = format!("the alternative \"{}\"", name.value);
            faults.push(
                Diagnostic::twice(name.place.clone(), first.name.place.clone(), &what)
                    .hint("write one with all its costs"),
            );
        }
        if let Some(alternative) = find(name, book, faults) {
            asked.push(DealAlternative { alternative, costs });
        }
    }
    asked
}

/// The alternative of that name; it is a fault if there is none.
pub(super) fn find<'b>(
    name: &Written<String>,
    book: &'b PriceBook,
    faults: &mut Vec<Diagnostic>,
) -> Option<&'b Alternative> {
    let found = book.alternative(&name.value);
    if found.is_none() {
        let names = book.alternatives().iter().map(Alternative::name);
        faults.push(unknown(Code::UnknownAlternative, "alternative", name, names));
    }
    found
}

impl Deal<'_> {
    /// Whether it is held against an alternative, or something is claimed against that.
    pub fn names(&self, alternative: &Alternative) -> bool {
        let mut asked = self.alternatives.iter().map(|asked| asked.alternative);
        let mut claimed = self.value_claims.iter().map(|claim| claim.against);
        let is_it = |known: &Alternative| known.name() == alternative.name();
        asked.any(is_it) || claimed.any(is_it)
    }
}
