//! Reads the order of the waterfall.

use super::keys::{DiscountKeys, DiscountTables, WATERFALL, WaterfallKeys};
use crate::book::rule::duplicate;
use crate::table::{NamedTables, OneTable, Section, TypedKey};
use crate::text::diagnostic::{Code, Diagnostic, nearest};
use crate::text::source::Written;

/// Reads the names of the discounts in the order of the waterfall, and reports unknown, repeated
/// and missing names.
pub(super) fn order(
    top: Section<'_>,
    waterfall: TypedKey<OneTable<WaterfallKeys>>,
    discounts: TypedKey<NamedTables<DiscountKeys>>,
    tables: &DiscountTables<'_>,
) -> Vec<String> {
    let before = top.fault_count();
    let table = top.get(waterfall);
    let order = table.map(|table| table.get(WATERFALL.order)).unwrap_or_default();
    let is_read = table.is_some_and(|table| table.key_place(WATERFALL.order).is_some())
        && (top.fault_count() == before || !order.is_empty());
    let names = top.names(discounts);
    let mut meant = Vec::new();
    for (index, step) in order.iter().enumerate() {
        if let Some(first) = order[..index].iter().find(|first| first.value == step.value) {
            let what = format_args!("the step \"{}\"", step.value);
            let hint = "a discount applies once: remove one of them";
            duplicate(top, step.place.clone(), first.place.clone(), what, hint);
        }
        if !names.contains(&step.value) && !top.is_misspelled(discounts) {
            let near = nearest(&step.value, names.iter().map(String::as_str));
            unknown(top, step, near);
            meant.extend(near);
        }
    }
    let is_left_out =
        |name: &str| !meant.contains(&name) && !order.iter().any(|step| step.value == name);
    let left_out: Vec<_> = tables.iter().filter(|(name, _)| is_left_out(&name.value)).collect();
    if is_read {
        for (name, _) in left_out {
            let message = format!("the waterfall leaves out the discount \"{}\"", name.value);
            top.fault(
                Diagnostic::new(Code::NotInWaterfall, name.place.clone(), message)
                    .hint("add it to the order of [waterfall]"),
            );
        }
    } else if let Some((first, _)) = left_out.first()
        && top.is_missing(waterfall)
    {
        let names: Vec<_> = tables.iter().map(|(name, _)| format!("\"{}\"", name.value)).collect();
        let message = "the book has no [waterfall], so its discounts have no order";
        top.fault(
            Diagnostic::new(Code::NotInWaterfall, first.place.clone(), message)
                .hint(format!("add [waterfall] with order = [{}]", names.join(", "))),
        );
    }
    order.into_iter().map(|step| step.value).collect()
}

fn unknown(top: Section<'_>, step: &Written<String>, near: Option<&str>) {
    let hint = near.map_or_else(
        || format!("add a [discount.{}], or remove it", step.value),
        |near| format!("did you mean \"{near}\"?"),
    );
    let message = format!("the book has no discount \"{}\"", step.value);
    let fault = Diagnostic::new(Code::UnknownDiscount, step.place.clone(), message);
    top.fault(fault.hint(hint));
}
