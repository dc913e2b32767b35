//! The book's identity, its approval ladder and its guardrails.

use super::{ANOTHER_NAME, UniqueNames, rule, rule_of};
use crate::book::{
    ApprovalLadder, ApprovalNeed, Approver, Guardrail, GuardrailMeasure, Level, Rule, Validity,
};
use crate::number::{Date, Years};
use crate::table;
use crate::table::Section;
use crate::text::diagnostic::{Code, Diagnostic, nearest};
use crate::text::source::Written;

pub(super) struct BookIdentity {
    pub name: String,
    pub version: String,
    pub effective: Option<Date>,
    pub until: Option<Date>,
    pub validity: Validity,
    pub rule: Rule,
}

pub(super) fn identity(top: Section<'_>) -> Option<BookIdentity> {
    let table = top.table("book")?;
    let name = table.text("name");
    let version = table.text("version");
    let effective = table.date("effective");
    let until = table.date("until");
    if let (Some(effective), Some(until)) = (&effective, &until)
        && until.value < effective.value
    {
        table.fault(
            Diagnostic::new(Code::DateOrder, until.place.clone(), "the book ends before it starts")
                .related(effective.place.clone(), "starts here")
                .hint("`until` is the last day on which it may be quoted"),
        );
    }
    let dated = until.as_ref().or(effective.as_ref());
    let place = dated.map_or_else(|| table.place(), |date| date.place.clone());
    let validity = table.text("quote_valid").and_then(|text| validity(table, &text));
    Some(BookIdentity {
        name: name?.value,
        version: version?.value,
        effective: effective.map(|date| date.value),
        until: until.map(|date| date.value),
        validity: validity?,
        rule: rule("book", &place),
    })
}

fn validity(table: Section<'_>, text: &Written<String>) -> Option<Validity> {
    if text.value == "quarter-end" {
        return Some(Validity::QuarterEnd);
    }
    let days = text.value.strip_suffix("days").and_then(|days| days.trim().parse().ok());
    let valid = days.filter(|days| (1..=3650).contains(days)).map(Validity::Days);
    table.report(valid.ok_or_else(|| {
        let message = format!("`quote_valid` cannot be \"{}\"", text.value);
        Diagnostic::new(Code::UnknownChoice, text.place.clone(), message)
            .hint("write \"quarter-end\", or days such as \"30 days\" (1 to 3650)")
    }))
}

/// What rules may refer to.
pub(super) struct PolicyNames {
    pub ladder: ApprovalLadder,
    pub reviews: Vec<Approver>,
    /// Whether every level could be read: if not, a rule may mean one that is not known.
    knows_levels: bool,
    knows_reviews: bool,
}

impl PolicyNames {
    pub fn read(top: Section<'_>) -> Self {
        let (levels, knows_levels) = tables(top, "approval");
        if let Some(extra) = levels.get(ApprovalLadder::MAX) {
            let message = format!("a ladder has at most {} levels", ApprovalLadder::MAX);
            top.fault(
                Diagnostic::new(Code::BadNumber, extra.place(), message)
                    .hint("take this level out, and those that follow it"),
            );
        }
        let (reviews, knows_reviews) = tables(top, "review");
        let named = names(&levels, "level", "the level");
        let known_reviews = names(&reviews, "name", "the review");
        Self {
            knows_levels: knows_levels
                && levels.len() <= ApprovalLadder::MAX
                && are_all(&levels, "level"),
            knows_reviews: knows_reviews && are_all(&reviews, "name"),
            ladder: ApprovalLadder::new(named.into_iter().take(ApprovalLadder::MAX).collect()),
            reviews: known_reviews,
        }
    }

    /// The `approval` and `review` of a rule.
    pub fn approval_need(&self, section: Section<'_>) -> ApprovalNeed {
        let level = section.text("approval").and_then(|name| {
            let level = self.ladder.level(&name.value);
            if level.is_none() && self.knows_levels {
                section.fault(self.unknown_level(&name));
            }
            level
        });
        let review = section.text("review").map(|name| {
            let known = self.reviews.iter().any(|review| review.name == name.value);
            if !known && self.knows_reviews {
                section.fault(self.unknown_review(&name));
            }
            name.value
        });
        ApprovalNeed { level: level.unwrap_or(Level::NONE), review }
    }

    fn unknown_level(&self, name: &Written<String>) -> Diagnostic {
        let message = format!("\"{}\" is not on the approval ladder", name.value);
        let hint = if self.ladder.names().nth(1).is_some() {
            found_or_listed(&name.value, self.ladder.names(), "[[approval]]")
        } else {
            "the ladder is empty: add it with [[approval]]".to_owned()
        };
        Diagnostic::new(Code::UnknownLevel, name.place.clone(), message).hint(hint)
    }

