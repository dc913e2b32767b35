//! Changes that flags make to the draft of a deal.

use super::command_line::{name_and_rate, named};
use crate::deal::{
    AgreedPrice, DiscountOverride, Draft, DraftClause, DraftLine, DraftPartner, DraftProgram,
    parse_flags,
};
use crate::number::Date;
use crate::table;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Written};

pub(super) struct Overlay {
    pub draft: Draft,
    /// Programs that were typed. They stand in for those of the deal file.
    programs: Vec<DraftProgram>,
    all: Place,
}

/// Result of one flag: an error stays with the draft until the deal is resolved.
pub(super) type Applied = Result<(), Diagnostic>;

pub(super) fn set<T>(value: &mut Option<T>, read: Result<T, Diagnostic>) -> Applied {
    *value = Some(read?);
    Ok(())
}

/// Returns a typed text as the readers of numbers take it.
pub fn text(word: &Written<String>) -> Written<&str> {
    Written::new(word.value.as_str(), word.place.clone())
}

impl Overlay {
    pub fn new(draft: Draft, all: Place) -> Self {
        Self { draft, programs: Vec::new(), all }
    }

    /// Returns the draft. A program that the deal file claims too keeps what the file states about it.
    pub fn finish(mut self) -> Draft {
        if self.programs.is_empty() {
            return self.draft;
        }
        let written = std::mem::replace(&mut self.draft.programs, self.programs);
        for program in &mut self.draft.programs {
            let same = |other: &&DraftProgram| other.program.value == program.program.value;
            let Some(written) = written.iter().find(same) else { continue };
            program.rate = program.rate.take().or_else(|| written.rate.clone());
            program.metrics.clone_from(&written.metrics);
            program.reason.clone_from(&written.reason);
            program.count = written.count;
            program.grant.clone_from(&written.grant);
            program.grant_reference.clone_from(&written.grant_reference);
            written.duties.iter().for_each(|duty| add_duty(program, duty));
        }
        self.draft
    }

    pub fn term(&mut self, word: &Written<String>) -> Applied {
        self.draft.term = Some(parse_flags::years(&word.value, &word.place)?);
        self.draft.co_term_end = None;
        self.draft.months.take_if(|months| months.place.source != word.place.source);
        Ok(())
    }

    /// Sets the months of the contract. They stand in for the years of the deal file, and not for years that were
    /// typed.
    pub fn months(&mut self, word: &Written<String>) -> Applied {
        self.draft.months = Some(parse_flags::months(&word.value, &word.place)?);
        self.draft.term.take_if(|term| term.place.source != word.place.source);
        self.draft.first_year = None;
        self.draft.co_term_end = None;
        Ok(())
    }

    /// Sets the end of another contract. It stands in for the years of the deal file, and not for years
    /// that were typed.
    pub fn co_term_end(&mut self, date: Written<Date>) {
        self.draft.term.take_if(|term| term.place.source != date.place.source);
        self.draft.first_year = None;
        self.draft.months.take_if(|months| months.place.source != date.place.source);
        self.draft.co_term_end = Some(date);
    }

    /// Takes a share of a discount. A flag wins over the deal file, and two flags for one discount are
    /// an error.
    pub fn discount(&mut self, name: Written<String>, rate: &Written<String>) -> Applied {
        let take = DiscountOverride::parse(&rate.value, &rate.place)?;
        let overrides = &mut self.draft.discount_overrides;
        let known = overrides.iter().find(|(known, _)| known.value == name.value);
        if let Some((first, _)) = known
            && first.place.source == name.place.source
        {
            let message = format!("the discount \"{}\" is given twice", name.value);
            return Err(Diagnostic::new(Code::Duplicate, name.place.clone(), message)
                .related(first.place.clone(), "first here")
                .hint("--volume is --discount volume: give one of them"));
        }
        overrides.retain(|(known, _): &(_, DiscountOverride)| known.value != name.value);
        overrides.push((name, take));
        Ok(())
    }

    /// Claims a program, with its rate or by itself where the book has a rate for it.
    pub fn program(&mut self, word: &Written<String>) -> Applied {
        let (program, rate) = name_and_rate(word)?;
        let rate = rate.as_ref().map(|rate| table::rate(text(rate))).transpose()?;
        self.programs.push(DraftProgram::new(program, rate));
        Ok(())
    }

    /// Adds a commitment of the customer to the program that was typed last, or to the last one of the
    /// deal file.
    pub fn duty(&mut self, word: &Written<String>) -> Applied {
        let duty = named(word)?;
        let program = self.programs.last_mut().or_else(|| self.draft.programs.last_mut());
        let hint = "add --strategic PROGRAM=RATE";
        let program =
            program.ok_or_else(|| conflict(word, "a commitment needs a program", hint))?;
        add_duty(program, &duty);
        Ok(())
    }

