//! Both versions of a deal: from two files, or from a file and a revision of git.

use crate::book::Books;
use crate::cli::failure::Failure;
use crate::cli::typed::CommandLine;
use crate::cli::{files, git, today};
use crate::deal::Deal;
use crate::number::Date;
use crate::text::diagnostic::Diagnostics;
use crate::text::source::{Source, Written};
use crate::{deal, table};
use anyhow::anyhow;
use std::path::Path;
use std::sync::Arc;

/// On which day a deal is priced.
pub struct PricingDate {
    /// Whatever the deal names.
    typed: Option<Written<Date>>,
    /// What it is, if the deal names none: asked once, so that midnight is between no two versions.
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

    /// The deal that a file holds.
    fn deal<'b>(&self, source: &Arc<Source>, books: &'b Books) -> Result<Deal<'b>, Diagnostics> {
        let mut draft = deal::read(source);
        if let Some(typed) = &self.typed {
            draft.date = Some(typed.clone());
        }
        deal::resolve(&draft, books, self.today)
    }
}

/// Both versions of a deal, as far as they are there.
pub struct DealVersions<'b> {
    pub name: String,
    pub old: Option<Deal<'b>>,
    pub new: Option<Deal<'b>>,
    /// Why the version of the revision has no price.
    pub unpriced: Option<String>,
}

impl<'b> DealVersions<'b> {
    /// Two files. Both have to be deals.
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

    /// A file as it is, and as it was in a revision. That it was no deal then stops nobody from
    /// mending it.
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
            // What is gone, and was nothing, is no deal at all.
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

/// What went wrong first, and how much else there is: a comment is no place for all of it.
pub fn one_line_message(failure: &Failure) -> String {
    let told = failure.messages();
    let rest = match told.len() {
        0 | 1 => String::new(),
        count => format!("; and {} more", count - 1),
    };
    format!("{}{rest}", told.into_iter().next().unwrap_or_default())
}
