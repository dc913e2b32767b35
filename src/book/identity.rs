//! The head of a book: name, version, dates, currencies and rounding.

use super::rule::{Rule, UniqueNames, rule};
use crate::number::{Currency, Date, Rounding, TimeZone};
use crate::table::{OneTable, Section, TableList, TypedKey, choices, keys};
use crate::text::diagnostic::{Code, Diagnostic};
use crate::text::source::{Place, Written};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Validity {
    QuarterEnd,
    Days(u32),
}

impl Validity {
    /// Returns the last day on which a quote of this date is valid.
    pub fn last_day(self, date: Date) -> Date {
        match self {
            Self::QuarterEnd => date.quarter_end(),
            Self::Days(days) => date.plus_days(days),
        }
    }
}

keys! {
    pub(super) IDENTITY: IdentityKeys = "[book]",
        "The name and version of the book, and when it is in force.";

    required name: String = "The name that every quote shows.";
    required version: String = "The version that every quote shows.";
    optional currency: String = "ISO 4217 code of every amount in the book, such as USD.";
    optional symbol: String =
        "The symbol before an amount, such as $. Default: the code and a space.";
    optional effective: Date = "The first day on which the book may be quoted.";
    optional until: Date = "The last day on which the book may be quoted.";
    optional time_zone: String =
        "The IANA time zone whose clocks say which day is today, such as America/Los_Angeles. Default: \
         that of the machine.";
    required quote_valid: String =
        "How long a quote is valid: \"quarter-end\", or days such as \"30 days\".";
}

keys! {
    pub(super) CURRENCY: CurrencyKeys = "a currency",
        "A currency in which the book has every amount: price = { USD = \"1500.00\", JPY = \
         \"220000\" }. Nothing is ever converted.";

    required code: String = "Its ISO 4217 code, such as JPY.";
    optional symbol: String =
        "The symbol before an amount, such as ¥. Default: the code and a space.";
}

choices! {
    impl pub Rounding {
        HalfUp = "half-up",
        HalfEven = "half-even",
    }
}

keys! {
    pub(super) ROUNDING: RoundingKeys = "[rounding]",
        "How the net unit price is rounded to the places of its metric.";

    required mode: Rounding = "How a half is rounded.";
}

pub(super) struct BookIdentity {
    pub name: String,
    pub version: String,
    pub effective: Option<Date>,
    pub until: Option<Date>,
    pub time_zone: Option<TimeZone>,
    pub validity: Validity,
    pub rule: Rule,
}

/// Reads `[book]`, except for its currency.
pub(super) fn read(table: Section<'_>) -> Option<BookIdentity> {
    let (name, version) = (table.value(IDENTITY.name), table.value(IDENTITY.version));
    let (effective, until) = (table.get(IDENTITY.effective), table.get(IDENTITY.until));
    if let (Some(effective), Some(until)) = (&effective, &until)
        && until.value < effective.value
    {
        table.fault(
            until
                .fault(Code::DateOrder, "the book ends before it starts")
                .related(effective.place.clone(), "starts here")
                .hint("`until` is the last day on which it may be quoted"),
        );
    }
    let dated = until.as_ref().or(effective.as_ref());
    let place = dated.map_or_else(|| table.place(), |date| date.place.clone());
    let time_zone = table.get(IDENTITY.time_zone).and_then(|name| {
        let zone = TimeZone::named(&name.value);
        table.report(zone.ok_or_else(|| {
            let message = format!("there is no time zone \"{}\"", name.value);
            let hint = "write a name of the IANA database, such as America/Los_Angeles";
            name.fault(Code::UnknownChoice, message).hint(hint)
        }))
    });
    let validity = table.get(IDENTITY.quote_valid).and_then(|text| validity(table, &text));
    Some(BookIdentity {
        name: name?,
        version: version?,
        effective: effective.map(|date| date.value),
        until: until.map(|date| date.value),
        time_zone,
        validity: validity?,
        rule: rule("book", &place),
    })
}