    /// Adds a clause, with its rate if it has one. A clause of the deal file keeps its reason; typed
    /// twice, it is an error that resolving the deal reports.
    pub fn clause(&mut self, word: &Written<String>) -> Applied {
        let (name, typed_rate) = name_and_rate(word)?;
        let rate = typed_rate.map(|rate| table::rate(text(&rate))).transpose();
        let typed = |known: &DraftClause| known.name.place.source == name.place.source;
        let same = self.draft.clauses.iter_mut().find(|known| known.name.value == name.value);
        match same {
            Some(known) if !typed(known) => {
                known.error_reported |= rate.is_err();
                known.rate = rate?.or(known.rate.take());
            }
            _ => {
                let (error_reported, given) = (rate.is_err(), rate.as_ref().ok().cloned());
                let rate_read = given.flatten();
                let clause = DraftClause { name, rate: rate_read, error_reported, reason: None };
                self.draft.clauses.push(clause);
                rate?;
            }
        }
        Ok(())
    }

    /// Sets the channel, with the rate off or by itself. The channel of the deal file keeps what the
    /// file states about the partner; another channel is another partner's.
    pub fn channel(&mut self, word: &Written<String>) -> Applied {
        let (name, rate) = name_and_rate(word)?;
        let partner = &mut self.draft.partner;
        let same = partner.take().filter(|written| written.channel.value == name.value);
        let partner = partner.insert(same.unwrap_or_else(|| DraftPartner::new(name.clone())));
        partner.channel = name;
        if let Some(rate) = rate {
            let rate = table::rate(text(&rate));
            partner.error_reported |= rate.is_err();
            partner.rate = Some(rate?);
        }
        Ok(())
    }

    /// Claims an incentive of the channel, beside those of the deal file.
    pub fn incentive(&mut self, word: &Written<String>) -> Applied {
        let name = named(word)?;
        self.partner(word, |partner| {
            let is_typed = |known: &Written<String>| known.place.source == name.place.source;
            partner.incentives.retain(|known| known.value != name.value || is_typed(known));
            partner.incentives.push(name);
            Ok(())
        })
    }

    pub fn partner(
        &mut self,
        word: &Written<String>,
        change: impl FnOnce(&mut DraftPartner) -> Applied,
    ) -> Applied {
        let message = "this flag is for a deal that a partner sells";
        let hint = "add --channel NAME=RATE, or --channel NAME where the deal has no rate";
        change(self.draft.partner.as_mut().ok_or_else(|| conflict(word, message, hint))?)
    }

    /// Changes the only line of the deal, which is empty in a deal without lines.
    pub fn line(
        &mut self,
        word: &Written<String>,
        change: fn(&mut DraftLine, &Written<String>) -> Applied,
    ) -> Applied {
        let lines = &mut self.draft.lines;
        if lines.is_empty() {
            lines.push(DraftLine::new(self.all.clone()));
        }
        let count = lines.len();
        let [line] = lines.as_mut_slice() else {
            let message =
                format!("the deal has {count} lines, and this flag needs a deal with one line");
            return Err(conflict(word, message, "change the deal file instead"));
        };
        let result = change(line, word);
        line.error_reported |= result.is_err();
        result
    }
}

/// Refuses a figure of a line that has one for each year.
pub(super) fn figure<'l>(
    line: &'l mut DraftLine,
    word: &Written<String>,
    figure: &str,
) -> Result<&'l mut DraftLine, Diagnostic> {
    if line.years.is_empty() {
        return Ok(line);
    }
    let message = format!("the line is a ramp, with a {figure} for each year");
    Err(conflict(word, message, "change the deal file instead"))
}

pub(super) fn agreed(
    line: &mut DraftLine,
    word: &Written<String>,
    read: impl FnOnce(Written<&str>) -> Result<AgreedPrice, Diagnostic>,
) -> Applied {
    let line = figure(line, word, "price")?;
    set(&mut line.agreed, read(text(word)).map(|price| Written::new(price, word.place.clone())))
}

fn conflict(word: &Written<String>, message: impl Into<String>, hint: &str) -> Diagnostic {
    Diagnostic::new(Code::Conflict, word.place.clone(), message).hint(hint)
}

fn add_duty(program: &mut DraftProgram, duty: &Written<String>) {
    if !program.duties.iter().any(|known| known.value == duty.value) {
        program.duties.push(duty.clone());
    }
}
