//! `dealdesk usage`: monthly invoices of metered use.

use crate::answer::usage;
use crate::answer::usage::text::StatementView;
use crate::answer::usage::{MeteredUsage, UsageTerms};
use crate::book::{Books, Metric, MonthHours};
use crate::cli::typed::CommandLine;
use crate::cli::{
    BookChoice, CommandOutcome, Failure, OutputArgs, files, typed, wrong_command_line,
};
use crate::deal::{Deal, Draft, REGION, SEGMENT};
use crate::number::{Date, Month, Quantity, UnitHours, plural};
use crate::quote::quote;
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Written};
use crate::{deal, table};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

/// Rate a usage file into monthly invoices in arrears
///
/// The file is CSV. Its header is `month,core_hours`, with one row for each month, or
/// `timestamp,core_hours`, with the core-hours used from that time until the next row. A timestamp is
/// RFC 3339, such as 2026-11-21T13:00:00Z or with an offset; without either it is in UTC. Units without hours stand in
/// the column `units`. Months are
/// months of UTC. Rows are in the order of time, and no month between the first and the last may be
/// missing.
///
/// Each month has the price of the tier for its average, under the deal, or under the price book
/// alone without a deal.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk usage examples/usage.csv
  dealdesk usage examples/usage.csv examples/consumption-committed.toml --explain
  dealdesk usage examples/usage-hours.csv --hours real --format json
  dealdesk usage examples/usage.csv --committed 10000 --output invoices.csv

Exit codes: 0 done; 1 the usage file or the deal has errors; 2 wrong command line; 4 the deal is
outside policy, as it is or with the use of a month, and is rated all the same.")]
pub struct UsageArgs {
    /// The usage file; - reads it from standard input
    file: PathBuf,

    /// The deal file
    deal: Option<PathBuf>,

    /// The metric that was used, where several are paid by use
    #[arg(long, value_name = "METRIC")]
    metric: Option<String>,

    /// The committed quantity, which is paid for in every month even if it is not used
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    committed: Option<String>,

    /// The hours of a month [default: what the price book says]
    #[arg(long, value_name = "HOURS", value_parser = typed::one_of(HOURS))]
    hours: Option<MonthHours>,

    /// The year of the contract that the use belongs to, for a ramp
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    year: Option<String>,

    /// The date of the deal, if it names none [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = typed::day)]
    date: Option<Date>,

    #[command(flatten)]
    printing: OutputArgs,

    /// Show the arithmetic of every figure (tables, Markdown and pages)
    #[arg(long, help_heading = "Output")]
    explain: bool,
}

const HOURS: [(&str, &str, MonthHours); 2] = [
    ("book", "One number for every month, from the price book", MonthHours::Book),
    ("real", "The hours of the calendar month: 672, 696, 720 or 744", MonthHours::Real),
];

const CANNOT: &str = "this usage cannot be priced";

pub fn run(args: &UsageArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    let format = args.printing.format()?;
    let typed = [Some(args.file.as_path()), args.deal.as_deref()];
    let found = wanted.load_with(typed.into_iter().flatten())?;
    let inputs = typed.into_iter().flatten().chain(found.files());
    args.printing.refuse_overwrite(inputs, "the statement is")?;
    let today = args.date.unwrap_or_else(|| found.today());
    let mut asked = UsageRequest::new(args, &found.books, today)?;
    let source = files::read_at_most(files::LARGEST_USAGE, &args.file, "usage file")?;
    let readings = usage::read(&source, &usage::column(asked.metric));
    let has_deal = args.deal.is_some();
    if let (false, Ok(readings)) = (has_deal, &readings) {
        asked.expect(readings);
    }
    let deal = deal::resolve(&asked.draft, &found.books, today);
    let (deal, readings) = match (deal, readings) {
        (Ok(deal), Ok(readings)) => (deal, readings),
        (Err(deal), Err(usage)) if has_deal => {
            return Err(Failure::faults(CANNOT, deal.with(usage)));
        }
        (_, Err(faults)) | (Err(faults), _) => return Err(Failure::faults(CANNOT, faults)),
    };
    found.refuse_unsigned(&asked.draft, &deal)?;
    let quote = quote(&deal);
    let segment = asked.segment(&deal)?;
    asked.check_year(&deal, segment, &readings)?;
    let terms =
        UsageTerms { line: asked.line, segment, hours: asked.hours, is_estimated: has_deal };
    let statement =
        usage::rate(&quote, terms, &readings).map_err(|faults| Failure::faults(CANNOT, faults))?;
    let view = StatementView { statement: &statement, explained: args.explain };
    args.printing.print(format, &view)?;
    Ok(CommandOutcome::OutsidePolicy.when(statement.verdict.is_refused()))
}

/// The deal and the metered line, as known before the usage file is read.
struct UsageRequest<'b> {
    draft: Draft,
    line: usize,
    metric: &'b Metric,
    hours: Option<MonthHours>,
    year: Option<Written<u32>>,
}

