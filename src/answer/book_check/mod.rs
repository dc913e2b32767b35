//! `dealdesk book check`: proofs about a price book, for every deal that the book sells.
//!
//! Breakpoints split the quantities of a metric into pieces. Within a piece only amounts change, and a
//! total only grows with the quantity: the [contract of a rule](crate::approve#the-contract-of-a-rule) and
//! that of a [pricing step](crate::price::PricingStep) promise it. So a few prices at the ends of the
//! pieces, and one that is found by halving, decide every quantity. A rule that promises no direction is
//! reported as `not-proved`. The terms, prepayments and programs that a deal can choose are finitely many,
//! and each is proved by itself: nothing is sampled. A metric that is sold in parts of a unit is counted in
//! thousandths ([`Increment`]).
//! `docs/src/methods/proofs.md` describes the method with worked examples.
//!
//! A kind of finding is a file with the name of its code, a row in [`FINDING_KINDS`], and a specimen in
//! `tests/findings`. `finding` has the types that all of them use; `order_choices` and `refusals` list the
//! deals that can be chosen; `max_discount` finds the deal with the largest discount; `requiring_deal` searches
//! a deal that needs an approval, among those that `requiring_drafts` writes.
//!
//! [`Increment`]: crate::number::Increment

mod approval_never_required;
mod approval_places;
mod assumed;
mod cheapest_split;
mod dates_between_books;
mod draft_parts;
mod example_differs;
mod finding;
pub mod json;
mod larger_order_costs_less;
mod level_gives_at_most;
mod max_discount;
mod metrics_undercut;
mod nobody_approves;
mod not_in_force;
mod not_proved;
mod order_choices;
mod refusals;
mod requiring_deal;
mod requiring_drafts;
pub mod rows;
mod small_rate_needs_more;
mod splitting_costs_less;
pub mod text;
mod unit_price_rises;
mod unreached;
mod ways_to_pay;

pub use approval_places::{ApprovalPlace, approval_places};
pub use finding::{
    CostliestTerms, EarliestTerms, Finding, FindingKind, FindingSeverity, OrderTerms, WorstCase,
};
pub use requiring_deal::RequiringDeal;

use crate::book::{Books, PriceBook, PriceColumn};
use crate::number::Date;
use finding::BookUnderCheck;
use std::collections::HashSet;

/// Every kind of finding, in the order of the report.
pub const FINDING_KINDS: &[FindingKind] = &[
    example_differs::KIND,
    not_in_force::KIND,
    dates_between_books::KIND,
    unreached::KIND,
    // After `unreached`, whose lines it leaves out.
    approval_never_required::KIND,
    larger_order_costs_less::KIND,
    splitting_costs_less::KIND,
    metrics_undercut::KIND,
    small_rate_needs_more::KIND,
    unit_price_rises::KIND,
    nobody_approves::KIND,
    level_gives_at_most::KIND,
    not_proved::KIND,
    assumed::KIND,
];

/// The answer of `book check`: the checked books and their findings.
#[derive(Debug, Clone, Copy)]
pub struct BookCheck<'a, 'b> {
    /// Day of the check.
    pub date: Date,
    /// The books, in the order of the command line.
    pub books: &'a [&'b PriceBook],
    /// The findings, sorted by kind.
    pub found: &'a [Finding<'b>],
    /// The kinds that fail the check, besides errors.
    pub denied: &'a [&'static FindingKind],
}

impl BookCheck<'_, '_> {
    /// Returns the number of examples that the books have.
    pub fn examples(&self) -> usize {
        example_differs::count(self.books)
    }

    pub fn is_denied(&self, finding: &Finding<'_>) -> bool {
        finding.code.severity == FindingSeverity::Error || self.denied.contains(&finding.code)
    }
}

/// Returns the findings of price books on a day, sorted by kind, then by file, then by line. The files
/// follow one another in time.
pub fn findings<'b>(files: &[&'b Books], date: Date) -> Vec<Finding<'b>> {
    let mut found = Vec::new();
    for kind in FINDING_KINDS {
        for (place, books) in files.iter().enumerate() {
            let next = files.get(place + 1).map(|next| next.first());
            let is_one_of_several = files.len() > 1;
            for book in books.iter() {
                let check = BookUnderCheck { books, book, is_one_of_several, next, date };
                let before = found.len();
                (kind.find)(&check, &mut found);
                if let Some(column) = book.price_column() {
                    name_column(&mut found, before, column);
                }
            }
        }
    }
    // A finding without an amount reads alike in every currency, and is reported once.
    let mut known = HashSet::new();
    found.retain(|it: &Finding<'_>| known.insert(key(it)));
    found
}

fn key(finding: &Finding<'_>) -> (String, String) {
    (finding.rule.source.to_string(), finding.message.clone())
}

/// Names the price column in the findings from a place on, unless they are true of the prices before too.
fn name_column(found: &mut [Finding<'_>], from: usize, column: &PriceColumn) {
    let (before, new) = found.split_at_mut(from);
    let known: HashSet<_> = before.iter().map(key).collect();
    for finding in new.iter_mut().filter(|it| !known.contains(&key(it))) {
        finding.message = format!("{} prices: {}", column.name(), finding.message);
    }
}

/// Searches a deal that needs the approval of a place of a book, and that no rule refuses.
pub fn requiring_deal<'b>(
    books: &'b Books,
    book: &'b PriceBook,
    place: ApprovalPlace<'b>,
    date: Date,
) -> RequiringDeal<'b> {
    let check = BookUnderCheck { books, book, is_one_of_several: false, next: None, date };
    requiring_deal::requiring_deal(&check, place)
}
