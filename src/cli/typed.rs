//! The flags that describe a deal, and a draft made of them.

use super::failure::Failure;
use super::{files, partner};
use crate::deal::{
    self, Agreed, Deal, Draft, DraftClause, DraftLine, DraftProgram, Take, read_take,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::reading;
use crate::source::{Place, Source, Written};
use crate::value::{Date, Years};
use clap::Args;
use std::path::Path;
use std::sync::Arc;

/// A deal in flags. Each overrides what a deal file says.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "The deal")]
pub struct DealFlags {
    /// Who buys
    #[arg(long, value_name = "NAME")]
    customer: Option<String>,

    /// What is counted: one of the book's metrics, such as socket, core, node or consumption
    #[arg(long, value_name = "METRIC")]
    metric: Option<String>,

    /// How many; for consumption, the average number of cores
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    quantity: Option<String>,

    /// The currency: one of the book's [default: its first]
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,

    /// How many of them are paid for even if they are not used, for what is paid by the hour
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    committed: Option<String>,

    /// What the whole line costs, where the book has a range of fixed fees for it
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    fee: Option<String>,

    /// The commitment in years [default: 1]
    #[arg(long, value_name = "YEARS", allow_hyphen_values = true)]
    term: Option<String>,

    /// How the customer prepays: annual or multi-year
    #[arg(long, value_name = "WAY")]
    prepay: Option<String>,

    /// How long the customer has to pay, such as net-60
    #[arg(long, value_name = "TERMS")]
    payment: Option<String>,

    /// How the customer is billed, such as quarterly
    #[arg(long, value_name = "WAY")]
    billing: Option<String>,

    /// The first day of the contract; invoices need it
    #[arg(long, value_name = "YYYY-MM-DD")]
    start: Option<String>,

    /// The last day of the contract that this one joins, in place of a term
    #[arg(long, value_name = "YYYY-MM-DD")]
    co_term_end: Option<String>,

    /// Volume discount: auto, none, or at most this rate
    #[arg(long, value_name = "RATE", allow_hyphen_values = true)]
    volume: Option<String>,

    /// Any other discount of the book: auto, none, or at most this rate
    #[arg(long, value_name = "NAME=RATE")]
    discount: Vec<String>,

    /// A unit price agreed in negotiation
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    unit_price: Option<String>,

    /// A discount off list agreed in negotiation, in place of a unit price
    #[arg(long, value_name = "RATE", allow_hyphen_values = true, conflicts_with = "unit_price")]
    off_list: Option<String>,

    /// A strategic program and its rate, such as lighthouse=10%
    #[arg(long, value_name = "PROGRAM=RATE")]
    strategic: Vec<String>,

    /// What the customer gives for the program, such as reference
    #[arg(long, value_name = "DUTY")]
    duty: Vec<String>,

    /// A clause that the customer wants in the contract, such as liability-24-months
    #[arg(long, value_name = "CLAUSE")]
    clause: Vec<String>,

    /// An edition, where the quantity should not decide
    #[arg(long, value_name = "EDITION")]
    edition: Option<String>,

    /// The hosts that it runs on
    #[arg(long, value_name = "N", allow_hyphen_values = true)]
    hosts: Option<String>,

    /// Whose product is to be replaced
    #[arg(long, value_name = "NAME")]
    incumbent: Option<String>,

    /// The channel of the partner that sells it, with the rate off if it has one, such as
    /// reseller=32% or oem
    #[arg(long, value_name = "NAME[=RATE]")]
    channel: Option<String>,

    /// What the partner is called
    #[arg(long, value_name = "NAME")]
    partner: Option<String>,

    /// What the partner takes from its own customers in a year, for a channel that shares it
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    revenue: Option<String>,

    /// Years for which a perpetual licence is compared with a subscription [default: the term]
    #[arg(long, value_name = "YEARS", allow_hyphen_values = true)]
    horizon: Option<String>,

    /// The day of the quote [default: today]
    #[arg(long, value_name = "YYYY-MM-DD")]
    date: Option<String>,
}

impl DealFlags {
    /// Whether no flag was given.
    pub fn is_empty(&self) -> bool {
        self.words().is_empty()
    }

    /// Every flag that was given, with its value, in a fixed order.
    fn words(&self) -> Vec<(&'static str, &str)> {
        let one = [
            ("--customer", &self.customer),
            ("--metric", &self.metric),
            ("--quantity", &self.quantity),
            ("--currency", &self.currency),
            ("--committed", &self.committed),
            ("--fee", &self.fee),
            ("--term", &self.term),
            ("--prepay", &self.prepay),
            ("--payment", &self.payment),
            ("--billing", &self.billing),
            ("--start", &self.start),
            ("--co-term-end", &self.co_term_end),
            ("--volume", &self.volume),
            ("--unit-price", &self.unit_price),
            ("--off-list", &self.off_list),
            ("--edition", &self.edition),
            ("--hosts", &self.hosts),
            ("--incumbent", &self.incumbent),
            ("--channel", &self.channel),
            ("--partner", &self.partner),
            ("--revenue", &self.revenue),
            ("--horizon", &self.horizon),
            ("--date", &self.date),
        ];
        let many = [
            ("--discount", &self.discount),
            ("--strategic", &self.strategic),
            ("--duty", &self.duty),
            ("--clause", &self.clause),
        ];
        let one = one.into_iter().filter_map(|(flag, value)| Some((flag, value.as_deref()?)));
        let many = many
            .into_iter()
            .flat_map(|(flag, values)| values.iter().map(move |value| (flag, value.as_str())));
        one.chain(many).collect()
    }

    /// The draft of a deal file, or an empty one, with what was typed on top. `command` is what was
    /// typed before the flags.
    pub fn draft(&self, command: &str, file: Option<&Path>) -> Result<Draft, Failure> {
        let typed = Typed::new(command, &self.words());
        let mut draft = match file {
            Some(path) => deal::read(&files::read(path, "deal file")?),
            None => Draft::new(typed.all()),
        };
        typed.apply(&mut draft);
        Ok(draft)
    }
}

/// The words of the command line, as a text that messages can point into.
pub struct Typed {
    source: Arc<Source>,
    words: Vec<(&'static str, Written<String>)>,
}

impl Typed {
    pub fn new(command: &str, words: &[(&'static str, &str)]) -> Self {
        let mut line = command.to_owned();
        let mut spans = Vec::new();
        for (flag, value) in words {
            let quote =
                if value.is_empty() || value.contains([' ', '"', '$', '*']) { "'" } else { "" };
            line.extend([" ", flag, " ", quote]);
            let start = line.len();
            // One line, whatever was typed: a place in it has to be one that can be shown.
            line.push_str(&crate::text::clean(value));
            spans.push(start..line.len());
            line.push_str(quote);
        }
        let source = Source::typed("command line", &line);
        let words = words.iter().zip(spans).map(|((flag, value), span)| {
            let place = Place::new(Arc::clone(&source), span);
            (*flag, Written::new((*value).to_owned(), place))
        });
        Self { words: words.collect(), source }
    }

    /// What was typed for a flag.
    pub fn word(&self, flag: &str) -> Option<&Written<String>> {
        self.words.iter().find(|(known, _)| *known == flag).map(|(_, word)| word)
    }

    /// All of it.
    pub fn all(&self) -> Place {
        Place::new(Arc::clone(&self.source), 0..self.source.text().len())
    }

    fn apply(&self, draft: &mut Draft) {
        let mut typed_programs = Vec::new();
        for (flag, word) in &self.words {
            let result = match *flag {
                "--customer" => named(word).map(|word| draft.customer = Some(word)),
                "--incumbent" => named(word).map(|word| draft.incumbent = Some(word)),
                "--currency" => named(word).map(|word| draft.currency = Some(word)),
                "--prepay" => named(word).map(|word| draft.prepay = Some(word)),
                "--channel" | "--partner" | "--revenue" => partner::typed(flag, word, draft),
                "--horizon" => horizon(word).map(|years| draft.horizon = Some(years)),
                "--payment" => named(word).map(|word| draft.payment = Some(word)),
                "--billing" => named(word).map(|word| draft.billing = Some(word)),
                "--date" => date(word).map(|date| draft.date = Some(date)),
                "--start" => date(word).map(|date| draft.start = Some(date)),
                "--co-term-end" => date(word).map(|date| {
                    // It stands in for the years that the deal file has, and not for typed ones.
                    draft.term.take_if(|term| term.place.source != word.place.source);
                    draft.first_year = None;
                    draft.co_term_end = Some(date);
                }),
                "--term" => years(word).map(|years| {
                    draft.co_term_end = None;
                    draft.term = Some(years);
                }),
                "--volume" => read_take(&word.value, &word.place).and_then(|take| {
                    let name = Written::new("volume".to_owned(), word.place.clone());
                    set_take(draft, name, take)
                }),
                "--discount" => pair(word).and_then(|(name, rate)| {
                    let take = read_take(&rate.value, &rate.place)?;
                    set_take(draft, name, take)
                }),
                "--strategic" => program(word).map(|program| typed_programs.push(program)),
                "--duty" => duty(word, &mut typed_programs, draft),
                "--clause" => named(word).map(|word| clause(word, draft)),
                flag => self.line(draft, word).and_then(|line| {
                    let result = on_line(flag, line, word);
                    line.told |= result.is_err();
                    result
                }),
            };
            draft.faults.extend(result.err());
        }
        if !typed_programs.is_empty() {
            let written = std::mem::replace(&mut draft.programs, typed_programs);
            for program in &mut draft.programs {
                let same = |other: &&DraftProgram| other.program.value == program.program.value;
                if let Some(written) = written.iter().find(same) {
                    keep(program, written);
                }
            }
        }
    }

    /// The line that a flag is about: the only one.
    fn line<'d>(
        &self,
        draft: &'d mut Draft,
        word: &Written<String>,
    ) -> Result<&'d mut DraftLine, Diagnostic> {
        if draft.lines.is_empty() {
            draft.lines.push(DraftLine::new(self.all()));
        }
        let count = draft.lines.len();
        if let [line] = draft.lines.as_mut_slice() {
            return Ok(line);
        }
        let message = format!("the deal has {count} lines, and this does not say which");
        Err(Diagnostic::new(Code::Conflict, word.place.clone(), message)
            .hint("change the deal file instead"))
    }
}

fn on_line(flag: &str, line: &mut DraftLine, word: &Written<String>) -> Result<(), Diagnostic> {
    let text = Written::new(word.value.as_str(), word.place.clone());
    match flag {
        "--metric" => line.metric = Some(named(word)?),
        "--committed" => line.committed = Some(reading::quantity(text)?),
        "--edition" => line.edition = Some(named(word)?),
        "--fee" => {
            line.names_fee = true;
            line.fee = Some(reading::money(text)?);
        }
        "--quantity" => {
            if !line.years.is_empty() {
                let message = "the line is a ramp, with a quantity for each year";
                return Err(Diagnostic::new(Code::Conflict, word.place.clone(), message)
                    .hint("change the deal file instead"));
            }
            line.quantity = Some(reading::quantity(text)?);
        }
        "--unit-price" | "--off-list" => {
            if !line.years.is_empty() {
                let message = "the line is a ramp, with a price for each year";
                return Err(Diagnostic::new(Code::Conflict, word.place.clone(), message)
                    .hint("change the deal file instead"));
            }
            let agreed = if flag == "--off-list" {
                Agreed::Discount(reading::rate(text)?.value)
            } else {
                Agreed::UnitPrice(reading::money(text)?.value)
            };
            line.agreed = Some(Written::new(agreed, word.place.clone()));
        }
        _ => line.hosts = Some(hosts(word)?),
    }
    Ok(())
}

fn date(word: &Written<String>) -> Result<Written<Date>, Diagnostic> {
    reading::date(Written::new(word.value.as_str(), word.place.clone()))
}

pub(super) fn hosts(word: &Written<String>) -> Result<Written<u32>, Diagnostic> {
    let hosts = word.value.parse::<u32>().ok().filter(|hosts| (1..=1_000_000).contains(hosts));
    let hosts = hosts.ok_or_else(|| {
        let message = "hosts are a whole number from 1 to 1000000";
        Diagnostic::new(Code::BadNumber, word.place.clone(), message)
    })?;
    Ok(Written::new(hosts, word.place.clone()))
}

pub(super) fn named(word: &Written<String>) -> Result<Written<String>, Diagnostic> {
    if word.value.trim().is_empty() {
        return Err(Diagnostic::new(Code::Empty, word.place.clone(), "this is empty"));
    }
    Ok(word.clone())
}

pub(super) fn years(word: &Written<String>) -> Result<Written<Years>, Diagnostic> {
    let years = word.value.parse::<u64>().ok().and_then(Years::new).ok_or_else(|| {
        let message = format!("a term is a whole number of years from 1 to {}", Years::MAX);
        Diagnostic::new(Code::BadNumber, word.place.clone(), message)
    })?;
    Ok(Written::new(years, word.place.clone()))
}

fn horizon(word: &Written<String>) -> Result<Written<u32>, Diagnostic> {
    let most = Deal::MAX_HORIZON;
    let years = word.value.parse::<u32>().ok().filter(|years| (1..=most).contains(years));
    let years = years.ok_or_else(|| {
        let message = format!("a horizon is a whole number of years from 1 to {most}");
        Diagnostic::new(Code::BadNumber, word.place.clone(), message)
    })?;
    Ok(Written::new(years, word.place.clone()))
}

/// The two sides of `lighthouse=10%`, each with its place.
pub(super) fn pair(
    word: &Written<String>,
) -> Result<(Written<String>, Written<String>), Diagnostic> {
    let Some((name, rate)) = word.value.split_once('=') else {
        let message = "this needs a name and a rate";
        return Err(Diagnostic::new(Code::BadNumber, word.place.clone(), message)
            .hint(format!("write {}=10%", word.value)));
    };
    let start = word.place.span.start;
    // Escapes of hostile characters make the shown text longer than the typed one.
    let shown = crate::text::clean(name).len();
    let place = |span| Place::new(Arc::clone(&word.place.source), span);
    Ok((
        Written::new(name.trim().to_owned(), place(start..start + shown)),
        Written::new(rate.trim().to_owned(), place(start + shown + 1..word.place.span.end)),
    ))
}

/// A flag wins over the deal file, and stands once on the command line.
fn set_take(draft: &mut Draft, name: Written<String>, take: Take) -> Result<(), Diagnostic> {
    let typed = |known: &Written<String>| known.place.source == name.place.source;
    if let Some((first, _)) = draft.takes.iter().find(|(known, _)| known.value == name.value)
        && typed(first)
    {
        let message = format!("the discount \"{}\" is given twice", name.value);
        return Err(Diagnostic::new(Code::Duplicate, name.place.clone(), message)
            .related(first.place.clone(), "first here")
            .hint("--volume is --discount volume: give one of them"));
    }
    draft.takes.retain(|(known, _)| known.value != name.value);
    draft.takes.push((name, take));
    Ok(())
}

/// A program with its rate, or by itself where it has a rate of its own.
fn program(word: &Written<String>) -> Result<DraftProgram, Diagnostic> {
    let (program, rate) = if word.value.contains('=') {
        let (program, rate) = pair(word)?;
        let rate = reading::rate(Written::new(rate.value.as_str(), rate.place))?;
        (program, Some(rate))
    } else {
        (named(word)?, None)
    };
    Ok(DraftProgram { program, rate, reason: None, duties: Vec::new(), count: None, told: false })
}

/// Another rate for a program of the deal file leaves the rest of what the file says about it.
fn keep(typed: &mut DraftProgram, written: &DraftProgram) {
    typed.rate = typed.rate.take().or_else(|| written.rate.clone());
    typed.reason.clone_from(&written.reason);
    typed.count = written.count;
    for duty in &written.duties {
        if !typed.duties.iter().any(|known| known.value == duty.value) {
            typed.duties.push(duty.clone());
        }
    }
}

/// A clause that the deal file has already keeps its reason; typed twice, it is a mistake.
fn clause(name: Written<String>, draft: &mut Draft) {
    let typed = |known: &DraftClause| known.name.place.source == name.place.source;
    let same = draft.clauses.iter().find(|known| known.name.value == name.value);
    if same.is_none_or(typed) {
        draft.clauses.push(DraftClause { name, reason: None });
    }
}

/// A duty belongs to the program that was typed before it, or to that of the deal file.
fn duty(
    word: &Written<String>,
    typed: &mut [DraftProgram],
    draft: &mut Draft,
) -> Result<(), Diagnostic> {
    let word = named(word)?;
    match typed.last_mut().or_else(|| draft.programs.last_mut()) {
        Some(program) => {
            if !program.duties.iter().any(|known| known.value == word.value) {
                program.duties.push(word);
            }
            Ok(())
        }
        None => Err(Diagnostic::new(Code::Conflict, word.place, "a duty belongs to a program")
            .hint("add --strategic PROGRAM=RATE")),
    }
}
