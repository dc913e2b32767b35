//! `dealdesk book import`: a price list of a spreadsheet, as a price book.
//!
//! `columns` finds the columns of the file by the names that spreadsheets use, `cells` reads numbers, ranges and
//! periods as people write them, `products` joins the rows of a product to a price list without gaps, and `toml`
//! writes the book. Whatever the file does not say is an assumption, and every assumption is listed.

mod cells;
mod columns;
mod products;
mod toml;

use crate::book;
use crate::text::diagnostic::{Checked, Code, Diagnostic, Diagnostics};
use crate::text::source::{Place, Source};
use cells::{DecimalMark, ListPeriod};
use columns::Columns;
use products::{ListRow, Product};
use std::sync::Arc;

/// Answers to what a price list does not say.
#[derive(Debug, Clone)]
pub struct ImportOptions {
    /// Name of the book.
    pub name: String,
    /// Currency of prices that name none.
    pub currency: Option<String>,
    /// Period of prices that name none.
    pub period: Option<ImportPeriod>,
    /// Whether each unit takes the price of its own range.
    pub is_graduated: bool,
}

/// Period that a price of a list is for, as a flag names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportPeriod {
    Year,
    Month,
    Once,
}

/// Price book made of a price list.
#[derive(Debug)]
pub struct BookImport {
    /// The book as TOML.
    pub text: String,
    pub rows: usize,
    pub products: usize,
    /// Whatever the price list does not say, one sentence each.
    pub assumptions: Vec<String>,
}

/// Makes a price book of a price list in CSV.
///
/// # Errors
/// Every row that cannot be read, and every product whose ranges leave a gap or overlap, each with its line.
pub fn import(list: &Arc<Source>, options: &ImportOptions) -> Checked<BookImport> {
    let mut reader = ListReader { list, options, faults: Vec::new(), assumptions: Vec::new() };
    let rows = reader.rows();
    let products = reader.products(&rows);
    if !reader.faults.is_empty() {
        return Err(Diagnostics::sorted(reader.faults));
    }
    let text = toml::write(list.name(), options, &products, &reader.assumptions);
    // Each rule of a price book holds for an imported one, such as the limits of a number.
    book::load(&Source::file("the imported price book", &text))?;
    let assumptions = reader.assumptions;
    Ok(BookImport { text, rows: rows.len(), products: products.len(), assumptions })
}

struct ListReader<'l> {
    list: &'l Arc<Source>,
    options: &'l ImportOptions,
    faults: Vec<Diagnostic>,
    assumptions: Vec<String>,
}

