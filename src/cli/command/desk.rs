//! `dealdesk desk`: the pipeline of deals, with whom each is waiting on.

use crate::answer::pipeline::check_beside;
use crate::answer::pipeline::desk::{DealFilter, DealOrder, Pipeline};
use crate::answer::pipeline::text::PipelineView;
use crate::cli::{BookChoice, CommandOutcome, Failure, OutputArgs, deals, levels, typed};
use crate::number::Date;
use clap::Args;
use std::path::PathBuf;

/// Show the pipeline: the deals of a folder, and whom each is waiting on
///
/// In a folder and its subfolders, every file named .toml is a deal, except names that begin with a
/// dot, pricing.toml, and the price book. A deal with errors is reported and hides none of the
/// others.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk desk deals/
  dealdesk desk deals/ --level svp --sort tcv
  dealdesk desk deals/ --expires-within 30 --sort expiry
  dealdesk desk deals/ --customer acme --format json

Exit codes: 0 done, whatever the deals need; 1 a deal cannot be read or priced, and all others are
shown; 2 wrong command line.")]
pub struct DeskArgs {
    /// The folder of deals
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,

    /// Only deals within policy that need this level
    #[arg(long, value_name = "LEVEL", conflicts_with = "outside")]
    level: Option<String>,

    /// Only deals of customers whose name contains this text
    #[arg(long, value_name = "NAME")]
    customer: Option<String>,

    /// Only quotes that expire within this number of days, and have not expired yet
    #[arg(long, value_name = "DAYS", value_parser = clap::value_parser!(u32).range(..=36500))]
    expires_within: Option<u32>,

    /// Only deals outside policy
    #[arg(long)]
    outside: bool,

    /// The order of the deals [default: by file name]
    #[arg(long, value_name = "ORDER", value_parser = typed::one_of(ORDERS))]
    sort: Option<DealOrder>,

    /// The date of today, and of deals that name none
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = typed::day)]
    date: Option<Date>,

    #[command(flatten)]
    printing: OutputArgs,
}

const ORDERS: [(&str, &str, DealOrder); 5] = [
    ("customer", "Alphabetical by name of the customer", DealOrder::Customer),
    ("tcv", "Largest contract first", DealOrder::Tcv),
    ("discount", "Largest discount off list first", DealOrder::Discount),
    ("level", "Outside policy first, then the highest level", DealOrder::Level),
    ("expiry", "Earliest expiry first", DealOrder::Expiry),
];

pub fn run(args: &DeskArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    let found = wanted.load_with_all([])?;
    let day = args.date.unwrap_or_else(|| found.today());
    let book = found.books.on(day).first();
    let looked_for = DealFilter {
        level: levels::level(book, "--level", args.level.as_deref())?,
        customer: args.customer.clone(),
        expires_within: args.expires_within,
        outside: args.outside,
        sort: args.sort,
    };
    let folder = &args.folder;
    let paths = std::slice::from_ref(folder);
    let mut deals = deals::read_all(paths, found, &args.printing, day, Some(folder), false)?;
    let contracts = deals::contracts_beside(&mut deals, found);
    let checked = check_beside(&deals, &contracts, book, day, None);
    let pipeline = Pipeline::of(&checked, &looked_for);
    let input = folder.display().to_string();
    args.printing.print(format, &PipelineView { pipeline: &pipeline, input: &input })?;
    let is_bad = checked.deals.iter().any(|deal| deal.judged().is_none());
    Ok(CommandOutcome::RowsFailed.when(is_bad))
}
