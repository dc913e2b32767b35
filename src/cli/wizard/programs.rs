//! Questions about strategic programs, and about the commitments of the customer.

use super::Wizard;
use super::context::{needed, reaches, written};
use super::terminal::MenuItem;
use crate::book::{CustomerFact, DiscountCondition, Program};
use crate::cli::{Failure, typed};
use crate::deal::{DraftProgram, FactId, FactValue, INCUMBENT, REGION, SEGMENT, VERTICAL};
use crate::quote::text;
use crate::table;
use crate::text::source::Written;

impl<'b> Wizard<'b> {
    /// Asks for programs for as long as the book lets the deal claim one more.
    pub fn programs(&mut self) -> Result<(), Failure> {
        while let Some(program) = self.program()? {
            self.claim(program)?;
            if program.exclusive {
                break;
            }
        }
        Ok(())
    }

    fn program(&mut self) -> Result<Option<&'b Program>, Failure> {
        let open = self.open_programs();
        if open.is_empty() {
            return Ok(None);
        }
        let none = if self.draft.programs.is_empty() { "None" } else { "No more" };
        let mut items = vec![MenuItem::new(none, "")];
        items.extend(open.iter().map(|it| MenuItem::new(&it.title, self.limits(it))));
        // What it would mean is known when its rate is.
        let chosen = self.terminal.pick("Program", &items)?;
        Ok(chosen.checked_sub(1).and_then(|index| open.get(index).copied()))
    }

    fn open_programs(&self) -> Vec<&'b Program> {
        let claims = &self.draft.programs;
        let claimed =
            |program: &Program| claims.iter().any(|claim| claim.program.value == program.name());
        let discounts = self.context.book.discounts.iter();
        let programs = discounts.flat_map(|discount| match &discount.condition {
            DiscountCondition::Program { programs, at_most } if reaches(discount, &self.draft) => {
                let count = programs.iter().filter(|program| claimed(program)).count();
                if count < *at_most as usize { programs.as_slice() } else { &[] }
            }
            _ => &[],
        });
        // What is given for how a customer pays is a concession: nobody offers it unasked.
        programs.filter(|program| !claimed(program) && program.payment.is_empty()).collect()
    }

    fn limits(&self, program: &Program) -> String {
        let need = &program.approval;
        let reviews: Vec<_> = need.review.as_deref().into_iter().collect();
        let approval = needed(&text::asked(self.context.book, need.level, &reviews));
        format!("up to {}, {approval}", program.max_rate)
    }

    fn claim(&mut self, program: &Program) -> Result<(), Failure> {
        let help = [self.limits(program)];
        // A program with a rate of its own offers that.
        let default = program.rate.map(|rate| rate.to_string()).unwrap_or_default();
        self.ask("Rate", &default, &help, |draft, word| {
            let rate = table::rate(typed::text(word))?.value;
            let name = written(program.name());
            let rate = Written::new(rate, name.place.clone());
            draft.programs.push(DraftProgram::new(name, Some(rate)));
            Ok(())
        })?;
        let help = ["for the approver; may be left empty".to_owned()];
        let reason = self.terminal.text("Reason", "", &help, |answer| {
            let reason = (!answer.is_empty()).then(|| typed::named(&written(answer))).transpose();
            reason.map_err(|fault| vec![fault.message])
        })?;
        let duties = self.duties(program)?;
        if let Some(claim) = self.draft.programs.last_mut() {
            claim.reason = reason;
            claim.duties = duties;
        }
        if !program.segments.is_empty() {
            let known = program.segments.join(" or ");
            self.fact("Segment", SEGMENT, &format!("the program is for {known}"))?;
        }
        for fact in &program.first_in {
            let (title, id) = match fact {
                CustomerFact::Vertical => ("Vertical", VERTICAL),
                CustomerFact::Region => ("Region", REGION),
            };
            let known = self.context.book.customers.of(*fact).join(", ");
            self.fact(title, id, &format!("one of {known}"))?;
        }
        if program.incumbents.is_empty() {
            return Ok(());
        }
        let known = program.incumbents.join(" or ");
        self.fact("Incumbent", INCUMBENT, &format!("the program is for {known}"))
    }

    /// Asks for a fact that a program depends on, unless the deal states it.
    fn fact(&mut self, title: &str, fact: FactId, help: &str) -> Result<(), Failure> {
        if self.draft.record.text(fact).is_some() {
            return Ok(());
        }
        let help = [format!("{help}; may be left empty")];
        self.ask(title, "", &help, |draft, word| {
            if !word.value.is_empty() {
                draft.record.set(fact, FactValue::text(&typed::named(word)?.value));
            }
            Ok(())
        })
    }

    fn duties(&mut self, program: &Program) -> Result<Vec<Written<String>>, Failure> {
        let duties = &program.duties;
        if duties.is_empty() {
            return Ok(Vec::new());
        }
        let items: Vec<_> = duties.iter().map(|duty| MenuItem::new(duty, "")).collect();
        let marked = self.terminal.mark("Customer commitments", &items)?;
        Ok(marked.into_iter().filter_map(|index| Some(written(duties.get(index)?))).collect())
    }
}
