//! The programs that a deal claims.

use super::{Resolver, text};
use crate::book::PriceBook;
use crate::deal::{Draft, DraftLine, DraftProgram, ProgramClaim};
use crate::number::Rate;
use crate::table::{suggestion, unknown};
use crate::text::diagnostic::{Code, Diagnostic};

impl<'b> Resolver<'b, '_> {
    pub(super) fn claims(
        &mut self,
        asked: &[DraftProgram],
        draft: &Draft,
    ) -> Vec<ProgramClaim<'b>> {
        let implied = draft.lines.iter().any(|line| {
            line.agreed.is_some() || line.years.iter().any(|year| year.agreed.is_some())
        });
        let mut claims: Vec<ProgramClaim<'b>> = Vec::new();
        for ask in asked {
            let Some(claim) = self.claim(ask, implied) else { continue };
            let first = asked.iter().find(|other| other.program.value == ask.program.value);
            if let Some(first) = first.filter(|first| first.program.place != ask.program.place) {
                let message = format!("the program \"{}\" is claimed twice", ask.program.value);
                self.faults.push(
                    Diagnostic::new(Code::Duplicate, ask.program.place.clone(), message)
                        .related(first.program.place.clone(), "first here")
                        .hint("claim it once, with the whole rate"),
                );
            }
            // A rate of nothing is not applied and asks for nothing, so it claims nothing.
            if ask.rate.as_ref().is_some_and(|rate| rate.value.is_zero()) {
                continue;
            }
            if claim.program.exclusive {
                self.nothing_to_negotiate(&claim, draft);
            }
            self.rate_beside_prices(ask, &claim, draft);
            claims.push(claim);
        }
        claims
    }

    /// Agreed prices say what a program gives; where all are agreed, a rate has nothing to say.
    fn rate_beside_prices(&mut self, ask: &DraftProgram, claim: &ProgramClaim<'_>, draft: &Draft) {
        let mut lines = draft.lines.iter().filter(|line| takes(line, claim)).peekable();
        let agreed = |line: &DraftLine| {
            let mut years = line.years.iter();
            line.agreed.is_some()
                || (!line.years.is_empty() && years.all(|year| year.agreed.is_some()))
        };
        if let Some(rate) = ask.rate.as_ref().filter(|rate| !rate.value.is_zero())
            && lines.peek().is_some()
            && lines.all(agreed)
            && !claim.program.exclusive
        {
            let title = &claim.program.title;
            let message = format!("the agreed prices already say what {title} gives");
            self.fault(Code::Conflict, &rate.place, message, "take the rate out".to_owned());
        }
    }

    /// A program that excludes every other discount fixes the prices of its lines.
    fn nothing_to_negotiate(&mut self, claim: &ProgramClaim<'_>, draft: &Draft) {
        for line in draft.lines.iter().filter(|line| takes(line, claim)) {
            let years = line.years.iter().map(|year| &year.agreed);
            for price in years.chain([&line.agreed]).flatten() {
                let title = &claim.program.title;
                let message = format!("{title} fixes the price, so none can be agreed beside it");
                let hint = "take out the price, or the program".to_owned();
                self.fault(Code::Conflict, &price.place, message, hint);
            }
        }
    }

    fn claim(&mut self, ask: &DraftProgram, implied: bool) -> Option<ProgramClaim<'b>> {
        let book = self.book;
        let name = &ask.program;
        let found = book.programs().find(|(_, program)| program.name == name.value);
        let Some((discount, program)) = found else {
            let has = |book: &PriceBook| book.programs().any(|(_, it)| it.name == name.value);
            if self.is_elsewhere(name, "given", has) {
                return None;
            }
            let names: Vec<_> = book.programs().map(|(_, program)| program.name()).collect();
            self.faults.push(unknown(Code::UnknownProgram, "program", name, names));
            return None;
        };
        for duty in &ask.duties {
            if !program.duties.contains(&duty.value) {
                let names = program.duties.iter().map(String::as_str);
                let message = format!("{} asks for no \"{}\"", program.name, duty.value);
                let hint = suggestion(&duty.value, names);
                self.fault(Code::UnknownDuty, &duty.place, message, hint);
            }
        }
        let rate = ask.rate.as_ref().map(|rate| rate.value).or(program.rate);
        if rate.is_none() && !implied && !ask.error_reported {
            let message = format!("the program \"{}\" needs a rate", name.value);
            let hint = format!("ask for a rate of at most {}", program.max_rate);
            self.fault(Code::MissingKey, &name.place, message, hint);
        }
        Some(ProgramClaim {
            discount,
            program,
            rate: rate.unwrap_or(Rate::ZERO),
            reason: text(ask.reason.as_ref()),
            duties: ask.duties.iter().map(|duty| duty.value.clone()).collect(),
            count: ask.count,
        })
    }
}

/// Whether the discount of a claim applies to a line.
fn takes(line: &DraftLine, claim: &ProgramClaim<'_>) -> bool {
    line.metric.as_ref().is_some_and(|metric| claim.discount.applies_to(&metric.value))
}
