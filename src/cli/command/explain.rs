//! `dealdesk explain`: every code of a finding or a notice, and its meaning.

use crate::answer::book_check;
use crate::answer::book_check::FINDING_KINDS;
use crate::cli::codes::CodedKind;
use crate::cli::{BookChoice, CommandOutcome, Failure, levels, output};
use crate::document;
use crate::document::{Block, Cell, Document, Table};
use crate::quote::notice::NOTICE_KINDS;
use crate::quote::text::lesson;
use clap::Args;

/// Explain a code of `book check` or of a deal: its meaning, and what to do about it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk explain
  dealdesk explain larger-order-costs-less
  dealdesk explain deals-split")]
pub struct ExplainArgs {
    /// The code of a finding or a notice [default: a list of all codes]
    #[arg(value_name = "CODE")]
    code: Option<String>,
}

pub fn run(args: &ExplainArgs, _: &BookChoice) -> Result<CommandOutcome, Failure> {
    let paper = output::stdout();
    let Some(name) = &args.code else {
        return output::data(&document::terminal(&list(), paper));
    };
    let findings = FINDING_KINDS.iter().filter(|kind| kind.name == name);
    let notices = NOTICE_KINDS.iter().filter(|kind| kind.code == name);
    let lessons = findings.map(book_check::text::lesson).chain(notices.map(|kind| lesson(kind)));
    let lessons: Vec<_> = lessons.map(|lesson| document::terminal(&lesson, paper)).collect();
    if lessons.is_empty() {
        let findings = FINDING_KINDS.iter().map(CodedKind::code);
        let known = findings.chain(NOTICE_KINDS.iter().map(|kind| kind.code));
        return Err(levels::no_such("CODE", ("code", "codes"), name, known));
    }
    output::data(&lessons.join("\n"))
}

fn list() -> Document {
    let findings = FINDING_KINDS
        .iter()
        .map(|kind| (kind.name, "book check", kind.severity.name(), kind.title));
    let notices = NOTICE_KINDS.iter().map(|it| (it.code, "deal", it.severity.name(), it.title));
    let table = Table::of_items(
        findings.chain(notices),
        &[
            ("Code", &|it| Cell::text(it.0)),
            ("Of", &|it| Cell::text(it.1)),
            ("Severity", &|it| Cell::text(it.2)),
            ("Meaning", &|it| Cell::text(it.3)),
        ],
    );
    Document { blocks: vec![Block::Title("Codes".to_owned()), Block::Table(table)] }
}
