//! Questions about strategic programs, and about the commitments of the customer.

use super::context::{WizardContext, reaches, written};
use super::terminal::{MenuItem, Note, Prompt, WizardAnswer, WizardTerminal};
use crate::book::{DiscountCondition, Program};
use crate::cli::failure::Failure;
use crate::cli::typed;
use crate::deal::{Draft, DraftProgram, FactValue, INCUMBENT};
use crate::table;
use crate::text::source::Written;

/// Asks for programs for as long as the book lets the deal claim one more.
pub fn ask(
    terminal: &mut WizardTerminal,
    context: WizardContext<'_>,
    mut draft: Draft,
) -> Result<Draft, Failure> {
    loop {
        let open = open(context, &draft);
        let Some(program) = choose(terminal, context, &draft, &open)? else { return Ok(draft) };
        draft = claim(terminal, context, &draft, program)?;
        if program.exclusive {
            return Ok(draft);
        }
    }
}

/// Returns the programs that the deal can still claim.
fn open<'b>(context: WizardContext<'b>, draft: &Draft) -> Vec<&'b Program> {
    let claimed = |program: &Program| {
        draft.programs.iter().any(|claim| claim.program.value == program.name())
    };
    let programs = context.book.discounts().iter().flat_map(|discount| match &discount.condition {
        DiscountCondition::Program { programs, at_most } if reaches(discount, draft) => {
            let count = programs.iter().filter(|program| claimed(program)).count();
            if count < *at_most as usize { programs.as_slice() } else { &[] }
        }
        _ => &[],
    });
    // What is given for how a customer pays is a concession: nobody offers it unasked.
    programs.filter(|program| !claimed(program) && program.payment.is_empty()).collect()
}

fn choose<'b>(
    terminal: &mut WizardTerminal,
    context: WizardContext<'_>,
    draft: &Draft,
    open: &[&'b Program],
) -> Result<Option<&'b Program>, Failure> {
    if open.is_empty() {
        return Ok(None);
    }
    let none = if draft.programs.is_empty() { "None" } else { "No more" };
    let program = |program: &&Program| {
        let note =
            format!("up to {}, {}", program.max_rate(), context.approval_text(&program.approval));
        MenuItem::new(program.title(), note)
    };
    let items: Vec<_> =
        std::iter::once(MenuItem::new(none, "")).chain(open.iter().map(program)).collect();
    let picked = |chosen: usize| open.get(chosen.checked_sub(1)?).copied();
    // What it would mean is known when its rate is.
    Ok(picked(terminal.choose("Program", &items, 0, |_| Ok(((), Note::NOTHING)))?))
}

fn claimed(program: &Program, rate: Option<crate::number::Rate>) -> DraftProgram {
    let name = written(program.name());
    let rate = rate.map(|rate| Written::new(rate, name.place.clone()));
    DraftProgram {
        program: name,
        rate,
        reason: None,
        duties: Vec::new(),
        count: None,
        error_reported: false,
    }
}

fn claim(
    terminal: &mut WizardTerminal,
    context: WizardContext<'_>,
    draft: &Draft,
    program: &Program,
) -> Result<Draft, Failure> {
    let help =
        [format!("up to {}, {}", program.max_rate(), context.approval_text(&program.approval))];
    // A program with a rate of its own offers that.
    let default = program.rate.map(|rate| rate.to_string()).unwrap_or_default();
    let question = Prompt { label: "Rate", default: &default, help: &help };
    let mut draft = terminal.text(&question, |answer| {
        context.with(draft, answer, |draft, word| {
            let rate = table::rate(Written::new(&word.value, word.place.clone()))?;
            draft.programs.push(claimed(program, Some(rate.value)));
            Ok(())
        })
    })?;
    let help = ["for the approver; may be left empty".to_owned()];
    let reason = terminal.text(&Prompt { label: "Reason", default: "", help: &help }, optional)?;
    let duties = duties(terminal, program)?;
    if let Some(claim) = draft.programs.last_mut() {
        claim.reason = reason;
        claim.duties = duties;
    }
    if !program.incumbents.is_empty() && draft.record.text(INCUMBENT).is_none() {
        draft = incumbent(terminal, context, &draft, program)?;
    }
    Ok(draft)
}

fn optional(answer: &str) -> WizardAnswer<Option<Written<String>>> {
    let word = written(answer);
    let reason = (!answer.is_empty()).then(|| typed::named(&word)).transpose();
    reason.map(|word| (word, Note::NOTHING)).map_err(|fault| vec![fault.message])
}

fn duties(
    terminal: &mut WizardTerminal,
    program: &Program,
) -> Result<Vec<Written<String>>, Failure> {
    if program.duties().is_empty() {
        return Ok(Vec::new());
    }
    let items: Vec<_> = program.duties().iter().map(|duty| MenuItem::new(duty, "")).collect();
    let marked = terminal.mark("Customer commitments", &items)?;
    Ok(marked
        .into_iter()
        .filter_map(|index| program.duties().get(index))
        .map(|it| written(it))
        .collect())
}

fn incumbent(
    terminal: &mut WizardTerminal,
    context: WizardContext<'_>,
    draft: &Draft,
    program: &Program,
) -> Result<Draft, Failure> {
    let known = program.incumbents.join(" or ");
    let help = [format!("the program is for {known}; may be left empty")];
    let question = Prompt { label: "Incumbent", default: "", help: &help };
    terminal.text(&question, |answer| {
        context.with(draft, answer, |draft, word| {
            if !word.value.is_empty() {
                draft.record.set(INCUMBENT, FactValue::text(&typed::named(word)?.value));
            }
            Ok(())
        })
    })
}
