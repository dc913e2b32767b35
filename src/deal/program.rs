//! Strategic programs that a deal claims.

use super::resolve::{Resolver, text};
use super::{Draft, DraftLine};
use crate::book::{Discount, PriceBook, Program};
use crate::number::Rate;
use crate::table::{Section, WholeNumber, keys, suggestion, unknown};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

keys! {
    /// Keys of a program that a deal claims.
    pub(super) PROGRAM: ProgramClaimKeys =
        "[strategic]", "A strategic program that the deal claims.";

    required program: String = "One of the book's programs.";
    optional rate: Rate = "The rate asked for. Left out where negotiated unit prices imply it.";
    optional reason: String = "Why the customer deserves it.";
    optional duties: Vec<String> = "What the customer agreed to give for it.";
    optional count: WholeNumber<1, 1_000_000> =
        "The so-manieth customer of the program, if that is known.";
}

/// A strategic program to claim.
#[derive(Debug, Clone)]
pub struct DraftProgram {
    /// One of the book's programs.
    pub program: Written<String>,
    /// The rate asked for.
    pub rate: Option<Written<Rate>>,
    /// Why the customer deserves it.
    pub reason: Option<Written<String>>,
    /// What the customer agreed to give for it.
    pub duties: Vec<Written<String>>,
    /// The so-manieth customer of the program.
    pub count: Option<u32>,
    /// Its rate is there, and could not be read.
    pub error_reported: bool,
}

/// A program that the deal claims.
#[derive(Debug, Clone)]
pub struct ProgramClaim<'b> {
    pub(crate) discount: &'b Discount,
    pub(crate) program: &'b Program,
    /// The rate asked for; nothing where negotiated prices imply it.
    pub(crate) rate: Rate,
    pub(crate) reason: Option<String>,
    pub(crate) duties: Vec<String>,
    /// The customer would be the so-manieth of the program.
    pub(crate) count: Option<u32>,
}

impl<'b> ProgramClaim<'b> {
    /// All that a program gives, with everything promised that it asks for.
    pub(crate) fn at_max_rate(discount: &'b Discount, program: &'b Program) -> Self {
        Self {
            discount,
            program,
            rate: program.rate.unwrap_or(program.max_rate),
            reason: None,
            duties: program.duties.clone(),
            count: None,
        }
    }
}

impl ProgramClaim<'_> {
    /// What the program asks of the customer, and the deal does not say.
    pub fn missing_duties(&self) -> Vec<&str> {
        let duties = self.program.duties.iter().filter(|duty| !self.duties.contains(duty));
        duties.map(String::as_str).collect()
    }
}

/// Reads one program of a deal file.
pub(super) fn read(table: Section<'_>) -> Option<DraftProgram> {
    let rate = table.get(PROGRAM.rate);
    Some(DraftProgram {
        program: table.get(PROGRAM.program)?,
        error_reported: rate.is_none() && !table.is_missing(PROGRAM.rate),
        rate,
        reason: table.get(PROGRAM.reason),
        duties: table.get(PROGRAM.duties),
        count: table.get(PROGRAM.count).map(|count| count.value),
    })
}

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
