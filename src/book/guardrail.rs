//! Guardrails: house rules on a whole quote.

use super::condition::{Condition, ConditionNames, DealMeasure, WhenKeys};
use super::customer::CustomerRules;
use super::ladder::{ApprovalNeed, ApproverNames};
use super::rule::{ANOTHER_NAME, Rule, UniqueNames, rule_of};
use crate::number::{Money, Years};
use crate::table::{self, MeasuredValue, OneTable, Section, choices, keys};
use crate::text::diagnostic::Code;
use crate::text::source::Written;

/// House rule on a whole quote.
#[derive(Debug, Clone)]
pub struct Guardrail {
    pub measure: DealMeasure,
    /// More facts that a deal beyond the measure has to have.
    pub when: Condition,
    pub approval: ApprovalNeed,
    pub refuse: bool,
    pub reason: String,
    pub rule: Rule,
}

impl Guardrail {
    /// Returns every figure that a deal has to exceed.
    pub fn measures(&self) -> impl Iterator<Item = DealMeasure> {
        std::iter::once(self.measure).chain(self.when.measures.iter().copied())
    }
}

/// Deal size from which on deals are welcome. A smaller deal gets a note, and needs nobody.
#[derive(Debug, Clone)]
pub struct DealMinimum {
    /// ACV that is committed, at our net.
    pub acv: Money,
    /// Segments of customers that it is for; all deals if there are none.
    pub segments: Vec<String>,
    pub reason: String,
    pub rule: Rule,
}

choices! {
    pub(crate) enum GuardrailKind {
        Discount = "discount",
        Acv = "acv",
        Tcv = "tcv",
        Term = "term",
        Margin = "margin",
    }
}

keys! {
    pub(crate) GUARDRAIL: GuardrailKeys = "a guardrail", "A house rule on a whole quote.";

    required name: String = "The name that quotes show.";
    required measure: GuardrailKind =
        "The measure that it limits, without use that nobody commits to: the discount of the quote \
         and of each line, the ACV and the charge of each year, the TCV, the term, or the margin on the \
         `cost` of metrics.";
    optional above: MeasuredValue =
        "The largest value that it allows: a rate, an amount, or years.";
    optional below: MeasuredValue =
        "In place of `above`. measure = \"margin\": the smallest margin, of the quote and of each line, at \
         the customer's price and at our net, that needs nobody. measure = \"acv\": the committed ACV, at \
         our net, below which a quote has a note, and nobody has to approve.";
    optional segments: Vec<String> =
        "The segments of customers that `below` is for: entries of `customers`. Default: every deal.";
    optional when: OneTable<WhenKeys> =
        "More facts of a deal, each of which has to hold for the guardrail to be met.";
    optional approval: String = "The level that a quote beyond it needs.";
    optional review: String = "The review that a quote beyond it needs.";
    optional refuse: bool = "A quote beyond it is outside policy.";
    required reason: String = "The reason, as a quote shows it.";

    @guesses {
        "title" | "id" => "name";
        "on" | "metric" | "fact" | "by" => "measure";
        "max" | "over" | "more_than" | "limit" | "threshold" => "above";
        "min" | "under" | "less_than" => "below";
        "if" | "where" | "condition" | "conditions" => "when";
        "level" | "approver" | "approved_by" => "approval";
        "message" | "why" => "reason";
        "deny" | "block" | "forbid" => "refuse";
        "segment" | "region" | "product" => "more facts stand in `when`, such as when = { segment = [\"smb\"] }";
        measure "discount_rate" | "total_discount" | "off_list" => "discount";
        measure "arr" | "annual" => "acv";
        measure "total" | "value" | "amount" => "tcv";
        measure "years" | "duration" => "term";
        measure "gross_margin" | "profit" => "margin";
        measure "payment" | "payment_days" => "the days to pay stand in `when`: when = { payment_days_above = 30 }";
    }
}

