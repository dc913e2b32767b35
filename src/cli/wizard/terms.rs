//! For how long, and how it is paid.

use super::bench::{WizardContext, reaches, written};
use super::desk::{MenuItem, Prompt, WizardTerminal};
use crate::book::DiscountCondition;
use crate::cli::failure::Failure;
use crate::deal::{Draft, parse_flags};

/// Asked only where it decides something: what lasts for some months lasts for those.
pub fn term(
    desk: &mut WizardTerminal,
    bench: WizardContext<'_>,
    draft: &Draft,
) -> Result<Draft, Failure> {
    if bench.deal(draft).is_ok_and(|deal| deal.months().is_some()) {
        return Ok(draft.clone());
    }
    let label = match &bench.book.terms {
        Some((years, _)) => format!("Term in years, {years}"),
        None => "Term in years".to_owned(),
    };
    desk.text(&Prompt { label: &label, default: "1", help: &[] }, |answer| {
        bench.with(draft, answer, |draft, word| {
            draft.term = Some(parse_flags::years(&word.value, &word.place)?);
            Ok(())
        })
    })
}

/// Asked only where something in the deal can be prepaid.
pub fn prepay(
    desk: &mut WizardTerminal,
    bench: WizardContext<'_>,
    draft: Draft,
) -> Result<Draft, Failure> {
    let found = bench.book.discounts().iter().find_map(|discount| match &discount.condition {
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
            bench.book.billing_schedule(row.billing).map(|way| format!("billed {}", way.title()));
        MenuItem::new(*name, billing.unwrap_or_default())
    };
    let items: Vec<_> = ways.iter().map(item).collect();
    let with = |chosen: usize| {
        let mut draft = draft.clone();
        draft.prepay = ways.get(chosen).map(|(name, _)| written(name));
        draft
    };
    let chosen =
        desk.choose(discount.title(), &items, standard, |chosen| bench.preview(&with(chosen)))?;
    Ok(with(chosen))
}
