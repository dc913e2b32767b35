//! Discounts by how the customer prepays.

use super::DiscountTables;
use super::by::{ConditionKind, condition_kind};
use crate::book::load::{ANOTHER_NAME, duplicate};
use crate::book::{DiscountCondition, DiscountStep};
use crate::table::{Section, suggestion};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Place;

/// A deal has one way to prepay, so one discount can depend on it.
pub(super) fn one_prepayment(tables: &DiscountTables<'_>) {
    let mut first: Option<Place> = None;
    for (_, table) in tables {
        if !condition_kind(*table).is_some_and(|(by, _)| by == ConditionKind::Prepay) {
            continue;
        }
        let Some(place) = table.key_place("by") else { continue };
        match &first {
            Some(first) => {
                let hint = "a deal has one way to prepay: put all steps into one discount";
                duplicate(*table, place, first.clone(), "a discount by prepayment", hint);
            }
            None => first = Some(place),
        }
    }
}

/// A discount by prepayment of what its steps give.
pub(super) fn prepay(
    table: Section<'_>,
    sections: &[Section<'_>],
    rows: Vec<DiscountStep>,
) -> Option<DiscountCondition> {
    for (index, row) in rows.iter().enumerate() {
        let same = |other: &DiscountStep| other.choices == row.choices;
        if let Some(first) = rows[..index].iter().position(same) {
            let name = row.choices.concat();
            let place = |index: usize| sections[index].text("prepay").map(|prepay| prepay.place);
            let (Some(here), Some(there)) = (place(index), place(first)) else { continue };
            let what = format_args!("the way to pay \"{name}\"");
            duplicate(table, here, there, what, ANOTHER_NAME);
        }
    }
    let names = rows.iter().flat_map(|row| &row.choices).map(String::as_str);
    let Some(standard) = table.text("standard") else {
        if table.is_missing("standard") {
            let message = "a discount by prepay needs the `standard` way to pay";
            let example = names.clone().next().unwrap_or("annual");
            table.fault(
                Diagnostic::new(Code::MissingKey, table.place(), message).hint(format!(
                    "say how a deal pays that says nothing: standard = \"{example}\""
                )),
            );
        }
        return None;
    };
    let index = names.clone().position(|name| name == standard.value);
    let standard = table.report(index.ok_or_else(|| {
        let message = format!("no step is for the way to pay \"{}\"", standard.value);
        Diagnostic::new(Code::UnknownChoice, standard.place, message)
            .hint(suggestion(&standard.value, names))
    }))?;
    Some(DiscountCondition::Prepay { rows, standard })
}
