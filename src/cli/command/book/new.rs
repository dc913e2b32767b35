//! `dealdesk book new`: a first price book, from a few questions.

use crate::answer::book_new::{
    BOOK_KINDS, BookAnswers, BookDiscount, BookKind, BookPeriod, book_currency, book_name,
    book_new, book_price,
};
use crate::cli::wizard::DISCOUNTS;
use crate::cli::{BookChoice, CommandOutcome, Failure, books, files, output, typed};
use crate::cli::{wizard, wrong_command_line};
use crate::number::Money;
use crate::text::clean;
use anyhow::anyhow;
use clap::Args;
use std::path::PathBuf;

/// Ask a few questions, and write a small price book with comments
///
/// The book teaches its keys, and has examples that dealdesk book check proves. Each question is also a flag. Without a
/// terminal, --kind is needed, and every other answer has a default.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  dealdesk book new --output pricing.toml
  dealdesk book new --kind seats --period month --price 12.00 --output pricing.toml
  dealdesk book new --kind perpetual --name 'Elm Systems' --currency EUR --discount approval --partners yes")]
pub struct BookNewArgs {
    /// The kind of pricing
    #[arg(long, value_parser = typed::one_of(BOOK_KINDS.iter().map(|kind| (kind.word, kind.about, kind))))]
    kind: Option<&'static BookKind>,

    /// The name of the price book, such as that of your company
    #[arg(long, value_name = "NAME", value_parser = book_name)]
    name: Option<String>,

    /// The currency of all prices
    #[arg(long, value_name = "CODE", value_parser = book_currency)]
    currency: Option<String>,

    /// The name of the product on quotes
    #[arg(long, value_name = "NAME", value_parser = book_name)]
    product: Option<String>,

    /// The unit in which the product is counted, such as seat
    #[arg(long, value_name = "UNIT", value_parser = book_name)]
    unit: Option<String>,

    /// The plural of the unit [default: the unit with an s]
    #[arg(long, value_name = "UNITS", value_parser = book_name)]
    units: Option<String>,

    /// The period of prices, for a kind that has one
    #[arg(long, value_parser = typed::one_of(PERIODS))]
    period: Option<BookPeriod>,

    /// The first price of the price list
    #[arg(long, value_name = "AMOUNT", value_parser = book_price)]
    price: Option<Money>,

    /// The discount for larger orders, on top of the price list
    #[arg(long, value_parser = typed::one_of(DISCOUNTS))]
    discount: Option<BookDiscount>,

    /// Whether partners sell too
    #[arg(long, value_parser = typed::one_of(PARTNERS))]
    partners: Option<bool>,

    /// The file of the price book, which must not exist [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

const PERIODS: [(&str, &str, BookPeriod); 2] = [
    ("year", "A price is for a year", BookPeriod::Year),
    ("month", "A price is for a month", BookPeriod::Month),
];

const PARTNERS: [(&str, &str, bool); 2] =
    [("yes", "Partners sell at a rate off the price", true), ("no", "Partners do not sell", false)];

pub fn run(args: &BookNewArgs, wanted: &BookChoice) -> Result<CommandOutcome, Failure> {
    wanted.without_contracts("this command makes a price book")?;
    let mut answers = args.answers();
    if args.kind.is_some() && answers.has_needless_period() {
        let kind = answers.kind().word;
        let message = format!("--period cannot be used with --kind {kind}, which has no period");
        return Err(wrong_command_line(&message));
    }
    if let Some(path) = args.output.as_deref().filter(|path| path.exists()) {
        return Err(anyhow!("{} exists, and is not replaced", path.display()).into());
    }
    if wizard::can_ask() {
        wizard::ask_for_book(&mut answers)?;
    } else if args.kind.is_none() {
        let message = "dealdesk book new needs a terminal: in a script, use flags, as in dealdesk \
                       book new --kind seats --name NAME --currency CODE --price AMOUNT";
        return Err(anyhow!(message).into());
    }
    let text = book_new(&answers, books::machine_today())
        .map_err(|faults| Failure::faults("these answers make no price book", faults))?;
    match &args.output {
        Some(path) => {
            files::write_new(path, &text)?;
            let path = path.display().to_string();
            let path = clean(&path);
            let then = format!("{path} written: dealdesk book check {path} proves it\n");
            output::stderr_line(&then);
            Ok(CommandOutcome::Done)
        }
        None => output::data(&text),
    }
}

impl BookNewArgs {
    fn answers(&self) -> BookAnswers {
        BookAnswers {
            name: self.name.clone(),
            currency: self.currency.clone(),
            kind: self.kind,
            product: self.product.clone(),
            unit: self.unit.clone(),
            units: self.units.clone(),
            period: self.period,
            price: self.price,
            discount: self.discount,
            has_partners: self.partners,
        }
    }
}
