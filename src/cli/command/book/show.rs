//! `dealdesk book show`: a price book as tables.

use crate::answer::book_tables::BookTables;
use crate::answer::book_tables::text::BookView;
use crate::approve::spans;
use crate::book::{Metric, PriceColumn};
use crate::cli::typed::DealFlags;
use crate::cli::{
    BookChoice, CommandOutcome, Failure, LoadedBook, OutputArgs, files, printing,
    wrong_command_line,
};
use crate::deal::Deal;
use crate::document::Format;
use crate::number::Quantity;
use crate::price::curve::PriceCurve;
use crate::table::suggestion;
use crate::text::source::Written;
use clap::Args;
use std::path::PathBuf;

/// Show a price book as tables, every figure with its line of the file
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk book show
  dealdesk book show next-year.toml --metric socket
  dealdesk book show --metric socket --chart --term 3 --prepay multi-year
  dealdesk book show --metric node --svg nodes.svg
  dealdesk book show --currency JPY --format json")]
pub struct BookShowArgs {
    /// The price book [default: the book that prices deals]
    #[arg(value_name = "BOOK")]
    book: Option<PathBuf>,

    /// Only this metric, and the discounts on it
    #[arg(long, value_name = "METRIC")]
    metric: Option<String>,

    /// The currency of the amounts [default: the first currency of the book]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,

    /// The price column of the amounts [default: the standard amounts]
    #[arg(long, value_name = "COLUMN")]
    price_column: Option<String>,

    /// Draw the price of an order of the metric, and of one unit, by quantity
    #[arg(long, requires = "metric")]
    chart: bool,

    /// Write the drawing as SVG to a file, whole or not at all
    #[arg(long, value_name = "FILE", requires = "metric")]
    svg: Option<PathBuf>,

    /// The commitment of the drawing, in years [default: 1]
    #[arg(long, value_name = "YEARS", requires = "metric", allow_hyphen_values = true)]
    term: Option<String>,

    /// How the customer of the drawing prepays [default: the standard of the book]
    #[arg(long, value_name = "WAY", requires = "metric")]
    prepay: Option<String>,

    #[command(flatten)]
    printing: OutputArgs,
}

pub fn run(args: &BookShowArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format_or_drawing()?;
    if format.is_drawing && args.metric.is_none() {
        return Err(wrong_command_line("--output: a chart is of one metric: add --metric"));
    }
    let found = wanted.load_one(args.book.as_deref())?;
    args.printing.refuse_overwrite(found.path.as_deref(), "the answer is")?;
    let book = match &args.currency {
        Some(code) => found
            .books
            .of(code)
            .ok_or_else(|| not_found("currency", code, found.books.currencies()))?,
        None => found.books.first(),
    };
    let book = match &args.price_column {
        Some(name) => found.books.column(book, name).ok_or_else(|| {
            not_found("price-column", name, found.books.columns().map(PriceColumn::name))
        })?,
        None => book,
    };
    let metric = |name: &String| {
        let known = || book.metrics().iter().map(Metric::name);
        book.metric(name).ok_or_else(|| not_found("metric", name, known()))
    };
    let metric = args.metric.as_ref().map(metric).transpose()?;
    let curve = metric.map(|metric| curve(args, format, found, metric)).transpose()?.flatten();
    let listings = found.tables()?;
    let column = book.price_column().map(PriceColumn::name);
    let is_shown =
        |it: &&BookTables| it.currency == book.currency().code && it.column.as_deref() == column;
    let listing = listings.iter().find(is_shown);
    let Some(listing) = listing else { return Ok(CommandOutcome::Done) };
    let view = BookView {
        books: &found.books,
        book,
        listing,
        metric: metric.map(Metric::name),
        curve: curve.as_ref(),
        with_charts: args.chart,
    };
    if let Some((path, drawing)) = args.svg.as_deref().zip(Format::of_suffix("svg")) {
        printing::write(path, drawing, &view)?;
    }
    args.printing.print(format, &view)
}

fn not_found<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Failure {
    let known = suggestion(name, known);
    wrong_command_line(&format!("--{what}: the book has no {what} \"{name}\": {known}"))
}

/// Returns the price curve of a metric under the typed terms; `None` without a drawing.
fn curve<'b>(
    args: &BookShowArgs,
    format: &Format,
    found: &'b LoadedBook,
    metric: &'b Metric,
) -> Result<Option<(Deal<'b>, PriceCurve<'b>)>, Failure> {
    let is_typed = args.term.is_some() || args.prepay.is_some();
    if !args.chart && args.svg.is_none() && !format.is_drawing {
        let message = "--term and --prepay are for a chart: add --chart or --svg FILE";
        return if is_typed { Err(wrong_command_line(message)) } else { Ok(None) };
    }
    let files = args.svg.as_deref().zip(found.path.as_deref());
    if files.is_some_and(|(svg, book)| files::are_same(svg, book)) {
        return Err(wrong_command_line("--svg: this file is the price book itself"));
    }
    let fees = || {
        let message = format!("{} is sold at a fee and has no price list to draw", metric.name());
        wrong_command_line(&message)
    };
    let smallest = metric.tiers().first().filter(|tier| tier.fee().is_none()).ok_or_else(fees)?;
    let flags = DealFlags::only(&[
        ("metric", &args.metric),
        ("currency", &args.currency),
        ("term", &args.term),
        ("prepay", &args.prepay),
    ]);
    let mut draft = flags.draft("dealdesk book show", None)?;
    if let Some(line) = draft.lines.first_mut() {
        let smallest = Quantity::whole(smallest.quantity().from().max(1));
        line.quantity = smallest.map(|quantity| Written::new(quantity, draft.place.clone()));
    }
    let deal = found.deal(&draft, "this cannot be drawn")?;
    let spans = spans(deal.book(), metric, metric.increment());
    let curve = PriceCurve::of(&deal, metric, &spans).ok_or_else(fees)?;
    Ok(Some((deal, curve)))
}
