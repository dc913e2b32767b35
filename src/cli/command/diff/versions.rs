//! The two versions of a deal: from two files, or from a file and a revision of git.

use crate::book::Books;
use crate::cli::clock::today;
use crate::cli::failure::Failure;
use crate::cli::typed::CommandLine;
use crate::cli::{files, git};
use crate::deal::Deal;
use crate::number::Date;
use crate::text::diagnostic::Diagnostics;
use crate::text::source::{Source, Written};
use crate::{deal, table};
use anyhow::anyhow;
use std::path::Path;
use std::sync::Arc;

/// The date on which deals are priced.
pub struct PricingDate {
    /// The date of `--date`, which overrides that of the deal.
    typed: Option<Written<Date>>,
    /// The date for a deal that names none. The clock is read once, so that midnight cannot fall between
    /// the two versions.
    today: Date,
}

impl PricingDate {
    pub fn of(typed: Option<&str>) -> Result<Self, Failure> {
        let parse = |text: &str| {
            let typed = CommandLine::new("dealdesk diff", [("date", text)]);
            let place = typed.word("date").map_or_else(|| typed.all(), |word| word.place.clone());
            table::date(Written::new(text, place)).map_err(|fault| {
                Failure::faults(
                    "these versions cannot be compared",
                    Diagnostics::sorted(vec![fault]),
                )
            })
        };
        Ok(Self { typed: typed.map(parse).transpose()?, today: today() })
    }

    /// Reads a deal and resolves it on the date.
    fn deal<'b>(&self, source: &Arc<Source>, books: &'b Books) -> Result<Deal<'b>, Diagnostics> {
        let mut draft = deal::read(source);
        if let Some(typed) = &self.typed {
            draft.date = Some(typed.clone());
        }
        deal::resolve(&draft, books, self.today)
    }
}

/// The two versions of a deal, of which one may be missing.
pub struct DealVersions<'b> {
    pub name: String,
    pub old: Option<Deal<'b>>,
    pub new: Option<Deal<'b>>,
    /// The reason why the version of the revision has no price.
    pub unpriced: Option<String>,
}

impl<'b> DealVersions<'b> {
    /// Reads two files, which must both be deals.
    pub fn of_files(
        old: &Path,
        new: &Path,
        books: &'b Books,
        day: &PricingDate,
    ) -> Result<Self, Failure> {
        let read = |path: &Path| {
            let source = files::read(path, "deal file")?;
            day.deal(&source, books).map_err(|faults| pricing_failure(path, faults))
        };
        let name = new.display().to_string();
        Ok(Self { name, old: Some(read(old)?), new: Some(read(new)?), unpriced: None })
    }

    /// Reads a file, and its version in a revision. Errors in the old version are no failure, because the
    /// new version may correct them.
    pub fn against(
        revision: &str,
        path: &Path,
        books: &'b Books,
        day: &PricingDate,
    ) -> Result<Self, Failure> {
        let before = git::file_in(revision, path)?;
        let is_there = std::fs::symlink_metadata(path).is_ok();
        if before.is_none() && !is_there {
            let path = path.display();
            return Err(anyhow!("the deal file {path} is neither there nor in {revision}").into());
        }
        let new = if is_there {
            let source = files::read(path, "deal file")?;
            Some(day.deal(&source, books).map_err(|faults| pricing_failure(path, faults))?)
        } else {
            None
        };
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let name = format!("{revision}:{file}");
        let before =
            before.map(|bytes| files::source_from_bytes(&name, bytes, "deal file")).transpose();
        let before = before.and_then(|source| {
            let deal =
                |source| day.deal(&source, books).map_err(|faults| pricing_failure(path, faults));
            source.map(deal).transpose()
        });
        let (old, unpriced) = match before {
            Ok(old) => (old, None),
            // A deleted file that was no valid deal either leaves nothing to compare.
            Err(failure) if new.is_none() => return Err(failure),
            Err(failure) => (None, Some(one_line_message(&failure))),
        };
        Ok(Self { name: path.display().to_string(), old, new, unpriced })
    }
}

fn pricing_failure(path: &Path, faults: Diagnostics) -> Failure {
    let path = path.display().to_string();
    Failure::faults(format!("the deal {} cannot be priced", crate::text::clean(&path)), faults)
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
