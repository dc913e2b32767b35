//! `dealdesk ci`: the gate of a pipeline over a change of deals and of their price book.

mod change;
mod deals;
mod denied;
mod next_settings;
mod options;
mod price_books;
mod report_files;

use crate::answer::gate::annotations::annotations;
use crate::answer::gate::json::{code_quality, sarif};
use crate::answer::gate::text::GateView;
use crate::answer::gate::{Gate, GateStatus};
use crate::cli::git_tree::Repository;
use crate::cli::{BookChoice, CommandOutcome, Failure, OutputArgs, files, typed};
use crate::document::FORMATS;
use crate::number::Date;
use change::ReviewedChange;
use clap::Args;
use std::path::PathBuf;

/// Judge a change of deals and price book before it is merged, for a pipeline
///
/// Judges every deal that the change adds or edits by the price book of the base branch and by that of the
/// change, together with the other deals of its customer; the stricter result counts. Fails on keys of the price
/// book that get looser, and on paths that cannot be judged. Everything is read from git, nothing from
/// the work tree. Settings come from dealdesk-ci.toml of the base branch.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk ci --base origin/main --max-approval vp --deny deals-split
  dealdesk ci --base origin/main --comment comment.md --sarif dealdesk.sarif
  dealdesk ci --base main --head feature --format json

Exit codes: 0 the change may be merged; 1 a part of the change cannot be judged; 2 wrong command line; 3 a
deal needs a higher level or has a denied notice, or the price book gets looser; 4 a deal is outside policy.")]
pub struct CiArgs {
    /// The revision that the change is to be merged into
    #[arg(long, value_name = "REV")]
    base: String,

    /// The revision with the change
    #[arg(long, value_name = "REV", default_value = "HEAD")]
    head: String,

    /// The folder of deals, from the top of the repository [default: deals]
    #[arg(long, value_name = "FOLDER")]
    deals: Option<String>,

    /// The price book, or a folder of price books, from the top of the repository [default: pricing.toml]
    #[arg(long, value_name = "PATH")]
    book: Option<String>,

    /// The highest approval level that a deal may need [default: the lowest]
    #[arg(long, value_name = "LEVEL")]
    max_approval: Option<String>,

    /// Fail on a deal with a notice of this code, or on a price book with a new finding of this code; can be
    /// repeated
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,

    /// The date of the check, and of deals that name none [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = typed::day)]
    date: Option<Date>,

    /// Write a comment for the pull request, as Markdown, that is short enough for every host
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    comment: Option<PathBuf>,

    /// Write what fails as SARIF, which GitHub shows at the lines
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    sarif: Option<PathBuf>,

    /// Write what fails as a code quality report, which GitLab shows at the lines
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    code_quality: Option<PathBuf>,

    #[command(flatten)]
    printing: OutputArgs,
}

/// The most bytes of a comment: GitHub takes 65,536 characters.
const LONGEST_COMMENT: usize = 60_000;

/// The line by which a later run finds its comment.
const MARKER: &str = "<!-- dealdesk -->\n";

pub fn run(args: &CiArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    wanted.without_contracts("`ci` judges what git has")?;
    wanted.without_books("--book names the price book, from the top of the repository")?;
    let format = args.printing.format()?;
    let repository = Repository::here()?;
    report_files::refuse_links(args, repository.top())?;
    let change = ReviewedChange::read(repository, args)?;
    change.with_gate(args, |gate| {
        let whole = GateView { gate, most: usize::MAX, longest: usize::MAX };
        args.printing.print(format, &whole)?;
        if let Some(path) = &args.comment {
            files::write(path, &comment(gate))?;
        }
        let annotations = annotations(gate);
        let reports =
            [(&args.sarif, sarif(&annotations)), (&args.code_quality, code_quality(&annotations))];
        for (path, report) in reports {
            if let Some(path) = path {
                files::write(path, &format!("{report:#}\n"))?;
            }
        }
        Ok(match gate.status() {
            GateStatus::Passed => CommandOutcome::Done,
            GateStatus::NeedsApproval => CommandOutcome::AboveLevel,
            GateStatus::OutsidePolicy => CommandOutcome::OutsidePolicy,
            GateStatus::NotJudged => CommandOutcome::RowsFailed,
        })
    })
}

/// The most characters of a text in a comment that would be too long with the whole text.
const LONGEST_TEXT: usize = 300;

/// Returns the comment, with as much of each list as the host takes.
fn comment(gate: &Gate<'_, '_>) -> String {
    let markdown = FORMATS.iter().find(|format| format.name == "markdown").unwrap_or(&FORMATS[0]);
    let draw = |most, longest| {
        let view = GateView { gate, most, longest };
        (markdown.draw)(&view, crate::cli::output::FILE) + MARKER
    };
    let whole = draw(usize::MAX, usize::MAX);
    if whole.len() <= LONGEST_COMMENT {
        return whole;
    }
    let counts = [usize::MAX, 200, 100, 50, 20, 10, 5];
    let mut drawn = counts.iter().map(|most| draw(*most, LONGEST_TEXT));
    let fitting = drawn.find(|text| text.len() <= LONGEST_COMMENT);
    fitting.unwrap_or_else(|| draw(1, LONGEST_TEXT / 3))
}
