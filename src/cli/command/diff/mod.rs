//! `dealdesk diff`: the changes between two versions of a deal.

mod args;
mod versions;

pub use args::DiffArgs;

use crate::answer::deal_diff::{ComparedDeal, DealDiffs, UncomparedDeal, difference};
use crate::approve::ApprovalOutcome;
use crate::book::Level;
use crate::cli::books::{BookChoice, LoadedBook};
use crate::cli::failure::{CommandOutcome, Failure, wrong_command_line};
use crate::cli::levels;
use crate::quote::quote;
use std::path::PathBuf;
use versions::{DealVersions, PricingDate, one_line_message};

pub fn run(args: &DiffArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    let found = wanted.load_with(args.deals.iter().map(PathBuf::as_path))?;
    let level = |name: &String| levels::level(found.books.first(), "--max-approval", name);
    let within = args.max_approval.as_ref().map(level).transpose()?;
    let inputs = args.deals.iter().map(PathBuf::as_path).chain(found.path.as_deref());
    args.printing.refuse_overwrite(inputs, "the changes are")?;
    let day = PricingDate::of(args.date.as_deref())?;
    let (versions, failed) = versions(args, found, &day)?;
    let quotes: Vec<_> = versions
        .iter()
        .map(|it| [it.old.as_ref().map(quote), it.new.as_ref().map(quote)])
        .collect();
    let compared = versions.iter().zip(&quotes).map(|(versions, [old, new])| ComparedDeal {
        name: versions.name.clone(),
        unpriced: versions.unpriced.clone(),
        difference: difference(old.as_ref(), new.as_ref()),
    });
    let changes = DealDiffs {
        against: args.against.as_deref(),
        book: found.books.first(),
        deals: compared.collect(),
        failed,
    };
    args.printing.print(format, &changes)?;
    Ok(outcome(&changes, within))
}

/// Reads both versions of every deal. Also returns the deals that cannot be compared, with the reason.
fn versions<'b>(
    args: &DiffArgs,
    found: &'b LoadedBook,
    day: &PricingDate,
) -> Result<(Vec<DealVersions<'b>>, Vec<UncomparedDeal>), Failure> {
    let Some(revision) = &args.against else {
        let [old, new] = args.deals.as_slice() else {
            return Err(wrong_command_line(
                "name two versions, the old one and the new one; or add --against with the revision of git \
                 that has the old ones",
            ));
        };
        return Ok((vec![DealVersions::of_files(old, new, &found.books, day)?], Vec::new()));
    };
    let (mut versions, mut failed) = (Vec::new(), Vec::new());
    for path in &args.deals {
        match DealVersions::against(revision, path, &found.books, day) {
            Ok(found) => versions.push(found),
            Err(failure @ (Failure::World(_) | Failure::Diagnostics { .. })) => {
                let name = path.display().to_string();
                failed.push(UncomparedDeal { name, why: one_line_message(&failure) });
                failure.report();
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
