//! Findings on price books.

use crate::answer::book_check::{BookCheck, Finding, FindingKind, FindingSeverity, json, rows};
use crate::document::json::Json;
use crate::document::{Answer, Block, Document, ListItem, Table, Tone};
use crate::number::plural;
use crate::quote::text::book_identity;
use std::collections::HashSet;

impl Answer for BookCheck<'_, '_> {
    fn document(&self) -> Document {
        let mut blocks = vec![Block::Title("Price book findings".to_owned()), facts(self)];
        for same in self.found.chunk_by(|one, other| one.code == other.code) {
            let [first, ..] = same else { continue };
            let title = format!("{} ({})", first.code.title, first.code.name);
            // What is to be done about all of them alike is said once.
            let is_one = same.iter().all(|it| it.advice == first.advice);
            let items = same.iter().map(|it| item(self, it, !is_one));
            blocks.extend(Block::items(title, tone(self, first), items));
            if is_one {
                blocks.push(Block::Lines(vec![format!("What to do: {}", first.advice)]));
            }
        }
        if self.found.is_empty() {
            blocks.push(Block::Heading("No findings".to_owned(), Tone::Good));
        }
        Document { blocks }
    }

    fn rows(&self) -> Table {
        rows::table(self)
    }

    fn json(&self) -> Json {
        json::to_json(self)
    }
}

pub fn lesson(code: &FindingKind) -> Document {
    let paragraphs = code.lesson.split("\n\n").map(|it| it.replace('\n', " "));
    let facts = [("Title", code.title), ("Severity", code.severity.name())];
    let facts = Block::facts(facts.map(|(name, value)| (name, value.to_owned())));
    let blocks = [Block::Title(code.name.to_owned()), facts]
        .into_iter()
        .chain(paragraphs.map(|text| Block::Lines(vec![text])));
    Document { blocks: blocks.collect() }
}

fn facts(findings: &BookCheck<'_, '_>) -> Block {
    let books = findings.books.iter().map(|book| ("Price book", book_identity(book)));
    let counted =
        [FindingSeverity::Error, FindingSeverity::Warning, FindingSeverity::Note].map(|severity| {
            let count = findings.found.iter().filter(|it| it.code.severity == severity).count();
            format!("{count} {}{}", severity.name(), plural(count))
        });
    let denied = findings.found.iter().filter(|it| findings.is_denied(it)).count();
    let denied = (denied > 0).then(|| ("Denied codes", denied.to_string()));
    let examples = findings.examples();
    let examples = (examples > 0).then(|| ("Examples", examples_hold(findings, examples)));
    let found = [("Date", findings.date.to_string()), ("Findings", counted.join(", "))];
    Block::facts(books.chain(found).chain(examples).chain(denied))
}

/// "3 of 4 hold": an example holds if no finding is about it.
fn examples_hold(findings: &BookCheck<'_, '_>, examples: usize) -> String {
    let differ = findings.found.iter().filter(|it| it.code.name == "example-differs");
    let differ: HashSet<&str> = differ.map(|it| it.rule.id.as_str()).collect();
    format!("{} of {examples} hold", examples - differ.len())
}

fn tone(findings: &BookCheck<'_, '_>, finding: &Finding<'_>) -> Tone {
    match finding.code.severity {
        _ if findings.is_denied(finding) => Tone::Bad,
        FindingSeverity::Error => Tone::Bad,
        FindingSeverity::Warning => Tone::Warning,
        FindingSeverity::Note => Tone::Plain,
    }
}

fn item(findings: &BookCheck<'_, '_>, finding: &Finding<'_>, says_what_to_do: bool) -> ListItem {
    let is_denied = findings.denied.contains(&finding.code);
    let advice = says_what_to_do.then(|| format!(". {}", sentence(&finding.advice)));
    let badge = if is_denied { "denied" } else { finding.code.severity.name() };
    let text = format!("{}{}", finding.message, advice.unwrap_or_default());
    ListItem::new(tone(findings, finding), badge, text).at(&finding.rule.source)
}

/// Returns text with a capital letter in front.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
