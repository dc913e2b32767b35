//! `dealdesk check`: several deals against policy, for people and for CI pipelines.

use crate::answer::pipeline::{CheckStatus, check_beside};
use crate::cli::{
    BookChoice, CommandOutcome, Failure, OutputArgs, codes, deals, files, levels, typed,
};
use crate::number::Date;
use crate::quote::notice::NOTICE_KINDS;
use clap::Args;
use std::path::PathBuf;

/// Check deals: price each, show its approvals, and fail on what is not allowed
///
/// Prints one line for each deal, then the reasons for deals above --max-approval or outside policy,
/// then warnings: missing customer commitments, expired quotes, and deals of one customer that
/// together need a higher level than each of them or cost more. A deal with errors hides none of the
/// others; among several, a deal that states no customer is one with an error.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk check deals/acme.toml deals/globex.toml
  dealdesk check deals/ --max-approval vp
  dealdesk check deals/ --deny deals-split --deny review-open --deny quote-expired
  dealdesk check $(git diff --name-only --diff-filter=d main -- 'deals/*.toml') --format markdown
  dealdesk check deals/ --format json | jq -r '.deals[] | select(.status != \"ok\") | .name'

Exit codes: 0 all deals are within policy, and within --max-approval if it is given; 1 a deal cannot
be read or priced, whatever the others are; 2 wrong command line; 3 a deal needs a higher level, or has
a notice that --deny names; 4 a deal is outside policy. Other notices do not change the exit code.")]
pub struct CheckArgs {
    /// Deal files, or folders of deal files; - reads one deal from standard input
    #[arg(value_name = "DEAL", required = true)]
    deals: Vec<PathBuf>,

    /// The highest approval level that a deal may need
    #[arg(long, value_name = "LEVEL")]
    max_approval: Option<String>,

    /// The date of the check, and of deals that name none [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = typed::day)]
    date: Option<Date>,

    /// Fail with exit code 3 on a deal with a notice of this code, such as deals-split or duty-missing; can be
    /// repeated. `dealdesk explain` lists the codes
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,

    /// Leave out notices of this code; can be repeated
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,

    #[command(flatten)]
    printing: OutputArgs,
}

pub fn run(args: &CheckArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    // A deal that is named twice is read once.
    let typed = args.deals.iter().map(PathBuf::as_path).find(|deal| files::is_standard(deal));
    let found = wanted.load_with_all(typed)?;
    let day = args.date.unwrap_or_else(|| found.today());
    let book = found.books.on(day).first();
    let within = levels::level(book, "--max-approval", args.max_approval.as_deref())?;
    let (denied, allowed) = codes::denied_and_allowed(&args.deny, &args.allow, NOTICE_KINDS)?;
    let mut deals = deals::read_all(&args.deals, found, &args.printing, day, None, true)?;
    let contracts = deals::contracts_beside(&mut deals, found);
    let checked = check_beside(&deals, &contracts, book, day, within).with_codes(denied, &allowed);
    args.printing.print(format, &checked)?;
    Ok(match checked.worst_status() {
        CheckStatus::Within => CommandOutcome::Done,
        CheckStatus::Denied | CheckStatus::Above => CommandOutcome::AboveLevel,
        CheckStatus::Refused => CommandOutcome::OutsidePolicy,
        CheckStatus::Unread => CommandOutcome::RowsFailed,
    })
}
