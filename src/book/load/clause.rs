//! Contract clauses.

use super::policy::PolicyNames;
use super::rule_of;
use crate::book::{ApprovalNeed, Clause, ClauseClass};
use crate::table::Section;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

pub(super) fn all(top: Section<'_>, policy: &PolicyNames) -> Vec<Clause> {
    let clauses = top.named("clause");
    clauses.into_iter().filter_map(|(name, table)| clause(&name, table, policy)).collect()
}

fn clause(name: &Written<String>, table: Section<'_>, policy: &PolicyNames) -> Option<Clause> {
    let title = table.text("title");
    let class = table.choice("class").map(|class| ClauseClass::ALL[class.value]);
    let reason = table.text("reason");
    let ask = policy.approval_need(table);
    if let Some(class) = class {
        asks(table, class, &ask);
    }
    Some(Clause {
        name: name.value.clone(),
        title: title?.value,
        class: class?,
        approval: ask,
        reason: reason.map(|reason| reason.value),
        refund_days: table.whole("refund_days").map(|days| days.value),
        assumed: table.flag("assumed"),
        rule: rule_of("clause", name),
    })
}

/// Whether the class and who must agree fit together.
fn asks(table: Section<'_>, class: ClauseClass, ask: &ApprovalNeed) {
    let asks_somebody = matches!(class, ClauseClass::Negotiable | ClauseClass::RedLine);
    for key in ["approval", "review"] {
        table.report_unless(asks_somebody, key, "class = \"negotiable\" or \"red-line\"");
    }
    if class != ClauseClass::Standard {
        let hint =
            "say it in words that a quote can show, such as \"the standard cap is 12 months\"";
        table.require("reason", "a clause that is not standard", hint);
    }
    if !asks_somebody {
        return;
    }
    let what = format!("a {} clause", class.name());
    if table.is_missing("approval") && table.is_missing("review") {
        let message = format!("{what} has to ask somebody");
        table.fault(
            Diagnostic::new(Code::MissingKey, table.place(), message)
                .hint("give it `approval`, `review`, or both"),
        );
    } else if let Some(level) = table.text("approval").filter(|level| level.value == "none")
        && ask.is_nothing()
    {
        let message = format!("{what} has to ask somebody, and \"none\" is nobody");
        table.fault(
            Diagnostic::new(Code::Conflict, level.place, message)
                .hint("name a level, or make it class = \"standard\""),
        );
    }
}
