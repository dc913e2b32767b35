//! `approval-never-required`: approvals that the book names and no deal needs.

use super::approval_places::{ApprovalPlace, approval_places};
use super::finding::{BookUnderCheck, Finding, FindingKind, FindingSeverity};
use super::requiring_deal::never_required;
use super::unreached;
use crate::book::{ApprovalNeed, Level, PriceBook};

pub(super) const KIND: FindingKind = FindingKind {
    name: "approval-never-required",
    severity: FindingSeverity::Warning,
    title: "An approval that no deal needs",
    lesson: "\
A line of the book names a level or a review, and no deal that somebody can grant needs the approval of that line:
a guardrail that refuses what it also sends to a level; a program of a fixed rate that a guardrail refuses; a
program for a way to pay that the book does not offer; a step for a payment that an earlier step has already;
the share of a service of which nothing is included. The author meant somebody to look at such deals, and nobody
ever does.

The proof tries the deals that meet the conditions of the line: each metric at the ends of each of its spans of
quantities, each term, prepayment, payment term and billing schedule, and a contract of one day, with no other
discount and with all of them. A line that `unreached` reports is not reported again. Nothing is reported for
guardrails that send deals to somebody, for the share of a service of which something is included, and where
guardrails refuse both discounts and sizes, or sizes beside a program that demands ARR: then a deal between those
that are tried could need the approval.

What to do: let a deal meet the condition, or remove the approval.",
    find,
};

/// Adds the findings. Those of `unreached` are found already.
fn find<'b>(check: &BookUnderCheck<'b>, found: &mut Vec<Finding<'b>>) {
    for place in approval_places(check.book) {
        if unreached::is_reported(found, place.rule()) {
            continue;
        }
        let Some(reason) = never_required(check, place) else { continue };
        if is_required_elsewhere(check, place) {
            continue;
        }
        let (need, title) = (needed(check.book, place.need()), place.title());
        let message = format!("no deal needs {need} for {title}: {reason}");
        let advice = "let a deal meet the condition, or remove the approval";
        found.push(Finding::new(check, &KIND, place.rule(), message, advice));
    }
}

/// Whether a deal in another currency of the book could need the approval of a place.
fn is_required_elsewhere(check: &BookUnderCheck<'_>, place: ApprovalPlace<'_>) -> bool {
    let others = check.books.iter().filter(|it| it.currency() != check.book.currency());
    others.into_iter().any(|book| {
        let check = BookUnderCheck { book, ..*check };
        let mut places = approval_places(book);
        let own = places.find(|it| it.rule() == place.rule());
        own.is_some_and(|own| never_required(&check, own).is_none())
    })
}

/// Returns "VP approval and Legal review".
fn needed(book: &PriceBook, need: &ApprovalNeed) -> String {
    let level = (need.level != Level::NONE)
        .then(|| format!("{} approval", book.ladder().title(need.level)));
    let review = need.review.as_ref().map(|name| {
        let known = book.reviews.iter().find(|it| it.name == *name);
        known.map_or_else(|| name.clone(), |it| it.title.clone())
    });
    level.into_iter().chain(review).collect::<Vec<_>>().join(" and ")
}
