//! Worked cases: TOML files of `[[case]]`, each with what is given and what must come out.
//!
//! ```toml
//! book = '''...'''   # the text of a price book; the repository's pricing.toml if left out
//!
//! [[case]]
//! name = "..."       # no other case of the file has this one
//! ```
//!
//! The other keys are those of the module. Keys of what must come out that a case leaves out are not
//! compared, and a key that means nothing is a failure.

use super::{OUR_BOOK, root};
use dealdesk::book;
use dealdesk::book::Books;
use dealdesk::table::{Key, Kind, Section, Shape, TomlReader};
use dealdesk::text::diagnostic::{Code, Diagnostic, Diagnostics};
use dealdesk::text::source::{Place, Source};
use serde_json::Value;
use std::fs;
use std::sync::Arc;

/// The keys of the cases of one module.
pub struct Cases {
    /// The folder in `tests` with the files.
    pub folder: &'static str,
    pub given: &'static [Key],
    pub expected: &'static [Key],
}

/// A file of cases.
pub struct Table {
    /// The text of the price book.
    pub book: String,
    pub books: Books,
    pub cases: Vec<Case>,
}

pub struct Case {
    place: Place,
    name: String,
    given: Vec<Stated>,
    expected: Vec<Stated>,
}

/// A key with the one value or the list that a case states. A key of a table is `table.key`.
type Stated = (String, Vec<String>);

/// The failures of a case, or the reason why it could not be run.
pub type Judged = Result<Vec<String>, String>;

impl Cases {
    /// Judges every case of every file and fails with all that does not come out.
    pub fn come_out(&self, judge: impl Fn(&Case, &Table) -> Judged) {
        let folder = fs::read_dir(root().join("tests").join(self.folder)).expect("the folder");
        let mut paths: Vec<_> = folder.map(|entry| entry.expect("an entry").path()).collect();
        paths.retain(|path| path.extension().is_some_and(|it| it == "toml"));
        paths.sort();
        assert!(!paths.is_empty(), "no file has cases");
        let failures = paths.iter().flat_map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            let text = fs::read_to_string(path).expect("a file of cases");
            self.failures(&Source::file(&name, &text), &judge)
        });
        let failures: Vec<_> = failures.collect();
        assert!(failures.is_empty(), "\n\n{}\n", failures.join("\n"));
    }

    /// Runs the cases of one file and returns their failures, each with its place and name.
    pub fn failures(
        &self,
        source: &Arc<Source>,
        judge: impl Fn(&Case, &Table) -> Judged,
    ) -> Vec<String> {
        let table = match self.read(source) {
            Ok(table) => table,
            Err(faults) => return vec![faults],
        };
        let failures = table.cases.iter().flat_map(|case| {
            let failures = judge(case, &table).unwrap_or_else(|fault| vec![fault]);
            let Case { place, name, .. } = case;
            failures.into_iter().map(move |failure| format!("{place}: {name}: {failure}"))
        });
        failures.collect()
    }

    pub fn read(&self, source: &Arc<Source>) -> Result<Table, String> {
        let (read, faults) = TomlReader::read_partial(source, self.file(), |top| {
            let sections = top.tables("case");
            if sections.is_empty() {
                top.fault(Diagnostic::new(Code::Empty, top.place(), "a file without a case"));
            }
            let mut cases: Vec<Case> = Vec::new();
            for case in sections.into_iter().filter_map(|section| self.case(&section)) {
                if cases.iter().any(|other| other.name == case.name) {
                    let message = "another case has this name";
                    top.fault(Diagnostic::new(Code::Duplicate, case.place.clone(), message));
                }
                cases.push(case);
            }
            Some((top.text("book").map(|book| book.value), cases))
        });
        let read = read.filter(|_| faults.is_empty());
        let (book, cases) = read.ok_or_else(|| Diagnostics::sorted(faults).to_string())?;
        let book = book.unwrap_or_else(|| OUR_BOOK.to_owned());
        let books = book::load(&Source::file("book", &book));
        let books = books.map_err(|faults| format!("{}: {faults}", source.name()))?;
        Ok(Table { book, books, cases })
    }

    fn case(&self, section: &Section<'_>) -> Option<Case> {
        let name = section.text("name")?;
        let [given, expected] = [self.given, self.expected]
            .map(|keys| keys.iter().flat_map(|key| stated(section, key)).collect());
        let case = Case { place: name.place, name: name.value, given, expected };
        if case.expected.is_empty() {
            let message = "a case states what comes out";
            section.fault(Diagnostic::new(Code::Empty, case.place.clone(), message));
        }
        Some(case)
    }

    /// The shape of a file. Shapes live as long as the program.
    fn file(&self) -> &'static Shape {
        let mut keys = vec![Key::required("name", Kind::Text, "What it shows.")];
        keys.extend(self.given.iter().chain(self.expected).map(|key| Key { ..*key }));
        let about = "What is given, and what must come out.";
        let case =
            Box::leak(Box::new(Shape { what: "a case", about, keys: keys.leak(), guesses: &[] }));
        let keys = vec![
            Key::optional("book", Kind::Text, "The text of the price book."),
            Key::required("case", Kind::Tables(case), "The cases, in any order."),
        ];
        Box::leak(Box::new(Shape {
            what: "a file of cases",
            about,
            keys: keys.leak(),
            guesses: &[],
        }))
    }
}

