//! A gallery of every message.
//!
//! Each file in `batch`, `book`, `deal` and `usage` is wrong in one way, and its name begins with the code of
//! that fault. Its snapshot is what its author gets to read. A deal is resolved against the
//! repository's own price book, or the one that its first line names: `# book: FILE`.

mod guesses;

use crate::support::{OUR_BOOK, assert_shows, root};
use dealdesk::answer::batch::{BatchError, BatchJob, BatchSource, BatchTarget, RowFormat};
use dealdesk::answer::{batch, usage};
use dealdesk::book::Books;
use dealdesk::number::Date;
use dealdesk::text::diagnostic::{Code, Diagnostics, render};
use dealdesk::text::source::Source;
use dealdesk::{book, deal};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// A file of the gallery.
struct Specimen {
    /// `batch`, `book`, `deal` or `usage`.
    kind: &'static str,
    /// The name of the file, without its ending.
    name: String,
    text: String,
}

/// A file whose faults are of many kinds.
const MANY: &str = "many";

fn folder() -> PathBuf {
    root().join("tests/errors")
}

fn specimens() -> Vec<Specimen> {
    let mut specimens = Vec::new();
    for kind in ["batch", "book", "deal", "usage"] {
        for entry in fs::read_dir(folder().join(kind)).expect("the gallery") {
            let path = entry.expect("a file").path();
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            specimens.push(Specimen { kind, name, text: fs::read_to_string(&path).expect("text") });
        }
    }
    specimens.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    specimens
}

fn own_book() -> Books {
    load("pricing.toml")
}

fn load(path: &str) -> Books {
    let text = fs::read_to_string(root().join(path)).expect("the price book");
    book::load(&Source::file("pricing.toml", &text)).expect("a book without faults")
}

impl Specimen {
    fn faults(&self, book: &Books) -> Diagnostics {
        let ending = if ["batch", "usage"].contains(&self.kind) { "csv" } else { "toml" };
        let source = Source::file(&format!("{}.{ending}", self.name), &self.text);
        let today = Date::parse("2026-11-21").expect("a date");
        let outcome = if self.kind == "batch" {
            header(&format!("{}.csv", self.name), &self.text, book, today)
        } else if self.kind == "book" {
            book::load(&source).map(|_| ())
        } else if self.kind == "usage" {
            usage::read(&source, "core_hours").map(|_| ())
        } else {
            let named = self.text.lines().next().and_then(|it| it.strip_prefix("# book: "));
            let named = named.map(load);
            let book = named.as_ref().unwrap_or(book);
            deal::resolve(&deal::read(&source), book, today).map(|_| ())
        };
        outcome.expect_err(&format!("{}/{} has no fault", self.kind, self.name))
    }

    /// The code that its name begins with.
    fn code(&self) -> Code {
        let is_named = |code: &&Code| {
            let rest = self.name.strip_prefix(code.name());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        };
        *Code::ALL.iter().find(is_named).expect("a name that begins with a code")
    }

    fn snapshot(&self) -> String {
        format!("{}__{}", self.kind, self.name)
    }
}

/// The faults of the header of a file of deals.
fn header(name: &str, text: &str, books: &Books, today: Date) -> Result<(), Diagnostics> {
    let job = BatchJob {
        pricers: [&batch::RowPricer::new(books, None, today).expect("a book")],
        name,
        ignored: &[],
        threads: Some(1),
        progress: &|_| {},
    };
    let (mut input, mut output) = (text.as_bytes(), Vec::new());
    let source = BatchSource::Text(RowFormat::Csv, &mut input);
    let target = BatchTarget::Text(RowFormat::Csv, &mut output);
    match batch::run(&job, source, target, &mut Vec::new()) {
        Ok(_) => Ok(()),
        Err(BatchError::Header(faults)) => Err(faults),
        Err(stop) => panic!("{stop:?}"),
    }
}

fn codes(faults: &Diagnostics) -> Vec<Code> {
    faults.iter().map(|fault| fault.code).collect()
}

/// What follows from a fault is no fault of its own, and is not reported.
#[test]
fn a_specimen_has_the_fault_that_it_is_named_for_and_no_other() {
    let book = own_book();
    for specimen in specimens().iter().filter(|specimen| specimen.name != MANY) {
        let found: BTreeSet<_> = codes(&specimen.faults(&book)).into_iter().collect();
        let named = BTreeSet::from([specimen.code()]);
        assert_eq!(found, named, "{}/{}", specimen.kind, specimen.name);
    }
}

#[test]
fn every_code_has_a_specimen() {
    let shown: BTreeSet<Code> =
        specimens().iter().filter(|it| it.name != MANY).map(Specimen::code).collect();
    let missing: Vec<_> = Code::ALL.iter().filter(|code| !shown.contains(code)).collect();
    assert!(missing.is_empty(), "no specimen in tests/errors for {missing:?}");
}

#[test]
fn every_message_is_what_its_snapshot_shows() {
    let book = own_book();
    for specimen in specimens() {
        let shown = render(&specimen.faults(&book), false, 100);
        assert_shows!(specimen.snapshot(), shown);
    }
}

/// Snapshots do not show on which line of the book a hint is.
#[test]
fn a_hint_names_the_line_of_the_book() {
    let specimens = specimens();
    let pilot = specimens.iter().find(|it| it.name == "not-sold-pilot").expect("the specimen");
    let shown = render(&pilot.faults(&own_book()), false, 100);
    let (_, named) = shown.split_once("its ranges are 10-50 (pricing.toml:").expect("a hint");
    let line = named.split_once(')').and_then(|(line, _)| line.parse::<usize>().ok());
    let line = OUR_BOOK.lines().nth(line.expect("a line") - 1).expect("a line of the book");
    assert_eq!(line, "[metric.edge-pilot]");
}

#[test]
fn every_snapshot_has_its_specimen() {
    let known: BTreeSet<_> =
        specimens().iter().map(|it| format!("{}.snap", it.snapshot())).collect();
    for entry in fs::read_dir(folder().join("snapshots")).expect("the snapshots") {
        let name = entry.expect("a file").file_name().to_string_lossy().into_owned();
        assert!(known.contains(&name), "tests/errors/snapshots/{name} shows no specimen");
    }
}

/// Whoever exported a whole year in the wrong form has seen the point.
#[test]
fn the_first_faults_of_a_usage_file_are_shown_and_the_rest_is_counted() {
    let specimens = specimens();
    let is_many = |specimen: &&Specimen| specimen.kind == "usage" && specimen.name == MANY;
    let faults = specimens.iter().find(is_many).expect("the specimen").faults(&own_book());
    assert_eq!((faults.iter().count(), faults.len(), faults.hidden()), (20, 27, 7));
}

#[test]
fn many_faults_are_reported_at_once_from_top_to_bottom() {
    let specimens = specimens();
    let many = specimens.iter().find(|specimen| specimen.name == MANY).expect("the specimen");
    let faults = many.faults(&own_book());
    let kinds: BTreeSet<_> = codes(&faults).into_iter().collect();
    assert!(kinds.len() >= 10, "only {kinds:?}");
    assert!(faults.iter().map(|fault| fault.place.span.start).is_sorted());
}
