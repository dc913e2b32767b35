//! Contract clauses: the clauses that a contract may have, and the approval that each needs.

use super::ladder::{ApprovalNeed, ApproverNames};
use super::rule::{Rule, rule_of};
use crate::number::RateRange;
use crate::table::{Section, WholeNumber, choices, keys};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

#[derive(Debug, Clone)]
pub struct Clause {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) class: ClauseClass,
    /// Subject of which a contract has one clause at most.
    pub(crate) kind: Option<String>,
    /// Rates that need no approval, of a clause whose rate the deal states.
    pub(crate) standard_rates: Option<RateRange>,
    pub(crate) approval: ApprovalNeed,
    pub(crate) reason: Option<String>,
    pub(crate) refund_days: Option<u32>,
    pub(crate) assumed: bool,
    pub(crate) rule: Rule,
}

choices! {
    /// Distance of a clause from the standard contract, nearest first.
    pub enum ClauseClass {
        /// Part of every contract.
        Standard = "standard",
        /// Granted case by case.
        Negotiable = "negotiable",
        /// Not granted, except with a high approval.
        RedLine = "red-line",
        /// Not granted at all: no level can approve it.
        Never = "never",
    }
}

keys! {
    pub(super) CLAUSE: ClauseKeys = "a clause", "A clause that a contract may contain.";

    required title: String = "The title that readers see.";
    required class: ClauseClass =
        "standard: no approval. negotiable, red-line: needs an approval or a review. never: \
         outside policy.";
    optional kind: String =
        "The subject of the clause, such as liability: a contract has one clause of a kind.";
    optional standard_rates: RateRange =
        "The clause has a rate, which the deal states, such as \"10%-20%\". A rate up to the end of \
         the range is standard, and a larger one needs the approval or the review.";
    optional approval: String = "The level that it needs.";
    optional review: String = "The review that it needs.";
    optional reason: String =
        "The reason for the approval or the refusal, as a quote shows it.";
    optional refund_days: WholeNumber<1, 3650> =
        "The number of days within which the customer may return the purchase for a refund.";
    optional assumed: bool =
        "The playbook does not give the class or the approval; quotes say so.";
}

pub(super) fn read(
    name: &Written<String>,
    table: Section<'_>,
    approvers: &ApproverNames,
) -> Option<Clause> {
    let (title, class, reason) =
        (table.value(CLAUSE.title), table.value(CLAUSE.class), table.value(CLAUSE.reason));
    let approval = approvers.approval_need(table, CLAUSE.approval, CLAUSE.review);
    if let Some(class) = class {
        check_approval(table, class, &approval);
    }
    Some(Clause {
        name: name.value.clone(),
        title: title?,
        class: class?,
        kind: table.value(CLAUSE.kind),
        standard_rates: table.value(CLAUSE.standard_rates),
        approval,
        reason,
        refund_days: table.value(CLAUSE.refund_days),
        assumed: table.get(CLAUSE.assumed),
        rule: rule_of("clause", name),
    })
}

/// Reports an approval that does not fit the class, and a missing reason.
fn check_approval(table: Section<'_>, class: ClauseClass, approval: &ApprovalNeed) {
    let needs_approval = matches!(class, ClauseClass::Negotiable | ClauseClass::RedLine);
    let keys = [CLAUSE.approval.name, CLAUSE.review.name, CLAUSE.standard_rates.name];
    for key in keys {
        table.report_unless(needs_approval, key, "class = \"negotiable\" or \"red-line\"");
    }
    if class != ClauseClass::Standard {
        let hint = "add `reason` as a quote shows it, such as \"the standard cap is 12 months\"";
        table.require(CLAUSE.reason, "a clause that is not standard", hint);
    }
    if !needs_approval {
        return;
    }
    let what = format!("a {} clause", class.name());
    if table.is_missing(CLAUSE.approval) && table.is_missing(CLAUSE.review) {
        let message = format!("{what} needs an approval or a review");
        table.report_missing(message, "add `approval`, `review`, or both");
    } else if let Some(level) = table.get(CLAUSE.approval).filter(|level| level.value == "none")
        && approval.is_nothing()
    {
        let message = format!("{what} needs an approval or a review, and \"none\" is neither");
        let hint = "name a level, or make it class = \"standard\"";
        table.report_at(Code::Conflict, level.place, message, hint);
    }
}
