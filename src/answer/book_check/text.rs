//! Findings on price books.

use crate::answer::book_check::{BookCheck, Finding, FindingKind, FindingSeverity, json, rows};
use crate::document::json::Json;
use crate::document::{Answer, Block, Document, ListItem, Table, Tone};

impl Answer for BookCheck<'_, '_> {
    fn document(&self) -> Document {
        let mut blocks =
            vec![Block::Title("Price book findings".to_owned()), Block::Facts(facts(self))];
        let mut rest = self.found;
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|it| it.code == first.code).count();
            let (same, others) = rest.split_at(count);
            let title = format!("{} ({})", first.code.title, first.code.name);
            blocks.push(Block::Heading(title, tone(self, first)));
            // What is to be done about all of them alike is said once.
            let is_one = same.iter().all(|it| it.advice == first.advice);
            let items = same.iter().map(|it| item(self, it, !is_one));
            blocks.push(Block::Items(items.collect()));
            if is_one {
                blocks.push(Block::Lines(vec![format!("What to do: {}", first.advice)]));
            }
            rest = others;
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
    let severity = ("Severity".to_owned(), code.severity.name().to_owned());
    let head = [
        Block::Title(code.name.to_owned()),
        Block::Facts(vec![("Title".to_owned(), code.title.to_owned()), severity]),
    ];
    let blocks = head.into_iter().chain(paragraphs.map(|text| Block::Lines(vec![text])));
    Document { blocks: blocks.collect() }
}

fn facts(findings: &BookCheck<'_, '_>) -> Vec<(String, String)> {
    let books = findings.books.iter().map(|book| {
        let which = format!("{}, version {}, {}", book.name, book.version, book.sha256);
        ("Price book".to_owned(), which)
    });
    let counted =
        [FindingSeverity::Error, FindingSeverity::Warning, FindingSeverity::Note].map(|severity| {
            let count = findings.found.iter().filter(|it| it.code.severity == severity).count();
            let plural = if count == 1 { "" } else { "s" };
            format!("{count} {}{plural}", severity.name())
        });
    let denied = findings.found.iter().filter(|it| findings.is_denied(it)).count();
    let denied = (denied > 0).then(|| ("Denied codes".to_owned(), denied.to_string()));
    books.chain([("Findings".to_owned(), counted.join(", "))]).chain(denied).collect()
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
    ListItem {
        tone: tone(findings, finding),
        badge: if is_denied { "denied" } else { finding.code.severity.name() }.to_owned(),
        text: format!("{}{}", finding.message, advice.unwrap_or_default()),
        source: Some(finding.rule.source.to_string()),
    }
}

/// Returns text with a capital letter in front.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
