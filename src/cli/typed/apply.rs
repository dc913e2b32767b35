//! What each flag changes in the draft of a deal.

use super::value::{date, horizon, named, pair};
use super::{CommandLine, line, partner, program};
use crate::deal::{DiscountOverride, Draft, DraftClause, DraftLine, parse_flags};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::Written;

impl CommandLine {
    /// Lays what was typed over a draft. What cannot be read stays with it as a fault.
    pub(super) fn apply(&self, draft: &mut Draft) {
        let mut typed_programs = Vec::new();
        for (flag, word) in &self.words {
            let result = match *flag {
                "--currency" => named(word).map(|word| draft.currency = Some(word)),
                "--prepay" => named(word).map(|word| draft.prepay = Some(word)),
                "--channel" | "--partner" | "--revenue" => partner::typed(flag, word, draft),
                "--horizon" => horizon(word).map(|years| draft.horizon = Some(years)),
                "--payment" => named(word).map(|word| draft.payment = Some(word)),
                "--billing" => named(word).map(|word| draft.billing = Some(word)),
                "--date" => date(word).map(|date| draft.date = Some(date)),
                "--start" => date(word).map(|date| draft.start = Some(date)),
                "--co-term-end" => date(word).map(|date| {
                    // It stands in for the years that the deal file has, and not for typed ones.
                    draft.term.take_if(|term| term.place.source != word.place.source);
                    draft.first_year = None;
                    draft.co_term_end = Some(date);
                }),
                "--term" => parse_flags::years(&word.value, &word.place).map(|years| {
                    draft.co_term_end = None;
                    draft.term = Some(years);
                }),
                "--volume" => {
                    parse_flags::parse_override(&word.value, &word.place).and_then(|take| {
                        let name = Written::new("volume".to_owned(), word.place.clone());
                        set_take(draft, name, take)
                    })
                }
                "--discount" => pair(word).and_then(|(name, rate)| {
                    let take = parse_flags::parse_override(&rate.value, &rate.place)?;
                    set_take(draft, name, take)
                }),
                "--strategic" => program::typed(word).map(|program| typed_programs.push(program)),
                "--duty" => program::duty(word, &mut typed_programs, draft),
                "--clause" => named(word).map(|word| clause(word, draft)),
                flag if crate::deal::FACTS
                    .iter()
                    .any(|f| f.flag.is_some_and(|(n, _)| flag.strip_prefix("--") == Some(n))) =>
                {
                    draft.record.set_flag(&flag[2..], word)
                }
                flag => self.line(draft, word).and_then(|line| {
                    let result = line::typed(flag, line, word);
                    line.error_reported |= result.is_err();
                    result
                }),
            };
            draft.faults.extend(result.err());
        }
        program::merge_programs(typed_programs, draft);
    }

    /// The line that a flag is about: the only one.
    fn line<'d>(
        &self,
        draft: &'d mut Draft,
        word: &Written<String>,
    ) -> Result<&'d mut DraftLine, Diagnostic> {
        if draft.lines.is_empty() {
            draft.lines.push(DraftLine::new(self.all()));
        }
        let count = draft.lines.len();
        if let [line] = draft.lines.as_mut_slice() {
            return Ok(line);
        }
        let message = format!("the deal has {count} lines, and this does not say which");
        Err(Diagnostic::new(Code::Conflict, word.place.clone(), message)
            .hint("change the deal file instead"))
    }
}

/// A flag wins over the deal file, and stands once on the command line.
fn set_take(
    draft: &mut Draft,
    name: Written<String>,
    take: DiscountOverride,
) -> Result<(), Diagnostic> {
    let typed = |known: &Written<String>| known.place.source == name.place.source;
    if let Some((first, _)) =
        draft.discount_overrides.iter().find(|(known, _)| known.value == name.value)
        && typed(first)
    {
        let message = format!("the discount \"{}\" is given twice", name.value);
        return Err(Diagnostic::new(Code::Duplicate, name.place.clone(), message)
            .related(first.place.clone(), "first here")
            .hint("--volume is --discount volume: give one of them"));
    }
    draft.discount_overrides.retain(|(known, _)| known.value != name.value);
    draft.discount_overrides.push((name, take));
    Ok(())
}

/// A clause that the deal file has already keeps its reason; typed twice, it is a mistake.
fn clause(name: Written<String>, draft: &mut Draft) {
    let typed = |known: &DraftClause| known.name.place.source == name.place.source;
    let same = draft.clauses.iter().find(|known| known.name.value == name.value);
    if same.is_none_or(typed) {
        draft.clauses.push(DraftClause { name, reason: None });
    }
}
