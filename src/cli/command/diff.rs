//! `dealdesk diff`: the changes between two versions of a deal.

use crate::answer::deal_diff::{ComparedDeal, DealDiffs, UncomparedDeal, difference};
use crate::approve::ApprovalOutcome;
use crate::book::{Books, Level};
use crate::cli::typed::CommandLine;
use crate::cli::{
    BookChoice, CommandOutcome, Failure, OutputArgs, deal_files, files, git, levels, typed,
    wrong_command_line,
};
use crate::deal::Deal;
use crate::number::Date;
use crate::quote::quote;
use crate::text::source::{Source, Written};
use crate::{deal, table};
use anyhow::anyhow;
use clap::Args;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Compare two versions of a deal: money, approvals, and steps of the price
///
/// The versions are two files; or with --against each file now and in a revision of git. A file that
/// the revision does not have is a new deal, and a deleted file is a removed deal. One book prices both
/// versions, on the date that each names, or today.
///
/// Only changes are shown. The differences of the lines add up to the difference of the contract.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk diff offer-1.toml offer-2.toml
  dealdesk diff acme-bank.toml --against HEAD~1
  dealdesk diff deals/*.toml --against origin/main --format markdown --output comment.md
  dealdesk diff acme-bank.toml --against v1.2 --max-approval vp

Exit codes: 0 done, whatever changed; 1 a deal could not be compared, and the others are shown all the
same; 2 wrong command line. With --max-approval, for the new versions: 3 a deal needs a higher level,
4 a deal is outside policy.")]
pub struct DiffArgs {
    /// The old version and the new one; - reads one from standard input. With --against, any number of
    /// deal files
    #[arg(value_name = "DEAL", required = true)]
    deals: Vec<PathBuf>,

    /// The revision of git that has the old versions: a branch, a tag or a commit
    #[arg(long, value_name = "REV")]
    against: Option<String>,

    /// The highest approval level that a new version may need
    #[arg(long, value_name = "LEVEL")]
    max_approval: Option<String>,

    /// The date of all versions, which overrides their own
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,

    #[command(flatten)]
    printing: OutputArgs,
}

pub fn run(args: &DiffArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    let found = wanted.load_with(args.deals.iter().map(PathBuf::as_path))?;
    let today = found.today();
    let book = found.books.on(today).first();
    let within = levels::level(book, "--max-approval", args.max_approval.as_deref())?;
    let inputs = args.deals.iter().map(PathBuf::as_path).chain(found.files());
    args.printing.refuse_overwrite(inputs, "the changes are")?;
    let reader = VersionReader::new(&found.books, args.date.as_deref(), today)?;
    let day = reader.day();
    let (versions, failed) = versions(args, &reader)?;
    let quotes: Vec<_> = versions
        .iter()
        .map(|it| [&it.old, &it.new].map(|deal| Some(quote(deal.as_ref()?).on_day(day))))
        .collect();
    let compared = versions.iter().zip(&quotes).map(|(versions, [old, new])| ComparedDeal {
        name: versions.name.clone(),
        unpriced: versions.unpriced.clone(),
        difference: difference(old.as_ref(), new.as_ref()),
    });
    let against = args.against.as_deref();
    let changes = DealDiffs { against, day, book, deals: compared.collect(), failed };
    args.printing.print(format, &changes)?;
    Ok(outcome(&changes, within))
}

/// Reads both versions of every deal. Also returns the deals that cannot be compared, with the reason.
fn versions<'b>(
    args: &DiffArgs,
    reader: &VersionReader<'b>,
) -> Result<(Vec<DealVersions<'b>>, Vec<UncomparedDeal>), Failure> {
    let Some(revision) = &args.against else {
        let [old, new] = args.deals.as_slice() else {
            return Err(wrong_command_line(
                "name two versions, the old one and the new one; or add --against with the revision of git \
                 that has the old ones",
            ));
        };
        return Ok((vec![reader.of_files(old, new)?], Vec::new()));
    };
    let (mut versions, mut failed) = (Vec::new(), Vec::new());
    for path in &args.deals {
        match reader.against(revision, path) {
            Ok(found) => versions.push(found),
            Err(failure @ (Failure::World(_) | Failure::Diagnostics { .. })) => {
                let name = path.display().to_string();
                failed.push(UncomparedDeal { name, why: one_line_message(&failure) });
                crate::cli::output::report(failure);
            }
            Err(other) => return Err(other),
        }
    }
    Ok((versions, failed))
}

/// Returns the worst outcome. A deal that could not be compared counts most, because its approvals are
/// unknown.
fn outcome(changes: &DealDiffs<'_, '_>, within: Option<Level>) -> CommandOutcome {
    let standing = changes.deals.iter().filter_map(|it| it.difference.standing().new).max();
    match (standing, within) {
        _ if !changes.failed.is_empty() => CommandOutcome::RowsFailed,
        (Some(ApprovalOutcome::Refused), Some(_)) => CommandOutcome::OutsidePolicy,
        (Some(ApprovalOutcome::Needs(level)), Some(within)) if level > within => {
            CommandOutcome::AboveLevel
        }
        _ => CommandOutcome::Done,
    }
}

struct DealVersions<'b> {
    name: String,
    old: Option<Deal<'b>>,
    new: Option<Deal<'b>>,
    /// The reason why the version of the revision has no price.
    unpriced: Option<String>,
}

/// The books and the date by which all versions are priced.
struct VersionReader<'b> {
    books: &'b Books,
    /// The date of `--date`, which overrides that of the deal.
    typed: Option<Written<Date>>,
    /// The date for a deal that names none. The clock is read once, so that midnight cannot fall between
    /// the two versions.
    today: Date,
}

impl<'b> VersionReader<'b> {
    fn new(books: &'b Books, date: Option<&str>, today: Date) -> Result<Self, Failure> {
        let line = CommandLine::new("dealdesk diff", date.map(|date| ("date", date)));
        let typed = line.word("date").map(|word| table::date(typed::text(word))).transpose();
        let typed =
            typed.map_err(|fault| Failure::fault("these versions cannot be compared", fault))?;
        Ok(Self { books, typed, today })
    }

    /// Returns the day of the check: that of `--date`, or today.
    fn day(&self) -> Date {
        self.typed.as_ref().map_or(self.today, |typed| typed.value)
    }

    fn resolve(&self, path: &Path, source: &Arc<Source>) -> Result<Deal<'b>, Failure> {
        let mut draft = deal::read(source);
        if let Some(typed) = &self.typed {
            draft.date = Some(typed.clone());
        }
        deal::resolve(&draft, self.books, self.today)
            .map_err(|faults| deal_files::cannot_price(path, faults))
    }

    fn read(&self, path: &Path) -> Result<Deal<'b>, Failure> {
        self.resolve(path, &files::read(path, "deal file")?)
    }

    fn of_files(&self, old: &Path, new: &Path) -> Result<DealVersions<'b>, Failure> {
        let name = new.display().to_string();
        let (old, new) = (Some(self.read(old)?), Some(self.read(new)?));
        Ok(DealVersions { name, old, new, unpriced: None })
    }

    /// Reads a file, and its version in a revision. Errors in the old version are no failure, because the
    /// new version may correct them.
    fn against(&self, revision: &str, path: &Path) -> Result<DealVersions<'b>, Failure> {
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
fn one_line_message(failure: &Failure) -> String {
    let told = failure.messages();
    let rest = match told.len() {
        0 | 1 => String::new(),
        count => format!("; and {} more", count - 1),
    };
    format!("{}{rest}", told.into_iter().next().unwrap_or_default())
}
