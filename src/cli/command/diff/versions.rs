//! The two versions of a deal: from two files, or from a file and a revision of git.

use crate::book::Books;
use crate::cli::typed::CommandLine;
use crate::cli::{Failure, deals, files, git, today};
use crate::deal::Deal;
use crate::number::Date;
use crate::text::source::{Source, Written};
use crate::{deal, table};
use anyhow::anyhow;
use std::path::Path;
use std::sync::Arc;

/// The two versions of a deal, of which one may be missing.
pub struct DealVersions<'b> {
    pub name: String,
    pub old: Option<Deal<'b>>,
    pub new: Option<Deal<'b>>,
    /// The reason why the version of the revision has no price.
    pub unpriced: Option<String>,
}

/// The books and the date by which all versions are priced.
pub struct VersionReader<'b> {
    books: &'b Books,
    /// The date of `--date`, which overrides that of the deal.
    typed: Option<Written<Date>>,
    /// The date for a deal that names none. The clock is read once, so that midnight cannot fall between
    /// the two versions.
    today: Date,
}

impl<'b> VersionReader<'b> {
    pub fn new(books: &'b Books, date: Option<&str>) -> Result<Self, Failure> {
        let parse = |text: &str| {
            let typed = CommandLine::new("dealdesk diff", [("date", text)]);
            let place = typed.word("date").map_or_else(|| typed.all(), |word| word.place.clone());
            table::date(Written::new(text, place))
                .map_err(|fault| Failure::fault("these versions cannot be compared", fault))
        };
        Ok(Self { books, typed: date.map(parse).transpose()?, today: today() })
    }

    fn resolve(&self, path: &Path, source: &Arc<Source>) -> Result<Deal<'b>, Failure> {
        let mut draft = deal::read(source);
        if let Some(typed) = &self.typed {
            draft.date = Some(typed.clone());
        }
        deal::resolve(&draft, self.books, self.today)
            .map_err(|faults| deals::cannot_price(path, faults))
    }

    fn read(&self, path: &Path) -> Result<Deal<'b>, Failure> {
        self.resolve(path, &files::read(path, "deal file")?)
    }

    /// Reads two files, which must both be deals.
    pub fn of_files(&self, old: &Path, new: &Path) -> Result<DealVersions<'b>, Failure> {
        let name = new.display().to_string();
        let (old, new) = (Some(self.read(old)?), Some(self.read(new)?));
        Ok(DealVersions { name, old, new, unpriced: None })
    }

    /// Reads a file, and its version in a revision. Errors in the old version are no failure, because the
    /// new version may correct them.
    pub fn against(&self, revision: &str, path: &Path) -> Result<DealVersions<'b>, Failure> {
        let before = git::file_in(revision, path)?;
        let name = path.display().to_string();
        let is_there = std::fs::symlink_metadata(path).is_ok();
        if before.is_none() && !is_there {
            return Err(anyhow!("the deal file {name} is neither there nor in {revision}").into());
        }
        let new = is_there.then(|| self.read(path)).transpose()?;
        let before = before.map(|bytes| {
            let source = files::source_in_revision(revision, path, bytes, "deal file")?;
            self.resolve(path, &source)
        });
        let (old, unpriced) = match before.transpose() {
            Ok(old) => (old, None),
            // A deleted file that was no valid deal either leaves nothing to compare.
            Err(failure) if new.is_none() => return Err(failure),
            Err(failure) => (None, Some(one_line_message(&failure))),
        };
        Ok(DealVersions { name, old, new, unpriced })
    }
}

/// Returns the first error and the number of others, in one line for a review comment.
pub fn one_line_message(failure: &Failure) -> String {
    let told = failure.messages();
    let rest = match told.len() {
        0 | 1 => String::new(),
        count => format!("; and {} more", count - 1),
    };
    format!("{}{rest}", told.into_iter().next().unwrap_or_default())
}