impl<'b> UsageRequest<'b> {
    fn new(args: &UsageArgs, books: &'b Books, today: Date) -> Result<Self, Failure> {
        let flags =
            [("metric", &args.metric), ("committed", &args.committed), ("year", &args.year)];
        let words = flags.into_iter().filter_map(|(flag, word)| Some((flag, word.as_deref()?)));
        let typed = CommandLine::new("dealdesk usage", words);
        let mut draft = typed::draft(&typed, args.deal.as_deref())?;
        let books = books.on(draft.date.as_ref().map_or(today, |date| date.value));
        let named = draft.currency.as_ref().and_then(|code| books.of(&code.value));
        let (segment, region) = (draft.record.text(SEGMENT), draft.record.text(REGION));
        let book = books.for_customer(named.unwrap_or(books.first()), segment, region);
        let (line, metric) = usage::choose(&mut draft, book, typed.word("metric"))
            .map_err(|fault| Failure::fault(CANNOT, fault))?;
        if let Some(word) = typed.word("committed") {
            match (table::quantity(typed::text(word)), draft.lines.get_mut(line)) {
                (Ok(committed), Some(line)) => line.committed = Some(committed),
                (Err(fault), _) => draft.faults.push(fault),
                _ => {}
            }
        }
        let hours = hours(args, metric)?;
        let year = typed.word("year").map(year).transpose();
        let year = year.map_err(|fault| draft.faults.push(fault)).ok().flatten();
        Ok(Self { draft, line, metric, hours, year })
    }

    /// Sets the quantity to the metered average, or to the smallest quantity that the book sells. Only
    /// for a command without a deal file.
    fn expect(&mut self, readings: &MeteredUsage) {
        let Some(per_month) = self.metric.times_per_metered_month() else { return };
        let hours = per_month.saturating_mul(u32::try_from(readings.months.len()).unwrap_or(1));
        let used = readings.months.iter().map(|month| month.used).sum::<UnitHours>();
        let first = self.metric.tiers().first().map(|tier| tier.quantity().from());
        let sold = used.units(hours).filter(|average| self.metric.tier(*average).is_some());
        let quantity = sold.or_else(|| Quantity::whole(first?));
        if let (Some(line), Some(quantity)) = (self.draft.lines.get_mut(self.line), quantity) {
            line.quantity = Some(Written::new(quantity, line.place.clone()));
        }
    }

    /// Returns the segment of a ramp that holds the year of `--year`.
    fn segment(&self, deal: &Deal<'_>) -> Result<usize, Failure> {
        let conflict = |place, message: String, hint: String| {
            Failure::fault(CANNOT, Diagnostic::new(Code::Conflict, place, message).hint(hint))
        };
        let Some(line) = deal.lines().get(self.line) else { return Ok(0) };
        match &self.year {
            Some(year) => line.segment_of_year(year.value).ok_or_else(|| {
                let message = format!("the deal has no year {}", year.value);
                conflict(year.place.clone(), message, format!("its term is {}", deal.term()))
            }),
            None if line.has_years() => {
                let place = Place::whole(Arc::clone(&self.draft.place.source));
                let what = if line.is_ramp() { "is a ramp" } else { "has years of other prices" };
                let message = format!("the line {what}, and the year of the usage is not given");
                let hint = "add --year with the year of the contract";
                Err(conflict(place, message, hint.to_owned()))
            }
            None => Ok(0),
        }
    }

    /// Refuses a year of `--year` that is not the one of the months, where the deal states its start. Months of
    /// other years with the same terms may stand beside those of the year.
    fn check_year(
        &self,
        deal: &Deal<'_>,
        segment: usize,
        readings: &MeteredUsage,
    ) -> Result<(), Failure> {
        let (Some(year), Some(period)) = (&self.year, deal.period()) else { return Ok(()) };
        let Some(line) = deal.lines().get(self.line) else { return Ok(()) };
        let months = readings.months.iter().map(|it| (it.month, period.years_of(it.month)));
        let months: Vec<_> = months.filter(|(_, years)| !years.is_empty()).collect();
        let has_its_terms =
            |years: &[u32]| years.iter().any(|year| line.segment_of_year(*year) == Some(segment));
        let is_any_of_year = months.iter().any(|(_, years)| years.contains(&year.value));
        let is_other = |(_, years): &&(Month, Vec<u32>)| !is_any_of_year || !has_its_terms(years);
        let Some((month, years)) = months.iter().find(is_other) else { return Ok(()) };
        let (start, end, actual) = (period.start(), period.end(), named(years));
        let message = format!(
            "{month} lies in {actual} of the contract, which runs from {start} to {end}, and not \
             in year {}",
            year.value
        );
        let first = years.first().copied().unwrap_or(1);
        let hint = format!("add --year {first}, with a file of the months of that year");
        let fault = Diagnostic::new(Code::Conflict, year.place.clone(), message).hint(hint);
        Err(Failure::fault(CANNOT, fault))
    }
}

/// Returns the hours by which a month is billed; `None` for units without hours.
fn hours(args: &UsageArgs, metric: &Metric) -> Result<Option<MonthHours>, Failure> {
    if !metric.is_hourly() {
        let message = format!("--hours is for a price per hour, and {} has none", metric.name());
        return args.hours.map_or(Ok(None), |_| Err(wrong_command_line(&message)));
    }
    args.hours.or(metric.usage_hours).map(Some).ok_or_else(|| {
        wrong_command_line(&format!(
            "the book does not define the hours by which {} is billed: add --hours book or \
             --hours real",
            metric.name()
        ))
    })
}

/// Names years of a contract: "year 2", "years 2 and 3".
fn named(years: &[u32]) -> String {
    let each: Vec<_> = years.iter().map(u32::to_string).collect();
    format!("year{} {}", plural(years.len()), each.join(" and "))
}

fn year(word: &Written<String>) -> Result<Written<u32>, Diagnostic> {
    let year = word.value.parse::<u32>().ok().filter(|year| *year > 0).ok_or_else(|| {
        let message = "a year of the contract is a whole number from 1";
        Diagnostic::new(Code::BadNumber, word.place.clone(), message)
    })?;
    Ok(Written::new(year, word.place.clone()))
}
