//! Statements about what fails a change, each at its line: for hosts that show them there.

use super::{Gate, GatedDeal};
use crate::answer::pipeline::text::check::reasons;
use crate::answer::pipeline::{CheckStatus, CheckedDeal};

/// A statement about a line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    pub path: String,
    pub line: usize,
    /// A fixed word: the status of a deal, or the kind of the statement.
    pub code: &'static str,
    pub message: String,
}

/// Returns everything that fails a change, in the order of the report.
pub fn annotations(gate: &Gate<'_, '_>) -> Vec<Annotation> {
    let at = |path: &str, line: usize, code: &'static str, message: String| Annotation {
        path: path.to_owned(),
        line,
        code,
        message,
    };
    let unjudged = gate.unjudged.iter().map(|(path, why)| at(path, 1, "not-judged", why.clone()));
    let mut found: Vec<_> = unjudged.collect();
    for book in &gate.books {
        found.extend(book.loosenings().map(|change| {
            let line = change.new.as_ref().map_or(1, |side| side.place.line());
            at(&book.path, line, "loosening", format!("the change loosens {}", change.path()))
        }));
        if book.keeps_version() {
            let message = "the price book changed without a new version".to_owned();
            found.push(at(&book.path, 1, "version", message));
        }
        found.extend(book.denied_findings().map(|finding| {
            at(&book.path, finding.rule.source.line(), finding.code.name, finding.message.clone())
        }));
    }
    for deal in gate.deals().iter().filter(|deal| deal.status > CheckStatus::Within) {
        let mut messages = messages(gate, deal);
        messages.dedup();
        let code = deal.status.name();
        found.extend(messages.into_iter().map(|message| at(deal.name, 1, code, message)));
    }
    found
}

fn messages(gate: &Gate<'_, '_>, deal: &GatedDeal<'_, '_, '_>) -> Vec<String> {
    let of = |checked: Option<&CheckedDeal<'_, '_>>, check| {
        let reasons = checked.map(|checked| reasons(check, checked)).unwrap_or_default();
        reasons.into_iter().map(|item| item.text).collect::<Vec<_>>()
    };
    let base = gate.by_base.as_ref().map(|check| of(deal.by_base, check));
    let own = gate.by_own.as_ref().map(|check| of(deal.by_own, check));
    [base, own].into_iter().flatten().flatten().collect()
}