    fn unknown_review(&self, name: &Written<String>) -> Diagnostic {
        let message = format!("the book has no review \"{}\"", name.value);
        let known = self.reviews.iter().map(|review| review.name.as_str());
        let hint = found_or_listed(&name.value, known, "[[review]]");
        Diagnostic::new(Code::UnknownReview, name.place.clone(), message).hint(hint)
    }
}

/// The tables of a list, and whether it is there as a list or not at all.
fn tables<'a>(top: Section<'a>, key: &str) -> (Vec<Section<'a>>, bool) {
    let before = top.fault_count();
    let tables = top.tables(key);
    let unread = tables.is_empty() && top.fault_count() > before;
    (tables, !unread && !top.is_misspelled(key))
}

/// Whether every table has its name.
fn are_all(tables: &[Section<'_>], key: &str) -> bool {
    tables.iter().all(|table| table.text(key).is_some())
}

fn found_or_listed<'a>(
    word: &str,
    known: impl Iterator<Item = &'a str> + Clone,
    table: &str,
) -> String {
    match nearest(word, known.clone()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if known.clone().next().is_none() => format!("add it with {table}"),
        None => format!("one of: {}", known.collect::<Vec<_>>().join(", ")),
    }
}

fn names(tables: &[Section<'_>], key: &str, what: &str) -> Vec<Approver> {
    let mut seen = UniqueNames::default();
    let mut named = Vec::new();
    for table in tables {
        let (name, title) = (table.text(key), table.text("title"));
        let Some(name) = name else { continue };
        if name.value == "none" {
            table.fault(
                Diagnostic::new(Code::Duplicate, name.place.clone(), "\"none\" is already a level")
                    .hint("it stands below the ladder and asks nobody; choose another name"),
            );
        }
        let what = format_args!("{what} \"{}\"", name.value);
        if !seen.is_new(*table, &name, what, ANOTHER_NAME) {
            continue;
        }
        let title = title.map_or_else(|| name.value.clone(), |title| title.value);
        let rule = rule_of(key, &name);
        named.push(Approver { name: name.value, title, rule });
    }
    named
}

pub(super) fn guardrails(top: Section<'_>, policy: &PolicyNames) -> Vec<Guardrail> {
    let mut names = UniqueNames::default();
    let guardrails = top.tables("guardrail").into_iter().filter_map(|table| {
        let name = table.text("name");
        let measure = measure(table);
        let ask = policy.approval_need(table);
        let reason = table.text("reason");
        let refuse = table.flag("refuse");
        let written = table.key_place("approval").is_some() || table.key_place("review").is_some();
        let misspelt = ["approval", "review", "refuse"].iter().any(|key| table.is_misspelled(key));
        if !written && !refuse && !misspelt {
            let message = "this guardrail asks nobody for anything";
            table.fault(
                Diagnostic::new(Code::MissingKey, table.place(), message)
                    .hint("give it `approval`, `review`, or `refuse = true`"),
            );
        }
        let name = name?;
        let what = format_args!("the guardrail \"{}\"", name.value);
        names.is_new(table, &name, what, ANOTHER_NAME);
        Some(Guardrail {
            measure: measure?,
            approval: ask,
            refuse,
            reason: reason?.value,
            rule: rule_of("guardrail", &name),
        })
    });
    guardrails.collect()
}

fn measure(table: Section<'_>) -> Option<GuardrailMeasure> {
    let measure = table.choice("measure");
    match measure?.value {
        0 => {
            let above = table.threshold("above")?;
            let text = Written::new(above.value.as_str(), above.place);
            Some(GuardrailMeasure::Discount(table.report(table::rate(text))?.value))
        }
        1 => Some(GuardrailMeasure::Acv(table.money("above")?.value)),
        2 => Some(GuardrailMeasure::Tcv(table.money("above")?.value)),
        _ => {
            let above = table.threshold("above")?;
            let years = above.value.parse::<u64>().ok().filter(|years| *years <= Years::MAX);
            let years = table.report(years.ok_or_else(|| {
                let message = "a term is measured in whole years";
                Diagnostic::new(Code::BadNumber, above.place, message)
                    .hint(format!("write a number up to {}, such as 3", Years::MAX))
            }))?;
            Some(GuardrailMeasure::Term(u32::try_from(years).ok()?))
        }
    }
}
