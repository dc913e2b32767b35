//! Questions about the term and the prepayment.

use super::context::{WizardContext, reaches, written};
use super::terminal::{MenuItem, Prompt, WizardTerminal};
use crate::book::DiscountCondition;
use crate::cli::failure::Failure;
use crate::deal::{Draft, parse_flags};

/// Asks for the term, unless all lines last for a number of months, which is then the term.
pub fn term(
    terminal: &mut WizardTerminal,
    context: WizardContext<'_>,
    draft: &Draft,
) -> Result<Draft, Failure> {
    if context.deal(draft).is_ok_and(|deal| deal.months().is_some()) {
        return Ok(draft.clone());
    }
    let label = match &context.book.terms {
        Some((years, _)) => format!("Term in years, {years}"),
        None => "Term in years".to_owned(),
    };
    terminal.text(&Prompt { label: &label, default: "1", help: &[] }, |answer| {
        context.with(draft, answer, |draft, word| {
            draft.term = Some(parse_flags::years(&word.value, &word.place)?);
            Ok(())
        })
    })
}

/// Asks for the prepayment, if a line of the deal can be prepaid.
pub fn prepay(
    terminal: &mut WizardTerminal,
    context: WizardContext<'_>,
    draft: Draft,
) -> Result<Draft, Failure> {
    let found = context.book.discounts().iter().find_map(|discount| match &discount.condition {
        DiscountCondition::Prepay { rows, standard } if reaches(discount, &draft) => {
            Some((discount, rows, *standard))
        }
        _ => None,
    });
    let Some((discount, rows, standard)) = found else { return Ok(draft) };
    let ways: Vec<_> =
        rows.iter().filter_map(|row| Some((row.choices().first()?.as_str(), row))).collect();
    if ways.len() < 2 {
        return Ok(draft);
    }
    let item = |(name, row): &(&str, &crate::book::DiscountStep)| {
        let billing =
            context.book.billing_schedule(row.billing).map(|way| format!("billed {}", way.title()));
        MenuItem::new(*name, billing.unwrap_or_default())
    };
    let items: Vec<_> = ways.iter().map(item).collect();
    let with = |chosen: usize| {
        let mut draft = draft.clone();
        draft.prepay = ways.get(chosen).map(|(name, _)| written(name));
        draft
    };
    let chosen = terminal
        .choose(discount.title(), &items, standard, |chosen| context.preview(&with(chosen)))?;
    Ok(with(chosen))
}
