//! Programs that a deal claims.

use super::{Resolver, text};
use crate::book::{PriceBook, Program};
use crate::deal::{DraftLine, DraftProgram, Grant, ProgramClaim};
use crate::number::Rate;
use crate::table::{suggestion, unknown};
use crate::text::diagnostic::Code;

impl<'b> Resolver<'b, '_> {
    /// Returns the claims of the deal, and apart from them those of nothing.
    pub(super) fn claims(&mut self) -> (Vec<ProgramClaim<'b>>, Vec<ProgramClaim<'b>>) {
        let drafts = &self.draft.programs;
        let (mut claims, mut of_nothing) = (Vec::new(), Vec::new());
        for claimed in drafts {
            let Some(claim) = self.claim(claimed) else { continue };
            let name = &claimed.program;
            let first = drafts.iter().map(|other| &other.program);
            let mut first = first.filter(|first| first.value == name.value);
            if let Some(first) = first.next().filter(|first| first.place != name.place) {
                let message = format!("the program \"{}\" is claimed twice", name.value);
                let fault = name.fault(Code::Duplicate, message);
                let fault = fault.related(first.place.clone(), "first here");
                self.faults.push(fault.hint("claim it once, with the whole rate"));
            }
            // A rate of nothing is not applied and asks for nothing, so it claims nothing.
            if claimed.rate.as_ref().is_some_and(|rate| rate.value.is_zero()) {
                of_nothing.push(claim);
                continue;
            }
            if claim.program.exclusive {
                self.report_fixed_prices(&claim);
            } else {
                self.report_redundant_rate(claimed, &claim);
            }
            claims.push(claim);
        }
        (claims, of_nothing)
    }

    /// Reports a rate beside agreed prices. They decide what the program gives, so that a rate has
    /// no effect where all prices are agreed.
    fn report_redundant_rate(&mut self, claimed: &DraftProgram, claim: &ProgramClaim<'_>) {
        let mut lines = self.draft.lines.iter().filter(|line| applies_to(line, claim)).peekable();
        let agreed = |line: &DraftLine| {
            let mut years = line.years.iter();
            line.agreed.is_some()
                || (!line.years.is_empty() && years.all(|year| year.agreed.is_some()))
        };
        if let Some(rate) = &claimed.rate
            && lines.peek().is_some()
            && lines.all(agreed)
        {
            let message = format!("the negotiated prices already include {}", claim.program.title);
            self.fault(Code::Conflict, &rate.place, message, "remove the rate");
        }
    }

    /// Reports prices that are agreed beside a program that excludes every other discount, and so
    /// fixes the prices of its lines.
    fn report_fixed_prices(&mut self, claim: &ProgramClaim<'_>) {
        let title = &claim.program.title;
        for line in self.draft.lines.iter().filter(|line| applies_to(line, claim)) {
            let years = line.years.iter().map(|year| &year.agreed);
            for price in years.chain([&line.agreed]).flatten() {
                let message = format!("{title} fixes the price, so no price can be negotiated");
                let hint = "remove the price or the program";
                self.fault(Code::Conflict, &price.place, message, hint);
            }
        }
    }

    fn claim(&mut self, claimed: &DraftProgram) -> Option<ProgramClaim<'b>> {
        let book = self.book;
        let name = &claimed.program;
        let found = book.programs().find(|(_, program)| program.name == name.value);
        let Some((discount, program)) = found else {
            let has = |book: &PriceBook| book.programs().any(|(_, it)| it.name == name.value);
            if !self.is_elsewhere(name, "given", has) {
                let names = book.programs().map(|(_, program)| program.name());
                self.faults.push(unknown(Code::UnknownProgram, "program", name, names));
            }
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
        if rate.is_none() && !claimed.error_reported && !self.has_agreed_price() {
            let message = format!("the program \"{}\" needs a rate", name.value);
            let hint = format!("add a rate of at most {}", program.max_rate);
            self.fault(Code::MissingKey, &name.place, message, hint);
        }
        for metric in &claimed.metrics {
            let is_of = |line: &DraftLine| {
                line.metric.as_ref().is_some_and(|name| name.value == metric.value)
            };
            if !discount.applies_to(&metric.value) {
                let names = discount.metrics.iter().map(String::as_str);
                let message = format!("{} is for no line of \"{}\"", program.title, metric.value);
                let hint = suggestion(&metric.value, names);
                self.fault(Code::UnknownMetric, &metric.place, message, hint);
            } else if !self.draft.lines.iter().any(is_of) {
                let message = format!("the deal has no line of \"{}\"", metric.value);
                let hint = "name a metric of a line, or remove it";
                self.fault(Code::Conflict, &metric.place, message, hint);
            }
        }
        Some(ProgramClaim {
            discount,
            program,
            rate: rate.unwrap_or(Rate::ZERO),
            metrics: claimed.metrics.iter().map(|metric| metric.value.clone()).collect(),
            reason: text(claimed.reason.as_ref()),
            duties: claimed.duties.iter().map(|duty| duty.value.clone()).collect(),
            count: claimed.count,
            grant: self.grant(claimed, program),
        })
    }

    /// Returns the grant of a claim. Its day counts only where the program says so, and with its number.
    fn grant(&mut self, claimed: &DraftProgram, program: &Program) -> Option<Grant> {
        let (date, reference) = (claimed.grant.as_ref(), claimed.grant_reference.as_ref());
        let place = date.map(|it| &it.place).or(reference.map(|it| &it.place))?;
        if program.grant.is_none() {
            let message = format!("{} has no payment from the day of a grant", program.title);
            self.fault(Code::Conflict, place, message, "remove the grant");
            return None;
        }
        let (Some(date), Some(reference)) = (date, reference) else {
            let (found, missing) =
                if date.is_some() { ("day", "grant_reference") } else { ("number", "grant") };
            let message = format!("this is the {found} of a grant, and `{missing}` is missing");
            let hint = "state both: a grant that nobody can look up moves no payment";
            self.fault(Code::MissingKey, place, message, hint);
            return None;
        };
        Some(Grant { date: date.value, reference: reference.value.trim().to_owned() })
    }

    /// Whether a price was agreed for any line or year, which implies the rates of programs.
    fn has_agreed_price(&self) -> bool {
        self.draft.lines.iter().any(|line| {
            line.agreed.is_some() || line.years.iter().any(|year| year.agreed.is_some())
        })
    }
}

/// Whether the discount of a claim applies to a line.
fn applies_to(line: &DraftLine, claim: &ProgramClaim<'_>) -> bool {
    line.metric.as_ref().is_some_and(|metric| claim.applies_to(&metric.value))
}
