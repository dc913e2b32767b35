//! `dealdesk diff`: what changed between two versions of a deal.

mod args;
mod versions;

pub use args::DiffArgs;

use crate::book::Level;
use crate::cli::books::{Found, Wanted};
use crate::cli::failure::{Failure, Outcome, wrong_command_line};
use crate::cli::printing::Printed;
use crate::cli::{files, levels, output as terminal};
use crate::diff::{Changes, Compared, Failed, Standing, difference};
use crate::quote::quote;
use crate::render::{self, Paper};
use crate::text::clean;
use crate::{report, wire};
use std::path::{Path, PathBuf};
use versions::{Day, Versions, in_one_line};

pub fn run(args: &DiffArgs, wanted: &Wanted) -> Result<Outcome, Failure> {
    let format = format(args)?;
    let found = wanted.beside(args.deals.iter().map(PathBuf::as_path))?;
    let level = |name: &String| levels::level(found.books.first(), "--max-approval", name);
    let within = args.max_approval.as_ref().map(level).transpose()?;
    spare(args, found)?;
    let day = Day::of(args.date.as_deref())?;
    let (versions, failed) = versions(args, found, &day)?;
    let quotes: Vec<_> = versions
        .iter()
        .map(|it| [it.old.as_ref().map(quote), it.new.as_ref().map(quote)])
        .collect();
    let compared = versions.iter().zip(&quotes).map(|(versions, [old, new])| Compared {
        name: versions.name.clone(),
        unpriced: versions.unpriced.clone(),
        difference: difference(old.as_ref(), new.as_ref()),
    });
    let changes = Changes {
        against: args.against.as_deref(),
        book: found.books.first(),
        deals: compared.collect(),
        failed,
    };
    print(args, |paper| match format {
        Printed::Table => render::terminal(&report::diff(&changes), paper),
        Printed::Markdown => render::markdown(&report::diff(&changes)),
        Printed::Json => wire::diff_to_json(&changes),
    })?;
    Ok(outcome(&changes, within))
}

/// The format that was asked for, or that the name of the output file asks for.
fn format(args: &DiffArgs) -> Result<Printed, Failure> {
    let path = args.output.as_deref().unwrap_or(Path::new(""));
    let extension = path.extension().map(|it| it.to_string_lossy().to_ascii_lowercase());
    match (args.format, extension.as_deref()) {
        (Some(format), _) => Ok(format),
        (None, Some("json")) => Ok(Printed::Json),
        (None, Some("md" | "markdown")) => Ok(Printed::Markdown),
        (None, Some("txt") | None) => Ok(Printed::Table),
        (None, Some(_)) => Err(wrong_command_line(&format!(
            "{} does not say in which format: add --format, or name it .txt, .json or .md",
            path.display()
        ))),
    }
}

/// What is made never replaces what it is made from.
fn spare(args: &DiffArgs, found: &Found) -> Result<(), Failure> {
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
    found: &'b Found,
    day: &Day,
) -> Result<(Vec<Versions<'b>>, Vec<Failed>), Failure> {
    let Some(revision) = &args.against else {
        let [old, new] = args.deals.as_slice() else {
            return Err(wrong_command_line(
                "this needs two versions, the old one and the new one; or --against with the revision \
                 of git that has the old ones",
            ));
        };
        return Ok((vec![Versions::of_files(old, new, &found.books, day)?], Vec::new()));
    };
    let (mut versions, mut failed) = (Vec::new(), Vec::new());
    for path in &args.deals {
        match Versions::against(revision, path, &found.books, day) {
            Ok(found) => versions.push(found),
            Err(failure @ (Failure::World(_) | Failure::Faults { .. })) => {
                let name = path.display().to_string();
                failed.push(Failed { name, why: in_one_line(&failure) });
                failure.report();
            }
            Err(other) => return Err(other),
        }
    }
    Ok((versions, failed))
}

fn print(args: &DiffArgs, draw: impl FnOnce(Paper) -> String) -> Result<(), Failure> {
    let Some(path) = &args.output else { return terminal::data(&draw(terminal::stdout())) };
    files::write(path, &draw(terminal::FILE))?;
    terminal::talk(&format!("{} written\n", clean(&path.display().to_string())));
    Ok(())
}

/// Nobody knows what a deal would need that could not be compared, so that it counts most.
fn outcome(changes: &Changes<'_, '_>, within: Option<Level>) -> Outcome {
    let standing = changes.deals.iter().filter_map(|it| it.difference.standing().new).max();
    match (standing, within) {
        _ if !changes.failed.is_empty() => Outcome::RowsFailed,
        (Some(Standing::Refused), Some(_)) => Outcome::OutsidePolicy,
        (Some(Standing::Needs(level)), Some(within)) if level > within => Outcome::AboveLevel,
        _ => Outcome::Done,
    }
}
