//! A book and a deal as TOML.

mod book;
mod deal;

use super::model::{Ask, Book, Currencies, Money, Range, Rate, Style};
use std::fmt::Write;

/// A basic string.
pub fn quoted(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => write!(quoted, "\\u{:04X}", u32::from(c)).expect("a string"),
            c => quoted.push(c),
        }
    }
    quoted + "\""
}

fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", texts.map(quoted).collect::<Vec<_>>().join(", "))
}

/// `units` over ten to the power of `places`, without the zeros behind.
pub fn decimal(units: u64, places: u32) -> String {
    let text = long(units, places);
    if places == 0 { text } else { text.trim_end_matches('0').trim_end_matches('.').to_owned() }
}

fn long(units: u64, places: u32) -> String {
    let one = 10_u64.pow(places);
    let point =
        if places == 0 { String::new() } else { format!(".{:01$}", units % one, places as usize) };
    format!("{}{point}", units / one)
}

fn amount(micros: u64, style: Style) -> String {
    match style {
        Style::Quoted => quoted(&decimal(micros, 6)),
        Style::Long => quoted(&long(micros, 6)),
        Style::Bare => decimal(micros, 6),
    }
}

impl Currencies {
    /// An amount in each of them, or in the main one only.
    fn money(&self, money: Money, main_only: bool) -> String {
        self.each(main_only, |at| {
            amount(at.map_or(money.micros, |at| money.elsewhere[at]), money.style)
        })
    }

    /// The same for what may be from one amount to another.
    fn range(&self, (least, most): (Money, Money), main_only: bool) -> String {
        self.each(main_only, |at| {
            let [least, most] = [least, most]
                .map(|money| decimal(at.map_or(money.micros, |at| money.elsewhere[at]), 6));
            quoted(&if least == most { least } else { format!("{least}-{most}") })
        })
    }

    fn each(&self, main_only: bool, write: impl Fn(Option<usize>) -> String) -> String {
        if self.others.is_empty() {
            return write(None);
        }
        let written = self.in_order().into_iter().filter(|(_, at)| at.is_none() || !main_only);
        let entries = written.map(|(code, at)| format!("{code} = {}", write(at)));
        format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
    }
}

fn rate(rate: Rate) -> String {
    match rate.style {
        Style::Quoted => quoted(&(decimal(rate.millionths.into(), 4) + "%")),
        Style::Long => quoted(&long(rate.millionths.into(), 6)),
        // A bare 1 could be 1% or all of it.
        Style::Bare if rate.millionths == 1_000_000 => "1.0".to_owned(),
        Style::Bare => decimal(rate.millionths.into(), 6),
    }
}

fn range(range: Range) -> String {
    quoted(&match range.to {
        None => format!("{}+", range.from),
        Some(to) if to == range.from => to.to_string(),
        Some(to) => format!("{}-{to}", range.from),
    })
}

/// A table line by line: those of its keys that are there.
struct Table(String);

impl Table {
    fn open(header: &str) -> Self {
        Self(format!("\n{header}\n"))
    }

    fn with(mut self, key: &str, value: impl Into<Option<String>>) -> Self {
        if let Some(value) = value.into() {
            writeln!(self.0, "{key} = {value}").expect("a string");
        }
        self
    }

    fn asking(self, book: &Book, ask: Ask) -> Self {
        self.with("approval", ask.level.map(|level| quoted(book.level(level))))
            .with("review", ask.review.map(|review| quoted(&book.reviews[review])))
    }
}