/// Returns the values that a case states under a key; none for a key that it leaves out.
fn stated(section: &Section<'_>, key: &Key) -> Vec<Stated> {
    let name = key.name;
    if section.key_place(name).is_none() {
        return Vec::new();
    }
    let values = match key.kind {
        Kind::Table(shape) => {
            let table = section.table(name);
            let keys =
                table.iter().flat_map(|it| shape.keys.iter().flat_map(|key| stated(it, key)));
            return keys.map(|(key, values)| (format!("{name}.{key}"), values)).collect();
        }
        Kind::Texts => section.texts(name).into_iter().map(|it| it.value).collect(),
        Kind::Whole(..) => section.whole(name).iter().map(|it| it.value.to_string()).collect(),
        Kind::Quantity => section.quantity(name).iter().map(|it| it.value.to_string()).collect(),
        Kind::Date => section.date(name).iter().map(|it| it.value.to_string()).collect(),
        _ => section.text(name).into_iter().map(|it| it.value).collect(),
    };
    vec![(name.to_owned(), values)]
}

impl Case {
    /// The given values under a key.
    pub fn texts(&self, key: &str) -> &[String] {
        self.given.iter().find(|(name, _)| name == key).map_or(&[], |(_, values)| values)
    }

    /// The given value under a key.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.texts(key).first().map(String::as_str)
    }

    pub fn expects(&self, is_key: impl Fn(&str) -> bool) -> bool {
        self.expected.iter().any(|(key, _)| is_key(key))
    }

    /// Compares what must come out with what is found under each key. Of what is said a case states
    /// parts, in any order.
    pub fn compare(&self, found: impl Fn(&str) -> Option<Vec<String>>) -> Vec<String> {
        let show = |values: &[String]| match values {
            [] => "nothing".to_owned(),
            values => values.join("\n             "),
        };
        let failures = self.expected.iter().filter_map(|(key, expected)| {
            let found = found(key);
            let comes_out = found.as_ref().is_some_and(|found| match key.as_str() {
                "says" => expected.iter().all(|part| found.iter().any(|it| it.contains(part))),
                _ => found == expected,
            });
            let (expected, found) = (show(expected), show(&found.unwrap_or_default()));
            (!comes_out).then(|| format!("{key}\n    expected {expected}\n    found    {found}"))
        });
        failures.collect()
    }
}

/// The words of a JSON value; a dash where it has none.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or("-").to_owned()
}