/// Reads "quarter-end" or "30 days".
fn validity(table: Section<'_>, text: &Written<String>) -> Option<Validity> {
    if text.value == "quarter-end" {
        return Some(Validity::QuarterEnd);
    }
    let days = text.value.strip_suffix("days").and_then(|days| days.trim().parse().ok());
    let valid = days.filter(|days| (1..=3650).contains(days)).map(Validity::Days);
    table.report(valid.ok_or_else(|| {
        let message = format!("`quote_valid` cannot be \"{}\"", text.value);
        text.fault(Code::UnknownChoice, message)
            .hint("write \"quarter-end\", or days such as \"30 days\" (1 to 3650)")
    }))
}

/// Reads the currencies of a book, or `None`; the first is for deals that name none.
pub(super) fn currencies(
    top: Section<'_>,
    book: TypedKey<OneTable<IdentityKeys>>,
    list: TypedKey<TableList<CurrencyKeys>>,
) -> Option<Vec<Currency>> {
    let book = top.get(book);
    let Some(listed) = top.key_place(list) else {
        let book = book?;
        if top.is_missing(list) {
            let hint = "add `currency`: ISO 4217 code of every amount in the book, such as USD";
            book.require(IDENTITY.currency, "[book]", hint);
        }
        return Some(vec![currency(book, IDENTITY.currency, IDENTITY.symbol)?]);
    };
    let tables = top.get(list);
    let only = book.and_then(|book| book.key_place(IDENTITY.currency));
    if let Some(only) = &only {
        let message = "a book has one `currency`, or a list of them, not both";
        top.fault(
            Diagnostic::new(Code::Conflict, only.clone(), message)
                .related(listed.clone(), "the list")
                .hint("remove this one: a deal without a currency uses the first of the list"),
        );
    } else if let Some(book) = book {
        book.report_unless(false, IDENTITY.symbol, "`currency`");
    }
    let read: Vec<_> =
        tables.iter().map(|table| currency(*table, CURRENCY.code, CURRENCY.symbol)).collect();
    let all: Vec<_> = read.into_iter().collect::<Option<_>>()?;
    if all.is_empty() {
        let hint = "add a [[currency]] with its `code`";
        top.report_at(Code::Empty, listed, "the book has no currency", hint);
    }
    (only.is_none() && are_distinct(&tables) && !all.is_empty()).then_some(all)
}

fn currency(
    table: Section<'_>,
    code: TypedKey<String>,
    symbol: TypedKey<String>,
) -> Option<Currency> {
    let symbol = table.value(symbol);
    let code = table.get(code)?;
    table.report(Currency::new(&code.value, symbol).ok_or_else(|| {
        let message = format!("\"{}\" is not a currency code", code.value);
        code.fault(Code::UnknownChoice, message).hint("write an ISO 4217 code, such as USD")
    }))
}

/// Reports currencies that are listed twice, and returns whether there is none.
fn are_distinct(tables: &[Section<'_>]) -> bool {
    let mut names = UniqueNames::default();
    let mut distinct = true;
    for table in tables {
        let Some(code) = table.get(CURRENCY.code) else { continue };
        let what = format_args!("the currency {}", code.value);
        distinct &= names.is_new(*table, &code, what, "remove one of them");
    }
    distinct
}

/// Returns the place of a currency in the list, or the whole text if the book has no list.
pub(super) fn currency_place(top: Section<'_>, list: &[Section<'_>], currency: &Currency) -> Place {
    let is_it = |table: &&Section<'_>| table.value(CURRENCY.code).as_ref() == Some(&currency.code);
    list.iter().find(is_it).unwrap_or(&top).place()
}

/// Reads the rounding of net prices: half up where the book does not say.
pub(super) fn rounding(top: Section<'_>, table: Option<Section<'_>>) -> (Rounding, Rule) {
    let mode = table.and_then(|table| table.get(ROUNDING.mode));
    let place = mode.as_ref().map_or_else(|| top.place(), |mode| mode.place.clone());
    let mode = mode.map_or(Rounding::HalfUp, |mode| mode.value);
    (mode, rule("rounding", &place))
}
