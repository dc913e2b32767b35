//! Strategic programs that a deal claims.

use super::resolve::{Resolver, text};
use super::{Draft, DraftLine};
use crate::book::{Discount, PriceBook, Program};
use crate::number::Rate;
use crate::table::{Section, WholeNumber, keys, suggestion, unknown};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

keys! {
    pub(super) PROGRAM: ProgramClaimKeys =
        "[strategic]", "A strategic program that the deal claims.";

    required program: String = "One of the book's programs.";
    optional rate: Rate = "The rate that the deal claims. Left out where negotiated prices imply \
                           it.";
    optional reason: String = "The reason, for the approver.";
    optional duties: Vec<String> = "The commitments that the customer has agreed to.";
    optional count: WholeNumber<1, 1_000_000> =
        "The ordinal of this customer in the program, if known.";
}

#[derive(Debug, Clone)]
pub struct DraftProgram {
    pub program: Written<String>,
    pub rate: Option<Written<Rate>>,
    pub reason: Option<Written<String>>,
    /// Commitments that the customer agreed to.
    pub duties: Vec<Written<String>>,
    /// Ordinal of this customer in the program.
    pub count: Option<u32>,
    /// Whether a rate is written that could not be read.
    pub error_reported: bool,
}

/// Program of the book that a deal claims.
#[derive(Debug, Clone)]
pub struct ProgramClaim<'b> {
    pub(crate) discount: &'b Discount,
    pub(crate) program: &'b Program,
    /// Rate that the deal asks for; zero where negotiated prices imply it.
    pub(crate) rate: Rate,
    pub(crate) reason: Option<String>,
    pub(crate) duties: Vec<String>,
    /// Ordinal of this customer in the program.
    pub(crate) count: Option<u32>,
}

impl<'b> ProgramClaim<'b> {
    /// Makes a claim of the highest rate of a program, with every commitment that the program asks
    /// for.
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
    /// Returns the commitments that the program asks for and the deal does not state.
    pub fn missing_duties(&self) -> Vec<&str> {
        let duties = self.program.duties.iter().filter(|duty| !self.duties.contains(duty));
        duties.map(String::as_str).collect()
    }
}

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
        drafts: &[DraftProgram],
        draft: &Draft,
    ) -> Vec<ProgramClaim<'b>> {
        let implied = draft.lines.iter().any(|line| {
            line.agreed.is_some() || line.years.iter().any(|year| year.agreed.is_some())
        });
        let mut claims: Vec<ProgramClaim<'b>> = Vec::new();
        for claimed in drafts {
            let Some(claim) = self.claim(claimed, implied) else { continue };
            let first = drafts.iter().find(|other| other.program.value == claimed.program.value);
            if let Some(first) = first.filter(|first| first.program.place != claimed.program.place)
            {
                let message = format!("the program \"{}\" is claimed twice", claimed.program.value);
                self.faults.push(
                    Diagnostic::new(Code::Duplicate, claimed.program.place.clone(), message)
                        .related(first.program.place.clone(), "first here")
                        .hint("claim it once, with the whole rate"),
                );
            }
            // A rate of nothing is not applied and asks for nothing, so it claims nothing.
            if claimed.rate.as_ref().is_some_and(|rate| rate.value.is_zero()) {
                continue;
            }
            if claim.program.exclusive {
                self.report_fixed_prices(&claim, draft);
            }
            self.report_redundant_rate(claimed, &claim, draft);
            claims.push(claim);
        }
        claims
    }

    /// Reports a rate beside agreed prices. They decide what the program gives, so that a rate has
    /// no effect where all prices are agreed.
    fn report_redundant_rate(
        &mut self,
        claimed: &DraftProgram,
        claim: &ProgramClaim<'_>,
        draft: &Draft,
    ) {
        let mut lines = draft.lines.iter().filter(|line| applies_to(line, claim)).peekable();
        let agreed = |line: &DraftLine| {
            let mut years = line.years.iter();
            line.agreed.is_some()
                || (!line.years.is_empty() && years.all(|year| year.agreed.is_some()))
        };
        if let Some(rate) = claimed.rate.as_ref().filter(|rate| !rate.value.is_zero())
            && lines.peek().is_some()
            && lines.all(agreed)
            && !claim.program.exclusive
        {
            let title = &claim.program.title;
            let message = format!("the negotiated prices already include {title}");
            self.fault(Code::Conflict, &rate.place, message, "remove the rate".to_owned());
        }
    }

    /// Reports prices that are agreed beside a program that excludes every other discount, and so
    /// fixes the prices of its lines.
    fn report_fixed_prices(&mut self, claim: &ProgramClaim<'_>, draft: &Draft) {
        for line in draft.lines.iter().filter(|line| applies_to(line, claim)) {
            let years = line.years.iter().map(|year| &year.agreed);
            for price in years.chain([&line.agreed]).flatten() {
                let title = &claim.program.title;
                let message = format!("{title} fixes the price, so no price can be negotiated");
                let hint = "remove the price or the program".to_owned();
                self.fault(Code::Conflict, &price.place, message, hint);
            }
        }
    }

    fn claim(&mut self, claimed: &DraftProgram, implied: bool) -> Option<ProgramClaim<'b>> {
        let book = self.book;
        let name = &claimed.program;
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
        for duty in &claimed.duties {
            if !program.duties.contains(&duty.value) {
                let names = program.duties.iter().map(String::as_str);
                let message = format!("{} has no commitment \"{}\"", program.name, duty.value);
                let hint = suggestion(&duty.value, names);
                self.fault(Code::UnknownDuty, &duty.place, message, hint);
            }
        }
        let rate = claimed.rate.as_ref().map(|rate| rate.value).or(program.rate);
        if rate.is_none() && !implied && !claimed.error_reported {
            let message = format!("the program \"{}\" needs a rate", name.value);
            let hint = format!("add a rate of at most {}", program.max_rate);
            self.fault(Code::MissingKey, &name.place, message, hint);
        }
        Some(ProgramClaim {
            discount,
            program,
            rate: rate.unwrap_or(Rate::ZERO),
            reason: text(claimed.reason.as_ref()),
            duties: claimed.duties.iter().map(|duty| duty.value.clone()).collect(),
            count: claimed.count,
        })
    }
}

/// Whether the discount of a claim applies to a line.
fn applies_to(line: &DraftLine, claim: &ProgramClaim<'_>) -> bool {
    line.metric.as_ref().is_some_and(|metric| claim.discount.applies_to(&metric.value))
}