/// Reads the guardrails, and the minimums among them.
pub(super) fn read_all(
    tables: Vec<Section<'_>>,
    approvers: &ApproverNames,
    known: ConditionNames<'_>,
) -> (Vec<Guardrail>, Vec<DealMinimum>) {
    let mut names = UniqueNames::default();
    let is_minimum = |table: &Section<'_>| {
        let is_margin = table.value(GUARDRAIL.measure) == Some(GuardrailKind::Margin);
        !table.is_missing(GUARDRAIL.below) && !is_margin
    };
    let (minimums, limits): (Vec<_>, Vec<_>) = tables.into_iter().partition(is_minimum);
    let minimums =
        minimums.into_iter().filter_map(|table| minimum(table, known.customers, &mut names));
    let minimums: Vec<_> = minimums.collect();
    let guardrails = limits.into_iter().filter_map(|table| {
        if table.value(GUARDRAIL.measure) == Some(GuardrailKind::Margin) {
            let hint = "add the smallest margin that needs nobody, such as below = \"30%\"";
            table.require(GUARDRAIL.below, "a guardrail on the margin", hint);
            table.report_unless(false, GUARDRAIL.above, "another measure");
        } else if !table.is_misspelled(GUARDRAIL.below) {
            let hint = "add the largest value that needs nobody, or `below` for a note";
            table.require(GUARDRAIL.above, "a guardrail", hint);
        }
        table.report_unless(false, GUARDRAIL.segments, "`below`");
        let (name, reason) = (table.get(GUARDRAIL.name), table.value(GUARDRAIL.reason));
        let measure = measure(table);
        let when = table.get(GUARDRAIL.when).map(|when| Condition::read(when, known));
        let approval = approvers.approval_need(table, GUARDRAIL.approval, GUARDRAIL.review);
        let refuse = table.get(GUARDRAIL.refuse);
        let keys = [GUARDRAIL.approval, GUARDRAIL.review];
        if !refuse
            && keys.iter().all(|key| table.is_missing(key))
            && !table.is_misspelled(GUARDRAIL.refuse)
        {
            let hint = "add `approval`, `review`, or `refuse = true`";
            table.report_missing("this guardrail has no effect", hint);
        }
        let name = name?;
        let what = format_args!("the guardrail \"{}\"", name.value);
        names.is_new(table, &name, what, ANOTHER_NAME);
        Some(Guardrail {
            measure: measure?,
            when: when.unwrap_or_default(),
            approval,
            refuse,
            reason: reason?,
            rule: rule_of("guardrail", &name),
        })
    });
    (guardrails.collect(), minimums)
}

/// Reads a guardrail that only notes, and reports keys of one that limits.
fn minimum(
    table: Section<'_>,
    customers: &CustomerRules,
    names: &mut UniqueNames,
) -> Option<DealMinimum> {
    let (name, reason) = (table.get(GUARDRAIL.name), table.value(GUARDRAIL.reason));
    let limits = [GUARDRAIL.above.name, GUARDRAIL.approval.name, GUARDRAIL.review.name];
    for key in limits.into_iter().chain([GUARDRAIL.refuse.name, GUARDRAIL.when.name]) {
        table.report_unless(false, key, "`above`");
    }
    let is_acv = table.value(GUARDRAIL.measure).is_none_or(|it| it == GuardrailKind::Acv);
    table.report_unless(is_acv, GUARDRAIL.below, "measure = \"acv\" or \"margin\"");
    let segments = customers.segments_of(table, GUARDRAIL.segments);
    let name = name?;
    let what = format_args!("the guardrail \"{}\"", name.value);
    names.is_new(table, &name, what, ANOTHER_NAME);
    Some(DealMinimum {
        acv: table.get(GUARDRAIL.below).and_then(|_| table.money(GUARDRAIL.below.name))?.value,
        segments,
        reason: reason?,
        rule: rule_of("guardrail", &name),
    })
}

/// Reads the figure of a guardrail, and its limit as a figure of that kind.
fn measure(table: Section<'_>) -> Option<DealMeasure> {
    match table.value(GUARDRAIL.measure)? {
        GuardrailKind::Discount => {
            let above = table.get(GUARDRAIL.above)?;
            let text = Written::new(above.value.as_str(), above.place);
            Some(DealMeasure::Discount(table.report(table::rate(text))?.value))
        }
        GuardrailKind::Margin => {
            let below = table.get(GUARDRAIL.below)?;
            let text = Written::new(below.value.as_str(), below.place);
            Some(DealMeasure::Margin(table.report(table::rate(text))?.value))
        }
        GuardrailKind::Acv => Some(DealMeasure::Acv(table.money(GUARDRAIL.above.name)?.value)),
        GuardrailKind::Tcv => Some(DealMeasure::Tcv(table.money(GUARDRAIL.above.name)?.value)),
        GuardrailKind::Term => {
            let above = table.get(GUARDRAIL.above)?;
            let years = above.value.parse::<u64>().ok().filter(|years| *years <= Years::MAX);
            let years = table.report(years.ok_or_else(|| {
                above
                    .fault(Code::BadNumber, "a term is measured in whole years")
                    .hint(format!("write a number up to {}, such as 3", Years::MAX))
            }))?;
            Some(DealMeasure::Term(u32::try_from(years).ok()?))
        }
    }
}
