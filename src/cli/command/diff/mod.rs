//! `dealdesk diff`: what changed between two versions of a deal.

mod args;
mod versions;

pub use args::DiffArgs;

use crate::answer::deal_diff::{ComparedDeal, DealDiffs, UncomparedDeal, difference};
use crate::approve::ApprovalOutcome;
use crate::book::Level;
use crate::cli::books::{BookChoice, LoadedBook};
use crate::cli::failure::{CommandOutcome, Failure, wrong_command_line};
use crate::cli::printing::AnswerFormat;
use crate::cli::{files, levels, output as terminal};
use crate::document;
use crate::document::Canvas;
use crate::quote::quote;
use crate::text::clean;
use std::path::{Path, PathBuf};
use versions::{DealVersions, PricingDate, one_line_message};

pub fn run(args: &DiffArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = format(args)?;
    let found = wanted.load_with(args.deals.iter().map(PathBuf::as_path))?;
    let level = |name: &String| levels::level(found.books.first(), "--max-approval", name);
    let within = args.max_approval.as_ref().map(level).transpose()?;
    refuse_overwrite(args, found)?;
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
    print(args, |paper| match format {
        AnswerFormat::Table => {
            document::terminal(&crate::answer::deal_diff::text::document(&changes), paper)
        }
        AnswerFormat::Markdown => {
            document::markdown(&crate::answer::deal_diff::text::document(&changes))
        }
        AnswerFormat::Json => crate::answer::deal_diff::json::to_json(&changes),
    })?;
    Ok(outcome(&changes, within))
}

/// The format that was asked for, or that the name of the output file asks for.
fn format(args: &DiffArgs) -> Result<AnswerFormat, Failure> {
    let path = args.output.as_deref().unwrap_or(Path::new(""));
    let extension = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
    match (args.format, extension.as_deref()) {
        (Some(format), _) => Ok(format),
        (None, Some("json")) => Ok(AnswerFormat::Json),
        (None, Some("md" | "markdown")) => Ok(AnswerFormat::Markdown),
        (None, Some("txt") | None) => Ok(AnswerFormat::Table),
        (None, Some(_)) => Err(wrong_command_line(&format!(
            "{} does not say in which format: add --format, or name it .txt, .json or .md",
            path.display()
        ))),
    }
}

/// What is made never replaces what it is made from.
fn refuse_overwrite(args: &DiffArgs, found: &LoadedBook) -> Result<(), Failure> {
    let Some(output) = &args.output else { return Ok(()) };
    let inputs = args.deals.iter().map(PathBuf::as_path).chain(found.path.as_deref());
    for input in inputs {
        if files::are_same(output, input) {
            let message =
                format!("--output: {} is what the changes are made from", output.display());
            return Err(wrong_command_line(&message));
        }
    }
    Ok(())
}

/// Both versions of every deal, and those that have none with the reason.
fn versions<'b>(
    args: &DiffArgs,
    found: &'b LoadedBook,
    day: &PricingDate,
) -> Result<(Vec<DealVersions<'b>>, Vec<UncomparedDeal>), Failure> {
    let Some(revision) = &args.against else {
        let [old, new] = args.deals.as_slice() else {
            return Err(wrong_command_line(
                "this needs two versions, the old one and the new one; or --against with the revision \
                 of git that has the old ones",
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

fn print(args: &DiffArgs, draw: impl FnOnce(Canvas) -> String) -> Result<(), Failure> {
    let Some(path) = &args.output else { return terminal::data(&draw(terminal::stdout())) };
    files::write(path, &draw(terminal::FILE))?;
    terminal::stderr_line(&format!("{} written\n", clean(&path.display().to_string())));
    Ok(())
}

/// Nobody knows what a deal would need that could not be compared, so that it counts most.
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
