//! How a customer pays and is billed, where the book does not offer that.

use crate::approve::{PricedDeal, VerdictSink};
use crate::book::{DiscountCondition, Rule};
use crate::deal::Line;

pub(crate) fn judge<'b>(case: &PricedDeal<'_, 'b>, clerk: &mut dyn VerdictSink<'b>) {
    if let Some(term) = case.deal.payment.filter(|term| term.refuse) {
        clerk.refuse(&term.rule, format_args!("{} is outside policy", term.title));
    }
    for line in &case.deal.lines {
        let is_free = line.segments.iter().all(|segment| segment.list.price.is_zero());
        for (name, title, rule) in asked(case, line) {
            let costs_nothing = is_free || case.deal.waives_uplift_for(line.metric, name);
            if !costs_nothing && !is_covered(case, line, name) {
                let message =
                    format_args!("the book does not offer {title} for {}", line.metric.title);
                clerk.refuse(rule, message);
            }
        }
    }
}

/// What is not the standard, unless it is refused already.
fn asked<'b>(case: &PricedDeal<'_, 'b>, line: &Line<'_>) -> Vec<(&'b str, String, &'b Rule)> {
    let book = case.deal.book;
    let payment = case.deal.payment.filter(|term| !term.refuse);
    let standard = book.payment.as_ref().and_then(|it| it.terms.get(it.standard));
    let payment = payment.filter(|term| standard.is_none_or(|it| it.name != term.name));
    let billing = case.deal.billing.filter(|_| line.metric.billing.is_none());
    let standard = book.billing.as_ref().and_then(|it| it.schedules.get(it.standard));
    let billing = billing.filter(|way| standard.is_none_or(|it| it.name != way.name));
    let payment = payment.map(|term| (term.name.as_str(), term.title.clone(), &term.rule));
    let billing =
        billing.map(|way| (way.name.as_str(), format!("billing {}", way.title), &way.rule));
    payment.into_iter().chain(billing).collect()
}

/// Whether a step says what it costs. Another step of the same discount is no answer: one that a
/// deal gets for the other thing that it asks leaves this one for nothing.
fn is_covered(case: &PricedDeal<'_, '_>, line: &Line<'_>, name: &str) -> bool {
    let discounts = case.deal.book.discounts().iter();
    let mut mine = discounts.filter(|discount| {
        matches!(discount.condition, DiscountCondition::Payment(_))
            && discount.applies_to(line.metric.name())
    });
    mine.any(|discount| {
        line.segments.iter().all(|segment| {
            let row = discount.row(&case.deal.discount_context(line.metric, segment.quantity));
            row.is_some_and(|row| row.is_for(&[Some(name)]))
        })
    })
}
