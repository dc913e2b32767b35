//! `dealdesk book import`: a price list of a spreadsheet, as a price book.

use crate::answer::book_import::{BookImport, ImportOptions, ImportPeriod, import};
use crate::cli::{BookChoice, CommandOutcome, Failure, files, output, typed};
use crate::number::plural;
use crate::text::clean;
use clap::Args;
use std::path::PathBuf;

/// Make a price book of a price list in CSV
///
/// The list has a row for each price: the product, the range of quantities, the price, and the currency, the period
/// and the unit where it names them. Whatever the list does not say is assumed, and every assumption is listed.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk book import prices.csv
  dealdesk book import prices.csv --per month --output pricing.toml
  dealdesk book import prices.csv --mode graduated --currency EUR

Columns: product, from and to (or quantity, such as 1-49 and 50+), price, currency, per, unit. A list with semicolons
has decimal commas. Save a workbook as CSV first.")]
pub struct BookImportArgs {
    /// The price list; - is standard input
    list: PathBuf,

    /// The name of the price book [default: the name of the file]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// The currency of prices that name none [default: USD]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,

    /// The period of prices that name none [default: year]
    #[arg(long, value_name = "PERIOD", value_parser = typed::one_of(PERIODS))]
    per: Option<ImportPeriod>,

    /// How the ranges of a product turn a quantity into money [default: volume]
    #[arg(long, value_name = "MODE", value_parser = typed::one_of(MODES))]
    mode: Option<bool>,

    /// The file of the price book [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

const PERIODS: [(&str, &str, ImportPeriod); 3] = [
    ("year", "A price is for a year", ImportPeriod::Year),
    ("month", "A price is for a month", ImportPeriod::Month),
    ("once", "A price is paid once", ImportPeriod::Once),
];

const MODES: [(&str, &str, bool); 2] = [
    ("volume", "All units take the price of the range that the quantity falls in", false),
    ("graduated", "Each unit takes the price of its own range", true),
];

pub fn run(args: &BookImportArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    wanted.without_contracts("this command makes a price book")?;
    let list = files::read(&args.list, "price list")?;
    let stem = args.list.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = if files::is_standard(&args.list) { "Imported".to_owned() } else { stem };
    let options = ImportOptions {
        name: args.name.clone().unwrap_or(name),
        currency: args.currency.as_ref().map(|code| code.to_uppercase()),
        period: args.per,
        is_graduated: args.mode.unwrap_or(false),
    };
    let made = import(&list, &options)
        .map_err(|faults| Failure::faults("this price list cannot be imported", faults))?;
    match &args.output {
        Some(path) => files::write_new(path, &made.text)?,
        None => {
            output::data(&made.text)?;
        }
    }
    say(&made, args.output.as_deref().map(|path| path.display().to_string()));
    Ok(CommandOutcome::Done)
}

/// Lists what was imported and what was assumed, beside the book.
fn say(made: &BookImport, path: Option<String>) {
    let BookImport { rows, products, assumptions, .. } = made;
    let (products_end, rows_end) = (plural(*products), plural(*rows));
    let head = format!("{products} product{products_end} of {rows} row{rows_end} imported");
    let assumed = "Assumed, because the list does not say:".to_owned();
    let assumed = (!assumptions.is_empty()).then_some(assumed);
    let each = assumptions.iter().map(|it| format!("  {}", clean(it)));
    let written = path.map(|path| {
        let path = clean(&path).into_owned();
        format!("{path} written: dealdesk book check {path} proves it")
    });
    let lines = std::iter::once(head).chain(assumed).chain(each).chain(written);
    output::stderr_line(&(lines.collect::<Vec<_>>().join("\n") + "\n"));
}
