//! Contract clauses.

use super::super::{Ask, Class, Clause};
use super::policy::Policy;
use super::rule_of;
use crate::diagnostic::{Code, Diagnostic};
use crate::reading::Section;
use crate::source::Written;

pub(super) fn all(top: Section<'_>, policy: &Policy) -> Vec<Clause> {
    let clauses = top.named("clause");
    clauses.into_iter().filter_map(|(name, table)| clause(&name, table, policy)).collect()
}

fn clause(name: &Written<String>, table: Section<'_>, policy: &Policy) -> Option<Clause> {
    let title = table.text("title");
    let class = table.choice("class").map(|class| Class::ALL[class.value]);
    let reason = table.text("reason");
    let ask = policy.ask(table);
    if let Some(class) = class {
        asks(table, class, &ask);
    }
    Some(Clause {
        name: name.value.clone(),
        title: title?.value,
        class: class?,
        ask,
        reason: reason.map(|reason| reason.value),
        refund_days: table.whole("refund_days").map(|days| days.value),
        assumed: table.flag("assumed"),
        rule: rule_of("clause", name),
    })
}

/// Whether the class and who must agree fit together.
fn asks(table: Section<'_>, class: Class, ask: &Ask) {
    let asks_somebody = matches!(class, Class::Negotiable | Class::RedLine);
    for key in ["approval", "review"] {
        table.only_if(asks_somebody, key, "class = \"negotiable\" or \"red-line\"");
    }
    if class != Class::Standard {
        let hint =
            "say it in words that a quote can show, such as \"the standard cap is 12 months\"";
        table.needs("reason", "a clause that is not standard", hint);
    }
    if !asks_somebody {
        return;
    }
    let what = format!("a {} clause", class.name());
    if table.lacks("approval") && table.lacks("review") {
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
