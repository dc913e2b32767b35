//! Reads a discount by prepayment.

use super::keys::{ConditionKind, DISCOUNT, DiscountTables, STEP};
use super::{DiscountCondition, DiscountStep};
use crate::book::rule::{ANOTHER_NAME, duplicate};
use crate::table::{Section, suggestion};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Place;

/// Reports a second discount by prepayment: a deal has one way to prepay, so only one discount can
/// depend on it.
pub(super) fn check_one_prepayment(tables: &DiscountTables<'_>) {
    let mut first: Option<Place> = None;
    for (_, table) in tables {
        if !table.get(DISCOUNT.by).is_some_and(|by| by.value == ConditionKind::Prepay) {
            continue;
        }
        let Some(place) = table.key_place(DISCOUNT.by) else { continue };
        match &first {
            Some(first) => {
                let hint = "a deal has one prepayment: put all steps into one discount";
                duplicate(*table, place, first.clone(), "a discount by prepayment", hint);
            }
            None => first = Some(place),
        }
    }
}

pub(super) fn prepay(
    table: Section<'_>,
    sections: &[Section<'_>],
    rows: Vec<DiscountStep>,
) -> Option<DiscountCondition> {
    for (index, row) in rows.iter().enumerate() {
        let same = |other: &DiscountStep| other.choices == row.choices;
        if let Some(first) = rows[..index].iter().position(same) {
            let name = row.choices.concat();
            let place = |index: usize| sections[index].get(STEP.prepay).map(|prepay| prepay.place);
            let (Some(here), Some(there)) = (place(index), place(first)) else { continue };
            let what = format_args!("the prepayment \"{name}\"");
            duplicate(table, here, there, what, ANOTHER_NAME);
        }
    }
    let names = rows.iter().flat_map(|row| &row.choices).map(String::as_str);
    let Some(standard) = table.get(DISCOUNT.standard) else {
        if table.is_missing(DISCOUNT.standard) {
            let message = "a discount by prepay needs the `standard` prepayment";
            let example = names.clone().next().unwrap_or("annual");
            table.fault(
                Diagnostic::new(Code::MissingKey, table.place(), message).hint(format!(
                    "add the default prepayment of a deal: standard = \"{example}\""
                )),
            );
        }
        return None;
    };
    let index = names.clone().position(|name| name == standard.value);
    let standard = table.report(index.ok_or_else(|| {
        let message = format!("no step is for the prepayment \"{}\"", standard.value);
        Diagnostic::new(Code::UnknownChoice, standard.place, message)
            .hint(suggestion(&standard.value, names))
    }))?;
    Some(DiscountCondition::Prepay { rows, standard })
}