impl ListReader<'_> {
    fn assume(&mut self, assumption: String) {
        if !self.assumptions.contains(&assumption) {
            self.assumptions.push(assumption);
        }
    }

    fn fault(&mut self, code: Code, place: Place, message: String, hint: &str) {
        self.faults.push(Diagnostic::new(code, place, message).hint(hint));
    }

    /// Reads the rows. A row with an error is reported and left out.
    fn rows(&mut self) -> Vec<ListRow> {
        let text = self.list.text().trim_start_matches('\u{feff}');
        let header = text.lines().next().unwrap_or_default();
        let delimiter = columns::delimiter(header);
        let mark = if delimiter == b';' { DecimalMark::Comma } else { DecimalMark::Point };
        if mark == DecimalMark::Comma {
            self.assume(
                "a comma is a decimal comma, because semicolons part the columns".to_owned(),
            );
        }
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let place = |line: u64| columns::line(self.list, line);
        let columns = match reader.headers() {
            Ok(header) => Columns::find(header),
            Err(error) => {
                let message = format!("this is not a table of CSV: {error}");
                self.fault(Code::Syntax, place(1), message, "save the sheet as CSV");
                return Vec::new();
            }
        };
        for missing in columns.missing() {
            let (message, hint) =
                (format!("the price list has no column {missing}"), columns::NEEDED);
            self.fault(Code::MissingKey, place(1), message, hint);
        }
        for ignored in columns.ignored() {
            self.assume(format!("the column \"{ignored}\" is left out"));
        }
        if !self.faults.is_empty() {
            return Vec::new();
        }
        let mut rows = Vec::new();
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    let line = error.position().map_or(1, csv::Position::line);
                    let message = format!("this row cannot be read: {error}");
                    self.fault(Code::Syntax, columns::line(self.list, line), message, "correct it");
                    continue;
                }
            };
            if record.iter().all(str::is_empty) {
                continue;
            }
            let place = columns::line(self.list, record.position().map_or(1, csv::Position::line));
            if let Some(extra) = record.iter().skip(columns.width()).find(|field| !field.is_empty())
            {
                let message = format!("\"{extra}\" stands in no column");
                self.fault(
                    Code::Syntax,
                    place,
                    message,
                    "put a text with a comma in quotation marks",
                );
                continue;
            }
            match self.row(&columns, &record, mark, place.clone()) {
                Ok(row) => rows.push(row),
                Err((code, message, hint)) => self.fault(code, place, message, hint),
            }
        }
        if rows.is_empty() && self.faults.is_empty() {
            let message = "the price list has no rows".to_owned();
            self.fault(Code::Empty, columns::line(self.list, 1), message, columns::NEEDED);
        }
        rows
    }

    fn row(
        &mut self,
        columns: &Columns,
        record: &csv::StringRecord,
        mark: DecimalMark,
        place: Place,
    ) -> Result<ListRow, (Code, String, &'static str)> {
        let field = |column: Option<usize>| {
            column.and_then(|at| record.get(at)).filter(|text| !text.is_empty())
        };
        let product = field(columns.product).ok_or_else(|| {
            (
                Code::MissingKey,
                "this row names no product".to_owned(),
                "write the product in each row",
            )
        })?;
        let written = field(columns.price).ok_or_else(|| {
            (Code::MissingKey, format!("{product} has no price here"), "write a price, or 0.00")
        })?;
        let (price, symbol) = cells::price(written, mark)?;
        // "1,500" is one and a half for half of the world.
        if mark == DecimalMark::Point && written.contains(',') && !written.contains('.') {
            self.assume("a comma stands between thousands".to_owned());
        }
        let stated = field(columns.currency).map(str::to_uppercase).or(symbol);
        let currency = stated.or_else(|| self.options.currency.clone()).unwrap_or_else(|| {
            self.assume("prices are in USD".to_owned());
            "USD".to_owned()
        });
        if crate::number::Currency::new(&currency, None).is_none() {
            let message = format!("\"{currency}\" is no currency of ISO 4217");
            return Err((Code::UnknownCurrency, message, "write a code such as USD or EUR"));
        }
        let range =
            cells::range(field(columns.range), [field(columns.from), field(columns.to)], mark)?;
        let period = match field(columns.period) {
            Some(word) => ListPeriod::parse(word).ok_or_else(|| {
                let message = format!("\"{word}\" is no period of a price");
                (Code::UnknownChoice, message, "write year, month, hour or once")
            })?,
            None => self.standard_period(),
        };
        Ok(ListRow {
            place,
            product: product.to_owned(),
            unit: field(columns.unit).map(str::to_owned),
            range,
            price,
            currency,
            period,
        })
    }

    fn standard_period(&mut self) -> ListPeriod {
        match self.options.period {
            Some(ImportPeriod::Year) => ListPeriod::Year,
            Some(ImportPeriod::Month) => ListPeriod::Month,
            Some(ImportPeriod::Once) => ListPeriod::Once,
            None => {
                self.assume("a price is for a year".to_owned());
                ListPeriod::Year
            }
        }
    }

    fn products(&mut self, rows: &[ListRow]) -> Vec<Product> {
        products::products(rows, &mut self.faults, &mut self.assumptions, self.options.is_graduated)
    }
}
